// Metre: a time signature, its beat and how its beats group.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace mmx::music {

// 2/4 3/4 4/4 5/4 6/4 7/4, 3/8 6/8 7/8 9/8 11/8 12/8.
struct Metre {
    int numerator = 4;
    int denominator = 4;
    // Lengths of the groups in units of 1/denominator; they sum to the numerator.
    // 4/4 is {1,1,1,1}; 6/8 is {3,3}; 7/8 is {2,2,3} unless asked otherwise; 5/4 is {3,2}.
    std::vector<int> groups = {1, 1, 1, 1};

    friend bool operator==(const Metre&, const Metre&) = default;
    base::Ticks unit() const { return base::Ticks(base::kWhole.value / denominator); }
    base::Ticks bar() const { return unit() * numerator; }
    // What bpm counts: dotted quarters in 6/8, 9/8 and 12/8, quarters otherwise.
    base::Ticks beat() const;
    bool compound() const;  // 6/8, 9/8, 12/8: three eighths to the beat
    // How strong a place in the bar is: 3 bar line, 2 group or half bar, 1 beat, 0 beside the beat.
    int strength(base::Ticks in_bar) const;
    // Starts of the felt pulses (beats in simple and compound metres, groups in odd ones).
    std::vector<base::Ticks> pulses() const;
    std::string name() const;  // "7/8"; with a grouping that is not the usual one "7/8 (3+2+2)"
};

// "6/8", "7/8 (3+2+2)", "7/8 3+2+2". Empty when it is not one of the twelve or the grouping does not add up.
std::optional<Metre> parse_metre(std::string_view text);
std::vector<std::string> metre_names();

}  // namespace mmx::music
