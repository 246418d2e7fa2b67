#include "compose/numeral.h"

#include <algorithm>
#include <array>

namespace mmx::compose {
namespace {

using music::Quality;

constexpr std::array<int, 7> kMajorScale = {0, 2, 4, 5, 7, 9, 11};

struct Degree {
    std::string_view upper, lower;
};
// Longest first, so that "VII" is not read as "V".
constexpr std::array<Degree, 7> kDegrees = {
    {{"I", "i"}, {"II", "ii"}, {"III", "iii"}, {"IV", "iv"}, {"V", "v"}, {"VI", "vi"}, {"VII", "vii"}}};
constexpr std::array<int, 7> kReadingOrder = {6, 2, 3, 5, 1, 4, 0};

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<Quality> read_suffix(std::string_view suffix, bool small) {
    using enum Quality;
    if (suffix.empty()) return small ? Quality::minor : major;
    if (suffix == "7") return small ? minor7 : dominant7;
    if (suffix == "maj7") return small ? minor_major7 : major7;
    if (suffix == "6") return small ? minor6 : major6;
    if (suffix == "9") return small ? minor9 : dominant9;
    if (suffix == "maj9") return major9;
    if (suffix == "13") return dominant13;
    if (suffix == "sus2") return sus2;
    if (suffix == "sus4") return sus4;
    if (suffix == "7sus4") return sus4_7;
    if (suffix == "add9") return small ? minor_add9 : add9;
    if (suffix == "5") return power;
    if (suffix == "69") return six_nine;
    if (suffix == "°") return diminished;
    if (suffix == "°7") return diminished7;
    if (suffix == "ø7") return half_diminished7;
    if (suffix == "+") return augmented;
    return std::nullopt;
}

bool in_scale(music::Mode mode, int above_tonic) {
    const auto scale = music::facts(music::facts(mode).parent).scale;
    return std::ranges::find(scale, above_tonic % 12) != scale.end();
}

}  // namespace

bool Numeral::minor_like() const {
    const auto intervals = music::facts(quality).intervals;
    return std::ranges::find(intervals, 3) != intervals.end();
}

std::optional<Numeral> read_numeral(std::string_view given, music::Mode mode) {
    Numeral numeral;
    numeral.text = given;
    std::string_view text = given;
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        if (colon + 2 != text.size() || std::string_view("357p").find(text.back()) == std::string_view::npos)
            return std::nullopt;
        numeral.bass = text.back();
        text = text.substr(0, colon);
    }
    int home = 0;
    bool borrowed = false;
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        const auto target = read_numeral(text.substr(slash + 1), mode);
        if (!target) return std::nullopt;
        home = target->root;
        borrowed = true;
        text = text.substr(0, slash);
    }
    int accidental = 0;
    while (take(text, "b")) --accidental;
    while (take(text, "#")) ++accidental;
    int degree = -1;
    bool minor = false;
    for (const int candidate : kReadingOrder) {
        const Degree& names = kDegrees[static_cast<std::size_t>(candidate)];
        if (take(text, names.upper)) {
            degree = candidate;
            break;
        }
        if (take(text, names.lower)) {
            degree = candidate;
            minor = true;
            break;
        }
    }
    if (degree < 0) return std::nullopt;
    const auto quality = read_suffix(text, minor);
    if (!quality) return std::nullopt;
    numeral.quality = *quality;
    numeral.bare = text.empty();
    numeral.applied = borrowed;
    const auto parent = music::facts(music::facts(mode).parent).scale;
    const int steps = borrowed || accidental != 0 ? kMajorScale[static_cast<std::size_t>(degree)] + accidental
                                                  : parent[static_cast<std::size_t>(degree)];
    numeral.root = (home + steps + 24) % 12;
    return numeral;
}

music::Chord chord_of(const Numeral& numeral, const music::Key& key) {
    music::Chord chord;
    chord.root = (key.tonic + numeral.root) % 12;
    chord.quality = numeral.quality;
    chord.bass = chord.root;
    const auto intervals = chord.intervals();
    const auto member = [&](std::size_t index) {
        return index < intervals.size() ? (chord.root + intervals[index]) % 12 : chord.root;
    };
    if (numeral.bass == '3') chord.bass = member(1);
    if (numeral.bass == '5') chord.bass = (chord.root + 7) % 12;
    if (numeral.bass == '7') chord.bass = member(3);
    if (numeral.bass == 'p') chord.bass = key.tonic;
    return chord;
}

Numeral coloured(Numeral numeral, Colour colour, music::Mode mode) {
    using enum Quality;
    if (!numeral.bare || colour == Colour::triad) return numeral;
    const int root = numeral.root;
    const bool major_triad = numeral.quality == major, minor_triad = numeral.quality == Quality::minor;
    if (!major_triad && !minor_triad) return numeral;
    const bool dominant = numeral.applied || (major_triad && root == 7 && mode != music::Mode::lydian);
    const bool natural9 = in_scale(mode, root + 2);
    const auto dress = [&](Quality quality, std::string_view suffix) {
        const std::size_t tail = numeral.text.find_first_of("/:");
        numeral.text.insert(tail == std::string::npos ? numeral.text.size() : tail, suffix);
        numeral.quality = quality;
        numeral.bare = false;
    };
    const auto seventh = [&] {
        if (minor_triad) {
            if (in_scale(mode, root + 10)) dress(minor7, "7");
        } else if (!dominant && in_scale(mode, root + 11)) {
            dress(major7, "maj7");
        } else if (dominant || in_scale(mode, root + 10)) {
            dress(dominant7, "7");
        }
    };
    switch (colour) {
        case Colour::triad:
            break;
        case Colour::seventh:
            seventh();
            break;
        case Colour::ninth:
            if (!natural9)
                seventh();
            else if (minor_triad)
                dress(minor9, "9");
            else if (!dominant && in_scale(mode, root + 11))
                dress(major9, "maj9");
            else
                dress(dominant9, "9");
            break;
        case Colour::sixth:
            if (dominant || !in_scale(mode, root + 9))
                seventh();
            else
                dress(minor_triad ? minor6 : major6, "6");
            break;
        case Colour::add9:
            if (natural9 && !dominant) dress(minor_triad ? minor_add9 : add9, "add9");
            break;
        case Colour::sus:
            if (dominant && in_scale(mode, root + 5))
                dress(sus4, "sus4");
            else if (natural9)
                dress(sus2, "sus2");
            break;
        case Colour::power:
            dress(Quality::power, "5");
            break;
    }
    return numeral;
}

}  // namespace mmx::compose
