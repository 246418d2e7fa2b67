// Passwords: which are good enough, how they are hashed, and checking one in a time that tells nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mmx::accounts {

// 10 to 1024 bytes, none of the common ones (data/common_passwords.txt), not made of the address or the
// name. Any bytes are allowed and all of them count. Else Kind::invalid_request on the field "password".
base::Status check_password_rules(std::string_view password, std::string_view email,
                                  std::string_view display_name);

// bcrypt ($2b$) of base64(HMAC-SHA-256(pepper, password)): bcrypt alone stops at 72 bytes and at NUL.
// Any thread. At cost 12 each call takes about a quarter of a second.
class PasswordHasher {
  public:
    PasswordHasher(std::string_view pepper, int cost);

    base::Result<std::string> hash(std::string_view password) const;  // with a new salt
    bool matches(std::string_view password, const std::string& hash) const;
    // The same work where there is no account; always false.
    bool matches_nobody(std::string_view password) const;
    // The hash was made with another cost than the one in force.
    bool is_outdated(std::string_view hash) const;

  private:
    std::string key_, nobody_;
    int cost_;
};

}  // namespace mmx::accounts
