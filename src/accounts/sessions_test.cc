#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;

ON_BOTH_DATABASES(P22_Sessions);

TEST_P(P22_Sessions, Say_whose_they_are) {
    const Account account = house.make_account();
    const SignedIn signed_in = house.sign_in();
    const Session session = look_up(registry, signed_in.token, Activity::counts).value();
    EXPECT_EQ(session.id, signed_in.session.id);
    EXPECT_EQ(session.account_id, account.id);
    EXPECT_EQ(session.role, Role::user);
    EXPECT_EQ(session.plan, "free");
    EXPECT_EQ(session.display_name, "Somebody");
    EXPECT_EQ(session.email, "someone@example.com");
}

TEST_P(P22_Sessions, That_never_were_are_not_signed_in) {
    for (const std::string& token :
         {std::string(), std::string("x"), std::string(43, 'A'), std::string("\0'\xff", 3)}) {
        EXPECT_EQ(kind_of(look_up(registry, token, Activity::counts)), base::Kind::not_signed_in);
    }
}

TEST_P(P22_Sessions, End_after_24_hours_without_activity) {
    house.make_account();
    const std::string token = house.sign_in().token;
    house.age("sessions SET last_active_at = last_active_at - ?", {kIdleEnd_ms - kMinute_ms});
    EXPECT_TRUE(house.is_signed_in(token));  // polling, which did not lengthen it
    house.age("sessions SET last_active_at = last_active_at - ?", {kMinute_ms});
    EXPECT_EQ(kind_of(look_up(registry, token, Activity::counts)), base::Kind::not_signed_in);
}

TEST_P(P22_Sessions, Live_on_with_activity_but_at_most_30_days) {
    house.make_account();
    const std::string token = house.sign_in().token;
    house.age("sessions SET last_active_at = last_active_at - ?", {kIdleEnd_ms - kMinute_ms});
    EXPECT_TRUE(look_up(registry, token, Activity::counts));
    house.age("sessions SET last_active_at = last_active_at - ?", {kIdleEnd_ms - kMinute_ms});
    EXPECT_TRUE(look_up(registry, token, Activity::counts));
    house.age("sessions SET ends_at = ends_at - ?", {kAbsoluteEnd_ms - kMinute_ms});
    EXPECT_TRUE(look_up(registry, token, Activity::counts));
    house.age("sessions SET ends_at = ends_at - ?", {kMinute_ms});
    EXPECT_EQ(kind_of(look_up(registry, token, Activity::counts)), base::Kind::not_signed_in);
}

TEST_P(P22_Sessions, Write_their_activity_at_most_once_a_minute_and_only_where_it_counts) {
    house.make_account();
    const std::string token = house.sign_in().token;
    const auto last_active = [&] {
        return house.database->query("SELECT last_active_at FROM sessions").value().at(0).integer(0);
    };
    house.age("sessions SET last_active_at = last_active_at - 50000");
    const std::int64_t before = last_active();
    EXPECT_TRUE(look_up(registry, token, Activity::counts));
    EXPECT_EQ(last_active(), before);
    house.age("sessions SET last_active_at = last_active_at - 20000");
    EXPECT_TRUE(look_up(registry, token, Activity::does_not_count));
    EXPECT_EQ(last_active(), before - 20000);
    EXPECT_TRUE(look_up(registry, token, Activity::counts));
    EXPECT_GT(last_active(), before);
}

TEST_P(P22_Sessions, Are_over_after_logging_out_and_the_others_go_on) {
    house.make_account();
    const std::string one = house.sign_in().token, two = house.sign_in().token;
    const std::uint64_t seen = house.database->signals(kSessionsEnded);
    ASSERT_TRUE(log_out(registry, one));
    EXPECT_FALSE(house.is_signed_in(one));
    EXPECT_TRUE(house.is_signed_in(two));
    EXPECT_TRUE(log_out(registry, one));
    // Event streams hear of it.
    EXPECT_NE(house.database->wait(kSessionsEnded, seen, std::chrono::seconds(10)), seen);
}

TEST_P(P22_Sessions, Ended_on_one_server_are_over_on_the_others_at_once) {
    house.make_account();
    const auto other_database = house.database.open_another();
    const Registry other_server(*other_database, House::settings(4));
    const std::string token = house.sign_in().token;
    ASSERT_TRUE(look_up(other_server, token, Activity::counts));
    ASSERT_TRUE(log_out(registry, token));
    EXPECT_FALSE(look_up(other_server, token, Activity::counts));
}

TEST_P(P22_Sessions, Are_listed_with_a_coarse_name_the_latest_first) {
    const Account account = house.make_account();
    house.sign_in();
    house.age("sessions SET last_active_at = last_active_at - 60000");
    ASSERT_TRUE(log_in(registry, account.email, kPassword,
                       "Mozilla/5.0 (Windows NT 10.0) Chrome/139.0 Safari/537.36"));
    const auto sessions = list_sessions(registry, account.id).value();
    ASSERT_EQ(sessions.size(), 2u);
    EXPECT_EQ(sessions[0].agent, "Chrome on Windows");
    EXPECT_EQ(sessions[1].agent, "Firefox on Linux");
    EXPECT_EQ(sessions[0].ends_at - sessions[0].created_at, kAbsoluteEnd_ms);
    house.age("sessions SET ends_at = 1 WHERE id = ?", {sessions[1].id});
    EXPECT_EQ(list_sessions(registry, account.id).value().size(), 1u);
}

TEST_P(P22_Sessions, Are_ended_by_their_owner_only) {
    house.make_account();
    const Account stranger = house.make_account("stranger@example.com");
    const SignedIn mine = house.sign_in();
    EXPECT_EQ(kind_of(end_session(registry, stranger.id, mine.session.id)), base::Kind::not_found);
    EXPECT_TRUE(house.is_signed_in(mine.token));
    EXPECT_TRUE(end_session(registry, mine.session.account_id, mine.session.id));
    EXPECT_FALSE(house.is_signed_in(mine.token));
    EXPECT_EQ(kind_of(end_session(registry, mine.session.account_id, mine.session.id)),
              base::Kind::not_found);
}

TEST_P(P22_Sessions, All_others_are_ended_with_one_wish) {
    house.make_account();
    house.make_account("stranger@example.com");
    const SignedIn kept = house.sign_in(), one = house.sign_in(), two = house.sign_in();
    const SignedIn strangers = house.sign_in("stranger@example.com");
    EXPECT_EQ(end_other_sessions(registry, kept.session).value(), 2);
    EXPECT_TRUE(house.is_signed_in(kept.token));
    EXPECT_FALSE(house.is_signed_in(one.token));
    EXPECT_FALSE(house.is_signed_in(two.token));
    EXPECT_TRUE(house.is_signed_in(strangers.token));
}

TEST_P(P22_Sessions, Of_a_suspended_account_are_over_whatever_the_table_says) {
    house.make_account();
    const std::string token = house.sign_in().token;
    house.age("accounts SET state = 'suspended'");
    EXPECT_FALSE(house.is_signed_in(token));
}

ON_BOTH_DATABASES(Sweep);

TEST_P(Sweep, Removes_what_is_over_and_nothing_else) {
    house.make_account();
    const std::string old_token = house.sign_in().token;
    ASSERT_TRUE(register_account(registry, house.asking("pending@example.com")));
    ASSERT_TRUE(forgot_password(registry, "someone@example.com"));
    ASSERT_TRUE(make_setup_link(registry));
    ASSERT_FALSE(log_in(registry, "stranger@example.com", kPassword, ""));
    const Swept nothing = sweep(registry).value();
    EXPECT_EQ(nothing.sessions + nothing.registrations + nothing.links + nothing.counters, 0);

    const std::int64_t counters = house.count("login_attempts");
    house.age("sessions SET last_active_at = last_active_at - ?", {kIdleEnd_ms});
    house.age("pending_registrations SET expires_at = expires_at - 86400000");
    house.age("account_tokens SET expires_at = expires_at - 3600000");
    house.age("setup_tokens SET expires_at = expires_at - 3600000");
    house.age("login_attempts SET last_at = last_at - 7200000");
    const std::string living_token = house.sign_in().token;  // clears its own counter's row
    const Swept swept = sweep(registry).value();
    EXPECT_EQ(swept.sessions, 1);
    EXPECT_EQ(swept.registrations, 1);
    EXPECT_EQ(swept.links, 2);
    EXPECT_EQ(swept.counters, counters);
    EXPECT_TRUE(house.is_signed_in(living_token));
    EXPECT_FALSE(house.is_signed_in(old_token));
}

}  // namespace
}  // namespace mmx::accounts
