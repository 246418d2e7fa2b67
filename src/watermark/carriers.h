// Where the ultrasonic layer lies: carriers above 18 kHz that change sign from symbol to symbol.
#pragma once

#include <cstddef>

namespace mmx::watermark {

// A symbol lasts 20 ms: 64 samples of the base rate with 16 before them that repeat its end. 250 make a
// period of 5 s.
inline constexpr std::size_t kUseful = 64, kGuard = 16, kSymbol = kUseful + kGuard;
inline constexpr std::size_t kUltrasonicColumns = 250;

// 62.5 Hz apart, numbered from 19 kHz. The lower ten (18.06 to 18.63 kHz) and the upper twenty (18.75 to
// 19.94 kHz) each carry the whole payload, so either is enough.
inline constexpr std::size_t kLowCarriers = 10, kHighCarriers = 20;
inline constexpr std::size_t kCarriers = kLowCarriers + kHighCarriers;
constexpr int carrier_number(std::size_t carrier) {
    return carrier < kLowCarriers ? static_cast<int>(carrier) - 15 : static_cast<int>(carrier) - 14;
}

}  // namespace mmx::watermark
