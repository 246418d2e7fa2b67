// The rows of what is sung: from the exported MIDI's lyric events and the stem of the lead vocals, against
// words whose syllables and stresses were marked by hand.
#pragma once

#include <string>
#include <vector>

#include "findings.h"
#include "midi_reader.h"
#include "sound.h"

namespace mmx::acceptance {

struct MarkedSyllable {
    std::string text;  // lower case letters: "win"
    bool stressed = false;
};

struct MarkedLyrics {
    std::string plain;  // as a user would write it
    std::vector<MarkedSyllable> syllables;
};
// Lines of words; hyphens part syllables, capitals are stresses, # begins a comment. Throws
// std::runtime_error.
MarkedLyrics read_marked_lyrics(const std::string& path);

void judge_singing(const MidiSong& song, const MarkedLyrics& lyrics, Findings& findings);
// Where the vowels begin to sound: a rise between 250 and 1200 Hz near each syllable's note.
void judge_vocal_onsets(const MidiSong& song, const Sound& vocals, Findings& findings);

}  // namespace mmx::acceptance
