// Rendering one note with our sampler, and measures that compare two sounds.
#pragma once

#include <complex>
#include <span>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "perform/patches.h"
#include "perform/sampler/sampler_player.h"

namespace mmx::perform {

inline constexpr int kRate = 48000;

// The mapped fonts, opened once; ends the program with the reason when they are not installed.
const std::shared_ptr<const SoundBank>& sounds();
std::vector<SamplerPatch> sampled_patches();
// The patch without anything of its own: what the font alone says.
SamplerPatch bare(const SamplerPatch& patch);

struct Heard {
    int key = 60;
    float velocity = 0.7f;
    double held = 1.2, length = 2.0;  // seconds
};
audio::StereoBuffer play(const SamplerPatch& patch, const Heard& note);

// Energy of both channels, in decibels, between two times in seconds.
double level_db(audio::ConstStereoView sound, double from, double to);
std::vector<double> mono(audio::ConstStereoView sound);
// A Hann-weighted Fourier coefficient: amplitude and phase (against the sound's first frame) near one
// frequency.
std::complex<double> partial(std::span<const double> sound, double from, double seconds, double hertz);
// Energy in third octaves from 63 Hz, in decibels.
std::vector<double> third_octaves(std::span<const double> sound, double from, double to);

}  // namespace mmx::perform
