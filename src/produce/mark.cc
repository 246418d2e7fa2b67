#include "produce/mark.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "audio/true_peak.h"
#include "base/maths.h"
#include "base/tasks.h"
#include "master/gain_curve.h"
#include "master/limiter.h"
#include "music/record_json.h"

namespace mmx::produce {
namespace {

constexpr int kMostRounds = 4;
constexpr double kMarginDb = 0.02;  // a moving gain lifts some peaks by a hair

std::vector<float> block_peaks(audio::ConstStereoView sound, std::size_t block) {
    constexpr std::size_t kBefore = audio::kTruePeakReach, kAfter = 24;
    const std::size_t blocks = (sound.frames() + block - 1) / block;
    std::vector<float> peaks(blocks), other(blocks), padded(kBefore + sound.frames() + kAfter);
    std::copy(sound.left.begin(), sound.left.end(), padded.begin() + kBefore);
    audio::block_true_peaks(padded.data() + kBefore, sound.frames(), block, audio::Oversampling::four,
                            peaks.data());
    std::copy(sound.right.begin(), sound.right.end(), padded.begin() + kBefore);
    audio::block_true_peaks(padded.data() + kBefore, sound.frames(), block, audio::Oversampling::four,
                            other.data());
    for (std::size_t i = 0; i < blocks; ++i) peaks[i] = std::max(peaks[i], other[i]);
    return peaks;
}

}  // namespace

std::uint64_t id_of(const Mark& mark, const music::SongRequest& request) {
    return mark.id ? *mark.id : mark.key->id_of(music::write_request(request));
}

Marked mark_master(audio::StereoBuffer& sound, double ceiling_dbtp, master::Seam seam,
                   const watermark::Key& key, std::uint64_t id) {
    base::Tasks crew;
    Marked marked;
    marked.embedding = watermark::embed(sound, key, id, &crew);
    marked.loudness = audio::measure_loudness(std::as_const(sound).view(), sound.sample_rate, &crew);
    double aimed_db = ceiling_dbtp - kMarginDb;
    for (int round = 0; round < kMostRounds && marked.loudness.true_peak_dbtp > ceiling_dbtp; ++round) {
        const std::size_t block = master::block_frames(sound.sample_rate);
        const std::vector<float> peaks = block_peaks(std::as_const(sound).view(), block);
        const master::Limiter limiter(peaks, sound.sample_rate, seam);
        master::apply(sound.view(), block, limiter.curve(1, base::decibels_to_gain(aimed_db)), nullptr, 0,
                      peaks.size());
        marked.loudness = audio::measure_loudness(std::as_const(sound).view(), sound.sample_rate, &crew);
        aimed_db -= std::max(0.0, marked.loudness.true_peak_dbtp - ceiling_dbtp) + kMarginDb;
    }
    return marked;
}

}  // namespace mmx::produce
