#include "accounts/administration.h"

#include <nlohmann/json.hpp>

#include "accounts/account_table.h"
#include "accounts/open_session.h"
#include "accounts/text.h"
#include "store/audit.h"

namespace mmx::accounts {
namespace {

constexpr std::size_t kMostReasonBytes = 1000;

base::Status check_actor(store::Transaction& transaction, const std::string& actor) {
    if (actor == kCommandLine) return {};
    const std::optional<Credentials> found = TRY(locked_account(transaction, actor));
    if (!found || found->account.role != Role::administrator || found->account.state != State::active) {
        return base::fail(base::Kind::not_allowed, "Only administrators may do this.");
    }
    return {};
}

base::Status check_another_remains(store::Transaction& transaction, const Account& leaving) {
    if (leaving.role != Role::administrator || leaving.state != State::active) return {};
    const store::Rows others = TRY(transaction.query(
        "SELECT id FROM accounts WHERE role = 'administrator' AND state = 'active' AND id <> ? LIMIT 1",
        {leaving.id}));
    if (others.empty()) {
        return base::fail(base::Kind::conflict,
                          "This is the last administrator. Make somebody else administrator first.");
    }
    return {};
}

// One deed: who may, on whom, the change itself, its line in the audit; all or nothing.
template <class Change>
base::Result<Account> deed(const Registry& registry, const std::string& actor, const std::string& account_id,
                           std::string_view action, const nlohmann::json& details, const Change& change) {
    return registry.database().write([&](store::Transaction& transaction) -> base::Result<Account> {
        TRY_VOID(lock_administrators(transaction));
        TRY_VOID(check_actor(transaction, actor));
        const std::optional<Credentials> found = TRY(locked_account(transaction, account_id));
        if (!found) return base::fail(base::Kind::not_found, "There is no such account.");
        TRY_VOID(change(transaction, found->account));
        TRY_VOID(store::append_audit(transaction, {.actor_id = actor,
                                                   .action = std::string(action),
                                                   .subject = account_id,
                                                   .details = details.dump()}));
        return TRY(locked_account(transaction, account_id)).value().account;
    });
}

base::Status set_column(store::Transaction& transaction, std::string_view column, std::string_view value,
                        const std::string& account_id) {
    TRY(transaction.execute("UPDATE accounts SET " + std::string(column) + " = ? WHERE id = ?",
                            {value, account_id}));
    return {};
}

}  // namespace

base::Result<Account> set_role(const Registry& registry, const std::string& actor,
                               const std::string& account_id, Role role) {
    return deed(registry, actor, account_id, "account.role", {{"role", to_text(role)}},
                [&](store::Transaction& transaction, const Account& account) -> base::Status {
                    if (role != Role::administrator) TRY_VOID(check_another_remains(transaction, account));
                    return set_column(transaction, "role", to_text(role), account.id);
                });
}

base::Result<Account> suspend(const Registry& registry, const std::string& actor,
                              const std::string& account_id, std::string_view reason) {
    const std::string_view why = trimmed(reason);
    if (why.size() > kMostReasonBytes || !printable_characters(why)) {
        return base::fail_field("reason", "The reason may have at most 1000 bytes, in one line.");
    }
    return deed(registry, actor, account_id, "account.suspend", {{"reason", why}},
                [](store::Transaction& transaction, const Account& account) -> base::Status {
                    TRY_VOID(check_another_remains(transaction, account));
                    TRY_VOID(set_column(transaction, "state", to_text(State::suspended), account.id));
                    TRY(end_sessions_but(transaction, account.id, {}));
                    return {};
                });
}

base::Result<Account> unsuspend(const Registry& registry, const std::string& actor,
                                const std::string& account_id) {
    return deed(registry, actor, account_id, "account.unsuspend", nlohmann::json::object(),
                [](store::Transaction& transaction, const Account& account) {
                    return set_column(transaction, "state", to_text(State::active), account.id);
                });
}

base::Result<Account> set_plan(const Registry& registry, const std::string& actor,
                               const std::string& account_id, std::string_view plan) {
    const auto& knows_plan = registry.settings().knows_plan;
    if (plan.empty() || !printable_characters(plan) || (knows_plan && !knows_plan(plan))) {
        return base::fail_field("plan", "There is no such plan.");
    }
    return deed(registry, actor, account_id, "account.plan", {{"plan", plan}},
                [&](store::Transaction& transaction, const Account& account) {
                    return set_column(transaction, "plan", plan, account.id);
                });
}

}  // namespace mmx::accounts
