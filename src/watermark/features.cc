#include "watermark/features.h"

#include <algorithm>
#include <cstring>

#include "audio/resample.h"
#include "watermark/bands.h"
#include "watermark/carriers.h"
#include "watermark/in_band_features.h"
#include "watermark/rates.h"
#include "watermark/ultrasonic_features.h"

namespace mmx::watermark {
namespace {

constexpr std::string_view kMagic = "MMXF";
constexpr std::uint32_t kFormatVersion = 2;
constexpr std::size_t kMostSeconds = 6 * 3600;

void put(std::string& bytes, std::uint32_t number) {
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(number >> (8 * i) & 255);
}
std::uint32_t get(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return number;
}

// Two bits a value, four to a byte, the first lowest: 0 for -3, 1 for -1, 2 for +1, 3 for +3. A value that
// says nothing is sent as -1 and +1 in turn.
void pack(const std::vector<std::int8_t>& values, std::string& bytes) {
    for (std::size_t i = 0; i < values.size(); i += 4) {
        unsigned byte = 0;
        for (std::size_t k = 0; k < 4 && i + k < values.size(); ++k) {
            const int value = values[i + k];
            const unsigned code = value == 0 ? 1 + (i + k) % 2 : static_cast<unsigned>((value + 3) / 2);
            byte |= code << (2 * k);
        }
        bytes += static_cast<char>(byte);
    }
}
std::vector<std::int8_t> unpack(std::string_view bytes, std::size_t count) {
    std::vector<std::int8_t> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned code = static_cast<unsigned char>(bytes[i / 4]) >> (2 * (i % 4)) & 3;
        values[i] = static_cast<std::int8_t>(2 * static_cast<int>(code) - 3);
    }
    return values;
}

}  // namespace

Features extract(const audio::StereoBuffer& sound) {
    Features features;
    features.seconds = static_cast<double>(sound.frames()) / sound.sample_rate;
    std::vector<float> middle(sound.frames());
    for (std::size_t i = 0; i < middle.size(); ++i) {
        const float x = 0.5f * (sound.left[i] + sound.right[i]);
        middle[i] = x - x == 0.0f ? x : 0.0f;  // not a number counts as silence
    }
    if (sound.sample_rate != kRate) middle = audio::Resampler(sound.sample_rate, kRate).resample(middle);
    for (std::size_t at = 0; at < middle.size(); at += kLookFrames) {
        const std::size_t count = std::min(kLookFrames, middle.size() - at);
        float power = 0;
        for (std::size_t i = at; i < at + count; ++i) power += middle[i] * middle[i];
        if (power <= kSilentPower * static_cast<float>(count))
            features.silent_seconds += static_cast<double>(count) / kRate;
    }
    features.in_band = in_band_features(middle);
    if (sound.sample_rate >= kLeastUltrasonicRate) features.ultrasonic = ultrasonic_features(middle);
    return features;
}

std::string write_features(const Features& features) {
    std::string bytes(kMagic);
    put(bytes, kFormatVersion);
    put(bytes, static_cast<std::uint32_t>(features.seconds * 1000 + 0.5));
    put(bytes, static_cast<std::uint32_t>(features.silent_seconds * 1000 + 0.5));
    put(bytes, static_cast<std::uint32_t>(features.in_band.size() / kHalfBands));
    put(bytes, static_cast<std::uint32_t>(features.ultrasonic.size() / kCarriers));
    pack(features.in_band, bytes);
    pack(features.ultrasonic, bytes);
    return bytes;
}

base::Result<Features> parse_features(std::string_view bytes) {
    const auto broken = [](const char* why) {
        return base::fail(base::Kind::unreadable, "These are not a sound's features.", why);
    };
    constexpr std::size_t kHeader = 24;
    if (bytes.size() < kHeader || bytes.substr(0, 4) != kMagic) return broken("features: no header");
    if (get(bytes, 4) != kFormatVersion) return broken("features: another version");
    const std::size_t frames = get(bytes, 16), symbols = get(bytes, 20);
    if (frames > kMostSeconds * 32 || symbols > kMostSeconds * 50) return broken("features: too long");
    const std::size_t in_band = frames * kHalfBands, ultrasonic = symbols * kCarriers;
    if (bytes.size() != kHeader + (in_band + 3) / 4 + (ultrasonic + 3) / 4)
        return broken("features: length and header disagree");
    Features features;
    features.seconds = get(bytes, 8) / 1000.0;
    features.silent_seconds = get(bytes, 12) / 1000.0;
    features.in_band = unpack(bytes.substr(kHeader), in_band);
    features.ultrasonic = unpack(bytes.substr(kHeader + (in_band + 3) / 4), ultrasonic);
    return features;
}

}  // namespace mmx::watermark
