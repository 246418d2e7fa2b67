#include "voice/pitch.h"

#include <algorithm>
#include <utility>

#include "base/maths.h"
#include "base/random.h"

namespace mmx::voice {
namespace {

// A glide begins before the note and ends after it: singers arrive late (measured -65 to +45 ms).
constexpr double kGlideBefore = 0.065, kGlideAfter = 0.045;
constexpr double kScoopSeconds = 0.15;
constexpr double kRest = 0.25;  // after a silence this long a line begins anew

// The smoothest way from rest to rest (minimum jerk; Flash and Hogan 1985).
double minimum_jerk(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * t * (10 + t * (6 * t - 15));
}

// An even value in -1 ... 1 for each whole number.
double lattice(std::uint64_t seed, std::uint64_t line, std::int64_t place, std::uint64_t kind) {
    base::Chance chance(seed, base::Stream::voice_pitch, {line, static_cast<std::uint64_t>(place), kind});
    return chance.uniform(-1, 1);
}

double noise_at(std::uint64_t seed, std::uint64_t line, double place, std::uint64_t kind) {
    const double whole = base::floor(place), t = place - whole;
    const auto index = static_cast<std::int64_t>(whole);
    const double a = lattice(seed, line, index, kind), b = lattice(seed, line, index + 1, kind);
    return a + (b - a) * t * t * (3 - 2 * t);
}

}  // namespace

PitchCurve::PitchCurve(const Voice& voice, std::vector<TimedNote> notes, double detune_cents,
                       double vibrato_depth, std::uint64_t seed, std::uint64_t line)
    : voice_(voice),
      notes_(std::move(notes)),
      detune_cents_(detune_cents),
      vibrato_depth_(vibrato_depth),
      seed_(seed),
      line_(line) {
    base::Chance chance(seed, base::Stream::voice_pitch, {line, 0, 9});
    rate_hz_ = voice.vibrato.rate_hz * (1 + 0.04 * chance.uniform(-1, 1));
    phase_ = chance.uniform(-0.5, 0.5);
}

double PitchCurve::glided(double seconds, std::size_t note) const {
    const TimedNote& now = notes_[note];
    double pitch = now.pitch;
    const auto fresh = [&](std::size_t i) { return i == 0 || notes_[i].start - notes_[i - 1].end > kRest; };
    if (fresh(note)) {
        const double length = std::min(kScoopSeconds, 0.5 * (now.end - now.start));
        const double depth = voice_.scoop_cents * (note == 0 ? 1 : 0.6);
        pitch -= 0.01 * depth * (1 - minimum_jerk((seconds - now.start) / length));
    } else {
        const double after = std::min(kGlideAfter, 0.3 * (now.end - now.start)) * voice_.glide;
        if (seconds < now.start + after) {
            const TimedNote& before = notes_[note - 1];
            const double lead = std::min(kGlideBefore, 0.4 * (now.start - before.start)) * voice_.glide;
            const double t = (seconds - (now.start - lead)) / std::max(lead + after, 1e-4);
            pitch = before.pitch + (now.pitch - before.pitch) * minimum_jerk(t);
        }
    }
    if (note + 1 < notes_.size() && !fresh(note + 1)) {
        const TimedNote& next = notes_[note + 1];
        const double lead = std::min(kGlideBefore, 0.4 * (next.start - now.start)) * voice_.glide;
        const double after = std::min(kGlideAfter, 0.3 * (next.end - next.start)) * voice_.glide;
        const double t = (seconds - (next.start - lead)) / std::max(lead + after, 1e-4);
        if (t > 0) pitch += (next.pitch - now.pitch) * minimum_jerk(t);
    }
    return pitch;
}

double PitchCurve::vibrato_at(double seconds, std::size_t note) const {
    const TimedNote& now = notes_[note];
    const Vibrato& v = voice_.vibrato;
    if (now.end - now.start < v.shortest_note_seconds) return 0;
    const double since = seconds - now.start, until = now.end - seconds;
    const double in = minimum_jerk((since - v.delay_seconds) / v.fade_in_seconds);
    const double out = minimum_jerk(until / 0.12);
    const double turn = rate_hz_ * (since - v.delay_seconds) + phase_ * 0.1;
    return v.depth_cents * vibrato_depth_ * in * out * base::sin(base::kTwoPi * turn);
}

double PitchCurve::drift_at(double seconds) const {
    return voice_.jitter_cents *
           (0.7 * noise_at(seed_, line_, seconds * 1.7, 1) + 0.5 * noise_at(seed_, line_, seconds * 9, 2));
}

double PitchCurve::note_at(double seconds) const {
    std::size_t note = 0;
    while (note + 1 < notes_.size() && notes_[note + 1].start <= seconds) ++note;
    // Before a note that stands after a rest, the pitch is already the new one's: its consonants are.
    if (note + 1 < notes_.size() && notes_[note + 1].start - notes_[note].end > kRest &&
        seconds > 0.5 * (notes_[note].end + notes_[note + 1].start))
        ++note;
    return glided(seconds, note) + 0.01 * (vibrato_at(seconds, note) + drift_at(seconds) + detune_cents_);
}

double PitchCurve::hertz_at(double seconds) const {
    return base::midi_to_hertz(note_at(seconds));
}

}  // namespace mmx::voice
