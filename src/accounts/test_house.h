// An account registry over a fresh database, with the mails that it would send, for this room's tests.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "accounts/accounts.h"
#include "store/test_database.h"

namespace mmx::accounts {

inline const std::string kPassword = "grey otters play chess";
inline const std::string kOtherPassword = "seven lamps under rain";

struct House {
    explicit House(store::Dialect dialect, int bcrypt_cost = 4)
        : database(dialect), registry(*database, settings(bcrypt_cost)) {}

    static Settings settings(int bcrypt_cost) {
        Settings settings;
        settings.public_url = "https://music.example";
        settings.pepper = std::string(32, 'p');
        settings.bcrypt_cost = bcrypt_cost;
        return settings;
    }

    struct Letter {
        std::string kind, to, subject, text, html;
        // What stands behind "#token=", or nothing.
        std::string token() const {
            const std::size_t at = text.find("#token=");
            return at == text.npos ? "" : text.substr(at + 7, text.find('\n', at) - at - 7);
        }
    };
    std::vector<Letter> letters() const {
        const auto rows = database->query(
            "SELECT kind, to_address, subject, text, html FROM outbox WHERE to_address <> '' ORDER BY id");
        std::vector<Letter> found;
        for (const store::Row& row : rows.value()) {
            found.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
        }
        return found;
    }
    std::vector<Letter> letters_to(const std::string& to, const std::string& kind) const {
        std::vector<Letter> found;
        for (const Letter& letter : letters()) {
            if (letter.to == to && letter.kind == kind) found.push_back(letter);
        }
        return found;
    }
    // The token of the only such letter.
    std::string token_of(const std::string& to, const std::string& kind) const {
        const auto found = letters_to(to, kind);
        EXPECT_EQ(found.size(), 1u) << kind << " to " << to;
        return found.empty() ? "" : found.front().token();
    }
    void forget_letters() const { ASSERT_TRUE(database->execute("DELETE FROM outbox")); }
    // What would take an hour or a day: the counters forget, as if it had passed.
    void forget_tries() const { ASSERT_TRUE(database->execute("DELETE FROM login_attempts")); }

    Registration asking(const std::string& email, const std::string& password = kPassword) const {
        return {.email = email,
                .display_name = "Somebody",
                .password = password,
                .age_confirmed = true,
                .terms_version = "1"};
    }
    Account make_account(const std::string& email = "someone@example.com",
                         const std::string& password = kPassword) const {
        EXPECT_TRUE(register_account(registry, asking(email, password)));
        const auto account = verify(registry, token_of(email, "confirm_registration"));
        EXPECT_TRUE(account) << account.error().tell_user << account.error().tell_log;
        forget_letters();
        return account.value();
    }
    SignedIn sign_in(const std::string& email = "someone@example.com",
                     const std::string& password = kPassword) const {
        const auto signed_in =
            log_in(registry, email, password, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        EXPECT_TRUE(signed_in) << signed_in.error().tell_user << signed_in.error().tell_log;
        return signed_in.value();
    }
    bool is_signed_in(const std::string& token) const {
        return look_up(registry, token, Activity::does_not_count).has_value();
    }
    std::int64_t count(const std::string& sql, const store::Parameters& parameters = {}) const {
        return database->query("SELECT COUNT(*) FROM " + sql, parameters).value().front().integer(0);
    }
    void age(const std::string& update, const store::Parameters& parameters = {}) const {
        const auto changed = database->execute("UPDATE " + update, parameters);
        ASSERT_TRUE(changed) << changed.error().tell_log;
        ASSERT_GT(*changed, 0) << update;
    }

    store::FreshDatabase database;
    Registry registry;
};

// Runs it on that many threads at once; says how often it succeeded.
template <class Work>
int successes_of(int threads, const Work& work) {
    std::vector<std::thread> crew;
    std::vector<char> outcomes(static_cast<std::size_t>(threads), 0);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        crew.emplace_back([&, i] { outcomes[i] = work(static_cast<int>(i)) ? 1 : 0; });
    }
    for (std::thread& thread : crew) thread.join();
    int successes = 0;
    for (const char outcome : outcomes) successes += outcome;
    return successes;
}

template <class T>
std::string field_of(const base::Result<T>& result) {
    return result ? "no error" : result.error().field;
}
template <class T>
std::optional<base::Kind> kind_of(const base::Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().kind);
}

// A suite of this name over both databases, each test with a house of its own.
#define ON_BOTH_DATABASES(suite)                                                         \
    class suite : public testing::TestWithParam<mmx::store::Dialect> {                   \
      protected:                                                                         \
        mmx::accounts::House house{GetParam()};                                          \
        const mmx::accounts::Registry& registry = house.registry;                        \
    };                                                                                   \
    INSTANTIATE_TEST_SUITE_P(On, suite, testing::ValuesIn(mmx::store::test_databases()), \
                             mmx::store::test_name)

}  // namespace mmx::accounts
