#include "accounts/test_house.h"
#include "base/secrets.h"

namespace mmx::accounts {
namespace {

ON_BOTH_DATABASES(P23_BruteForce);

// `count` wrong tries, each after whatever pause the one before brought.
void fail_patiently(const House& house, const std::string& email, int count) {
    for (int i = 0; i < count; ++i) {
        ASSERT_EQ(kind_of(log_in(house.registry, email, kOtherPassword, "")), base::Kind::not_signed_in) << i;
        house.age("login_attempts SET blocked_until = 0");
    }
}

TEST_P(P23_BruteForce, Unknown_address_and_wrong_password_give_the_same_answer) {
    house.make_account();
    const auto unknown = log_in(registry, "stranger@example.com", kPassword, "");
    const auto wrong = log_in(registry, "someone@example.com", kOtherPassword, "");
    const auto no_address = log_in(registry, std::string("no\0address", 10), kPassword, "");
    ASSERT_FALSE(unknown);
    ASSERT_FALSE(wrong);
    ASSERT_FALSE(no_address);
    EXPECT_EQ(unknown.error().kind, base::Kind::not_signed_in);
    for (const auto* other : {&wrong, &no_address}) {
        EXPECT_EQ(other->error().kind, unknown.error().kind);
        EXPECT_EQ(other->error().tell_user, unknown.error().tell_user);
        EXPECT_EQ(other->error().field, unknown.error().field);
    }
}

TEST_P(P23_BruteForce,
       After_ten_failures_a_pause_stops_even_the_right_password_whether_the_account_exists_or_not) {
    house.make_account();
    for (const char* email : {"someone@example.com", "stranger@example.com"}) {
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(kind_of(log_in(registry, email, kOtherPassword, "")), base::Kind::not_signed_in)
                << email << i;
        }
        const auto stopped = log_in(registry, email, kPassword, "");
        ASSERT_EQ(kind_of(stopped), base::Kind::too_many) << email;
        EXPECT_GT(stopped.error().retry_after_seconds, 20);
        EXPECT_LE(stopped.error().retry_after_seconds, 30);
        EXPECT_EQ(stopped.error().retry, base::Retry::may_help);
    }
}

TEST_P(P23_BruteForce, The_pause_is_over_by_itself_and_the_right_password_clears_the_count) {
    house.make_account();
    for (int i = 0; i < 10; ++i) ASSERT_FALSE(log_in(registry, "someone@example.com", kOtherPassword, ""));
    ASSERT_EQ(kind_of(log_in(registry, "someone@example.com", kPassword, "")), base::Kind::too_many);
    house.age("login_attempts SET blocked_until = blocked_until - 30000");
    house.sign_in();
    fail_patiently(house, "someone@example.com", 9);
    house.sign_in();
}

TEST_P(P23_BruteForce, Pauses_grow_up_to_15_minutes_and_never_beyond) {
    int longest = 0;
    for (int failures = 1; failures <= 20; ++failures) {
        ASSERT_EQ(kind_of(log_in(registry, "stranger@example.com", kOtherPassword, "")),
                  base::Kind::not_signed_in);
        if (failures < 10) continue;
        const auto stopped = log_in(registry, "stranger@example.com", kOtherPassword, "");
        ASSERT_EQ(kind_of(stopped), base::Kind::too_many);
        EXPECT_GE(stopped.error().retry_after_seconds, std::min(longest, 895));
        longest = std::max(longest, stopped.error().retry_after_seconds);
        house.age("login_attempts SET blocked_until = 0");
    }
    EXPECT_LE(longest, 900);
    EXPECT_GT(longest, 890);
}

TEST_P(P23_BruteForce, Failures_of_15_minutes_ago_are_forgotten) {
    house.make_account();
    fail_patiently(house, "someone@example.com", 9);
    house.age("login_attempts SET since_at = since_at - 900001");
    fail_patiently(house, "someone@example.com", 9);
    house.sign_in();
}

TEST_P(P23_BruteForce, Guesses_made_at_once_do_not_outrun_the_counter) {
    house.make_account();
    const int tried = successes_of(40, [&](int) {
        return kind_of(log_in(registry, "someone@example.com", kOtherPassword, "")) ==
               base::Kind::not_signed_in;
    });
    EXPECT_EQ(tried, 10);
}

TEST_P(P23_BruteForce, Living_sessions_are_untouched_by_a_pause) {
    house.make_account();
    const SignedIn signed_in = house.sign_in();
    for (int i = 0; i < 11; ++i) EXPECT_FALSE(log_in(registry, "someone@example.com", kOtherPassword, ""));
    EXPECT_TRUE(house.is_signed_in(signed_in.token));
    EXPECT_TRUE(confirm_password(registry, signed_in.session.account_id, kPassword));
}

TEST_P(P23_BruteForce, Asking_for_the_password_again_has_pauses_too_and_names_the_field) {
    const Account account = house.make_account();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(field_of(confirm_password(registry, account.id, kOtherPassword, "current_password")),
                  "current_password");
    }
    EXPECT_EQ(kind_of(confirm_password(registry, account.id, kPassword)), base::Kind::too_many);
    house.sign_in();
}

TEST_P(P23_BruteForce, The_counters_hold_no_address) {
    ASSERT_FALSE(log_in(registry, "someone@example.com", kPassword, ""));
    const auto key = house.database->query("SELECT key_hash FROM login_attempts").value().at(0).text(0);
    EXPECT_EQ(key.size(), 64u);
    EXPECT_NE(key, base::to_hex(base::sha256("someone@example.com")));
}

ON_BOTH_DATABASES(P22_LogIn);

TEST_P(P22_LogIn, Gives_a_new_token_each_time_and_stores_its_hash_only) {
    house.make_account();
    const SignedIn one = house.sign_in("  SOMEONE@example.com "), two = house.sign_in();
    EXPECT_NE(one.token, two.token);
    EXPECT_EQ(one.token.size(), 43u);  // 256 bits in base64url
    EXPECT_TRUE(house.is_signed_in(one.token));
    EXPECT_TRUE(house.is_signed_in(two.token));
    EXPECT_EQ(house.count("sessions WHERE token_hash = ? OR id = ?", {one.token, one.token}), 0);
    EXPECT_EQ(house.count("sessions WHERE token_hash = ?", {base::to_hex(base::sha256(one.token))}), 1);
}

TEST_P(P22_LogIn, Eight_at_once_give_eight_sessions) {
    house.make_account();
    EXPECT_EQ(successes_of(
                  8, [&](int) { return log_in(registry, "someone@example.com", kPassword, "").has_value(); }),
              8);
    EXPECT_EQ(house.count("sessions"), 8);
}

TEST_P(P22_LogIn, To_a_suspended_account_says_so_after_the_right_password_only) {
    const Account account = house.make_account();
    house.age("accounts SET state = 'suspended'");
    EXPECT_EQ(kind_of(log_in(registry, account.email, kOtherPassword, "")), base::Kind::not_signed_in);
    const auto refused = log_in(registry, account.email, kPassword, "");
    ASSERT_EQ(kind_of(refused), base::Kind::not_allowed);
    EXPECT_NE(refused.error().tell_user.find("suspended"), std::string::npos);
    EXPECT_EQ(house.count("sessions"), 0);
}

TEST_P(P22_LogIn, Renews_a_hash_of_another_cost) {
    house.make_account();
    const Registry dearer(*house.database, House::settings(5));
    ASSERT_TRUE(log_in(dearer, "someone@example.com", kPassword, ""));
    EXPECT_EQ(house.count("accounts WHERE password_hash LIKE '$2b$05$%'"), 1);
    ASSERT_TRUE(log_in(dearer, "someone@example.com", kPassword, ""));
}

TEST_P(P22_LogIn, Tells_passwords_with_NUL_and_beyond_72_bytes_apart) {
    const std::string shared(80, 'k'), with_nul("ten bytes\0 and more", 19);
    house.make_account("one@example.com", shared + " one");
    house.make_account("two@example.com", with_nul);
    EXPECT_FALSE(log_in(registry, "one@example.com", shared + " two", ""));
    EXPECT_FALSE(log_in(registry, "two@example.com", with_nul.substr(0, 9), ""));
    house.sign_in("one@example.com", shared + " one");
    house.sign_in("two@example.com", with_nul);
}

}  // namespace
}  // namespace mmx::accounts
