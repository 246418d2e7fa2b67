// THE PLACE where a style's taste (data/genres), the trained tables (data/trained) and, later, learned models
// meet.
//
// Harmony and melody ask here how good a step is, in nats; they never see which source answered. A learned
// model takes its seat by answering these same questions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "music/key.h"
#include "music/lyrics.h"
#include "style/composition_style.h"

namespace mmx::compose {

// Where a melody step happens.
struct MelodyContext {
    int strength = 0;        // music::Metre::strength of the note stepped to
    bool long_note = false;  // a beat or more
    int previous_step = 0;   // scale steps of the step before, clamped to +-7; 0 at a phrase's start
};

class Knowledge {
  public:
    explicit Knowledge(const style::CompositionStyle& style) : style_(&style) {}

    // Log probability of moving by so many scale steps.
    double melody_step(const MelodyContext& context, int step) const;
    // Log probability of a bar-to-bar chord change by roots and thirds: "C->a" of its section, major or minor
    // songs. Chords are codes 0-23: semitones above the tonic, +12 when minor or diminished.
    double chord_change(bool minor_key, music::SectionKind section, int from, int to) const;
    // A progression of so many bars drawn from what songs do, as bars of numerals; it starts where phrases
    // start and ends where its section's phrases end.
    std::vector<std::string> learned_progression(bool minor_key, music::SectionKind section, int bars,
                                                 base::Chance& chance) const;
    // Log probability that one section follows another; "^" and "$" are a song's edges.
    static double section_follows(std::string_view from, std::string_view to);
    // The style's progressions for a mode and section, falling back to the mode's own idioms.
    std::vector<style::Progression> progressions(music::Mode mode, music::SectionKind section) const;

  private:
    const style::CompositionStyle* style_;
};

}  // namespace mmx::compose
