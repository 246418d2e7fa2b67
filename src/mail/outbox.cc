#include "mail/outbox.h"

#include <algorithm>
#include <optional>

#include "base/secrets.h"
#include "log/log.h"

namespace mmx::mail {
namespace {

constexpr std::int64_t kSecond_ms = 1000, kDay_ms = 24LL * 3600 * kSecond_ms;
constexpr std::int64_t kLease_ms = 120 * kSecond_ms;
constexpr std::int64_t kFirstPause_ms = 30 * kSecond_ms, kLongestPause_ms = 7200 * kSecond_ms;
constexpr std::int64_t kNever_ms = 36'500 * kDay_ms;
constexpr std::int64_t kMostAttempts = 10;
constexpr std::int64_t kDeadKept_ms = 7 * kDay_ms, kRowKept_ms = 30 * kDay_ms;

struct Claim {
    std::string id, lease_token;
    std::int64_t attempts = 0;
    Mail mail;
};

base::Status insert(store::Transaction& transaction, const Mail& mail, const std::string& to,
                    std::int64_t due_in_ms) {
    const auto account = mail.account_id.empty() ? std::nullopt : std::optional(mail.account_id);
    TRY(transaction.execute(
        "INSERT INTO outbox (id, kind, account_id, to_address, subject, text, html, "
        "next_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, now_ms() + ?, now_ms())",
        {base::random_id(), mail.kind, account, to, mail.subject, mail.text, mail.html, due_in_ms}));
    transaction.notify(kChannel);
    return {};
}

// The mail that has waited longest, or one whose sender has died; counted as tried before it is.
base::Result<std::optional<Claim>> claim_next(store::Transaction& transaction) {
    const std::string_view skip =
        transaction.dialect() == store::Dialect::postgresql ? " FOR UPDATE SKIP LOCKED" : "";
    Claim claim{.id = {}, .lease_token = base::random_id(), .attempts = 0, .mail = {}};
    const store::Rows rows = TRY(transaction.query(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, lease_token = ?, "
        "lease_until = now_ms() + ? WHERE id = (SELECT id FROM outbox "
        "WHERE state IN ('queued', 'sending') AND next_at <= now_ms() AND lease_until <= now_ms() "
        "ORDER BY next_at, id LIMIT 1" +
            std::string(skip) + ") RETURNING id, attempts, kind, to_address, subject, text, html",
        {claim.lease_token, kLease_ms}));
    if (rows.empty()) return std::nullopt;
    const store::Row& row = rows.front();
    claim.id = row.text(0);
    claim.attempts = row.integer(1);
    claim.mail = {.kind = row.text(2),
                  .to = row.text(3),
                  .subject = row.text(4),
                  .text = row.text(5),
                  .html = row.text(6)};
    return claim;
}

// Doubles with each try; the jitter keeps a thousand mails that failed together from coming back together.
std::int64_t pause_after(std::int64_t attempts) {
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 20);
    const std::int64_t pause_ms = std::min(kFirstPause_ms << doublings, kLongestPause_ms);
    const auto chance = static_cast<unsigned char>(base::random_bytes(1)[0]);  // 0 to 255: -25 % to +25 %
    return pause_ms + pause_ms / 4 * (chance - 128) / 128;
}

// Each of these leaves the row alone when the lease has passed to another server meanwhile.
base::Status mark_sent(store::Database& database, const Claim& claim) {
    TRY(database.execute(
        "UPDATE outbox SET state = 'sent', ended_at = now_ms(), to_address = '', subject = '', "
        "text = '', html = '', account_id = NULL WHERE id = ? AND lease_token = ?",
        {claim.id, claim.lease_token}));
    return {};
}
base::Status mark_dead(store::Database& database, const Claim& claim) {
    TRY(database.execute(
        "UPDATE outbox SET state = 'dead', ended_at = now_ms() WHERE id = ? AND lease_token = ?",
        {claim.id, claim.lease_token}));
    return {};
}
base::Status put_off(store::Database& database, const Claim& claim) {
    TRY(
        database.execute("UPDATE outbox SET state = 'queued', lease_until = 0, next_at = now_ms() + ? "
                         "WHERE id = ? AND lease_token = ?",
                         {pause_after(claim.attempts), claim.id, claim.lease_token}));
    return {};
}

}  // namespace

base::Status enqueue(store::Transaction& transaction, const Mail& mail) {
    return insert(transaction, mail, mail.to, 0);
}

base::Status enqueue_nothing(store::Transaction& transaction, const Mail& mail) {
    return insert(transaction, mail, {}, kNever_ms);
}

base::Result<Deliveries> deliver_some(store::Database& database, Sender& sender, int at_most) {
    Deliveries deliveries;
    for (int i = 0; i < at_most; ++i) {
        const std::optional<Claim> claim =
            TRY(database.write([](store::Transaction& transaction) { return claim_next(transaction); }));
        if (!claim) break;
        const base::Status sent = sender.send(claim->mail);
        if (sent) {
            TRY_VOID(mark_sent(database, *claim));
            ++deliveries.sent;
        } else if (sent.error().retry == base::Retry::may_help && claim->attempts < kMostAttempts) {
            TRY_VOID(put_off(database, *claim));
            ++deliveries.put_off;
        } else {
            log::failure("mail given up", sent.error(), {{"mail", claim->id}, {"kind", claim->mail.kind}});
            TRY_VOID(mark_dead(database, *claim));
            ++deliveries.dead;
        }
    }
    return deliveries;
}

base::Result<std::int64_t> retry_dead(store::Database& database) {
    return database.write([](store::Transaction& transaction) -> base::Result<std::int64_t> {
        transaction.notify(kChannel);
        return transaction.execute(
            "UPDATE outbox SET state = 'queued', attempts = 0, lease_until = 0, next_at = now_ms(), ended_at "
            "= NULL "
            "WHERE state = 'dead' AND to_address <> ''");
    });
}

base::Result<Swept> sweep(store::Database& database) {
    return database.write([](store::Transaction& transaction) -> base::Result<Swept> {
        Swept swept;
        swept.erased = TRY(transaction.execute(
            "UPDATE outbox SET to_address = '', subject = '', text = '', html = '', account_id = NULL "
            "WHERE state = 'dead' AND ended_at <= now_ms() - ? AND to_address <> ''",
            {kDeadKept_ms}));
        swept.removed = TRY(transaction.execute(
            "DELETE FROM outbox WHERE state IN ('sent', 'dead') AND ended_at <= now_ms() - ?",
            {kRowKept_ms}));
        swept.removed +=
            TRY(transaction.execute("DELETE FROM outbox WHERE state = 'queued' AND to_address = ''"));
        return swept;
    });
}

}  // namespace mmx::mail
