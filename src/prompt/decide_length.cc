// Length and ending.
#include <algorithm>

#include "base/random.h"
#include "music/fields.h"
#include "prompt/decide.h"
#include "prompt/habits.h"

namespace mmx::prompt {
namespace {

void decide_length(Desk& desk) {
    music::Plan& plan = desk.plan;
    const Figures& figures = desk.reading.figures;
    if (desk.request.duration_seconds) {
        plan.duration_seconds = *desk.request.duration_seconds;
        plan.duration_is_asked = true;
        desk.decide("duration_seconds", short_number(plan.duration_seconds), "asked for");
        if (figures.seconds && std::abs(figures.seconds->value - plan.duration_seconds) > 1)
            plan.messages.push_back("The prompt says " + figures.seconds->words +
                                    "; the duration field says " + short_number(plan.duration_seconds) +
                                    " seconds, and the field counts.");
    } else if (figures.seconds) {
        plan.duration_seconds = figures.seconds->value;
        plan.duration_is_asked = true;
        desk.decide("duration_seconds", short_number(plan.duration_seconds),
                    "said in the prompt ('" + figures.seconds->words + "')");
    } else if (figures.bars) {
        const double beats =
            static_cast<double>(plan.metre.bar().value) / static_cast<double>(plan.metre.beat().value);
        const double seconds = figures.bars->value * beats * 60 / plan.bpm;
        plan.duration_seconds = std::min(std::max(seconds, 10.0), 600.0);
        plan.duration_is_asked = true;
        desk.decide("duration_seconds", short_number(plan.duration_seconds),
                    "said in the prompt ('" + figures.bars->words + "')");
    } else {
        plan.duration_seconds = desk.style->genre.duration_seconds;
        const bool sung = plan.lyrics.has_words();
        desk.decide("duration_seconds", sung ? "as long as the lyrics" : short_number(plan.duration_seconds),
                    sung ? "the lyrics decide" : usual_for(desk));
    }
}

base::Status decide_ending(Desk& desk) {
    music::Plan& plan = desk.plan;
    if (desk.request.ending) {
        plan.ending = *desk.request.ending;
        desk.decide("ending", std::string(music::ending_name(plan.ending)), "asked for");
        return {};
    }
    for (const Finding& finding : desk.reading.findings)
        if (!finding.denied && finding.entry->kind == WordKind::ending && finding.entry->effects.ending) {
            plan.ending = *finding.entry->effects.ending;
            desk.decide("ending", std::string(music::ending_name(plan.ending)), from_word(finding));
            return {};
        }
    const Habits& habits = *TRY(habits_of(plan.genre));
    std::vector<double> weights;
    for (const EndingHabit& habit : habits.endings) {
        // "No fade out" takes it from the choice.
        bool denied = false;
        for (const Finding& finding : desk.reading.findings)
            denied = denied || (finding.denied && finding.entry->effects.ending == habit.ending);
        weights.push_back(denied && habits.endings.size() > 1 ? 0.0 : habit.weight);
    }
    base::Chance chance(plan.seed, base::Stream::plan, {0, 0, 3});
    plan.ending = habits.endings[chance.pick(weights)].ending;
    desk.decide("ending", std::string(music::ending_name(plan.ending)), usual_for(desk));
    return {};
}

}  // namespace

base::Status decide_length_and_ending(Desk& desk) {
    decide_length(desk);
    return decide_ending(desk);
}

}  // namespace mmx::prompt
