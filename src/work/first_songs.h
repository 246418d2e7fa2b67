// The songs a new service greets its first administrator with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "billing/plans.h"
#include "library/order.h"
#include "store/database.h"

namespace mmx::work {

// The most there are: short songs of different genres.
inline constexpr int kMostFirstSongs = 3;

// The first `count` of them, 0 to kMostFirstSongs, ordered like any other in the caller's transaction; what
// they cost is given back at once with the reason "welcome", and they count in no day or month. For
// accounts::Settings::on_created of the first administrator, or right after setting up. Takes some
// milliseconds.
base::Status order_first_songs(store::Transaction& transaction, const std::string& account_id,
                               const billing::Plans& plans, std::string_view plan_id,
                               const library::Runs& runs, int count);

}  // namespace mmx::work
