// MP3 files, through LAME.
#include <lame.h>

#include <cstdarg>

#include "codec/id3_tag.h"
#include "codec/sink.h"

namespace mmx::codec {
namespace {

void say_nothing(const char*, std::va_list) {}

class Mp3Sink : public Sink {
  public:
    Mp3Sink(AtomicFile file, int sample_rate, Format format, FileInfo info)
        : file_(std::move(file)),
          sample_rate_(sample_rate),
          format_(format),
          info_(std::move(info)),
          lame_(lame_init()) {}
    ~Mp3Sink() override {
        if (lame_ != nullptr) lame_close(lame_);
    }
    Mp3Sink(const Mp3Sink&) = delete;
    Mp3Sink& operator=(const Mp3Sink&) = delete;

    base::Status begin() {
        if (lame_ == nullptr) return failed("out of memory");
        lame_set_errorf(lame_, say_nothing);
        lame_set_debugf(lame_, say_nothing);
        lame_set_msgf(lame_, say_nothing);
        lame_set_in_samplerate(lame_, sample_rate_);
        lame_set_out_samplerate(lame_, sample_rate_);
        lame_set_num_channels(lame_, 2);
        // The first frame tells players how much delay and padding to cut off, so that songs join gaplessly.
        lame_set_bWriteVbrTag(lame_, 1);
        lame_set_write_id3tag_automatic(lame_, 0);
        if (format_ == Format::mp3_320) {
            lame_set_VBR(lame_, vbr_off);
            lame_set_brate(lame_, 320);
        } else {
            lame_set_VBR(lame_, vbr_default);
            lame_set_VBR_q(lame_, 0);
        }
        if (lame_init_params(lame_) < 0) return failed("init");
        const std::string tag = TRY(id3_tag(info_, sample_rate_, 0));
        tag_bytes_ = tag.size();
        return file_.write(std::as_bytes(std::span(tag)));
    }

    base::Status add(audio::ConstStereoView portion) override {
        const std::size_t count = portion.frames();
        for (auto* channel : {&left_, &right_}) channel->resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            left_[i] = playable(portion.left[i]);
            right_[i] = playable(portion.right[i]);
        }
        out_.resize(count * 5 / 4 + 7200);  // LAME's own worst case
        const int bytes =
            lame_encode_buffer_ieee_float(lame_, left_.data(), right_.data(), static_cast<int>(count),
                                          out_.data(), static_cast<int>(out_.size()));
        if (bytes < 0) return failed("encode " + std::to_string(bytes));
        frames_ += count;
        return write_out(static_cast<std::size_t>(bytes));
    }

    base::Status finish() override {
        out_.resize(7200);
        const int bytes = lame_encode_flush(lame_, out_.data(), static_cast<int>(out_.size()));
        if (bytes < 0) return failed("flush " + std::to_string(bytes));
        TRY_VOID(write_out(static_cast<std::size_t>(bytes)));
        // Now the length is known: the chapters' ends and the first frame's figures are put in place.
        const std::string tag = TRY(id3_tag(info_, sample_rate_, frames_));
        TRY_VOID(file_.seek(0));
        TRY_VOID(file_.write(std::as_bytes(std::span(tag))));
        const std::size_t first_frame = lame_get_lametag_frame(lame_, out_.data(), out_.size());
        if (first_frame > out_.size() || tag.size() != tag_bytes_) return failed("first frame");
        TRY_VOID(write_out(first_frame));
        return file_.commit();
    }

  private:
    static base::Status failed(const std::string& what) {
        return base::fail(base::Kind::io, "The MP3 file could not be encoded.", "LAME: " + what);
    }
    base::Status write_out(std::size_t bytes) {
        return file_.write(std::as_bytes(std::span(out_).first(bytes)));
    }

    AtomicFile file_;
    int sample_rate_;
    Format format_;
    FileInfo info_;
    lame_t lame_;
    std::size_t tag_bytes_ = 0;
    std::uint64_t frames_ = 0;
    std::vector<float> left_, right_;
    std::vector<unsigned char> out_;
};

}  // namespace

base::Result<std::unique_ptr<Sink>> open_mp3(AtomicFile file, int sample_rate, Format format,
                                             const FileInfo& info) {
    auto sink = std::make_unique<Mp3Sink>(std::move(file), sample_rate, format, info);
    TRY_VOID(sink->begin());
    return sink;
}

}  // namespace mmx::codec
