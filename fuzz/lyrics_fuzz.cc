// Any bytes as lyrics: valid UTF-8 of allowed length is always read.
#include <cstdlib>
#include <string_view>

#include "music/fields.h"
#include "music/lyrics.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto length = mmx::music::count_code_points(text);
    const auto lyrics = mmx::music::parse_lyrics(text);
    if (lyrics.has_value() != (length && *length <= 8000)) std::abort();
    if (lyrics)
        for (const auto& section : lyrics->sections)
            for (const auto& line : section.lines)
                if (line.empty() || mmx::music::count_syllables(line) < 0) std::abort();
    return 0;
}
