// SHA-256 (FIPS 180-4), for the hashes that the record keeps.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace mmx::base {

// Feed bytes in any portions; hex() ends it. Not for several threads at once.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::span<const std::byte> bytes);
    void add(const std::string& text) { add(std::as_bytes(std::span(text))); }
    std::string hex();  // 64 lower-case digits

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mmx::base
