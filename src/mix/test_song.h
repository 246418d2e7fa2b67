// For the tests of this room: small songs, noise, and the desk settings of each genre. Not part of the
// program.
#pragma once

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <cmath>
#include <complex>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "base/data_files.h"
#include "base/tasks.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::mix::testing {

inline constexpr int kRate = 48000;
inline const std::vector<std::string> kGenres = {
    "pop",        "rock",        "lofi-hip-hop",    "house",           "synthwave", "jazz-swing",
    "bossa-nova", "folk-ballad", "orchestral-film", "classical-piano", "ambient",   "reggae"};

// A style that knows nothing but its mix.toml.
inline style::Style style_of(const std::string& genre) {
    style::Style style;
    style.id = genre;
    const auto text = base::data_file("genres/" + genre + "/mix.toml");
    if (!text) throw std::runtime_error("no mix.toml for " + genre);
    auto mix = style::read_mix_style(toml::parse(*text));
    if (!mix) throw std::runtime_error(genre + ": " + mix.error().tell_log);
    style.mix = *mix;
    return style;
}

// Sixteen bars of 4/4 at 120: verse, build, chorus, outro of four bars each; 32 s and a tail of 3.
inline music::Score song() {
    using namespace music;
    Score score;
    score.tempo = TempoMap::steady(120, base::kQuarter);
    const struct {
        SectionKind kind;
        const char* label;
        double energy;
    } rows[] = {{SectionKind::verse, "Verse", 0.4},
                {SectionKind::build, "Build", 0.6},
                {SectionKind::chorus, "Chorus", 0.9},
                {SectionKind::outro, "Outro", 0.3}};
    for (int s = 0; s < 4; ++s) {
        Section section;
        section.kind = rows[s].kind;
        section.label = rows[s].label;
        section.first_bar = 4 * s;
        section.bars = 4;
        section.energy = rows[s].energy;
        score.sections.push_back(section);
    }
    for (int b = 0; b < 16; ++b) score.bars.push_back({base::Ticks(3840 * b), base::Ticks(3840), b / 4});
    score.end = base::Ticks(3840 * 16);
    score.length = base::Seconds(35);
    const auto part = [&](const char* id, Role role, const char* instrument, double pan) {
        Part p;
        p.id = p.name = id;
        p.role = role;
        p.instrument = instrument;
        p.pan = pan;
        return p;
    };
    Part lead = part("lead", Role::lead, "violin", 0),
         chords = part("chords", Role::chords, "grand-piano", 0.3),
         pad = part("pad", Role::pad, "warm-pad", -0.2), bass = part("bass", Role::bass, "finger-bass", 0),
         drums = part("drums", Role::drums, "standard-kit", 0);
    for (int beat = 0; beat < 64; ++beat) {
        const base::Ticks at(960 * beat);
        const float velocity = beat >= 32 && beat < 48 ? 0.9f : 0.6f;
        lead.notes.push_back({at, base::Ticks(900), 72 + beat % 5, velocity});
        bass.notes.push_back({at, base::Ticks(900), 40, velocity});
        drums.notes.push_back({at, base::Ticks(240), beat % 2 == 0 ? 36 : 38, velocity});
        if (beat % 4 == 0)
            for (int pitch : {60, 64, 67}) {
                chords.notes.push_back({at, base::Ticks(3800), pitch, velocity});
                pad.notes.push_back({at, base::Ticks(3800), pitch - 12, velocity});
            }
    }
    score.parts = {lead, chords, pad, bass, drums};
    return score;
}

inline double draw(std::uint64_t& state) {  // uniform in [-1, 1)
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state >> 33) / 1073741824.0 - 1.0;
}
inline audio::StereoBuffer noise(std::size_t frames, double level, std::uint64_t seed, bool mono = false) {
    audio::StereoBuffer buffer(frames, kRate);
    std::uint64_t state = seed * 977 + 5;
    for (std::size_t i = 0; i < frames; ++i) {
        buffer.left[i] = static_cast<float>(level * draw(state));
        buffer.right[i] = mono ? buffer.left[i] : static_cast<float>(level * draw(state));
    }
    return buffer;
}
inline audio::StereoBuffer tone(std::size_t frames, double hertz, double level) {
    audio::StereoBuffer buffer(frames, kRate);
    for (std::size_t i = 0; i < frames; ++i)
        buffer.left[i] = buffer.right[i] =
            static_cast<float>(level * std::sin(2 * M_PI * hertz * static_cast<double>(i) / kRate));
    return buffer;
}
inline double power_db(std::span<const float> samples) {
    double sum = 1e-20;
    for (float x : samples) sum += static_cast<double>(x) * x;
    return 10 * std::log10(sum / static_cast<double>(std::max<std::size_t>(samples.size(), 1)));
}
inline double power_db(audio::ConstStereoView view) {
    return 10 *
           std::log10((std::pow(10, power_db(view.left) / 10) + std::pow(10, power_db(view.right) / 10)) / 2);
}
inline double mono_db(audio::ConstStereoView view) {
    std::vector<float> middle(view.frames());
    for (std::size_t i = 0; i < middle.size(); ++i) middle[i] = 0.5f * (view.left[i] + view.right[i]);
    return power_db(middle);
}
inline double correlation(audio::ConstStereoView view) {
    double lr = 0, ll = 1e-20, rr = 1e-20;
    for (std::size_t i = 0; i < view.frames(); ++i) {
        lr += static_cast<double>(view.left[i]) * view.right[i];
        ll += static_cast<double>(view.left[i]) * view.left[i];
        rr += static_cast<double>(view.right[i]) * view.right[i];
    }
    return lr / std::sqrt(ll * rr);
}
inline void fft(std::vector<std::complex<double>>& x) {
    const std::size_t n = x.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        std::size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    for (std::size_t length = 2; length <= n; length <<= 1) {
        const std::complex<double> step = std::polar(1.0, -2 * M_PI / static_cast<double>(length));
        for (std::size_t i = 0; i < n; i += length) {
            std::complex<double> w = 1;
            for (std::size_t k = 0; k < length / 2; ++k, w *= step) {
                const auto a = x[i + k], b = x[i + k + length / 2] * w;
                x[i + k] = a + b;
                x[i + k + length / 2] = a - b;
            }
        }
    }
}

}  // namespace mmx::mix::testing
