#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

ON_BOTH_DATABASES(P23_Recovery);

TEST_P(P23_Recovery, A_mailed_link_sets_a_new_password_ends_all_sessions_and_tells_the_owner) {
    house.make_account();
    const std::string session = house.sign_in().token;
    ASSERT_TRUE(forgot_password(registry, " Someone@example.com"));
    const std::string token = house.token_of("someone@example.com", "reset_password");
    ASSERT_TRUE(reset_password(registry, token, kOtherPassword));
    EXPECT_FALSE(house.is_signed_in(session));
    EXPECT_FALSE(log_in(registry, "someone@example.com", kPassword, ""));
    house.sign_in("someone@example.com", kOtherPassword);
    EXPECT_EQ(house.letters_to("someone@example.com", "password_changed").size(), 1u);
}

TEST_P(P23_Recovery, Answers_the_same_for_an_unknown_address_and_writes_nothing_to_it) {
    EXPECT_TRUE(forgot_password(registry, "stranger@example.com"));
    EXPECT_TRUE(house.letters().empty());
    EXPECT_EQ(house.count("account_tokens WHERE account_id IS NOT NULL"), 0);
    EXPECT_EQ(field_of(forgot_password(registry, "nothing")), "email");
}

TEST_P(P23_Recovery, A_link_is_good_once) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    const std::string token = house.token_of("someone@example.com", "reset_password");
    EXPECT_EQ(house.count("account_tokens WHERE token_hash = ?", {token}), 0);  // hashed
    ASSERT_TRUE(reset_password(registry, token, kOtherPassword));
    EXPECT_EQ(field_of(reset_password(registry, token, kPassword)), "token");
}

TEST_P(P23_Recovery, A_link_is_good_for_an_hour) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    const std::string token = house.token_of("someone@example.com", "reset_password");
    house.age("account_tokens SET expires_at = expires_at - 3600000");
    EXPECT_EQ(field_of(reset_password(registry, token, kOtherPassword)), "token");
    house.sign_in();
}

TEST_P(P23_Recovery, Eight_uses_of_one_link_at_once_succeed_once) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    const std::string token = house.token_of("someone@example.com", "reset_password");
    EXPECT_EQ(successes_of(
                  8,
                  [&](int i) {
                      return reset_password(registry, token, kOtherPassword + std::to_string(i)).has_value();
                  }),
              1);
    EXPECT_EQ(house.letters_to("someone@example.com", "password_changed").size(), 1u);
}

TEST_P(P23_Recovery, A_password_against_the_rules_leaves_the_link_good) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    const std::string token = house.token_of("someone@example.com", "reset_password");
    EXPECT_EQ(field_of(reset_password(registry, token, "password123")), "password");
    EXPECT_EQ(field_of(reset_password(registry, token, "someone@example.com")), "password");
    EXPECT_TRUE(reset_password(registry, token, kOtherPassword));
}

TEST_P(P23_Recovery, One_used_link_ends_the_others_of_the_account) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    const auto letters = house.letters_to("someone@example.com", "reset_password");
    ASSERT_EQ(letters.size(), 2u);
    ASSERT_TRUE(reset_password(registry, letters[0].token(), kOtherPassword));
    EXPECT_EQ(field_of(reset_password(registry, letters[1].token(), kPassword)), "token");
}

TEST_P(P23_Recovery, Links_of_one_purpose_are_worthless_for_another) {
    house.make_account();
    const SignedIn signed_in = house.sign_in();
    ASSERT_TRUE(register_account(registry, house.asking("pending@example.com")));
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(change_email(registry, signed_in.session, kPassword, "new@example.com"));
    const std::string registration = house.token_of("pending@example.com", "confirm_registration");
    const std::string reset = house.token_of("someone@example.com", "reset_password");
    const std::string email = house.token_of("new@example.com", "confirm_new_address");
    for (const std::string& token : {registration, email, signed_in.token}) {
        EXPECT_EQ(field_of(reset_password(registry, token, kOtherPassword)), "token");
    }
    for (const std::string& token : {registration, reset, signed_in.token}) {
        EXPECT_EQ(field_of(confirm_email(registry, token)), "token");
    }
    for (const std::string& token : {reset, email, signed_in.token}) {
        EXPECT_EQ(field_of(verify(registry, token)), "token");
        EXPECT_EQ(field_of(set_up(registry, {token, "boss@example.com", "Boss", kPassword}, "")), "token");
    }
    for (const std::string& token : {registration, reset, email, signed_in.session.id}) {
        EXPECT_FALSE(house.is_signed_in(token));
    }
}

TEST_P(P23_Recovery, Ends_the_pause_that_somebody_elses_guesses_brought) {
    house.make_account();
    for (int i = 0; i < 11; ++i)
        EXPECT_FALSE(log_in(registry, "someone@example.com", "wrong wrong wrong", ""));
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(
        reset_password(registry, house.token_of("someone@example.com", "reset_password"), kOtherPassword));
    house.sign_in("someone@example.com", kOtherPassword);
}

TEST_P(P23_Recovery, Floods_nobodys_mailbox) {
    house.make_account();
    for (int i = 0; i < 8; ++i) EXPECT_TRUE(forgot_password(registry, "someone@example.com"));
    EXPECT_EQ(house.letters().size(), 5u);
}

TEST_P(P23_Recovery, Lifts_no_suspension) {
    house.make_account();
    house.age("accounts SET state = 'suspended'");
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(
        reset_password(registry, house.token_of("someone@example.com", "reset_password"), kOtherPassword));
    EXPECT_EQ(kind_of(log_in(registry, "someone@example.com", kOtherPassword, "")), base::Kind::not_allowed);
}

}  // namespace
}  // namespace mmx::accounts
