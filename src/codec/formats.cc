// The formats in figures and names.
#include <algorithm>
#include <array>

#include "codec/codec.h"

namespace mmx::codec {
namespace {

// In the order of the enumeration.
constexpr std::array<FormatFacts, 8> kFormats = {{
    {Format::flac, "flac", ".flac", "audio/flac", false},
    {Format::wav16, "wav16", ".wav", "audio/wav", false},
    {Format::wav24, "wav24", ".wav", "audio/wav", false},
    {Format::wav32f, "wav32f", ".wav", "audio/wav", false},
    {Format::flac16, "flac16", ".flac", "audio/flac", false},
    {Format::mp3_v0, "mp3_v0", ".mp3", "audio/mpeg", true},
    {Format::mp3_320, "mp3_320", ".mp3", "audio/mpeg", true},
    {Format::opus, "opus", ".opus", "audio/ogg", true},
}};

}  // namespace

const FormatFacts& facts_of(Format format) {
    return kFormats[static_cast<std::size_t>(format)];
}

std::optional<Format> format_named(std::string_view name) {
    const auto found = std::ranges::find(kFormats, name, &FormatFacts::name);
    if (found == kFormats.end()) return std::nullopt;
    return found->format;
}

std::optional<Format> format_of(const std::string& path) {
    const auto ends_in = [&](std::string_view ending) {
        if (path.size() < ending.size()) return false;
        return std::equal(ending.begin(), ending.end(),
                          path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                          [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
    };
    for (const Format format : {Format::flac, Format::wav24, Format::mp3_v0, Format::opus}) {
        if (ends_in(facts_of(format).ending)) return format;
    }
    return std::nullopt;
}

bool takes_rate(Format format, int sample_rate) {
    if (format == Format::mp3_v0 || format == Format::mp3_320)
        return sample_rate == 32000 || sample_rate == 44100 || sample_rate == 48000;
    return sample_rate >= 8000 && sample_rate <= 192000;
}

}  // namespace mmx::codec
