// Opus files in Ogg, through libopusenc.
#include <fmt/format.h>
#include <opusenc.h>

#include <optional>

#include "codec/sink.h"
#include "music/fields.h"

namespace mmx::codec {
namespace {

constexpr int kBitsPerSecond = 160000;  // stereo music is transparent to nearly everybody from here on
constexpr int kComplexity = 10;

class OpusSink : public Sink {
  public:
    explicit OpusSink(AtomicFile file) : file_(std::move(file)), comments_(ope_comments_create()) {}
    ~OpusSink() override {
        if (encoder_ != nullptr) ope_encoder_destroy(encoder_);
        if (comments_ != nullptr) ope_comments_destroy(comments_);
    }
    OpusSink(const OpusSink&) = delete;
    OpusSink& operator=(const OpusSink&) = delete;

    base::Status begin(int sample_rate, const FileInfo& info) {
        if (comments_ == nullptr) return failed(OPE_ALLOC_FAIL);
        for (const auto& [name, value] : info.tags) TRY_VOID(comment(name, value));
        int number = 0;
        for (const Cue& cue : info.cues) {
            const std::string chapter = fmt::format("CHAPTER{:03}", ++number);
            const std::uint64_t ms = cue.frame * 1000 / static_cast<std::uint64_t>(sample_rate);
            TRY_VOID(comment(chapter, fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60,
                                                  ms / 1000 % 60, ms % 1000)));
            TRY_VOID(comment(chapter + "NAME", cue.label));
        }
        const OpusEncCallbacks callbacks = {on_write, on_close};
        int error = OPE_OK;
        encoder_ = ope_encoder_create_callbacks(&callbacks, this, comments_, sample_rate, 2, 0, &error);
        if (encoder_ == nullptr) return failed(error);
        // A fixed serial number, so that the same sound gives the same bytes.
        for (const int result : {ope_encoder_ctl(encoder_, OPE_SET_SERIALNO(1)),
                                 ope_encoder_ctl(encoder_, OPUS_SET_BITRATE(kBitsPerSecond)),
                                 ope_encoder_ctl(encoder_, OPUS_SET_VBR(1)),
                                 ope_encoder_ctl(encoder_, OPUS_SET_COMPLEXITY(kComplexity))}) {
            if (result != OPE_OK) return failed(result);
        }
        return {};
    }

    base::Status add(audio::ConstStereoView portion) override {
        interleaved_.resize(2 * portion.frames());
        for (std::size_t i = 0; i < portion.frames(); ++i) {
            interleaved_[2 * i] = playable(portion.left[i]);
            interleaved_[2 * i + 1] = playable(portion.right[i]);
        }
        const int result =
            ope_encoder_write_float(encoder_, interleaved_.data(), static_cast<int>(portion.frames()));
        return result == OPE_OK && !trouble_ ? base::Status{} : failed(result);
    }

    base::Status finish() override {
        // libopusenc 0.2 ends the program when it drains a stream into which nothing was ever written.
        TRY_VOID(add({{}, {}}));
        const int result = ope_encoder_drain(encoder_);
        if (result != OPE_OK || trouble_) return failed(result);
        return file_.commit();
    }

  private:
    base::Status comment(const std::string& name, const std::string& value) {
        // Names are printable ASCII without '='; libopusenc looks at the '=' only.
        bool fine = !name.empty() && music::count_code_points(value).has_value();
        for (const char c : name) fine = fine && c >= ' ' && c <= '}' && c != '=';
        if (!fine || ope_comments_add(comments_, name.c_str(), value.c_str()) != OPE_OK)
            return base::fail(base::Kind::invalid_request,
                              "The tag " + name + " cannot be stored: its text is not plain UTF-8.");
        return {};
    }
    base::Status failed(int error) const {
        if (trouble_) return tl::unexpected(*trouble_);  // the disk's own error says more
        return base::fail(base::Kind::io, "The Opus file could not be encoded.",
                          std::string("libopusenc: ") + ope_strerror(error));
    }

    static int on_write(void* self, const unsigned char* bytes, opus_int32 count) {
        auto& sink = *static_cast<OpusSink*>(self);
        if (sink.trouble_) return 1;
        const auto written =
            sink.file_.write(std::as_bytes(std::span(bytes, static_cast<std::size_t>(count))));
        if (!written) sink.trouble_ = written.error();
        return written ? 0 : 1;
    }
    static int on_close(void*) { return 0; }  // the file is committed by finish()

    AtomicFile file_;
    OggOpusComments* comments_;
    OggOpusEnc* encoder_ = nullptr;
    std::vector<float> interleaved_;
    std::optional<base::Error> trouble_;
};

}  // namespace

base::Result<std::unique_ptr<Sink>> open_opus(AtomicFile file, int sample_rate, const FileInfo& info) {
    auto sink = std::make_unique<OpusSink>(std::move(file));
    TRY_VOID(sink->begin(sample_rate, info));
    return sink;
}

}  // namespace mmx::codec
