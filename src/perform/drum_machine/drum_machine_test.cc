// The drum machine answers every stroke, in its own time and character.
#include <gtest/gtest.h>

#include "perform/drum_machine/drum_player.h"
#include "perform/drum_machine/effects_player.h"
#include "perform/listening_test.h"
#include "perform/patches.h"

namespace mmx::perform::drum_machine {
namespace {

using namespace listening;

const KitPatch& kit(std::string_view id) {
    return std::get<KitPatch>(find_patch(id)->sound);
}

audio::StereoBuffer hear(std::string_view id, std::vector<PlayedNote> notes, double seconds,
                         std::uint64_t seed = 1) {
    const auto player = make_drum_player(kit(id), in_order(std::move(notes)), 48000, seed);
    return play(*player, seconds);
}

TEST(DrumMachine, Every_kit_answers_every_General_MIDI_drum_without_clipping) {
    for (const char* id : {"kit-808", "kit-909", "synthwave-kit", "lofi-kit"})
        for (int pitch = 35; pitch <= 82; ++pitch) {
            const auto audio = hear(id, {note(0.05, 0.1, pitch, 1.0f)}, 0.7);
            EXPECT_GT(db(peak(audio)), -28) << id << " " << pitch;
            EXPECT_LT(db(peak(audio)), 6) << id << " " << pitch;
        }
}

TEST(DrumMachine, Strokes_start_on_their_frame) {
    const auto audio = hear("kit-909", {note(0.5, 0.1, 36)}, 0.7);
    std::size_t first = 0;
    while (first < audio.frames() && audio.left[first] == 0) ++first;
    EXPECT_LE(first, 24002u);
    EXPECT_GE(first, 24000u);
}

TEST(DrumMachine, A_closed_hat_silences_an_open_one) {
    const auto open = hear("kit-808", {note(0, 0.1, 46)}, 0.6);
    const auto choked = hear("kit-808", {note(0, 0.1, 46), note(0.1, 0.1, 42, 0.02f)}, 0.6);
    EXPECT_LT(db(rms(choked.left, 9600, 9600) / rms(open.left, 9600, 9600)), -25);
}

TEST(DrumMachine, Harder_strokes_are_louder_and_brighter) {
    const auto bright = [](const audio::StereoBuffer& audio) {  // share of what changes from sample to sample
        double change = 0, all = 0;
        for (std::size_t i = 1; i < 9600; ++i) {
            change += std::pow(audio.left[i] - audio.left[i - 1], 2);
            all += std::pow(audio.left[i], 2);
        }
        return change / all;
    };
    for (const char* id : {"kit-808", "kit-909", "lofi-kit"}) {
        const auto soft = hear(id, {note(0, 0.1, 38, 0.2f)}, 0.3),
                   hard = hear(id, {note(0, 0.1, 38, 1.0f)}, 0.3);
        EXPECT_GT(peak(hard), 3 * peak(soft)) << id;
        EXPECT_GT(bright(hard), 1.1 * bright(soft)) << id;
    }
}

TEST(DrumMachine, Repeated_strokes_differ_and_come_again_with_the_same_seed) {
    const auto notes = [] {
        return std::vector{note(0, 0.1, 42), note(0.25, 0.1, 42), note(0.5, 0.1, 42), note(0.75, 0.1, 42)};
    };
    const auto once = hear("kit-909", notes(), 1), again = hear("kit-909", notes(), 1);
    EXPECT_EQ(once.left, again.left);
    int different = 0;
    for (int k = 1; k < 4; ++k)
        different += !std::equal(once.left.begin(), once.left.begin() + 2000, once.left.begin() + 12000 * k);
    EXPECT_GE(different, 1);
}

TEST(DrumMachine, An_808_kick_is_low_and_long_and_a_909_kick_short) {
    const auto low = hear("kit-808", {note(0, 0.1, 36)}, 1), high = hear("kit-909", {note(0, 0.1, 36)}, 1);
    EXPECT_GT(rms(low.left, 19200, 4800), 10 * rms(high.left, 19200, 4800));
    EXPECT_NEAR(cents_off(low.left, 9600, 16384, 49, 48000), 0, 60);
}

TEST(DrumMachine, Ambience_lasts_as_long_as_its_note_and_a_riser_rises) {
    for (const int pitch : {kVinyl, kRain, kWind}) {
        const auto audio = hear("fx-kit", {note(0.2, 3, pitch)}, 5);
        EXPECT_GT(db(rms(audio.left, 72000, 48000)), -66) << pitch;
        EXPECT_LT(db(rms(audio.left, 5 * 48000 - 9600, 9600)), -100) << pitch;
    }
    const auto riser = hear("fx-kit", {note(0, 4, kRiser)}, 5);
    EXPECT_GT(db(rms(riser.left, 3 * 48000, 24000) / rms(riser.left, 48000, 24000)), 10);
    EXPECT_LT(db(rms(riser.left, 4 * 48000 + 4800, 24000)), -100);
    EXPECT_GT(peak(hear("fx-kit", {note(0, 0.1, kImpact)}, 2)), 0.1);
}

}  // namespace
}  // namespace mmx::perform::drum_machine
