// Rows of the table "accounts": reading, making and locking them. For this room only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "accounts/registry.h"

namespace mmx::accounts {

// What account_from() reads, of a table that the statement calls "a".
inline constexpr std::string_view kAccountColumns =
    "a.id, a.email, a.display_name, a.role, a.state, a.plan, a.terms_version, a.created_at";
Account account_from(const store::Row& row);

struct NewAccount {
    std::string email, display_name, password_hash;
    Role role = Role::user;
    std::string terms_version;
    std::optional<std::int64_t> age_confirmed_at;
};
// Also drops pending registrations of the address and calls settings.on_created. Kind::conflict when the
// address has an account.
base::Result<Account> insert_account(store::Transaction& transaction, const Settings& settings,
                                     const NewAccount& made);

struct Credentials {
    Account account;
    std::string password_hash;
};
base::Result<std::optional<Credentials>> credentials_of_email(store::Database& database,
                                                              const std::string& email);
base::Result<std::optional<Credentials>> credentials_of_id(store::Database& database,
                                                           const std::string& account_id);
// The same, and until the transaction ends nobody else changes the account.
base::Result<std::optional<Credentials>> locked_account(store::Transaction& transaction,
                                                        const std::string& account_id);

// Only where it still is `old_hash`; says whether it was. Ends all links of the account.
base::Result<bool> replace_password(store::Transaction& transaction, const std::string& account_id,
                                    const std::string& old_hash, const std::string& new_hash);

// Until the transaction ends nobody else makes, demotes or suspends an administrator.
base::Status lock_administrators(store::Transaction& transaction);

}  // namespace mmx::accounts
