#include "key_profile.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mmx::acceptance {
namespace {

// D. Temperley, Music and Probability (2007), table 6.1: the Kostka-Payne corpus.
constexpr PitchClasses kMajorProfile = {0.748, 0.060, 0.488, 0.082, 0.670, 0.460,
                                        0.096, 0.715, 0.104, 0.366, 0.057, 0.400};
constexpr PitchClasses kMinorProfile = {0.712, 0.084, 0.474, 0.618, 0.049, 0.460,
                                        0.105, 0.747, 0.404, 0.067, 0.133, 0.330};

const std::map<std::string, std::vector<int>>& modes() {
    static const std::map<std::string, std::vector<int>> kModes = {
        {"major", {0, 2, 4, 5, 7, 9, 11}},
        // Minor as it is sung: the leading tone belongs to it.
        {"minor", {0, 2, 3, 5, 7, 8, 10, 11}},
        {"dorian", {0, 2, 3, 5, 7, 9, 10}},
        {"phrygian", {0, 1, 3, 5, 7, 8, 10}},
        {"lydian", {0, 2, 4, 6, 7, 9, 11}},
        {"mixolydian", {0, 2, 4, 5, 7, 9, 10}},
        {"locrian", {0, 1, 3, 5, 6, 8, 10}},
        {"harmonic minor", {0, 2, 3, 5, 7, 8, 11}},
        {"phrygian dominant", {0, 1, 4, 5, 7, 8, 10}},
        // Blue notes and the notes of I7 IV7 V7: the style's scale counts as in key.
        {"blues", {0, 2, 3, 4, 5, 6, 7, 9, 10}},
        {"major pentatonic", {0, 2, 4, 5, 7, 9, 11}},
        {"minor pentatonic", {0, 2, 3, 5, 7, 8, 10}},
    };
    return kModes;
}

double correlation(const PitchClasses& weights, const PitchClasses& profile, int tonic) {
    double mean_w = 0, mean_p = 0;
    for (int i = 0; i < 12; ++i) {
        mean_w += weights[static_cast<std::size_t>(i)] / 12;
        mean_p += profile[static_cast<std::size_t>(i)] / 12;
    }
    double product = 0, power_w = 0, power_p = 0;
    for (int i = 0; i < 12; ++i) {
        const double w = weights[static_cast<std::size_t>((i + tonic) % 12)] - mean_w;
        const double p = profile[static_cast<std::size_t>(i)] - mean_p;
        product += w * p;
        power_w += w * w;
        power_p += p * p;
    }
    return power_w > 0 ? product / std::sqrt(power_w * power_p) : 0;
}

}  // namespace

bool HeardKey::has(int pitch) const {
    const int degree = ((pitch - tonic) % 12 + 12) % 12;
    return std::find(scale.begin(), scale.end(), degree) != scale.end();
}

std::string HeardKey::name() const {
    static const char* const kNames[] = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    return std::string(kNames[tonic]) + " " + mode;
}

std::optional<HeardKey> read_key(const std::string& name) {
    if (name.empty()) return {};
    const std::string letters = "C D EF G A B";
    const auto letter = letters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(name[0]))));
    if (letter == std::string::npos || name[0] == ' ') return {};
    HeardKey key;
    key.tonic = static_cast<int>(letter);
    std::size_t at = 1;
    while (at < name.size() && (name[at] == '#' || name[at] == 'b')) {
        key.tonic += name[at] == '#' ? 1 : 11;
        ++at;
    }
    key.tonic %= 12;
    while (at < name.size() && name[at] == ' ') ++at;
    key.mode = at < name.size() ? name.substr(at) : "major";
    for (char& c : key.mode) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (key.mode == "ionian") key.mode = "major";
    if (key.mode == "aeolian") key.mode = "minor";
    const auto mode = modes().find(key.mode);
    if (mode == modes().end()) return {};
    key.scale = mode->second;
    const auto holds = [&](int degree) {
        return std::find(key.scale.begin(), key.scale.end(), degree) != key.scale.end();
    };
    key.minor = holds(3) && !holds(4);
    return key;
}

std::array<double, 24> profile_scores(const PitchClasses& weights) {
    std::array<double, 24> scores{};
    for (int tonic = 0; tonic < 12; ++tonic) {
        scores[static_cast<std::size_t>(tonic)] = correlation(weights, kMajorProfile, tonic);
        scores[static_cast<std::size_t>(tonic + 12)] = correlation(weights, kMinorProfile, tonic);
    }
    return scores;
}

int best_profile(const PitchClasses& weights) {
    const auto scores = profile_scores(weights);
    return static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

bool is_key(int profile, const HeardKey& key) {
    if (profile % 12 != key.tonic) return false;
    return key.mode == "blues" || (profile >= 12) == key.minor;
}

bool is_key_or_relative(int profile, const HeardKey& key) {
    if (is_key(profile, key)) return true;
    const int tonic = profile % 12;
    // The major scale that shares the mode's notes begins this many semitones above its tonic.
    static const std::map<std::string, int> kMajorAbove = {
        {"major", 0},
        {"minor", 3},
        {"dorian", 10},
        {"phrygian", 8},
        {"lydian", 7},
        {"mixolydian", 5},
        {"locrian", 1},
        {"harmonic minor", 3},
        {"blues", 0},
        {"major pentatonic", 0},
        {"minor pentatonic", 3},
        {"phrygian dominant", 8},
    };
    const int major = (key.tonic + kMajorAbove.at(key.mode)) % 12;
    return profile < 12 ? tonic == major : tonic == (major + 9) % 12;
}

}  // namespace mmx::acceptance
