#include "compose/word_habits.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/data_files.h"
#include "base/maths.h"

namespace mmx::compose {
namespace {

constexpr std::string_view kClasses[] = {"light", "function", "strong"};

// Half, the same, half as long again, double and three times the usual length, in octaves.
struct Step {
    std::string_view name;
    double octaves;
};
constexpr Step kSteps[] = {{"half", -1}, {"usual", 0}, {"longer", 0.585}, {"double", 1}, {"held", 1.585}};

WordHabits read() {
    std::array<std::array<double, 4>, WordHabits::classes> counts{};
    std::array<double, 4> all{};
    std::array<double, WordHabits::classes> octaves{}, syllables{};
    std::string_view text = base::data_file("trained/word_setting.tsv").value_or("");
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        std::array<std::string_view, 4> cells;
        for (std::string_view& cell : cells) {
            cell = line.substr(0, line.find('\t'));
            line.remove_prefix(std::min(line.size(), cell.size() + 1));
        }
        const auto kind = std::ranges::find(kClasses, cells[1]);
        if (kind == std::end(kClasses)) continue;
        const auto row = static_cast<std::size_t>(kind - std::begin(kClasses));
        double count = 0;
        std::from_chars(cells[3].data(), cells[3].data() + cells[3].size(), count);
        if (cells[0] == "strength" && cells[2].size() == 1 && cells[2][0] >= '0' && cells[2][0] <= '3') {
            const auto strength = static_cast<std::size_t>(cells[2][0] - '0');
            counts[row][strength] += count;
            all[strength] += count;
        }
        for (const Step& step : kSteps)
            if (cells[0] == "length" && cells[2] == step.name) {
                octaves[row] += step.octaves * count;
                syllables[row] += count;
            }
    }
    WordHabits habits;
    double total = 0;
    for (const double count : all) total += count;
    for (std::size_t row = 0; row < WordHabits::classes; ++row) {
        double own = 0;
        for (const double count : counts[row]) own += count;
        for (std::size_t s = 0; s < 4; ++s)
            habits.costs[row][s] =
                -base::log(((counts[row][s] + 1) / (own + 4)) / ((all[s] + 1) / (total + 4)));
        habits.lengths[row] = base::pow(2.0, syllables[row] > 0 ? octaves[row] / syllables[row] : 0.0);
    }
    return habits;
}

}  // namespace

const WordHabits& WordHabits::get() {
    static const WordHabits habits = read();
    return habits;
}

double WordHabits::place_cost(double weight, int strength) const {
    const auto s = static_cast<std::size_t>(std::clamp(strength, 0, 3));
    if (weight >= 0.8) return costs[strong][s];
    if (weight >= 0.4) return 0.5 * (costs[strong][s] + costs[function][s]);
    return weight < 0.15 ? costs[light][s] : costs[function][s];
}

double WordHabits::length(double weight) const {
    if (weight >= 0.8) return lengths[strong];
    if (weight >= 0.4) return 0.5 * (lengths[strong] + lengths[function]);
    return weight < 0.15 ? lengths[light] : lengths[function];
}

}  // namespace mmx::compose
