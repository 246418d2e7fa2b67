// What the handlers work with; made once by the service, outlives the server.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "accounts/registry.h"
#include "api/operator.h"
#include "billing/plans.h"
#include "library/order.h"
#include "store/database.h"
#include "store/objects.h"

namespace mmx::api {

class EventHub;
class ReadLimits;

// How often one network address may call, by route class; reads are ReadLimits' business. They may change
// while calls are served.
struct Limits {
    std::atomic<int> sign_ins_per_10_minutes = 60;
    std::atomic<int> changes_per_minute = 240;
    std::atomic<int> orders_per_minute = 120;
};

struct Context {
    store::Database& database;
    store::Objects& objects;
    const accounts::Registry& registry;
    const billing::PlanBook& plans;
    library::Runs runs;  // what new orders are made with
    EventHub& events;
    ReadLimits& read_limits;
    const Limits& limits;
    std::string public_url;  // "https://music.example": also the only Origin that may change anything
    std::string terms_version;
    Operator service_operator;
    std::string address_secret;  // keys the hashes of network addresses in limits
    // Called with the new administrator's id once the set-up link was used: credits and first songs.
    std::function<base::Status(const std::string& account_id)> welcome;

    bool is_secure() const { return public_url.starts_with("https://"); }
};

inline constexpr std::string_view kSessionCookie = "session_token";

}  // namespace mmx::api
