#include "accounts/links.h"

#include "base/secrets.h"

namespace mmx::accounts {
namespace {

std::string_view to_text(Purpose purpose) {
    return purpose == Purpose::reset ? "reset" : "email";
}

base::Result<Link> link_from(const store::Rows& rows) {
    if (rows.empty()) return fail_link();
    return Link{rows.front().text(0), rows.front().maybe_text(1).value_or("")};
}

base::Status insert(store::Transaction& transaction, const std::string& token,
                    const std::optional<std::string>& account_id, Purpose purpose,
                    const std::optional<std::string>& new_email) {
    TRY(transaction.execute(
        "INSERT INTO account_tokens (token_hash, account_id, purpose, new_email, created_at, "
        "expires_at) VALUES (?, ?, ?, ?, now_ms(), now_ms() + ?)",
        {stored_form(token), account_id, to_text(purpose), new_email, kLinkLife_ms}));
    return {};
}

}  // namespace

std::string stored_form(std::string_view token) {
    return base::to_hex(base::sha256(token));
}

tl::unexpected<base::Error> fail_link() {
    return base::fail_field(
        "token", "This link is not good any more: it was used, or its time is over. Ask for a new one.");
}

base::Result<std::string> make_link_token(store::Transaction& transaction, const std::string& account_id,
                                          Purpose purpose, const std::optional<std::string>& new_email) {
    if (purpose == Purpose::email) {
        TRY(transaction.execute("DELETE FROM account_tokens WHERE account_id = ? AND purpose = 'email'",
                                {account_id}));
    }
    std::string token = base::random_token();
    TRY_VOID(insert(transaction, token, account_id, purpose, new_email));
    return token;
}

base::Status make_no_link(store::Transaction& transaction, Purpose purpose) {
    return insert(transaction, base::random_token(), std::nullopt, purpose, std::nullopt);
}

base::Result<Link> use_link(store::Transaction& transaction, std::string_view token, Purpose purpose) {
    return link_from(TRY(transaction.query(
        "DELETE FROM account_tokens WHERE token_hash = ? AND purpose = ? "
        "AND account_id IS NOT NULL AND expires_at > now_ms() RETURNING account_id, new_email",
        {stored_form(token), to_text(purpose)})));
}

base::Result<Link> look_at_link(store::Database& database, std::string_view token, Purpose purpose) {
    return link_from(
        TRY(database.query("SELECT account_id, new_email FROM account_tokens WHERE token_hash = ? "
                           "AND purpose = ? AND expires_at > now_ms()",
                           {stored_form(token), to_text(purpose)})));
}

}  // namespace mmx::accounts
