// Fills a fresh database with songs by bulk SQL: one large account among a thousand small ones.
#pragma once

#include <cstdint>
#include <string>

#include "store/test_database.h"

namespace mmx::library {

struct Size {
    std::int64_t own = 100'000;  // songs of the account that is measured
    std::int64_t others = 1'000'000;
};
inline const std::string kOwner = "owner";

// Words to search for: "half" and "other" stand in half of the songs each, "some..." has many endings,
// "seldom" in one song of a thousand, "never" in none.
base::Status fill(const store::FreshDatabase& fresh, store::Dialect dialect, const Size& size);

}  // namespace mmx::library
