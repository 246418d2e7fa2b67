#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

ON_BOTH_DATABASES(P27_Alerts);

TEST_P(P27_Alerts, A_new_password_ends_the_other_sessions_and_is_told_by_mail) {
    house.make_account();
    const SignedIn here = house.sign_in(), elsewhere = house.sign_in();
    ASSERT_TRUE(change_password(registry, here.session, kPassword, kOtherPassword));
    EXPECT_TRUE(house.is_signed_in(here.token));
    EXPECT_FALSE(house.is_signed_in(elsewhere.token));
    EXPECT_FALSE(log_in(registry, "someone@example.com", kPassword, ""));
    house.sign_in("someone@example.com", kOtherPassword);
    const auto letters = house.letters_to("someone@example.com", "password_changed");
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ((letters[0].text + letters[0].html).find(kOtherPassword), std::string::npos);
}

TEST_P(P27_Alerts, A_new_password_needs_the_old_one_and_the_rules) {
    house.make_account();
    const Session session = house.sign_in().session;
    EXPECT_EQ(field_of(change_password(registry, session, kOtherPassword, kOtherPassword)),
              "current_password");
    EXPECT_EQ(field_of(change_password(registry, session, kPassword, "short")), "password");
    EXPECT_EQ(field_of(change_password(registry, session, kPassword, "someone@example.com")), "password");
    EXPECT_TRUE(house.letters().empty());
    house.sign_in();
}

TEST_P(P27_Alerts, Of_new_passwords_chosen_at_once_one_counts) {
    house.make_account();
    const Session session = house.sign_in().session;
    EXPECT_EQ(successes_of(4,
                           [&](int i) {
                               return change_password(registry, session, kPassword,
                                                      kOtherPassword + std::to_string(i))
                                   .has_value();
                           }),
              1);
}

TEST_P(P27_Alerts, A_new_password_ends_the_links_mailed_before) {
    house.make_account();
    const Session session = house.sign_in().session;
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(change_email(registry, session, kPassword, "new@example.com"));
    ASSERT_TRUE(change_password(registry, session, kPassword, kOtherPassword));
    EXPECT_EQ(field_of(reset_password(registry, house.token_of("someone@example.com", "reset_password"),
                                      kPassword)),
              "token");
    EXPECT_EQ(field_of(confirm_email(registry, house.token_of("new@example.com", "confirm_new_address"))),
              "token");
}

ON_BOTH_DATABASES(P32_Rectification);

TEST_P(P32_Rectification, A_new_address_needs_the_password_and_its_own_link_and_both_addresses_are_told) {
    const Account account = house.make_account();
    const SignedIn signed_in = house.sign_in();
    EXPECT_EQ(field_of(change_email(registry, signed_in.session, kOtherPassword, "new@example.com")),
              "password");
    EXPECT_TRUE(house.letters().empty());

    ASSERT_TRUE(change_email(registry, signed_in.session, kPassword, "New@Example.com"));
    EXPECT_EQ(account_by_id(registry.database(), account.id).value().email, "someone@example.com");
    EXPECT_EQ(house.letters_to("someone@example.com", "address_change_asked").size(), 1u);

    const std::string token = house.token_of("new@example.com", "confirm_new_address");
    EXPECT_EQ(confirm_email(registry, token).value().email, "new@example.com");
    EXPECT_EQ(field_of(confirm_email(registry, token)), "token");
    EXPECT_EQ(house.letters_to("someone@example.com", "address_changed").size(), 1u);
    EXPECT_EQ(house.letters_to("new@example.com", "address_changed").size(), 1u);
    house.sign_in("new@example.com");
    EXPECT_FALSE(log_in(registry, "someone@example.com", kPassword, ""));
    EXPECT_EQ(look_up(registry, signed_in.token, Activity::counts).value().email, "new@example.com");
}

TEST_P(P32_Rectification, The_link_for_a_new_address_is_good_for_an_hour_and_the_latest_counts) {
    house.make_account();
    const Session session = house.sign_in().session;
    ASSERT_TRUE(change_email(registry, session, kPassword, "first@example.com"));
    ASSERT_TRUE(change_email(registry, session, kPassword, "second@example.com"));
    EXPECT_EQ(field_of(confirm_email(registry, house.token_of("first@example.com", "confirm_new_address"))),
              "token");
    house.age("account_tokens SET expires_at = expires_at - 3600000");
    EXPECT_EQ(field_of(confirm_email(registry, house.token_of("second@example.com", "confirm_new_address"))),
              "token");
}

TEST_P(P32_Rectification, An_address_in_use_answers_the_same_and_its_owner_hears_of_it) {
    house.make_account();
    house.make_account("taken@example.com");
    const Session session = house.sign_in().session;
    EXPECT_TRUE(change_email(registry, session, kPassword, "taken@example.com"));
    EXPECT_EQ(house.letters_to("taken@example.com", "address_is_taken").size(), 1u);
    EXPECT_EQ(house.letters_to("someone@example.com", "address_change_asked").size(), 1u);
    EXPECT_EQ(house.count("account_tokens"), 0);
    EXPECT_EQ(field_of(change_email(registry, session, kPassword, "someone@example.com")), "email");
    EXPECT_EQ(field_of(change_email(registry, session, kPassword, "nothing")), "email");
}

TEST_P(P32_Rectification, Of_two_accounts_that_want_one_address_the_first_to_confirm_gets_it) {
    house.make_account();
    house.make_account("another@example.com");
    ASSERT_TRUE(change_email(registry, house.sign_in().session, kPassword, "new@example.com"));
    ASSERT_TRUE(
        change_email(registry, house.sign_in("another@example.com").session, kPassword, "new@example.com"));
    ASSERT_TRUE(register_account(registry, house.asking("new@example.com")));
    const auto letters = house.letters_to("new@example.com", "confirm_new_address");
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_EQ(
        successes_of(
            2,
            [&](int i) {
                return confirm_email(registry, letters[static_cast<std::size_t>(i)].token()).has_value();
            }),
        1);
    EXPECT_FALSE(verify(registry, house.token_of("new@example.com", "confirm_registration")));
    EXPECT_EQ(house.count("accounts"), 2);
}

TEST_P(P32_Rectification, A_registration_that_comes_first_wins_over_a_new_address) {
    const Account account = house.make_account();
    ASSERT_TRUE(change_email(registry, house.sign_in().session, kPassword, "new@example.com"));
    ASSERT_TRUE(register_account(registry, house.asking("new@example.com")));
    ASSERT_TRUE(verify(registry, house.token_of("new@example.com", "confirm_registration")));
    EXPECT_EQ(kind_of(confirm_email(registry, house.token_of("new@example.com", "confirm_new_address"))),
              base::Kind::conflict);
    EXPECT_EQ(account_by_id(registry.database(), account.id).value().email, "someone@example.com");
}

TEST_P(P32_Rectification, A_new_address_ends_links_mailed_to_the_old_one) {
    house.make_account();
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(change_email(registry, house.sign_in().session, kPassword, "new@example.com"));
    ASSERT_TRUE(confirm_email(registry, house.token_of("new@example.com", "confirm_new_address")));
    EXPECT_EQ(field_of(reset_password(registry, house.token_of("someone@example.com", "reset_password"),
                                      kOtherPassword)),
              "token");
}

TEST_P(P32_Rectification, Nobody_is_mailed_without_end_through_a_change_of_address) {
    house.make_account();
    const Session session = house.sign_in().session;
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(change_email(registry, session, kPassword, "new@example.com"));
    const auto stopped = change_email(registry, session, kPassword, "new@example.com");
    ASSERT_EQ(kind_of(stopped), base::Kind::too_many);
    EXPECT_GT(stopped.error().retry_after_seconds, 0);
}

TEST_P(P32_Rectification, The_display_name_is_changed_at_once) {
    house.make_account();
    const SignedIn signed_in = house.sign_in();
    EXPECT_EQ(rename(registry, signed_in.session, " New Name ").value(), "New Name");
    EXPECT_EQ(look_up(registry, signed_in.token, Activity::counts).value().display_name, "New Name");
    EXPECT_EQ(field_of(rename(registry, signed_in.session, "")), "display_name");
}

}  // namespace
}  // namespace mmx::accounts
