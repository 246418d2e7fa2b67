// Whether the time of an answer tells if an account exists: at the cost of real life, in turns.

#include <algorithm>
#include <chrono>

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

// Of 40 tries, one kind and the other in turn, so that whatever else the machine does meets both alike.
template <class One, class Other>
void expect_equal_medians(const House& house, const One& one, const Other& other) {
    std::vector<double> ones, others;
    for (int i = 0; i < 20; ++i) {
        ones.push_back(seconds_of(one));
        others.push_back(seconds_of(other));
        house.forget_tries();
    }
    const double a = median(ones), b = median(others);
    std::printf("[ measured ] medians of %.1f and %.1f ms\n", a * 1000, b * 1000);
    EXPECT_LT(std::max(a, b) / std::min(a, b), 1.1);
}

class P23_Timing : public testing::Test {
  protected:
    House house{store::Dialect::sqlite, 12};
    const Registry& registry = house.registry;
    Account account = house.make_account();
};

TEST_F(P23_Timing, A_wrong_password_takes_as_long_as_an_unknown_address) {
    expect_equal_medians(
        house, [&] { EXPECT_FALSE(log_in(registry, "someone@example.com", kOtherPassword, "")); },
        [&] { EXPECT_FALSE(log_in(registry, "stranger@example.com", kOtherPassword, "")); });
}

TEST_F(P23_Timing, Registering_a_known_address_takes_as_long_as_a_new_one) {
    int number = 0;
    expect_equal_medians(
        house, [&] { EXPECT_TRUE(register_account(registry, house.asking("someone@example.com"))); },
        [&] {
            EXPECT_TRUE(
                register_account(registry, house.asking("new" + std::to_string(++number) + "@example.com")));
        });
}

}  // namespace
}  // namespace mmx::accounts
