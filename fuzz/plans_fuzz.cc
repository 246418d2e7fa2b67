// Any bytes as plans.toml: refused with words for the operator, or plans that are within their ranges.
#include <cstdlib>
#include <string_view>

#include "billing/plans.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto plans = mmx::billing::parse_plans({reinterpret_cast<const char*>(data), size});
    if (!plans) {
        if (plans.error().tell_user.empty()) std::abort();
        return 0;
    }
    if ((*plans)->find("free") == nullptr || (*plans)->cost(61) < 2) std::abort();
    for (const mmx::billing::Plan& plan : (*plans)->all)
        if (plan.daily_generations < 1 || plan.daily_generations > 100'000 ||
            plan.storage_bytes < 1'000'000 || plan.longest_song_seconds < 10 ||
            plan.longest_song_seconds > 600 || plan.parallel_jobs < 1 || plan.parallel_jobs > 64 ||
            !plan.allows_format("flac"))
            std::abort();
    return 0;
}
