#include "accounts/registry.h"

#include <algorithm>

#include "accounts/account_table.h"
#include "accounts/text.h"
#include "base/secrets.h"

namespace mmx::accounts {
namespace {

constexpr std::size_t kMostEmailBytes = 254, kMostLocalPartBytes = 64, kMostNameCharacters = 60;

// RFC 5321's dot-string; quoted local parts exist on paper only.
bool is_local_part(std::string_view text) {
    constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~.";
    if (text.empty() || text.size() > kMostLocalPartBytes) return false;
    if (text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return is_ascii_letter(c) || is_ascii_digit(c) || kSigns.find(c) != kSigns.npos;
    });
}

bool is_domain_label(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '-'; });
}

bool is_domain(std::string_view text) {
    if (text.find('.') == text.npos && text != "localhost") return false;
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_domain_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text.remove_prefix(dot + 1);
    }
}

base::Result<Account> account_or_not_found(base::Result<std::optional<Credentials>> found) {
    const std::optional<Credentials> credentials = TRY(std::move(found));
    if (!credentials) return base::fail(base::Kind::not_found, "There is no such account.");
    return credentials->account;
}

}  // namespace

std::string_view to_text(Role role) {
    switch (role) {
        case Role::user:
            return "user";
        case Role::reviewer:
            return "reviewer";
        case Role::administrator:
            return "administrator";
    }
    return "user";
}
std::string_view to_text(State state) {
    return state == State::active ? "active" : "suspended";
}
base::Result<Role> role_of(std::string_view text) {
    for (const Role role : {Role::user, Role::reviewer, Role::administrator}) {
        if (text == to_text(role)) return role;
    }
    return base::fail_field("role", "The role must be user, reviewer or administrator.");
}

Registry::Registry(store::Database& database, Settings settings)
    : database_(database),
      settings_(std::move(settings)),
      passwords_(settings_.pepper, settings_.bcrypt_cost),
      counter_secret_(base::hkdf_sha256(settings_.pepper, "mmx counters")) {}

std::string Registry::counter_key(std::string_view purpose, std::string_view of) const {
    const std::string message = std::string(purpose) + '\n' + std::string(of);
    return base::to_hex(base::hmac_sha256(counter_secret_, message));
}

std::string Registry::link(std::string_view page, std::string_view token) const {
    std::string link = settings_.public_url + std::string(page);
    if (!token.empty()) link += "#token=" + std::string(token);
    return link;
}

base::Result<std::string> normal_email(std::string_view email) {
    const std::string normal = lower_case(trimmed(email));
    const std::size_t at = normal.rfind('@');
    if (at == normal.npos || normal.size() > kMostEmailBytes || !is_local_part(normal.substr(0, at)) ||
        !is_domain(normal.substr(at + 1))) {
        return base::fail_field("email",
                                "This is not an email address that mail can be sent to. It looks like "
                                "name@example.org, in plain Latin letters, with at most 254 of them.");
    }
    return normal;
}

base::Result<std::string> normal_display_name(std::string_view name) {
    const std::string_view normal = trimmed(name);
    const std::optional<std::size_t> characters = printable_characters(normal);
    if (!characters || *characters < 1 || *characters > kMostNameCharacters) {
        return base::fail_field(
            "display_name", "The name needs 1 to 60 characters, without line breaks or control characters.");
    }
    return std::string(normal);
}

base::Result<Account> account_by_id(store::Database& database, const std::string& account_id) {
    return account_or_not_found(credentials_of_id(database, account_id));
}
base::Result<Account> account_by_email(store::Database& database, std::string_view email) {
    return account_or_not_found(credentials_of_email(database, TRY(normal_email(email))));
}

}  // namespace mmx::accounts
