// Feeding the sink of the chosen format in portions.
#include <algorithm>

#include "base/sha256.h"
#include "codec/codec.h"
#include "codec/sink.h"

namespace mmx::codec {
namespace {

base::Result<std::unique_ptr<Sink>> open_sink(AtomicFile file, int sample_rate, Format format,
                                              const FileInfo& info) {
    switch (format) {
        case Format::flac:
        case Format::flac16:
            return open_flac(std::move(file), sample_rate, format, info);
        case Format::wav16:
        case Format::wav24:
        case Format::wav32f:
            return open_wav(std::move(file), sample_rate, format, info);
        case Format::mp3_v0:
        case Format::mp3_320:
            return open_mp3(std::move(file), sample_rate, format, info);
        case Format::opus:
            return open_opus(std::move(file), sample_rate, info);
    }
    return base::fail(base::Kind::internal, "This format cannot be written.", "codec: no such format");
}

}  // namespace

struct AudioWriter::State {
    std::unique_ptr<Sink> sink;
};

AudioWriter::AudioWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

base::Result<AudioWriter> AudioWriter::open(const std::string& path, int sample_rate, Format format,
                                            const FileInfo& info) {
    if (!takes_rate(format, sample_rate))
        return base::fail(base::Kind::invalid_request, "The format " + std::string(facts_of(format).name) +
                                                           " does not take " + std::to_string(sample_rate) +
                                                           " Hz; resample to 44100 or 48000 Hz first.");
    AtomicFile file = TRY(AtomicFile::create(path));
    auto state = std::make_unique<State>();
    state->sink = TRY(open_sink(std::move(file), sample_rate, format, info));
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
