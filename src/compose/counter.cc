// Second voices: answers in the lead's rests, thirds and sixths under it, and slow lines of guide tones.
#include <algorithm>
#include <cstdlib>

#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kQuarter;
using base::Ticks;

struct Gap {
    Ticks start, end;
};

struct Compass {
    int low, high;
};

Compass compass_of(const Player& player) {
    const int low = player.manner.low > 0 ? player.manner.low : player.instrument->sweet_low;
    const int high = player.manner.high > 0 ? player.manner.high : player.instrument->sweet_high;
    return {std::max(low, player.instrument->low),
            std::min(std::max(high, low + 12), player.instrument->high)};
}

// Where the lead is silent within a bar and long enough for a second voice to say something.
std::vector<Gap> gaps_of_lead(const Scene& scene, const BarView& bar, Ticks shortest) {
    std::vector<Gap> gaps;
    Ticks at = bar.start;
    if (scene.lead != nullptr) {
        auto note = std::ranges::lower_bound(scene.lead->notes, bar.start - scene.score.metre.bar() * 4, {},
                                             &music::Note::start);
        for (; note != scene.lead->notes.end() && note->start < bar.end(); ++note) {
            if (note->start > at && note->start - at >= shortest) gaps.push_back({at, note->start});
            at = std::max(at, note->start + note->length);
        }
    }
    if (at < bar.end() && bar.end() - at >= shortest) gaps.push_back({at, bar.end()});
    return gaps;
}

int nearest_chord_tone(const music::Chord& chord, int to, const Compass& compass) {
    for (int distance = 0; distance < 12; ++distance)
        for (const int pitch : {to - distance, to + distance})
            if (pitch >= compass.low && pitch <= compass.high && chord.contains(pitch)) return pitch;
    return std::clamp(to, compass.low, compass.high);
}

class AnswerWriter {
  public:
    AnswerWriter(const Scene& scene, std::size_t player)
        : scene_(scene),
          number_(player),
          player_(scene.band.players[player]),
          compass_(compass_of(player_)),
          before_((compass_.low + compass_.high) / 2) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) write_bar(bar);
        return std::move(notes_);
    }

  private:
    void sound(const BarView& bar, Ticks at, Ticks length, int pitch, double written) {
        notes_.push_back({at, length, pitch, loudness(scene_, player_, bar, at - bar.start, written),
                          music::Articulation::normal});
        before_ = pitch;
    }

    void write_bar(const BarView& bar) {
        const auto* first = scene_.chord_at(bar.start);
        if (first == nullptr) return;
        if (const auto hit = together_hit(scene_, bar)) {
            sound(bar, bar.start, hit->length, nearest_chord_tone(first->chord, before_, compass_),
                  hit->velocity * 0.8);
            return;
        }
        const Ticks beat = scene_.score.metre.beat();
        const std::vector<Gap> gaps = gaps_of_lead(scene_, bar, beat);
        // Who was asked for by name does not wait for a rest that may not come: a long note under the tune.
        if (gaps.empty() && player_.asked) return hold(bar);
        for (const Gap& gap : gaps) {
            BarView model = bar;
            model.in_section = bar.in_section % 8;
            base::Chance chance = scene_.alike(base::Stream::counter, model,
                                               static_cast<std::uint64_t>((gap.start - bar.start).value));
            // Not every rest is answered, and one empty bar after another only now and then.
            const bool whole_bar = gap.start == bar.start && gap.end == bar.end();
            const double likely =
                whole_bar ? (bar.in_section % 2 == 0 ? 0.35 : 0.6) : 0.55 + 0.35 * scene_.plan.complexity;
            if (chance.happens(likely)) answer(bar, gap, chance);
        }
    }

    void hold(const BarView& bar) {
        for (Ticks at = bar.start; at < bar.end();) {
            const auto* event = scene_.chord_at(at);
            if (event == nullptr) return;
            const Ticks until = std::min(bar.end(), event->start + event->length);
            sound(bar, at, until - at, nearest_chord_tone(event->chord, before_, compass_), 0.58);
            at = until;
        }
    }

    // A few notes that walk to a chord tone and rest on it.
    void answer(const BarView& bar, const Gap& gap, base::Chance& chance) {
        const Ticks unit = player_.instrument->agility < 0.6 ? kQuarter : kEighth;
        // Off the grid's eighths nothing starts: a lead that ends on a sixteenth is answered on the next
        // eighth.
        const Ticks from = bar.start + unit * ((gap.start - bar.start + unit - Ticks(1)) / unit);
        const Ticks room = gap.end - from;
        const auto most = static_cast<int>(room / unit);
        if (most < 1) return;
        const int notes =
            std::clamp(chance.integer(2, 2 + static_cast<int>(3 * scene_.plan.complexity + 0.5)), 1, most);
        const Ticks start = most > notes && chance.happens(0.5) ? from + unit : from;
        const int direction = before_ > (compass_.low + compass_.high) / 2 ? -1 : 1;
        Ticks at = start;
        for (int i = 0; i < notes && at < gap.end; ++i) {
            const auto* event = scene_.chord_at(at);
            if (event == nullptr) return;
            const bool last = i + 1 == notes || at + unit >= gap.end;
            const bool strong = scene_.score.metre.strength(at - bar.start) >= 1;
            int pitch = before_;
            if (last || strong || i == 0) {
                pitch = nearest_chord_tone(event->chord, before_ + direction * (i == 0 ? 0 : 2), compass_);
            } else {
                const auto key = scene_.key_at(at);
                pitch = before_ + direction;
                if (key && !key->contains(pitch)) pitch += direction;
                if (pitch > compass_.high || pitch < compass_.low)
                    pitch = nearest_chord_tone(event->chord, before_, compass_);
            }
            Ticks length = last ? std::min(gap.end - at, kQuarter * 2) : unit;
            length = std::min(length, event->start + event->length - at);
            sound(bar, at, length, pitch, last ? 0.66 : 0.6);
            at += length;
            if (last) return;
        }
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    Compass compass_;
    int before_;
    Notes notes_;
};

}  // namespace

Notes write_answers(const Scene& scene, std::size_t player) {
    return AnswerWriter(scene, player).write();
}

Notes write_harmony_line(const Scene& scene, std::size_t number) {
    const Player& player = scene.band.players[number];
    const Compass compass = compass_of(player);
    Notes notes;
    if (scene.lead == nullptr) return notes;
    for (const music::Note& note : scene.lead->notes) {
        const int at_bar = scene.score.bar_at(note.start);
        if (at_bar < 0 || at_bar >= static_cast<int>(scene.bars.size())) continue;
        const BarView& bar = scene.bars[static_cast<std::size_t>(at_bar)];
        if (!scene.plays[number][static_cast<std::size_t>(bar.index)]) continue;
        if (bar.kind == music::SectionKind::solo) continue;  // a solo is alone
        // Ornaments stay with the lead.
        if (note.length < base::kSixteenth) continue;
        const auto* event = scene.chord_at(note.start);
        const auto key = scene.key_at(note.start);
        if (event == nullptr) continue;
        // A third below if chord or key has one, else a fourth or a sixth: consonant, and of the harmony on
        // long notes.
        int pitch = 0;
        for (const bool chord_tones : {true, false})
            for (const int below : {3, 4, 5, 8, 9}) {
                const int candidate = note.pitch - below;
                const bool fits = chord_tones ? event->chord.contains(candidate)
                                              : key && key->contains(candidate) && below != 5;
                if (pitch == 0 && fits) pitch = candidate;
            }
        if (pitch == 0) continue;
        while (pitch > compass.high) pitch -= 12;
        while (pitch < compass.low) pitch += 12;
        notes.push_back({note.start, note.length, pitch,
                         loudness(scene, player, bar, note.start - bar.start, 0.58), note.articulation});
    }
    return notes;
}

Notes write_guide_line(const Scene& scene, std::size_t number) {
    const Player& player = scene.band.players[number];
    const Compass compass = compass_of(player);
    Notes notes;
    int before = (compass.low + compass.high) / 2;
    for (const BarView& bar : scene.bars) {
        if (!scene.plays[number][static_cast<std::size_t>(bar.index)]) continue;
        const auto hit = together_hit(scene, bar);
        const Ticks end = hit ? bar.start + hit->length : bar.end();
        for (Ticks at = bar.start; at < end;) {
            const auto* event = scene.chord_at(at);
            if (event == nullptr) break;
            const Ticks until = std::min(end, event->start + event->length);
            // Third or seventh, whichever is nearer: the notes that say which chord it is.
            int best = -1;
            for (int pitch = compass.low; pitch <= compass.high; ++pitch) {
                const int interval = (pitch - event->chord.root + 1200) % 12;
                const bool guide = interval == 3 || interval == 4 || interval == 10 || interval == 11 ||
                                   (interval == 5 && event->chord.contains(pitch));
                if (!event->chord.contains(pitch) || !guide) continue;
                if (best < 0 || std::abs(pitch - before) < std::abs(best - before)) best = pitch;
            }
            if (best < 0) best = nearest_chord_tone(event->chord, before, compass);
            const bool ties = !notes.empty() && notes.back().pitch == best &&
                              notes.back().start + notes.back().length == at && bar.in_section != 0 &&
                              notes.back().length < scene.score.metre.bar() * 2;
            if (ties)
                notes.back().length += until - at;
            else
                notes.push_back({at, until - at, best, loudness(scene, player, bar, at - bar.start, 0.62),
                                 music::Articulation::legato});
            before = best;
            at = until;
        }
    }
    return notes;
}

}  // namespace mmx::compose
