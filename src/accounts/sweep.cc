#include "accounts/sweep.h"

#include "accounts/sessions.h"

namespace mmx::accounts {
namespace {

// Longer than any pause or window; afterwards even the keyed hash of the address is gone.
constexpr std::int64_t kCountersKept_ms = 2LL * 3600 * 1000;

}  // namespace

base::Result<Swept> sweep(const Registry& registry) {
    return registry.database().write([](store::Transaction& transaction) -> base::Result<Swept> {
        Swept swept;
        swept.sessions = TRY(transaction.execute(
            "DELETE FROM sessions WHERE ends_at <= now_ms() OR last_active_at <= now_ms() - ?",
            {kIdleEnd_ms}));
        swept.registrations =
            TRY(transaction.execute("DELETE FROM pending_registrations WHERE expires_at <= now_ms()"));
        swept.links = TRY(transaction.execute("DELETE FROM account_tokens WHERE expires_at <= now_ms()")) +
                      TRY(transaction.execute("DELETE FROM setup_tokens WHERE expires_at <= now_ms()"));
        swept.counters = TRY(transaction.execute(
            "DELETE FROM login_attempts WHERE last_at <= now_ms() - ? AND blocked_until <= now_ms()",
            {kCountersKept_ms}));
        return swept;
    });
}

}  // namespace mmx::accounts
