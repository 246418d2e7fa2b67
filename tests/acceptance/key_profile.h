// Keys as a listener hears them: names to pitch classes, and the Temperley/Kostka-Payne profiles.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace mmx::acceptance {

using PitchClasses = std::array<double, 12>;  // weight of C, C#, D ...

struct HeardKey {
    int tonic = 0;           // 0 is C
    std::string mode;        // "major", "dorian", "harmonic minor" ...
    bool minor = false;      // minor third above the tonic
    std::vector<int> scale;  // semitones above the tonic

    bool has(int pitch) const;  // pitch's class belongs to the scale
    std::string name() const;
};

// "D minor", "Bb dorian", "F# phrygian dominant", "C blues"; empty for "none" or an unknown name.
std::optional<HeardKey> read_key(const std::string& name);

// Correlation of the weights with each of the 24 profiles: index tonic, +12 for minor.
std::array<double, 24> profile_scores(const PitchClasses& weights);
int best_profile(const PitchClasses& weights);

// Whether a profile (index as above) is the key itself: tonic and third agree, for modes too.
bool is_key(int profile, const HeardKey& key);
// Whether it is the key or shares its notes: the relative major or minor of the key or of its mode.
bool is_key_or_relative(int profile, const HeardKey& key);

}  // namespace mmx::acceptance
