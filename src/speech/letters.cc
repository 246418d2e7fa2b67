#include "speech/letters.h"

#include <array>

namespace mmx::speech {
namespace {

// Base letters of U+00C0-U+017F and U+1E00-U+1EFF (Unicode's decompositions); ? stands for the exceptions
// below.
constexpr std::string_view kLatin1AndExtended =
    "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?"
    "yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiii"
    "iiiijjkkkllllllllllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::string_view kExtendedAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssss"
    "ssttttttttuu"
    "uuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas????"
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuu"
    "uuuuuuuuuuyyyyyyyy??????";
static_assert(kLatin1AndExtended.size() == 0x180 - 0xc0 && kExtendedAdditional.size() == 0x100);

struct Range {
    std::uint32_t first, last;
    std::string_view script;
};
constexpr Range kScripts[] = {
    {0x0370, 0x03ff, "Greek"},      {0x0400, 0x052f, "Cyrillic"},  {0x0531, 0x058f, "Armenian"},
    {0x0590, 0x05ff, "Hebrew"},     {0x0600, 0x06ff, "Arabic"},    {0x0750, 0x077f, "Arabic"},
    {0x0900, 0x097f, "Devanagari"}, {0x0980, 0x0dff, "Indic"},     {0x0e00, 0x0e7f, "Thai"},
    {0x0e80, 0x0eff, "Lao"},        {0x0f00, 0x0fff, "Tibetan"},   {0x1000, 0x109f, "Burmese"},
    {0x10a0, 0x10ff, "Georgian"},   {0x1100, 0x11ff, "Korean"},    {0x1200, 0x137f, "Ethiopic"},
    {0x1780, 0x17ff, "Khmer"},      {0x1f00, 0x1fff, "Greek"},     {0x3041, 0x30ff, "Japanese"},
    {0x3130, 0x318f, "Korean"},     {0x3400, 0x9fff, "Chinese"},   {0xac00, 0xd7af, "Korean"},
    {0xf900, 0xfaff, "Chinese"},    {0xfb50, 0xfdff, "Arabic"},    {0xfe70, 0xfeff, "Arabic"},
    {0xff66, 0xff9f, "Japanese"},   {0x20000, 0x3134f, "Chinese"},
};

std::string_view exception(std::uint32_t point) {
    switch (point) {
        case 0xc6:
        case 0xe6:
            return "ae";
        case 0xde:
        case 0xfe:
            return "th";
        case 0xdf:
        case 0x1e9e:
            return "ss";
        case 0x152:
        case 0x153:
            return "oe";
        default:
            return {};
    }
}

bool upper_in_table(std::uint32_t point) {
    if (point < 0xe0) return true;
    if (point < 0x100) return false;
    // Pairs of capital and small letter; the capital is even but for two runs where it is odd.
    const bool odd_capitals = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17e);
    return (point % 2 == 1) == odd_capitals;
}

}  // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const std::uint32_t first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    std::uint32_t point = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) point = (point << 6) | (byte(at + k) & 0x3fu);
    at += length;
    return point;
}

Letter letter_of(std::uint32_t point) {
    // Full-width and mathematical letters are Latin ones in costume.
    if (point >= 0xff21 && point <= 0xff5a) point = point - 0xff21 + 'A';
    if (point >= 0x1d400 && point <= 0x1d6a3) {
        const std::uint32_t place = (point - 0x1d400) % 52;
        point = place < 26 ? 'A' + place : 'a' + place - 26;
    }
    if (point < 0x80) {
        const bool capital = point >= 'A' && point <= 'Z';
        if (!capital && (point < 'a' || point > 'z')) return {};
        return {std::string(1, static_cast<char>(capital ? point - 'A' + 'a' : point)), capital, {}};
    }
    if (const std::string_view odd = exception(point); !odd.empty())
        return {std::string(odd), point < 0xe0 || point == 0x152 || point == 0x1e9e, {}};
    char base = '?';
    if (point >= 0xc0 && point < 0x180) base = kLatin1AndExtended[point - 0xc0];
    if (point >= 0x1e00 && point < 0x1f00) base = kExtendedAdditional[point - 0x1e00];
    if (base != '?') return {std::string(1, base), upper_in_table(point), {}};
    for (const Range& range : kScripts)
        if (point >= range.first && point <= range.last) return {{}, false, range.script};
    return {};
}

}  // namespace mmx::speech
