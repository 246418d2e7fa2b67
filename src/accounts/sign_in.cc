#include "accounts/sign_in.h"

#include "accounts/account_table.h"
#include "accounts/confirm.h"
#include "accounts/open_session.h"
#include "accounts/text.h"
#include "accounts/tries.h"

namespace mmx::accounts {
namespace {

tl::unexpected<base::Error> fail_unknown() {
    return base::fail(base::Kind::not_signed_in, "The address or the password is wrong.");
}

// What can be no address has no account; its tries are counted all the same.
base::Result<std::optional<Credentials>> find(const Registry& registry, std::string_view email) {
    const base::Result<std::string> normal = normal_email(email);
    if (!normal) return std::nullopt;
    return credentials_of_email(registry.database(), *normal);
}

bool is_right(const PasswordHasher& passwords, const std::optional<Credentials>& known,
              std::string_view password) {
    return known ? passwords.matches(password, known->password_hash) : passwords.matches_nobody(password);
}

// A failure here costs nothing but a later rehash, so it is no reason to keep anybody out.
std::optional<std::string> renewed_hash(const PasswordHasher& passwords, const Credentials& known,
                                        std::string_view password) {
    if (!passwords.is_outdated(known.password_hash)) return std::nullopt;
    const base::Result<std::string> hash = passwords.hash(password);
    return hash ? std::optional(*hash) : std::nullopt;
}

}  // namespace

std::string login_key(const Registry& registry, std::string_view email) {
    return registry.counter_key("login", lower_case(trimmed(email)));
}

base::Result<SignedIn> log_in(const Registry& registry, std::string_view email, std::string_view password,
                              std::string_view user_agent) {
    const std::string key = login_key(registry, email);
    TRY_VOID(claim_try(registry.database(), key));
    const std::optional<Credentials> known = TRY(find(registry, email));
    if (!is_right(registry.passwords(), known, password)) return fail_unknown();

    const std::optional<std::string> renewed = renewed_hash(registry.passwords(), *known, password);
    const std::optional<SignedIn> signed_in = TRY(registry.database().write(
        [&](store::Transaction& transaction) -> base::Result<std::optional<SignedIn>> {
            TRY_VOID(clear_tries(transaction, key));
            // Looked at again under its lock: a suspension or a new password may have come during the
            // hashing.
            const std::optional<Credentials> now = TRY(locked_account(transaction, known->account.id));
            if (!now || now->password_hash != known->password_hash) return fail_unknown();
            if (now->account.state == State::suspended) return std::nullopt;
            if (renewed) {
                TRY(transaction.execute("UPDATE accounts SET password_hash = ? WHERE id = ?",
                                        {*renewed, now->account.id}));
            }
            return TRY(open_session(transaction, now->account, user_agent));
        }));
    if (!signed_in) {
        return base::fail(
            base::Kind::not_allowed,
            "This account is suspended. Write to the support address if you think that is wrong.");
    }
    return *signed_in;
}

base::Result<std::string> confirmed_hash(const Registry& registry, const std::string& account_id,
                                         std::string_view password, std::string_view field) {
    const std::string key = confirm_key(registry, account_id);
    TRY_VOID(claim_try(registry.database(), key));
    const std::optional<Credentials> known = TRY(credentials_of_id(registry.database(), account_id));
    if (!is_right(registry.passwords(), known, password)) {
        return base::fail_field(std::string(field), "The password is wrong.");
    }
    TRY_VOID(registry.database().write(
        [&](store::Transaction& transaction) { return clear_tries(transaction, key); }));
    return known->password_hash;
}

std::string confirm_key(const Registry& registry, const std::string& account_id) {
    return registry.counter_key("confirm", account_id);
}

base::Status confirm_password(const Registry& registry, const std::string& account_id,
                              std::string_view password, std::string_view field) {
    TRY(confirmed_hash(registry, account_id, password, field));
    return {};
}

}  // namespace mmx::accounts
