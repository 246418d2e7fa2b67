// UTC days and months, as counts and grants are kept by.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace mmx::billing {

struct Periods {
    std::string day;    // "2031-05-04"
    std::string month;  // "2031-05"
    std::int64_t now_ms = 0;
    std::int64_t next_day_ms = 0;
    std::int64_t next_month_ms = 0;
};
Periods periods_at(std::int64_t now_ms);
// By the database's clock, which all servers share.
base::Result<Periods> periods_now(store::Transaction& transaction);

// "2031-05-05 00:00 UTC"
std::string utc_text(std::int64_t at_ms);

}  // namespace mmx::billing
