// Bass lines: patterns of chord functions that follow the kick, drones, and walking quarters.
#include <algorithm>
#include <cstdlib>

#include "compose/pattern.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kQuarter;
using base::Ticks;

int pitch_class(int pitch) {
    return ((pitch % 12) + 12) % 12;
}

// The instrument's register for one player, in which roots stay within an octave and a bit.
class BassRegister {
  public:
    explicit BassRegister(const Player& player, int reach = 17)
        : low_(player.manner.low > 0 ? player.manner.low : player.instrument->sweet_low),
          high_(player.manner.high > 0 ? player.manner.high : player.instrument->sweet_high),
          reach_(reach) {
        low_ = std::max(low_, player.instrument->low);
        high_ = std::max(low_ + 16, std::min(high_, player.instrument->high));
    }

    int low() const { return low_; }
    int high() const { return high_; }

    // Nearest to where the hand is, but drawn to the low end where a bass belongs.
    int root(int wanted_class, int before) const {
        int best = -1;
        double best_cost = 0;
        for (int pitch = low_; pitch <= std::min(high_, low_ + reach_); ++pitch) {
            if (pitch_class(pitch) != pitch_class(wanted_class)) continue;
            const double cost = std::abs(pitch - before) + 0.6 * std::abs(pitch - (low_ + 6));
            if (best < 0 || cost < best_cost) {
                best = pitch;
                best_cost = cost;
            }
        }
        return best;
    }
    int into(int pitch) const {
        while (pitch > high_) pitch -= 12;
        while (pitch < low_) pitch += 12;
        return pitch;
    }

  private:
    int low_, high_;
    int reach_;  // how far above the lowest note a root may lie
};

int chord_third(const music::Chord& chord) {
    const auto intervals = chord.intervals();
    return intervals.size() > 2 ? intervals[1] : 7;
}

int chord_fifth(const music::Chord& chord) {
    for (const int interval : chord.intervals())
        if (interval >= 6 && interval <= 8) return interval;
    return 7;
}

int chord_seventh(const music::Chord& chord) {
    for (const int interval : chord.intervals())
        if (interval >= 9 && interval <= 11) return interval;
    return 12;
}

// One step short of the target, from the side the line comes from; a step of the key if it is one, else a
// semitone.
int approach(int target, int from, const std::optional<music::Key>& key, double luck) {
    const int side = from < target ? -1 : from > target ? 1 : luck < 0.5 ? -1 : 1;
    for (const int step : {1, 2})
        if (key && key->contains(target + side * step)) return target + side * step;
    return target + side;
}

int passing(int from, int target, const std::optional<music::Key>& key) {
    const int direction = target > from ? 1 : -1;
    if (std::abs(target - from) < 2) return target;
    for (int pitch = from + direction; pitch != target; pitch += direction)
        if (std::abs(pitch - from) >= std::abs(target - from) / 2 && key && key->contains(pitch))
            return pitch;
    return from + (target - from) / 2;
}

class StepWriter {
  public:
    StepWriter(const Scene& scene, std::size_t player)
        : scene_(scene),
          number_(player),
          player_(scene.band.players[player]),
          hand_(player_),
          before_(hand_.low() + 6) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) write_bar(bar);
        return std::move(notes_);
    }

  private:
    void play(const BarView& bar, Ticks at, Ticks length, int pitch, double written) {
        // A bass that strikes with the kick drum is one instrument with it.
        if (scene_.kick_at(bar.start + at)) written += 0.05;
        notes_.push_back({bar.start + at, length, pitch, loudness(scene_, player_, bar, at, written),
                          music::Articulation::normal});
        before_ = pitch;
    }

    bool wanted(const BarView& bar, const Step& step) const {
        if (step.symbol < 'a') return true;
        BarView model = bar;
        model.in_section = bar.in_section % 4;
        const bool with_kick = scene_.kick_at(bar.start + step.start);
        const double likely = (with_kick ? 0.75 : 0.1) + 0.4 * (scene_.plan.complexity - 0.3);
        return scene_.alike(base::Stream::bass, model, static_cast<std::uint64_t>(step.start.value))
            .happens(likely);
    }

    int pitch_for(const BarView& bar, const Step& step, const music::ChordEvent& event, bool new_chord) {
        const music::Chord& chord = event.chord;
        const int root = hand_.root(chord.bass, root_before_);
        const auto key = scene_.key_at(bar.start + step.start);
        const music::ChordEvent* next = scene_.chord_after(bar.start + step.start);
        const int next_root = next == nullptr ? root : hand_.root(next->chord.bass, root);
        const auto above = [&](int interval) { return hand_.into(root + interval); };
        if (new_chord) return root;  // the ear takes the first bass note of a chord for its root
        switch (step.symbol) {
            case 'O':
            case 'o':
                return root + 12 <= hand_.high() ? root + 12 : root;
            case '5':
            case 'f':
                return above(chord.bass == chord.root ? chord_fifth(chord)
                                                      : pitch_class(chord.root - chord.bass));
            case 'L': {
                const int below = root + chord_fifth(chord) - 12;
                return below >= hand_.low() ? below : root + chord_fifth(chord);
            }
            case '3':
            case 't':
                return above(pitch_class(chord.root - chord.bass) + chord_third(chord));
            case '7': {
                const int below = root - 12 + chord_seventh(chord);
                return below >= hand_.low() ? below : above(chord_seventh(chord));
            }
            case 'A':
            case 'a': {
                // Leads over only when the chord really changes at the next moment the bass plays.
                const bool leads =
                    next != nullptr && next->start <= bar.end() && next->chord.bass != chord.bass;
                const double luck = scene_.alike(base::Stream::bass, bar, 5000).uniform();
                return leads ? hand_.into(approach(next_root, before_, key, luck))
                             : above(chord_fifth(chord));
            }
            case 'P':
            case 'p':
                return next == nullptr ? above(chord_fifth(chord))
                                       : hand_.into(passing(root, next_root, key));
            default:
                return root;
        }
    }

    void write_bar(const BarView& bar) {
        const auto* first = scene_.chord_at(bar.start);
        if (first == nullptr) return;
        if (const auto hit = together_hit(scene_, bar)) {
            root_before_ = hand_.root(first->chord.bass, root_before_);
            play(bar, Ticks(0), hit->length, root_before_, hit->velocity * 0.9);
            return;
        }
        const auto* pattern =
            choose_pattern(player_.book->patterns, player_.manner.part, scene_.score.metre, bar.kind,
                           bar.intensity, bar.feel, scene_.pattern_luck(base::Stream::bass, bar, player_));
        if (pattern == nullptr) return write_plain(bar);
        const std::string& text =
            pattern->bars[static_cast<std::size_t>(bar.in_section) % pattern->bars.size()];
        for (const Step& step :
             lay_out(text, pattern->fit.metre, scene_.score.metre, bar.index, LongGroups::keep_time)) {
            if (bar.role == BarRole::pickup && step.start < bar.length - scene_.score.metre.beat()) continue;
            if (wanted(bar, step)) write_step(bar, step);
        }
    }

    // A held note ends where the chord's bass changes, and begins again there.
    void write_step(const BarView& bar, Step step) {
        while (step.length.value > 0) {
            const auto* event = scene_.chord_at(bar.start + step.start);
            if (event == nullptr) return;
            const bool starts_chord = event->start == bar.start + step.start;
            const Ticks left = event->start + event->length - (bar.start + step.start);
            const auto* next = scene_.chord_after(bar.start + step.start);
            const bool cut = left < step.length && next != nullptr && next->chord.bass != event->chord.bass;
            const Ticks length = cut ? left : step.length;
            const int pitch = pitch_for(bar, step, *event, starts_chord);
            root_before_ = hand_.root(event->chord.bass, root_before_);
            const double written = step.symbol == 'R' || step.symbol == 'O' ? 0.78
                                   : step.symbol >= 'a'                     ? 0.62
                                                                            : 0.72;
            play(bar, step.start, length, pitch, written);
            step.start += length;
            step.length = step.length - length;
            step.symbol = 'R';
        }
    }

    void write_plain(const BarView& bar) {
        Step step{Ticks(0), bar.length, 'R'};
        write_step(bar, step);
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    BassRegister hand_;
    int before_;
    int root_before_ = 0;
    Notes notes_;
};

// One low note for as long as the bass of the harmony stays, at most four bars and never over a section's
// edge.
Notes write_drone(const Scene& scene, std::size_t number) {
    const Player& player = scene.band.players[number];
    const BassRegister hand(player);
    Notes notes;
    int before = hand.low() + 6;
    for (const BarView& bar : scene.bars) {
        if (!scene.plays[number][static_cast<std::size_t>(bar.index)]) continue;
        const auto hit = together_hit(scene, bar);
        const Ticks end = hit ? bar.start + hit->length : bar.end();
        for (Ticks at = bar.start; at < end;) {
            const auto* event = scene.chord_at(at);
            if (event == nullptr) break;
            const Ticks until = std::min(end, event->start + event->length);
            const int pitch = hand.root(event->chord.bass, before);
            const bool goes_on = !notes.empty() && notes.back().pitch == pitch &&
                                 notes.back().start + notes.back().length == at &&
                                 notes.back().length < scene.score.metre.bar() * 4 &&
                                 !(bar.in_section == 0 && at == bar.start);
            if (goes_on)
                notes.back().length += until - at;
            else
                notes.push_back({at, until - at, pitch, loudness(scene, player, bar, at - bar.start, 0.7),
                                 music::Articulation::legato});
            before = pitch;
            at = until;
        }
    }
    return notes;
}

// Ray Brown's rules: the chord's root when it arrives, chord tones on strong beats, steps between them, and
// the last beat a step from the next root.
class Walker {
  public:
    Walker(const Scene& scene, std::size_t player)
        : scene_(scene),
          number_(player),
          player_(scene.band.players[player]),
          hand_(player_, 24),
          before_(hand_.low() + 8) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) walk(bar);
        return std::move(notes_);
    }

  private:
    void play(const BarView& bar, Ticks at, Ticks length, int pitch, double written,
              music::Articulation articulation = music::Articulation::normal) {
        notes_.push_back(
            {bar.start + at, length, pitch, loudness(scene_, player_, bar, at, written), articulation});
    }

    void walk(const BarView& bar) {
        const auto* first = scene_.chord_at(bar.start);
        if (first == nullptr) return;
        if (const auto hit = together_hit(scene_, bar)) {
            before_ = hand_.root(first->chord.bass, before_);
            play(bar, Ticks(0), hit->length, before_, hit->velocity * 0.85);
            return;
        }
        std::vector<Ticks> beats = scene_.score.metre.pulses();
        const bool in_two = bar.intensity < 0.38 && beats.size() > 2;
        base::Chance chance = scene_.own(base::Stream::bass, bar, 0);
        for (std::size_t i = 0; i < beats.size(); ++i) {
            if (in_two && i % 2 == 1) continue;
            const std::size_t after = in_two ? i + 2 : i + 1;
            const Ticks end = after < beats.size() ? beats[after] : bar.length;
            step(bar, beats[i], end, in_two, chance);
        }
    }

    void step(const BarView& bar, Ticks at, Ticks end, bool in_two, base::Chance& chance) {
        const auto* event = scene_.chord_at(bar.start + at);
        if (event == nullptr) return;
        const auto* next = scene_.chord_at(bar.start + end);
        const bool arrives =
            event->start > bar.start + at - scene_.score.metre.beat() && event->start <= bar.start + at;
        const bool changes = next != nullptr && next != event && next->chord.bass != event->chord.bass;
        const double luck = chance.uniform(), side = chance.uniform(), skip = chance.uniform();
        int pitch = 0;
        if (arrives || (at.value == 0 && luck < 0.55)) {
            pitch = hand_.root(event->chord.bass, before_);
            if (changes_rarely(bar) && before_ > hand_.low() + 12 && pitch + 12 <= hand_.high() && luck < 0.4)
                pitch += 12;
        } else if (changes && !in_two) {
            const int target = hand_.root(next->chord.bass, before_);
            const auto key = scene_.key_at(bar.start + at);
            // Half of them chromatic: the sound of the style.
            const int direction = before_ < target || (before_ == target && side < 0.5) ? -1 : 1;
            pitch = luck < 0.5 ? target + direction : approach(target, before_, key, side);
        } else {
            pitch = towards(bar, at, *event, next, luck);
        }
        pitch = hand_.into(pitch);
        if (pitch == before_ && !arrives) pitch = other_tone(event->chord, luck);
        const bool skips = !in_two && skip < 0.05 + 0.14 * scene_.plan.complexity && end - at >= kQuarter;
        play(bar, at, skips ? (end - at) / 2 : end - at, pitch, 0.72);
        if (skips) play(bar, at + (end - at) / 2, (end - at) / 2, pitch, 0.5, music::Articulation::mute);
        before_ = pitch;
    }

    static bool changes_rarely(const BarView& bar) { return bar.in_section % 2 == 1; }

    // On strong beats a chord tone, elsewhere also a step of the key; the line keeps its direction until it
    // must turn.
    int towards(const BarView& bar, Ticks at, const music::ChordEvent& event, const music::ChordEvent* next,
                double luck) {
        const int goal = next == nullptr ? before_ : hand_.root(next->chord.bass, before_);
        if (before_ > hand_.high() - 4)
            direction_ = -1;
        else if (before_ < hand_.low() + 4)
            direction_ = 1;
        else if (std::abs(goal - before_) > 4)
            direction_ = goal > before_ ? 1 : -1;
        const bool strong = scene_.score.metre.strength(at) >= 2;
        const auto key = scene_.key_at(bar.start + at);
        for (int distance = 1; distance <= 5; ++distance) {
            const int pitch = before_ + direction_ * distance;
            const bool chord_tone = event.chord.contains(pitch);
            const bool scale_tone = key && key->contains(pitch) && distance <= 2 && luck < 0.7;
            if (chord_tone || (!strong && scale_tone)) return pitch;
        }
        return before_ + direction_ * 5;
    }

    int other_tone(const music::Chord& chord, double luck) const {
        for (int distance = 2; distance <= 7; ++distance)
            for (const int side : {luck < 0.5 ? -1 : 1, luck < 0.5 ? 1 : -1}) {
                const int pitch = before_ + side * distance;
                if (chord.contains(pitch) && pitch >= hand_.low() && pitch <= hand_.high()) return pitch;
            }
        return before_;
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    BassRegister hand_;
    int before_;
    int direction_ = 1;
    Notes notes_;
};

}  // namespace

Notes write_bass(const Scene& scene, std::size_t player) {
    if (scene.band.players[player].manner.texture == style::Texture::drone) return write_drone(scene, player);
    return StepWriter(scene, player).write();
}

Notes write_walking_bass(const Scene& scene, std::size_t player) {
    return Walker(scene, player).write();
}

}  // namespace mmx::compose
