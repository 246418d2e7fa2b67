// Valence, arousal, production and the inference settings: averages of what the words lean to.
#include <algorithm>

#include "prompt/decide.h"

namespace mmx::prompt {
namespace {

double limited(double value, double low, double high) {
    return std::min(std::max(value, low), high);
}

// The mean of what was said, drawn a little to the middle when only one word says it.
struct Mean {
    double sum = 0, weight = 0;
    const Finding* strongest = nullptr;
    double strength = 0;

    void add(double value, double share, const Finding& finding) {
        sum += value * share;
        weight += share;
        const double size = std::abs(value) * share;
        if (size > strength) {
            strength = size;
            strongest = &finding;
        }
    }
    double value() const { return weight > 0 ? sum / weight : 0; }
};

Mean mean_of(const Desk& desk, std::optional<double> Effects::*place) {
    Mean mean;
    std::vector<int> seen;  // a word said twice counts once
    for (const Finding& finding : desk.reading.findings) {
        const auto& value = finding.entry->effects.*place;
        if (!value || std::find(seen.begin(), seen.end(), finding.entry->row) != seen.end()) continue;
        seen.push_back(finding.entry->row);
        const bool mood = finding.entry->kind == WordKind::mood;
        // "not sad" is a step towards happy, not all the way.
        if (finding.denied)
            mean.add((place == &Effects::valence ? -0.5 : -0.15) * *value, 0.6, finding);
        else
            mean.add(*value, mood ? 1.0 : finding.entry->kind == WordKind::genre ? 0.5 : 0.7, finding);
    }
    return mean;
}

// An inference setting lies between 0 and 1 and cannot be negated by sign.
Mean setting_of(const Desk& desk, std::optional<double> Effects::*place) {
    Mean mean;
    for (const Finding& finding : desk.reading.findings) {
        const auto& value = finding.entry->effects.*place;
        if (!value) continue;
        if (finding.denied && finding.entry->kind == WordKind::mood) continue;
        mean.add(finding.denied ? 1 - *value : *value, finding.entry->kind == WordKind::genre ? 0.6 : 1.0,
                 finding);
    }
    return mean;
}

void add_production(Desk& desk) {
    using music::Production;
    constexpr double Production::*kPlaces[] = {
        &Production::reverb,     &Production::dry,    &Production::lofi,
        &Production::distortion, &Production::warmth, &Production::brightness,
        &Production::width,      &Production::delay,  &Production::pump,
    };
    constexpr const char* kNames[] = {"reverb",     "dry",   "lo-fi", "distortion", "warmth",
                                      "brightness", "width", "delay", "pump"};
    for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
        double& amount = desk.plan.production.*kPlaces[i];
        const Finding* strongest = nullptr;
        bool denied = false;
        for (const Finding& finding : desk.reading.findings) {
            const double value = finding.entry->effects.production.*kPlaces[i];
            if (value <= 0) continue;
            if (finding.denied) {
                denied = denied || finding.entry->kind == WordKind::production;
                continue;
            }
            if (value > amount) {
                amount = value;
                strongest = &finding;
            }
        }
        if (denied) {
            amount = 0;
            if (kPlaces[i] == &Production::reverb) desk.plan.production.dry = 0.6;  // "no reverb"
        } else if (strongest != nullptr && amount >= 0.4)
            desk.decide(std::string("production.") + kNames[i], short_number(amount), from_word(*strongest));
    }
}

struct Setting {
    const char* name;
    std::optional<double> music::Inference::*asked;
    std::optional<double> Effects::*word;
    double music::Plan::*place;
};

}  // namespace

std::string short_number(double value) {
    const long hundredths = static_cast<long>(value * 100 + (value < 0 ? -0.5 : 0.5));
    const long whole = hundredths / 100, rest = std::abs(hundredths % 100);
    std::string text = (value < 0 && whole == 0 && rest > 0 ? "-" : "") + std::to_string(whole);
    if (rest > 0) {
        text += rest < 10 ? ".0" : ".";
        text += std::to_string(rest % 10 == 0 ? rest / 10 : rest);
    }
    return text;
}

void decide_mood(Desk& desk) {
    music::Plan& plan = desk.plan;
    const Mean valence = mean_of(desk, &Effects::valence), arousal = mean_of(desk, &Effects::arousal);
    plan.valence = limited(valence.value(), -1, 1);
    plan.arousal = limited(arousal.value(), -1, 1);
    if (valence.strongest != nullptr)
        desk.decide("valence", short_number(plan.valence), from_word(*valence.strongest));
    if (arousal.strongest != nullptr)
        desk.decide("arousal", short_number(plan.arousal), from_word(*arousal.strongest));

    constexpr Setting kSettings[] = {
        {"inference.variation", &music::Inference::variation, &Effects::variation, &music::Plan::variation},
        {"inference.complexity", &music::Inference::complexity, &Effects::complexity,
         &music::Plan::complexity},
        {"inference.energy", &music::Inference::energy, &Effects::energy, &music::Plan::energy},
        {"inference.humanise", &music::Inference::humanise, &Effects::humanise, &music::Plan::humanise},
    };
    for (const Setting& setting : kSettings) {
        double& place = plan.*setting.place;
        const bool energy = setting.place == &music::Plan::energy;
        const Mean said = setting_of(desk, setting.word);
        if (const auto& asked = desk.request.inference.*setting.asked) {
            place = *asked;
            desk.decide(setting.name, short_number(place), "asked for");
            continue;
        }
        const double usual = energy ? desk.style->genre.energy : 0.5;
        place = usual;
        if (said.strongest != nullptr) place = limited(0.35 * usual + 0.65 * said.value(), 0, 1);
        // Excitement without a word for energy still moves it.
        if (energy) place = limited(place + (said.strongest != nullptr ? 0.1 : 0.25) * plan.arousal, 0, 1);
        if (said.strongest != nullptr)
            desk.decide(setting.name, short_number(place), from_word(*said.strongest));
        else if (energy)
            desk.decide(setting.name, short_number(place),
                        arousal.strongest != nullptr && std::abs(plan.arousal) > 0.1
                            ? from_word(*arousal.strongest)
                            : usual_for(desk));
    }

    if (const auto& asked = desk.request.inference.swing) {
        plan.swing = *asked;
        desk.decide("inference.swing", short_number(*asked), "asked for");
    } else {
        // Words about feel come before a genre's own.
        for (const WordKind kind : {WordKind::tempo, WordKind::production, WordKind::genre, WordKind::era})
            for (const Finding& finding : desk.reading.findings)
                if (!plan.swing && finding.entry->kind == kind && finding.entry->effects.swing) {
                    if (kind == WordKind::genre && (desk.genres.empty() || &finding != desk.genres.front()))
                        continue;
                    plan.swing = finding.denied ? 0.0 : *finding.entry->effects.swing;
                    desk.decide("inference.swing", short_number(*plan.swing), from_word(finding));
                }
    }
    add_production(desk);
}

}  // namespace mmx::prompt
