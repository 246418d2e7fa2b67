// An exported audio file in memory, and the measures that need no musical knowledge.
#pragma once

#include <complex>
#include <string>
#include <vector>

namespace mmx::acceptance {

struct Sound {
    int rate = 48000;
    std::vector<float> left, right;

    std::size_t frames() const { return left.size(); }
    double seconds() const { return static_cast<double>(left.size()) / rate; }
    Sound part(double from_seconds, double to_seconds) const;
};

// Mono becomes two equal channels. Throws std::runtime_error.
Sound read_sound(const std::string& path);

// Discrete Fourier transform of `data` in place; the size is a power of two. Outside judges do not need the
// project's own bit-exact one.
class Fourier {
  public:
    explicit Fourier(std::size_t size);
    void run(std::vector<std::complex<float>>& data) const;

  private:
    std::vector<std::complex<float>> turns_;
    std::vector<std::size_t> places_;
};

// ITU-R BS.1770-4 and EBU Tech 3342, written from the papers.
struct Loudness {
    std::vector<double> momentary_power;  // mean K-weighted power, both channels, of 400 ms every 100 ms
    double integrated = -70;              // LUFS, gated
    double range = 0;                     // LU
};
Loudness measure_loudness(const Sound& sound);
// K-weighted level of a stretch, ungated; -120 when silent.
double loudness_between(const Loudness& loudness, double from_seconds, double to_seconds);
double true_peak_db(const Sound& sound);  // four times oversampled

double to_db(double power);  // 10 log10, floor -150

}  // namespace mmx::acceptance
