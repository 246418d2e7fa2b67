// Metre and tempo: the field, then figures in the text, then tempo words, then the genre's habit.
#include <algorithm>

#include "base/random.h"
#include "prompt/decide.h"

namespace mmx::prompt {
namespace {

struct Range {
    double low, high, usual;
    std::string because;
    bool own_metre = false;  // given for the metre that stands in the same row
};

void decide_metre(Desk& desk) {
    music::Plan& plan = desk.plan;
    const auto& said = desk.reading.figures.metre;
    if (desk.request.time_signature) {
        plan.metre = *desk.request.time_signature;
        desk.decide("time_signature", plan.metre.name(), "asked for");
        if (said && said->value.name() != plan.metre.name())
            plan.messages.push_back("The prompt says " + said->words + "; the time signature field says " +
                                    plan.metre.name() + ", and the field counts.");
        return;
    }
    if (said) {
        plan.metre = said->value;
        desk.decide("time_signature", plan.metre.name(), "said in the prompt ('" + said->words + "')");
        return;
    }
    // "Waltz" says it outright; otherwise only the leading genre brings its metre.
    for (const bool outright : {true, false})
        for (const Finding& finding : desk.reading.findings) {
            if (finding.denied || !finding.entry->effects.metre) continue;
            const bool genre = finding.entry->kind == WordKind::genre;
            const bool leads = !desk.genres.empty() && desk.genres.front() == &finding;
            if (outright ? genre && finding.entry->effects.firmness > Firmness::weak : !leads) continue;
            plan.metre = *finding.entry->effects.metre;
            desk.decide("time_signature", plan.metre.name(), from_word(finding));
            return;
        }
    plan.metre = desk.style->genre.metres.front();
    desk.decide("time_signature", plan.metre.name(), usual_for(desk));
}

Range genre_range(const Desk& desk) {
    const style::GenreStyle& genre = desk.style->genre;
    Range range{genre.bpm_low, genre.bpm_high, genre.bpm_usual, usual_for(desk)};
    for (const Finding* finding : desk.genres) {
        const Effects& effects = finding->entry->effects;
        if (!effects.bpm_low || effects.style != desk.plan.genre) continue;
        range = {*effects.bpm_low, *effects.bpm_high, (*effects.bpm_low + *effects.bpm_high) / 2,
                 "usual for " + finding->entry->name, effects.metre.has_value()};
        break;
    }
    // bpm counts dotted quarters in compound metres. Ranges are kept for quarters: the eighths stay as fast.
    if (desk.plan.metre.compound() && !range.own_metre) {
        range.low *= 2.0 / 3;
        range.high *= 2.0 / 3;
        range.usual *= 2.0 / 3;
    }
    return range;
}

// Between low and high, about `centre`, a whole number.
double draw(const Desk& desk, double centre, double spread) {
    base::Chance chance(desk.plan.seed, base::Stream::plan, {0, 0, 1});
    const double value = centre + chance.uniform(-spread, spread);
    return static_cast<double>(static_cast<int>(std::min(std::max(value, 30.0), 300.0) + 0.5));
}

}  // namespace

void decide_metre_and_tempo(Desk& desk) {
    decide_metre(desk);
    music::Plan& plan = desk.plan;
    const auto& said = desk.reading.figures.bpm;
    if (desk.request.bpm) {
        plan.bpm = *desk.request.bpm;
        plan.bpm_is_asked = true;
        desk.decide("bpm", short_number(plan.bpm), "asked for");
        if (said && said->value != plan.bpm)
            plan.messages.push_back("The prompt says " + said->words + "; the bpm field says " +
                                    short_number(plan.bpm) + ", and the field counts.");
        return;
    }
    if (said) {
        plan.bpm = said->value;
        plan.bpm_is_asked = true;
        desk.decide("bpm", short_number(plan.bpm), "said in the prompt ('" + said->words + "')");
        return;
    }
    const Range range = genre_range(desk);
    const Finding* word = nullptr;
    for (const Finding& finding : desk.reading.findings)
        if (!finding.denied && finding.entry->kind == WordKind::tempo &&
            (finding.entry->effects.tempo || finding.entry->effects.italian)) {
            word = &finding;
            break;
        }
    for (const Finding& finding : desk.reading.findings)
        if (word == nullptr && !finding.denied && finding.entry->effects.modifier &&
            finding.entry->effects.tempo && (desk.genres.empty() || desk.genres.front() != &finding))
            word = &finding;
    if (word != nullptr && word->entry->effects.italian) {
        const double low = *word->entry->effects.bpm_low, high = *word->entry->effects.bpm_high;
        plan.bpm = draw(desk, (low + high) / 2, (high - low) * 0.35);
        desk.decide("bpm", short_number(plan.bpm), from_word(*word));
        return;
    }
    const double span = range.high - range.low;
    if (word != nullptr) {
        // "Slow" asks the genre's slow end, and pulls it further when even that is not slow.
        const Effects& effects = word->entry->effects;
        double centre = range.low + span * (0.08 + 0.84 * *effects.tempo);
        if (effects.bpm_low && desk.plan.metre.compound() == false) {
            const double nearest = std::min(std::max(centre, *effects.bpm_low), *effects.bpm_high);
            centre += 0.4 * (nearest - centre);
        }
        plan.bpm = draw(desk, centre, std::max(2.0, span * 0.08));
        desk.decide("bpm", short_number(plan.bpm), from_word(*word));
        return;
    }
    const double place = (range.usual - range.low) / std::max(span, 1.0) + 0.3 * plan.arousal;
    const double centre = range.low + span * std::min(std::max(place, 0.1), 0.9);
    plan.bpm = draw(desk, centre, span * 0.1 + 1);
    desk.decide("bpm", short_number(plan.bpm), range.because);
}

}  // namespace mmx::prompt
