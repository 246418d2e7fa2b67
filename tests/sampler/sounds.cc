#include "sounds.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace mmx::perform {

const std::shared_ptr<const SoundBank>& sounds() {
    static const std::shared_ptr<const SoundBank> bank = [] {
        auto opened = open_sound_bank();
        if (!opened) {
            std::fprintf(stderr, "%s\n", opened.error().tell_user.c_str());
            std::exit(1);
        }
        return *opened;
    }();
    return bank;
}

std::vector<SamplerPatch> sampled_patches() {
    std::vector<SamplerPatch> patches;
    const auto all = all_patches();
    if (!all) {
        std::fprintf(stderr, "%s\n", all.error().tell_log.c_str());
        std::exit(1);
    }
    for (const Patch& patch : **all)
        if (const auto* sampled = std::get_if<SamplerPatch>(&patch.sound)) patches.push_back(*sampled);
    return patches;
}

SamplerPatch bare(const SamplerPatch& patch) {
    SamplerPatch plain;
    plain.id = patch.id;
    plain.instrument = patch.instrument;
    plain.font = patch.font;
    plain.bank = patch.bank;
    plain.program = patch.program;
    plain.variation = 0;
    return plain;
}

audio::StereoBuffer play(const SamplerPatch& patch, const Heard& note) {
    PlayedNote played;
    played.start = base::Frames(0);
    played.length = base::Frames(static_cast<std::int64_t>(note.held * kRate));
    played.pitch = note.key;
    played.velocity = note.velocity;
    audio::StereoBuffer sound(static_cast<std::size_t>(note.length * kRate), kRate);
    make_sampler_player(sounds(), patch, {played}, kRate, 1)->render(sound.view());
    return sound;
}

double level_db(audio::ConstStereoView sound, double from, double to) {
    const auto first = static_cast<std::size_t>(from * kRate);
    const auto last = std::min(sound.frames(), static_cast<std::size_t>(to * kRate));
    double energy = 0;
    for (std::size_t i = first; i < last; ++i)
        energy += double{sound.left[i]} * sound.left[i] + double{sound.right[i]} * sound.right[i];
    return 10 * std::log10(energy / static_cast<double>(std::max<std::size_t>(1, last - first)) + 1e-15);
}

std::vector<double> mono(audio::ConstStereoView sound) {
    std::vector<double> sum(sound.frames());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = double{sound.left[i]} + sound.right[i];
    return sum;
}

std::complex<double> partial(std::span<const double> sound, double from, double seconds, double hertz) {
    const auto first = static_cast<std::size_t>(from * kRate);
    const auto count = static_cast<std::size_t>(seconds * kRate);
    const std::complex<double> turn = std::polar(1.0, -2 * M_PI * hertz / kRate);
    std::complex<double> phase = std::polar(1.0, -2 * M_PI * hertz / kRate * static_cast<double>(first)),
                         sum = 0;
    for (std::size_t i = 0; i < count && first + i < sound.size(); ++i) {
        const double window =
            0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / static_cast<double>(count));
        sum += phase * (window * sound[first + i]);
        phase *= turn;
    }
    return sum * (4.0 / static_cast<double>(count));
}

namespace {

void transform(std::vector<std::complex<double>>& x) {
    const std::size_t n = x.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        std::size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    for (std::size_t size = 2; size <= n; size *= 2) {
        const std::complex<double> step = std::polar(1.0, -2 * M_PI / static_cast<double>(size));
        for (std::size_t at = 0; at < n; at += size) {
            std::complex<double> turn = 1;
            for (std::size_t k = 0; k < size / 2; ++k) {
                const auto even = x[at + k], odd = turn * x[at + k + size / 2];
                x[at + k] = even + odd;
                x[at + k + size / 2] = even - odd;
                turn *= step;
            }
        }
    }
}

}  // namespace

std::vector<double> third_octaves(std::span<const double> sound, double from, double to) {
    constexpr std::size_t kSize = 8192;
    std::vector<double> energy(25, 1e-15);
    for (auto at = static_cast<std::size_t>(from * kRate); at + kSize <= static_cast<std::size_t>(to * kRate);
         at += kSize / 2) {
        std::vector<std::complex<double>> x(kSize);
        for (std::size_t i = 0; i < kSize; ++i)
            x[i] = sound[at + i] * (0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / kSize));
        transform(x);
        for (std::size_t i = 1; i < kSize / 2; ++i) {
            const double band = 3 * std::log2(static_cast<double>(i) * kRate / kSize / 63.0) + 0.5;
            if (band >= 0 && band < static_cast<double>(energy.size()))
                energy[static_cast<std::size_t>(band)] += std::norm(x[i]);
        }
    }
    for (double& value : energy) value = 10 * std::log10(value);
    return energy;
}

}  // namespace mmx::perform
