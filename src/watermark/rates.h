// Halving and doubling the sample rate, for the layers that work below the song's own.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mmx::watermark {

inline constexpr int kRate = 48000;                 // of everything that is marked or examined
inline constexpr int kHalfRate = 24000;             // of the in-band layer
inline constexpr int kLeastUltrasonicRate = 40000;  // slower files have no room for the ultrasonic layer

// Embedder and detector agree on what is silence: looked at 10 ms at a time.
inline constexpr std::size_t kLookFrames = 480;
inline constexpr float kSilentPower = 4e-9f;  // -84 dBFS

// A half-band filter, 47 taps: up to 10 kHz of 24 kHz flat within 0.01 dB, from 14 kHz on 65 dB down.
inline constexpr std::ptrdiff_t kHalfReach = 23;  // samples of the faster signal to either side

// half[m] is around whole[2 (first + m)]; what lies outside the signal is silence. Any thread.
void halve(std::span<const float> whole, std::ptrdiff_t first, std::span<float> half);
// whole[i] is around half[i / 2 + before]; `before` and as much behind the end must be kDoubleReach or more.
inline constexpr std::size_t kDoubleReach = 12;
void double_rate(std::span<const float> half, std::size_t before, std::span<float> whole);

}  // namespace mmx::watermark
