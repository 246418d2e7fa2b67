// What the voice knows of each phone of US English: how it is made, and so how it is timed and voiced.
#pragma once

#include <optional>
#include <string_view>

namespace mmx::voice {

enum class Manner { pause, vowel, diphthong, liquid, nasal, stop, affricate, fricative, aspirate };

struct Phone {
    std::string_view name;  // "ey"
    Manner manner = Manner::vowel;
    bool voiced = true;
    bool sibilant = false;
    double level_db = 0;          // against what the model makes of it: sung vowels cover weak consonants
    double first_formant_hz = 0;  // of a woman's vowel; 0: none of its own
};

// Absent: no such phone.
const Phone* find_phone(std::string_view name);

inline bool carries_a_note(const Phone& phone) {
    return phone.manner == Manner::vowel || phone.manner == Manner::diphthong;
}

}  // namespace mmx::voice
