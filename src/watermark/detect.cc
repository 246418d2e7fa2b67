#include "watermark/detect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/maths.h"
#include "watermark/bands.h"
#include "watermark/carriers.h"
#include "watermark/scan.h"

namespace mmx::watermark {
namespace {

// A guess at what was done to the sound: 1.02 is 2 % faster, or 2 % higher.
struct Change {
    double speed = 1, pitch = 1;
};

// Half bands of the features become bands of the grid, at a pitch; rows of frames.
Lattice bands_at(const std::vector<std::int8_t>& features, double pitch) {
    const auto& edges = half_band_edges();
    std::array<int, kHalfBands> band_of{};
    for (std::size_t j = 0; j < kHalfBands; ++j) {
        const double hz = (edges[j] + edges[j + 1]) / 2 / pitch;
        band_of[j] = -1;
        for (std::size_t b = 0; b < kBands; ++b)
            if (hz >= edges[2 * b] && hz < edges[2 * b + 2]) band_of[j] = static_cast<int>(b);
    }
    Lattice lattice{kBands, features.size() / kHalfBands, {}};
    lattice.values.resize(lattice.rows * lattice.steps);
    for (std::size_t j = 0; j < kHalfBands; ++j) {
        if (band_of[j] < 0) continue;
        float* row = lattice.values.data() + static_cast<std::size_t>(band_of[j]) * lattice.steps;
        for (std::size_t f = 0; f < lattice.steps; ++f)
            row[f] += static_cast<float>(features[f * kHalfBands + j]);
    }
    return lattice;
}

// Back on the unmarked song's axis: `count` steps from `first`, now as many times `speed`.
Lattice slowed(const Lattice& lattice, std::size_t first, std::size_t count, double speed) {
    Lattice result{lattice.rows, static_cast<std::size_t>(static_cast<double>(count) * speed) + 1, {}};
    result.values.resize(result.rows * result.steps);
    for (std::size_t r = 0; r < lattice.rows; ++r) {
        const float* from = lattice.values.data() + r * lattice.steps + first;
        float* to = result.values.data() + r * result.steps;
        for (std::size_t s = 0; s < count; ++s)
            to[static_cast<std::size_t>(static_cast<double>(s) * speed)] += from[s];
    }
    return result;
}

Lattice carriers_of(const std::vector<std::int8_t>& features) {
    Lattice lattice{kCarriers, features.size() / kCarriers, {}};
    lattice.values.resize(features.size());
    for (std::size_t s = 0; s < lattice.steps; ++s)
        for (std::size_t k = 0; k < kCarriers; ++k)
            lattice.values[k * lattice.steps + s] = static_cast<float>(features[s * kCarriers + k]);
    return lattice;
}

constexpr double kMostChange = 0.06, kSpeedStep = 0.0025, kPitchStep = 0.01;
constexpr double kGuesses = 13 * 49 + 5 * 27;
constexpr std::size_t kSearchSteps = 800;  // 25 s at a time
constexpr std::size_t kSearchTops = 5;
constexpr float kLeastSearchSync = 4.5f;

class Detector {
  public:
    Detector(const Features& features, const KeyRing& keys) : features_(features), keys_(keys) {
        detection_.seconds = features.seconds;
        detection_.silent_seconds = features.silent_seconds;
    }

    Detection run(Search search) {
        const Lattice bands = bands_at(features_.in_band, 1), carriers = carriers_of(features_.ultrasonic);
        // The newest key first: most marks bear it.
        for (auto key = keys_.keys().rbegin(); key != keys_.keys().rend(); ++key) {
            const Scan low(*key, ultrasonic_shape(),
                           {{Grid(*key, "ultrasonic", "low", kUltrasonicColumns, kLowCarriers), 0}});
            const Scan high(
                *key, ultrasonic_shape(),
                {{Grid(*key, "ultrasonic", "high", kUltrasonicColumns, kHighCarriers), kLowCarriers}});
            const Scan in_band(*key, in_band_shape(),
                               {{Grid(*key, "in-band", "tiles", kInBandColumns, kBands), 0}});
            const std::size_t before = detection_.marks.size();
            std::size_t readings = 0;
            if (carriers.steps > 0) {
                note(*key, low.read(carriers, readings), &FoundMark::ultrasonic_low, {}, readings);
                note(*key, high.read(carriers, readings), &FoundMark::ultrasonic_high, {}, readings);
            }
            if (bands.steps > 0) note(*key, in_band.read(bands, readings), &FoundMark::in_band, {}, readings);
            if (search == Search::changed && detection_.marks.size() == before && bands.steps > 0)
                search_changes(*key, in_band);
            for (std::size_t i = before; i < detection_.marks.size(); ++i) {
                FoundMark& mark = detection_.marks[i];
                mark.in_band.spans = in_band_spans(in_band, mark);
                if (carriers.steps > 0) {
                    mark.ultrasonic_low.spans = low.spans_of(carriers, mark.id);
                    mark.ultrasonic_high.spans = high.spans_of(carriers, mark.id);
                }
                sum_up(mark);
            }
        }
        std::sort(detection_.marks.begin(), detection_.marks.end(),
                  [](const FoundMark& a, const FoundMark& b) {
                      const auto start = [](const FoundMark& m) {
                          return m.spans.empty() ? 0 : m.spans.front().start_seconds;
                      };
                      return start(a) < start(b);
                  });
        return std::move(detection_);
    }

  private:
    void note(const Key& key, const std::vector<Reading>& found, LayerReport FoundMark::*layer, Change change,
              std::size_t readings) {
        for (const Reading& reading : found) {
            const double p =
                std::min(1.0, reading.p_value * static_cast<double>(std::max<std::size_t>(1, readings)));
            auto known = std::find_if(
                detection_.marks.begin(), detection_.marks.end(),
                [&](const FoundMark& mark) { return mark.id == reading.id && mark.epoch == key.epoch(); });
            if (known == detection_.marks.end()) {
                FoundMark mark;
                mark.id = reading.id;
                mark.epoch = key.epoch();
                mark.speed = change.speed;
                mark.pitch_cents = 1200 * std::log2(change.pitch);
                detection_.marks.push_back(mark);
                known = detection_.marks.end() - 1;
            }
            LayerReport& report = (*known).*layer;
            report.p_value = std::min(report.p_value, p);
        }
    }

    // Every tempo with every pitch, over stretches of the sound; the guesses with the strongest sync are
    // read.
    void search_changes(const Key& key, const Scan& scan) {
        struct Guess {
            Change change;
            float sync;
        };
        std::vector<Lattice> pitched;
        std::vector<double> pitches;
        for (int p = -6; p <= 6; ++p) {
            pitches.push_back(1 + p * kPitchStep);
            pitched.push_back(bands_at(features_.in_band, pitches.back()));
        }
        const std::size_t steps = pitched.front().steps;
        std::size_t readings = 0;
        for (std::size_t first = 0; first < steps; first += kSearchSteps) {
            const std::size_t count = std::min(kSearchSteps, steps - first);
            if (first > 0 && count < kSearchSteps / 3) break;
            std::vector<Guess> guesses;
            for (std::size_t p = 0; p < pitches.size(); ++p)
                for (double speed = 1 - kMostChange; speed < 1 + kMostChange + kSpeedStep / 2;
                     speed += kSpeedStep) {
                    const Lattice lattice = slowed(pitched[p], first, count, speed);
                    const float sync = scan.best_sync(lattice, 0, lattice.steps);
                    if (sync >= kLeastSearchSync) guesses.push_back({{speed, pitches[p]}, sync});
                }
            std::sort(guesses.begin(), guesses.end(),
                      [](const Guess& a, const Guess& b) { return a.sync > b.sync; });
            if (guesses.size() > kSearchTops) guesses.resize(kSearchTops);
            for (const Guess& guess : guesses) {
                const Change change = refined(scan, guess.change, first, count);
                const Lattice lattice =
                    slowed(bands_at(features_.in_band, change.pitch), first, count, change.speed);
                const auto found = scan.read_stretch(lattice, 0, lattice.steps, kGuesses, readings);
                if (!found) continue;
                note(key, {*found}, &FoundMark::in_band, change, readings);
                break;
            }
        }
    }

    Change refined(const Scan& scan, Change change, std::size_t first, std::size_t count) const {
        Change best = change;
        float most = 0;
        for (int p = -1; p <= 1; ++p) {
            const double pitch = change.pitch + p * kPitchStep / 2;
            const Lattice bands = bands_at(features_.in_band, pitch);
            for (int s = -4; s <= 4; ++s) {
                const double speed = change.speed + s * kSpeedStep / 4;
                const Lattice lattice = slowed(bands, first, count, speed);
                const float sync = scan.best_sync(lattice, 0, lattice.steps);
                if (sync > most) {
                    most = sync;
                    best = {speed, pitch};
                }
            }
        }
        return best;
    }

    std::vector<Span> in_band_spans(const Scan& scan, const FoundMark& mark) const {
        const Lattice bands = bands_at(features_.in_band, std::exp2(mark.pitch_cents / 1200));
        std::vector<Span> spans = scan.spans_of(slowed(bands, 0, bands.steps, mark.speed), mark.id);
        for (Span& span : spans) {
            span.start_seconds /= mark.speed;
            span.end_seconds = std::min(span.end_seconds / mark.speed, features_.seconds);
        }
        return spans;
    }

    static void sum_up(FoundMark& mark) {
        for (const LayerReport* layer : {&mark.in_band, &mark.ultrasonic_low, &mark.ultrasonic_high})
            mark.spans.insert(mark.spans.end(), layer->spans.begin(), layer->spans.end());
        std::sort(mark.spans.begin(), mark.spans.end(),
                  [](const Span& a, const Span& b) { return a.start_seconds < b.start_seconds; });
        std::vector<Span> all;
        for (const Span& span : mark.spans) {
            // The layers see edges a second or two apart.
            if (!all.empty() && span.start_seconds <= all.back().end_seconds + 2)
                all.back().end_seconds = std::max(all.back().end_seconds, span.end_seconds);
            else
                all.push_back(span);
        }
        mark.spans = std::move(all);
    }

    const Features& features_;
    const KeyRing& keys_;
    Detection detection_;
};

}  // namespace

Detection detect(const Features& features, const KeyRing& keys, Search search) {
    return Detector(features, keys).run(search);
}

}  // namespace mmx::watermark
