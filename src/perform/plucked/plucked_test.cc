// Strings are in tune, die as strings do, and the amplifier keeps its harmonics to itself.
#include <gtest/gtest.h>

#include "perform/listening_test.h"
#include "perform/patches.h"
#include "perform/plucked/amplifier.h"
#include "perform/plucked/plucked_player.h"

namespace mmx::perform::plucked {
namespace {

using namespace listening;

audio::StereoBuffer hear(std::string_view id, std::vector<PlayedNote> notes, double seconds,
                         int rate = 48000) {
    const auto player = make_plucked_player(std::get<PluckedPatch>(find_patch(id)->sound),
                                            in_order(std::move(notes)), rate, 1);
    return play(*player, seconds, rate);
}

TEST(Plucked, Strings_are_in_tune_within_two_cents_over_their_range) {
    for (const int rate : {44100, 48000})
        for (const char* id : {"steel-strings", "nylon-strings", "clean-strings"})
            for (int pitch = 40; pitch <= 84; pitch += 11) {
                const auto audio = hear(id, {note(0, 3, pitch, 0.7f, rate)}, 1.6, rate);
                const double hz = 440 * std::exp2((pitch - 69) / 12.0);
                EXPECT_LT(std::abs(cents_off(audio.left, 9600, 32768, hz, rate)), 2.0)
                    << id << " " << pitch << " " << rate;
            }
}

TEST(Plucked, Notes_decay_and_stop_when_they_end) {
    const auto audio = hear("steel-strings", {note(0, 1.5, 52)}, 2.5);
    EXPECT_GT(rms(audio.left, 4800, 9600), rms(audio.left, 48000, 9600));
    EXPECT_LT(db(rms(audio.left, 96000, 9600) / rms(audio.left, 4800, 9600)), -50);
    const auto rings = hear("steel-strings", {note(0, 0.2, 52, 0.7f, 48000, music::Articulation::open)}, 2.5);
    EXPECT_GT(db(rms(rings.left, 48000, 9600) / rms(rings.left, 4800, 9600)), -25);
}

TEST(Plucked, A_palm_mute_is_shorter_and_darker_than_an_open_note) {
    const auto open = hear("distorted-strings", {note(0, 1, 40)}, 1),
               muted = hear("muted-strings", {note(0, 1, 40)}, 1);
    EXPECT_GT(db(rms(open.left, 24000, 4800)) - db(rms(muted.left, 24000, 4800)), 25);
}

TEST(Plucked, Doubled_guitars_stand_left_and_right) {
    const auto audio = hear("distorted-strings", {note(0, 2, 45)}, 2);
    double both = 0, left = 0, right = 0;
    for (std::size_t i = 24000; i < 72000; ++i) {
        both += static_cast<double>(audio.left[i]) * audio.right[i];
        left += static_cast<double>(audio.left[i]) * audio.left[i];
        right += static_cast<double>(audio.right[i]) * audio.right[i];
    }
    EXPECT_LT(both / std::sqrt(left * right), 0.95);
    EXPECT_NEAR(db(std::sqrt(left / right)), 0, 2);
}

TEST(Plucked, The_amplifier_adds_harmonics_and_hardly_any_alias) {
    PluckedPatch patch;
    patch.amp_drive = 38;
    patch.cabinet_hz = 8000;
    Amplifier amplifier(patch, 48000);
    std::vector<float> audio(48000);
    constexpr double kHz = 2310;
    for (std::size_t i = 0; i < audio.size(); ++i)
        audio[i] =
            static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * kHz * static_cast<double>(i) / 48000));
    amplifier.process(audio.data(), audio.size());
    const double fundamental = std::abs(tone(audio, 16000, 16384, kHz, 48000));
    EXPECT_GT(db(std::abs(tone(audio, 16000, 16384, 3 * kHz, 48000)) / fundamental), -30);
    double worst = -200, where = 0;
    for (double at = 100; at < 8000; at += 12) {
        if (std::abs(at - kHz * std::round(at / kHz)) < 60) continue;
        const double level = db(std::abs(tone(audio, 16000, 16384, at, 48000)) / fundamental);
        if (level > worst) worst = level, where = at;
    }
    EXPECT_LT(worst, -50) << "at " << where << " Hz";
}

}  // namespace
}  // namespace mmx::perform::plucked
