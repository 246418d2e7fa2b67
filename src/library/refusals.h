// What a plan refuses before anything is reserved.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "billing/plans.h"
#include "library/order.h"

namespace mmx::library {

std::int64_t planned_ms(const Draft& draft);
std::int64_t about_bytes(const Draft& draft);  // of its FLAC
// Longest song (invalid_request, "duration_seconds") and storage (over_quota).
base::Status check_plan(const billing::Plan& plan, const Draft& draft);

}  // namespace mmx::library
