#include "watermark/embed.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "audio/denormals.h"
#include "audio/resample.h"
#include "base/tasks.h"
#include "watermark/in_band.h"
#include "watermark/rates.h"
#include "watermark/ultrasonic.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kPieceSymbols = 96;  // 1.92 s: a whole number of symbols and, at 48 kHz, of frames
constexpr std::size_t kQuietRun = 480;     // samples of nothing that count as silence

constexpr float kMostOfStem = 0.08f;  // 0.7 dB: a stem is heard alone, without the mix that hides more

// Rates whose marks can be made at the rate itself; others go to 48 kHz and back as a whole, which takes
// several times as long as making the mark.
bool is_direct(int rate) {
    return rate == kRate ||
           (rate % 50 == 0 && Crossing::possible(rate, kHalfRate) && Crossing::possible(kHalfRate, rate) &&
            (rate < kLeastUltrasonicRate || BasebandOf::possible(rate)));
}

// What is to be added to a host, piece by piece. Without a mix the host is its own.
class Marks {
  public:
    Marks(const Key& key, std::uint64_t id, int rate, bool ultrasonic,
          std::optional<audio::ConstStereoView> mix)
        : mix_(mix), piece_(kPieceSymbols * static_cast<std::size_t>(rate / 50)), in_band_(key, id, rate) {
        if (ultrasonic) ultrasonic_.emplace(key, id, rate);
    }
    std::size_t piece() const { return piece_; }
    void write(audio::ConstStereoView host, std::size_t first, audio::StereoView mark) const {
        mark.clear();
        if (ultrasonic_) {
            ultrasonic_->add(host, mix_ ? Place::beside : Place::replace, first, mark.left);
            std::copy(mark.left.begin(), mark.left.end(), mark.right.begin());
        }
        in_band_.add(host, mix_.value_or(host), mix_ ? kMostOfStem : 1.0f, first, mark);
    }

  private:
    std::optional<audio::ConstStereoView> mix_;
    std::size_t piece_;  // frames
    InBand in_band_;
    std::optional<Ultrasonic> ultrasonic_;
};

// Adds the mark, but not where the host is nothing at all.
void add_where_sound(std::span<float> host, std::span<const float> mark) {
    std::size_t i = 0;
    while (i < host.size()) {
        std::size_t end = i;
        while (end < host.size() && host[end] == 0.0f) ++end;
        const bool silence = end - i >= kQuietRun || (end > i && end - i == host.size());
        if (end > i && !silence)
            for (std::size_t k = i; k < end; ++k) host[k] += mark[k];
        for (i = end; i < host.size() && host[i] != 0.0f; ++i) host[i] += mark[i];
    }
}

std::size_t pieces_of(std::size_t frames, std::size_t piece) {
    return (frames + piece - 1) / piece;
}
audio::StereoView part_of(audio::StereoView whole, std::size_t piece, std::size_t i) {
    return whole.part(i * piece, std::min(piece, whole.frames() - i * piece));
}

void each(base::Tasks* crew, std::size_t count, const std::function<void(std::size_t)>& work) {
    if (crew != nullptr) return crew->run(count, work);
    for (std::size_t i = 0; i < count; ++i) work(i);
}

// Marks are written in rounds into a few buffers used again and again (fresh memory costs more than the
// arithmetic), and added once nobody looks at the host there any more: a piece sees a little of its
// neighbours, so the last of a round waits for the next round.
void mark_in_place(audio::StereoBuffer& sound, const Marks& marks, base::Tasks* crew) {
    const std::size_t piece = marks.piece(), pieces = pieces_of(sound.frames(), piece);
    const std::size_t round = crew != nullptr ? 2 * crew->threads() : 1;
    std::vector<audio::StereoBuffer> buffers(round + 1);
    const auto buffer = [&](std::size_t i) -> audio::StereoBuffer& { return buffers[i % buffers.size()]; };
    const auto add = [&](std::size_t i) {
        const audio::StereoView host = part_of(sound.view(), piece, i);
        add_where_sound(host.left, buffer(i).left);
        add_where_sound(host.right, buffer(i).right);
    };
    std::size_t added = 0;
    for (std::size_t first = 0; first < pieces; first += round) {
        const std::size_t count = std::min(round, pieces - first);
        each(crew, count, [&](std::size_t k) {
            audio::StereoBuffer& mark = buffer(first + k);
            const std::size_t frames = part_of(sound.view(), piece, first + k).frames();
            mark.left.resize(frames);
            mark.right.resize(frames);
            marks.write(std::as_const(sound).view(), (first + k) * piece, mark.view());
        });
        for (; added + 1 < first + count; ++added) add(added);
    }
    for (; added < pieces; ++added) add(added);
}

double silent_seconds(const audio::StereoBuffer& sound) {
    double frames = 0;
    for (std::size_t at = 0; at < sound.frames(); at += kLookFrames) {
        const std::size_t count = std::min(kLookFrames, sound.frames() - at);
        float power = 0;
        for (std::size_t i = at; i < at + count; ++i)
            power += sound.left[i] * sound.left[i] + sound.right[i] * sound.right[i];
        if (power <= 2 * kSilentPower * static_cast<float>(count)) frames += static_cast<double>(count);
    }
    return frames / sound.sample_rate;
}

EmbedReport embed_any(audio::StereoBuffer& sound, std::optional<audio::ConstStereoView> mix, const Key& key,
                      std::uint64_t id, base::Tasks* crew) {
    const audio::DenormalsOff scope;
    EmbedReport report;
    report.silent_seconds = silent_seconds(sound);
    report.marked_seconds =
        std::max(0.0, static_cast<double>(sound.frames()) / sound.sample_rate - report.silent_seconds);
    const bool ultrasonic = sound.sample_rate >= kLeastUltrasonicRate;
    if (sound.frames() == 0) return report;
    if (is_direct(sound.sample_rate)) {
        mark_in_place(sound, Marks(key, id, sound.sample_rate, ultrasonic, mix), crew);
        return report;
    }
    const audio::StereoBuffer host = audio::resample(sound, kRate);
    audio::StereoBuffer whole_mix;
    if (mix) {
        whole_mix = audio::StereoBuffer(0, sound.sample_rate);
        whole_mix.left.assign(mix->left.begin(), mix->left.end());
        whole_mix.right.assign(mix->right.begin(), mix->right.end());
        whole_mix = audio::resample(whole_mix, kRate);
        mix = std::as_const(whole_mix).view();
    }
    const Marks marks(key, id, kRate, ultrasonic, mix);
    const std::size_t piece = marks.piece();
    audio::StereoBuffer mark(host.frames(), kRate);
    each(crew, pieces_of(host.frames(), piece),
         [&](std::size_t i) { marks.write(host.view(), i * piece, part_of(mark.view(), piece, i)); });
    mark = audio::resample(mark, sound.sample_rate);
    mark.left.resize(sound.frames());
    mark.right.resize(sound.frames());
    add_where_sound(sound.left, mark.left);
    add_where_sound(sound.right, mark.right);
    return report;
}

}  // namespace

EmbedReport embed(audio::StereoBuffer& sound, const Key& key, std::uint64_t id, base::Tasks* crew) {
    return embed_any(sound, std::nullopt, key, id, crew);
}

EmbedReport embed_stem(audio::StereoBuffer& stem, audio::ConstStereoView mix, const Key& key,
                       std::uint64_t id, base::Tasks* crew) {
    return embed_any(stem, mix, key, id, crew);
}

}  // namespace mmx::watermark
