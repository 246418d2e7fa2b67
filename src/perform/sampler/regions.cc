// Flattens a preset: zones, global zones, ranges and modulators become one list of regions (9.4, 9.5).
#include <algorithm>
#include <bitset>

#include "perform/sampler/sound_font.h"

namespace mmx::perform {

// What one zone says: its values, which of them it gave itself, and its modulators.
struct SoundFont::Layer {
    Generators values{};
    std::bitset<kGenerators> given;
    int low_key = 0, high_key = 127, low_velocity = 0, high_velocity = 127;
    std::vector<Modulator> modulators;
    int target = -1;  // sample or instrument
};

namespace {

// 8.1.3; times are timecents, -12000 is a millisecond.
Generators default_generators() {
    Generators values{};
    values[kFilterCutoff] = 13500;
    for (const int i : {kModLfoDelay, kVibLfoDelay}) values[i] = -12000;
    for (const int first : {kModEnvDelay, kVolEnvDelay})
        for (const int i : {0, 1, 2, 3, 5}) values[first + i] = -12000;
    values[kFixedKey] = values[kFixedVelocity] = values[kRootKey] = -1;
    values[kScaleTuning] = 100;
    return values;
}

// These make no sense, and are not allowed, on the preset's level (8.5).
bool only_in_instruments(std::size_t generator) {
    switch (generator) {
        case kStartOffset:
        case kEndOffset:
        case kLoopStartOffset:
        case kLoopEndOffset:
        case kStartCoarse:
        case kEndCoarse:
        case kLoopStartCoarse:
        case kLoopEndCoarse:
        case kFixedKey:
        case kFixedVelocity:
        case kSampleModes:
        case kExclusiveClass:
        case kRootKey:
            return true;
        default:
            return false;
    }
}

void put_modulator(std::vector<Modulator>& modulators, const Modulator& modulator) {
    for (Modulator& other : modulators)
        if (other.same_as(modulator)) {
            other = modulator;
            return;
        }
    modulators.push_back(modulator);
}

}  // namespace

SoundFont::Layer SoundFont::read_zone(const Tables& tables, const Zone& zone, const Layer& global) const {
    const bool of_preset = &tables == &preset_tables_;
    Layer layer = global;
    layer.target = -1;
    for (std::uint32_t i = zone.first_generator; i < zone.last_generator; ++i) {
        const auto [which, amount] = tables.generators[i];
        const int low = amount & 0xff, high = amount >> 8;
        if (which == (of_preset ? kInstrument : kSampleId)) {
            layer.target = amount;
            break;  // whatever follows is to be ignored (8.1.2)
        }
        if (which == kKeyRange) {
            layer.low_key = low;
            layer.high_key = high;
        } else if (which == kVelocityRange) {
            layer.low_velocity = low;
            layer.high_velocity = high;
        } else if (which < kGenerators && !(of_preset && only_in_instruments(which))) {
            layer.values[which] = static_cast<std::int16_t>(amount);
            layer.given.set(which);
        }
    }
    for (std::uint32_t i = zone.first_modulator; i < zone.last_modulator; ++i)
        if (tables.modulators[i].destination < kGenerators)
            put_modulator(layer.modulators, tables.modulators[i]);
    return layer;
}

void SoundFont::add_instrument(const Layer& preset, std::size_t instrument,
                               std::vector<Region>& regions) const {
    const Tables& tables = instrument_tables_;
    if (instrument + 1 >= tables.first_zone.size()) return;
    Layer global;
    global.values = default_generators();
    // Velocity to attenuation, 96 dB, concave (8.4.1). The other defaults need controllers that are at rest;
    // the one from velocity to filter is left out, as FluidSynth and the makers of both fonts do.
    global.modulators.push_back({0x0502, kAttenuation, 960, 0, 0});
    for (std::uint32_t i = tables.first_zone[instrument]; i < tables.first_zone[instrument + 1]; ++i) {
        const Layer layer = read_zone(tables, tables.zones[i], global);
        if (layer.target < 0) {
            if (i == tables.first_zone[instrument]) global = layer;
            continue;
        }
        const auto sample = static_cast<std::size_t>(layer.target);
        if (sample >= font_samples_.size() || !font_samples_[sample].playable) continue;
        Region region;
        region.low_key = std::max(layer.low_key, preset.low_key);
        region.high_key = std::min(layer.high_key, preset.high_key);
        region.low_velocity = std::max(layer.low_velocity, preset.low_velocity);
        region.high_velocity = std::min(layer.high_velocity, preset.high_velocity);
        if (region.low_key > region.high_key || region.low_velocity > region.high_velocity) continue;
        region.generators = layer.values;
        for (std::size_t g = 0; g < kGenerators; ++g)
            if (preset.given[g]) region.generators[g] += preset.values[g];
        region.modulators = layer.modulators;
        // A preset's modulator adds to the instrument's (9.5.3).
        region.modulators.insert(region.modulators.end(), preset.modulators.begin(), preset.modulators.end());
        region.sample = font_samples_[sample];
        regions.push_back(std::move(region));
    }
}

std::vector<Region> SoundFont::regions(int bank, int program) const {
    std::vector<Region> regions;
    const auto found = std::find_if(presets_.begin(), presets_.end(), [&](const Preset& preset) {
        return preset.bank == bank && preset.program == program;
    });
    if (found == presets_.end()) return regions;
    const auto preset = static_cast<std::size_t>(found - presets_.begin());
    const Tables& tables = preset_tables_;
    Layer global;
    for (std::uint32_t i = tables.first_zone[preset]; i < tables.first_zone[preset + 1]; ++i) {
        const Layer layer = read_zone(tables, tables.zones[i], global);
        if (layer.target >= 0)
            add_instrument(layer, static_cast<std::size_t>(layer.target), regions);
        else if (i == tables.first_zone[preset])
            global = layer;
        // A hostile file may point every zone at the largest instrument.
        if (regions.size() > 20000) break;
    }
    return regions;
}

}  // namespace mmx::perform
