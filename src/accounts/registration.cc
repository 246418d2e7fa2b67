#include "accounts/registration.h"

#include "accounts/account_table.h"
#include "accounts/links.h"
#include "accounts/text.h"
#include "accounts/tries.h"
#include "base/secrets.h"
#include "mail/letters.h"

namespace mmx::accounts {
namespace {

constexpr std::size_t kMostVersionCharacters = 64;

base::Status check_declarations(const Settings& settings, const Registration& registration) {
    if (!registration.age_confirmed) {
        return base::fail_field(
            "age_confirmed",
            "Confirm that you are old enough: 13 years, or 16 in the EU, the EEA and the UK.");
    }
    const std::string& version = registration.terms_version;
    const std::size_t characters = printable_characters(version).value_or(0);
    const bool is_version = characters > 0 && characters <= kMostVersionCharacters;
    if (!is_version || (!settings.terms_version.empty() && version != settings.terms_version)) {
        return base::fail_field("terms_version",
                                "Accept the terms in force. Load the page again to read them.");
    }
    return {};
}

base::Result<bool> is_known(store::Transaction& transaction, const std::string& email) {
    return !TRY(transaction.query("SELECT id FROM accounts WHERE email = ?", {email})).empty();
}

base::Status insert_pending(store::Transaction& transaction, const NewAccount& asked,
                            const std::string& token) {
    TRY(transaction.execute(
        "INSERT INTO pending_registrations (token_hash, email, display_name, password_hash, terms_version, "
        "age_confirmed_at, created_at, expires_at) VALUES (?, ?, ?, ?, ?, now_ms(), now_ms(), now_ms() + ?)",
        {stored_form(token), asked.email, asked.display_name, asked.password_hash, asked.terms_version,
         kRegistrationLife_ms}));
    return {};
}

// A copy with a token of its own, since the first one's is known by its hash only.
base::Result<bool> copy_latest_pending(store::Transaction& transaction, const std::string& email,
                                       const std::string& token) {
    const std::int64_t copied = TRY(transaction.execute(
        "INSERT INTO pending_registrations (token_hash, email, display_name, password_hash, terms_version, "
        "age_confirmed_at, created_at, expires_at) SELECT ?, email, display_name, password_hash, "
        "terms_version, "
        "age_confirmed_at, now_ms(), now_ms() + ? FROM pending_registrations "
        "WHERE email = ? AND expires_at > now_ms() ORDER BY created_at DESC LIMIT 1",
        {stored_form(token), kRegistrationLife_ms, email}));
    return copied > 0;
}

}  // namespace

base::Status register_account(const Registry& registry, const Registration& registration) {
    NewAccount asked;
    asked.email = TRY(normal_email(registration.email));
    asked.display_name = TRY(normal_display_name(registration.display_name));
    asked.terms_version = registration.terms_version;
    TRY_VOID(check_declarations(registry.settings(), registration));
    TRY_VOID(check_password_rules(registration.password, asked.email, asked.display_name));
    // Hashed before anything is looked up, so that known addresses cost the same.
    asked.password_hash = TRY(registry.passwords().hash(registration.password));

    const std::string token = base::random_token();
    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        if (!TRY(may_mail(transaction, registry.counter_key("mail to register", asked.email)))) return {};
        if (TRY(is_known(transaction, asked.email))) {
            return mail::enqueue(transaction, mail::already_registered(asked.email, registry.link("/login"),
                                                                       registry.link("/forgot")));
        }
        TRY_VOID(insert_pending(transaction, asked, token));
        return mail::enqueue(transaction,
                             mail::confirm_registration(asked.email, registry.link("/verify", token)));
    });
}

base::Status resend_verification(const Registry& registry, std::string_view email) {
    const std::string address = TRY(normal_email(email));
    const std::string token = base::random_token();
    return registry.database().write([&](store::Transaction& transaction) -> base::Status {
        if (!TRY(may_mail(transaction, registry.counter_key("mail to register", address)))) return {};
        const bool is_pending = TRY(copy_latest_pending(transaction, address, token));
        if (!is_pending) TRY_VOID(insert_pending(transaction, {}, base::random_token()));  // of nobody
        const mail::Mail letter = mail::confirm_registration(address, registry.link("/verify", token));
        return is_pending ? mail::enqueue(transaction, letter) : mail::enqueue_nothing(transaction, letter);
    });
}

base::Result<Account> verify(const Registry& registry, std::string_view token) {
    return registry.database().write([&](store::Transaction& transaction) -> base::Result<Account> {
        const store::Rows rows = TRY(transaction.query(
            "DELETE FROM pending_registrations WHERE token_hash = ? AND expires_at > now_ms() "
            "RETURNING email, display_name, password_hash, terms_version, age_confirmed_at",
            {stored_form(token)}));
        if (rows.empty()) return fail_link();
        const store::Row& row = rows.front();
        return insert_account(transaction, registry.settings(),
                              {.email = row.text(0),
                               .display_name = row.text(1),
                               .password_hash = row.text(2),
                               .role = Role::user,
                               .terms_version = row.text(3),
                               .age_confirmed_at = row.integer(4)});
    });
}

}  // namespace mmx::accounts
