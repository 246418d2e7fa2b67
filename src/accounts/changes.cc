#include "accounts/changes.h"

#include "accounts/account_table.h"
#include "accounts/confirm.h"
#include "accounts/links.h"
#include "accounts/open_session.h"
#include "accounts/sign_in.h"
#include "accounts/tries.h"
#include "mail/letters.h"

namespace mmx::accounts {
namespace {

mail::Owner owner_of(const Session& session) {
    return {.address = session.email, .display_name = session.display_name, .account_id = session.account_id};
}

base::Status tell_new_address(const Registry& registry, store::Transaction& transaction,
                              const Session& session, const std::string& new_email) {
    const bool is_taken =
        !TRY(transaction.query("SELECT id FROM accounts WHERE email = ?", {new_email})).empty();
    if (is_taken) return mail::enqueue(transaction, mail::address_is_taken(new_email));
    const std::string token =
        TRY(make_link_token(transaction, session.account_id, Purpose::email, new_email));
    return mail::enqueue(transaction, mail::confirm_new_address(new_email, session.account_id,
                                                                registry.link("/confirm-email", token)));
}

// Links sent to the old address (a new password, say) end with it.
base::Status replace_email(store::Transaction& transaction, const std::string& account_id,
                           const std::string& new_email) {
    const base::Result<std::int64_t> replaced =
        transaction.execute("UPDATE accounts SET email = ? WHERE id = ?", {new_email, account_id});
    if (!replaced && replaced.error().kind == base::Kind::conflict) {
        return base::fail(base::Kind::conflict, "This address has got an account of its own meanwhile.");
    }
    TRY(base::Result<std::int64_t>(replaced));
    TRY(transaction.execute("DELETE FROM account_tokens WHERE account_id = ?", {account_id}));
    TRY(transaction.execute("DELETE FROM pending_registrations WHERE email = ?", {new_email}));
    return {};
}

}  // namespace

base::Result<std::string> rename(const Registry& registry, const Session& session,
                                 std::string_view display_name) {
    const std::string name = TRY(normal_display_name(display_name));
    const std::int64_t renamed = TRY(registry.database().execute(
        "UPDATE accounts SET display_name = ? WHERE id = ?", {name, session.account_id}));
    if (renamed == 0) return base::fail(base::Kind::not_found, "There is no such account.");
    return name;
}

base::Status change_password(const Registry& registry, const Session& session,
                             std::string_view current_password, std::string_view password) {
    TRY_VOID(check_password_rules(password, session.email, session.display_name));
    const std::string old_hash =
        TRY(confirmed_hash(registry, session.account_id, current_password, "current_password"));
    const std::string new_hash = TRY(registry.passwords().hash(password));

    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        if (!TRY(replace_password(transaction, session.account_id, old_hash, new_hash))) {
            return base::fail_field("current_password", "The password was changed elsewhere just now.");
        }
        TRY(end_sessions_but(transaction, session.account_id, session.id));
        return mail::enqueue(transaction,
                             mail::password_changed(owner_of(session), registry.link("/forgot")));
    });
}

base::Status change_email(const Registry& registry, const Session& session, std::string_view password,
                          std::string_view new_email) {
    const std::string address = TRY(normal_email(new_email));
    if (address == session.email) return base::fail_field("email", "This is the address you have already.");
    TRY_VOID(confirm_password(registry, session.account_id, password));

    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        if (!TRY(may_mail(transaction, registry.counter_key("mail to change", address)))) {
            return base::fail_for_now(
                base::Kind::too_many,
                "This address has been written to several times. Look for our mail there, or "
                "try again in an hour.",
                {}, 3600);
        }
        TRY_VOID(tell_new_address(registry, transaction, session, address));
        return mail::enqueue(
            transaction, mail::address_change_asked(owner_of(session), address, registry.link("/forgot")));
    });
}

base::Result<Account> confirm_email(const Registry& registry, std::string_view token) {
    return registry.database().write([&](store::Transaction& transaction) -> base::Result<Account> {
        const Link link = TRY(use_link(transaction, token, Purpose::email));
        const std::optional<Credentials> before = TRY(locked_account(transaction, link.account_id));
        if (!before) return fail_link();
        TRY_VOID(replace_email(transaction, link.account_id, link.new_email));
        Account account = before->account;
        const mail::Owner owner{
            .address = account.email, .display_name = account.display_name, .account_id = account.id};
        for (const std::string& to : {account.email, link.new_email}) {
            TRY_VOID(mail::enqueue(transaction, mail::address_changed(owner, to, link.new_email)));
        }
        account.email = link.new_email;
        return account;
    });
}

}  // namespace mmx::accounts
