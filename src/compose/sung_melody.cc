#include "compose/sung_melody.h"

#include <algorithm>

#include "compose/setting.h"

namespace mmx::compose {
namespace {

using base::Ticks;

// Between two phrases: a breath of a quarter second or more.
Ticks breath_of(const music::Plan& plan, const music::Metre& metre) {
    const double beat_seconds = 60.0 / plan.bpm;
    return beat_seconds > 0.55 ? metre.beat() / 2 : metre.beat();
}

// The contour of a line at a place: what its notes wish, and between them the way from one to the next.
double contour(const std::vector<Draft>& shape, Ticks at, double otherwise) {
    if (shape.empty()) return otherwise;
    const auto wish = [](const Draft& draft) {
        return draft.pitch != 0 ? static_cast<double>(draft.pitch) : draft.target;
    };
    if (at <= shape.front().start) return wish(shape.front());
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
        if (at >= shape[i + 1].start) continue;
        const auto whole = static_cast<double>((shape[i + 1].start - shape[i].start).value);
        const double way = whole > 0 ? static_cast<double>((at - shape[i].start).value) / whole : 0;
        return wish(shape[i]) + way * (wish(shape[i + 1]) - wish(shape[i]));
    }
    return wish(shape.back());
}

}  // namespace

SungMelody::SungMelody(const music::Plan& plan, const Form& form, const music::Score& score,
                       const Knowledge& knowledge, const Manner& manner)
    : plan_(plan),
      form_(form),
      score_(score),
      knowledge_(knowledge),
      manner_(manner),
      sung_(form.sections.size()) {}

Ticks SungMelody::start_of(std::size_t section) const {
    return score_.bars[static_cast<std::size_t>(score_.sections[section].first_bar)].start;
}

// Where the singer is free again after what was set before `at`, wherever it stands.
Ticks SungMelody::free_from(Ticks at) const {
    Ticks free(0);
    for (const auto& section : sung_)
        for (const Set& set : section)
            if (!set.drafts.empty() && set.start < at)
                free = std::max(free, set.drafts.back().start +
                                          std::min(set.drafts.back().length, score_.metre.beat()) +
                                          base::kEighth);
    return free;
}

Ticks SungMelody::free_until(Ticks at) const {
    Ticks until = score_.end;
    for (const auto& section : sung_)
        for (const Set& set : section)
            if (!set.drafts.empty() && set.start >= at) until = std::min(until, set.drafts.front().start);
    return until;
}

// What this phrase is like: the same words heard before, the same place of the section it repeats, or the
// line before last.
SungMelody::Model SungMelody::model_for(std::size_t section, std::size_t phrase,
                                        const std::vector<Set>& before) const {
    const SungPhrase& own = form_.sections[section].phrases[phrase];
    const auto fits = [&](const Set& set) { return set.bars == own.bars && set.backing == own.backing; };
    const int repeats = form_.sections[section].repeats;
    if (repeats >= 0) {
        const auto& there = sung_[static_cast<std::size_t>(repeats)];
        if (phrase < there.size() && fits(there[phrase]) && !there[phrase].drafts.empty())
            return {&there[phrase], 1.3};
    }
    for (const Set& set : before)
        if (fits(set) && set.text == own.text && !set.drafts.empty()) return {&set, 1.3};
    if (phrase >= 2 && fits(before[phrase - 2]) && !before[phrase - 2].drafts.empty())
        return {&before[phrase - 2], 0.9};
    return {};
}

std::vector<Draft> SungMelody::place(const SungPhrase& phrase, Ticks start, const Model& model,
                                     const std::vector<Draft>& shape, const SungTaste& taste,
                                     bool more_follows, base::Chance& luck) const {
    const Ticks length = score_.metre.bar() * phrase.bars;
    const Ticks breath = breath_of(plan_, score_.metre);
    Room room;
    room.length = length;
    room.earliest = std::max(free_from(start) - start, std::max(-(score_.metre.beat() * 3 / 2), -start));
    // What follows may begin ahead of its bar.
    room.latest_end =
        std::min(length - (more_follows ? breath : Ticks(0)), free_until(start + Ticks(1)) - start);
    if (room.latest_end < length / 2) room.latest_end = length;

    // What is spoken twice is not sung the same: only tunes have models.
    std::vector<Draft> like;
    if (model.set != nullptr)
        for (Draft draft : model.set->drafts) {
            draft.start = draft.start - model.set->start;
            like.push_back(draft);
        }
    const bool exact = model.set != nullptr && model.set->text == phrase.text && !like.empty() &&
                       like.back().text + 1 == static_cast<int>(phrase.syllables.size()) &&
                       like.front().start >= room.earliest && like.back().start < room.latest_end;
    if (exact) {
        std::vector<Draft> drafts = like;
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            drafts[i].start += start;
            keep_or_lean(score_, drafts[i], model.set->drafts[i]);
        }
        drafts.back().length = std::min(drafts.back().length, start + room.latest_end - drafts.back().start);
        return drafts;
    }

    const std::vector<Draft>& wish = like.empty() ? shape : like;
    std::vector<Ticks> places;
    int last_text = -1;
    for (const Draft& draft : wish) {
        // The further notes of a melisma are no places for syllables.
        if (draft.text < 0 || draft.text != last_text) places.push_back(draft.start);
        last_text = draft.text;
    }
    SettingTaste setting;
    setting.bpm = plan_.bpm;
    setting.beside = taste.beside;
    setting.pickup = taste.pickup;
    setting.breath = taste.breath;
    setting.fidelity = model.set != nullptr ? model.fidelity : 0.45;
    // Fine steps where the pace needs them.
    const double beats = static_cast<double>(length.value) / static_cast<double>(score_.metre.beat().value);
    setting.sixteenths = static_cast<double>(phrase.syllables.size()) > 1.55 * beats * (1 - taste.breath) ||
                         plan_.delivery == music::Delivery::rap;
    const Rhythm rhythm = set_words(phrase.syllables, score_.metre, room, places, setting, luck);

    std::vector<Draft> drafts;
    for (std::size_t k = 0; k < rhythm.size(); ++k) {
        Draft draft;
        draft.start = start + rhythm[k].at;
        draft.length = rhythm[k].length;
        draft.text = static_cast<int>(k);
        draft.target = contour(wish, rhythm[k].at, taste.centre) + 0.9 * (phrase.syllables[k].weight - 0.4);
        draft.pull = 1.0;
        draft.begins = k == 0;
        if (model.set != nullptr)
            for (const Draft& other : model.set->drafts)
                if (other.start - model.set->start == rhythm[k].at) {
                    keep_or_lean(score_, draft, other);
                    draft.length = rhythm[k].length;
                }
        drafts.push_back(draft);
    }
    return drafts;
}

// Long notes of syllables that matter move on to a second note.
void SungMelody::add_melismas(const SungPhrase& phrase, std::vector<Draft>& drafts,
                              base::Chance& luck) const {
    auto left = static_cast<int>(phrase.syllables.size() / 4);
    std::vector<Draft> out;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft draft = drafts[i];
        const TextSyllable& syllable = phrase.syllables[static_cast<std::size_t>(draft.text)];
        const bool last = i + 1 == drafts.size();
        const double beats =
            static_cast<double>(draft.length.value) / static_cast<double>(score_.metre.beat().value);
        const bool can = left > 0 && draft.pitch == 0 && beats >= 0.99 && syllable.weight >= 0.5 &&
                         draft.length >= base::kQuarter;
        const double likely = manner_.melisma * (beats >= 1.9 ? 2.0 : 1.0) * (last ? 0.8 : 1.2);
        if (!can || !luck.happens(std::min(likely, 0.6))) {
            out.push_back(draft);
            continue;
        }
        --left;
        Draft second = draft;
        second.begins = false;
        // The last note of a phrase comes from above and rests; others lead on.
        const Ticks tail = last ? draft.length - base::kEighth * (beats >= 1.9 ? 2 : 1)
                                : (beats >= 1.9 ? base::kQuarter : base::kEighth);
        second.length = std::max(tail, base::kEighth);
        draft.length = draft.length - second.length;
        second.start = draft.start + draft.length;
        if (last) {
            draft.target += 2.0;
            draft.rest = Rest::none;
        } else {
            second.target += drafts[i + 1].target > draft.target ? 1.8 : -1.8;
        }
        out.push_back(draft);
        out.push_back(second);
    }
    drafts = std::move(out);
}

// Spoken: a voice falls through the phrase and rises on its stresses.
void SungMelody::speak(const SungPhrase& phrase, std::vector<Draft>& drafts, const SungTaste& taste) const {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const TextSyllable& syllable = phrase.syllables[static_cast<std::size_t>(drafts[i].text)];
        const double way =
            drafts.size() > 1 ? static_cast<double>(i) / static_cast<double>(drafts.size() - 1) : 1;
        const double pitch = taste.centre + 2.0 - 4.0 * way + 3.0 * syllable.weight;
        drafts[i].pitch = static_cast<int>(pitch + 0.5);
    }
}

// The interval from the line before is sung as well: a singer who has just rested still has its last note in
// the ear.
void SungMelody::fit_after(const std::vector<Draft>& before, std::vector<Draft>& drafts,
                           const LineTaste& taste, base::Chance& luck) const {
    const bool near = !before.empty() && !drafts.empty() &&
                      drafts.front().start - before.back().start < score_.metre.bar() * 2;
    if (!near) {
        fit_pitches(drafts, score_, knowledge_, taste, luck);
        return;
    }
    Draft last = before.back();
    last.rest = Rest::none;
    drafts.front().begins = false;
    drafts.insert(drafts.begin(), last);
    fit_pitches(drafts, score_, knowledge_, taste, luck);
    drafts.erase(drafts.begin());
    drafts.front().begins = true;
}

std::vector<Draft> SungMelody::sing(std::size_t section, const std::vector<std::vector<Draft>>& shapes,
                                    const SungTaste& taste, base::Chance& luck) {
    const SectionPlan& plan = form_.sections[section];
    std::vector<Draft> tune;
    auto& own = sung_[section];
    own.clear();
    own.reserve(plan.phrases.size());  // models point into it
    const bool spoken = plan_.delivery != music::Delivery::sung || score_.chords.empty();
    for (std::size_t p = 0; p < plan.phrases.size(); ++p) {
        const SungPhrase& phrase = plan.phrases[p];
        const Ticks start = start_of(section) + score_.metre.bar() * phrase.first_bar;
        const bool ends = p + 1 == plan.phrases.size();
        const bool more = !ends || section + 1 < form_.sections.size();
        const Model model = spoken ? Model{} : model_for(section, p, own);
        static const std::vector<Draft> kNoShape;
        std::vector<Draft> drafts =
            place(phrase, start, model, p < shapes.size() ? shapes[p] : kNoShape, taste, more, luck);
        if (!drafts.empty()) {
            drafts.front().begins = true;
            if (drafts.back().pitch == 0) drafts.back().rest = ends || p % 2 == 1 ? Rest::closed : Rest::open;
        }
        if (spoken) {
            speak(phrase, drafts, taste);
        } else {
            add_melismas(phrase, drafts, luck);
            fit_after(tune, drafts, taste.line, luck);
            // A second note of the same pitch is no second note.
            for (std::size_t i = 1; i < drafts.size();)
                if (drafts[i].text == drafts[i - 1].text && drafts[i].pitch == drafts[i - 1].pitch) {
                    drafts[i - 1].length += drafts[i].length;
                    drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(i));
                } else {
                    ++i;
                }
        }
        // Draft::text counts the phrase's syllables until here.
        Set set{start, phrase.bars, phrase.backing, phrase.text, drafts};
        own.push_back(set);
        const auto first = static_cast<int>(texts_.size());
        for (std::size_t k = 0; k < phrase.syllables.size(); ++k)
            texts_.push_back({static_cast<int>(section), static_cast<int>(p), static_cast<int>(k)});
        for (Draft& draft : drafts) draft.text += first;
        // Nobody sings two phrases at once, nor without a breath.
        if (!tune.empty() && !drafts.empty())
            tune.back().length = std::min(
                tune.back().length,
                std::max(base::kSixteenth, drafts.front().start - tune.back().start - base::kSixteenth));
        tune.insert(tune.end(), drafts.begin(), drafts.end());
    }
    return tune;
}

}  // namespace mmx::compose
