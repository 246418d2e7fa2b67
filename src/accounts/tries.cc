#include "accounts/tries.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace mmx::accounts {
namespace {

constexpr std::int64_t kSecond_ms = 1000, kMinute_ms = 60 * kSecond_ms;
constexpr std::int64_t kFreeTries = 10, kWindow_ms = 15 * kMinute_ms;
constexpr std::int64_t kFirstPause_ms = 30 * kSecond_ms, kLongestPause_ms = 15 * kMinute_ms;
constexpr std::int64_t kMailsAnHour = 5, kMailWindow_ms = 60 * kMinute_ms;

// The count with this try, or nothing while a pause lasts. A window that is over, and whose last pause has
// been over for as long, starts anew. One statement: of two at once, each sees the other's count.
base::Result<std::optional<std::int64_t>> count_try(store::Transaction& transaction, const std::string& key,
                                                    std::int64_t window_ms) {
    const std::string is_over =
        "login_attempts.since_at <= now_ms() - ? AND login_attempts.blocked_until <= now_ms() - ?";
    const store::Rows rows = TRY(transaction.query(
        "INSERT INTO login_attempts (key_hash, failures, since_at, last_at, blocked_until) "
        "VALUES (?, 1, now_ms(), now_ms(), 0) ON CONFLICT (key_hash) DO UPDATE SET "
        "failures = CASE WHEN " +
            is_over + " THEN 1 ELSE login_attempts.failures + 1 END, since_at = CASE WHEN " + is_over +
            " THEN now_ms() ELSE login_attempts.since_at END, last_at = now_ms() "
            "WHERE login_attempts.blocked_until <= now_ms() RETURNING failures",
        {key, window_ms, window_ms, window_ms, window_ms}));
    if (rows.empty()) return std::nullopt;
    return rows.front().integer(0);
}

std::int64_t pause_after(std::int64_t failures) {
    const std::int64_t doublings = std::clamp<std::int64_t>(failures - kFreeTries, 0, 20);
    return std::min(kFirstPause_ms << doublings, kLongestPause_ms);
}

base::Result<std::int64_t> seconds_left(store::Transaction& transaction, const std::string& key) {
    const store::Rows rows = TRY(
        transaction.query("SELECT blocked_until - now_ms() FROM login_attempts WHERE key_hash = ?", {key}));
    const std::int64_t left_ms = rows.empty() ? 0 : rows.front().integer(0);
    return std::max<std::int64_t>(1, (left_ms + kSecond_ms - 1) / kSecond_ms);
}

// Nothing, or the seconds to wait.
base::Result<std::optional<std::int64_t>> claim(store::Transaction& transaction, const std::string& key) {
    const std::optional<std::int64_t> failures = TRY(count_try(transaction, key, kWindow_ms));
    if (!failures) return TRY(seconds_left(transaction, key));
    if (*failures >= kFreeTries) {
        TRY(transaction.execute("UPDATE login_attempts SET blocked_until = now_ms() + ? WHERE key_hash = ?",
                                {pause_after(*failures), key}));
    }
    return std::nullopt;
}

}  // namespace

base::Status claim_try(store::Database& database, const std::string& key) {
    const std::optional<std::int64_t> wait_seconds =
        TRY(database.write([&](store::Transaction& transaction) { return claim(transaction, key); }));
    if (!wait_seconds) return {};
    return base::fail_for_now(base::Kind::too_many,
                              "There were too many failed tries. Wait " + std::to_string(*wait_seconds) +
                                  " seconds, or ask for a new password by mail.",
                              {}, static_cast<int>(*wait_seconds));
}

base::Status clear_tries(store::Transaction& transaction, const std::string& key) {
    TRY(transaction.execute("DELETE FROM login_attempts WHERE key_hash = ?", {key}));
    return {};
}

base::Result<bool> may_mail(store::Transaction& transaction, const std::string& key) {
    const std::optional<std::int64_t> mails = TRY(count_try(transaction, key, kMailWindow_ms));
    return mails && *mails <= kMailsAnHour;
}

}  // namespace mmx::accounts
