// Fourier transforms of our own: the same bits on every machine, no library.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace mmx::audio {

// A plan for one size: a power of two from 2 to 65536. Float is a quarter faster to twice as fast and good to
// about 1e-6 of the largest value; double to 1e-13.
// Thread rule: a plan owns its working memory, so each thread has its own. Copies share the tables.
template <class Number>
class Fft {
  public:
    explicit Fft(std::size_t size);
    std::size_t size() const { return size_; }

    // In place, real and imaginary parts in arrays of `size` each. Neither direction is scaled:
    // backwards(forwards(x)) is size times x.
    void forwards(std::span<Number> real, std::span<Number> imaginary);
    void backwards(std::span<Number> real, std::span<Number> imaginary);

  private:
    std::size_t size_;
    std::shared_ptr<const std::vector<Number>> turns_;  // cos, then sin, of each stage in turn
    std::vector<Number> spare_real_, spare_imaginary_;
};

// Of real signals: `size` values become the size / 2 + 1 bins from 0 to half the sample rate.
template <class Number>
class RealFft {
  public:
    explicit RealFft(std::size_t size);  // 4 to 131072
    std::size_t size() const { return 2 * half_.size(); }
    std::size_t bins() const { return half_.size() + 1; }

    void forwards(std::span<const Number> signal, std::span<Number> real, std::span<Number> imaginary);
    // Scaled: gives back what forwards() was given. The imaginary parts of the first and last bin are
    // ignored.
    void backwards(std::span<const Number> real, std::span<const Number> imaginary, std::span<Number> signal);

  private:
    Fft<Number> half_;
    std::vector<Number> cosines_, sines_, real_, imaginary_;
};

extern template class Fft<float>;
extern template class Fft<double>;
extern template class RealFft<float>;
extern template class RealFft<double>;

}  // namespace mmx::audio
