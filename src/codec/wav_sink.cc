// WAV files: RIFF with tags (LIST INFO) and named cue points (cue, LIST adtl), all before the samples.
#include <cstring>
#include <string_view>

#include "codec/quantise.h"
#include "codec/sink.h"

namespace mmx::codec {
namespace {

using Bytes = std::vector<std::byte>;

void put(Bytes& bytes, std::string_view text) {
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
}
void put16(Bytes& bytes, std::uint32_t value) {
    for (int shift = 0; shift < 16; shift += 8)
        bytes.push_back(static_cast<std::byte>(value >> shift & 0xff));
}
void put32(Bytes& bytes, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::byte>(value >> shift & 0xff));
}
// RIFF: four letters, the length, the content, padded to an even number of bytes.
void put_chunk(Bytes& bytes, std::string_view name, const Bytes& content) {
    put(bytes, name);
    put32(bytes, static_cast<std::uint32_t>(content.size()));
    bytes.insert(bytes.end(), content.begin(), content.end());
    if (content.size() % 2 != 0) bytes.push_back(std::byte{0});
}
Bytes with_zero(const std::string& text) {
    Bytes bytes;
    put(bytes, text);
    bytes.push_back(std::byte{0});
    return bytes;
}

// RIFF's own names for tags; what has none goes into the comment as NAME=value, so that nothing is lost.
std::string_view riff_name(std::string_view tag) {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"TITLE", "INAM"},     {"ARTIST", "IART"},  {"ALBUM", "IPRD"},
        {"GENRE", "IGNR"},     {"DATE", "ICRD"},    {"COMMENT", "ICMT"},
        {"COPYRIGHT", "ICOP"}, {"ENCODER", "ISFT"}, {"TRACKNUMBER", "ITRK"}};
    for (const auto& [ours, theirs] : kNames) {
        if (tag == ours) return theirs;
    }
    return {};
}

Bytes tags_chunk(const FileInfo& info) {
    Bytes list;
    put(list, "INFO");
    std::string comment;
    for (const auto& [name, value] : info.tags) {
        const std::string_view riff = riff_name(name);
        if (riff.empty() || riff == "ICMT") {
            if (!comment.empty()) comment += "; ";
            comment += riff.empty() ? name + "=" + value : value;
        } else {
            put_chunk(list, riff, with_zero(value));
        }
    }
    if (!comment.empty()) put_chunk(list, "ICMT", with_zero(comment));
    return list;
}

void put_cues(Bytes& header, const std::vector<Cue>& cues) {
    Bytes points, labels;
    put32(points, static_cast<std::uint32_t>(cues.size()));
    put(labels, "adtl");
    for (std::size_t i = 0; i < cues.size(); ++i) {
        const auto id = static_cast<std::uint32_t>(i + 1), frame = static_cast<std::uint32_t>(cues[i].frame);
        put32(points, id);
        put32(points, frame);
        put(points, "data");
        put32(points, 0);
        put32(points, 0);
        put32(points, frame);
        Bytes label;
        put32(label, id);
        const Bytes text = with_zero(cues[i].label);
        label.insert(label.end(), text.begin(), text.end());
        put_chunk(labels, "labl", label);
    }
    put_chunk(header, "cue ", points);
    put_chunk(header, "LIST", labels);
}

class WavSink : public Sink {
  public:
    WavSink(AtomicFile file, Format format) : file_(std::move(file)), format_(format) {}

    base::Status begin(int sample_rate, const FileInfo& info) {
        const bool whole = format_ != Format::wav32f;
        const std::uint32_t bits = format_ == Format::wav16 ? 16 : whole ? 24 : 32;
        bytes_a_frame_ = bits / 8 * 2;
        Bytes fmt;
        put16(fmt, whole ? 1 : 3);  // PCM, or IEEE float
        put16(fmt, 2);
        put32(fmt, static_cast<std::uint32_t>(sample_rate));
        put32(fmt, static_cast<std::uint32_t>(sample_rate) * bytes_a_frame_);
        put16(fmt, bytes_a_frame_);
        put16(fmt, bits);
        if (!whole) put16(fmt, 0);  // float needs the extension's length and a fact chunk

        put(header_, "RIFF");
        put32(header_, 0);  // filled in at the end, like all lengths that depend on the samples
        put(header_, "WAVE");
        put_chunk(header_, "fmt ", fmt);
        if (!whole) {
            fact_at_ = header_.size() + 8;
            put_chunk(header_, "fact", Bytes(4));
        }
        if (!info.tags.empty()) put_chunk(header_, "LIST", tags_chunk(info));
        if (!info.cues.empty()) put_cues(header_, info.cues);
        put(header_, "data");
        put32(header_, 0);
        return file_.write(header_);
    }

    base::Status add(audio::ConstStereoView portion) override {
        const std::size_t count = portion.frames();
        // RIFF counts bytes in 32 bits.
        if (header_.size() + (frames_ + count) * bytes_a_frame_ > 0xfffffff0ULL) {
            return base::fail(base::Kind::io,
                              "A WAV file cannot be larger than 4 GB. Choose FLAC or make it shorter.");
        }
        bytes_.resize(count * bytes_a_frame_);
        if (format_ == Format::wav32f) {
            for (std::size_t i = 0; i < count; ++i) {
                const float pair[2] = {portion.left[i], portion.right[i]};
                std::memcpy(bytes_.data() + i * 8, pair, 8);
            }
        } else {
            values_.resize(2 * count);
            const std::size_t width = bytes_a_frame_ / 2;
            if (width == 2) {
                quantise_16(portion, frames_, values_);
            } else {
                quantise_24(portion, values_);
            }
            for (std::size_t i = 0; i < values_.size(); ++i) {
                // Little-endian: the lowest bytes come first, as in memory.
                std::memcpy(bytes_.data() + i * width, &values_[i], width);
            }
        }
        frames_ += count;
        return file_.write(bytes_);
    }

    base::Status finish() override {
        const std::uint64_t data = frames_ * bytes_a_frame_;
        if (data % 2 != 0) TRY_VOID(file_.write(Bytes(1)));
        TRY_VOID(fill_in(4, static_cast<std::uint32_t>(header_.size() - 8 + data + data % 2)));
        if (fact_at_ != 0) TRY_VOID(fill_in(fact_at_, static_cast<std::uint32_t>(frames_)));
        TRY_VOID(fill_in(header_.size() - 4, static_cast<std::uint32_t>(data)));
        return file_.commit();
    }

  private:
    base::Status fill_in(std::uint64_t at, std::uint32_t value) {
        Bytes bytes;
        put32(bytes, value);
        TRY_VOID(file_.seek(at));
        return file_.write(bytes);
    }

    AtomicFile file_;
    Format format_;
    Bytes header_, bytes_;
    std::vector<std::int32_t> values_;
    std::size_t fact_at_ = 0;
    std::uint32_t bytes_a_frame_ = 0;
    std::uint64_t frames_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Sink>> open_wav(AtomicFile file, int sample_rate, Format format,
                                             const FileInfo& info) {
    auto sink = std::make_unique<WavSink>(std::move(file), format);
    TRY_VOID(sink->begin(sample_rate, info));
    return sink;
}

}  // namespace mmx::codec
