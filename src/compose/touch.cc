#include "compose/touch.h"

#include <algorithm>

#include "base/random.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::Articulation;
using music::Note;

// A turn at the end of a long note that is left by step: upper neighbour and back.
bool add_turn(const music::Score& score, const Draft& draft, const Draft& next, Note& note,
              std::vector<Note>& notes) {
    const auto key = score.section_at(draft.start).key;
    const int gap = next.pitch - draft.pitch;
    if (!key || draft.length < base::kQuarter || gap == 0 || std::abs(gap) > 2) return false;
    int upper = draft.pitch + 1;
    while (!key->contains(upper)) ++upper;
    if (upper - draft.pitch > 2) return false;
    note.length = draft.length - base::kEighth;
    notes.push_back(note);
    Note turn = note;
    turn.start = draft.start + note.length;
    turn.length = base::kSixteenth;
    turn.pitch = upper;
    turn.velocity *= 0.85f;
    turn.articulation = Articulation::legato;
    notes.push_back(turn);
    turn.start += base::kSixteenth;
    turn.pitch = draft.pitch;
    notes.push_back(turn);
    return true;
}

// The semitone between two notes a whole tone apart, late and light.
bool add_chromatic_passing(const Draft& draft, const Draft& next, Note& note, std::vector<Note>& notes) {
    if (draft.length < base::kQuarter || std::abs(next.pitch - draft.pitch) != 2 ||
        next.start != draft.start + draft.length)
        return false;
    note.length = draft.length - base::kEighth;
    notes.push_back(note);
    Note passing = note;
    passing.start = draft.start + note.length;
    passing.length = base::kEighth;
    passing.pitch = (draft.pitch + next.pitch) / 2;
    passing.velocity *= 0.88f;
    passing.articulation = Articulation::legato;
    notes.push_back(passing);
    return true;
}

}  // namespace

void add_touch(const music::Plan& plan, const style::MelodyStyle& style, const music::Score& score,
               std::size_t section, const std::vector<Draft>& drafts, std::vector<Note>& notes) {
    if (drafts.empty()) return;
    const music::Section& where = score.sections[section];
    // Copies are touched like their model, so that they stay copies.
    const std::size_t model = where.repeats >= 0 ? static_cast<std::size_t>(where.repeats) : section;
    const Ticks section_start = score.bars[static_cast<std::size_t>(where.first_bar)].start;
    const double loud = 0.52 + 0.3 * where.energy;
    std::size_t phrase_from = 0;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (drafts[i].begins) phrase_from = i;
        std::size_t phrase_to = i + 1;
        while (phrase_to < drafts.size() && !drafts[phrase_to].begins) ++phrase_to;
        const Draft& draft = drafts[i];
        const int bar = score.bar_at(draft.start);
        const Ticks in_bar = draft.start - score.bars[static_cast<std::size_t>(bar)].start;
        const int strength = score.metre.strength(in_bar);
        const double way = phrase_to > phrase_from + 1 ? static_cast<double>(i - phrase_from) /
                                                             static_cast<double>(phrase_to - phrase_from - 1)
                                                       : 0.5;
        const double arch = 0.07 * (1 - 4 * (way - 0.55) * (way - 0.55));
        // Chance is drawn by place, not in a row: one more note in a copy must not change all that follow.
        const auto place =
            static_cast<std::uint64_t>(std::max<std::int64_t>(0, (draft.start - section_start).value + 8000));
        base::Chance luck(plan.seed, base::Stream::melody, {model, place, 9001});
        Note note;
        note.start = draft.start;
        note.length = draft.length;
        note.pitch = draft.pitch;
        note.velocity = static_cast<float>(
            std::clamp(loud + arch + 0.03 * strength - 0.04 + 0.03 * (luck.uniform() - 0.5), 0.2, 1.0));
        const bool joined = i + 1 < drafts.size() && drafts[i + 1].start == draft.start + draft.length &&
                            !drafts[i + 1].begins;
        const double mood = luck.uniform();
        if (joined && mood < style.legato && drafts[i + 1].pitch != draft.pitch)
            note.articulation = Articulation::legato;
        else if (draft.length <= base::kEighth && mood > 1 - style.staccato)
            note.articulation = Articulation::staccato;
        else if (draft.length >= base::kQuarter * 2)
            note.articulation = Articulation::tenuto;
        if (joined && draft.rest == Rest::none) {
            if (luck.happens(style.chromatic * 0.6) &&
                add_chromatic_passing(draft, drafts[i + 1], note, notes))
                continue;
            if (luck.happens(style.ornament * 0.5) && add_turn(score, draft, drafts[i + 1], note, notes))
                continue;
        }
        notes.push_back(note);
    }
}

}  // namespace mmx::compose
