#include "accounts/account_table.h"

#include "base/secrets.h"

namespace mmx::accounts {
namespace {

base::Result<std::optional<Credentials>> credentials(store::Transaction& transaction,
                                                     const std::string& condition,
                                                     const std::string& parameter) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT " + std::string(kAccountColumns) + ", a.password_hash FROM accounts a WHERE " + condition,
        {parameter}));
    if (rows.empty()) return std::nullopt;
    return Credentials{account_from(rows.front()), rows.front().text(8)};
}

}  // namespace

Account account_from(const store::Row& row) {
    Account account;
    account.id = row.text(0);
    account.email = row.text(1);
    account.display_name = row.text(2);
    account.role = role_of(row.text(3)).value_or(Role::user);
    account.state = row.text(4) == to_text(State::active) ? State::active : State::suspended;
    account.plan = row.text(5);
    account.terms_version = row.text(6);
    account.created_at = row.integer(7);
    return account;
}

base::Result<Account> insert_account(store::Transaction& transaction, const Settings& settings,
                                     const NewAccount& made) {
    const std::string id = base::random_id();
    const std::int64_t inserted = TRY(transaction.execute(
        "INSERT INTO accounts (id, email, display_name, password_hash, role, state, plan, terms_version, "
        "age_confirmed_at, created_at) VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?, now_ms()) "
        "ON CONFLICT (email) DO NOTHING",
        {id, made.email, made.display_name, made.password_hash, to_text(made.role), settings.first_plan,
         made.terms_version, made.age_confirmed_at}));
    if (inserted == 0) {
        return base::fail(base::Kind::conflict, "This address has an account already. Log in with it.");
    }
    TRY(transaction.execute("DELETE FROM pending_registrations WHERE email = ?", {made.email}));
    if (settings.on_created) TRY_VOID(settings.on_created(transaction, id));
    return TRY(locked_account(transaction, id)).value().account;
}

base::Result<std::optional<Credentials>> credentials_of_email(store::Database& database,
                                                              const std::string& email) {
    return database.read(
        [&](store::Transaction& transaction) { return credentials(transaction, "a.email = ?", email); });
}
base::Result<std::optional<Credentials>> credentials_of_id(store::Database& database,
                                                           const std::string& account_id) {
    return database.read(
        [&](store::Transaction& transaction) { return credentials(transaction, "a.id = ?", account_id); });
}
base::Result<std::optional<Credentials>> locked_account(store::Transaction& transaction,
                                                        const std::string& account_id) {
    return credentials(transaction, "a.id = ?" + std::string(store::for_update(transaction.dialect())),
                       account_id);
}

base::Result<bool> replace_password(store::Transaction& transaction, const std::string& account_id,
                                    const std::string& old_hash, const std::string& new_hash) {
    const std::int64_t replaced =
        TRY(transaction.execute("UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?",
                                {new_hash, account_id, old_hash}));
    if (replaced == 0) return false;
    TRY(transaction.execute("DELETE FROM account_tokens WHERE account_id = ?", {account_id}));
    return true;
}

base::Status lock_administrators(store::Transaction& transaction) {
    TRY(transaction.query("SELECT name FROM account_locks WHERE name = 'administrators'" +
                          std::string(store::for_update(transaction.dialect()))));
    return {};
}

}  // namespace mmx::accounts
