// When each phone of a line sounds: vowels begin on their notes, consonants borrow from what is before them.
#pragma once

#include <vector>

#include "music/vocals.h"
#include "voice/labels.h"
#include "voice/phones.h"
#include "voice/speech_model.h"

namespace mmx::voice {

// A note in clock time.
struct TimedNote {
    double start = 0, end = 0;  // seconds of the song
    int pitch = 60;
    double velocity = 0.7;
    int syllable = 0;  // index into the line's
};

struct TimedPhone {
    const Phone* phone = nullptr;
    double start = 0, end = 0;
    int syllable = 0;
    bool nucleus = false;
    bool breaks = false;  // silence follows
};

// Between two points the natural frames pass evenly.
struct Stretch {
    double start = 0, end = 0;  // seconds of the song
    double from_frame = 0, to_frame = 0;
    int phone = 0;  // index into LineTiming::phones
};

struct LineTiming {
    double start = 0, end = 0;
    std::vector<TimedPhone> phones;  // ascending; without gaps except where one `breaks`
    std::vector<Stretch> stretches;  // ascending
};

// Sung: each nucleus starts exactly on its syllable's first note and lasts, with its coda, to the end of the
// last. `earliest`: no phone begins before it.
LineTiming time_sung(const std::vector<LinePhone>& phones, const Spoken& spoken,
                     const std::vector<TimedNote>& notes, double earliest);
// Rap: nuclei start on their notes, but a vowel is hardly longer than it would be spoken.
LineTiming time_rapped(const std::vector<LinePhone>& phones, const Spoken& spoken,
                       const std::vector<TimedNote>& notes, double earliest);
// Spoken: at the speaker's own pace from the first note on, hurried or slowed by a quarter at most to end
// with the last.
LineTiming time_spoken(const std::vector<LinePhone>& phones, const Spoken& spoken,
                       const std::vector<TimedNote>& notes, double earliest);

}  // namespace mmx::voice
