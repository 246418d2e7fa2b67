// Patterns as rows of steps, laid out in any metre: the written ones are in 4/4, odd bars are made from their
// beats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "music/metre.h"
#include "style/band_style.h"

namespace mmx::compose {

// One stroke or note of a row: '.' is gone, '-' has become length.
struct Step {
    base::Ticks start;   // from the bar line
    base::Ticks length;  // until the end of its holds
    char symbol;
};

// Hats and arpeggios go on through the longer groups of odd metres; kicks and snares do not.
enum class LongGroups { rest, keep_time };

// `bar_text` is written for a bar of `written`; `bar_number` matters where a 4/4 bar is spread over two short
// ones.
std::vector<Step> lay_out(std::string_view bar_text, const music::Metre& written, const music::Metre& metre,
                          int bar_number, LongGroups long_groups);

// The best fitting one for a section, or null: those in the song's metre before those to be adapted, by
// weight.
const style::Pattern* choose_pattern(const std::vector<style::Pattern>& patterns, std::string_view part,
                                     const music::Metre& metre, music::SectionKind kind, double energy,
                                     music::Feel feel, double luck);
const style::GroovePattern* choose_groove(const std::vector<style::GroovePattern>& grooves,
                                          std::string_view part, const music::Metre& metre,
                                          music::SectionKind kind, double energy, music::Feel feel,
                                          double luck);

}  // namespace mmx::compose
