#include "compose/knowledge.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

#include "base/data_files.h"
#include "base/maths.h"
#include "base/text.h"

namespace mmx::compose {
namespace {

using music::Mode;
using music::SectionKind;

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

template <class Row>
void each_row(std::string_view path, std::size_t columns, Row row) {
    for (const std::string_view line : base::cells_of(base::data_file(path).value_or(""), '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto cells = base::cells_of(line, '\t');
        if (cells.size() == columns) row(cells);
    }
}

constexpr int kChords = 24, kStart = 24, kEnd = 25, kCodes = 26;
constexpr int kGroups = 5;  // verse, chorus, bridge, pre-chorus, other

int group_of(std::string_view name) {
    return name == "verse" ? 0 : name == "chorus" ? 1 : name == "bridge" ? 2 : name == "pre-chorus" ? 3 : 4;
}
int group_of(SectionKind kind) {
    switch (kind) {
        case SectionKind::verse:
            return 0;
        case SectionKind::chorus:
        case SectionKind::drop:
        case SectionKind::theme:
            return 1;
        case SectionKind::bridge:
            return 2;
        case SectionKind::pre_chorus:
        case SectionKind::build:
            return 3;
        default:
            return 4;
    }
}
int code_of(std::string_view text) {
    if (text == "^") return kStart;
    if (text == "$") return kEnd;
    const bool minor = text.back() == 'm';
    return number(text) + (minor ? 12 : 0);
}

struct ChordTable {
    // By key, group, bar of four, from, to.
    std::array<std::array<std::array<std::array<std::array<double, kCodes>, kCodes>, 4>, kGroups>, 2>
        counts{};
    double at(bool minor, int group, int bar, int from, int to) const {
        return counts[minor][static_cast<std::size_t>(group)][static_cast<std::size_t>(bar)]
                     [static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
    }
};

const ChordTable& chord_table() {
    static const ChordTable table = [] {
        ChordTable read;
        each_row("trained/chords.tsv", 6, [&](const auto& cells) {
            read.counts[cells[0] == "minor"][static_cast<std::size_t>(group_of(cells[1]))]
                       [static_cast<std::size_t>(number(cells[2]) % 4)][static_cast<std::size_t>(code_of(
                           cells[3]))][static_cast<std::size_t>(code_of(cells[4]))] += number(cells[5]);
        });
        return read;
    }();
    return table;
}

constexpr int kReach = 7, kSteps = 2 * kReach + 1;

struct StepTable {
    // Log probabilities by strength, length, the step before, the step.
    std::array<std::array<std::array<std::array<double, kSteps>, kSteps>, 2>, 4> logs{};
};

const StepTable& step_table() {
    static const StepTable table = [] {
        StepTable read;
        std::array<double, kSteps> plain{};
        double all = 0;
        auto& counts = read.logs;
        each_row("trained/melody_steps.tsv", 5, [&](const auto& cells) {
            const auto step = static_cast<std::size_t>(number(cells[3]) + kReach);
            counts[static_cast<std::size_t>(number(cells[0]))][static_cast<std::size_t>(number(cells[1]))]
                  [static_cast<std::size_t>(number(cells[2]) + kReach)][step] += number(cells[4]);
            plain[step] += number(cells[4]);
            all += number(cells[4]);
        });
        // Where a context was seen seldom, the step's overall frequency speaks (Witten-Bell-like smoothing by
        // 12).
        for (auto& by_length : counts)
            for (auto& by_before : by_length)
                for (auto& row : by_before) {
                    double total = 0;
                    for (const double count : row) total += count;
                    for (std::size_t i = 0; i < row.size(); ++i) {
                        const double backoff = (plain[i] + 1.0) / (all + kSteps);
                        row[i] = base::log((row[i] + 12.0 * backoff) / (total + 12.0));
                    }
                }
        return read;
    }();
    return table;
}

std::string numeral_of(int code, bool minor_key) {
    constexpr std::array<std::string_view, 12> kMajor = {"I",   "bII", "II",  "bIII", "III",  "IV",
                                                         "#IV", "V",   "bVI", "VI",   "bVII", "#VI"};
    // In minor keys the scale's own degrees have no accidentals.
    constexpr std::array<std::string_view, 12> kMinorKey = {"I",   "bII", "II", "III", "#III", "IV",
                                                            "#IV", "V",   "VI", "#VI", "VII",  "#VII"};
    std::string text((minor_key ? kMinorKey : kMajor)[static_cast<std::size_t>(code % 12)]);
    if (!minor_key && code % 12 == 11) text = "VII";
    if (code >= 12)
        for (char& c : text) c = c == 'I' ? 'i' : c == 'V' ? 'v' : c;
    return text;
}

// Chords that a listener accepts without preparation; others wait for the style's own wish.
bool familiar(int code, bool minor_key) {
    constexpr std::array<int, 8> kMajor = {0, 14, 16, 5, 7, 21, 10, 17};
    constexpr std::array<int, 8> kMinor = {12, 3, 17, 5, 7, 19, 8, 10};
    const auto& known = minor_key ? kMinor : kMajor;
    return std::ranges::find(known, code) != known.end();
}

}  // namespace

double Knowledge::melody_step(const MelodyContext& context, int step) const {
    const auto place = [](int value) {
        return static_cast<std::size_t>(std::clamp(value, -kReach, kReach) + kReach);
    };
    const double trained =
        step_table().logs[static_cast<std::size_t>(context.strength)][context.long_note ? 1 : 0]
                         [place(context.previous_step)][place(step)];
    // The hymns and ballads that were counted walk; a style may want to jump, or to stay on a note.
    const int size = std::abs(step);
    const style::MelodyStyle& wish = style_->melody;
    double taste = 0;
    if (size >= 2) taste += (wish.leap - 0.25) * 2.2;
    if (size == 0) taste += (wish.repeat_notes - 0.3) * 2.5;
    return trained + taste;
}

double Knowledge::chord_change(bool minor_key, SectionKind section, int from, int to) const {
    double count = 0, total = 0;
    for (int bar = 0; bar < 4; ++bar)
        for (int code = 0; code < kChords; ++code) {
            const double here = chord_table().at(minor_key, group_of(section), bar, from, code);
            total += here;
            if (code == to) count += here;
        }
    return base::log((count + 0.5) / (total + 12.0));
}

double Knowledge::section_follows(std::string_view from, std::string_view to) {
    static const auto counts = [] {
        std::map<std::string, std::map<std::string, double>, std::less<>> read;
        each_row("trained/form_order.tsv", 3, [&](const auto& cells) {
            read[std::string(cells[0])][std::string(cells[1])] += number(cells[2]);
        });
        return read;
    }();
    const auto row = counts.find(from);
    if (row == counts.end()) return base::log(0.1);
    double total = 0, own = 0;
    for (const auto& [name, count] : row->second) {
        total += count;
        if (name == to) own = count;
    }
    return base::log((own + 2.0) / (total + 26.0));
}

std::vector<std::string> Knowledge::learned_progression(bool minor_key, SectionKind section, int bars,
                                                        base::Chance& chance) const {
    const ChordTable& table = chord_table();
    const int group = group_of(section);
    for (int attempt = 0; attempt < 12; ++attempt) {
        std::vector<int> codes;
        int from = kStart;
        for (int bar = 0; bar < bars; ++bar) {
            std::array<double, kChords> weights{};
            for (int code = 0; code < kChords; ++code) {
                if (!familiar(code, minor_key)) continue;
                double weight = table.at(minor_key, group, bar % 4, from, code);
                if (code == from) weight *= 0.4;  // songs hold chords longer than a tune needs
                // What ends a section well ends the phrase.
                if (bar + 1 == bars) weight *= 1.0 + table.at(minor_key, group, 0, code, kEnd) / 100.0;
                weights[static_cast<std::size_t>(code)] = weight;
            }
            double total = 0;
            for (const double weight : weights) total += weight;
            if (total <= 0) break;
            from = static_cast<int>(chance.pick(weights));
            codes.push_back(from);
        }
        std::vector<int> distinct = codes;
        std::ranges::sort(distinct);
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        if (static_cast<int>(codes.size()) < bars || distinct.size() < 3) continue;
        // A loop that comes round to where it ended stands still.
        if (codes.front() == codes.back() && bars <= 4) continue;
        std::vector<std::string> numerals;
        for (const int code : codes) numerals.push_back(numeral_of(code, minor_key));
        return numerals;
    }
    return {};
}

std::vector<style::Progression> Knowledge::progressions(Mode mode, SectionKind section) const {
    const auto fits = [&](const style::Progression& progression) {
        return progression.sections.empty() ||
               std::ranges::find(progression.sections, section) != progression.sections.end();
    };
    std::vector<style::Progression> all, fitting;
    for (const style::ModeProgressions& known : style_->harmony.modes)
        if (known.mode == mode)
            for (const style::Progression& progression : known.progressions) {
                all.push_back(progression);
                if (fits(progression)) fitting.push_back(progression);
            }
    if (!fitting.empty()) return fitting;
    // A kind of section the style says nothing of borrows from what it resembles.
    const SectionKind like =
        section == SectionKind::drop || section == SectionKind::post_chorus ? SectionKind::chorus
        : section == SectionKind::chorus || section == SectionKind::verse || section == SectionKind::solo
            ? SectionKind::theme
        : section == SectionKind::theme     ? SectionKind::verse
        : section == SectionKind::breakdown ? SectionKind::bridge
                                            : section;
    if (like != section)
        for (const style::Progression& progression : all)
            if (std::ranges::find(progression.sections, like) != progression.sections.end())
                fitting.push_back(progression);
    if (!fitting.empty()) return fitting;
    if (!all.empty()) return all;
    const std::string_view name = music::facts(mode).name;
    each_row("harmony/modes.tsv", 4, [&](const auto& cells) {
        if (cells[0] != name) return;
        style::Progression progression;
        progression.weight = number(cells[1]);
        for (const std::string_view word : base::cells_of(cells[2], ' '))
            for (int kind = 0; kind < style::kSectionKinds; ++kind)
                if (music::section_name(static_cast<SectionKind>(kind)) == word)
                    progression.sections.push_back(static_cast<SectionKind>(kind));
        for (std::string_view bar : base::cells_of(cells[3], '|')) {
            while (!bar.empty() && bar.front() == ' ') bar.remove_prefix(1);
            while (!bar.empty() && bar.back() == ' ') bar.remove_suffix(1);
            progression.bars.emplace_back(bar);
        }
        all.push_back(progression);
        if (fits(progression)) fitting.push_back(progression);
    });
    return fitting.empty() ? all : fitting;
}

}  // namespace mmx::compose
