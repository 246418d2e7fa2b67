// From notes to strokes: articulations and the small differences between repeated notes.
#include "perform/sampler/strokes.h"

#include <algorithm>

#include "base/maths.h"
#include "base/random.h"

namespace mmx::perform {
namespace {

constexpr double kTremoloRate = 14;       // strokes a second of an orchestra's bows and sticks
constexpr double kLongestBindGap = 0.05;  // seconds between notes that can still be bound
constexpr int kWidestGlide = 7;           // semitones: beyond a fifth the hand lets go

Stroke stroke_of(const PlayedNote& note, const SamplerPatch& patch, int sample_rate, std::uint64_t seed) {
    base::Chance chance(seed, base::Stream::sampler, {.index = note.serial});
    Stroke stroke;
    stroke.start = std::max<std::int64_t>(0, note.start.value);
    stroke.end = stroke.start + std::max<std::int64_t>(1, note.length.value);
    stroke.key = std::clamp(note.pitch + patch.transpose, 0, 127);
    const double force = std::clamp(static_cast<double>(note.velocity), 0.008, 1.0);
    stroke.velocity = std::max(1.0, 127 * base::pow(force, patch.velocity_curve));
    stroke.articulation = note.articulation;
    stroke.cents = patch.variation * chance.uniform(-3, 3);
    stroke.gain_db = patch.variation * chance.uniform(-0.7, 0.7);
    stroke.start_jitter = patch.variation * chance.uniform(0, 0.003);
    stroke.vibrato_depth = chance.uniform(0.75, 1.1);
    stroke.vibrato_speed = chance.uniform(0.94, 1.06);
    stroke.drift_phase = chance.uniform();
    if (note.articulation == music::Articulation::open && patch.rings)
        stroke.end += static_cast<std::int64_t>(1.5 * sample_rate);
    stroke.seconds = static_cast<double>(stroke.end - stroke.start) / sample_rate;
    stroke.vibrates = stroke.seconds > 0.4 && note.articulation != music::Articulation::tremolo;
    return stroke;
}

// Up and down strokes: every second one is a little lighter, none falls quite on time.
void add_tremolo(const Stroke& whole, std::vector<Stroke>& strokes, int sample_rate, base::Chance chance) {
    const double step = sample_rate / kTremoloRate;
    const int count = std::max(1, static_cast<int>(static_cast<double>(whole.end - whole.start) / step));
    for (int i = 0; i < count; ++i) {
        Stroke stroke = whole;
        const auto place = [&](double at) { return whole.start + static_cast<std::int64_t>(at * step); };
        if (i > 0) stroke.start = place(i + chance.uniform(-0.08, 0.08));
        stroke.end = i + 1 == count ? whole.end : place(i + 1);
        stroke.seconds = static_cast<double>(stroke.end - stroke.start) / sample_rate;
        stroke.gain_db += (i % 2 == 0 ? 0.0 : -1.2) + chance.uniform(-0.6, 0.6);
        stroke.cents += chance.uniform(-3, 3);
        strokes.push_back(stroke);
    }
}

// Only a line can be bound: where two notes begin together there is no telling which follows which.
void bind(std::vector<Stroke>& strokes, int sample_rate) {
    for (std::size_t i = 0; i + 1 < strokes.size(); ++i) {
        Stroke& here = strokes[i];
        Stroke& next = strokes[i + 1];
        const bool alone = (i == 0 || strokes[i - 1].start != here.start) && next.start > here.start &&
                           (i + 2 == strokes.size() || strokes[i + 2].start != next.start);
        const double gap = static_cast<double>(next.start - here.end) / sample_rate;
        if (here.articulation != music::Articulation::legato || !alone || gap > kLongestBindGap ||
            next.key == here.key)
            continue;
        here.end = next.start;
        here.ends_in_next = true;
        here.seconds = static_cast<double>(here.end - here.start) / sample_rate;
        next.bound = true;
        const int interval = here.key - next.key;
        if (interval >= -kWidestGlide && interval <= kWidestGlide) next.glide_from = interval;
    }
}

}  // namespace

std::vector<Stroke> strokes_of(const std::vector<PlayedNote>& notes, const SamplerPatch& patch,
                               int sample_rate, std::uint64_t seed) {
    std::vector<Stroke> strokes;
    for (const PlayedNote& note : notes) {
        const Stroke stroke = stroke_of(note, patch, sample_rate, seed);
        if (note.articulation == music::Articulation::tremolo && !patch.own_tremolo)
            add_tremolo(stroke, strokes, sample_rate,
                        base::Chance(seed, base::Stream::sampler, {.section = 1, .index = note.serial}));
        else
            strokes.push_back(stroke);
    }
    std::stable_sort(strokes.begin(), strokes.end(),
                     [](const Stroke& a, const Stroke& b) { return a.start < b.start; });
    if (patch.legato_seconds > 0) bind(strokes, sample_rate);
    return strokes;
}

}  // namespace mmx::perform
