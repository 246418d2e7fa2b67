// The keys behind every mark: one master, an epoch, and what is derived from both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::watermark {

// Everything that marks and detects with one epoch of one master. A value; any thread.
class Key {
  public:
    // 32 bytes of master; epochs count from 1. HKDF-SHA-256 with the epoch and the use as its info.
    Key(std::string_view master, int epoch);
    int epoch() const { return epoch_; }

    // Raw key material that decides where and with which sign a layer's chips lie.
    const std::string& spread(std::string_view layer) const;
    // The 64-bit tag of an id: HMAC-SHA-256 over a version byte and the id, its first eight bytes.
    std::uint64_t tag(std::uint64_t id) const;
    // A keyed function of any text: the id of a song that nobody drew one for.
    std::uint64_t id_of(std::string_view record) const;

  private:
    int epoch_;
    std::string ultrasonic_, in_band_, tag_, id_;
};

// One master and how many epochs it has seen: the newest marks, all detect.
class KeyRing {
  public:
    KeyRing(std::string master, int epoch);
    const Key& newest() const { return keys_.back(); }
    const std::vector<Key>& keys() const { return keys_; }  // oldest first

  private:
    std::vector<Key> keys_;
};

inline constexpr int kMostEpochs = 1000;

// "0123456789abcdef", either case; and back, lower case.
base::Result<std::uint64_t> parse_id(std::string_view hex);
std::string id_text(std::uint64_t id);

}  // namespace mmx::watermark
