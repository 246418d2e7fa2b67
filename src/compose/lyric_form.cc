#include "compose/lyric_form.h"

#include <algorithm>

#include "music/lyrics.h"

namespace mmx::compose {
namespace {

using music::SectionKind;

// Sung text above about four syllables a second turns into patter.
constexpr double kSyllablesPerSecond = 3.6;
constexpr double kSyllablesPerBeat = 1.9;

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

}  // namespace

int bars_for_line(const music::Plan& plan, int syllables) {
    const double beats =
        static_cast<double>(plan.metre.bar().value) / static_cast<double>(plan.metre.beat().value);
    const double bar_seconds = beats * 60.0 / plan.bpm;
    const double per_beat = plan.metre.compound() ? kSyllablesPerBeat * 1.5 : kSyllablesPerBeat;
    for (const int bars : {1, 2, 4, 8}) {
        if (bars == 1 && bar_seconds < 4.0) continue;
        // The last quarter of a line is breath.
        if (syllables <= 0.8 * std::min(kSyllablesPerSecond * bar_seconds, per_beat * beats) * bars)
            return bars;
    }
    return 16;
}

std::vector<SectionPlan> lyric_sections(const music::Plan& plan) {
    std::vector<SectionPlan> sections;
    for (const music::LyricSection& written : plan.lyrics.sections) {
        SectionPlan section;
        section.kind = written.kind;
        section.label = written.label;
        section.harmony = harmony_of(written.kind);
        section.instrument = written.instrument;
        section.directions = written.directions;
        section.lines = written.lines;
        if (written.lines.empty()) {
            section.bars = written.bars > 0 ? written.bars : bars_without_words(written.kind);
        } else {
            int longest = 0, total = 0;
            for (const std::string& line : written.lines) {
                const int syllables = std::max(1, music::count_syllables(line));
                longest = std::max(longest, syllables);
                total += syllables;
            }
            const int count = static_cast<int>(written.lines.size());
            // One long line may crowd its bars a little; the average must not.
            section.bars_per_line = bars_for_line(plan, std::max(total / count, longest * 4 / 5));
            section.bars = section.bars_per_line * count;
            if (written.bars > section.bars) section.bars = written.bars;
            // An odd couplet gets a bar group to breathe in.
            if (section.bars > 4 && section.bars % 2 == 1) ++section.bars;
        }
        sections.push_back(std::move(section));
    }
    return sections;
}

}  // namespace mmx::compose
