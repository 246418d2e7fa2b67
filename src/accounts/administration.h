// What administrators do to accounts, each deed with its line in the audit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/registry.h"

namespace mmx::accounts {

// The actor is the id of an administrator's account, or kCommandLine. Errors: not_allowed (the actor is no
// active administrator), not_found (the account), conflict (it would leave no active administrator).
inline constexpr std::string_view kCommandLine = "command line";

base::Result<Account> set_role(const Registry& registry, const std::string& actor,
                               const std::string& account_id, Role role);
// Ends the account's sessions.
base::Result<Account> suspend(const Registry& registry, const std::string& actor,
                              const std::string& account_id, std::string_view reason);
base::Result<Account> unsuspend(const Registry& registry, const std::string& actor,
                                const std::string& account_id);
// Also: field "plan" for one that does not exist.
base::Result<Account> set_plan(const Registry& registry, const std::string& actor,
                               const std::string& account_id, std::string_view plan);

struct AccountQuery {
    std::string text;    // in the address or the name; empty: all
    std::string cursor;  // of the page before; empty: the first page
    int limit = 50;      // 1 to 200
};
struct AccountPage {
    std::vector<Account> accounts;  // the newest first
    std::string next_cursor;        // empty: that was the last page
};
// Errors: fields "q", "cursor" and "limit".
base::Result<AccountPage> list_accounts(const Registry& registry, const AccountQuery& query);

}  // namespace mmx::accounts
