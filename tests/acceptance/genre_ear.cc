#include "genre_ear.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace mmx::acceptance {
namespace {

constexpr std::size_t kSteps = 48;  // of a bar: sixteenths and triplets in 4/4

void add_rhythm(const Spectra& spectra, const MidiSong& song, std::vector<double>& features) {
    std::vector<double> fine(24, 0);  // within a beat
    const double bar = song.bar_quarters(), beat = song.beat_quarters();
    std::vector<double> starts;  // clock time of each quarter, the map may slow down
    for (double at = 0; at <= song.end + 1; at += 0.25) starts.push_back(song.seconds_at(at));
    for (std::size_t lane = 0; lane < 4; ++lane) {
        std::vector<double> steps(kSteps, 0);
        std::size_t quarter = 0;
        double total = 0;
        for (std::size_t t = 0; t < spectra.flux.size(); ++t) {
            const double now = (static_cast<double>(t) + 1.0) * spectra.hop_seconds;
            while (quarter + 1 < starts.size() && starts[quarter + 1] <= now) ++quarter;
            if (quarter + 1 >= starts.size()) break;
            const double place = 0.25 * (static_cast<double>(quarter) +
                                         (now - starts[quarter]) / (starts[quarter + 1] - starts[quarter]));
            const double value = spectra.flux_of[lane][t];
            steps[static_cast<std::size_t>(std::fmod(place, bar) / bar * kSteps) % kSteps] += value;
            fine[static_cast<std::size_t>(std::fmod(place, beat) / beat * 24) % 24] += value;
            total += value;
        }
        // Sixteen steps a bar are enough for the picture.
        for (std::size_t i = 0; i < kSteps; i += 3) {
            const double sum = steps[i] + steps[i + 1] + steps[i + 2];
            features.push_back(total > 0 ? 16 * sum / total : 1);
        }
        features.push_back(
            std::log(1e-3 + total / (spectra.hop_seconds * static_cast<double>(spectra.flux.size()))));
    }
    // Swing: where in the beat the second eighth falls, and the second sixteenth in its half.
    const auto peak = [&](std::size_t from, std::size_t to) {
        return static_cast<double>(std::max_element(fine.begin() + static_cast<std::ptrdiff_t>(from),
                                                    fine.begin() + static_cast<std::ptrdiff_t>(to)) -
                                   fine.begin()) /
               24;
    };
    features.push_back(peak(10, 19));
    features.push_back(peak(4, 10));
    const double all = fine[0] + fine[1] + 1e-9;
    features.push_back((fine[12] + fine[13]) / all);
    features.push_back((fine[16] + fine[17]) / all);
    features.push_back((fine[6] + fine[7]) / all);
}

void add_harmony(const Spectra& spectra, std::vector<double>& features) {
    PitchClasses mean = mean_chroma(spectra);
    double total = 1e-9;
    for (const double value : mean) total += value;
    const auto tonic = static_cast<std::size_t>(best_profile(mean) % 12);
    for (std::size_t i = 0; i < 12; ++i) features.push_back(12 * mean[(tonic + i) % 12] / total);
    features.push_back(best_profile(mean) >= 12 ? 1 : 0);
    // How many pitch classes sound at once, and how fast they change.
    double spread = 0, change = 0, count = 0;
    for (std::size_t t = 12; t < spectra.chroma.size(); ++t) {
        double sum = 1e-9, product = 0, aa = 1e-9, bb = 1e-9;
        for (const double value : spectra.chroma[t]) sum += value;
        double entropy = 0;
        for (std::size_t p = 0; p < 12; ++p) {
            const double share = spectra.chroma[t][p] / sum;
            if (share > 0) entropy -= share * std::log2(share);
            product += spectra.chroma[t][p] * spectra.chroma[t - 12][p];
            aa += spectra.chroma[t][p] * spectra.chroma[t][p];
            bb += spectra.chroma[t - 12][p] * spectra.chroma[t - 12][p];
        }
        spread += entropy;
        change += product / std::sqrt(aa * bb);
        count += 1;
    }
    features.push_back(count > 0 ? spread / count : 0);
    features.push_back(count > 0 ? change / count : 0);
}

void add_colour(const Spectra& spectra, const Loudness& loudness, std::vector<double>& features) {
    std::vector<double> mean(kBands, 0), deviation(kBands, 0);
    const double frames = static_cast<double>(std::max<std::size_t>(1, spectra.bands.size()));
    for (const auto& frame : spectra.bands)
        for (std::size_t b = 0; b < kBands; ++b) mean[b] += frame[b] / frames;
    for (const auto& frame : spectra.bands)
        for (std::size_t b = 0; b < kBands; ++b)
            deviation[b] += (frame[b] - mean[b]) * (frame[b] - mean[b]) / frames;
    double level = 0;
    for (const double value : mean) level += value / kBands;
    for (std::size_t b = 0; b < kBands; b += 2) {
        features.push_back(0.5 * (mean[b] + mean[b + 1]) - level);
        features.push_back(std::sqrt(0.5 * (deviation[b] + deviation[b + 1])));
    }
    features.push_back(spectra.percussive_ratio);
    features.push_back(loudness.range);
    double low = 0, power = 0, square = 0, count = 0;
    for (const double p : loudness.momentary_power) {
        const double db = std::max(-60.0, to_db(p));
        power += db;
        square += db * db;
        low += db < loudness.integrated - 10;
        count += 1;
    }
    if (count < 1) count = 1;
    features.push_back(std::sqrt(std::max(0.0, square / count - power * power / count / count)));
    features.push_back(low / count);
}

using Matrix = std::vector<std::vector<double>>;

// Solves A x = b for a symmetric positive definite A, given its Cholesky factor.
void factor(Matrix& a) {
    const std::size_t n = a.size();
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i][j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j][j];
        }
}

std::vector<double> whitened(const Matrix& root, std::vector<double> x) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) x[i] -= root[i][k] * x[k];
        x[i] /= root[i][i];
    }
    return x;
}

}  // namespace

std::vector<double> genre_features(const Spectra& spectra, const Loudness& loudness, const MidiSong& song) {
    std::vector<double> features;
    add_rhythm(spectra, song, features);
    add_harmony(spectra, features);
    add_colour(spectra, loudness, features);
    return features;
}

Confusion recognise(const std::vector<Example>& examples) {
    Confusion confusion;
    std::set<std::string> names;
    for (const Example& example : examples) names.insert(example.genre);
    confusion.genres.assign(names.begin(), names.end());
    const std::size_t classes = confusion.genres.size();
    confusion.counts.assign(classes, std::vector<int>(classes, 0));
    if (examples.empty() || classes < 2) return confusion;
    const std::size_t n = examples.front().features.size();
    const auto class_of = [&](const Example& example) {
        return static_cast<std::size_t>(
            std::lower_bound(confusion.genres.begin(), confusion.genres.end(), example.genre) -
            confusion.genres.begin());
    };
    for (std::size_t out = 0; out < examples.size(); ++out) {
        std::vector<double> mean(n, 0), scale(n, 0);
        const double count = static_cast<double>(examples.size() - 1);
        for (std::size_t e = 0; e < examples.size(); ++e)
            if (e != out)
                for (std::size_t i = 0; i < n; ++i) mean[i] += examples[e].features[i] / count;
        for (std::size_t e = 0; e < examples.size(); ++e)
            if (e != out)
                for (std::size_t i = 0; i < n; ++i)
                    scale[i] += std::pow(examples[e].features[i] - mean[i], 2) / count;
        const auto standard = [&](const Example& example) {
            std::vector<double> x(n);
            for (std::size_t i = 0; i < n; ++i)
                x[i] = (example.features[i] - mean[i]) / std::sqrt(scale[i] + 1e-9);
            return x;
        };
        std::vector<std::vector<double>> centre(classes, std::vector<double>(n, 0));
        std::vector<double> members(classes, 0);
        for (std::size_t e = 0; e < examples.size(); ++e) {
            if (e == out) continue;
            const auto x = standard(examples[e]);
            members[class_of(examples[e])] += 1;
            for (std::size_t i = 0; i < n; ++i) centre[class_of(examples[e])][i] += x[i];
        }
        for (std::size_t c = 0; c < classes; ++c)
            for (double& value : centre[c]) value /= std::max(1.0, members[c]);
        Matrix within(n, std::vector<double>(n, 0));
        for (std::size_t e = 0; e < examples.size(); ++e) {
            if (e == out) continue;
            auto x = standard(examples[e]);
            for (std::size_t i = 0; i < n; ++i) x[i] -= centre[class_of(examples[e])][i];
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j <= i; ++j) within[i][j] += x[i] * x[j] / count;
        }
        double trace = 0;
        for (std::size_t i = 0; i < n; ++i) trace += within[i][i] / static_cast<double>(n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j)
                within[i][j] = 0.5 * within[i][j] + (i == j ? 0.5 * trace : 0);
        factor(within);
        const auto heard = whitened(within, standard(examples[out]));
        double nearest = std::numeric_limits<double>::max();
        std::size_t guess = 0;
        for (std::size_t c = 0; c < classes; ++c) {
            if (members[c] < 1) continue;
            const auto place = whitened(within, centre[c]);
            double distance = 0;
            for (std::size_t i = 0; i < n; ++i) distance += std::pow(heard[i] - place[i], 2);
            if (distance < nearest) {
                nearest = distance;
                guess = c;
            }
        }
        ++confusion.counts[class_of(examples[out])][guess];
        confusion.right += guess == class_of(examples[out]) ? 1.0 / static_cast<double>(examples.size()) : 0;
    }
    return confusion;
}

}  // namespace mmx::acceptance
