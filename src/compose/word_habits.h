// What the hymns say about setting words: data/trained/word_setting.tsv.
#pragma once

#include <array>

namespace mmx::compose {

struct WordHabits {
    // In nats, how much less likely a syllable of this weight stands on a place of this strength (0 beside
    // the beat ... 3 bar line) than any syllable does; negative where it likes to be.
    double place_cost(double weight, int strength) const;
    // How long it lasts against the usual syllable: 1.2 for one that matters.
    double length(double weight) const;

    // Read once; any thread may call.
    static const WordHabits& get();

    enum Class { light, function, strong, classes };
    std::array<std::array<double, 4>, classes> costs{};
    std::array<double, classes> lengths{};
};

}  // namespace mmx::compose
