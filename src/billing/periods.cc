// UTC days and months by the civil calendar of <chrono>.
#include "billing/periods.h"

#include <fmt/format.h>

#include <chrono>

namespace mmx::billing {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

std::int64_t ms_of(sys_days day) {
    return std::chrono::duration_cast<milliseconds>(day.time_since_epoch()).count();
}

}  // namespace

Periods periods_at(std::int64_t now_ms) {
    const sys_days today = std::chrono::floor<days>(sys_time<milliseconds>(milliseconds(now_ms)));
    const std::chrono::year_month_day date(today);
    const auto next_month = date.year() / date.month() / 1 + std::chrono::months(1);
    Periods periods;
    periods.month = fmt::format("{:04}-{:02}", int(date.year()), unsigned(date.month()));
    periods.day = fmt::format("{}-{:02}", periods.month, unsigned(date.day()));
    periods.now_ms = now_ms;
    periods.next_day_ms = ms_of(today + days(1));
    periods.next_month_ms = ms_of(sys_days(next_month));
    return periods;
}

base::Result<Periods> periods_now(store::Transaction& transaction) {
    const store::Rows rows = TRY(transaction.query("SELECT now_ms()"));
    return periods_at(rows.at(0).integer(0));
}

std::string utc_text(std::int64_t at_ms) {
    const auto minute_of_day = at_ms / 60'000 % 1440;
    return fmt::format("{} {:02}:{:02} UTC", periods_at(at_ms).day, minute_of_day / 60, minute_of_day % 60);
}

}  // namespace mmx::billing
