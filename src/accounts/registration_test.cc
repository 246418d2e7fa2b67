#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

ON_BOTH_DATABASES(P20_Registration);

TEST_P(P20_Registration, Makes_an_account_once_the_mailed_link_is_used) {
    ASSERT_TRUE(register_account(registry, house.asking("  Someone@Example.com")));
    EXPECT_EQ(house.count("accounts"), 0);
    const auto letter = house.letters_to("someone@example.com", "confirm_registration").at(0);
    EXPECT_NE(letter.text.find("https://music.example/verify#token=" + letter.token()), std::string::npos);
    const Account account = verify(registry, letter.token()).value();
    EXPECT_EQ(account.email, "someone@example.com");
    EXPECT_EQ(account.display_name, "Somebody");
    EXPECT_EQ(account.role, Role::user);
    EXPECT_EQ(account.state, State::active);
    EXPECT_EQ(account.plan, "free");
    EXPECT_EQ(account.terms_version, "1");
    EXPECT_GT(account.created_at, 1'600'000'000'000);
    EXPECT_EQ(account_by_email(registry.database(), "SOMEONE@example.com").value().id, account.id);
    EXPECT_EQ(house.count("accounts WHERE age_confirmed_at > 0"), 1);
    house.sign_in();
}

TEST_P(P20_Registration, Stores_neither_password_nor_token) {
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    const std::string token = house.token_of("someone@example.com", "confirm_registration");
    EXPECT_EQ(token.size(), 43u);
    const auto row =
        house.database->query("SELECT token_hash, password_hash FROM pending_registrations").value().at(0);
    EXPECT_EQ(row.text(0).find(token), std::string::npos);
    EXPECT_EQ(row.text(0).size(), 64u);
    EXPECT_TRUE(row.text(1).starts_with("$2b$"));
    for (const auto& letter : house.letters()) {
        EXPECT_EQ((letter.text + letter.html + letter.subject).find(kPassword), std::string::npos);
    }
}

TEST_P(P20_Registration, Needs_every_field_to_be_right_and_names_the_wrong_one) {
    const auto field_at_fault = [&](auto change) {
        Registration registration = house.asking("someone@example.com");
        change(registration);
        return field_of(register_account(registry, registration));
    };
    EXPECT_EQ(field_at_fault([](Registration& r) { r.email = "nobody"; }), "email");
    EXPECT_EQ(field_at_fault([](Registration& r) { r.display_name = "\n"; }), "display_name");
    EXPECT_EQ(field_at_fault([](Registration& r) { r.password = "too short"; }), "password");
    EXPECT_EQ(field_at_fault([](Registration& r) { r.password = "password1234"; }), "password");
    EXPECT_EQ(field_at_fault([](Registration& r) { r.age_confirmed = false; }), "age_confirmed");
    EXPECT_EQ(field_at_fault([](Registration& r) { r.terms_version = ""; }), "terms_version");
    EXPECT_TRUE(house.letters().empty());
}

TEST_P(P20_Registration, Accepts_only_the_terms_in_force) {
    Settings settings = House::settings(4);
    settings.terms_version = "2";
    const Registry strict(*house.database, settings);
    EXPECT_EQ(field_of(register_account(strict, house.asking("someone@example.com"))), "terms_version");
    Registration registration = house.asking("someone@example.com");
    registration.terms_version = "2";
    EXPECT_TRUE(register_account(strict, registration));
}

TEST_P(P20_Registration, Of_a_known_address_answers_the_same_and_changes_nothing) {
    house.make_account();
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com", kOtherPassword)));
    EXPECT_EQ(house.count("pending_registrations"), 0);
    const auto letters = house.letters();
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].kind, "already_registered");
    EXPECT_EQ(letters[0].token(), "");
    EXPECT_FALSE(log_in(registry, "someone@example.com", kOtherPassword, ""));
    house.sign_in();
}

TEST_P(P20_Registration, Of_a_pending_address_replaces_nothing_until_its_own_link_is_used) {
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    const std::string first = house.token_of("someone@example.com", "confirm_registration");
    house.forget_letters();
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com", kOtherPassword)));
    const std::string second = house.token_of("someone@example.com", "confirm_registration");
    ASSERT_TRUE(verify(registry, first));
    house.sign_in("someone@example.com", kPassword);
    EXPECT_EQ(field_of(verify(registry, second)), "token");
    EXPECT_EQ(house.count("pending_registrations"), 0);
}

TEST_P(P20_Registration, A_link_is_good_once_for_24_hours_and_for_its_own_address) {
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    ASSERT_TRUE(register_account(registry, house.asking("another@example.com")));
    const std::string one = house.token_of("someone@example.com", "confirm_registration");
    const std::string two = house.token_of("another@example.com", "confirm_registration");
    EXPECT_EQ(verify(registry, one).value().email, "someone@example.com");
    EXPECT_EQ(field_of(verify(registry, one)), "token");
    house.age("pending_registrations SET expires_at = expires_at - 86390000");
    house.age("pending_registrations SET expires_at = expires_at - 10000");
    EXPECT_EQ(field_of(verify(registry, two)), "token");
    EXPECT_EQ(field_of(verify(registry, "")), "token");
    EXPECT_EQ(field_of(verify(registry, std::string("\0'\xff", 3))), "token");
}

TEST_P(P20_Registration, Eight_uses_of_one_link_at_once_make_one_account) {
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    const std::string token = house.token_of("someone@example.com", "confirm_registration");
    EXPECT_EQ(successes_of(8, [&](int) { return verify(registry, token).has_value(); }), 1);
    EXPECT_EQ(house.count("accounts"), 1);
}

TEST_P(P20_Registration, Links_of_one_address_used_at_once_make_one_account) {
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    const auto letters = house.letters_to("someone@example.com", "confirm_registration");
    ASSERT_EQ(letters.size(), 4u);
    EXPECT_EQ(
        successes_of(4,
                     [&](int i) {
                         return verify(registry, letters[static_cast<std::size_t>(i)].token()).has_value();
                     }),
        1);
    EXPECT_EQ(house.count("accounts"), 1);
    EXPECT_EQ(house.count("pending_registrations"), 0);
}

TEST_P(P20_Registration, What_belongs_to_a_new_account_is_made_with_it_or_not_at_all) {
    Settings settings = House::settings(4);
    bool must_fail = true;
    settings.on_created = [&](store::Transaction& transaction,
                              const std::string& account_id) -> base::Status {
        if (must_fail) return base::fail(base::Kind::unavailable, "not now");
        const auto renamed =
            transaction.execute("UPDATE accounts SET plan = 'granted' WHERE id = ?", {account_id});
        if (!renamed) return tl::unexpected(renamed.error());
        return {};
    };
    const Registry granting(*house.database, settings);
    ASSERT_TRUE(register_account(granting, house.asking("someone@example.com")));
    const std::string token = house.token_of("someone@example.com", "confirm_registration");
    EXPECT_EQ(kind_of(verify(granting, token)), base::Kind::unavailable);
    EXPECT_EQ(house.count("accounts"), 0);
    must_fail = false;
    EXPECT_EQ(verify(granting, token).value().plan, "granted");  // the link was not lost
}

TEST_P(P20_Registration, Another_link_can_be_asked_for_and_the_first_stays_good) {
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    ASSERT_TRUE(resend_verification(registry, "Someone@example.com"));
    const auto letters = house.letters_to("someone@example.com", "confirm_registration");
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_NE(letters[0].token(), letters[1].token());
    ASSERT_TRUE(verify(registry, letters[1].token()));
    EXPECT_FALSE(verify(registry, letters[0].token()));
    house.sign_in();
}

TEST_P(P20_Registration, Asking_for_another_link_tells_nothing_about_the_address) {
    house.make_account("known@example.com");
    EXPECT_TRUE(resend_verification(registry, "known@example.com"));
    EXPECT_TRUE(resend_verification(registry, "stranger@example.com"));
    EXPECT_TRUE(house.letters().empty());
    EXPECT_EQ(field_of(resend_verification(registry, "nothing")), "email");
}

TEST_P(P20_Registration, An_address_gets_at_most_five_such_mails_an_hour_and_nothing_says_so) {
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    EXPECT_EQ(house.letters().size(), 5u);
    house.age("login_attempts SET since_at = since_at - 3600001");
    ASSERT_TRUE(register_account(registry, house.asking("someone@example.com")));
    EXPECT_EQ(house.letters().size(), 6u);
}

}  // namespace
}  // namespace mmx::accounts
