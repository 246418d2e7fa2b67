// The window and the sinc that interpolating filters are made of.
#pragma once

namespace mmx::audio {

// Kaiser's window at x from -1 to 1 (1 in the middle, 0 outside). beta 8 gives 80 dB, 10 gives 100 dB.
double kaiser(double x, double beta);
// sin(pi x) / (pi x)
double sinc(double x);

}  // namespace mmx::audio
