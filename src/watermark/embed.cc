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

constexpr std::size_t kPiece = 60 * 1536;  // 1.92 s: a whole number of frames and of symbols
constexpr int kLeastUltrasonicRate = 40000;
constexpr std::size_t kQuietRun = 480;  // samples of nothing that count as silence
constexpr std::size_t kLookFrames = 480;
constexpr float kSilentPower = 4e-9f;  // -84 dBFS

constexpr float kMostOfStem = 0.08f;  // 0.7 dB: a stem is heard alone, without the mix that hides more

// What is to be added to a host at 48 kHz, piece by piece. Without a mix the host is its own.
class Marks {
  public:
    Marks(const Key& key, std::uint64_t id, bool ultrasonic, std::optional<audio::ConstStereoView> mix)
        : mix_(mix), in_band_(key, id) {
        if (ultrasonic) ultrasonic_.emplace(key, id);
    }
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

std::size_t pieces_of(std::size_t frames) {
    return (frames + kPiece - 1) / kPiece;
}
audio::StereoView piece(audio::StereoView whole, std::size_t i) {
    return whole.part(i * kPiece, std::min(kPiece, whole.frames() - i * kPiece));
}

void each(base::Tasks* crew, std::size_t count, const std::function<void(std::size_t)>& work) {
    if (crew != nullptr) return crew->run(count, work);
    for (std::size_t i = 0; i < count; ++i) work(i);
}

// Marks are written in rounds into a few buffers used again and again (fresh memory costs more than the
// arithmetic), and added once nobody looks at the host there any more: a piece sees a little of its
// neighbours, so the last of a round waits for the next round.
void mark_in_place(audio::StereoBuffer& sound, const Marks& marks, base::Tasks* crew) {
    const std::size_t pieces = pieces_of(sound.frames());
    const std::size_t round = crew != nullptr ? 2 * crew->threads() : 1;
    std::vector<audio::StereoBuffer> buffers(round + 1);
    const auto buffer = [&](std::size_t i) -> audio::StereoBuffer& { return buffers[i % buffers.size()]; };
    const auto add = [&](std::size_t i) {
        const audio::StereoView host = piece(sound.view(), i);
        add_where_sound(host.left, buffer(i).left);
        add_where_sound(host.right, buffer(i).right);
    };
    std::size_t added = 0;
    for (std::size_t first = 0; first < pieces; first += round) {
        const std::size_t count = std::min(round, pieces - first);
        each(crew, count, [&](std::size_t k) {
            audio::StereoBuffer& mark = buffer(first + k);
            const std::size_t frames = piece(sound.view(), first + k).frames();
            mark.left.resize(frames);
            mark.right.resize(frames);
            marks.write(std::as_const(sound).view(), (first + k) * kPiece, mark.view());
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
    if (sound.sample_rate == kRate) {
        mark_in_place(sound, Marks(key, id, ultrasonic, mix), crew);
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
    const Marks marks(key, id, ultrasonic, mix);
    audio::StereoBuffer mark(host.frames(), kRate);
    each(crew, pieces_of(host.frames()),
         [&](std::size_t i) { marks.write(host.view(), i * kPiece, piece(mark.view(), i)); });
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
