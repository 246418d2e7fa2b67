#include <charconv>
#include <optional>

#include "accounts/account_table.h"
#include "accounts/administration.h"
#include "accounts/text.h"

namespace mmx::accounts {
namespace {

constexpr int kMostPerPage = 200;

// Where a page ended: the last account's age and id, so that accounts made meanwhile shift nothing.
struct Place {
    std::int64_t created_at = 0;
    std::string id;
};

std::string to_cursor(const Account& account) {
    return std::to_string(account.created_at) + "-" + account.id;
}

std::optional<Place> place_of(std::string_view cursor) {
    Place place;
    const char* end = cursor.data() + cursor.size();
    const auto [rest, error] = std::from_chars(cursor.data(), end, place.created_at);
    if (error != std::errc() || rest == end || *rest != '-') return std::nullopt;
    place.id = std::string(rest + 1, end);
    if (place.id.empty() || !printable_characters(place.id)) return std::nullopt;
    return place;
}

// '%', '_' and the escape itself mean themselves.
std::string like_anywhere(std::string_view text) {
    std::string pattern = "%";
    for (const char c : lower_case(text)) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

base::Result<AccountPage> list_accounts(const Registry& registry, const AccountQuery& query) {
    if (query.limit < 1 || query.limit > kMostPerPage) {
        return base::fail_field("limit",
                                "The limit must lie between 1 and " + std::to_string(kMostPerPage) + ".");
    }
    std::string conditions = "1 = 1";
    store::Parameters parameters;
    if (const std::string_view text = trimmed(query.text); !text.empty()) {
        if (!printable_characters(text))
            return base::fail_field("q", "The text to look for is not readable.");
        conditions += " AND (a.email LIKE ? ESCAPE '!' OR lower(a.display_name) LIKE ? ESCAPE '!')";
        parameters.insert(parameters.end(), 2, like_anywhere(text));
    }
    if (!query.cursor.empty()) {
        const std::optional<Place> place = place_of(query.cursor);
        if (!place)
            return base::fail_field("cursor", "The cursor is not one of ours. Start from the first page.");
        conditions += " AND (a.created_at, a.id) < (?, ?)";
        parameters.insert(parameters.end(), {place->created_at, place->id});
    }
    parameters.push_back(query.limit + 1);  // one more shows whether another page follows
    const store::Rows rows =
        TRY(registry.database().query("SELECT " + std::string(kAccountColumns) + " FROM accounts a WHERE " +
                                          conditions + " ORDER BY a.created_at DESC, a.id DESC LIMIT ?",
                                      parameters));
    AccountPage page;
    for (const store::Row& row : rows) page.accounts.push_back(account_from(row));
    if (page.accounts.size() > static_cast<std::size_t>(query.limit)) {
        page.accounts.pop_back();
        page.next_cursor = to_cursor(page.accounts.back());
    }
    return page;
}

}  // namespace mmx::accounts
