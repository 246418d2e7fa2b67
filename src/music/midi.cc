#include "music/midi.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/maths.h"

namespace mmx::music {
namespace {

using Bytes = std::vector<std::uint8_t>;

void put_number(Bytes& bytes, std::uint32_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

// Variable-length quantity: seven bits a byte, the top bit says that more follow.
void put_length(Bytes& bytes, std::uint32_t value) {
    int shift = 28;
    while (shift > 0 && (value >> shift) == 0) shift -= 7;
    for (; shift > 0; shift -= 7)
        bytes.push_back(static_cast<std::uint8_t>(0x80 | ((value >> shift) & 0x7f)));
    bytes.push_back(static_cast<std::uint8_t>(value & 0x7f));
}

struct Event {
    base::Ticks at;
    int order;  // at one tick: settings, then note-offs, then note-ons
    Bytes message;
};

Bytes meta(std::uint8_t type, const Bytes& data) {
    Bytes message{0xff, type};
    put_length(message, static_cast<std::uint32_t>(data.size()));
    message.insert(message.end(), data.begin(), data.end());
    return message;
}

Bytes text(std::uint8_t type, std::string_view words) {
    return meta(type, Bytes(words.begin(), words.end()));
}

void put_track(Bytes& file, std::vector<Event> events, base::Ticks end) {
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return a.at != b.at ? a.at < b.at : a.order < b.order;
    });
    Bytes track;
    base::Ticks now{0};
    for (const Event& event : events) {
        put_length(track, static_cast<std::uint32_t>((event.at - now).value));
        now = event.at;
        track.insert(track.end(), event.message.begin(), event.message.end());
    }
    put_length(track, static_cast<std::uint32_t>(std::max<std::int64_t>((end - now).value, 0)));
    const Bytes last = meta(0x2f, {});
    track.insert(track.end(), last.begin(), last.end());
    for (const char c : std::string_view("MTrk")) file.push_back(static_cast<std::uint8_t>(c));
    put_number(file, static_cast<std::uint32_t>(track.size()), 4);
    file.insert(file.end(), track.begin(), track.end());
}

// Sharps (positive) or flats (negative) of the nearest major or minor key signature.
Bytes key_signature(const Key& key) {
    constexpr int kSharpsOfMajor[] = {0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5};
    const bool minor = facts(key.mode).minor_third;
    int sharps = kSharpsOfMajor[(key.tonic + (minor ? 3 : 0)) % 12];
    if (sharps == 6 && key.flats) sharps = -6;
    if (sharps == -5 && !key.flats) sharps = 7;
    return meta(0x59, {static_cast<std::uint8_t>(static_cast<std::int8_t>(sharps)),
                       static_cast<std::uint8_t>(minor)});
}

std::vector<Event> conductor_track(const Score& score) {
    std::vector<Event> events;
    events.push_back({base::Ticks(0), 0, text(0x03, score.title)});
    for (const TempoChange& change : score.tempo.changes()) {
        Bytes data;
        put_number(data, static_cast<std::uint32_t>(change.quarter_microseconds), 3);
        events.push_back({change.start, 0, meta(0x51, data)});
    }
    int power = 0;
    while ((1 << power) < score.metre.denominator) ++power;
    // MIDI clocks (24 a quarter) per metronome click: the beat that bpm counts.
    const auto clocks = static_cast<std::uint8_t>(score.metre.beat().value * 24 / base::kQuarter.value);
    events.push_back({base::Ticks(0), 0,
                      meta(0x58, {static_cast<std::uint8_t>(score.metre.numerator),
                                  static_cast<std::uint8_t>(power), clocks, 8})});

    std::optional<Key> key;
    for (const Section& section : score.sections) {
        const base::Ticks start = score.bars[static_cast<std::size_t>(section.first_bar)].start;
        events.push_back({start, 1, text(0x06, section.label)});
        if (section.key && section.key != key) {
            key = section.key;
            events.push_back({start, 0, key_signature(*key)});
            events.push_back({start, 0, text(0x01, "key:" + key->name())});
        }
    }
    for (const ChordEvent& chord : score.chords) {
        const auto& section_key = score.sections[static_cast<std::size_t>(chord.section)].key;
        events.push_back(
            {chord.start, 2, text(0x01, "chord:" + chord.chord.name(section_key && section_key->flats))});
    }
    return events;
}

std::vector<Event> part_track(const Score& score, const Part& part, const MidiVoice& voice,
                              std::uint8_t channel) {
    std::vector<Event> events;
    events.push_back({base::Ticks(0), 0, text(0x03, part.id)});
    events.push_back({base::Ticks(0), 0, text(0x04, part.name)});
    if (!voice.drums)
        events.push_back(
            {base::Ticks(0),
             1,
             {static_cast<std::uint8_t>(0xc0 | channel), static_cast<std::uint8_t>(voice.program)}});
    const double pan = std::clamp(64.0 + 63.0 * part.pan, 0.0, 127.0);
    events.push_back(
        {base::Ticks(0), 1, {static_cast<std::uint8_t>(0xb0 | channel), 10, static_cast<std::uint8_t>(pan)}});

    // A second note of one pitch would be cut by the first one's note-off: the first ends where the second
    // starts.
    std::map<int, base::Ticks> next_start;
    std::vector<base::Ticks> ends(part.notes.size());
    for (std::size_t i = part.notes.size(); i-- > 0;) {
        const Note& note = part.notes[i];
        const auto next = next_start.find(note.pitch);
        ends[i] = swung(score, note.start + note.length);
        if (next != next_start.end() && next->second < ends[i]) ends[i] = next->second;
        next_start[note.pitch] = swung(score, note.start);
    }
    for (std::size_t i = 0; i < part.notes.size(); ++i) {
        const Note& note = part.notes[i];
        const base::Ticks start = swung(score, note.start);
        if (ends[i] <= start) continue;
        const auto pitch = static_cast<std::uint8_t>(std::clamp(note.pitch, 0, 127));
        const auto velocity =
            static_cast<std::uint8_t>(std::clamp(base::floor(note.velocity * 127.0 + 0.5), 1.0, 127.0));
        events.push_back({start, 3, {static_cast<std::uint8_t>(0x90 | channel), pitch, velocity}});
        events.push_back({ends[i], 2, {static_cast<std::uint8_t>(0x80 | channel), pitch, 64}});
    }
    return events;
}

// Singers as a General MIDI player has them: choir, or one voice.
constexpr int kChoirAahs = 52, kVoiceOohs = 53;

// A singer's notes as an instrument would have them, and on each syllable's first note its text: words end in
// a blank, lines in a carriage return (MMA's RP-017).
std::vector<Event> vocal_track(const Score& score, const VocalPart& part, std::uint8_t channel) {
    Part notes;
    notes.id = part.id;
    notes.name = part.name;
    notes.pan = part.pan;
    std::vector<Event> lyrics;
    for (const SungLine& line : part.lines)
        for (std::size_t i = 0; i < line.syllables.size(); ++i) {
            const SungSyllable& syllable = line.syllables[i];
            for (const SungNote& note : syllable.notes)
                notes.notes.push_back(
                    {note.start, note.length, note.pitch, note.velocity, Articulation::normal});
            if (syllable.notes.empty()) continue;
            const Word& word = line.words[static_cast<std::size_t>(syllable.word)];
            std::string words = word.syllables[static_cast<std::size_t>(syllable.syllable)].text;
            if (static_cast<std::size_t>(syllable.syllable) + 1 == word.syllables.size())
                words += i + 1 == line.syllables.size() ? "\r" : " ";
            lyrics.push_back({swung(score, syllable.notes.front().start), 1, text(0x05, words)});
        }
    std::ranges::stable_sort(notes.notes, {}, &Note::start);
    const MidiVoice voice{part.singers > 2 ? kChoirAahs : kVoiceOohs, false};
    std::vector<Event> events = part_track(score, notes, voice, channel);
    events.insert(events.end(), lyrics.begin(), lyrics.end());
    return events;
}

}  // namespace

std::vector<std::uint8_t> score_to_midi(const Score& score, const std::vector<MidiVoice>& voices) {
    Bytes file;
    for (const char c : std::string_view("MThd")) file.push_back(static_cast<std::uint8_t>(c));
    put_number(file, 6, 4);
    put_number(file, 1, 2);
    put_number(file, static_cast<std::uint32_t>(score.parts.size() + score.vocals.size() + 1), 2);
    put_number(file, static_cast<std::uint32_t>(base::kQuarter.value), 2);
    put_track(file, conductor_track(score), score.end);

    // Channel 10 (index 9) is the drums'; the others go round, and parts of one instrument share from the
    // second round on.
    std::uint8_t next_channel = 0;
    const auto take_channel = [&] {
        const std::uint8_t channel = next_channel;
        next_channel = static_cast<std::uint8_t>((next_channel + 1) % 16);
        if (next_channel == 9) ++next_channel;
        return channel;
    };
    for (std::size_t i = 0; i < score.parts.size(); ++i) {
        const MidiVoice voice = i < voices.size() ? voices[i] : MidiVoice{};
        const std::uint8_t channel = voice.drums ? 9 : take_channel();
        put_track(file, part_track(score, score.parts[i], voice, channel), score.end);
    }
    for (const VocalPart& part : score.vocals)
        put_track(file, vocal_track(score, part, take_channel()), score.end);
    return file;
}

}  // namespace mmx::music
