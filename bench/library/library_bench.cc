// Times lists, sorts and searches in a large library: p50 and p95 of each, in milliseconds.
//
//     library_bench sqlite|postgresql [OWN_SONGS [OTHER_SONGS]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "fill.h"
#include "library/list.h"

namespace mmx::library {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kTimes = 60;
constexpr double kGoal_ms = 50;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Filters {
    const char* name;
    std::optional<SongState> state;
    const char* genre = "";
    std::optional<bool> pinned;
};
const std::vector<Filters> kFilters = {{"", {}, "", {}},
                                       {"state=failed", SongState::failed, "", {}},
                                       {"state=ready genre=jazz", SongState::ready, "jazz", {}},
                                       {"pinned", {}, "", true}};
const std::vector<const char*> kQuestions = {"",     "half",     "half other", "s",     "so",         "som",
                                             "some", "half som", "seldom",     "never", "half jazz b"};

// Every third request asks for the second page. The worst p95 is returned.
base::Result<double> time_one(store::Database& database, const std::string& q, const std::string& sort,
                              const Filters& filters) {
    ListRequest asked;
    asked.q = q;
    asked.state = filters.state;
    asked.genre = filters.genre;
    asked.pinned = filters.pinned;
    TRY_VOID(set_sort(asked, sort));
    std::vector<double> times;
    std::string cursor;
    std::int64_t total = 0;
    bool exact = true;
    for (int i = 0; i < kTimes; ++i) {
        asked.cursor = i % 3 == 2 ? cursor : "";
        const auto start = Clock::now();
        const Page page = TRY(list(database, kOwner, asked));
        times.push_back(ms_since(start));
        if (asked.cursor.empty()) cursor = page.next_cursor;
        total = page.total;
        exact = page.total_is_exact;
    }
    std::sort(times.begin(), times.end());
    const double p95 = times[kTimes * 95 / 100];
    std::printf("%-12s %-10s %-24s p50 %7.2f  p95 %7.2f ms  %s%lld songs%s\n", q.c_str(), sort.c_str(),
                filters.name, times[kTimes / 2], p95, exact ? "" : "at least ", static_cast<long long>(total),
                p95 > kGoal_ms ? "  OVER" : "");
    return p95;
}

base::Status run(store::Dialect dialect, const Size& size) {
    const store::FreshDatabase fresh(dialect);
    const auto start = Clock::now();
    TRY_VOID(fill(fresh, dialect, size));
    std::printf("%s: %lld songs in one account, %lld in others, filled in %.0f s\n",
                dialect == store::Dialect::sqlite ? "sqlite" : "postgresql", static_cast<long long>(size.own),
                static_cast<long long>(size.others), ms_since(start) / 1000);
    double worst = 0;
    for (const char* q : kQuestions)
        for (const char* sort : {"-created", "created", "title", "-duration"})
            for (const Filters& filters : kFilters)
                worst = std::max(worst, TRY(time_one(*fresh, q, sort, filters)));
    std::printf("worst p95 %.2f ms; the goal is %.0f\n", worst, kGoal_ms);
    return {};
}

}  // namespace
}  // namespace mmx::library

int main(int count, char** arguments) {
    using namespace mmx;
    const std::string_view dialect = count > 1 ? arguments[1] : "";
    if (dialect != "sqlite" && dialect != "postgresql") {
        std::fprintf(stderr, "library_bench sqlite|postgresql [OWN_SONGS [OTHER_SONGS]]\n");
        return 2;
    }
    library::Size size;
    if (count > 2) size.own = std::atoll(arguments[2]);
    if (count > 3) size.others = std::atoll(arguments[3]);
    const auto done =
        library::run(dialect == "sqlite" ? store::Dialect::sqlite : store::Dialect::postgresql, size);
    if (!done) std::fprintf(stderr, "%s %s\n", done.error().tell_user.c_str(), done.error().tell_log.c_str());
    return done ? 0 : 1;
}
