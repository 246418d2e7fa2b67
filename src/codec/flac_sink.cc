// FLAC files, through libFLAC.
#include <FLAC/metadata.h>
#include <FLAC/stream_encoder.h>

#include <optional>

#include "codec/quantise.h"
#include "codec/sink.h"

namespace mmx::codec {
namespace {

// Level 5 is the knee: level 8 takes two to three times as long and saves less than one per cent.
constexpr unsigned kLevel = 5;

class FlacSink : public Sink {
  public:
    FlacSink(AtomicFile file, Format format)
        : file_(std::move(file)),
          bits_(format == Format::flac16 ? 16 : 24),
          encoder_(FLAC__stream_encoder_new()) {}
    ~FlacSink() override {
        if (encoder_ != nullptr) FLAC__stream_encoder_delete(encoder_);
        if (comments_ != nullptr) FLAC__metadata_object_delete(comments_);
    }
    FlacSink(const FlacSink&) = delete;
    FlacSink& operator=(const FlacSink&) = delete;

    base::Status begin(int sample_rate, const FileInfo& info) {
        comments_ = FLAC__metadata_object_new(FLAC__METADATA_TYPE_VORBIS_COMMENT);
        if (encoder_ == nullptr || comments_ == nullptr) return failed("out of memory");
        for (const auto& [name, value] : info.tags) {
            FLAC__StreamMetadata_VorbisComment_Entry entry{};
            // Refuses names with '=' or control characters and text that is not UTF-8.
            if (!FLAC__metadata_object_vorbiscomment_entry_from_name_value_pair(&entry, name.c_str(),
                                                                                value.c_str())) {
                return base::fail(base::Kind::invalid_request,
                                  "The tag " + name + " cannot be stored: its text is not plain UTF-8.");
            }
            FLAC__metadata_object_vorbiscomment_append_comment(comments_, entry, /*copy=*/false);
        }
        FLAC__stream_encoder_set_channels(encoder_, 2);
        FLAC__stream_encoder_set_bits_per_sample(encoder_, bits_);
        FLAC__stream_encoder_set_sample_rate(encoder_, static_cast<std::uint32_t>(sample_rate));
        FLAC__stream_encoder_set_compression_level(encoder_, kLevel);
        FLAC__stream_encoder_set_metadata(encoder_, &comments_, 1);
        const auto status =
            FLAC__stream_encoder_init_stream(encoder_, on_write, on_seek, on_tell, nullptr, this);
        if (status != FLAC__STREAM_ENCODER_INIT_STATUS_OK)
            return failed(FLAC__StreamEncoderInitStatusString[status]);
        return {};
    }

    base::Status add(audio::ConstStereoView portion) override {
        values_.resize(2 * portion.frames());
        if (bits_ == 16) {
            quantise_16(portion, frames_, values_);
        } else {
            quantise_24(portion, values_);
        }
        frames_ += portion.frames();
        const auto count = static_cast<std::uint32_t>(portion.frames());
        if (!FLAC__stream_encoder_process_interleaved(encoder_, values_.data(), count))
            return failed("process");
        return {};
    }

    base::Status finish() override {
        // Flushes the last frame, then goes back to write the length and the MD5 of the samples.
        if (!FLAC__stream_encoder_finish(encoder_)) return failed("finish");
        return file_.commit();
    }

  private:
    base::Status failed(const std::string& what) const {
        if (trouble_) return tl::unexpected(*trouble_);  // the disk's own error says more than the encoder's
        return base::fail(base::Kind::io, "The FLAC file could not be encoded.", "libFLAC: " + what);
    }

    static FLAC__StreamEncoderWriteStatus on_write(const FLAC__StreamEncoder*, const FLAC__byte* buffer,
                                                   std::size_t bytes, std::uint32_t, std::uint32_t,
                                                   void* self) {
        auto& sink = *static_cast<FlacSink*>(self);
        const auto written = sink.file_.write(std::as_bytes(std::span(buffer, bytes)));
        if (written) return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
        sink.trouble_ = written.error();
        return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR;
    }
    static FLAC__StreamEncoderSeekStatus on_seek(const FLAC__StreamEncoder*, FLAC__uint64 position,
                                                 void* self) {
        const auto sought = static_cast<FlacSink*>(self)->file_.seek(position);
        return sought ? FLAC__STREAM_ENCODER_SEEK_STATUS_OK : FLAC__STREAM_ENCODER_SEEK_STATUS_ERROR;
    }
    static FLAC__StreamEncoderTellStatus on_tell(const FLAC__StreamEncoder*, FLAC__uint64* position,
                                                 void* self) {
        *position = static_cast<FlacSink*>(self)->file_.position();
        return FLAC__STREAM_ENCODER_TELL_STATUS_OK;
    }

    AtomicFile file_;
    std::uint32_t bits_;
    FLAC__StreamEncoder* encoder_;
    FLAC__StreamMetadata* comments_ = nullptr;
    std::vector<std::int32_t> values_;
    std::uint64_t frames_ = 0;
    std::optional<base::Error> trouble_;
};

}  // namespace

base::Result<std::unique_ptr<Sink>> open_flac(AtomicFile file, int sample_rate, Format format,
                                              const FileInfo& info) {
    auto sink = std::make_unique<FlacSink>(std::move(file), format);
    TRY_VOID(sink->begin(sample_rate, info));
    return sink;
}

}  // namespace mmx::codec
