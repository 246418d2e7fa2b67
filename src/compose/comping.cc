// Comping: chords in rhythm under a tune: piano and organ chords, guitar strums, power chords.
#include <algorithm>

#include "compose/chord_hand.h"
#include "compose/pattern.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kSixteenth;
using base::Ticks;
using music::Articulation;
using style::Texture;

class CompWriter {
  public:
    CompWriter(const Scene& scene, std::size_t player)
        : scene_(scene), number_(player), player_(scene.band.players[player]), hand_(scene, player_) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) write_bar(bar);
        return std::move(notes_);
    }

  private:
    void sound(const BarView& bar, Ticks at, Ticks length, const std::vector<int>& pitches, double written,
               Articulation articulation) {
        for (std::size_t i = 0; i < pitches.size(); ++i) {
            // The top voice a little forward: it is the one heard as a line.
            const double voice = i + 1 == pitches.size() ? 0.02 : i == 0 ? 0 : -0.03;
            notes_.push_back({bar.start + at, length, pitches[i],
                              loudness(scene_, player_, bar, at, written + voice), articulation});
        }
    }

    std::vector<int> chord_for(const BarView& bar, const music::ChordEvent& event) {
        std::vector<int> pitches = hand_.take(bar, event);
        if (player_.manner.doubles_octave && bar.intensity > 0.75 && !pitches.empty() &&
            pitches.back() - 12 > pitches.front() && pitches.front() + 12 > pitches.back() &&
            pitches.front() + 12 <= player_.instrument->high)
            pitches.push_back(pitches.front() + 12);
        return pitches;
    }

    void write_bar(const BarView& bar) {
        const auto* first = scene_.chord_at(bar.start);
        if (first == nullptr) return;
        if (const auto hit = together_hit(scene_, bar)) {
            const bool strums = player_.manner.texture == Texture::strum ||
                                player_.manner.voicing == style::VoicingKind::guitar;
            sound(bar, Ticks(0), hit->length, chord_for(bar, *first), hit->velocity * 0.85,
                  strums ? Articulation::strum_down : Articulation::normal);
            return;
        }
        const auto* pattern =
            choose_pattern(player_.book->patterns, player_.manner.part, scene_.score.metre, bar.kind,
                           bar.intensity, bar.feel, scene_.pattern_luck(base::Stream::comping, bar, player_));
        if (pattern == nullptr) return;
        const std::string& text =
            pattern->bars[static_cast<std::size_t>(bar.in_section) % pattern->bars.size()];
        for (const Step& step :
             lay_out(text, pattern->fit.metre, scene_.score.metre, bar.index, LongGroups::keep_time)) {
            if (bar.role == BarRole::pickup && step.start < bar.length - scene_.score.metre.beat()) continue;
            write_step(bar, step);
        }
    }

    bool left_out(const BarView& bar, const Step& step) const {
        if (player_.manner.texture != Texture::chords || step.symbol < 'a' || step.symbol > 'i') return false;
        const double busy = std::clamp(bar.lead_activity * 0.25, 0.0, 0.4);  // leave room for a busy lead
        BarView model = bar;
        model.in_section = bar.in_section % 8;
        return !scene_.alike(base::Stream::comping, model, static_cast<std::uint64_t>(step.start.value))
                    .happens(0.25 + 0.6 * scene_.plan.complexity - busy + 0.2);
    }

    // A chord on the last eighth may already be the next bar's: pushed, and held over the line.
    const music::ChordEvent* anticipated(const BarView& bar, const Step& step) const {
        const auto* here = scene_.chord_at(bar.start + step.start);
        const auto* next = scene_.chord_after(bar.start + step.start);
        const bool at_the_end = here != nullptr && next != nullptr &&
                                next->start == here->start + here->length &&
                                next->start - (bar.start + step.start) <= kEighth;
        if (!at_the_end || bar.ends_section || scene_.score.metre.strength(step.start) > 0) return here;
        return scene_.alike(base::Stream::comping, bar, 9000).happens(player_.book->anticipation) ? next
                                                                                                  : here;
    }

    void write_step(const BarView& bar, Step step) {
        if (left_out(bar, step)) return;
        while (step.length.value > 0) {
            const auto* event = anticipated(bar, step);
            if (event == nullptr) return;
            const Ticks left = event->start + event->length - (bar.start + step.start);
            const Ticks length = std::min(step.length, left);
            strike(bar, step, length, *event);
            step.start += length;
            step.length = step.length - length;
        }
    }

    void strike(const BarView& bar, const Step& step, Ticks length, const music::ChordEvent& event) {
        const char symbol = step.symbol;
        switch (player_.manner.texture) {
            case Texture::strum:
                return strum(bar, step, length, event);
            case Texture::power: {
                const std::vector<int> whole = hand_.take(bar, event);
                if (symbol == 'm')
                    sound(bar, step.start, length, {whole.begin(), whole.begin() + 2}, 0.6,
                          Articulation::mute);
                else if (symbol == 'x')
                    sound(bar, step.start, kSixteenth, {whole.begin(), whole.begin() + 2}, 0.35,
                          Articulation::mute);
                else
                    sound(bar, step.start, length, whole, symbol == 'D' ? 0.85 : 0.7, Articulation::normal);
                return;
            }
            default:
                break;
        }
        if (symbol == 'B')
            return sound(bar, step.start, length, {hand_.bass(event.chord)}, 0.72, Articulation::normal);
        if (symbol == 'F')
            return sound(bar, step.start, length, {hand_.fifth(event.chord)}, 0.66, Articulation::normal);
        const int level = symbol >= 'a' ? symbol - 'a' + 1 : symbol - '0';
        const bool is_short = length <= kEighth && step.length <= kEighth;
        const bool guitar = player_.manner.voicing == style::VoicingKind::guitar;
        sound(bar, step.start, length, chord_for(bar, event), 0.14 + 0.085 * level,
              guitar     ? Articulation::strum_down
              : is_short ? Articulation::staccato
                         : Articulation::normal);
    }

    // Down strokes sweep all strings, up strokes catch the upper ones.
    void strum(const BarView& bar, const Step& step, Ticks length, const music::ChordEvent& event) {
        std::vector<int> pitches = chord_for(bar, event);
        const bool up = step.symbol == 'U' || step.symbol == 'u',
                   light = step.symbol == 'u' || step.symbol == 'd';
        const std::size_t strings = up ? 3 : light ? 4 : 6;
        if (pitches.size() > strings)
            pitches.erase(pitches.begin(), pitches.end() - static_cast<std::ptrdiff_t>(strings));
        if (step.symbol == 'x') return sound(bar, step.start, kSixteenth, pitches, 0.35, Articulation::mute);
        const double written = (light ? 0.52 : 0.7) - (up ? 0.06 : 0);
        sound(bar, step.start, length, pitches, written,
              up ? Articulation::strum_up : Articulation::strum_down);
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    ChordHand hand_;
    Notes notes_;
};

}  // namespace

Notes write_comping(const Scene& scene, std::size_t player) {
    return CompWriter(scene, player).write();
}

}  // namespace mmx::compose
