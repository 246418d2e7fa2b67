#include "compose/voicing.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mmx::compose {
namespace {

using music::Chord;
using music::Quality;
using style::VoicingKind;

std::vector<Chord> all_chords() {
    std::vector<Chord> chords;
    for (int root = 0; root < 12; ++root)
        for (int quality = 0; quality <= static_cast<int>(Quality::six_nine); ++quality)
            chords.push_back({root, static_cast<Quality>(quality), root});
    return chords;
}

VoicingRequest asked(const Chord& chord, VoicingKind kind) {
    VoicingRequest request;
    request.chord = chord;
    request.kind = kind;
    return request;
}

TEST(Voicing, Plays_only_chord_tones_within_the_register) {
    for (const Chord& chord : all_chords())
        for (const auto kind : {VoicingKind::close, VoicingKind::drop2, VoicingKind::open,
                                VoicingKind::rootless, VoicingKind::shell}) {
            const auto pitches = voice_chord(asked(chord, kind), {});
            ASSERT_GE(pitches.size(), 2u) << chord.name(false);
            for (const int pitch : pitches) {
                EXPECT_TRUE(chord.contains(pitch)) << chord.name(false) << " " << pitch;
                EXPECT_GE(pitch, 48) << chord.name(false);
                EXPECT_LE(pitch, 76) << chord.name(false);
            }
            EXPECT_TRUE(std::ranges::is_sorted(pitches));
        }
}

TEST(Voicing, Keeps_third_and_seventh_when_voices_are_few) {
    for (const Chord& chord : all_chords()) {
        auto request = asked(chord, VoicingKind::close);
        request.voices = 3;
        const auto pitches = voice_chord(request, {});
        for (const int interval : chord.intervals()) {
            const bool guide = interval == 3 || interval == 4 || interval == 10 || interval == 11;
            if (!guide) continue;
            EXPECT_TRUE(std::ranges::any_of(pitches, [&](int p) {
                return (p - chord.root + 120) % 12 == interval;
            })) << chord.name(false);
        }
    }
}

TEST(Voicing, Moves_each_voice_little_and_keeps_common_tones) {
    const Chord progression[] = {{0, Quality::major7, 0},
                                 {9, Quality::minor7, 9},
                                 {2, Quality::minor7, 2},
                                 {7, Quality::dominant7, 7},
                                 {0, Quality::major7, 0}};
    for (const auto kind : {VoicingKind::close, VoicingKind::drop2, VoicingKind::open}) {
        std::vector<int> before;
        for (const Chord& chord : progression) {
            const auto now = voice_chord(asked(chord, kind), before);
            if (!before.empty()) {
                EXPECT_LE(movement(before, now), 2 * static_cast<int>(now.size())) << chord.name(false);
            }
            before = now;
        }
    }
}

TEST(Voicing, Writes_no_thirds_in_the_mud) {
    for (const Chord& chord : all_chords()) {
        auto request = asked(chord, VoicingKind::open);
        request.low = 36;
        request.high = 76;
        const auto pitches = voice_chord(request, {});
        for (std::size_t i = 1; i < pitches.size(); ++i)
            if (pitches[i - 1] < 45) {
                EXPECT_GE(pitches[i] - pitches[i - 1], 5) << chord.name(false) << " on " << pitches[i - 1];
            }
    }
}

TEST(Voicing, Colours_sevenths_only_with_notes_of_the_key) {
    auto request = asked({4, Quality::minor7, 4}, VoicingKind::rootless);  // Em7 in C: F# is not of the key
    request.key = music::parse_key("C major");
    for (const int pitch : voice_chord(request, {})) EXPECT_NE(pitch % 12, 6);
    request.chord = {2, Quality::minor7, 2};  // Dm7 in C: E is its ninth
    const auto with_ninth = voice_chord(request, {});
    EXPECT_TRUE(std::ranges::any_of(with_ninth, [](int p) { return p % 12 == 4; }));
}

TEST(Guitar, Finds_a_grip_for_every_chord_that_a_hand_can_hold) {
    for (const Chord& chord : all_chords()) {
        const GuitarGrip grip = grip_chord(chord, 0);
        const auto pitches = grip.pitches();
        EXPECT_GE(pitches.size(), 4u) << chord.name(false);
        EXPECT_LE(pitches.size(), 6u);
        EXPECT_LE(grip.span(), 3) << chord.name(false);  // four frets
        EXPECT_LE(grip.fingers(), 4) << chord.name(false);
        for (const int pitch : pitches) EXPECT_TRUE(chord.contains(pitch)) << chord.name(false);
    }
}

TEST(Guitar, Plays_the_campfire_chords_as_every_beginner_does) {
    EXPECT_EQ(grip_chord({7, Quality::major, 7}, 0).pitches().front(), 43);  // G: sixth string, third fret
    const auto e_minor = grip_chord({4, Quality::minor, 4}, 0);
    EXPECT_EQ(e_minor.frets, (std::array{0, 2, 2, 0, 0, 0}));
    const auto a_minor = grip_chord({9, Quality::minor, 9}, 0);
    EXPECT_EQ(a_minor.pitches(), (std::vector{45, 52, 57, 60, 64}));
}

}  // namespace
}  // namespace mmx::compose
