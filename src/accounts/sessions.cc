#include "accounts/sessions.h"

#include <optional>

#include "accounts/account_table.h"
#include "accounts/links.h"
#include "accounts/open_session.h"
#include "base/secrets.h"

namespace mmx::accounts {
namespace {

constexpr std::int64_t kActivityStep_ms = 60LL * 1000;

// Of a table "s"; idle and absolute end, by the database's clock.
constexpr std::string_view kIsLiving = "s.ends_at > now_ms() AND s.last_active_at > now_ms() - ?";

tl::unexpected<base::Error> fail_signed_out() {
    return base::fail(base::Kind::not_signed_in,
                      "You are not logged in, or your session is over. Log in again.");
}

Session session_of(std::string id, const Account& account) {
    return {.id = std::move(id),
            .account_id = account.id,
            .role = account.role,
            .state = account.state,
            .plan = account.plan,
            .display_name = account.display_name,
            .email = account.email};
}

}  // namespace

base::Result<Seen> look_up(store::Transaction& transaction, std::string_view token) {
    static const std::string kSql =
        "SELECT " + std::string(kAccountColumns) +
        ", s.id, now_ms() - s.last_active_at FROM sessions s JOIN accounts a ON a.id = s.account_id "
        "WHERE s.token_hash = ? AND a.state = 'active' AND " +
        std::string(kIsLiving);
    if (token.empty()) return fail_signed_out();
    std::optional<Seen> seen;
    TRY_VOID(transaction.each(kSql, {stored_form(token), kIdleEnd_ms}, [&](const store::Row& row) {
        // A session in use writes once a minute, not with every request.
        seen = Seen{session_of(row.text(8), account_from(row)), row.integer(9) >= kActivityStep_ms};
    }));
    if (!seen) return fail_signed_out();
    return std::move(*seen);
}

base::Status note_activity(const Registry& registry, std::string_view token) {
    TRY(registry.database().execute("UPDATE sessions SET last_active_at = now_ms() WHERE token_hash = ?",
                                    {stored_form(token)}));
    return {};
}

base::Result<Session> look_up(const Registry& registry, std::string_view token, Activity activity) {
    Seen seen = TRY(registry.database().look(
        [&](store::Transaction& transaction) { return look_up(transaction, token); }));
    if (activity == Activity::counts && seen.activity_is_due) TRY_VOID(note_activity(registry, token));
    return std::move(seen.session);
}

base::Status log_out(const Registry& registry, std::string_view token) {
    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        TRY(transaction.execute("DELETE FROM sessions WHERE token_hash = ?", {stored_form(token)}));
        transaction.notify(kSessionsEnded);
        return {};
    });
}

base::Result<std::vector<SessionRow>> list_sessions(const Registry& registry, const std::string& account_id) {
    const store::Rows rows =
        TRY(registry.database().query("SELECT s.id, s.agent, s.created_at, s.last_active_at, s.ends_at FROM "
                                      "sessions s WHERE s.account_id = ? AND " +
                                          std::string(kIsLiving) + " ORDER BY s.last_active_at DESC, s.id",
                                      {account_id, kIdleEnd_ms}));
    std::vector<SessionRow> sessions;
    for (const store::Row& row : rows) {
        sessions.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3), row.integer(4)});
    }
    return sessions;
}

base::Status end_session(const Registry& registry, const std::string& account_id,
                         const std::string& session_id) {
    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        const std::int64_t ended = TRY(transaction.execute(
            "DELETE FROM sessions WHERE id = ? AND account_id = ?", {session_id, account_id}));
        if (ended == 0) return base::fail(base::Kind::not_found, "There is no such session (any more).");
        transaction.notify(kSessionsEnded);
        return {};
    });
}

base::Result<std::int64_t> end_other_sessions(const Registry& registry, const Session& keep) {
    return registry.database().write([&](store::Transaction& transaction) {
        return end_sessions_but(transaction, keep.account_id, keep.id);
    });
}

base::Result<SignedIn> open_session(store::Transaction& transaction, const Account& account,
                                    std::string_view user_agent) {
    const std::string token = base::random_token(), id = base::random_id();
    TRY(transaction.execute(
        "INSERT INTO sessions (token_hash, id, account_id, agent, created_at, last_active_at, "
        "ends_at) VALUES (?, ?, ?, ?, now_ms(), now_ms(), now_ms() + ?)",
        {stored_form(token), id, account.id, coarse_agent(user_agent), kAbsoluteEnd_ms}));
    return SignedIn{token, session_of(id, account)};
}

base::Result<std::int64_t> end_sessions_but(store::Transaction& transaction, const std::string& account_id,
                                            const std::string& spared_id) {
    const std::int64_t ended = TRY(transaction.execute(
        "DELETE FROM sessions WHERE account_id = ? AND id <> ?", {account_id, spared_id}));
    if (ended > 0) transaction.notify(kSessionsEnded);
    return ended;
}

}  // namespace mmx::accounts
