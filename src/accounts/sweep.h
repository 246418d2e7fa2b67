// What is over is removed: links, registrations, sessions, counters.
#pragma once

#include <cstdint>

#include "accounts/registry.h"

namespace mmx::accounts {

struct Swept {
    std::int64_t sessions = 0, registrations = 0, links = 0, counters = 0;
};
// For a job every few minutes; running it twice at once does no harm.
base::Result<Swept> sweep(const Registry& registry);

}  // namespace mmx::accounts
