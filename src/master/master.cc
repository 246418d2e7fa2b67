#include "master/master.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "audio/true_peak.h"
#include "base/maths.h"
#include "base/tasks.h"
#include "master/gain_curve.h"
#include "master/limiter.h"
#include "master/low_end.h"

namespace mmx::master {
namespace {

constexpr double kSilentLufs = -69.9;
constexpr double kLoudnessTolerance = 0.1;  // LU, before another correction is made
// Meters interpolate with different filters: on bright noise libebur128 reads up to 0.25 dB more than ours.
// We stay that much lower, so that the ceiling holds whoever measures.
constexpr double kOtherMetersDb = 0.25;
constexpr double kCeilingMarginDb = 0.05;  // and a moving gain lifts some peaks by a hair
constexpr int kCorrections = 3;

bool all_numbers(std::span<const float> channel) {
    constexpr std::uint32_t kExponent = 0x7f800000;
    std::uint32_t bad = 0;
    for (const float x : channel) bad |= (std::bit_cast<std::uint32_t>(x) & kExponent) == kExponent;
    return bad == 0;
}

// What the loudness would be under a gain curve, from the energies of the blocks.
class LoudnessForecast {
  public:
    LoudnessForecast(const Profile& profile, std::size_t frames, int sample_rate)
        : energies_(profile.energies),
          block_(block_frames(sample_rate)),
          frames_(frames),
          rate_(sample_rate) {}

    double lufs(const GainCurve& curve) const {
        std::vector<double> steps;
        double sum = 0;
        std::size_t first = 0;  // frame at which the step in the making began
        for (std::size_t k = 0; k < energies_.size(); ++k) {
            // The mean square of a straight line from a to b is (aa + ab + bb) / 3.
            const double a = static_cast<double>(curve.nodes[k]), b = static_cast<double>(curve.nodes[k + 1]);
            sum += static_cast<double>(energies_[k]) * (a * a + a * b + b * b) / 3;
            const std::size_t end = std::min(frames_, (k + 1) * block_);
            if (end * 100 < (steps.size() + 1) * static_cast<std::size_t>(rate_)) continue;
            steps.push_back(sum * curve.gain * curve.gain / static_cast<double>(end - first));
            first = end;
            sum = 0;
        }
        return audio::integrated_lufs(steps);
    }

  private:
    const std::vector<float>& energies_;
    std::size_t block_, frames_;
    int rate_;
};

GainCurve constant(double gain, std::size_t blocks) {
    return {gain, std::vector<float>(blocks + 1, 1.0f)};
}

// The gain that ends at the wanted loudness in spite of the limiter. Limiting takes back part of every
// decibel, so each step goes a little further than the miss.
GainCurve search(const Limiter& limiter, const LoudnessForecast& forecast, double first_gain_db,
                 double most_gain_db, double wanted_lufs, double ceiling) {
    double gain_db = std::min(first_gain_db, most_gain_db);
    GainCurve curve = limiter.curve(base::decibels_to_gain(gain_db), ceiling);
    for (int i = 0; i < 12; ++i) {
        const double miss = wanted_lufs - forecast.lufs(curve);
        const double next = std::min(gain_db + 1.3 * miss, most_gain_db);
        if (std::max(next - gain_db, gain_db - next) < 0.01) break;
        gain_db = next;
        curve = limiter.curve(base::decibels_to_gain(gain_db), ceiling);
    }
    return curve;
}

class Session {
  public:
    Session(audio::StereoBuffer& audio, const Preset& preset, Seam seam, base::Tasks& crew)
        : audio_(audio),
          preset_(preset),
          seam_(seam),
          crew_(crew),
          block_(block_frames(audio.sample_rate)),
          ceiling_db_(preset.ceiling_dbtp - kOtherMetersDb) {}

    Report run(const std::function<void(double)>& progress) {
        profile_ = order_low_end(audio_.view(), audio_.sample_rate, seam_, crew_);
        progress(0.4);
        const LoudnessForecast forecast(profile_, audio_.frames(), audio_.sample_rate);
        const double before = forecast.lufs(constant(1, profile_.energies.size()));
        if (before < kSilentLufs) {
            report_.loudness = measure();
            return report_;
        }
        if (preset_.natural) {
            set_gain(before);
        } else {
            limit(forecast, before);
        }
        progress(0.9);
        trim();
        report_.gain_db = base::gain_to_decibels(curve_.gain);
        if (!curve_.nodes.empty()) {
            const double least =
                static_cast<double>(*std::min_element(curve_.nodes.begin(), curve_.nodes.end()));
            report_.limited_db = least < 1 ? -base::gain_to_decibels(least) : 0.0;
        }
        return report_;
    }

  private:
    void use(GainCurve curve) {
        const std::size_t blocks = profile_.energies.size();
        constexpr std::size_t kBlocksAtOnce = 16384;
        crew_.run((blocks + kBlocksAtOnce - 1) / kBlocksAtOnce, [&](std::size_t i) {
            apply(audio_.view(), block_, curve, curve_.nodes.empty() ? nullptr : &curve_, i * kBlocksAtOnce,
                  std::min(blocks, (i + 1) * kBlocksAtOnce));
        });
        curve_ = std::move(curve);
        report_.loudness = measure();
    }

    audio::Loudness measure() {
        audio::Loudness loudness = audio::measure_loudness(audio_.view(), audio_.sample_rate, &crew_);
        if (seam_ == Seam::loop) {
            // Where the end meets the beginning there are peaks between samples too.
            const std::size_t reach = std::min(audio_.frames(), 4 * audio::kTruePeakReach);
            for (const auto* channel : {&audio_.left, &audio_.right}) {
                std::vector<float> seam(channel->end() - static_cast<std::ptrdiff_t>(reach), channel->end());
                seam.insert(seam.end(), channel->begin(),
                            channel->begin() + static_cast<std::ptrdiff_t>(reach));
                const double peak = audio::channel_true_peak(seam, reach / 2, reach);
                if (peak > 0)
                    loudness.true_peak_dbtp = std::max(loudness.true_peak_dbtp, base::gain_to_decibels(peak));
            }
        }
        return loudness;
    }

    void set_gain(double before) {
        const float peak = *std::max_element(profile_.peaks.begin(), profile_.peaks.end());
        const double room_db = ceiling_db_ - base::gain_to_decibels(static_cast<double>(peak));
        const double gain_db = std::min(preset_.loudness_lufs - before, room_db);
        use(constant(base::decibels_to_gain(gain_db), profile_.energies.size()));
    }

    void limit(const LoudnessForecast& forecast, double before) {
        const Limiter limiter(profile_.peaks, audio_.sample_rate, seam_);
        double wanted = preset_.loudness_lufs;
        double ceiling_db = ceiling_db_ - kCeilingMarginDb;
        double first_gain_db = wanted - before;
        for (int i = 0; i < kCorrections; ++i) {
            const double ceiling = base::decibels_to_gain(ceiling_db);
            const double most_gain_db =
                base::gain_to_decibels(limiter.largest_gain(ceiling, preset_.most_limiting_db));
            use(search(limiter, forecast, first_gain_db, most_gain_db, wanted, ceiling));
            const double gain_db = base::gain_to_decibels(curve_.gain);
            const double miss = preset_.loudness_lufs - report_.loudness.integrated_lufs;
            const double over = report_.loudness.true_peak_dbtp - ceiling_db_;
            report_.loudness_lowered = gain_db >= most_gain_db - 0.005 && miss > kLoudnessTolerance;
            const bool loud_enough = report_.loudness_lowered || std::max(miss, -miss) <= kLoudnessTolerance;
            if (loud_enough && over <= 0) break;
            // The forecast was off by this much, or peaks came out higher than the blocks foretold: aim so
            // much lower.
            if (!loud_enough) wanted += miss;
            if (over > 0) ceiling_db -= over + 0.01;
            first_gain_db = gain_db;
        }
    }

    // The ceiling is a promise: what corrections have left above it is taken off the whole.
    void trim() {
        for (int i = 0; i < 3; ++i) {
            const double over = report_.loudness.true_peak_dbtp - ceiling_db_;
            if (over <= 0) return;
            GainCurve lower = curve_;
            lower.gain *= base::decibels_to_gain(-over - 0.001);
            use(std::move(lower));
        }
    }

    audio::StereoBuffer& audio_;
    const Preset& preset_;
    Seam seam_;
    base::Tasks& crew_;
    std::size_t block_;
    double ceiling_db_;  // the one aimed at
    Profile profile_;
    GainCurve curve_;  // applied so far
    Report report_;
};

}  // namespace

base::Result<Report> master(audio::StereoBuffer& audio, const Preset& preset, Seam seam,
                            const std::function<void(double)>& progress, base::Tasks* crew) {
    if (audio.sample_rate < 8000 || audio.sample_rate > 192000) {
        return base::fail(base::Kind::invalid_request,
                          "Mastering works at sample rates from 8 to 192 kHz, not at " +
                              std::to_string(audio.sample_rate) + " Hz.");
    }
    if (audio.left.size() != audio.right.size() || !all_numbers(audio.left) || !all_numbers(audio.right)) {
        return base::fail(
            base::Kind::internal, "The song could not be mastered. This is a defect of the program.",
            "master: the premaster holds samples that are not numbers, or channels of unequal length");
    }
    const auto tell = [&](double done) {
        if (progress) progress(done);
    };
    tell(0);
    if (audio.frames() == 0) {
        tell(1);
        return Report{};
    }
    std::optional<base::Tasks> own;
    if (crew == nullptr) crew = &own.emplace();
    Report report = Session(audio, preset, seam, *crew).run(tell);
    tell(1);
    return report;
}

}  // namespace mmx::master
