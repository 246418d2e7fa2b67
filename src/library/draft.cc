// From a request to a draft and an estimate: nothing is stored yet.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/secrets.h"
#include "billing/usage.h"
#include "library/archive.h"
#include "library/order.h"
#include "library/refusals.h"
#include "music/fields.h"
#include "prompt/prompt.h"

namespace mmx::library {
namespace {

std::uint64_t random_seed() {
    const std::string bytes = base::random_bytes(8);
    std::uint64_t seed = 0;
    std::memcpy(&seed, bytes.data(), sizeof seed);
    return seed;
}

std::string minutes(std::int64_t seconds) {
    std::string text = std::to_string(seconds / 60) + ":";
    if (seconds % 60 < 10) text += "0";
    return text + std::to_string(seconds % 60);
}

}  // namespace

base::Result<Draft> draft(music::SongRequest request) {
    TRY_VOID(music::validate(request));
    if (!request.seed) request.seed = random_seed();
    Draft made;
    made.plan = TRY(prompt::understand(request));
    made.request = std::move(request);
    return made;
}

std::string reading_json(const music::Plan& plan) {
    using nlohmann::json;
    json reading = {
        {"title", plan.title},
        {"genre", plan.genre},
        {"bpm", plan.bpm},
        {"key", plan.key ? plan.key->name() : "none"},
        {"time_signature", plan.metre.name()},
        {"duration_seconds", plan.duration_seconds},
        {"ending", music::ending_name(plan.ending)},
        {"voice", plan.voice},
        {"instrumental", plan.instrumental},
        {"instruments", json::array()},
        {"excluded", plan.excluded},
        {"decisions", json::array()},
        {"not_understood", plan.not_understood},
        {"substitutions", json::array()},
        {"messages", plan.messages},
    };
    for (const auto& instrument : plan.instruments)
        reading["instruments"].push_back({{"id", instrument.id}, {"asked_as", instrument.asked_as}});
    for (const auto& decision : plan.decisions)
        reading["decisions"].push_back(
            {{"field", decision.field}, {"value", decision.value}, {"because", decision.because}});
    for (const auto& substitution : plan.substitutions)
        reading["substitutions"].push_back({{"asked", substitution.asked}, {"given", substitution.given}});
    return reading.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::int64_t planned_ms(const Draft& draft) {
    return static_cast<std::int64_t>(std::llround(draft.plan.duration_seconds * 1000));
}

// Two channels of 24 bits lose about half in FLAC; loud dense songs less.
std::int64_t about_bytes(const Draft& draft) {
    return static_cast<std::int64_t>(draft.plan.duration_seconds * draft.plan.sample_rate * 3.6);
}

base::Status check_plan(const billing::Plan& plan, const Draft& draft) {
    const auto seconds = static_cast<std::int64_t>(std::ceil(draft.plan.duration_seconds));
    if (seconds > plan.longest_song_seconds) {
        auto refused =
            base::fail_field("duration_seconds",
                             "duration_seconds: this song would last " + minutes(seconds) + "; the plan " +
                                 plan.name + " makes songs of up to " + minutes(plan.longest_song_seconds) +
                                 ". Ask for a shorter song, or choose a larger plan.");
        return refused;
    }
    if (about_bytes(draft) > plan.storage_bytes)
        return base::fail(base::Kind::over_quota,
                          "This song alone would take more storage than the plan " + plan.name +
                              " has. Ask for a shorter song, or choose a larger plan.");
    return {};
}

base::Result<Estimate> estimate(store::Database& database, const std::string& account_id,
                                const billing::Plans& plans, std::string_view plan_id, const Draft& draft) {
    const billing::Plan& plan = plans.of(plan_id);
    const billing::Usage usage = TRY(billing::usage(database, account_id, plan));
    Estimate estimate;
    estimate.duration_ms = planned_ms(draft);
    estimate.storage_bytes = about_bytes(draft);
    estimate.cost_credits = plans.cost(draft.plan.duration_seconds);
    estimate.credits_left = usage.credits;
    estimate.today_left = usage.day.left();
    estimate.month_left = usage.month.left();
    const std::int64_t stored =
        TRY(database.read([&](store::Transaction& t) { return stored_bytes(t, account_id); }));
    estimate.storage_left_bytes = std::max<std::int64_t>(0, plan.storage_bytes - stored);
    if (const base::Status fits = check_plan(plan, draft); !fits)
        estimate.refusal = fits.error().tell_user;
    else if (estimate.today_left == 0)
        estimate.refusal = "Today's songs of the plan " + plan.name + " are used up.";
    else if (estimate.month_left == 0)
        estimate.refusal = "This month's songs of the plan " + plan.name + " are used up.";
    else if (estimate.cost_credits > estimate.credits_left)
        estimate.refusal = "This song costs " + std::to_string(estimate.cost_credits) + " credits; " +
                           std::to_string(estimate.credits_left) + " are left.";
    return estimate;
}

}  // namespace mmx::library
