#include "compose/lyric_form.h"

#include <algorithm>
#include <map>

namespace mmx::compose {
namespace {

using music::SectionKind;

// The share of a phrase that may hold words; the rest is breath.
constexpr double kFilled = 0.8;

int bars_without_words(SectionKind kind) {
    switch (kind) {
        case SectionKind::intro:
        case SectionKind::outro:
        case SectionKind::interlude:
        case SectionKind::post_chorus:
        case SectionKind::pre_chorus:
            return 4;
        default:
            return 8;
    }
}

std::string harmony_of(SectionKind kind) {
    switch (kind) {
        case SectionKind::solo:
        case SectionKind::breakdown:
            return "verse";
        case SectionKind::intro:
        case SectionKind::interlude:
            return "intro";
        case SectionKind::post_chorus:
        case SectionKind::outro:
            return "chorus";
        default:
            return std::string(music::section_name(kind));
    }
}

// How many syllables a bar holds at the manner's pace.
double syllables_a_bar(const music::Plan& plan, const Manner& manner, double haste) {
    const double beats =
        static_cast<double>(plan.metre.bar().value) / static_cast<double>(plan.metre.beat().value);
    const double seconds = beats * 60.0 / plan.bpm;
    const double a_beat = plan.metre.compound() ? manner.syllables_a_beat * 1.5 : manner.syllables_a_beat;
    return kFilled * haste * std::min(manner.syllables_a_second * seconds, a_beat * beats);
}

// Bars of the usual line: so many that the middle one of all lines of this kind fits.
int slot_bars(std::vector<int> lines, double a_bar, double bar_seconds) {
    if (lines.empty()) return 4;
    std::ranges::sort(lines);
    const int usual = lines[lines.size() / 2];
    for (const int bars : {1, 2, 4, 8}) {
        // Lines shorter than three seconds or so run into each other.
        if (bars * bar_seconds < 2.4 && bars < 8) continue;
        if (usual <= a_bar * bars) return bars;
    }
    return 8;
}

// Phrases dealt to bars: whole slots, half ones in pairs.
int deal(std::vector<SungPhrase>& phrases, int slot, double a_bar) {
    int bar = 0;
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        const auto need = [&](std::size_t k) { return static_cast<int>(phrases[k].syllables.size()); };
        phrases[i].first_bar = bar;
        phrases[i].bars = slot;
        const int half = slot / 2;
        const bool halves = half >= 1 && bar % slot == 0 && i + 1 < phrases.size() &&
                            need(i) <= a_bar * half && need(i + 1) <= a_bar * half;
        // A pair shares a slot when both belong to one line, or are too short to fill one each.
        const bool pair = halves && (phrases[i].line == phrases[i + 1].line ||
                                     need(i) + need(i + 1) <= 0.75 * a_bar * slot);
        if (pair) {
            phrases[i].bars = half;
            phrases[i + 1].first_bar = bar + half;
            phrases[i + 1].bars = slot - half;
            ++i;
        }
        bar += slot;
    }
    return bar;
}

}  // namespace

std::vector<SectionPlan> lyric_sections(const music::Plan& plan, const LyricText* text, double haste) {
    const double beats =
        static_cast<double>(plan.metre.bar().value) / static_cast<double>(plan.metre.beat().value);
    const double bar_seconds = beats * 60.0 / plan.bpm;
    const double a_bar = text != nullptr ? syllables_a_bar(plan, text->manner, haste) : 1;

    // Sections of a kind are dealt alike, so that verses can share their melody.
    std::map<SectionKind, std::vector<int>> lines;
    if (text != nullptr)
        for (std::size_t s = 0; s < plan.lyrics.sections.size() && s < text->sections.size(); ++s)
            for (const speech::Line& line : text->sections[s])
                if (const int syllables = line.syllables(false); syllables > 0)
                    lines[plan.lyrics.sections[s].kind].push_back(syllables);
    std::map<SectionKind, int> slots;
    for (const auto& [kind, counts] : lines) slots[kind] = slot_bars(counts, a_bar, bar_seconds);

    std::vector<SectionPlan> sections;
    for (std::size_t s = 0; s < plan.lyrics.sections.size(); ++s) {
        const music::LyricSection& written = plan.lyrics.sections[s];
        SectionPlan section;
        section.kind = written.kind;
        section.label = written.label;
        section.harmony = harmony_of(written.kind);
        section.instrument = written.instrument;
        section.directions = written.directions;
        section.lines = written.lines;
        section.lyric_section = static_cast<int>(s);
        const int slot = slots.contains(written.kind) ? slots[written.kind] : 4;
        if (text != nullptr && s < text->sections.size())
            for (std::size_t i = 0; i < text->sections[s].size(); ++i)
                for (SungPhrase& phrase : phrases_of(text->sections[s][i], static_cast<int>(i),
                                                     std::max(4, static_cast<int>(1.15 * a_bar * slot))))
                    section.phrases.push_back(std::move(phrase));
        if (section.phrases.empty()) {
            section.bars = written.bars > 0 ? written.bars : bars_without_words(written.kind);
        } else {
            section.bars = std::max(deal(section.phrases, slot, a_bar), written.bars);
            // An odd couplet gets a bar group to breathe in.
            if (section.bars > 2 && section.bars % 2 == 1) ++section.bars;
            if (section.bars > 4 && section.bars % 4 == 3) ++section.bars;
        }
        sections.push_back(std::move(section));
    }
    return sections;
}

}  // namespace mmx::compose
