// Reads plans.toml: every value within its range, or a message that names the plan and the key.
#include "billing/plans.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "base/data_files.h"

namespace mmx::billing {
namespace {

constexpr std::array<std::string_view, 4> kFormats = {"flac", "wav", "mp3", "opus"};
constexpr std::int64_t kBytesPerMegabyte = 1'000'000;

struct Range {
    std::int64_t low, high;
};

tl::unexpected<base::Error> refuse(std::string_view where, std::string_view problem) {
    std::string message = fmt::format("plans.toml: {}: {}", where, problem);
    return base::fail(base::Kind::unreadable, message, message);
}

base::Result<std::int64_t> number(const toml::table& table, std::string_view where, std::string_view key,
                                  Range range) {
    const auto* node = table.get(key);
    const std::string place = fmt::format("{}: {}", where, key);
    if (node == nullptr) return refuse(place, fmt::format("is missing ({} to {})", range.low, range.high));
    const auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
    if (!value)
        return refuse(place, fmt::format("must be a whole number from {} to {}", range.low, range.high));
    if (*value < range.low || *value > range.high)
        return refuse(place, fmt::format("{} is outside {} to {}", *value, range.low, range.high));
    return *value;
}

base::Result<std::string> text(const toml::table& table, std::string_view where, std::string_view key) {
    const auto value = table[key].value<std::string>();
    if (!value || value->empty() || value->size() > 80)
        return refuse(fmt::format("{}: {}", where, key), "must be text of 1 to 80 bytes");
    return *value;
}

base::Result<std::string> read_id(const toml::table& table, std::string_view where) {
    std::string id = TRY(text(table, where, "id"));
    const bool fits = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!fits || id.size() > 32)
        return refuse(fmt::format("{}: id", where), "must be 1 to 32 of a-z, 0-9 and '-'");
    return id;
}

base::Result<std::vector<std::string>> read_formats(const toml::table& table, std::string_view where) {
    const std::string place = fmt::format("{}: formats", where);
    const auto* list = table["formats"].as_array();
    if (list == nullptr) return refuse(place, "must be a list of flac, wav, mp3, opus");
    std::vector<std::string> formats;
    for (const auto& item : *list) {
        const std::string name = item.value_or(std::string());
        if (std::find(kFormats.begin(), kFormats.end(), name) == kFormats.end())
            return refuse(place, fmt::format("\"{}\" is none of flac, wav, mp3, opus", name));
        formats.push_back(name);
    }
    // Whoever made a song can always take its original away.
    if (std::find(formats.begin(), formats.end(), "flac") == formats.end())
        return refuse(place, "must hold flac, the kept original");
    return formats;
}

base::Status refuse_unknown_keys(const toml::table& table, std::string_view where) {
    constexpr std::array<std::string_view, 10> kKnown = {"id",
                                                         "name",
                                                         "price",
                                                         "daily_generations",
                                                         "monthly_generations",
                                                         "monthly_credits",
                                                         "storage_mb",
                                                         "longest_song_seconds",
                                                         "parallel_jobs",
                                                         "formats"};
    for (const auto& [key, value] : table)
        if (std::find(kKnown.begin(), kKnown.end(), key.str()) == kKnown.end())
            return refuse(fmt::format("{}: {}", where, key.str()), "is not a key of a plan");
    return {};
}

base::Result<Plan> read_plan(const toml::table& table, std::size_t place) {
    Plan plan;
    plan.id = TRY(read_id(table, fmt::format("plan {}", place)));
    const std::string where = fmt::format("plan \"{}\"", plan.id);
    TRY_VOID(refuse_unknown_keys(table, where));
    plan.name = TRY(text(table, where, "name"));
    plan.price_text = TRY(text(table, where, "price"));
    const auto count = [&](std::string_view key, Range range) { return number(table, where, key, range); };
    plan.daily_generations = static_cast<int>(TRY(count("daily_generations", {1, 100'000})));
    plan.monthly_generations = static_cast<int>(TRY(count("monthly_generations", {1, 1'000'000})));
    plan.monthly_credits = static_cast<int>(TRY(count("monthly_credits", {0, 1'000'000})));
    plan.storage_bytes = TRY(count("storage_mb", {1, 10'000'000})) * kBytesPerMegabyte;
    plan.longest_song_seconds = static_cast<int>(TRY(count("longest_song_seconds", {10, 600})));
    plan.parallel_jobs = static_cast<int>(TRY(count("parallel_jobs", {1, 64})));
    plan.formats = TRY(read_formats(table, where));
    return plan;
}

base::Result<Plans> read_plans(const toml::table& file) {
    Plans plans;
    const auto* cost = file["cost"].as_table();
    if (cost == nullptr) return refuse("cost", "the table is missing");
    plans.credits_per_started_minute =
        static_cast<int>(TRY(number(*cost, "cost", "credits_per_started_minute", {1, 1000})));
    const auto* tables = file["plan"].as_array();
    if (tables == nullptr) return refuse("plan", "no [[plan]] is given");
    for (const auto& item : *tables) {
        const auto* table = item.as_table();
        if (table == nullptr) return refuse("plan", "must be [[plan]] tables");
        Plan plan = TRY(read_plan(*table, plans.all.size() + 1));
        if (plans.find(plan.id) != nullptr)
            return refuse(fmt::format("plan \"{}\"", plan.id), "the id is there twice");
        plans.all.push_back(std::move(plan));
    }
    if (plans.find("free") == nullptr) return refuse("plan \"free\"", "is missing; new accounts need it");
    return plans;
}

}  // namespace

bool Plan::allows_format(std::string_view format) const {
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

const Plan* Plans::find(std::string_view id) const {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Plan& plan) { return plan.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const Plan& Plans::of(std::string_view id) const {
    const Plan* plan = find(id);
    return plan != nullptr ? *plan : *find("free");
}

const Plan& Plans::largest() const {
    return *std::max_element(all.begin(), all.end(), [](const Plan& a, const Plan& b) {
        return std::pair(a.monthly_credits, a.storage_bytes) < std::pair(b.monthly_credits, b.storage_bytes);
    });
}

int Plans::cost(double song_seconds) const {
    const int minutes = static_cast<int>(std::ceil(song_seconds / 60.0));
    return std::max(1, minutes) * credits_per_started_minute;
}

base::Result<std::shared_ptr<const Plans>> parse_plans(std::string_view toml_text) {
    try {
        return std::make_shared<const Plans>(TRY(read_plans(toml::parse(toml_text))));
    } catch (const toml::parse_error& error) {
        return refuse(fmt::format("line {}", error.source().begin.line), error.description());
    }
}

base::Result<std::shared_ptr<const Plans>> load_plans(const std::string& path) {
    if (path.empty()) {
        const auto inside = base::data_file("plans.toml");
        if (!inside) return base::fail(base::Kind::internal, "The program is damaged; please reinstall it.");
        return parse_plans(*inside);
    }
    std::ifstream file(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file) return base::fail(base::Kind::io, "The file of plans cannot be read: " + path, path);
    return parse_plans(content);
}

std::shared_ptr<const Plans> PlanBook::current() const {
    const std::lock_guard lock(mutex_);
    return plans_;
}

void PlanBook::replace(std::shared_ptr<const Plans> plans) {
    const std::lock_guard lock(mutex_);
    plans_ = std::move(plans);
}

}  // namespace mmx::billing
