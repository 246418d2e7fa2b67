// The synthesiser is in tune, clean, and does what its knobs say.
#include <gtest/gtest.h>

#include "perform/listening_test.h"
#include "perform/synth/envelope.h"
#include "perform/synth/lanes.h"
#include "perform/synth/synth_player.h"
#include "perform/synth/wavetables.h"

namespace mmx::perform::synth {
namespace {

using namespace listening;

SynthPatch plain(Wave wave) {
    SynthPatch patch;
    patch.oscillators = {Oscillator{}};
    patch.oscillators[0].wave = wave;
    patch.drift_cents = 0;
    patch.amp = {0.001, 0.1, 1.0, 0.05};
    return patch;
}

audio::StereoBuffer hear(const SynthPatch& patch, int pitch, double held, double seconds, int rate = 48000) {
    const auto player = make_synth_player(patch, {note(0, held, pitch, 0.7f, rate)}, rate, 1);
    return play(*player, seconds, rate);
}

TEST(Synth, Plays_within_one_cent_over_its_range_at_both_rates) {
    for (const int rate : {44100, 48000})
        for (const Wave wave : {Wave::saw, Wave::pulse, Wave::triangle, Wave::sine})
            for (const int pitch : {28, 45, 69, 96}) {
                const auto audio = hear(plain(wave), pitch, 3, 1.5, rate);
                const double hz = 440 * std::exp2((pitch - 69) / 12.0);
                EXPECT_LT(std::abs(cents_off(audio.left, 4800, 32768, hz, rate)), 0.2)
                    << pitch << " at " << rate;
            }
}

TEST(Synth, A_saw_at_C7_has_no_alias_within_70_dB_of_its_fundamental) {
    for (const Wave wave : {Wave::saw, Wave::pulse}) {
        const double hz = 440 * std::exp2((96 - 69) / 12.0);
        const auto audio = hear(plain(wave), 96, 3, 1);
        const double fundamental = std::abs(tone(audio.left, 4800, 8192, hz, 48000));
        double worst = -200, where = 0;
        for (double at = 60; at < 23900; at += 20) {
            const double nearest = hz * std::max(1.0, std::round(at / hz));
            if (std::abs(at - nearest) < 100) continue;  // within the window's main lobe of a harmonic
            const double level = db(std::abs(tone(audio.left, 4800, 8192, at, 48000)) / fundamental);
            if (level > worst) worst = level, where = at;
        }
        RecordProperty("worst_alias_db", static_cast<int>(worst));
        EXPECT_LT(worst, -70) << "at " << where << " Hz";
    }
}

TEST(Synth, Waves_have_no_direct_current) {
    SynthPatch pulse = plain(Wave::pulse);
    pulse.oscillators[0].width = 0.2;
    SynthPatch fm = plain(Wave::fm);
    fm.oscillators[0].index = 3;
    for (const SynthPatch& patch : {plain(Wave::saw), pulse, plain(Wave::triangle), fm}) {
        const auto audio = hear(patch, 45, 4, 3);
        EXPECT_LT(db(std::abs(mean(audio.left, 48000, 96000))), -60);
    }
}

double filtered(FilterKind kind, double hz, double cutoff) {
    SynthPatch patch = plain(Wave::sine);
    const auto open = hear(patch, 69, 2, 0.7);
    patch.filter.kind = kind;
    patch.filter.cutoff_hz = cutoff * 440 / hz;  // the tone stays at A4 and the filter moves, in proportion
    patch.filter.keytrack = 0;
    patch.filter.resonance = 0;
    const auto closed = hear(patch, 69, 2, 0.7);
    return db(rms(closed.left, 9600, 19200) / rms(open.left, 9600, 19200));
}

TEST(Synth, Filters_pass_cut_and_stop_as_they_are_named) {
    // state-variable at Q 0.707: flat, -3 dB, -12 dB an octave
    EXPECT_NEAR(filtered(FilterKind::lowpass12, 100, 1000), 0, 0.3);
    EXPECT_NEAR(filtered(FilterKind::lowpass12, 1000, 1000), -3, 0.4);
    EXPECT_NEAR(filtered(FilterKind::lowpass12, 8000, 1000), -36, 1.5);
    // four one-pole stages: -12 dB at the cutoff, -24 dB an octave
    EXPECT_NEAR(filtered(FilterKind::lowpass24, 50, 1000), 0, 0.6);
    EXPECT_NEAR(filtered(FilterKind::lowpass24, 1000, 1000), -12, 1.0);
    EXPECT_LT(filtered(FilterKind::lowpass24, 8000, 1000), -65);
    EXPECT_NEAR(filtered(FilterKind::bandpass, 1000, 1000), 0, 0.4);
    EXPECT_LT(filtered(FilterKind::bandpass, 16000, 1000), -20);
    EXPECT_NEAR(filtered(FilterKind::highpass, 8000, 1000), 0, 0.3);
    EXPECT_NEAR(filtered(FilterKind::highpass, 125, 1000), -36, 1.5);
}

TEST(Synth, Envelopes_keep_their_times) {
    constexpr double kBlocks = 3000;
    const EnvelopeRates rates({0.1, 0.4, 0.5, 0.3}, kBlocks);
    EnvelopeState envelope;
    envelope.press();
    int blocks = 0;
    while (envelope.stage == EnvelopeState::Stage::attack) envelope.next(rates), ++blocks;
    EXPECT_NEAR(blocks / kBlocks, 0.1, 0.005);
    for (int i = 0; i < 0.4 * kBlocks; ++i) envelope.next(rates);
    EXPECT_NEAR(envelope.level, 0.525, 0.01);
    for (int i = 0; i < 3 * kBlocks; ++i) envelope.next(rates);
    const float held = envelope.level;
    envelope.let_go();
    for (int i = 0; i < 0.3 * kBlocks; ++i) envelope.next(rates);
    EXPECT_NEAR(db(envelope.level / held), -60, 1.5);
}

TEST(Synth, A_mono_voice_slides_between_bound_notes_and_not_between_separate_ones) {
    SynthPatch patch = plain(Wave::sine);
    patch.mono = true;
    patch.glide = 0.3;
    const auto at = [&](double first_length) {
        const auto player =
            make_synth_player(patch, in_order({note(0, first_length, 57), note(1, 2, 69)}), 48000, 1);
        const auto audio = play(*player, 2.5);
        return std::abs(tone(audio.left, 48000 + 1000, 2400, 440, 48000)) /
               std::abs(tone(audio.left, 96000, 2400, 440, 48000));
    };
    EXPECT_LT(at(1.05), 0.6);  // still on its way
    EXPECT_GT(at(0.5), 0.9);
}

TEST(Synth, Lane_functions_agree_with_libm) {
    for (double x = -0.5; x < 0.5; x += 0.001)
        EXPECT_NEAR(sin_cycle(all(static_cast<float>(x)))[0],
                    std::sin(2 * std::numbers::pi * static_cast<float>(x)), 3e-6);
    for (double x = -20; x < 20; x += 0.037)
        EXPECT_NEAR(exp2_of(all(static_cast<float>(x)))[3] / std::exp2(static_cast<float>(x)), 1, 1e-6);
    for (double x = 0.001; x < 0.44; x += 0.001)
        EXPECT_NEAR(
            tan_pi(all(static_cast<float>(x)))[5] / std::tan(std::numbers::pi * static_cast<float>(x)), 1,
            1e-4);
}

}  // namespace
}  // namespace mmx::perform::synth
