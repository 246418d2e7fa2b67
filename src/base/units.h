// Numbers that know their unit, so that musical time and clock time cannot be mixed by mistake.
#pragma once

#include <compare>
#include <cstdint>

namespace mmx::base {

template <class Tag, class Number>
struct Quantity {
    Number value{};

    constexpr Quantity() = default;
    constexpr explicit Quantity(Number number) : value(number) {}
    friend constexpr auto operator<=>(Quantity, Quantity) = default;
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value + b.value); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value - b.value); }
    friend constexpr Quantity operator*(Quantity a, Number factor) { return Quantity(a.value * factor); }
    friend constexpr Number operator/(Quantity a, Quantity b) { return a.value / b.value; }
    friend constexpr Quantity operator/(Quantity a, Number divisor) { return Quantity(a.value / divisor); }
    friend constexpr Quantity operator%(Quantity a, Quantity b) { return Quantity(a.value % b.value); }
    constexpr Quantity operator-() const { return Quantity(-value); }
    constexpr Quantity& operator+=(Quantity other) {
        value += other.value;
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other) {
        value -= other.value;
        return *this;
    }
};

// Musical time: stretches with the tempo. 960 ticks to the quarter note divide by
// 2, 3, 5 and 64ths, so triplets and swing land on whole ticks.
using Ticks = Quantity<struct TicksTag, std::int64_t>;
inline constexpr Ticks kQuarter{960};
inline constexpr Ticks kEighth{480};
inline constexpr Ticks kSixteenth{240};
inline constexpr Ticks kWhole{3840};

// Clock time. Only music::TempoMap converts between the two.
using Seconds = Quantity<struct SecondsTag, double>;
// Sample frames: one value per channel, at the sample rate in force.
using Frames = Quantity<struct FramesTag, std::int64_t>;
using Decibels = Quantity<struct DecibelsTag, double>;
using Hertz = Quantity<struct HertzTag, double>;

}  // namespace mmx::base
