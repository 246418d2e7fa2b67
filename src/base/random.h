// Chance is an argument: counter-based random numbers keyed by what they decide.
//
// A draw is a pure function of (seed, stream, place, counter), so a new drum fill never
// moves the melody, and sections may be composed in any order or on any thread with the
// same outcome. Distributions are ours: the standard library's differ between platforms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mmx::base {

// One stream per decision-maker. Numbers belong to published songs: append, never renumber.
enum class Stream : std::uint64_t {
    plan = 1,
    title = 2,
    form = 3,
    harmony = 4,
    melody = 5,
    hook = 6,
    drums = 7,
    fills = 8,
    bass = 9,
    comping = 10,
    pads = 11,
    counter = 12,
    arpeggio = 13,
    orchestration = 14,
    humanise_time = 15,
    humanise_velocity = 16,
    sampler = 17,
    synth = 18,
    drum_machine = 19,
    plucked = 20,
    effects = 21,
    ambience = 22,
    percussion = 23,
    solo = 24,
    ending = 25,
    singing = 26,
    voice_noise = 40,
    voice_time = 41,
    voice_pitch = 42,
    voice_breath = 43,
};

// Where in the song a decision is made. Any of the three may be left at zero.
struct Place {
    std::uint64_t section = 0;
    std::uint64_t bar = 0;
    std::uint64_t index = 0;
};

// A short sequence of draws for one decision at one place.
// Thread rule: a value; keep it local to the decision.
class Chance {
  public:
    Chance(std::uint64_t seed, Stream stream, Place place = {});

    std::uint64_t bits();                     // 64 even bits
    double uniform();                         // [0, 1)
    double uniform(double low, double high);  // [low, high)
    int integer(int low, int high);           // both ends included
    bool happens(double probability);
    double normal();                                    // mean 0, variance 1, within +-6 (sum of 12 uniforms)
    std::size_t pick(std::span<const double> weights);  // index; weights >= 0, not all zero
    template <class T>
    const T& choose(std::span<const T> items) {
        return items[static_cast<std::size_t>(integer(0, static_cast<int>(items.size()) - 1))];
    }
    template <class Container>
    const auto& choose(const Container& items) {
        return items[static_cast<std::size_t>(integer(0, static_cast<int>(items.size()) - 1))];
    }

  private:
    std::uint64_t key_;
    std::uint64_t counter_ = 0;
};

}  // namespace mmx::base
