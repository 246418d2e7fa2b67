#include "watermark/keys.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <charconv>

#include "base/secrets.h"

namespace mmx::watermark {
namespace {

constexpr char kVersion = 1;  // of the payload: a tag says which meaning its id has

std::string big_endian(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(number >> (56 - 8 * i));
    return bytes;
}

std::uint64_t first_64_bits(const std::string& bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

std::string derived(std::string_view master, int epoch, std::string_view use) {
    return base::hkdf_sha256(master, fmt::format("watermark epoch {} {}", epoch, use));
}

}  // namespace

Key::Key(std::string_view master, int epoch)
    : epoch_(epoch),
      ultrasonic_(derived(master, epoch, "spread ultrasonic")),
      in_band_(derived(master, epoch, "spread in-band")),
      tag_(derived(master, epoch, "tag")),
      id_(derived(master, epoch, "id")) {}

const std::string& Key::spread(std::string_view layer) const {
    assert(layer == "ultrasonic" || layer == "in-band");
    return layer == "ultrasonic" ? ultrasonic_ : in_band_;
}

std::uint64_t Key::tag(std::uint64_t id) const {
    return first_64_bits(base::hmac_sha256(tag_, std::string(1, kVersion) + big_endian(id)));
}

std::uint64_t Key::id_of(std::string_view record) const {
    return first_64_bits(base::hmac_sha256(id_, record));
}

KeyRing::KeyRing(std::string master, int epoch) {
    assert(epoch >= 1 && epoch <= kMostEpochs);
    for (int one = 1; one <= epoch; ++one) keys_.emplace_back(master, one);
}

base::Result<std::uint64_t> parse_id(std::string_view hex) {
    std::uint64_t id = 0;
    const auto end = hex.data() + hex.size();
    const auto read = std::from_chars(hex.data(), end, id, 16);
    if (hex.size() != 16 || read.ec != std::errc() || read.ptr != end)
        return base::fail_field("id", "id: '" + std::string(hex) +
                                          "' is not allowed; an id is 16 hexadecimal digits, such as "
                                          "0123456789abcdef");
    return id;
}

std::string id_text(std::uint64_t id) {
    return fmt::format("{:016x}", id);
}

}  // namespace mmx::watermark
