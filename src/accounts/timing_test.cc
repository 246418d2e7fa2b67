// Whether the time of an answer tells if an account exists: at the cost of real life, in turns.

#include <algorithm>
#include <chrono>
#include <cmath>

#include "accounts/test_house.h"

namespace mmx::accounts {
namespace {

template <class Try>
double seconds_of(const Try& attempt) {
    const auto start = std::chrono::steady_clock::now();
    attempt();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return (values[values.size() / 2] + values[(values.size() - 1) / 2]) / 2;
}

// Of so many tries, one kind and the other in turn, so that whatever else the machine does meets both alike.
// What they leave behind is removed after each pair. Medians lie within a tenth, or within 0.03 ms where that
// is more: nobody sees less through a network. Of three rounds one must agree: a busy machine upsets a round,
// a real difference shows in all.
template <class One, class Other>
void expect_equal_medians(const House& house, int tries, const One& one, const Other& other) {
    bool agree = false;
    for (int round = 0; round < 3 && !agree; ++round) {
        std::vector<double> ones, others;
        for (int i = 0; i < tries / 2; ++i) {
            ones.push_back(seconds_of(one));
            others.push_back(seconds_of(other));
            house.forget_tries();
            house.forget_letters();
            ASSERT_TRUE(house.database->execute("DELETE FROM account_tokens"));
            ASSERT_TRUE(house.database->execute("DELETE FROM pending_registrations WHERE created_at > 0"));
        }
        const double a = median(ones), b = median(others);
        std::printf("[ measured ] medians of %.2f and %.2f ms\n", a * 1000, b * 1000);
        agree = std::abs(a - b) < std::max(std::min(a, b) / 10, 0.00003);
    }
    EXPECT_TRUE(agree);
}

class P23_Timing : public testing::Test {
  protected:
    House house{store::Dialect::sqlite, 12};
    const Registry& registry = house.registry;
    Account account = house.make_account();
};

TEST_F(P23_Timing, A_wrong_password_takes_as_long_as_an_unknown_address) {
    expect_equal_medians(
        house, 40, [&] { EXPECT_FALSE(log_in(registry, "someone@example.com", kOtherPassword, "")); },
        [&] { EXPECT_FALSE(log_in(registry, "stranger@example.com", kOtherPassword, "")); });
}

TEST_F(P23_Timing, Registering_a_known_address_takes_as_long_as_a_new_one) {
    int number = 0;
    expect_equal_medians(
        house, 40, [&] { EXPECT_TRUE(register_account(registry, house.asking("someone@example.com"))); },
        [&] {
            EXPECT_TRUE(
                register_account(registry, house.asking("new" + std::to_string(++number) + "@example.com")));
        });
}

// Nothing is hashed in these two: both ways write the same rows instead.
TEST_F(P23_Timing, Asking_for_a_new_password_takes_as_long_for_an_unknown_address) {
    expect_equal_medians(
        house, 200, [&] { EXPECT_TRUE(forgot_password(registry, "someone@example.com")); },
        [&] { EXPECT_TRUE(forgot_password(registry, "stranger@example.com")); });
}

TEST_F(P23_Timing, Asking_for_another_link_takes_as_long_for_an_address_that_is_not_pending) {
    ASSERT_TRUE(register_account(registry, house.asking("pending@example.com")));
    house.age("pending_registrations SET created_at = 0");
    expect_equal_medians(
        house, 200, [&] { EXPECT_TRUE(resend_verification(registry, "pending@example.com")); },
        [&] { EXPECT_TRUE(resend_verification(registry, "stranger@example.com")); });
}

}  // namespace
}  // namespace mmx::accounts
