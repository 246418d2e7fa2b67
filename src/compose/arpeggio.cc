// Broken chords: piano figures, fingerpicked guitars, Alberti basses, harps and sequenced synthesisers.
#include <algorithm>

#include "compose/chord_hand.h"
#include "compose/pattern.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::Ticks;

class ArpeggioWriter {
  public:
    ArpeggioWriter(const Scene& scene, std::size_t player)
        : scene_(scene), number_(player), player_(scene.band.players[player]), hand_(scene, player_) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) write_bar(bar);
        return std::move(notes_);
    }

  private:
    void sound(const BarView& bar, Ticks at, Ticks length, int pitch, double written) {
        while (pitch > player_.instrument->high) pitch -= 12;
        while (pitch < player_.instrument->low) pitch += 12;
        notes_.push_back({bar.start + at, length, pitch, loudness(scene_, player_, bar, at, written),
                          music::Articulation::normal});
    }

    // The voicing of a chord is found once, when it arrives.
    const std::vector<int>& voicing(const BarView& bar, const music::ChordEvent& event) {
        if (event_ != &event) {
            event_ = &event;
            voicing_ = hand_.take(bar, event);
        }
        return voicing_;
    }

    int nth(const std::vector<int>& pitches, int number) const {
        const auto size = static_cast<int>(pitches.size());
        return pitches[static_cast<std::size_t>(number % size)] + 12 * (number / size);
    }

    void write_bar(const BarView& bar) {
        const auto* first = scene_.chord_at(bar.start);
        if (first == nullptr) return;
        if (const auto hit = together_hit(scene_, bar)) {
            for (const int pitch : voicing(bar, *first))
                sound(bar, Ticks(0), hit->length, pitch, hit->velocity * 0.8);
            if (player_.manner.voicing != style::VoicingKind::guitar && hands_have_bass())
                sound(bar, Ticks(0), hit->length, hand_.bass(first->chord), hit->velocity * 0.85);
            return;
        }
        const auto* pattern = choose_pattern(player_.book->patterns, player_.manner.part, scene_.score.metre,
                                             bar.kind, bar.intensity, bar.feel,
                                             scene_.pattern_luck(base::Stream::arpeggio, bar, player_));
        if (pattern == nullptr) return;
        const std::string& text =
            pattern->bars[static_cast<std::size_t>(bar.in_section) % pattern->bars.size()];
        for (const Step& step :
             lay_out(text, pattern->fit.metre, scene_.score.metre, bar.index, LongGroups::keep_time)) {
            if (bar.role == BarRole::pickup && step.start < bar.length - scene_.score.metre.beat()) continue;
            const auto* event = scene_.chord_at(bar.start + step.start);
            if (event == nullptr) continue;
            // The figure's own bass gives each new chord its root.
            const bool arrives = event->start == bar.start + step.start;
            const std::vector<int>& pitches = voicing(bar, *event);
            const Ticks length =
                std::min(step.length, event->start + event->length - (bar.start + step.start));
            if (step.symbol == 'B' || (arrives && step.symbol == 'F'))
                sound(bar, step.start, length, hand_.bass(event->chord), 0.7);
            else if (step.symbol == 'F')
                sound(bar, step.start, length, hand_.fifth(event->chord), 0.64);
            else
                sound(bar, step.start, length, nth(pitches, step.symbol - '1'), arrives ? 0.68 : 0.6);
        }
    }

    bool hands_have_bass() const {
        return std::ranges::any_of(player_.book->patterns, [&](const style::Pattern& pattern) {
            return pattern.fit.part == player_.manner.part &&
                   pattern.bars.front().find('B') != std::string::npos;
        });
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    ChordHand hand_;
    const music::ChordEvent* event_ = nullptr;
    std::vector<int> voicing_;
    Notes notes_;
};

}  // namespace

Notes write_arpeggio(const Scene& scene, std::size_t player) {
    return ArpeggioWriter(scene, player).write();
}

}  // namespace mmx::compose
