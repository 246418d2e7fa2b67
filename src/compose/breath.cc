#include "compose/breath.h"

#include <algorithm>

namespace mmx::compose {
namespace {

using base::Ticks;

// Down to whole sixteenths, so that the end of a note stands on the grid as its start does.
Ticks on_grid(double ticks) {
    return base::kSixteenth * static_cast<int>(ticks / static_cast<double>(base::kSixteenth.value));
}

bool ends_phrase(const Outline& outline, const music::Note& note, const music::Note& next) {
    return std::ranges::any_of(outline.phrases, [&](const Phrase& phrase) {
        return note.start < phrase.start && next.start + base::kQuarter > phrase.start &&
               note.start + note.length + base::kQuarter > phrase.start;
    });
}

}  // namespace

void breathe(double rest, const Outline& outline, music::Score& score) {
    const auto lead = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    if (lead == score.parts.end()) return;
    for (std::size_t i = 0; i + 1 < lead->notes.size(); ++i) {
        music::Note& note = lead->notes[i];
        const music::Note& next = lead->notes[i + 1];
        if (next.start - note.start - note.length >= base::kEighth || note.length < base::kQuarter) continue;
        const auto length = static_cast<double>(note.length.value);
        Ticks breath(0);
        if (note.length >= base::kQuarter * 2)
            breath = std::max(base::kSixteenth, on_grid(std::clamp(0.9 * rest, 0.08, 0.35) * length));
        if (ends_phrase(outline, note, next))
            breath = std::max(
                {breath, base::kEighth,
                 on_grid(std::min(2 * rest * static_cast<double>(base::kQuarter.value), 0.5 * length))});
        if (breath.value == 0) continue;
        note.length -= breath;
        if (note.articulation == music::Articulation::legato) note.articulation = music::Articulation::normal;
    }
}

}  // namespace mmx::compose
