// Elementary functions that give the same bits on every x86-64 machine.
//
// glibc picks other code where the processor has FMA, and its results then differ in the
// last bit; so nothing in the song's path calls libm. These use only + - * / and square
// root, which IEEE 754 rounds exactly. Relative error is below 1e-13 unless noted.
#pragma once

namespace mmx::base {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kTwoPi = 6.28318530717958647692;

double sin(double radians);  // |radians| up to 1e6; absolute error below 1e-13
double cos(double radians);
double tan(double radians);
double atan(double x);
double exp2(double x);  // clamped to the range of double
double exp(double x);
double log2(double x);  // x > 0; 0 or less gives -1100
double log(double x);
double log10(double x);
double pow(double base, double exponent);  // base > 0; 0 to any positive power is 0
double tanh(double x);
double sqrt(double x);  // the machine's, exact
double floor(double x);

inline double decibels_to_gain(double decibels) {
    return exp2(decibels * 0.16609640474436813);
}
inline double gain_to_decibels(double gain) {
    return 6.0205999132796239 * log2(gain);
}
inline double midi_to_hertz(double note) {
    return 440.0 * exp2((note - 69.0) / 12.0);
}

}  // namespace mmx::base
