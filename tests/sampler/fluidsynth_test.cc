// Every preset that a patch uses, three keys at two velocities, against FluidSynth playing the same notes.
#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

#include "perform/sampler/sound_bank.h"
#include "sounds.h"
#include "style/instruments.h"

namespace mmx::perform {
namespace {

constexpr double kSlot = 2.0, kHeld = 1.2;

// FluidSynth cuts pitches to whole cents. These presets detune their second layer by fractions of one that
// depend on the key; the layers then beat at another rate, and nothing but pitch can be compared.
bool beats_differently(const SamplerPatch& patch) {
    return patch.id == "twelve-string-guitar" || patch.id == "synth-strings-sampled";
}

struct Case {
    SamplerPatch patch;
    int key = 60, velocity = 100;
};

// Keys of the instrument's sweet range; of kits the drums that songs live on.
std::vector<int> keys_of(const SamplerPatch& patch) {
    if (patch.bank == 128) return {36, 38, 46};
    const style::Instrument* instrument = style::find_instrument(patch.instrument);
    if (instrument == nullptr) return {48, 60, 72};
    const int low = instrument->sweet_low, high = instrument->sweet_high;
    return {low, (low + high) / 2, high};
}

std::vector<Case> cases_of(Font font) {
    std::vector<Case> cases;
    std::set<std::pair<int, int>> seen;
    for (const SamplerPatch& patch : sampled_patches()) {
        if (patch.font != font || !seen.insert({patch.bank, patch.program}).second) continue;
        for (const int key : keys_of(patch))
            for (const int velocity : {55, 105}) cases.push_back({bare(patch), key, velocity});
    }
    return cases;
}

// A format 0 MIDI file, 500 ticks a second, one note a slot.
void write_midi(const std::vector<Case>& cases, const std::string& path) {
    std::string track;
    const auto put = [&](int delta, std::initializer_list<int> bytes) {
        for (int shift = 21; shift > 0; shift -= 7)
            if (delta >> shift) track += static_cast<char>(0x80 | ((delta >> shift) & 0x7f));
        track += static_cast<char>(delta & 0x7f);
        for (const int byte : bytes) track += static_cast<char>(byte);
    };
    put(0, {0xff, 0x51, 3, 0x0f, 0x42, 0x40});  // a quarter a second
    for (const int channel : {0, 9})
        for (const auto& [controller, value] : {std::pair(7, 127), std::pair(11, 127), std::pair(10, 64)})
            put(0, {0xb0 | channel, controller, value});
    const int held = static_cast<int>(kHeld * 500), rest = static_cast<int>(kSlot * 500) - held;
    for (const Case& c : cases) {
        const int channel = c.patch.bank == 128 ? 9 : 0;
        put(0, {0xb0 | channel, 120, 0});  // all sound off: the slots stay apart
        if (channel == 0) put(0, {0xb0, 0, c.patch.bank});
        put(0, {0xc0 | channel, c.patch.program});
        put(0, {0x90 | channel, c.key, c.velocity});
        put(held, {0x80 | channel, c.key, 0});
        put(rest, {0xb0 | channel, 120, 0});
    }
    put(0, {0xff, 0x2f, 0});
    const auto number = [](std::size_t value, int bytes) {
        std::string text;
        for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>((value >> (8 * i)) & 0xff);
        return text;
    };
    std::ofstream(path, std::ios::binary) << "MThd" << number(6, 4) << number(0, 2) << number(1, 2)
                                          << number(500, 2) << "MTrk" << number(track.size(), 4) << track;
}

audio::StereoBuffer render_with_fluidsynth(Font font, const std::vector<Case>& cases) {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("mmx-sampler-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    write_midi(cases, folder / "notes.mid");
    // Its best interpolation: the usual one leaves images of samples recorded at low rates.
    std::ofstream(folder / "settings") << "interp 7\n";
    const std::string command = "fluidsynth -ni -q -f '" + (folder / "settings").string() +
                                "' -R 0 -C 0 -g 1 -r 48000 -O float -T wav -F '" +
                                (folder / "out.wav").string() + "' '/usr/share/sounds/sf2/" +
                                std::string(font_file(font).name) + "' '" + (folder / "notes.mid").string() +
                                "' > '" + (folder / "log").string() + "' 2>&1";
    audio::StereoBuffer sound;
    if (std::system(command.c_str()) == 0) {
        SF_INFO info{};
        if (SNDFILE* file = sf_open((folder / "out.wav").c_str(), SFM_READ, &info)) {
            std::vector<float> frames(static_cast<std::size_t>(info.frames) * 2);
            sf_readf_float(file, frames.data(), info.frames);
            sf_close(file);
            sound = audio::StereoBuffer(static_cast<std::size_t>(info.frames), info.samplerate);
            for (std::size_t i = 0; i < sound.frames(); ++i) {
                sound.left[i] = frames[2 * i];
                sound.right[i] = frames[2 * i + 1];
            }
        }
    }
    std::filesystem::remove_all(folder);
    return sound;
}

// What the two differ by; ours minus theirs.
struct Difference {
    double level = 0;   // dB, 0.3-1.1 s (kits: the first 0.3 s)
    double attack = 0;  // s: the centre of the first 0.15 s
    double contour =
        0;  // dB: the worst of the loudness contour, in 50 ms, their own level difference taken out
    double release = 0;  // dB: of 0.05-0.25 s after the key is let go
    double cents = 0;
    double spectrum = 0;  // dB: mean over the third octaves within 40 dB of the strongest
};

// Where the energy of the first 150 ms lies: a slower attack moves it back, whatever the waveform does.
double attack_seconds(audio::ConstStereoView sound) {
    double sum = 0, moment = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(0.15 * kRate); ++i) {
        const double energy = double{sound.left[i]} * sound.left[i] + double{sound.right[i]} * sound.right[i];
        sum += energy;
        moment += energy * static_cast<double>(i) / kRate;
    }
    return sum > 0 ? moment / sum : 0;
}

// The same partial of both turns against the other when their pitches differ.
double cents_between(const std::vector<double>& ours, const std::vector<double>& theirs, int key) {
    double hertz = 440 * std::pow(2, (key - 69) / 12.0), strongest = 0;
    const double lowest = hertz;
    for (int harmonic = 1; harmonic <= 6 && lowest * harmonic < 12000; ++harmonic) {
        const double size = std::abs(partial(theirs, 0.2, 0.2, lowest * harmonic));
        if (size > strongest) {
            strongest = size;
            hertz = lowest * harmonic;
        }
    }
    double slope = 0, weight = 0;
    std::complex<double> before = 0;
    for (double at = 0.15; at < 1.0; at += 0.02) {
        const std::complex<double> a = partial(ours, at, 0.1, hertz), b = partial(theirs, at, 0.1, hertz);
        const std::complex<double> apart = a * std::conj(b);
        if (std::abs(before) > 0) {
            const double w = std::abs(apart);
            slope += w * std::arg(apart * std::conj(before)) / 0.02;
            weight += w;
        }
        before = apart;
    }
    return weight > 0 ? 1200 * std::log2(1 + slope / weight / (2 * M_PI) / hertz) : 0;
}

Difference compare(const Case& c, audio::ConstStereoView ours, audio::ConstStereoView theirs) {
    const bool kit = c.patch.bank == 128;
    Difference d;
    const double from = kit ? 0.0 : 0.3, to = kit ? 0.3 : 1.1;
    d.level = level_db(ours, from, to) - level_db(theirs, from, to);
    d.attack = attack_seconds(ours) - attack_seconds(theirs);
    const double loudest = level_db(theirs, 0, 0.5);
    for (double at = 0; at < kHeld; at += 0.05) {
        const double reference = level_db(theirs, at, at + 0.05);
        if (reference < loudest - 40) continue;
        const double apart = level_db(ours, at, at + 0.05) - reference - d.level;
        if (std::abs(apart) > std::abs(d.contour)) d.contour = apart;
    }
    const double ringing = level_db(theirs, kHeld + 0.05, kHeld + 0.25);
    if (ringing > loudest - 50) d.release = level_db(ours, kHeld + 0.05, kHeld + 0.25) - ringing - d.level;
    const std::vector<double> a = mono(ours), b = mono(theirs);
    if (!kit) d.cents = cents_between(a, b, c.key);
    const auto our_bands = third_octaves(a, 0.0, 0.6), their_bands = third_octaves(b, 0.0, 0.6);
    const double top = *std::max_element(their_bands.begin(), their_bands.end());
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < their_bands.size(); ++i)
        if (their_bands[i] > top - 40) {
            sum += std::abs(our_bands[i] - their_bands[i] - d.level);
            ++count;
        }
    d.spectrum = sum / count;
    return d;
}

void compare_all(Font font) {
    const std::vector<Case> cases = cases_of(font);
    ASSERT_FALSE(cases.empty());
    const audio::StereoBuffer reference = render_with_fluidsynth(font, cases);
    ASSERT_GE(reference.frames(),
              static_cast<std::size_t>((static_cast<double>(cases.size()) - 0.2) * kSlot * kRate))
        << "fluidsynth did not render: install it with: apt-get install fluidsynth";
    std::printf("%-26s key vel | level dB attack ms contour dB release dB cents spectrum dB\n", "preset");
    const auto slot = static_cast<std::size_t>(kSlot * kRate);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Case& c = cases[i];
        Heard note{c.key, static_cast<float>(c.velocity) / 127.0f, kHeld, kSlot};
        const audio::StereoBuffer ours = play(c.patch, note);
        audio::StereoBuffer theirs(slot, kRate);
        for (std::size_t f = 0; f < slot && i * slot + f < reference.frames(); ++f) {
            theirs.left[f] = reference.left[i * slot + f];
            theirs.right[f] = reference.right[i * slot + f];
        }
        const Difference d = compare(c, ours.view(), theirs.view());
        // Full volume and expression (127 of 128) cost FluidSynth 0.27 dB; its notes begin up to 3 ms late,
        // on the next of its blocks.
        const bool alike = std::abs(d.level) <= 1 && std::abs(d.attack) <= 0.004 &&
                           std::abs(d.contour) <= 1.5 && std::abs(d.release) <= 2 && d.spectrum <= 1.5;
        const bool good = std::abs(d.cents) <= 3 && (alike || beats_differently(c.patch));
        std::printf("%-26s %3d %3d | %8.2f %9.1f %10.2f %10.2f %5.2f %11.2f%s\n", c.patch.id.c_str(), c.key,
                    c.velocity, d.level, d.attack * 1000, d.contour, d.release, d.cents, d.spectrum,
                    good ? "" : "  <--");
        EXPECT_TRUE(good) << c.patch.id << ", key " << c.key << ", velocity " << c.velocity;
    }
}

TEST(Sampler, Plays_MuseScore_General_as_FluidSynth_does) {
    compare_all(Font::musescore);
}
TEST(Sampler, Plays_FluidR3_as_FluidSynth_does) {
    compare_all(Font::fluid);
}

}  // namespace
}  // namespace mmx::perform
