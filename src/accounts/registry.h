// What every function of this room works with: the database, the settings, the password hasher.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "accounts/passwords.h"
#include "base/result.h"
#include "store/database.h"

namespace mmx::accounts {

enum class Role { user, reviewer, administrator };
enum class State { active, suspended };
std::string_view to_text(Role role);  // "user", "reviewer", "administrator"
std::string_view to_text(State state);
// Kind::invalid_request on the field "role".
base::Result<Role> role_of(std::string_view text);

struct Account {
    std::string id, email, display_name;
    Role role = Role::user;
    State state = State::active;
    std::string plan, terms_version;
    std::int64_t created_at = 0;  // ms since 1970
};

struct Settings {
    std::string public_url;  // links in mails start with it: "https://music.example", no slash at the end
    std::string pepper;      // secret, 32 bytes or more; the same on all servers
    int bcrypt_cost = 12;    // 4 to 16; tests lower it
    std::string first_plan = "free";
    std::string terms_version;  // the one in force, which registrations must name; empty: any
    // Called in the transaction that makes an account: the first grant of credits, the first songs.
    std::function<base::Status(store::Transaction&, const std::string& account_id)> on_created;
    // Says whether a plan exists; empty: any does.
    std::function<bool(std::string_view)> knows_plan;
};

// Lives as long as the database it was given. Any thread; every function that takes it blocks: those that
// hash (they say so) belong on the hashing pool, the others on the database pool.
class Registry {
  public:
    Registry(store::Database& database, Settings settings);

    store::Database& database() const { return database_; }
    const Settings& settings() const { return settings_; }
    const PasswordHasher& passwords() const { return passwords_; }
    // A keyed hash for counting tries, so that the counters hold no address: "login", "someone@example.com".
    std::string counter_key(std::string_view purpose, std::string_view of) const;
    // "https://music.example/verify#token=...": the token stands in the fragment, which no server or proxy
    // sees. Pages: /verify, /reset, /confirm-email and /setup with a token; /login and /forgot without.
    std::string link(std::string_view page, std::string_view token = {}) const;

  private:
    store::Database& database_;
    Settings settings_;
    PasswordHasher passwords_;
    std::string counter_secret_;
};

// Trimmed and in lower case; at most 254 bytes of ASCII with one '@' and a domain with a dot (or
// "localhost"). Else Kind::invalid_request on the field "email".
base::Result<std::string> normal_email(std::string_view email);
// Trimmed; 1 to 60 characters of UTF-8 without control characters. Else the field "display_name".
base::Result<std::string> normal_display_name(std::string_view name);

base::Result<Account> account_by_id(store::Database& database,
                                    const std::string& account_id);                         // or not_found
base::Result<Account> account_by_email(store::Database& database, std::string_view email);  // or not_found

}  // namespace mmx::accounts
