#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

ON_BOTH_DATABASES(P50_SetUp);

std::string token_in(const std::string& link) {
    return link.substr(link.find("#token=") + 7);
}
FirstAdministrator first(const std::string& token, const std::string& email = "boss@example.com") {
    return {.token = token, .email = email, .display_name = "Boss", .password = kPassword};
}

TEST_P(P50_SetUp, The_link_makes_the_first_administrator_logged_in_and_without_mail) {
    EXPECT_FALSE(has_administrator(registry).value());
    const std::string link = make_setup_link(registry).value().value();
    EXPECT_TRUE(link.starts_with("https://music.example/setup#token="));
    const SignedIn signed_in = set_up(registry, first(token_in(link)), "").value();
    EXPECT_EQ(look_up(registry, signed_in.token, Activity::counts).value().role, Role::administrator);
    EXPECT_TRUE(house.letters().empty());
    EXPECT_TRUE(has_administrator(registry).value());
    house.sign_in("boss@example.com");
}

TEST_P(P50_SetUp, No_link_is_made_and_none_is_good_once_an_administrator_exists) {
    const std::string one = token_in(make_setup_link(registry).value().value());
    const std::string two = token_in(make_setup_link(registry).value().value());
    ASSERT_TRUE(set_up(registry, first(one), ""));
    EXPECT_EQ(kind_of(set_up(registry, first(one, "two@example.com"), "")), base::Kind::conflict);
    EXPECT_EQ(kind_of(set_up(registry, first(two, "two@example.com"), "")), base::Kind::conflict);
    EXPECT_FALSE(make_setup_link(registry).value().has_value());
    EXPECT_EQ(house.count("setup_tokens"), 0);
}

TEST_P(P50_SetUp, A_link_is_good_for_an_hour_and_stored_as_a_hash) {
    const std::string token = token_in(make_setup_link(registry).value().value());
    EXPECT_EQ(house.count("setup_tokens WHERE token_hash = ?", {token}), 0);
    house.age("setup_tokens SET expires_at = expires_at - 3600000");
    EXPECT_EQ(field_of(set_up(registry, first(token), "")), "token");
    EXPECT_EQ(field_of(set_up(registry, first("guess"), "")), "token");
}

TEST_P(P50_SetUp, A_wrong_field_leaves_the_link_good) {
    const std::string token = token_in(make_setup_link(registry).value().value());
    FirstAdministrator wrong = first(token);
    wrong.password = "password123";
    EXPECT_EQ(field_of(set_up(registry, wrong, "")), "password");
    EXPECT_EQ(field_of(set_up(registry, first(token, "nothing"), "")), "email");
    EXPECT_TRUE(set_up(registry, first(token), ""));
}

TEST_P(P50_SetUp, Of_many_at_once_with_one_link_or_several_one_becomes_administrator) {
    std::vector<std::string> tokens;
    for (int i = 0; i < 2; ++i) tokens.push_back(token_in(make_setup_link(registry).value().value()));
    EXPECT_EQ(successes_of(8,
                           [&](int i) {
                               const std::string email = "boss" + std::to_string(i) + "@example.com";
                               return set_up(registry, first(tokens[static_cast<std::size_t>(i % 2)], email),
                                             "")
                                   .has_value();
                           }),
              1);
    EXPECT_EQ(house.count("accounts"), 1);
}

TEST_P(P50_SetUp, The_command_line_makes_administrators_too_and_ends_the_link) {
    const std::string token = token_in(make_setup_link(registry).value().value());
    const Account account = make_administrator(registry, "boss@example.com", "Boss", kPassword).value();
    EXPECT_EQ(account.role, Role::administrator);
    EXPECT_EQ(kind_of(set_up(registry, first(token, "two@example.com"), "")), base::Kind::conflict);
    EXPECT_EQ(kind_of(make_administrator(registry, "boss@example.com", "Boss", kPassword)),
              base::Kind::conflict);
    EXPECT_TRUE(make_administrator(registry, "two@example.com", "Two", kPassword));
}

}  // namespace
}  // namespace mmx::accounts
