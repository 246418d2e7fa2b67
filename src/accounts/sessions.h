// Sessions: a random token in the user's cookie, its hash in the table. They end after 24 hours without
// activity, after 30 days in any case, and at once when somebody ends them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/registry.h"

namespace mmx::accounts {

inline constexpr std::int64_t kIdleEnd_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t kAbsoluteEnd_ms = 30LL * 24 * 3600 * 1000;

struct Session {
    std::string id;  // names it in lists; useless as a token
    std::string account_id;
    Role role = Role::user;
    State state = State::active;
    std::string plan, display_name, email;
};

struct SignedIn {
    std::string token;  // for the cookie: 43 characters of base64url; stored nowhere
    Session session;
};

// Polling and event streams do not count as activity.
enum class Activity { counts, does_not_count };

// One indexed look-up; activity is written at most once a minute. Kind::not_signed_in for a token that is
// unknown or over, and for accounts that are suspended. For pools that run queries.
base::Result<Session> look_up(const Registry& registry, std::string_view token, Activity activity);
// The same as part of a transaction that reads on. Where activity counts and is due, note it once that has
// ended.
struct Seen {
    Session session;
    bool activity_is_due = false;
};
base::Result<Seen> look_up(store::Transaction& transaction, std::string_view token);
base::Status note_activity(const Registry& registry, std::string_view token);

// Fine too when the session is over already.
base::Status log_out(const Registry& registry, std::string_view token);

struct SessionRow {
    std::string id, agent;  // "Firefox on Linux"
    std::int64_t created_at = 0, last_active_at = 0, ends_at = 0;
};
// The living ones, the latest active first.
base::Result<std::vector<SessionRow>> list_sessions(const Registry& registry, const std::string& account_id);
// not_found when it is not one of that account's.
base::Status end_session(const Registry& registry, const std::string& account_id,
                         const std::string& session_id);
// All but the one given; says how many.
base::Result<std::int64_t> end_other_sessions(const Registry& registry, const Session& keep);

// Notified whenever sessions were ended, so that event streams look again whether theirs still lives.
inline constexpr std::string_view kSessionsEnded = "sessions_ended";

// The family of a browser and its system from its User-Agent, nothing finer: "Chrome on Android",
// "a browser" when unknown.
std::string coarse_agent(std::string_view user_agent);

}  // namespace mmx::accounts
