#include "mix/reverb.h"

#include <cstdio>
#include <fstream>

#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;

audio::StereoBuffer impulse_response(const style::ReverbStyle& style, double seconds) {
    base::flush_denormals_on_this_thread();
    audio::StereoBuffer buffer(static_cast<std::size_t>(seconds * kRate), kRate);
    buffer.left[100] = buffer.right[100] = 1;
    Reverb reverb(style, kRate);
    reverb.process(buffer.view());
    return buffer;
}

// Schroeder's backward integral within an octave about 1 kHz; the line through -5 and -30 dB, to 60.
double rt60(const audio::StereoBuffer& response, double hertz) {
    audio::StereoBuffer band = response;
    audio::StereoCascade filter(
        std::vector{audio::band_pass(hertz, 1.4, kRate), audio::band_pass(hertz, 1.4, kRate)});
    filter.process(band.view());
    std::vector<double> left(band.frames() + 1, 0.0);
    for (std::size_t i = band.frames(); i-- > 0;)
        left[i] = left[i + 1] + band.left[i] * band.left[i] + band.right[i] * band.right[i];
    const auto when = [&](double db) {
        std::size_t i = 0;
        while (10 * std::log10(left[i] / left[0]) > db) ++i;
        return static_cast<double>(i) / kRate;
    };
    return (when(-30) - when(-5)) * 60 / 25;
}

// Abel and Huang 2006: share of samples outside one standard deviation, against that of Gaussian noise.
double echo_density(const audio::StereoBuffer& response, double from, double seconds) {
    const auto first = static_cast<std::size_t>(from * kRate),
               count = static_cast<std::size_t>(seconds * kRate);
    double power = 0;
    for (std::size_t i = first; i < first + count; ++i) power += response.left[i] * response.left[i];
    const double deviation = std::sqrt(power / static_cast<double>(count));
    double outside = 0;
    for (std::size_t i = first; i < first + count; ++i) outside += std::abs(response.left[i]) > deviation;
    return outside / static_cast<double>(count) / 0.3173;
}

// The highest spectral line of a stretch of tail over its surroundings (a twelfth of the band each side), dB.
double worst_line_db(const audio::StereoBuffer& response, double from, double* hertz) {
    constexpr std::size_t kSize = 1 << 15;
    std::vector<std::complex<double>> x(kSize);
    const auto first = static_cast<std::size_t>(from * kRate);
    for (std::size_t i = 0; i < kSize && first + i < response.frames(); ++i)
        x[i] = response.left[first + i] * (0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / kSize));
    fft(x);
    std::vector<double> power(kSize / 2), sum(kSize / 2 + 1, 0.0);
    for (std::size_t i = 0; i < kSize / 2; ++i) {
        power[i] = std::norm(x[i]);
        sum[i + 1] = sum[i] + power[i];
    }
    double worst = 0;
    for (std::size_t i = 300 * kSize / kRate; i < 5000 * kSize / kRate; ++i) {
        const std::size_t a = i * 11 / 12, b = i * 13 / 12;
        const double line = power[i] / ((sum[b] - sum[a]) / static_cast<double>(b - a));
        if (line > worst) {
            worst = line;
            if (hertz != nullptr) *hertz = static_cast<double>(i) * kRate / kSize;
        }
    }
    return 10 * std::log10(worst);
}

class EveryReverb : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryReverb, Decays_in_the_stated_time_densely_and_without_ringing) {
    const style::ReverbStyle style = style_of(GetParam()).mix.reverb;
    const audio::StereoBuffer response = impulse_response(style, style.seconds * 1.3 + 0.5);
    double hertz = 0;
    const double measured = rt60(response, 1000);
    const double after = 0.001 * style.pre_delay_ms + (style.kind == style::ReverbKind::hall ? 0.16 : 0.09);
    const double density = echo_density(response, after, 0.04), line = worst_line_db(response, after, &hertz);
    std::printf(
        "%-16s stated %.2f s: 250 Hz %.2f, 1 kHz %.2f, 4 kHz %.2f; echo density %.2f; worst line %.1f dB at "
        "%.0f Hz; "
        "correlation %.2f; mono %.2f dB\n",
        GetParam().c_str(), style.seconds, rt60(response, 250), measured, rt60(response, 4000), density, line,
        hertz, correlation(response.view()), mono_db(response.view()) - power_db(response.view()));
    EXPECT_NEAR(measured / style.seconds, 1, 0.15);
    EXPECT_LT(rt60(response, 4000), measured);
    EXPECT_GT(density, 0.8);
    // The highest of thousands of lines of Gaussian noise lies about 9 to 10 dB over their mean; a ringing
    // mode far higher.
    EXPECT_LT(line, 13);
    EXPECT_GT(mono_db(response.view()) - power_db(response.view()), -3.0);
}
INSTANTIATE_TEST_SUITE_P(Styles, EveryReverb, ::testing::ValuesIn(kGenres), [](const auto& style) {
    std::string name = style.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(Reverb, Tail_falls_smoothly) {
    style::ReverbStyle style;
    style.seconds = 2;
    const audio::StereoBuffer response = impulse_response(style, 2.5);
    double before = 0;
    for (double t = 0.25; t < 1.6; t += 0.1) {
        const double level = power_db(response.view().part(static_cast<std::size_t>(t * kRate), kRate / 10));
        if (t > 0.26) {
            EXPECT_LT(level - before, -0.8) << t;
            EXPECT_GT(level - before, -6.0) << t;
        }
        before = level;
    }
}

TEST(Reverb, Gives_back_about_as_much_as_it_gets) {
    for (const std::string& genre : kGenres) {
        base::flush_denormals_on_this_thread();
        const style::ReverbStyle style = style_of(genre).mix.reverb;
        audio::StereoBuffer sound = noise(kRate * 6, 0.2, 3);
        audio::StereoCascade pink(
            std::vector{audio::low_pass(1200, 0.5, kRate), audio::high_pass(250, 0.5, kRate)});
        pink.process(sound.view());
        const double dry = power_db(sound.view().part(kRate * 5, kRate));
        Reverb reverb(style, kRate);
        reverb.process(sound.view());
        EXPECT_NEAR(power_db(sound.view().part(kRate * 5, kRate)), dry, 4) << genre;
    }
}

TEST(Reverb, Has_one_bass_in_the_middle) {
    base::flush_denormals_on_this_thread();
    style::ReverbStyle style;
    style.low_cut = 20;
    audio::StereoBuffer sound = noise(kRate * 3, 0.2, 4);
    Reverb reverb(style, kRate);
    reverb.process(sound.view());
    audio::StereoCascade bass(
        std::vector{audio::low_pass(100, 0.54, kRate), audio::low_pass(100, 1.31, kRate)});
    bass.process(sound.view());
    EXPECT_GT(correlation(sound.view()), 0.9);
}

TEST(Reverb, Gives_the_same_bits_however_the_audio_is_cut_and_silence_from_silence) {
    base::flush_denormals_on_this_thread();
    for (const char* genre : {"pop", "reggae", "ambient"}) {
        const style::ReverbStyle style = style_of(genre).mix.reverb;
        audio::StereoBuffer whole = noise(30000, 0.3, 5), cut = whole;
        Reverb one(style, kRate), other(style, kRate), idle(style, kRate);
        one.process(whole.view());
        for (std::size_t first = 0, piece = 1; first < 30000; first += piece, piece = piece * 7 % 1501 + 1)
            other.process(cut.view().part(first, std::min<std::size_t>(piece, 30000 - first)));
        EXPECT_EQ(whole.left, cut.left) << genre;
        EXPECT_EQ(whole.right, cut.right) << genre;
        audio::StereoBuffer silence(9000, kRate);
        idle.process(silence.view());
        EXPECT_EQ(silence.left, std::vector<float>(9000, 0.0f));
    }
}

TEST(Reverb, Stays_finite_and_dies_at_the_extremes) {
    base::flush_denormals_on_this_thread();
    for (const auto kind : {style::ReverbKind::room, style::ReverbKind::plate, style::ReverbKind::hall,
                            style::ReverbKind::spring})
        for (const double seconds : {0.2, 12.0})
            for (const double damping : {1500.0, 16000.0}) {
                style::ReverbStyle style;
                style.kind = kind;
                style.seconds = seconds;
                style.damping_hz = damping;
                style.modulation = 1;
                style.size = seconds > 1 ? 1 : 0;
                audio::StereoBuffer sound = noise(kRate * 4, 1, 6);
                for (std::size_t i = kRate; i < sound.frames(); ++i) sound.left[i] = sound.right[i] = 0;
                Reverb reverb(style, kRate);
                reverb.process(sound.view());
                const double early = power_db(sound.view().part(kRate, kRate / 2)),
                             late = power_db(sound.view().part(kRate * 7 / 2, kRate / 2));
                EXPECT_TRUE(std::isfinite(late));
                EXPECT_LT(late, early - 8);
            }
}

}  // namespace
}  // namespace mmx::mix
