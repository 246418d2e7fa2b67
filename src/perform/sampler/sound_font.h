// A SoundFont 2.04 file read in place: presets become flat lists of regions, samples stay where they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace mmx::perform {

// Generators by their number in the specification (8.1.2); only those that are used have names.
enum Generator : std::uint16_t {
    kStartOffset = 0,
    kEndOffset = 1,
    kLoopStartOffset = 2,
    kLoopEndOffset = 3,
    kStartCoarse = 4,
    kModLfoToPitch = 5,
    kVibLfoToPitch = 6,
    kModEnvToPitch = 7,
    kFilterCutoff = 8,
    kFilterQ = 9,
    kModLfoToFilter = 10,
    kModEnvToFilter = 11,
    kEndCoarse = 12,
    kModLfoToVolume = 13,
    kPan = 17,
    kModLfoDelay = 21,
    kModLfoFrequency = 22,
    kVibLfoDelay = 23,
    kVibLfoFrequency = 24,
    kModEnvDelay = 25,  // then attack, hold, decay, sustain, release, key to hold, key to decay
    kVolEnvDelay = 33,  // the same order
    kInstrument = 41,
    kKeyRange = 43,
    kVelocityRange = 44,
    kLoopStartCoarse = 45,
    kFixedKey = 46,
    kFixedVelocity = 47,
    kAttenuation = 48,
    kLoopEndCoarse = 50,
    kCoarseTune = 51,
    kFineTune = 52,
    kSampleId = 53,
    kSampleModes = 54,
    kScaleTuning = 56,
    kExclusiveClass = 57,
    kRootKey = 58,
    kGenerators = 61,
};
using Generators = std::array<double, kGenerators>;

struct Modulator {
    std::uint16_t source = 0;       // 8.2: index, CC, direction, polarity, curve
    std::uint16_t destination = 0;  // a generator
    std::int16_t amount = 0;
    std::uint16_t amount_source = 0;
    std::uint16_t transform = 0;  // 0 linear, 2 absolute value

    bool same_as(const Modulator& other) const {
        return source == other.source && destination == other.destination &&
               amount_source == other.amount_source && transform == other.transform;
    }
    // What it adds for a key and a velocity (1-127, need not be whole), all controllers at rest.
    double value(double key, double velocity) const;
};

// Places in the font's sample data, in frames; all within it.
struct FontSample {
    std::uint32_t start = 0, end = 0, loop_start = 0, loop_end = 0;
    std::uint32_t rate = 44100;
    int root = 60;          // MIDI key
    int correction = 0;     // cents
    bool playable = false;  // a ROM sample or one with broken places is never played
};

// One sample under a range of keys and velocities, with instrument and preset generators added up.
struct Region {
    int low_key = 0, high_key = 127, low_velocity = 0, high_velocity = 127;
    Generators generators{};
    std::vector<Modulator> modulators;
    FontSample sample;
};

class SoundFont {
  public:
    // The bytes must outlive the font. Anything is accepted as input: what is not a SoundFont is an Error of
    // Kind::unreadable, and every index and place has been checked afterwards.
    static base::Result<SoundFont> parse(std::span<const std::byte> file);

    struct Preset {
        int bank = 0, program = 0;
        std::string name;
    };
    const std::vector<Preset>& presets() const { return presets_; }
    // Empty when there is no such preset.
    std::vector<Region> regions(int bank, int program) const;

    // Frames of 16 bits, little endian; may be unaligned.
    const std::byte* samples() const { return samples_.data(); }
    std::size_t sample_frames() const { return samples_.size() / 2; }

  private:
    struct Zone {
        std::uint32_t first_generator = 0, last_generator = 0, first_modulator = 0, last_modulator = 0;
    };
    struct GeneratorRow {
        std::uint16_t which = 0;
        std::uint16_t amount = 0;
    };
    struct Tables {                             // a "bag": presets and instruments look the same
        std::vector<std::uint32_t> first_zone;  // one more than owners
        std::vector<Zone> zones;
        std::vector<GeneratorRow> generators;
        std::vector<Modulator> modulators;
    };
    struct Layer;
    class Reader;

    Layer read_zone(const Tables& tables, const Zone& zone, const Layer& global) const;
    void add_instrument(const Layer& preset, std::size_t instrument, std::vector<Region>& regions) const;

    std::span<const std::byte> samples_;
    std::vector<Preset> presets_;
    Tables preset_tables_, instrument_tables_;
    std::vector<FontSample> font_samples_;
};

}  // namespace mmx::perform
