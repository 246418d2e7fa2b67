#include "midi_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace mmx::acceptance {
namespace {

class Cursor {
  public:
    Cursor(const std::vector<unsigned char>& bytes, std::size_t begin, std::size_t end)
        : bytes_(bytes), at_(begin), end_(end) {
        if (end > bytes.size()) throw std::runtime_error("MIDI: the file ends inside a chunk");
    }
    bool more() const { return at_ < end_; }
    std::size_t at() const { return at_; }
    unsigned byte() {
        if (at_ >= end_) throw std::runtime_error("MIDI: a chunk ends inside an event");
        return bytes_[at_++];
    }
    unsigned peek() const {
        if (at_ >= end_) throw std::runtime_error("MIDI: a chunk ends inside an event");
        return bytes_[at_];
    }
    unsigned number(int width) {
        unsigned value = 0;
        for (int i = 0; i < width; ++i) value = value << 8 | byte();
        return value;
    }
    unsigned length() {
        unsigned value = 0;
        for (int i = 0; i < 4; ++i) {
            const unsigned b = byte();
            value = value << 7 | (b & 0x7f);
            if ((b & 0x80) == 0) return value;
        }
        throw std::runtime_error("MIDI: a length is longer than four bytes");
    }
    std::string text(unsigned length) {
        std::string words;
        for (unsigned i = 0; i < length; ++i) words.push_back(static_cast<char>(byte()));
        return words;
    }

  private:
    const std::vector<unsigned char>& bytes_;
    std::size_t at_, end_;
};

struct RawTempo {
    double at;
    double seconds_per_quarter;
};

struct Reading {
    MidiSong song;
    std::vector<RawTempo> tempos;
    bool metre_known = false;
    double division = 480;
};

void read_meta(Cursor& cursor, double now, MidiTrack& track, Reading& reading) {
    const unsigned type = cursor.byte();
    const unsigned length = cursor.length();
    const std::string data = cursor.text(length);
    const auto value = [&](std::size_t i) { return static_cast<unsigned char>(data.at(i)); };
    MidiSong& song = reading.song;
    if (type == 0x03) track.id = data;
    if (type == 0x04) track.name = data;
    if (type == 0x05) track.lyrics.push_back({now, data});
    if (type == 0x06) song.markers.push_back({now, data});
    if (type == 0x01 && data.rfind("chord:", 0) == 0) song.chords.push_back({now, data.substr(6)});
    if (type == 0x01 && data.rfind("key:", 0) == 0) song.keys.push_back({now, data.substr(4)});
    if (type == 0x51 && length == 3)
        reading.tempos.push_back({now, (value(0) * 65536.0 + value(1) * 256.0 + value(2)) * 1e-6});
    if (type == 0x58 && length >= 2) {
        const int numerator = value(0);
        const int denominator = 1 << value(1);
        if (reading.metre_known) {
            if (numerator != song.numerator || denominator != song.denominator) ++song.metre_changes;
        } else {
            song.numerator = numerator;
            song.denominator = denominator;
            reading.metre_known = true;
        }
    }
}

void read_track(Cursor cursor, Reading& reading) {
    MidiTrack track;
    std::map<int, std::vector<std::size_t>> open;  // pitch and channel -> notes that sound
    double now = 0;
    unsigned status = 0;
    while (cursor.more()) {
        now += cursor.length() / reading.division;
        if (cursor.peek() & 0x80) status = cursor.byte();
        if (status == 0xff) {
            read_meta(cursor, now, track, reading);
            continue;
        }
        if (status == 0xf0 || status == 0xf7) {
            cursor.text(cursor.length());
            continue;
        }
        const unsigned kind = status & 0xf0;
        const int channel = static_cast<int>(status & 0x0f);
        const int first = static_cast<int>(cursor.byte());
        const int second = kind == 0xc0 || kind == 0xd0 ? 0 : static_cast<int>(cursor.byte());
        const int voice = first + 128 * channel;
        if (kind == 0xc0) track.program = first;
        if (kind == 0x90 && second > 0) {
            open[voice].push_back(track.notes.size());
            track.notes.push_back({now, -1, first, second});
            if (channel == 9) track.drums = true;
        } else if (kind == 0x80 || kind == 0x90) {
            auto& sounding = open[voice];
            if (!sounding.empty()) {
                track.notes[sounding.front()].end = now;
                sounding.erase(sounding.begin());
            }
        }
    }
    for (MidiNote& note : track.notes)
        if (note.end < 0) note.end = now;
    std::stable_sort(track.notes.begin(), track.notes.end(), [](const MidiNote& a, const MidiNote& b) {
        return a.start != b.start ? a.start < b.start : a.pitch < b.pitch;
    });
    reading.song.end = std::max(reading.song.end, now);
    if (!track.notes.empty() || track.program >= 0) reading.song.tracks.push_back(std::move(track));
}

}  // namespace

double MidiSong::seconds_at(double quarters) const {
    const MidiTempo* now = &tempos.front();
    for (const MidiTempo& tempo : tempos)
        if (tempo.at <= quarters) now = &tempo;
    return now->seconds + (quarters - now->at) * now->seconds_per_quarter;
}

double MidiSong::beat_quarters() const {
    return denominator == 8 && numerator % 3 == 0 && numerator > 3 ? 1.5 : 4.0 / denominator;
}

double MidiSong::bpm_at(double quarters) const {
    const MidiTempo* now = &tempos.front();
    for (const MidiTempo& tempo : tempos)
        if (tempo.at <= quarters) now = &tempo;
    const double beat = denominator == 8 && numerator % 3 == 0 && numerator > 3 ? 1.5 : 1.0;
    return 60.0 / (now->seconds_per_quarter * beat);
}

MidiSong parse_midi(const std::vector<unsigned char>& bytes) {
    Cursor file(bytes, 0, bytes.size());
    if (file.text(4) != "MThd" || file.number(4) < 6) throw std::runtime_error("MIDI: no MThd header");
    file.number(2);
    const unsigned tracks = file.number(2);
    Reading reading;
    reading.division = file.number(2);
    if (reading.division <= 0 || reading.division >= 32768)
        throw std::runtime_error("MIDI: the division is not ticks per quarter");
    std::size_t at = file.at();
    for (unsigned i = 0; i < tracks; ++i) {
        Cursor chunk(bytes, at, bytes.size());
        const bool is_track = chunk.text(4) == "MTrk";
        const unsigned length = chunk.number(4);
        at = chunk.at();
        if (is_track) read_track(Cursor(bytes, at, at + length), reading);
        at += length;
    }
    std::stable_sort(reading.tempos.begin(), reading.tempos.end(),
                     [](const RawTempo& a, const RawTempo& b) { return a.at < b.at; });
    if (reading.tempos.empty() || reading.tempos.front().at > 0)
        reading.tempos.insert(reading.tempos.begin(), {0, 0.5});
    MidiSong& song = reading.song;
    double seconds = 0;
    for (std::size_t i = 0; i < reading.tempos.size(); ++i) {
        if (i > 0)
            seconds +=
                (reading.tempos[i].at - reading.tempos[i - 1].at) * reading.tempos[i - 1].seconds_per_quarter;
        song.tempos.push_back({reading.tempos[i].at, reading.tempos[i].seconds_per_quarter, seconds});
    }
    const auto by_time = [](const MidiText& a, const MidiText& b) { return a.at < b.at; };
    std::stable_sort(song.markers.begin(), song.markers.end(), by_time);
    std::stable_sort(song.chords.begin(), song.chords.end(), by_time);
    std::stable_sort(song.keys.begin(), song.keys.end(), by_time);
    return song;
}

MidiSong read_midi(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("MIDI: cannot open " + path);
    return parse_midi(std::vector<unsigned char>(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace mmx::acceptance
