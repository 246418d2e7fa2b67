#include "accounts/passwords.h"

#include <crypt.h>

#include <algorithm>
#include <memory>

#include "accounts/common_passwords.h"
#include "accounts/text.h"
#include "base/secrets.h"

namespace mmx::accounts {
namespace {

constexpr std::size_t kLeastBytes = 10, kMostBytes = 1024;

// The parts of an address or name that a password must not be made of.
bool is_made_of(std::string_view password, std::string_view word) {
    const std::string given = lower_case(password), part = lower_case(trimmed(word));
    if (part.size() < 3) return false;
    return given == part || without_ornaments(given) == part ||
           (!without_ornaments(part).empty() && without_ornaments(given) == without_ornaments(part));
}

// crypt_data holds 32 KB: too much for the stack of a pool thread.
std::string bcrypt(const std::string& secret, const std::string& salt) {
    const auto data = std::make_unique<crypt_data>();
    const char* hash = crypt_r(secret.c_str(), salt.c_str(), data.get());
    return hash == nullptr || hash[0] == '*' ? std::string() : std::string(hash);
}

std::string new_salt(int cost) {
    const std::string random = base::random_bytes(16);
    char salt[CRYPT_GENSALT_OUTPUT_SIZE];
    const char* made = crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), random.data(),
                                        static_cast<int>(random.size()), salt, sizeof(salt));
    return made == nullptr ? std::string() : std::string(made);
}

std::string prepared(const std::string& key, std::string_view password) {
    return base::to_base64(base::hmac_sha256(key, password));  // 44 characters
}

}  // namespace

base::Status check_password_rules(std::string_view password, std::string_view email,
                                  std::string_view display_name) {
    if (password.size() < kLeastBytes) {
        return base::fail_field("password", "The password is too short: it needs at least 10 characters.");
    }
    if (password.size() > kMostBytes) {
        return base::fail_field("password", "The password is too long: at most 1024 bytes are allowed.");
    }
    if (is_common_password(password)) {
        return base::fail_field("password",
                                "This password is one that is tried first. Choose one that is hard to guess, "
                                "for example four words that do not belong together.");
    }
    const std::string_view local_part = email.substr(0, email.find('@'));
    for (const std::string_view word : {email, local_part, display_name}) {
        if (is_made_of(password, word)) {
            return base::fail_field("password", "The password must not be your email address or your name.");
        }
    }
    return {};
}

PasswordHasher::PasswordHasher(std::string_view pepper, int cost)
    : key_(base::hkdf_sha256(pepper, "mmx passwords")), cost_(std::clamp(cost, 4, 16)) {
    nobody_ = bcrypt(prepared(key_, base::random_token()), new_salt(cost_));
}

base::Result<std::string> PasswordHasher::hash(std::string_view password) const {
    std::string hash = bcrypt(prepared(key_, password), new_salt(cost_));
    if (hash.empty()) {
        return base::fail(base::Kind::internal, "The password could not be stored. Try again later.",
                          "crypt_r knows no $2b$");
    }
    return hash;
}

bool PasswordHasher::matches(std::string_view password, const std::string& hash) const {
    const std::string again = bcrypt(prepared(key_, password), hash);
    return !again.empty() && base::equal_in_constant_time(again, hash);
}

bool PasswordHasher::matches_nobody(std::string_view password) const {
    static_cast<void>(matches(password, nobody_));
    return false;
}

bool PasswordHasher::is_outdated(std::string_view hash) const {
    const std::string cost = {static_cast<char>('0' + cost_ / 10), static_cast<char>('0' + cost_ % 10)};
    return !hash.starts_with("$2b$" + cost + "$");
}

}  // namespace mmx::accounts
