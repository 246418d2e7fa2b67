#include "compose/phrase.h"

#include <algorithm>
#include <numeric>

namespace mmx::compose {
namespace {

using base::Ticks;

constexpr double kSemitonesPerStep = 12.0 / 7.0;

struct BarSource {
    const Motif* motif = nullptr;  // null: the cadence
    int bar = 0;
    int shift = 0;  // scale steps
};

std::vector<BarSource> sources(int bars, const PhraseMaterial& material, base::Chance& chance) {
    const Motif* m = material.motif;
    const Motif* n = material.other != nullptr ? material.other : m;
    const int last = m->bars - 1;
    const int lean = chance.happens(0.55) ? 1 : -1;
    std::vector<BarSource> said;
    for (int b = 0; b + 1 < bars; ++b) {
        const int round = b / 2, place = b % 2;
        switch (material.scheme) {
            case Scheme::sequence:
                said.push_back({m, 0, lean * b});
                break;
            case Scheme::contrast:
                said.push_back(round % 2 == 0 ? BarSource{m, std::min(place, last), 0}
                                              : BarSource{n, std::min(place, n->bars - 1), lean});
                break;
            case Scheme::repeat:
                said.push_back({m, std::min(place, last), round % 2 == 0 ? 0 : lean});
                break;
            case Scheme::answer:
                said.push_back(round % 2 == 0 ? BarSource{m, std::min(place, last), 0}
                                              : BarSource{m, 0, 2 * lean});
                break;
            case Scheme::free:
                said.push_back(round == 0 ? BarSource{m, std::min(place, last), 0}
                                          : BarSource{n, std::min(place, n->bars - 1), lean});
                break;
        }
    }
    said.push_back({});
    return said;
}

double mean_step(const Motif& motif) {
    if (motif.steps.empty()) return 0;
    return std::accumulate(motif.steps.begin(), motif.steps.end(), 0.0) /
           static_cast<double>(motif.steps.size());
}

}  // namespace

std::vector<PhraseSpec> divide(int bars, int phrase_bars, bool closes) {
    std::vector<PhraseSpec> phrases;
    int at = 0;
    while (at < bars) {
        int size = std::min(phrase_bars, bars - at);
        // A single bar left over is not a phrase of its own: the last one is extended.
        if (bars - at - size == 1) ++size;
        phrases.push_back({at, size, -1, 0, Rest::open});
        at += size;
    }
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        const std::size_t place = i % 4;
        const int half = std::max(1, phrases[i].bars / 2);
        const bool blues = phrases.size() == 3;
        if (place == 1 || place == 3) phrases[i].model = static_cast<int>(place == 3 ? i - 2 : i - 1);
        if (blues && i == 1)
            phrases[i].kept = phrases[i].bars;
        else if (place == 1)
            phrases[i].kept = half;
        else if (place == 3)
            phrases[i].kept = phrases[i].bars;
        if (place % 2 == 1) phrases[i].rest = Rest::closed;
        if (phrases.size() > 4 && place == 0 && i > 0) {
            phrases[i].model = 0;
            phrases[i].kept = half;
        }
    }
    if (!phrases.empty()) phrases.back().rest = closes ? Rest::closed : Rest::open;
    for (PhraseSpec& phrase : phrases)
        if (phrase.model >= 0) {
            const PhraseSpec& model = phrases[static_cast<std::size_t>(phrase.model)];
            phrase.kept = std::min({phrase.kept, phrase.bars, model.bars});
            if (phrase.kept == phrase.bars && phrase.rest != model.rest) phrase.kept = phrase.bars - 1;
        }
    return phrases;
}

std::vector<Draft> draft_phrase(const music::Metre& metre, int bars, Rest rest,
                                const PhraseMaterial& material, base::Chance& chance) {
    const Ticks bar = metre.bar();
    std::vector<Draft> drafts;
    const auto said = sources(bars, material, chance);
    for (int b = 0; b < bars; ++b) {
        const BarSource& source = said[static_cast<std::size_t>(b)];
        const double way = bars > 1 ? static_cast<double>(b) / (bars - 1) : 1;
        const double arch = material.arch * (1 - 4 * (way - 0.45) * (way - 0.45));
        if (source.motif != nullptr) {
            const double mean = mean_step(*source.motif);
            for (std::size_t i = 0; i < source.motif->rhythm.size(); ++i) {
                const Onset& onset = source.motif->rhythm[i];
                if (onset.at < bar * source.bar || onset.at >= bar * (source.bar + 1)) continue;
                Draft draft;
                const Ticks in_bar = onset.at - bar * source.bar;
                draft.start = bar * b + in_bar;
                draft.length = onset.length;
                draft.target =
                    material.centre + arch +
                    (material.spread * (source.motif->steps[i] - mean) + source.shift) * kSemitonesPerStep;
                draft.pull = material.pull;
                drafts.push_back(draft);
            }
        } else {
            const Rhythm rhythm = cadence_rhythm(metre, material.taste, material.rest, chance);
            for (std::size_t i = 0; i < rhythm.size(); ++i) {
                Draft draft;
                draft.start = bar * b + rhythm[i].at;
                draft.length = rhythm[i].length;
                const double left =
                    rhythm.size() > 1 ? 1.0 - static_cast<double>(i) / static_cast<double>(rhythm.size() - 1)
                                      : 0;
                draft.target = material.centre - 1.5 + 2.5 * left;
                draft.pull = material.pull * 0.6;
                drafts.push_back(draft);
            }
            if (!drafts.empty()) drafts.back().rest = rest;
        }
    }
    if (!drafts.empty()) drafts.front().begins = true;
    for (std::size_t i = 0; i + 1 < drafts.size(); ++i)
        drafts[i].length = std::min(drafts[i].length, drafts[i + 1].start - drafts[i].start);
    return drafts;
}

}  // namespace mmx::compose
