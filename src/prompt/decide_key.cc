// Key: a mode from mood and genre, a tonic that lies well in the style.
#include <algorithm>

#include "base/random.h"
#include "prompt/decide.h"
#include "prompt/habits.h"
#include "style/instruments.h"

namespace mmx::prompt {
namespace {

struct Lean {
    double amount = 0;  // -1 major ... 1 minor
    const Finding* strongest = nullptr;
};

Lean minor_lean(const Desk& desk) {
    Lean lean;
    double strength = 0;
    for (const Finding& finding : desk.reading.findings) {
        if (!finding.entry->effects.minor) continue;
        const double value = (finding.denied ? -0.6 : 1) * *finding.entry->effects.minor;
        lean.amount += value;
        if (std::abs(value) > strength) {
            strength = std::abs(value);
            lean.strongest = &finding;
        }
    }
    lean.amount = std::min(std::max(lean.amount, -1.0), 1.0);
    // Evidence must point the way the sum goes.
    if (lean.strongest != nullptr &&
        (*lean.strongest->entry->effects.minor * (lean.strongest->denied ? -1 : 1) > 0) != (lean.amount > 0))
        lean.strongest = nullptr;
    return lean;
}

// A mode word without a tonic, "dorian", or a genre that lives in a mode.
const Finding* mode_word(const Desk& desk) {
    for (const Finding& finding : desk.reading.findings)
        if (!finding.denied && finding.entry->effects.mode &&
            (finding.entry->kind != WordKind::genre ||
             std::ranges::find(desk.genres, &finding) == desk.genres.begin()) &&
            !(finding.entry->kind == WordKind::genre && desk.genres.empty()))
            return &finding;
    return nullptr;
}

bool drums_only(const Desk& desk) {
    bool drums = false;
    for (const Finding& finding : desk.reading.findings) {
        if (!plays(finding.entry->kind) || finding.denied) continue;
        const bool is_drums = finding.entry->name == "drums" || finding.entry->name == "percussion" ||
                              (!finding.entry->effects.instruments.empty() &&
                               style::find_instrument(finding.entry->effects.instruments.front())->drums);
        if (!is_drums) return false;
        drums = drums || finding.only || desk.reading.nothing_else;
    }
    return drums;
}

}  // namespace

base::Status decide_key(Desk& desk) {
    music::Plan& plan = desk.plan;
    const auto& said = desk.reading.figures.key;
    if (desk.request.key) {
        plan.key = desk.request.key->key;
        const std::string name = plan.key ? plan.key->name() : "none";
        desk.decide("key", name, "asked for");
        if (said && (!plan.key || !(said->value == *plan.key)))
            plan.messages.push_back("The prompt says " + said->words + "; the key field says " + name +
                                    ", and the field counts.");
        return {};
    }
    if (said) {
        plan.key = said->value;
        std::string because = "said in the prompt ('" + said->words + "')";
        // "Slow blues in A": the genre or a mode word says which A.
        if (const Finding* word = desk.reading.figures.key_is_a_tonic ? mode_word(desk) : nullptr) {
            plan.key->mode = *word->entry->effects.mode;
            because += " and " + word->written;
        }
        desk.decide("key", plan.key->name(), because);
        return {};
    }
    if (desk.reading.figures.no_key || drums_only(desk)) {
        desk.decide("key", "none", desk.reading.figures.no_key ? "said in the prompt" : "only drums play");
        return {};
    }
    const style::GenreStyle& genre = desk.style->genre;
    const Habits& habits = *TRY(habits_of(desk.plan.genre));
    base::Chance chance(plan.seed, base::Stream::plan, {0, 0, 2});
    const Lean lean = minor_lean(desk);
    // A lean of 1 decides; below that it moves the genre's own share of minor songs.
    const double mood = lean.strongest == nullptr ? -0.4 * plan.valence : lean.amount;
    const double share = genre.minor_share + mood * (mood > 0 ? 1 - genre.minor_share : genre.minor_share);
    const bool minor = chance.uniform() < share;
    const auto& modes = minor ? genre.minor_modes : genre.major_modes;
    // The first mode is the usual one; rarer ones want a little luck.
    std::size_t at = 0;
    while (at + 1 < modes.size() && chance.happens(0.15)) ++at;
    music::Mode mode = modes[at];
    std::string because = lean.strongest != nullptr && (lean.amount > 0) == minor
                              ? std::string(minor ? "minor: " : "major: ") + from_word(*lean.strongest)
                              : usual_for(desk);
    if (const Finding* word = mode_word(desk)) {
        // "Major" as a genre's habit gives way to a mood that wants minor.
        const bool yields = *word->entry->effects.mode == music::Mode::major && lean.amount > 0.5;
        if (!yields) {
            mode = *word->entry->effects.mode;
            because = from_word(*word);
            // A mode with a natural minor cousin follows a clear word for minor or major.
            if (mode == music::Mode::major_pentatonic && lean.amount > 0.5)
                mode = music::Mode::minor_pentatonic;
            if (mode == music::Mode::minor_pentatonic && lean.amount < -0.5)
                mode = music::Mode::major_pentatonic;
        }
    }
    const auto& tonics = music::facts(mode).minor_third ? habits.dark : habits.bright;
    music::Key key = chance.choose(tonics);
    key.mode = mode;
    plan.key = music::usually_spelled(key);
    desk.decide("key", plan.key->name(), because);
    return {};
}

// The last chorus a step higher: when the words ask for it, or when the style likes it and much variation is
// wanted. A key that was asked for is kept throughout unless the words ask for both.
void decide_key_lift(Desk& desk) {
    music::Plan& plan = desk.plan;
    if (!plan.key || plan.ending == music::Ending::loop) return;
    base::Chance chance(plan.seed, base::Stream::plan, {0, 0, 3});
    const int step = chance.happens(0.7) ? 2 : 1;
    for (const Finding& finding : desk.reading.findings) {
        if (!finding.entry->effects.key_lift) continue;
        if (finding.denied) {
            plan.key_lift = 0;
            plan.key_lift_is_asked = false;
            return;
        }
        plan.key_lift = step;
        plan.key_lift_is_asked = true;
        desk.decide("key_lift", step == 2 ? "a whole tone" : "a semitone", from_word(finding));
    }
    if (plan.key_lift_is_asked || desk.request.key || desk.reading.figures.key) return;
    const double wish = desk.style->composition.harmony.lift * 2 * std::max(0.0, plan.variation - 0.5);
    if (!chance.happens(wish)) return;
    plan.key_lift = step;
    desk.decide("key_lift", step == 2 ? "a whole tone" : "a semitone", usual_for(desk));
}

}  // namespace mmx::prompt
