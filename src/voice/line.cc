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

std::vector<Line> lines_of(const music::Score& score, const music::VocalPart& part, const Sayings& sayings) {
    std::vector<Line> lines;
    double free_from = 0;
    for (const music::SungLine& sung : part.lines) {
        Line line;
        line.notes = timed_notes(score, sung);
        if (line.notes.empty()) continue;
        line.spoken = sayings.at(labels_of(sung));
        line.delivery = part.delivery;
        const std::vector<LinePhone> phones = phones_of(sung);
        const auto time = part.delivery == music::Delivery::sung  ? time_sung
                          : part.delivery == music::Delivery::rap ? time_rapped
                                                                  : time_spoken;
        line.timing = time(phones, *line.spoken, line.notes, free_from);
        if (line.timing.phones.empty()) continue;
        line.silence_before = line.timing.start - free_from;
        free_from = line.timing.end;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace mmx::voice
