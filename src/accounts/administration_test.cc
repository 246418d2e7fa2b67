#include <set>

#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

class P49_Administration : public testing::TestWithParam<store::Dialect> {
  protected:
    House house{GetParam()};
    const Registry& registry = house.registry;
    Account boss = make_administrator(registry, "boss@example.com", "Boss", kPassword).value();
    Account user = house.make_account();
};
INSTANTIATE_TEST_SUITE_P(On, P49_Administration, testing::ValuesIn(store::test_databases()),
                         store::test_name);

TEST_P(P49_Administration, Deeds_are_for_active_administrators_and_the_command_line_only) {
    for (const std::string& actor : {user.id, std::string("nobody"), std::string()}) {
        EXPECT_EQ(kind_of(set_role(registry, actor, user.id, Role::administrator)), base::Kind::not_allowed);
        EXPECT_EQ(kind_of(suspend(registry, actor, user.id, "")), base::Kind::not_allowed);
        EXPECT_EQ(kind_of(set_plan(registry, actor, user.id, "studio")), base::Kind::not_allowed);
    }
    ASSERT_TRUE(set_role(registry, boss.id, user.id, Role::reviewer));
    EXPECT_EQ(kind_of(unsuspend(registry, user.id, user.id)), base::Kind::not_allowed);
    EXPECT_TRUE(set_role(registry, std::string(kCommandLine), user.id, Role::user));
    EXPECT_EQ(kind_of(set_role(registry, boss.id, "nobody", Role::user)), base::Kind::not_found);
}

TEST_P(P49_Administration, A_suspension_ends_the_sessions_and_keeps_the_user_out_until_it_is_lifted) {
    const std::string token = house.sign_in().token;
    EXPECT_EQ(suspend(registry, boss.id, user.id, "copied songs").value().state, State::suspended);
    EXPECT_FALSE(house.is_signed_in(token));
    EXPECT_EQ(kind_of(log_in(registry, user.email, kPassword, "")), base::Kind::not_allowed);
    EXPECT_EQ(unsuspend(registry, boss.id, user.id).value().state, State::active);
    EXPECT_FALSE(house.is_signed_in(token));
    house.sign_in();
}

TEST_P(P49_Administration, A_suspension_during_logins_leaves_no_session) {
    successes_of(8, [&](int i) {
        if (i == 4) return suspend(registry, boss.id, user.id, "").has_value();
        return log_in(registry, user.email, kPassword, "").has_value();
    });
    EXPECT_EQ(house.count("sessions"), 0);
}

TEST_P(P49_Administration, The_last_active_administrator_stays) {
    EXPECT_EQ(kind_of(set_role(registry, boss.id, boss.id, Role::user)), base::Kind::conflict);
    EXPECT_EQ(kind_of(suspend(registry, boss.id, boss.id, "")), base::Kind::conflict);
    ASSERT_TRUE(set_role(registry, boss.id, user.id, Role::administrator));
    ASSERT_TRUE(suspend(registry, boss.id, user.id, ""));
    EXPECT_EQ(kind_of(set_role(registry, boss.id, boss.id, Role::user)), base::Kind::conflict);
}

TEST_P(P49_Administration, Two_administrators_who_demote_each_other_at_once_leave_one) {
    ASSERT_TRUE(set_role(registry, boss.id, user.id, Role::administrator));
    EXPECT_EQ(successes_of(2,
                           [&](int i) {
                               return set_role(registry, i == 0 ? boss.id : user.id,
                                               i == 0 ? user.id : boss.id, Role::user)
                                   .has_value();
                           }),
              1);
    EXPECT_EQ(house.count("accounts WHERE role = 'administrator'"), 1);
}

TEST_P(P49_Administration, Plans_are_set_if_they_exist) {
    Settings settings = House::settings(4);
    settings.knows_plan = [](std::string_view plan) { return plan == "studio"; };
    const Registry strict(*house.database, settings);
    EXPECT_EQ(field_of(set_plan(strict, boss.id, user.id, "golden")), "plan");
    EXPECT_EQ(set_plan(strict, boss.id, user.id, "studio").value().plan, "studio");
}

TEST_P(P49_Administration, Each_deed_has_its_line_in_the_audit_and_a_refused_one_none) {
    ASSERT_TRUE(set_role(registry, boss.id, user.id, Role::reviewer));
    ASSERT_TRUE(set_plan(registry, boss.id, user.id, "studio"));
    ASSERT_TRUE(suspend(registry, boss.id, user.id, "he said \"no\""));
    ASSERT_TRUE(unsuspend(registry, boss.id, user.id));
    ASSERT_FALSE(set_role(registry, user.id, user.id, Role::administrator));
    EXPECT_EQ(house.count("audit"), 4);
    const store::Rows lines =
        house.database
            ->query(
                "SELECT details FROM audit WHERE action = 'account.suspend' AND actor_id = ? AND subject = ?",
                {boss.id, user.id})
            .value();
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].text(0), R"({"reason":"he said \"no\""})");
}

TEST_P(P49_Administration, Accounts_are_listed_in_pages_the_newest_first_each_once) {
    for (int i = 0; i < 5; ++i) {
        const std::string email = "more" + std::to_string(i) + "@example.org";
        ASSERT_TRUE(make_administrator(registry, email, "More_" + std::to_string(i), kPassword));
    }
    // Several of one moment: the id decides.
    house.age("accounts SET created_at = 1900000000000 WHERE email LIKE 'more%'");
    std::set<std::string> seen;
    AccountQuery query{.text = {}, .cursor = {}, .limit = 3};
    std::int64_t last = INT64_MAX;
    for (int page = 0; page < 3; ++page) {
        const AccountPage found = list_accounts(registry, query).value();
        EXPECT_EQ(found.accounts.size(), page < 2 ? 3u : 1u);
        for (const Account& account : found.accounts) {
            EXPECT_TRUE(seen.insert(account.id).second);
            EXPECT_LE(account.created_at, last);
            last = account.created_at;
        }
        EXPECT_EQ(found.next_cursor.empty(), page == 2);
        query.cursor = found.next_cursor;
    }
    EXPECT_EQ(seen.size(), 7u);
}

TEST_P(P49_Administration, Accounts_are_found_by_address_and_name_and_signs_mean_themselves) {
    ASSERT_TRUE(make_administrator(registry, "odd_one@example.org", "Fifty % Off!", kPassword));
    const auto found = [&](const std::string& text) {
        return list_accounts(registry, {.text = text, .cursor = {}, .limit = 50}).value().accounts.size();
    };
    EXPECT_EQ(found(""), 3u);
    EXPECT_EQ(found("EXAMPLE.ORG"), 1u);
    EXPECT_EQ(found("fifty"), 1u);
    EXPECT_EQ(found("%"), 1u);
    EXPECT_EQ(found("_"), 1u);
    EXPECT_EQ(found("!"), 1u);
    EXPECT_EQ(found("' OR 1=1 --"), 0u);
}

TEST_P(P49_Administration, Cursors_and_limits_that_are_none_are_refused) {
    for (const char* cursor : {"x", "12", "12-", "-", "99999999999999999999-a"}) {
        EXPECT_EQ(field_of(list_accounts(registry, {.text = {}, .cursor = cursor, .limit = 50})), "cursor")
            << cursor;
    }
    for (const int limit : {0, -1, 201}) {
        EXPECT_EQ(field_of(list_accounts(registry, {.text = {}, .cursor = {}, .limit = limit})), "limit");
    }
}

}  // namespace
}  // namespace mmx::accounts
