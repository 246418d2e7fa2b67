#include "mix/strip.h"

#include "audio/loudness.h"
#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;
using music::Role;

Song plain_song(style::AutomationStyle style = {0, 0, 0, style::Sweep::none, style::Sweep::none},
                double pump_db = 0) {
    music::Score score = song();
    return {Automation(score, style, kRate), Pump(score, {pump_db, 0.25}, kRate), kRate, Curve(0)};
}

Channel plain_channel() {
    Channel channel;
    channel.target_lufs = -20;
    return channel;
}

TEST(Strip, With_nothing_set_leaves_a_centred_part_as_it_is) {
    const Song song = plain_song();
    Strip strip(plain_channel(), Role::chords, 0, song);
    audio::StereoBuffer sound = tone(kRate, 1000, 0.3), before = sound;
    strip.process(sound.view());
    EXPECT_NEAR(power_db(sound.view()), power_db(before.view()), 0.01);
}

TEST(Strip, Pan_keeps_the_power_and_goes_all_the_way) {
    const Song song = plain_song();
    for (double pan : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
        Channel channel = plain_channel();
        channel.pan = pan;
        Strip strip(channel, Role::chords, 0, song);
        audio::StereoBuffer sound = tone(kRate, 1000, 0.3);
        const double dry = power_db(sound.view());
        strip.process(sound.view());
        EXPECT_NEAR(power_db(sound.view().part(9600, 9600)), dry, 0.1) << pan;
        const double left = power_db(sound.view().part(9600, 9600).left),
                     right = power_db(sound.view().part(9600, 9600).right);
        if (pan == 1) {
            EXPECT_GT(right - left, 40);
        }
        if (pan == -0.5) {
            EXPECT_NEAR(left - right, 7.66, 0.2);
        }  // 20 log10(cot(22.5 degrees))
    }
}

TEST(Strip, Widening_a_mono_part_costs_little_in_mono_and_colours_nothing) {
    const Song song = plain_song();
    Channel channel = plain_channel();
    Strip narrow(channel, Role::pad, 0, song);
    channel.style.spread = 1;
    Strip strip(channel, Role::pad, 0, song);
    audio::StereoBuffer sound = noise(kRate * 4, 0.2, 7, true), plain = sound;
    strip.process(sound.view());
    narrow.process(plain.view());
    const auto late = sound.view().part(kRate, kRate * 3);
    EXPECT_GT(mono_db(late) - power_db(late), -2.0);
    EXPECT_LT(correlation(late), 0.8);               // it is wide
    for (std::size_t i = kRate; i < kRate * 4; ++i)  // and its middle is that of the narrow sound
        ASSERT_NEAR(0.5 * (sound.left[i] + sound.right[i]), plain.left[i], 1e-6);
}

TEST(Strip, Below_120_Hz_left_and_right_are_one) {
    const Song song = plain_song();
    for (double pan : {0.0, 0.6}) {
        Channel channel = plain_channel();
        channel.pan = pan;
        channel.style.width = 1.3;
        channel.style.spread = 0.5;
        Strip strip(channel, Role::chords, 0, song);
        audio::StereoBuffer sound = noise(kRate * 4, 0.2, 8);
        strip.process(sound.view());
        audio::StereoCascade bass(
            std::vector{audio::low_pass(120, 0.54, kRate), audio::low_pass(120, 1.31, kRate)});
        bass.process(sound.view());
        EXPECT_GT(correlation(sound.view().part(kRate, kRate * 3)), 0.9) << pan;
    }
}

TEST(Strip, Calibration_brings_loud_and_soft_parts_to_their_place) {
    const Song song = plain_song();
    for (double level : {0.004, 0.05, 0.6}) {
        Channel channel = plain_channel();
        channel.target_lufs = -27;
        channel.style.compress = 0.5;
        channel.style.drive = 0.3;
        channel.style.high_pass = 200;
        channel.style.high_shelf = {6000, 3, 1};
        Strip strip(channel, Role::lead, -0.3, song);
        audio::StereoBuffer sound = noise(kRate * 4, level, 9);
        strip.calibrate(sound.view());
        strip.process(sound.view());
        EXPECT_NEAR(audio::measure_loudness(sound.view(), kRate).integrated_lufs, -27, 0.3) << level;
    }
}

TEST(Strip, Compressor_narrows_the_distance_between_loud_and_soft) {
    const Song song = plain_song();
    Channel channel = plain_channel();
    channel.style.compress = 0.6;
    const auto level_of = [&](double amplitude) {
        Strip strip(channel, Role::lead, 0, song);
        audio::StereoBuffer sound = tone(kRate * 2, 500, amplitude);
        strip.process(sound.view());
        return power_db(sound.view().part(kRate, kRate / 2));
    };
    const double soft = level_of(0.01), loud = level_of(0.3);  // -43 and -13.5 dBFS: 29.5 dB apart
    EXPECT_NEAR(soft, -43.0, 0.1);                             // far below the threshold nothing happens
    EXPECT_NEAR(loud - soft, 29.5 - (1 - 1 / 3.1) * (-13.47 + 24.4), 0.5);
}

TEST(Strip, Saturation_rounds_peaks_but_not_quiet_sound_and_aliases_little) {
    const Song song = plain_song();
    Channel channel = plain_channel();
    channel.style.drive = 0.6;
    Strip strip(channel, Role::lead, 0, song);
    constexpr std::size_t kSize = 1 << 15;
    const double bin = 4800;  // 7031 Hz: the third harmonic is at 21 kHz, the fifth would fold
    audio::StereoBuffer sound(2 * kSize, kRate);
    for (std::size_t i = 0; i < sound.frames(); ++i)
        sound.left[i] = sound.right[i] =
            static_cast<float>(0.4 * std::sin(2 * M_PI * bin * static_cast<double>(i) / kSize));
    strip.process(sound.view());
    std::vector<std::complex<double>> x(kSize);
    for (std::size_t i = 0; i < kSize; ++i) x[i] = sound.left[kSize + i];
    fft(x);
    const double base_line = std::abs(x[4800]);
    for (std::size_t i = 1; i < kSize / 2; ++i)
        if (i != 4800 && i != 14400) {
            ASSERT_LT(20 * std::log10(std::abs(x[i]) / base_line), -30) << i;
        }

    Strip quiet(channel, Role::lead, 0, song);
    audio::StereoBuffer soft = tone(kRate, 500, 0.02);
    const double before = power_db(soft.view());
    quiet.process(soft.view());
    EXPECT_NEAR(power_db(soft.view()), before, 0.05);
}

TEST(Strip, Duck_goes_down_with_each_kick_by_its_depth_comes_back_and_never_clicks) {
    const Song song = plain_song({0, 0, 0, style::Sweep::none, style::Sweep::none}, 5);
    Channel channel = plain_channel();
    channel.style.duck = 1;
    Strip strip(channel, Role::pad, 0, song);
    audio::StereoBuffer sound(kRate * 8, kRate);
    for (float& x : sound.left) x = 0.5f;
    sound.right = sound.left;
    strip.process(sound.view());
    // Kicks every second at 120 (on beats 1 and 3).
    for (std::size_t beat = 1; beat < 8; ++beat) {
        const std::size_t at = beat * kRate;
        EXPECT_NEAR(20 * std::log10(sound.left[at + 480] / 0.5), -5, 0.2);
        EXPECT_NEAR(20 * std::log10(sound.left[at + kRate / 2] / 0.5), 0, 0.1);
        EXPECT_NEAR(20 * std::log10(sound.left[at - 480] / 0.5), 0, 0.1);
    }
    for (std::size_t i = kRate / 4; i < sound.frames(); ++i)  // the tone's own beginning is a step
        ASSERT_LT(std::abs(sound.left[i] - sound.left[i - 1]), 0.003);
}

TEST(Strip, Gives_the_same_bits_however_the_audio_is_cut_and_silence_from_silence) {
    style::AutomationStyle moves{1.5, 1.5, 0.2, style::Sweep::high_pass, style::Sweep::low_pass};
    const Song song = plain_song(moves, 4);
    Channel channel = plain_channel();
    channel.style = style_of("synthwave").mix.channel(Role::pad);
    channel.style.compress = 0.5;
    channel.style.drive = 0.4;
    channel.pan = 0.2;
    Strip one(channel, Role::pad, -0.2, song), other(channel, Role::pad, -0.2, song),
        idle(channel, Role::pad, -0.2, song);
    const std::size_t frames = kRate * 18;
    audio::StereoBuffer whole = noise(frames, 0.3, 10), cut = whole;
    one.process(whole.view());
    for (std::size_t first = 0, piece = 1; first < frames; first += piece, piece = piece * 7 % 2503 + 1)
        other.process(cut.view().part(first, std::min<std::size_t>(piece, frames - first)));
    EXPECT_EQ(whole.left, cut.left);
    EXPECT_EQ(whole.right, cut.right);
    audio::StereoBuffer silence(20000, kRate);
    idle.process(silence.view());
    EXPECT_EQ(silence.left, std::vector<float>(20000, 0.0f));
}

TEST(Strip, Sweep_of_a_build_takes_the_bass_away_until_the_bar_line) {
    const Song song = plain_song({0, 0, 0, style::Sweep::high_pass, style::Sweep::none});
    Strip strip(plain_channel(), Role::chords, 0, song);
    audio::StereoBuffer sound = tone(kRate * 20, 90, 0.3);
    const double dry = power_db(sound.view().part(0, kRate));
    strip.process(sound.view());
    const auto at = [&](double seconds) {
        return power_db(sound.view().part(static_cast<std::size_t>(seconds * kRate), kRate / 4)) - dry;
    };
    EXPECT_NEAR(at(6), 0, 0.1);  // verse; the build lasts from 8 to 16 s
    EXPECT_LT(at(15.6), -12);
    EXPECT_NEAR(at(16.1), 0, 1.0);  // the drop has its bass back (a build ends a little over its level)
    for (std::size_t i = kRate * 6; i < kRate * 20; ++i)
        ASSERT_LT(std::abs(sound.left[i] - sound.left[i - 1]), 0.02)
            << i;  // a 90 Hz tone of 0.3 moves 0.0035 a frame
}

}  // namespace
}  // namespace mmx::mix
