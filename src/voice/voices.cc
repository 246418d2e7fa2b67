#include "voice/voices.h"

#include <algorithm>
#include <array>

namespace mmx::voice {
namespace {

constexpr std::array<Voice, 4> kVoices = {{
    {"soft",
     "Soft female voice",
     57,
     72,
     {1.0, -0.8, -5, 0.45},
     {5.2, 20, 0.34, 0.45, 0.6},
     1.15,
     50,
     5,
     -25,
     false},
    {"bright",
     "Bright female voice",
     57,
     74,
     {1.07, 1.2, -9, 0.08},
     {5.7, 36, 0.25, 0.3, 0.5},
     0.9,
     75,
     3.5,
     -31,
     false},
    {"male", "Male voice", 45, 60, {0.85, 0.4, -5, 0.15}, {5.1, 30, 0.3, 0.35, 0.55}, 1.0, 70, 4, -30, false},
    {"vocoder", "Vocoder", 50, 69, {0.95, 1.0, -5, 0.0}, {5, 0, 1, 1, 99}, 0.12, 0, 0, -99, true},
}};

}  // namespace

std::span<const Voice> voices() {
    return kVoices;
}

const Voice& find_voice(std::string_view id) {
    const auto found = std::ranges::find(kVoices, id, &Voice::id);
    return found == kVoices.end() ? kVoices.front() : *found;
}

}  // namespace mmx::voice
