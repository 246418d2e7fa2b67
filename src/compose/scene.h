// The song as the players see it: each bar with its purpose, who plays in it, and how loud.
#pragma once

#include <optional>
#include <vector>

#include "base/random.h"
#include "compose/band.h"

namespace mmx::compose {

struct BarView {
    int index = 0;
    base::Ticks start, length;
    int section = 0;
    int in_section = 0;  // bar's number within its section
    int section_bars = 1;
    music::SectionKind kind = music::SectionKind::verse;
    music::Feel feel = music::Feel::straight;
    BarRole role = BarRole::groove;
    double intensity = 0.5;  // the section's energy, half absolute and half against the song's other sections
    double next_intensity = 0.5;  // of the section that follows
    bool ends_section = false;
    double build = 0;                  // 0-1 within a run of build bars, else 0
    BarRole before = BarRole::groove;  // what the bar before was for
    double lead_activity = 0;          // onsets of the lead per beat
    int lead_low = 128;                // its lowest note here; 128: silent

    base::Ticks end() const { return start + length; }
};

// What the whole band plays together where it does not go on: stops and last bars.
struct TogetherHit {
    base::Ticks length;
    double velocity;
    bool rings;
};

struct Scene {
    const music::Plan& plan;
    const style::Style& style;
    const Band& band;
    const music::Score& score;
    std::vector<BarView> bars;
    std::vector<std::vector<bool>> plays;  // [player][bar]
    const music::Part* lead = nullptr;
    std::vector<base::Ticks> kicks;  // set when the drums are written: basses follow them

    bool has_chords() const { return !score.chords.empty(); }
    const music::ChordEvent* chord_at(base::Ticks at) const { return score.chord_at(at); }
    // The chord after the one that sounds at `at`, or null at the end.
    const music::ChordEvent* chord_after(base::Ticks at) const;
    std::optional<music::Key> key_at(base::Ticks at) const { return score.section_at(at).key; }
    bool kick_at(base::Ticks at) const;

    // A draw that is the same in every section of one kind: repeats of a chorus are played alike.
    base::Chance alike(base::Stream stream, const BarView& bar, std::uint64_t index) const;
    // A draw of this bar alone.
    base::Chance own(base::Stream stream, const BarView& bar, std::uint64_t index) const;
    // An even draw in [0, 1) that picks the pattern of a section: alike within a kind.
    double pattern_luck(base::Stream stream, const BarView& bar, const Player& player) const;
};

Scene make_scene(const music::Plan& plan, const style::Style& style, const Band& band, const Outline& outline,
                 const music::Score& score);

// Empty in bars where the band plays on.
std::optional<TogetherHit> together_hit(const Scene& scene, const BarView& bar);

// `written` 0-1 from the pattern; metre, section, build and player have their say. (0, 1].
float loudness(const Scene& scene, const Player& player, const BarView& bar, base::Ticks in_bar,
               double written);

}  // namespace mmx::compose
