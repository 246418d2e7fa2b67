#include "produce/deliver.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "audio/resample.h"
#include "audio/true_peak.h"
#include "base/maths.h"
#include "codec/atomic_file.h"
#include "master/limiter.h"

namespace mmx::produce {
namespace {

constexpr int kMostRounds = 3;
constexpr double kOverCeilingDb = 0.1, kLoudnessLu = 0.5;  // what is promised
// A sound that is limited harder is denser, and encoders overshoot more with it: aim lower than this
// encoding's overshoot asks for, and the later the lower.
constexpr double kExtraDb = 0.1, kExtraShare = 0.25;
constexpr double kSearchedLu = 0.1;
constexpr double kMostGainDb = 4;
constexpr int kSearchSteps = 6;
constexpr double kSilentLufs = -69.9;

// A file that is removed unless it got its name.
class Trial {
  public:
    explicit Trial(const std::string& path) {
        static std::atomic<unsigned> number{0};
        path_ = path + ".trial-" + std::to_string(::getpid()) + "-" + std::to_string(number.fetch_add(1));
    }
    ~Trial() { ::unlink(path_.c_str()); }
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

base::Status write(const std::string& path, audio::ConstStereoView sound, int sample_rate,
                   codec::Format format, const codec::FileInfo& info,
                   const std::function<void(double)>& progress, const engine::Cancellation& cancellation) {
    codec::AudioWriter writer = TRY(codec::AudioWriter::open(path, sample_rate, format, info));
    constexpr std::size_t kPortion = 1 << 16;
    for (std::size_t at = 0; at < sound.frames(); at += kPortion) {
        if (cancellation.asked())
            return base::fail(base::Kind::cancelled, "Cancelled; the file was not written.");
        if (progress) progress(static_cast<double>(at) / static_cast<double>(sound.frames()));
        TRY_VOID(writer.add(sound.part(at, std::min(kPortion, sound.frames() - at))));
    }
    return writer.finish();
}

// The master under a gain and a lower ceiling.
class Relimiter {
  public:
    Relimiter(audio::ConstStereoView sound, int sample_rate, master::Seam seam)
        : sound_(sound),
          block_(master::block_frames(sample_rate)),
          blocks_((sound.frames() + block_ - 1) / block_),
          limiter_(block_peaks(), sample_rate, seam) {}

    // Gain alone.
    void lower(double gain_db, audio::StereoBuffer& out) const {
        apply({base::decibels_to_gain(gain_db), std::vector<float>(blocks_ + 1, 1.0f)}, out);
    }
    // Under a ceiling. Limiting takes back loudness, so the gain that ends at the wanted one is searched for;
    // each step goes a little further than the miss.
    void limit(double ceiling_db, double wanted_lufs, audio::StereoBuffer& out) const {
        double gain_db = 0;
        for (int i = 0; i < kSearchSteps; ++i) {
            apply(limiter_.curve(base::decibels_to_gain(gain_db), base::decibels_to_gain(ceiling_db)), out);
            const double miss =
                wanted_lufs -
                audio::measure_loudness(std::as_const(out).view(), out.sample_rate).integrated_lufs;
            if (std::max(miss, -miss) < kSearchedLu || gain_db >= kMostGainDb) return;
            gain_db = std::min(gain_db + 1.3 * miss, kMostGainDb);
        }
    }

  private:
    void apply(const master::GainCurve& curve, audio::StereoBuffer& out) const {
        out.left.assign(sound_.left.begin(), sound_.left.end());
        out.right.assign(sound_.right.begin(), sound_.right.end());
        master::apply(out.view(), block_, curve, nullptr, 0, blocks_);
    }
    std::vector<float> block_peaks() const {
        std::vector<float> peaks(blocks_), other(blocks_);
        channel_peaks(sound_.left, peaks);
        channel_peaks(sound_.right, other);
        for (std::size_t i = 0; i < blocks_; ++i) peaks[i] = std::max(peaks[i], other[i]);
        return peaks;
    }
    void channel_peaks(std::span<const float> channel, std::vector<float>& peaks) const {
        constexpr std::size_t kBefore = audio::kTruePeakReach, kAfter = 24;
        std::vector<float> padded(kBefore + channel.size() + kAfter);
        std::copy(channel.begin(), channel.end(), padded.begin() + kBefore);
        audio::block_true_peaks(padded.data() + kBefore, channel.size(), block_, audio::Oversampling::four,
                                peaks.data());
    }

    audio::ConstStereoView sound_;
    std::size_t block_, blocks_;
    master::Limiter limiter_;
};

int rate_for_mp3(int sample_rate) {
    return sample_rate % 11025 == 0 ? 44100 : 48000;
}

base::Result<Delivery> deliver_lossy(const Master& master, double wanted_lufs, codec::Format format,
                                     const codec::FileInfo& info, const std::string& path,
                                     const std::function<void(double)>& progress,
                                     const engine::Cancellation& cancellation) {
    const Relimiter relimiter(master.sound, master.sample_rate, master.seam);
    const Trial trial(path);
    audio::StereoBuffer lowered(0, master.sample_rate);
    double gain_db = 0, ceiling_db = master.preset.ceiling_dbtp;
    double added_lu = 0;  // what the encoder itself takes or adds
    Delivery delivery;
    for (int round = 1;; ++round) {
        const auto tell = [&](double part) {
            if (progress) progress((round - 1 + part) / kMostRounds);
        };
        TRY_VOID(write(trial.path(), round == 1 ? master.sound : std::as_const(lowered).view(),
                       master.sample_rate, format, info, tell, cancellation));
        const audio::StereoBuffer decoded = TRY(codec::read_audio(trial.path()));
        delivery.decoded = audio::measure_loudness(decoded.view(), decoded.sample_rate);
        delivery.rounds = round;
        const double over = delivery.decoded->true_peak_dbtp - master.preset.ceiling_dbtp;
        // A master kept natural may only get softer: its loudness is a maximum.
        const bool silent = wanted_lufs < kSilentLufs;
        const double miss = silent ? 0 : wanted_lufs - delivery.decoded->integrated_lufs;
        const bool loudness_fits =
            std::max(miss, -miss) <= kLoudnessLu || (master.preset.natural && miss > 0);
        delivery.within_bounds = over <= kOverCeilingDb && loudness_fits;
        if (delivery.within_bounds || round == kMostRounds) break;
        if (over > kOverCeilingDb) {
            const double by = over * (1 + kExtraShare * round) + kExtraDb;
            ceiling_db -= by;
            gain_db -= by;
        }
        if (master.preset.natural) {
            relimiter.lower(gain_db, lowered);
        } else {
            added_lu += miss;
            relimiter.limit(ceiling_db, wanted_lufs + added_lu, lowered);
        }
    }
    TRY_VOID(codec::move_into_place(trial.path(), path));
    if (progress) progress(1);
    return delivery;
}

}  // namespace

Master master_of(const Song& song) {
    const master::Preset* preset = master::find_preset(song.plan.preset);
    return {song.master.view(), song.master.sample_rate,
            preset != nullptr ? *preset : master::presets().front(),
            song.plan.ending == music::Ending::loop ? master::Seam::loop : master::Seam::none};
}

std::string tell_of(const Delivery& delivery) {
    const audio::Loudness heard = delivery.decoded.value_or(audio::Loudness{});
    return fmt::format(
        "Decoded, this file reads {:.1f} LUFS and peaks at {:.1f} dBTP, a little off the preset; the FLAC or "
        "WAV is exact.",
        heard.integrated_lufs, heard.true_peak_dbtp);
}

base::Result<Delivery> deliver(const Master& master, codec::Format format, const codec::FileInfo& info,
                               const std::string& path, const std::function<void(double)>& progress,
                               const engine::Cancellation& cancellation) {
    if (!codec::facts_of(format).lossy) {
        TRY_VOID(write(path, master.sound, master.sample_rate, format, info, progress, cancellation));
        if (progress) progress(1);
        return Delivery{};
    }
    const double wanted_lufs = audio::measure_loudness(master.sound, master.sample_rate).integrated_lufs;
    if (codec::takes_rate(format, master.sample_rate))
        return deliver_lossy(master, wanted_lufs, format, info, path, progress, cancellation);
    audio::StereoBuffer whole(0, master.sample_rate);
    whole.left.assign(master.sound.left.begin(), master.sound.left.end());
    whole.right.assign(master.sound.right.begin(), master.sound.right.end());
    const audio::StereoBuffer resampled = audio::resample(whole, rate_for_mp3(master.sample_rate));
    codec::FileInfo moved = info;
    for (codec::Cue& cue : moved.cues)
        cue.frame = cue.frame * static_cast<std::uint64_t>(resampled.sample_rate) /
                    static_cast<std::uint64_t>(master.sample_rate);
    return deliver_lossy({resampled.view(), resampled.sample_rate, master.preset, master.seam}, wanted_lufs,
                         format, moved, path, progress, cancellation);
}

}  // namespace mmx::produce
