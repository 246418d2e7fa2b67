#include "accounts/recovery.h"

#include "accounts/account_table.h"
#include "accounts/confirm.h"
#include "accounts/links.h"
#include "accounts/open_session.h"
#include "accounts/tries.h"
#include "base/secrets.h"
#include "mail/letters.h"

namespace mmx::accounts {
namespace {

base::Result<std::optional<Account>> account_of_email(store::Transaction& transaction,
                                                      const std::string& email) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT " + std::string(kAccountColumns) + " FROM accounts a WHERE a.email = ?", {email}));
    if (rows.empty()) return std::nullopt;
    return account_from(rows.front());
}

mail::Owner owner_of(const Account& account) {
    return {.address = account.email, .display_name = account.display_name, .account_id = account.id};
}

}  // namespace

base::Status forgot_password(const Registry& registry, std::string_view email) {
    const std::string address = TRY(normal_email(email));
    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        if (!TRY(may_mail(transaction, registry.counter_key("mail to reset", address)))) return {};
        const std::optional<Account> account = TRY(account_of_email(transaction, address));
        if (!account) {
            TRY_VOID(make_no_link(transaction, Purpose::reset));
            const mail::Owner nobody{.address = address, .display_name = {}, .account_id = {}};
            return mail::enqueue_nothing(
                transaction, mail::reset_password(nobody, registry.link("/reset", base::random_token())));
        }
        const std::string token = TRY(make_link_token(transaction, account->id, Purpose::reset));
        return mail::enqueue(transaction,
                             mail::reset_password(owner_of(*account), registry.link("/reset", token)));
    });
}

base::Status reset_password(const Registry& registry, std::string_view token, std::string_view password) {
    const Link link = TRY(look_at_link(registry.database(), token, Purpose::reset));
    const Account account = TRY(account_by_id(registry.database(), link.account_id));
    TRY_VOID(check_password_rules(password, account.email, account.display_name));
    const std::string hash = TRY(registry.passwords().hash(password));

    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        const std::optional<Credentials> now = TRY(locked_account(transaction, link.account_id));
        if (!now) return fail_link();
        TRY(use_link(transaction, token, Purpose::reset));
        TRY(replace_password(transaction, now->account.id, now->password_hash, hash));
        TRY(end_sessions_but(transaction, now->account.id, {}));
        // Whoever reads the owner's mail need not wait for the pauses that somebody else's guesses brought.
        TRY_VOID(clear_tries(transaction, login_key(registry, now->account.email)));
        TRY_VOID(clear_tries(transaction, confirm_key(registry, now->account.id)));
        return mail::enqueue(transaction,
                             mail::password_changed(owner_of(now->account), registry.link("/forgot")));
    });
}

}  // namespace mmx::accounts
