#include "compose/key_lift.h"

#include <algorithm>
#include <optional>

#include "base/units.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::SectionKind;

// The first section of the last chorus, when the song had one before.
std::optional<std::size_t> last_chorus(const music::Score& score) {
    for (const SectionKind kind : {SectionKind::chorus, SectionKind::theme}) {
        std::optional<std::size_t> last;
        int times = 0;
        for (std::size_t i = 0; i < score.sections.size(); ++i) {
            if (score.sections[i].kind != kind) continue;
            // A double chorus rises as one.
            const bool doubled = i > 0 && score.sections[i - 1].kind == kind;
            if (!doubled) {
                ++times;
                last = i;
            }
        }
        if (times >= 2) return last;
    }
    return std::nullopt;
}

music::Key raised(music::Key key, int semitones) {
    key.tonic = (key.tonic + semitones) % 12;
    return music::usually_spelled(key);
}

// The dominant of the key to come takes the second half of the bar before, unless the tune contradicts it.
void prepare(music::Score& score, std::size_t section, const music::Key& key) {
    const music::Bar& before = score.bars[static_cast<std::size_t>(score.sections[section].first_bar - 1)];
    const auto pulses = score.metre.pulses();
    const Ticks from = before.start + pulses[pulses.size() / 2], until = before.start + before.length;
    const int root = (key.tonic + 7) % 12;
    const music::Chord dominant{root, music::Quality::dominant7, root};
    for (const music::Part& part : score.parts)
        for (const music::Note& note : part.notes)
            if (note.start < until && note.start + note.length > from && !dominant.contains(note.pitch))
                return;
    const auto last = std::ranges::find_if(score.chords, [&](const music::ChordEvent& event) {
        return event.start < from && event.start + event.length == until;
    });
    if (last == score.chords.end()) return;  // it changes there already
    last->length = from - last->start;
    const int own = score.sections[section - 1].key.value_or(key).tonic;
    score.chords.insert(last + 1,
                        {from, until - from, dominant, (key.tonic - own + 12) % 12 == 1 ? "V7/bII" : "V7/II",
                         static_cast<int>(section) - 1});
}

}  // namespace

void lift_last_chorus(const music::Plan& plan, std::optional<int> highest_note, music::Score& score) {
    if (plan.key_lift <= 0 || !plan.key || score.ending == music::Ending::loop) return;
    const std::optional<std::size_t> first = last_chorus(score);
    if (!first || *first == 0) return;
    const Ticks from = score.bars[static_cast<std::size_t>(score.sections[*first].first_bar)].start;

    int step = plan.key_lift;
    int highest = 0;
    for (const music::Part& part : score.parts)
        for (const music::Note& note : part.notes)
            if (note.start >= from) highest = std::max(highest, note.pitch);
    if (highest_note) step = std::min(step, *highest_note - highest);
    if (step <= 0) return;

    for (std::size_t i = *first; i < score.sections.size(); ++i)
        if (score.sections[i].key) score.sections[i].key = raised(*score.sections[i].key, step);
    for (music::ChordEvent& event : score.chords) {
        if (event.start < from) continue;
        event.chord.root = (event.chord.root + step) % 12;
        event.chord.bass = (event.chord.bass + step) % 12;
    }
    for (music::Part& part : score.parts)
        for (music::Note& note : part.notes)
            if (note.start >= from) note.pitch += step;
    prepare(score, *first, *score.sections[*first].key);
}

}  // namespace mmx::compose
