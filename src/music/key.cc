#include "music/key.h"

#include <algorithm>
#include <cctype>

namespace mmx::music {
namespace {

constexpr int kMajor[] = {0, 2, 4, 5, 7, 9, 11};
constexpr int kMinor[] = {0, 2, 3, 5, 7, 8, 10};
constexpr int kDorian[] = {0, 2, 3, 5, 7, 9, 10};
constexpr int kPhrygian[] = {0, 1, 3, 5, 7, 8, 10};
constexpr int kLydian[] = {0, 2, 4, 6, 7, 9, 11};
constexpr int kMixolydian[] = {0, 2, 4, 5, 7, 9, 10};
constexpr int kLocrian[] = {0, 1, 3, 5, 6, 8, 10};
constexpr int kHarmonicMinor[] = {0, 2, 3, 5, 7, 8, 11};
constexpr int kPhrygianDominant[] = {0, 1, 4, 5, 7, 8, 10};
constexpr int kBlues[] = {0, 3, 5, 6, 7, 10};
constexpr int kMajorPentatonic[] = {0, 2, 4, 7, 9};
constexpr int kMinorPentatonic[] = {0, 3, 5, 7, 10};

// Blues songs take their chords from the mixolydian mode (I7 IV7 V7).
constexpr ModeFacts kModes[] = {
    {Mode::major, "major", kMajor, Mode::major, false},
    {Mode::minor, "minor", kMinor, Mode::minor, true},
    {Mode::dorian, "dorian", kDorian, Mode::dorian, true},
    {Mode::phrygian, "phrygian", kPhrygian, Mode::phrygian, true},
    {Mode::lydian, "lydian", kLydian, Mode::lydian, false},
    {Mode::mixolydian, "mixolydian", kMixolydian, Mode::mixolydian, false},
    {Mode::locrian, "locrian", kLocrian, Mode::locrian, true},
    {Mode::harmonic_minor, "harmonic minor", kHarmonicMinor, Mode::harmonic_minor, true},
    {Mode::phrygian_dominant, "phrygian dominant", kPhrygianDominant, Mode::phrygian_dominant, false},
    {Mode::blues, "blues", kBlues, Mode::mixolydian, true},
    {Mode::major_pentatonic, "major pentatonic", kMajorPentatonic, Mode::major, false},
    {Mode::minor_pentatonic, "minor pentatonic", kMinorPentatonic, Mode::minor, true},
};

constexpr std::string_view kSharpNames[] = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
constexpr std::string_view kFlatNames[] = {"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

void skip_gaps(std::string_view& text) {
    while (!text.empty() &&
           (text.front() == ' ' || text.front() == '-' || text.front() == '_' || text.front() == '\t'))
        text.remove_prefix(1);
}

// With the gaps closed, so that "harmonic  minor" and "harmonic-minor" are one.
std::string folded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool gap = c == ' ' || c == '-' || c == '_' || c == '\t';
        if (gap && (out.empty() || out.back() == ' ')) continue;
        out += gap ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::optional<Mode> parse_mode(std::string_view text) {
    if (text.empty() || text == "maj" || text == "ionian") return Mode::major;
    if (text == "m" || text == "min" || text == "aeolian" || text == "natural minor") return Mode::minor;
    if (text == "freygish" || text == "hijaz" || text == "spanish phrygian" || text == "phrygian major")
        return Mode::phrygian_dominant;
    if (text == "blues scale" || text == "minor blues") return Mode::blues;
    if (text == "pentatonic" || text == "pentatonic major") return Mode::major_pentatonic;
    if (text == "pentatonic minor") return Mode::minor_pentatonic;
    for (const ModeFacts& mode : kModes)
        if (text == mode.name) return mode.mode;
    return std::nullopt;
}

}  // namespace

int pitch_class(int pitch) {
    return ((pitch % 12) + 12) % 12;
}

const ModeFacts& facts(Mode mode) {
    return kModes[static_cast<std::size_t>(mode)];
}

bool Key::contains(int pitch) const {
    const auto scale = facts(mode).scale;
    return std::find(scale.begin(), scale.end(), pitch_class(pitch - tonic)) != scale.end();
}

int Key::degree_to_pitch(int degree, int octave_base) const {
    const auto scale = facts(mode).scale;
    const int size = static_cast<int>(scale.size());
    const int octave = degree >= 0 ? degree / size : -((-degree + size - 1) / size);
    return octave_base + 12 * octave + scale[static_cast<std::size_t>(degree - octave * size)];
}

int Key::nearest_degree(int pitch, int octave_base) const {
    const auto scale = facts(mode).scale;
    const int size = static_cast<int>(scale.size());
    const int above = pitch - octave_base;
    const int octave = above >= 0 ? above / 12 : -((-above + 11) / 12);
    const int rest = above - 12 * octave;
    int degree = 0;
    while (degree + 1 < size && scale[static_cast<std::size_t>(degree + 1)] <= rest) ++degree;
    return octave * size + degree;
}

std::string Key::tonic_name() const {
    return std::string((flats ? kFlatNames : kSharpNames)[static_cast<std::size_t>(pitch_class(tonic))]);
}

std::string Key::name() const {
    return tonic_name() + " " + std::string(facts(mode).name);
}

Key usually_spelled(Key key) {
    const bool minor = facts(key.mode).minor_third;
    const int relative_major = pitch_class(key.tonic + (minor                                 ? 3
                                                        : key.mode == Mode::mixolydian        ? 5
                                                        : key.mode == Mode::phrygian_dominant ? 8
                                                        : key.mode == Mode::lydian            ? 7
                                                                                              : 0));
    // Six sharps or six flats: F# major, but Eb minor.
    constexpr bool kFlatMajors[] = {false, true,  false, true,  false, true,
                                    false, false, true,  false, true,  false};
    key.flats = kFlatMajors[relative_major] || (minor && relative_major == 6);
    return key;
}

std::optional<Key> parse_key(std::string_view given) {
    const std::string lower = folded(given);
    std::string_view text = lower;
    if (text.empty()) return std::nullopt;
    constexpr int kLetters[] = {9, 11, 0, 2, 4, 5, 7};
    if (text.front() < 'a' || text.front() > 'g') return std::nullopt;
    const char letter = text.front();
    int tonic = kLetters[letter - 'a'];
    text.remove_prefix(1);

    int accidental = 0;
    std::string_view after = text;
    skip_gaps(after);
    if (take(text, "#") || take(text, "♯"))
        accidental = 1;
    else if (take(text, "♭"))
        accidental = -1;
    else if (take(after, "sharp")) {
        accidental = 1;
        text = after;
    } else if (take(after, "flat")) {
        accidental = -1;
        text = after;
    }
    // "bb" is B flat, but the b of "ebony" is no sign: whatever follows must be a mode.
    else if (text.starts_with("b") && parse_mode(folded(text.substr(1)))) {
        accidental = -1;
        text.remove_prefix(1);
    }
    tonic = pitch_class(tonic + accidental);

    skip_gaps(text);
    const auto mode = parse_mode(text);
    if (!mode) return std::nullopt;
    Key key{tonic, *mode, false};
    if (accidental == 0) return usually_spelled(key);
    key.flats = accidental < 0;
    return key;
}

std::string pitch_name(int pitch, bool flats) {
    return std::string((flats ? kFlatNames : kSharpNames)[static_cast<std::size_t>(pitch_class(pitch))]) +
           std::to_string((pitch - pitch_class(pitch)) / 12 - 1);
}

}  // namespace mmx::music
