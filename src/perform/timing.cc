#include "perform/timing.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/maths.h"
#include "base/random.h"
#include "style/instruments.h"

namespace mmx::perform {
namespace {

using base::Stream;
using music::Articulation;

// Parts are keyed by their name, so that a part that comes or goes leaves the others' timing alone. FNV-1a.
std::uint64_t part_key_of(std::string_view id) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char letter : id) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    return hash;
}

std::string_view lane_of(int pitch) {
    switch (pitch) {
        case 35:
        case 36:
            return "kick";
        case 38:
        case 40:
            return "snare";
        case 37:
            return "stick";
        case 39:
            return "clap";
        case 42:
            return "hat";
        case 44:
            return "pedal-hat";
        case 46:
            return "open-hat";
        case 41:
        case 43:
        case 45:
        case 47:
        case 48:
        case 50:
            return "tom";
        case 49:
        case 52:
        case 55:
        case 57:
            return "crash";
        case 51:
        case 53:
        case 59:
            return "ride";
        case 69:
        case 70:
        case 82:
            return "shaker";
        default:
            return "percussion";
    }
}

double offset_of(const std::map<std::string, double, std::less<>>& offsets, std::string_view name) {
    const auto found = offsets.find(name);
    return found == offsets.end() ? 0.0 : found->second;
}

bool is_strum(const music::Note& note) {
    return note.articulation == Articulation::strum_down || note.articulation == Articulation::strum_up;
}

// A pick crosses six strings in 8 ms when hit hard at speed and in 28 ms when stroked slowly.
double strum_seconds(double beats_per_minute, double velocity) {
    const double speed = std::clamp((beats_per_minute - 60.0) / 120.0, 0.0, 1.0);
    const double force = std::clamp(velocity, 0.0, 1.0);
    return 0.028 - 0.020 * (0.5 * speed + 0.5 * force);
}

// Families whose players take a chord with the fingers of two hands.
bool rolls_chords(std::string_view instrument) {
    const style::Instrument* known = style::find_instrument(instrument);
    if (known == nullptr) return instrument.find("piano") != std::string_view::npos;
    return known->family == "keys" || known->family == "mallets" || known->family == "plucked";
}

struct Scale {  // what score.humanise does
    double pocket, spread;
};
Scale scale_of(double humanise) {
    return {std::clamp(2.0 * humanise, 0.0, 1.0), std::clamp(humanise, 0.0, 1.0)};
}

class Hand {
  public:
    Hand(const music::Score& score, const music::Part& part, const style::Pocket& pocket, int sample_rate)
        : score_(score),
          part_(part),
          pocket_(pocket),
          scale_(scale_of(score.humanise)),
          key_(part_key_of(part.id)),
          rate_(sample_rate),
          drums_(part.role == music::Role::drums || part.role == music::Role::percussion),
          rolls_(!drums_ && rolls_chords(part.instrument)) {}

    std::vector<PlayedNote> play() {
        std::vector<PlayedNote> played;
        played.reserve(part_.notes.size());
        for (std::size_t first = 0; first < part_.notes.size();) {
            std::size_t last = first + 1;
            while (last < part_.notes.size() && part_.notes[last].start == part_.notes[first].start) ++last;
            play_together(first, last, played);
            first = last;
        }
        free_repeated_keys(played);
        std::stable_sort(played.begin(), played.end(),
                         [](const PlayedNote& a, const PlayedNote& b) { return a.start < b.start; });
        for (std::size_t i = 0; i < played.size(); ++i) played[i].serial = static_cast<std::uint32_t>(i);
        return played;
    }

  private:
    double seconds(base::Ticks at) const { return score_.tempo.to_seconds(music::swung(score_, at)).value; }
    base::Frames frames(double at) const {
        return base::Frames(static_cast<std::int64_t>(base::floor(std::max(at, 0.0) * rate_ + 0.5)));
    }

    // The notes of one start: one gesture with one error of timing, and small differences between the
    // fingers.
    void play_together(std::size_t first, std::size_t last, std::vector<PlayedNote>& played) {
        const music::Note& lead = part_.notes[first];
        const int bar = score_.bar_at(lead.start);
        const music::Bar& in = score_.bars[static_cast<std::size_t>(bar)];
        const base::Ticks in_bar = lead.start - in.start;
        const double bars = bar + static_cast<double>(in_bar.value) /
                                      static_cast<double>(std::max<std::int64_t>(in.length.value, 1));
        const int strength = score_.metre.strength(in_bar);
        // Players meet on the bar line and stray between: down-beats are tighter.
        const double looseness = strength == 3 ? 0.6 : strength == 2 ? 0.8 : 1.0;
        const double spread = 0.001 * (drums_ ? pocket_.drum_spread_ms : pocket_.spread_ms) * scale_.spread;

        base::Chance gesture(
            score_.seed, Stream::humanise_time,
            {key_, static_cast<std::uint64_t>(bar), static_cast<std::uint64_t>(in_bar.value)});
        const double common =
            spread * looseness * (0.75 * drift_at(score_.seed, key_, bars) + 0.55 * gesture.normal());
        const double leaning =
            0.001 * scale_.pocket * offset_of(pocket_.role_ms, music::role_name(part_.role));
        const double onset = seconds(lead.start);

        const std::size_t count = last - first;
        const double bpm = score_.tempo.beats_per_minute(lead.start, score_.metre.beat());
        for (std::size_t i = first; i < last; ++i) {
            const music::Note& note = part_.notes[i];
            base::Chance finger(
                score_.seed, Stream::humanise_time,
                {key_ + 1, static_cast<std::uint64_t>(bar),
                 static_cast<std::uint64_t>(in_bar.value) * 128 + static_cast<std::uint64_t>(note.pitch)});
            double delay = common + leaning + 0.2 * spread * finger.normal();
            if (drums_) delay += 0.001 * scale_.pocket * offset_of(pocket_.lane_ms, lane_of(note.pitch));
            if (count > 1 && is_strum(note)) {
                const std::size_t from_low = i - first;
                const std::size_t turn =
                    note.articulation == Articulation::strum_down ? from_low : count - 1 - from_low;
                delay += strum_seconds(bpm, note.velocity) * static_cast<double>(turn) /
                         static_cast<double>(std::max<std::size_t>(count - 1, 5));
            } else if (count > 1 && rolls_) {
                // Low fingers first, 2 to 6 ms for the hand.
                delay += scale_.pocket * (0.006 - 0.004 * note.velocity) * static_cast<double>(i - first) /
                         static_cast<double>(count - 1);
            }
            played.push_back(shape(note, onset + delay, delay, strength, bar, in_bar));
        }
    }

    PlayedNote shape(const music::Note& note, double start, double delay, int strength, int bar,
                     base::Ticks in_bar) {
        PlayedNote out;
        out.start = frames(start);
        const double end = seconds(note.start + note.length) + delay;
        double held = end - start;
        if (!drums_) {
            if (note.articulation == Articulation::staccato) held = std::min(held * 0.55, 0.30);
            if (note.articulation == Articulation::mute) held = std::min(held, 0.22);
            // Bound notes overlap a little, so that a player who can slurs them.
            if (note.articulation == Articulation::legato) held += 0.025;
        }
        out.length =
            base::Frames(std::max<std::int64_t>(frames(start + held).value - out.start.value, rate_ / 100));
        out.pitch = note.pitch;
        out.articulation = note.articulation;

        base::Chance force(
            score_.seed, Stream::humanise_velocity,
            {key_, static_cast<std::uint64_t>(bar),
             static_cast<std::uint64_t>(in_bar.value) * 128 + static_cast<std::uint64_t>(note.pitch)});
        constexpr std::array<double, 4> kMetric = {-0.5, 0.1, 0.35, 0.5};
        const double accent =
            scale_.pocket * pocket_.accent * kMetric[static_cast<std::size_t>(std::clamp(strength, 0, 3))];
        const double chance = scale_.spread * pocket_.velocity_spread * force.normal();
        out.velocity = static_cast<float>(std::clamp(note.velocity * (1.0 + accent + chance), 0.02, 1.0));
        return out;
    }

    // A key that is struck again has to come up first: the earlier note ends a hair before.
    void free_repeated_keys(std::vector<PlayedNote>& played) const {
        if (drums_) return;
        std::array<std::ptrdiff_t, 128> sounding;
        sounding.fill(-1);
        std::stable_sort(played.begin(), played.end(),
                         [](const PlayedNote& a, const PlayedNote& b) { return a.start < b.start; });
        for (std::size_t i = 0; i < played.size(); ++i) {
            std::ptrdiff_t& before = sounding[static_cast<std::size_t>(std::clamp(played[i].pitch, 0, 127))];
            if (before >= 0) {
                PlayedNote& earlier = played[static_cast<std::size_t>(before)];
                const std::int64_t room = played[i].start.value - earlier.start.value - rate_ / 500;
                earlier.length.value =
                    std::clamp<std::int64_t>(earlier.length.value, 1, std::max<std::int64_t>(room, 1));
            }
            before = static_cast<std::ptrdiff_t>(i);
        }
    }

    const music::Score& score_;
    const music::Part& part_;
    const style::Pocket& pocket_;
    Scale scale_;
    std::uint64_t key_;
    int rate_;
    bool drums_, rolls_;
};

}  // namespace

double drift_at(std::uint64_t seed, std::uint64_t part_key, double bars) {
    // Value noise in four octaves of equal height: spans of 8, 4, 2 and 1 bars. Equal power an octave is 1/f.
    double sum = 0.0;
    for (std::uint64_t octave = 0; octave < 4; ++octave) {
        const double place = std::max(bars, 0.0) / static_cast<double>(std::uint64_t{8} >> octave);
        const double whole = base::floor(place);
        const double part = place - whole;
        const auto knot = static_cast<std::uint64_t>(whole);
        const auto draw = [&](std::uint64_t at) {
            return base::Chance(seed, Stream::humanise_time, {part_key + 2, at, octave}).normal();
        };
        const double eased = part * part * (3.0 - 2.0 * part);
        sum += draw(knot) * (1.0 - eased) + draw(knot + 1) * eased;
    }
    return 0.6 * sum;  // four octaves whose variance, averaged between knots, is 0.74 each
}

std::vector<PlayedNote> play_part(const music::Score& score, const music::Part& part,
                                  const style::Pocket& pocket, int sample_rate) {
    if (score.bars.empty()) return {};
    return Hand(score, part, pocket, sample_rate).play();
}

}  // namespace mmx::perform
