// What data/patches/sampler.toml promises of every patch: it sounds, at one loudness, in tune.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "audio/loudness.h"
#include "perform/sampler/sound_bank.h"
#include "sounds.h"
#include "style/instruments.h"

namespace mmx::perform {
namespace {

std::array<int, 3> sweet_keys(const SamplerPatch& patch) {
    const style::Instrument* instrument = style::find_instrument(patch.instrument);
    const int low = instrument->sweet_low, high = instrument->sweet_high;
    return {low + (high - low) / 6, (low + high) / 2, high - (high - low) / 6};
}

bool is_kit(const SamplerPatch& patch) {
    return patch.bank == 128;
}

SamplerPatch steady(SamplerPatch patch) {
    patch.variation = patch.vibrato_cents = patch.drift_cents = 0;
    return patch;
}

TEST(SampledPatches, Name_a_catalogue_instrument_and_a_preset_of_their_font) {
    for (const SamplerPatch& patch : sampled_patches()) {
        EXPECT_NE(style::find_instrument(patch.instrument), nullptr) << patch.id << ": " << patch.instrument;
        EXPECT_FALSE(sounds()->font(patch.font).regions(patch.bank, patch.program).empty()) << patch.id;
    }
}

// The rule at the head of data/patches/sampler.toml.
TEST(SampledPatches, Are_equally_loud_at_velocity_0_7) {
    for (const SamplerPatch& patch : sampled_patches()) {
        SCOPED_TRACE(patch.id);
        SamplerPatch plain = patch;
        plain.variation = 0;
        double off = 0;
        if (is_kit(patch)) {
            double peak = -200;
            std::vector<int> drums = {36, 38};
            if (patch.id == "hand-percussion") drums = {54, 63, 82};
            if (patch.id == "orchestral-percussion") drums = {35, 36, 38};
            for (const int drum : drums)
                peak =
                    std::max(peak, audio::measure_loudness(play(plain, {drum, 0.7f, 1.5, 2.0}).view(), kRate)
                                       .sample_peak_dbfs);
            off = peak + 8;
        } else {
            double peak = -200;
            for (const int key : sweet_keys(patch)) {
                const audio::Loudness loudness =
                    audio::measure_loudness(play(plain, {key, 0.7f, 1.5, 2.0}).view(), kRate);
                off += (loudness.max_momentary_lufs + 20) / 3;
                peak = std::max(peak, loudness.sample_peak_dbfs);
            }
            off = std::max(off, peak + 6);
        }
        EXPECT_NEAR(off, 0, 0.3) << "its gain_db should be " << patch.gain_db - off;
    }
}

// The pitch of the strongest of the first partials, as the mean over a second of sound.
double cents_off(const SamplerPatch& patch, int key) {
    const std::vector<double> sound = mono(play(steady(patch), {key, 0.7f, 1.6, 1.7}).view());
    const double lowest = 440 * std::pow(2, (key - 69) / 12.0);
    double hertz = lowest, strongest = 0;
    for (int harmonic = 1; harmonic <= 6 && lowest * harmonic < 12000; ++harmonic) {
        // Low partials are preferred: those of strings rise above the harmonic series the higher they are.
        const double size =
            std::abs(partial(sound, 0.15, 0.25, lowest * harmonic)) * std::pow(0.8, harmonic - 1);
        if (size > strongest) {
            strongest = size;
            hertz = lowest * harmonic;
        }
    }
    const double window = std::max(0.06, 6 / lowest), hop = window / 4;
    double turned = 0, weight = 0;
    std::complex<double> before = 0;
    for (double at = 0.12; at + window < 1.4; at += hop) {
        const std::complex<double> now = partial(sound, at, window, hertz);
        if (std::abs(before) > 0) {
            turned += std::arg(now * std::conj(before)) * std::abs(now);
            weight += std::abs(now);
        }
        before = now;
    }
    return 1200 * std::log2(1 + turned / weight / (2 * M_PI * hop) / hertz);
}

// Instruments whose partials are no harmonic series (bells, drums), sections and reeds that beat, and short
// strokes have no one pitch to measure by this method.
bool has_one_pitch(const SamplerPatch& patch) {
    for (const std::string_view id :
         {"tubular-bells", "timpani", "steel-drums", "glockenspiel", "choir", "choir-oohs", "tremolo-strings",
          "pizzicato-strings", "muted-guitar", "honky-tonk-piano", "accordion", "bandoneon", "church-organ",
          "string-ensemble", "slow-strings", "synth-strings-sampled", "french-horn", "brass-section"})
        if (patch.id == id) return false;
    return !is_kit(patch);
}

TEST(SampledPatches, Are_in_tune_within_five_cents_over_their_sweet_range) {
    for (const SamplerPatch& patch : sampled_patches()) {
        if (!has_one_pitch(patch)) continue;
        double sum = 0;
        std::string each;
        for (const int key : sweet_keys(patch)) {
            const double cents = cents_off(patch, key);
            sum += cents;
            each += " " + std::to_string(key) + ": " + std::to_string(cents);
            // A single sample may lie where its player put it: solo strings and winds sway by ten cents and
            // more.
            EXPECT_NEAR(cents, 0, 12) << patch.id << " at key " << key;
        }
        EXPECT_NEAR(sum / 3, 0, 5) << patch.id << each;
    }
}

// A section's mean lies in tune although its players spread.
TEST(SampledPatches, Sections_are_in_tune_within_ten_cents) {
    for (const SamplerPatch& patch : sampled_patches()) {
        if (patch.id != "choir" && patch.id != "string-ensemble" && patch.id != "french-horn" &&
            patch.id != "church-organ" && patch.id != "accordion" && patch.id != "brass-section")
            continue;
        double sum = 0;
        for (const int key : sweet_keys(patch)) sum += cents_off(patch, key);
        EXPECT_NEAR(sum / 3, 0, 10) << patch.id;
    }
}

TEST(SampledPatches, Grow_with_velocity_and_never_clip_the_desk) {
    for (const SamplerPatch& patch : sampled_patches()) {
        const int key = is_kit(patch) ? (patch.id == "hand-percussion" ? 63 : 38) : sweet_keys(patch)[1];
        SamplerPatch plain = patch;
        plain.variation = 0;
        const double soft = level_db(play(plain, {key, 0.3f, 0.8, 1.0}).view(), 0, 1);
        const double loud = level_db(play(plain, {key, 1.0f, 0.8, 1.0}).view(), 0, 1);
        EXPECT_GT(loud, soft + 2) << patch.id;
        EXPECT_LT(loud, soft + 32) << patch.id;
        EXPECT_LT(audio::measure_loudness(play(plain, {key, 1.0f, 0.8, 1.0}).view(), kRate).sample_peak_dbfs,
                  2)
            << patch.id;
    }
}

}  // namespace
}  // namespace mmx::perform
