#include "music/chord.h"

#include <algorithm>

#include "music/key.h"

namespace mmx::music {
namespace {

constexpr int kMajorTriad[] = {0, 4, 7}, kMinorTriad[] = {0, 3, 7}, kDiminished[] = {0, 3, 6},
              kAugmented[] = {0, 4, 8};
constexpr int kSus2[] = {0, 2, 7}, kSus4[] = {0, 5, 7}, kPower[] = {0, 7};
constexpr int kMajor6[] = {0, 4, 7, 9}, kMinor6[] = {0, 3, 7, 9}, kDominant7[] = {0, 4, 7, 10},
              kMajor7[] = {0, 4, 7, 11};
constexpr int kMinor7[] = {0, 3, 7, 10}, kHalfDiminished7[] = {0, 3, 6, 10}, kDiminished7[] = {0, 3, 6, 9};
constexpr int kMinorMajor7[] = {0, 3, 7, 11}, kSus4_7[] = {0, 5, 7, 10};
constexpr int kDominant9[] = {0, 4, 7, 10, 14}, kMajor9[] = {0, 4, 7, 11, 14}, kMinor9[] = {0, 3, 7, 10, 14};
constexpr int kAdd9[] = {0, 4, 7, 14}, kMinorAdd9[] = {0, 3, 7, 14}, kDominant13[] = {0, 4, 7, 10, 14, 21};
constexpr int kSixNine[] = {0, 4, 7, 9, 14};

constexpr QualityFacts kQualities[] = {
    {Quality::major, "", kMajorTriad},
    {Quality::minor, "m", kMinorTriad},
    {Quality::diminished, "dim", kDiminished},
    {Quality::augmented, "aug", kAugmented},
    {Quality::sus2, "sus2", kSus2},
    {Quality::sus4, "sus4", kSus4},
    {Quality::power, "5", kPower},
    {Quality::major6, "6", kMajor6},
    {Quality::minor6, "m6", kMinor6},
    {Quality::dominant7, "7", kDominant7},
    {Quality::major7, "maj7", kMajor7},
    {Quality::minor7, "m7", kMinor7},
    {Quality::half_diminished7, "m7b5", kHalfDiminished7},
    {Quality::diminished7, "dim7", kDiminished7},
    {Quality::minor_major7, "mMaj7", kMinorMajor7},
    {Quality::sus4_7, "7sus4", kSus4_7},
    {Quality::dominant9, "9", kDominant9},
    {Quality::major9, "maj9", kMajor9},
    {Quality::minor9, "m9", kMinor9},
    {Quality::add9, "add9", kAdd9},
    {Quality::minor_add9, "madd9", kMinorAdd9},
    {Quality::dominant13, "13", kDominant13},
    {Quality::six_nine, "6/9", kSixNine},
};

std::string letter(int pitch, bool flats) {
    constexpr std::string_view kSharp[] = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    constexpr std::string_view kFlat[] = {"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};
    return std::string((flats ? kFlat : kSharp)[static_cast<std::size_t>(pitch_class(pitch))]);
}

}  // namespace

const QualityFacts& facts(Quality quality) {
    return kQualities[static_cast<std::size_t>(quality)];
}

bool Chord::contains(int pitch) const {
    const int above_root = pitch_class(pitch - root);
    return std::ranges::any_of(intervals(), [&](int interval) { return interval % 12 == above_root; });
}

std::string Chord::name(bool flats) const {
    std::string name = letter(root, flats) + std::string(facts(quality).suffix);
    if (bass != root) name += "/" + letter(bass, flats);
    return name;
}

}  // namespace mmx::music
