// FLAC's metadata is a row of blocks, each with its kind and length; the tags are one of them (RFC 9639,
// section 8).
#include "codec/flac_title.h"

namespace mmx::codec {
namespace {

constexpr unsigned char kTags = 4;
constexpr std::size_t kLongestBlock = (1 << 24) - 1;
constexpr std::string_view kTitle = "TITLE=";

// Takes bytes off the front; none once there are too few.
class Reader {
  public:
    explicit Reader(std::string_view left) : left_(left) {}
    std::optional<std::string_view> take(std::size_t count) {
        if (count > left_.size()) return std::nullopt;
        const std::string_view taken = left_.substr(0, count);
        left_.remove_prefix(count);
        return taken;
    }
    // A length in four bytes, the lowest first, and as many bytes as it says.
    std::optional<std::string_view> take_counted() {
        const auto count = number();
        return count ? take(*count) : std::nullopt;
    }
    std::optional<std::uint32_t> number() {
        const auto bytes = take(4);
        if (!bytes) return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>((*bytes)[i]);
        return value;
    }
    bool at_end() const { return left_.empty(); }

  private:
    std::string_view left_;
};

void put_number(std::string& out, std::size_t value) {
    for (int i = 0; i < 4; ++i, value >>= 8) out += static_cast<char>(value & 0xff);
}
void put_counted(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
}

bool is_title(std::string_view tag) {
    if (tag.size() < kTitle.size()) return false;
    for (std::size_t i = 0; i < kTitle.size(); ++i) {
        const char c = tag[i];
        if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != kTitle[i]) return false;
    }
    return true;
}

// The block of tags with that one title before all others; nothing when it is that already, or broken.
std::optional<std::string> retitled(std::string_view block, std::string_view title) {
    Reader reader(block);
    const auto maker = reader.take_counted();
    const auto count = reader.number();
    if (!maker || !count) return std::nullopt;
    std::string kept;
    std::size_t number = 1, titles = 0;
    bool same = false;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto tag = reader.take_counted();
        if (!tag) return std::nullopt;
        if (is_title(*tag)) {
            ++titles;
            same = tag->substr(kTitle.size()) == title;
        } else {
            put_counted(kept, *tag);
            ++number;
        }
    }
    if (!reader.at_end() || (titles == 1 && same)) return std::nullopt;
    std::string made;
    put_counted(made, *maker);
    put_number(made, number);
    put_counted(made, std::string(kTitle).append(title));
    made += kept;
    if (made.size() > kLongestBlock) return std::nullopt;
    return made;
}

}  // namespace

std::optional<FlacHead> flac_head_titled(std::string_view first, std::string_view title) {
    Reader reader(first);
    if (reader.take(4) != "fLaC") return std::nullopt;
    FlacHead head{"fLaC", 4};
    bool changed = false;
    for (bool last = false; !last;) {
        const auto start = reader.take(4);
        if (!start) return std::nullopt;
        const auto byte = [&](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>((*start)[i]));
        };
        last = byte(0) >= 0x80;
        const auto block = reader.take(byte(1) << 16 | byte(2) << 8 | byte(3));
        if (!block) return std::nullopt;
        head.replaced += 4 + block->size();
        std::optional<std::string> made;
        if ((byte(0) & 0x7f) == kTags) made = retitled(*block, title);
        changed = changed || made.has_value();
        const std::string_view kept = made ? std::string_view(*made) : *block;
        head.bytes += (*start)[0];
        for (const int shift : {16, 8, 0}) head.bytes += static_cast<char>(kept.size() >> shift & 0xff);
        head.bytes += kept;
    }
    if (!changed) return std::nullopt;
    return head;
}

}  // namespace mmx::codec
