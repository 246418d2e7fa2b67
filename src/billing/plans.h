// What each plan allows and what a song costs: read from plans.toml, immutable once read.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::billing {

struct Plan {
    std::string id;                    // "free", "creator", "studio": lower-case letters, digits, '-'
    std::string name;                  // for show
    std::string price_text;            // for show: "9 EUR a month"
    int daily_generations = 0;         // 1 to 100,000, a UTC day
    int monthly_generations = 0;       // 1 to 1,000,000, a UTC month
    int monthly_credits = 0;           // 0 to 1,000,000, granted once a UTC month
    std::int64_t storage_bytes = 0;    // 1 MB to 10 TB
    int longest_song_seconds = 0;      // 10 to 600
    int parallel_jobs = 0;             // 1 to 64 jobs of one account running at once
    std::vector<std::string> formats;  // of "flac", "wav", "mp3", "opus"; the kept original is flac

    bool allows_format(std::string_view format) const;
};

struct Plans {
    std::vector<Plan> all;               // in the order of the file; "free" is among them
    int credits_per_started_minute = 1;  // 1 to 1000

    const Plan* find(std::string_view id) const;  // null: no such plan
    // An account may bear a plan that the operator has since taken out of the file: it gets what free gives.
    const Plan& of(std::string_view id) const;
    // The one that gives the most credits a month, and of equals the most storage; the file's order says
    // nothing.
    const Plan& largest() const;
    // Credits for a song of that length: every started minute counts, at least one.
    int cost(double song_seconds) const;
};

// From the text of a plans.toml. Errors are Kind::unreadable and name the plan, the key and its range.
base::Result<std::shared_ptr<const Plans>> parse_plans(std::string_view toml_text);
// The operator's file, or with an empty path the one inside the program.
base::Result<std::shared_ptr<const Plans>> load_plans(const std::string& path);

// The plans in force. Any thread; whoever took current() keeps what he took while another reloads.
class PlanBook {
  public:
    explicit PlanBook(std::shared_ptr<const Plans> plans) : plans_(std::move(plans)) {}
    std::shared_ptr<const Plans> current() const;
    void replace(std::shared_ptr<const Plans> plans);

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Plans> plans_;
};

}  // namespace mmx::billing
