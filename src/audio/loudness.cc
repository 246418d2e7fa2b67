#include "audio/loudness.h"

#include <algorithm>
#include <array>

#include "audio/denormals.h"
#include "audio/k_weighting.h"
#include "audio/true_peak.h"
#include "base/maths.h"
#include "base/tasks.h"

namespace mmx::audio {
namespace {

constexpr double kAbsoluteGate = -70.0;
constexpr std::size_t kStepsIn100ms = 10, kStepsIn400ms = 40, kStepsIn3s = 300;  // a step is 10 ms

double lufs(double mean_square) {
    return mean_square > 0 ? std::max(kAbsoluteGate, -0.691 + 10.0 * base::log10(mean_square))
                           : kAbsoluteGate;
}
double mean_square_of(double lufs_value) {
    return base::exp2((lufs_value + 0.691) * 0.33219280948873623);
}
double decibels(double amplitude) {
    return amplitude > 1e-6 ? base::gain_to_decibels(amplitude) : -120.0;
}

// First frame of a step; at rates that 100 does not divide, steps differ by one frame and never drift.
std::size_t step_start(std::size_t step, int sample_rate) {
    return (step * static_cast<std::size_t>(sample_rate) + 50) / 100;
}

// Mean square over `width` steps, for every step at which such a window begins.
std::vector<double> windows(std::span<const double> steps, std::size_t width) {
    std::vector<double> tens, means;
    if (steps.size() < width) return means;
    // Sums of ten first, then sums of those: few additions, and no running sum that loses quiet parts.
    for (std::size_t i = 0; i + kStepsIn100ms <= steps.size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < kStepsIn100ms; ++k) sum += steps[i + k];
        tens.push_back(sum);
    }
    for (std::size_t i = 0; i + width <= steps.size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < width; k += kStepsIn100ms) sum += tens[i + k];
        means.push_back(sum / static_cast<double>(width));
    }
    return means;
}

std::vector<double> every_100ms(const std::vector<double>& means) {
    std::vector<double> thinned;
    for (std::size_t i = 0; i < means.size(); i += kStepsIn100ms) thinned.push_back(means[i]);
    return thinned;
}

// Mean of those above both gates: -70 LUFS, and `relative` LU below the mean of those above -70.
double relative_gate(const std::vector<double>& means, double relative) {
    const double absolute = mean_square_of(kAbsoluteGate);
    double sum = 0;
    std::size_t count = 0;
    for (const double mean : means) {
        if (mean > absolute) sum += mean, ++count;
    }
    if (count == 0) return -1;
    return std::max(absolute, sum / static_cast<double>(count) * base::exp2(relative * 0.33219280948873623));
}

double gated(const std::vector<double>& means) {
    const double gate = relative_gate(means, -10);
    if (gate < 0) return kAbsoluteGate;
    double sum = 0;
    std::size_t count = 0;
    for (const double mean : means) {
        if (mean > gate) sum += mean, ++count;
    }
    return count == 0 ? kAbsoluteGate : lufs(sum / static_cast<double>(count));
}

// Tech 3342: from the 10th to the 95th percentile of the 3 s loudness, gated at -70 LUFS and 20 LU below the
// mean.
double range(const std::vector<double>& means) {
    const double gate = relative_gate(means, -20);
    if (gate < 0) return 0;
    std::vector<double> kept;
    for (const double mean : means) {
        if (mean >= gate) kept.push_back(mean);
    }
    if (kept.empty()) return 0;
    std::sort(kept.begin(), kept.end());
    const auto at = [&](double share) {
        return lufs(kept[static_cast<std::size_t>(static_cast<double>(kept.size() - 1) * share + 0.5)]);
    };
    return at(0.95) - at(0.10);
}

double highest(const std::vector<double>& means) {
    double most = 0;
    for (const double mean : means) most = std::max(most, mean);
    return most;
}

double mean_of(std::span<const double> steps) {
    double sum = 0;
    for (const double step : steps) sum += step;
    return steps.empty() ? 0 : sum / static_cast<double>(steps.size());
}

Loudness from_steps(std::span<const double> steps, double true_peak_value, double sample_peak) {
    Loudness result;
    const auto momentary = windows(steps, kStepsIn400ms);
    const auto short_term = windows(steps, kStepsIn3s);
    // Shorter than a window: what there is, so that a single hit has a loudness too.
    result.integrated_lufs = momentary.empty() ? lufs(mean_of(steps)) : gated(every_100ms(momentary));
    result.max_momentary_lufs = momentary.empty() ? lufs(mean_of(steps)) : lufs(highest(momentary));
    result.max_short_term_lufs = short_term.empty() ? lufs(mean_of(steps)) : lufs(highest(short_term));
    result.range_lu = range(every_100ms(short_term));
    result.true_peak_dbtp = decibels(true_peak_value);
    result.sample_peak_dbfs = decibels(sample_peak);
    return result;
}

double sample_peak(std::span<const float> channel) {
    float most = 0;
    for (const float x : channel) most = std::max(most, x < 0 ? -x : x);
    return static_cast<double>(most);
}

}  // namespace

double integrated_lufs(std::span<const double> mean_squares) {
    const auto momentary = windows(mean_squares, kStepsIn400ms);
    return momentary.empty() ? lufs(mean_of(mean_squares)) : gated(every_100ms(momentary));
}

// Steps are measured in groups of ten seconds, each after a run-up in which the filters settle; so the groups
// need not wait for each other, and the sums are the same on any number of threads.
Loudness measure_loudness(ConstStereoView audio, int sample_rate, base::Tasks* crew) {
    constexpr std::size_t kGroup = 1000;
    std::size_t step_count = 0;
    while (step_start(step_count + 1, sample_rate) <= audio.frames()) ++step_count;
    const std::size_t groups = (step_count + kGroup - 1) / kGroup;
    const auto run_up = static_cast<std::size_t>(kKWeightingMemorySeconds * sample_rate);
    std::vector<double> steps(step_count);

    // Peaks in as many pieces, one of them even when the sound is shorter than a step.
    const std::size_t peak_pieces = std::max<std::size_t>(groups, 1);
    const std::size_t piece_frames = (audio.frames() + peak_pieces - 1) / peak_pieces;
    struct Peaks {
        double between = 0, at_samples = 0;
    };
    std::vector<Peaks> peaks(2 * peak_pieces);

    const auto weigh = [&](std::size_t group) {
        KWeighting weighting(sample_rate);
        const std::size_t first_step = group * kGroup;
        const std::size_t last_step = std::min(step_count, first_step + kGroup);
        const std::size_t start = step_start(first_step, sample_rate);
        const std::size_t lead = std::min(start, run_up);
        weighting.add(audio.left.data() + start - lead, audio.right.data() + start - lead, lead);
        for (std::size_t step = first_step; step < last_step; ++step) {
            const std::size_t from = step_start(step, sample_rate), to = step_start(step + 1, sample_rate);
            const double sum = weighting.add(audio.left.data() + from, audio.right.data() + from, to - from);
            steps[step] = sum / static_cast<double>(to - from);
        }
    };
    const auto look_for_peaks = [&](std::size_t piece) {
        const auto& channel = piece % 2 == 0 ? audio.left : audio.right;
        const std::size_t first = std::min(audio.frames(), piece / 2 * piece_frames);
        const std::size_t count = std::min(audio.frames() - first, piece_frames);
        peaks[piece] = {channel_true_peak(channel, first, count), sample_peak(channel.subspan(first, count))};
    };
    const auto work = [&](std::size_t piece) {
        const DenormalsOff denormals_off;
        if (piece < groups) {
            weigh(piece);
        } else {
            look_for_peaks(piece - groups);
        }
    };
    const std::size_t pieces = groups + peaks.size();
    if (crew != nullptr) {
        crew->run(pieces, work);
    } else {
        for (std::size_t piece = 0; piece < pieces; ++piece) work(piece);
    }
    Peaks all;
    for (const Peaks& one : peaks) {
        all.between = std::max(all.between, one.between);
        all.at_samples = std::max(all.at_samples, one.at_samples);
    }
    return from_steps(steps, all.between, all.at_samples);
}

struct LoudnessMeter::State {
    int sample_rate;
    KWeighting weighting;
    std::vector<double> steps;  // finished ones
    double sum = 0;             // of the step in the making
    std::size_t frames = 0;     // received so far
    double between = 0, at_samples = 0;
    // The last samples, whose gaps still wait for what follows; before them those that their filter needs.
    std::array<std::vector<float>, 2> waiting;

    explicit State(int rate) : sample_rate(rate), weighting(rate) {
        for (auto& channel : waiting) channel.assign(2 * kTruePeakReach, 0.0f);
    }

    void weigh(ConstStereoView portion) {
        for (std::size_t done = 0; done < portion.frames();) {
            const std::size_t end = step_start(steps.size() + 1, sample_rate);
            const std::size_t count = std::min(portion.frames() - done, end - frames);
            sum += weighting.add(portion.left.data() + done, portion.right.data() + done, count);
            done += count;
            frames += count;
            if (frames == end) {
                steps.push_back(sum / static_cast<double>(end - step_start(steps.size(), sample_rate)));
                sum = 0;
            }
        }
    }

    void look_for_peaks(std::vector<float>& past, std::span<const float> portion) {
        at_samples = std::max(at_samples, sample_peak(portion));
        past.insert(past.end(), portion.begin(), portion.end());
        const std::size_t ready = past.size() - 2 * kTruePeakReach;
        between = std::max(between, channel_true_peak(past, kTruePeakReach, ready));
        past.erase(past.begin(), past.end() - static_cast<std::ptrdiff_t>(2 * kTruePeakReach));
    }
};

LoudnessMeter::LoudnessMeter(int sample_rate) : state_(std::make_unique<State>(sample_rate)) {}
LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;
LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(ConstStereoView portion) {
    const DenormalsOff denormals_off;
    state_->weigh(portion);
    state_->look_for_peaks(state_->waiting[0], portion.left);
    state_->look_for_peaks(state_->waiting[1], portion.right);
}

double LoudnessMeter::momentary_lufs() const {
    const auto& steps = state_->steps;
    return steps.size() < kStepsIn400ms ? kAbsoluteGate : lufs(mean_of(std::span(steps).last(kStepsIn400ms)));
}

double LoudnessMeter::short_term_lufs() const {
    const auto& steps = state_->steps;
    return steps.size() < kStepsIn3s ? kAbsoluteGate : lufs(mean_of(std::span(steps).last(kStepsIn3s)));
}

Loudness LoudnessMeter::result() const {
    double between = state_->between;
    for (const auto& channel : state_->waiting) {  // what follows is silence as far as we know
        between = std::max(between, channel_true_peak(channel, kTruePeakReach, kTruePeakReach));
    }
    return from_steps(state_->steps, between, state_->at_samples);
}

}  // namespace mmx::audio
