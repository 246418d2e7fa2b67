#include "music/metre.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>

namespace mmx::music {
namespace {

struct KnownMetre {
    std::string_view name;
    int numerator, denominator;
    std::vector<int> groups;
};

const std::vector<KnownMetre>& known_metres() {
    static const std::vector<KnownMetre> known = {
        {"2/4", 2, 4, {1, 1}},    {"3/4", 3, 4, {1, 1, 1}},      {"4/4", 4, 4, {1, 1, 1, 1}},
        {"5/4", 5, 4, {3, 2}},    {"6/4", 6, 4, {3, 3}},         {"7/4", 7, 4, {4, 3}},
        {"3/8", 3, 8, {3}},       {"6/8", 6, 8, {3, 3}},         {"7/8", 7, 8, {2, 2, 3}},
        {"9/8", 9, 8, {3, 3, 3}}, {"11/8", 11, 8, {3, 3, 3, 2}}, {"12/8", 12, 8, {3, 3, 3, 3}},
    };
    return known;
}

const KnownMetre* find_known(int numerator, int denominator) {
    for (const KnownMetre& metre : known_metres())
        if (metre.numerator == numerator && metre.denominator == denominator) return &metre;
    return nullptr;
}

std::optional<std::vector<int>> parse_groups(std::string_view text) {
    std::vector<int> groups;
    while (true) {
        int length = 0;
        const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), length);
        if (error != std::errc() || length < 1 || length > 12) return std::nullopt;
        groups.push_back(length);
        text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
        if (text.empty()) return groups;
        if (text.front() != '+') return std::nullopt;
        text.remove_prefix(1);
    }
}

}  // namespace

bool Metre::compound() const {
    return denominator == 8 && numerator % 3 == 0 && numerator >= 6;
}

base::Ticks Metre::beat() const {
    return compound() ? base::kQuarter + base::kEighth : base::kQuarter;
}

int Metre::strength(base::Ticks in_bar) const {
    if (in_bar.value == 0) return 3;
    base::Ticks at{0};
    for (const int group : groups) {
        // In 4/4 and 6/4-like bars of single beats the half bar is felt as a group.
        if (at == in_bar && group > 1) return 2;
        at += unit() * group;
    }
    const bool single_beats = std::ranges::all_of(groups, [](int group) { return group == 1; });
    if (single_beats && numerator % 2 == 0 && in_bar * 2 == bar()) return 2;
    const base::Ticks pulse = compound() ? beat() : denominator == 4 ? base::kQuarter : base::kEighth * 2;
    if (denominator == 4 || compound()) return in_bar.value % pulse.value == 0 ? 1 : 0;
    return 0;
}

std::vector<base::Ticks> Metre::pulses() const {
    std::vector<base::Ticks> starts;
    if (denominator == 4) {
        for (int i = 0; i < numerator; ++i) starts.push_back(base::kQuarter * i);
        return starts;
    }
    base::Ticks at{0};
    for (const int group : groups) {
        starts.push_back(at);
        at += unit() * group;
    }
    return starts;
}

std::string Metre::name() const {
    std::string text = std::to_string(numerator) + "/" + std::to_string(denominator);
    const KnownMetre* known = find_known(numerator, denominator);
    if (known != nullptr && known->groups == groups) return text;
    text += " (";
    for (std::size_t i = 0; i < groups.size(); ++i) text += (i > 0 ? "+" : "") + std::to_string(groups[i]);
    return text + ")";
}

std::optional<Metre> parse_metre(std::string_view given) {
    std::string text;
    std::ranges::copy_if(given, std::back_inserter(text),
                         [](char c) { return c != '(' && c != ')' && c != '\t'; });
    std::string_view rest = text;
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    while (rest.ends_with(' ')) rest.remove_suffix(1);

    const std::size_t name_end = rest.find(' ');
    const std::string_view name = rest.substr(0, name_end);
    const auto known = std::ranges::find(known_metres(), name, &KnownMetre::name);
    if (known == known_metres().end()) return std::nullopt;
    Metre metre{known->numerator, known->denominator, known->groups};
    if (name_end == std::string_view::npos) return metre;

    std::string_view grouping = rest.substr(name_end);
    while (grouping.starts_with(' ')) grouping.remove_prefix(1);
    const auto groups = parse_groups(grouping);
    if (!groups || std::accumulate(groups->begin(), groups->end(), 0) != metre.numerator) return std::nullopt;
    metre.groups = *groups;
    return metre;
}

std::vector<std::string> metre_names() {
    std::vector<std::string> names;
    for (const KnownMetre& metre : known_metres()) names.emplace_back(metre.name);
    return names;
}

}  // namespace mmx::music
