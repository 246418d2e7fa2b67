#include "accounts/set_up.h"

#include "accounts/account_table.h"
#include "accounts/links.h"
#include "accounts/open_session.h"
#include "base/secrets.h"

namespace mmx::accounts {
namespace {

base::Result<bool> administrator_exists(store::Transaction& transaction) {
    return !TRY(transaction.query("SELECT id FROM accounts WHERE role = 'administrator' LIMIT 1")).empty();
}

tl::unexpected<base::Error> fail_setup_link() {
    return base::fail_field(
        "token",
        "This link is not good any more: it was used, or its hour is over. Restart the service "
        "for a new one.");
}

// The link is good and nobody is administrator. Strangers are turned away with it before anything is hashed.
base::Status check_link(store::Transaction& transaction, std::string_view token) {
    if (TRY(administrator_exists(transaction))) {
        return base::fail(base::Kind::conflict, "The service is set up already. Log in.");
    }
    const store::Rows rows = TRY(transaction.query(
        "SELECT token_hash FROM setup_tokens WHERE token_hash = ? AND expires_at > now_ms()",
        {stored_form(token)}));
    if (rows.empty()) return fail_setup_link();
    return {};
}

base::Result<NewAccount> prepared(const Registry& registry, std::string_view email,
                                  std::string_view display_name, std::string_view password) {
    NewAccount made;
    made.email = TRY(normal_email(email));
    made.display_name = TRY(normal_display_name(display_name));
    TRY_VOID(check_password_rules(password, made.email, made.display_name));
    made.password_hash = TRY(registry.passwords().hash(password));
    made.role = Role::administrator;
    made.terms_version = registry.settings().terms_version;
    return made;
}

}  // namespace

base::Result<bool> has_administrator(const Registry& registry) {
    return registry.database().read(
        [](store::Transaction& transaction) { return administrator_exists(transaction); });
}

base::Result<std::optional<std::string>> make_setup_link(const Registry& registry) {
    const std::string token = base::random_token();
    const bool is_made =
        TRY(registry.database().write([&](store::Transaction& transaction) -> base::Result<bool> {
            TRY_VOID(lock_administrators(transaction));
            if (TRY(administrator_exists(transaction))) return false;
            TRY(
                transaction.execute("INSERT INTO setup_tokens (token_hash, created_at, expires_at) VALUES "
                                    "(?, now_ms(), now_ms() + ?)",
                                    {stored_form(token), kLinkLife_ms}));
            return true;
        }));
    if (!is_made) return std::nullopt;
    return registry.link("/setup", token);
}

base::Result<SignedIn> set_up(const Registry& registry, const FirstAdministrator& first,
                              std::string_view user_agent) {
    const auto check = [&](store::Transaction& transaction) { return check_link(transaction, first.token); };
    TRY_VOID(registry.database().read(check));
    const NewAccount made = TRY(prepared(registry, first.email, first.display_name, first.password));
    return registry.database().write([&](store::Transaction& transaction) -> base::Result<SignedIn> {
        TRY_VOID(lock_administrators(transaction));
        TRY_VOID(check(transaction));
        TRY(transaction.execute("DELETE FROM setup_tokens"));
        const Account account = TRY(insert_account(transaction, registry.settings(), made));
        return open_session(transaction, account, user_agent);
    });
}

base::Result<Account> make_administrator(const Registry& registry, std::string_view email,
                                         std::string_view display_name, std::string_view password) {
    const NewAccount made = TRY(prepared(registry, email, display_name, password));
    return registry.database().write([&](store::Transaction& transaction) -> base::Result<Account> {
        TRY_VOID(lock_administrators(transaction));
        TRY(transaction.execute("DELETE FROM setup_tokens"));
        return insert_account(transaction, registry.settings(), made);
    });
}

}  // namespace mmx::accounts
