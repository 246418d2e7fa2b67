#include "voice/line.h"

#include <algorithm>

namespace mmx::voice {

std::vector<TimedNote> timed_notes(const music::Score& score, const music::SungLine& line) {
    std::vector<TimedNote> notes;
    for (std::size_t s = 0; s < line.syllables.size(); ++s)
        for (const music::SungNote& note : line.syllables[s].notes) {
            TimedNote timed;
            timed.start = score.tempo.to_seconds(music::swung(score, note.start)).value;
            timed.end = score.tempo.to_seconds(music::swung(score, note.start + note.length)).value;
            timed.end = std::max(timed.end, timed.start + 0.05);
            timed.pitch = note.pitch;
            timed.velocity = static_cast<double>(note.velocity);
            timed.syllable = static_cast<int>(s);
            if (!notes.empty())
                notes.back().end =
                    std::min(notes.back().end, std::max(timed.start, notes.back().start + 0.02));
            notes.push_back(timed);
        }
    return notes;
}

}  // namespace mmx::voice
