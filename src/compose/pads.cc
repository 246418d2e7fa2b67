// Pads: held chords whose common tones are tied, so that only what moves is heard to move.
#include <algorithm>

#include "compose/chord_hand.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::Ticks;

class PadWriter {
  public:
    PadWriter(const Scene& scene, std::size_t player)
        : scene_(scene), number_(player), player_(scene.band.players[player]), hand_(scene, player_) {}

    Notes write() {
        for (const BarView& bar : scene_.bars) {
            const bool plays = scene_.plays[number_][static_cast<std::size_t>(bar.index)];
            // A new section breathes: everything is struck again.
            if (!plays || bar.in_section == 0) release(bar.start);
            if (plays) write_bar(bar);
        }
        release(scene_.score.end);
        return std::move(notes_);
    }

  private:
    void release(Ticks at) {
        for (music::Note& note : held_) {
            note.length = at - note.start;
            if (note.length.value > 0) notes_.push_back(note);
        }
        held_.clear();
    }

    void write_bar(const BarView& bar) {
        if (const auto hit = together_hit(scene_, bar)) {
            release(bar.start);
            if (const auto* event = scene_.chord_at(bar.start))
                change(bar, Ticks(0), *event, hit->velocity * 0.85);
            release(bar.start + hit->length);
            return;
        }
        for (Ticks at{0}; at < bar.length;) {
            const auto* event = scene_.chord_at(bar.start + at);
            if (event == nullptr) return release(bar.start + at);
            const bool arrives = event->start == bar.start + at;
            if (arrives || held_.empty()) change(bar, at, *event, 0.66);
            at = std::min(bar.length, event->start + event->length - bar.start);
        }
    }

    void change(const BarView& bar, Ticks at, const music::ChordEvent& event, double written) {
        const Ticks now = bar.start + at;
        std::vector<int> pitches = hand_.take(bar, event);
        if (!player_.instrument->polyphonic) pitches = {pitches[pitches.size() / 2]};
        if (player_.manner.doubles_octave && bar.intensity > 0.75 && player_.instrument->polyphonic) {
            const int top = pitches.back() + 12;
            if (top <= player_.instrument->high) pitches.push_back(top);
        }
        std::vector<music::Note> kept;
        for (music::Note& note : held_) {
            const bool common = std::ranges::find(pitches, note.pitch) != pitches.end();
            // Struck strings die away, so they are struck again; bows and pads hold, but not for ever.
            const bool ties =
                common && player_.instrument->sustains && now - note.start < scene_.score.metre.bar() * 4;
            if (ties) {
                kept.push_back(note);
            } else {
                note.length = now - note.start;
                if (note.length.value > 0) notes_.push_back(note);
            }
        }
        held_ = std::move(kept);
        for (const int pitch : pitches)
            if (std::ranges::find(held_, pitch, &music::Note::pitch) == held_.end())
                held_.push_back({now, Ticks(1), pitch, loudness(scene_, player_, bar, at, written),
                                 music::Articulation::legato});
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    ChordHand hand_;
    std::vector<music::Note> held_;
    Notes notes_;
};

}  // namespace

Notes write_pad(const Scene& scene, std::size_t player) {
    return PadWriter(scene, player).write();
}

}  // namespace mmx::compose
