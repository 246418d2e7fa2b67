#include "voice/phones.h"

#include <algorithm>
#include <array>

namespace mmx::voice {
namespace {

// First formants: Hillenbrand et al. (1995), women, rounded to 10 Hz; of diphthongs the target that is held.
constexpr std::array kPhones = {
    Phone{"pau", Manner::pause, false, false, 0, 0},     Phone{"aa", Manner::vowel, true, false, 0, 920},
    Phone{"ae", Manner::vowel, true, false, 0, 750},     Phone{"ah", Manner::vowel, true, false, 0, 750},
    Phone{"ao", Manner::vowel, true, false, 0, 780},     Phone{"aw", Manner::diphthong, true, false, 0, 850},
    Phone{"ax", Manner::vowel, true, false, 0, 640},     Phone{"axr", Manner::vowel, true, false, 0, 520},
    Phone{"ay", Manner::diphthong, true, false, 0, 850}, Phone{"eh", Manner::vowel, true, false, 0, 730},
    Phone{"er", Manner::vowel, true, false, 0, 520},     Phone{"ey", Manner::diphthong, true, false, 0, 540},
    Phone{"ih", Manner::vowel, true, false, 0, 480},     Phone{"ix", Manner::vowel, true, false, 0, 480},
    Phone{"iy", Manner::vowel, true, false, 0, 440},     Phone{"ow", Manner::diphthong, true, false, 0, 560},
    Phone{"oy", Manner::diphthong, true, false, 0, 640}, Phone{"uh", Manner::vowel, true, false, 0, 520},
    Phone{"uw", Manner::vowel, true, false, 0, 460},     Phone{"el", Manner::vowel, true, false, 0, 480},
    Phone{"em", Manner::vowel, true, false, 0, 380},     Phone{"en", Manner::vowel, true, false, 0, 380},
    Phone{"l", Manner::liquid, true, false, 0, 0},       Phone{"r", Manner::liquid, true, false, 0, 0},
    Phone{"w", Manner::liquid, true, false, 0, 0},       Phone{"y", Manner::liquid, true, false, 0, 0},
    Phone{"m", Manner::nasal, true, false, -2, 0},       Phone{"n", Manner::nasal, true, false, -2, 0},
    Phone{"ng", Manner::nasal, true, false, -2, 0},      Phone{"nx", Manner::nasal, true, false, -2, 0},
    Phone{"b", Manner::stop, true, false, 3, 0},         Phone{"d", Manner::stop, true, false, 3, 0},
    Phone{"dx", Manner::stop, true, false, 2, 0},        Phone{"g", Manner::stop, true, false, 3, 0},
    Phone{"p", Manner::stop, false, false, 3, 0},        Phone{"t", Manner::stop, false, false, 3, 0},
    Phone{"k", Manner::stop, false, false, 3, 0},        Phone{"ch", Manner::affricate, false, true, 2, 0},
    Phone{"jh", Manner::affricate, true, true, 2, 0},    Phone{"f", Manner::fricative, false, false, 3, 0},
    Phone{"th", Manner::fricative, false, false, 3, 0},  Phone{"s", Manner::fricative, false, true, 2.5, 0},
    Phone{"sh", Manner::fricative, false, true, 2.5, 0}, Phone{"v", Manner::fricative, true, false, 2, 0},
    Phone{"dh", Manner::fricative, true, false, 2, 0},   Phone{"z", Manner::fricative, true, true, 2.5, 0},
    Phone{"zh", Manner::fricative, true, true, 2.5, 0},  Phone{"hh", Manner::aspirate, false, false, 2, 0},
    Phone{"hv", Manner::aspirate, true, false, 2, 0},
};

}  // namespace

const Phone* find_phone(std::string_view name) {
    const auto* found = std::ranges::find(kPhones, name, &Phone::name);
    return found == kPhones.end() ? nullptr : found;
}

}  // namespace mmx::voice
