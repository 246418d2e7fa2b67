// Choosing the format and feeding it in portions.
#include <algorithm>

#include "base/sha256.h"
#include "codec/codec.h"
#include "codec/sink.h"

namespace mmx::codec {

std::optional<Format> format_of(const std::string& path) {
    const auto ends_in = [&](const std::string& ending) {
        if (path.size() < ending.size()) return false;
        return std::equal(ending.begin(), ending.end(),
                          path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                          [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
    };
    if (ends_in(".flac")) return Format::flac;
    if (ends_in(".wav")) return Format::wav24;
    return std::nullopt;
}

struct AudioWriter::State {
    std::unique_ptr<Sink> sink;
};

AudioWriter::AudioWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

base::Result<AudioWriter> AudioWriter::open(const std::string& path, int sample_rate, Format format,
                                            const FileInfo& info) {
    AtomicFile file = TRY(AtomicFile::create(path));
    const bool flac = format == Format::flac || format == Format::flac16;
    auto state = std::make_unique<State>();
    state->sink = TRY(flac ? open_flac(std::move(file), sample_rate, format, info)
                           : open_wav(std::move(file), sample_rate, format, info));
    return AudioWriter(std::move(state));
}

base::Status AudioWriter::add(audio::ConstStereoView portion) {
    for (std::size_t at = 0; at < portion.frames(); at += kPortion) {
        TRY_VOID(state_->sink->add(portion.part(at, std::min(kPortion, portion.frames() - at))));
    }
    return {};
}

base::Status AudioWriter::finish() {
    return state_->sink->finish();
}

base::Status write_audio(const std::string& path, audio::ConstStereoView audio, int sample_rate,
                         Format format, const FileInfo& info, const std::function<void(double)>& progress) {
    AudioWriter writer = TRY(AudioWriter::open(path, sample_rate, format, info));
    constexpr std::size_t kBetweenReports = 16 * kPortion;
    for (std::size_t at = 0; at < audio.frames(); at += kBetweenReports) {
        if (progress) progress(static_cast<double>(at) / static_cast<double>(audio.frames()));
        TRY_VOID(writer.add(audio.part(at, std::min(kBetweenReports, audio.frames() - at))));
    }
    TRY_VOID(writer.finish());
    if (progress) progress(1);
    return {};
}

std::string hash_samples(audio::ConstStereoView audio) {
    base::Sha256 hash;
    std::vector<float> interleaved(2 * std::min(audio.frames(), kPortion));
    for (std::size_t at = 0; at < audio.frames(); at += kPortion) {
        const auto part = audio.part(at, std::min(kPortion, audio.frames() - at));
        for (std::size_t i = 0; i < part.frames(); ++i) {
            interleaved[2 * i] = part.left[i];
            interleaved[2 * i + 1] = part.right[i];
        }
        hash.add(std::as_bytes(std::span(interleaved).first(2 * part.frames())));
    }
    return hash.hex();
}

}  // namespace mmx::codec
