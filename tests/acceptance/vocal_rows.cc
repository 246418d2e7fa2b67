#include "vocal_rows.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <numbers>
#include <stdexcept>

namespace mmx::acceptance {
namespace {

std::string letters_of(const std::string& text) {
    std::string letters;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)))
            letters.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return letters;
}

const MidiTrack* vocals_of(const MidiSong& song) {
    for (const MidiTrack& track : song.tracks)
        if (track.id == "vocals") return &track;
    return nullptr;
}

std::string text(const char* format, double a, double b = 0) {
    char line[160];
    std::snprintf(line, sizeof line, format, a, b);
    return line;
}

// One syllable as the file tells it: the note under its text, and the end of its last note.
struct Sung {
    double start = 0, end = 0;
    int notes = 0;
    bool obstruent = false;  // a stop or a fricative stands before its vowel
};

// Behind l, m, n, r, w and y the voice sounds before the vowel does: there the band's rise tells of the
// consonant.
bool begins_with_an_obstruent(const std::string& syllable) {
    const std::string letters = letters_of(syllable);
    return !letters.empty() && std::string("pbtdkgcqfsvzhj").find(letters[0]) != std::string::npos &&
           (letters.size() < 2 || std::string("lrwmn").find(letters[1]) == std::string::npos);
}

std::vector<Sung> sung_syllables(const MidiTrack& track) {
    std::vector<Sung> sung;
    for (const MidiText& lyric : track.lyrics)
        sung.push_back({lyric.at, lyric.at, 0, begins_with_an_obstruent(lyric.text)});
    for (const MidiNote& note : track.notes) {
        auto after = std::upper_bound(sung.begin(), sung.end(), note.start + 1e-6,
                                      [](double at, const Sung& one) { return at < one.start; });
        if (after == sung.begin()) continue;
        Sung& own = *(after - 1);
        ++own.notes;
        own.end = std::max(own.end, note.end);
    }
    return sung;
}

// How many quarters a place is from the nearest beat, swing undone as far as a beat allows: beats do not
// swing.
double from_beat(const MidiSong& song, double at) {
    const double beat = song.beat_quarters();
    const double in = std::fmod(at, beat);
    return std::min(in, beat - in);
}

bool on_strong_beat(const MidiSong& song, const Sung& syllable) {
    if (from_beat(song, syllable.start) < 0.02) return true;
    // Half a beat or less ahead of a beat and held across it: an anticipation, heard on the beat.
    const double beat = song.beat_quarters();
    const double next = std::ceil(syllable.start / beat) * beat;
    return next - syllable.start <= beat / 2 + 0.02 && syllable.end > next + beat / 8;
}

struct BandPass {
    double b0, a1, a2, z1 = 0, z2 = 0;
    BandPass(double hertz, double q, int rate) {
        const double w = 2 * std::numbers::pi * hertz / rate, alpha = std::sin(w) / (2 * q), a0 = 1 + alpha;
        b0 = alpha / a0;
        a1 = -2 * std::cos(w) / a0;
        a2 = (1 - alpha) / a0;
    }
    double run(double in) {
        const double out = b0 * in + z1;
        z1 = -a1 * out + z2;
        z2 = -b0 * in - a2 * out;
        return out;
    }
};

// dB of the vowels' band every 5 ms.
std::vector<double> vowel_levels(const Sound& sound) {
    BandPass first(550, 0.7, sound.rate), second(550, 0.7, sound.rate);
    const auto step = static_cast<std::size_t>(sound.rate / 200);
    std::vector<double> levels;
    double sum = 0;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double x = second.run(first.run(0.5 * (static_cast<double>(sound.left[i]) + sound.right[i])));
        sum += x * x;
        if ((i + 1) % step == 0) {
            levels.push_back(to_db(sum / static_cast<double>(step) + 1e-9));
            sum = 0;
        }
    }
    return levels;
}

constexpr double kAudibleDb = 20;  // below the vowel

}  // namespace

MarkedLyrics read_marked_lyrics(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no lyrics " + path);
    MarkedLyrics lyrics;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line[0] == '[') {
            lyrics.plain += line + "\n";
            continue;
        }
        std::string syllable;
        const auto close = [&] {
            if (syllable.empty()) return;
            const bool stressed =
                std::any_of(syllable.begin(), syllable.end(),
                            [](char c) { return std::isupper(static_cast<unsigned char>(c)); }) &&
                syllable != "I";
            lyrics.syllables.push_back({letters_of(syllable), stressed});
            syllable.clear();
        };
        for (const char c : line) {
            if (c == ' ' || c == '-')
                close();
            else
                syllable += c;
            if (c != '-') lyrics.plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        close();
        lyrics.plain += "\n";
    }
    return lyrics;
}

void judge_singing(const MidiSong& song, const MarkedLyrics& lyrics, Findings& findings) {
    const MidiTrack* track = vocals_of(song);
    if (track == nullptr) {
        findings.add("every syllable once", 0, "no track of vocals");
        return;
    }
    std::string wanted, came;
    for (const MarkedSyllable& one : lyrics.syllables) wanted += one.text;
    for (const MidiText& lyric : track->lyrics) came += letters_of(lyric.text);
    const bool whole = wanted == came && track->lyrics.size() == lyrics.syllables.size();
    findings.add("every syllable once", whole ? 1 : 0,
                 text("%.0f of %.0f syllables", static_cast<double>(track->lyrics.size()),
                      static_cast<double>(lyrics.syllables.size())));
    const std::vector<Sung> sung = sung_syllables(*track);
    if (sung.empty()) return;
    findings.add("notes per syllable",
                 static_cast<double>(track->notes.size()) / static_cast<double>(sung.size()));
    if (whole) {
        int stressed = 0, strong = 0;
        for (std::size_t i = 0; i < sung.size(); ++i) {
            if (!lyrics.syllables[i].stressed) continue;
            ++stressed;
            strong += on_strong_beat(song, sung[i]);
        }
        findings.add("stress on strong beats", stressed > 0 ? static_cast<double>(strong) / stressed : 1,
                     text("%.0f of %.0f", strong, stressed));
    }
    int low = 127, high = 0;
    for (const MidiNote& note : track->notes) {
        low = std::min(low, note.pitch);
        high = std::max(high, note.pitch);
    }
    findings.add("vocal range", high - low, text("%.0f to %.0f", low, high));
    // From a bass's E2 to a soprano's A5: nobody is asked for more.
    findings.add("vocal compass", low >= 40 && high <= 81 ? 1 : 0, text("%.0f to %.0f", low, high));
}

void judge_vocal_onsets(const MidiSong& song, const Sound& vocals, Findings& findings) {
    const MidiTrack* track = vocals_of(song);
    if (track == nullptr || track->lyrics.empty()) return;
    const std::vector<double> levels = vowel_levels(vocals);
    const auto level = [&](double seconds) {
        const auto at = static_cast<std::ptrdiff_t>(seconds * 200);
        return at >= 0 && at < std::ssize(levels) ? levels[static_cast<std::size_t>(at)] : -90.0;
    };
    int heard = 0, in_time = 0, asked = 0;
    double sum = 0;
    for (const Sung& syllable : sung_syllables(*track)) {
        if (!syllable.obstruent) continue;
        ++asked;
        const double at = song.seconds_at(syllable.start);
        // Out of silence the breath of a t would be the steepest rise: what is far below the vowel is
        // silence.
        double loudest = -90;
        for (int step = -30; step <= 30; ++step) loudest = std::max(loudest, level(at + step * 0.005));
        const auto heard_at = [&](double seconds) { return std::max(level(seconds), loudest - kAudibleDb); };
        double steepest = 0, best = 0;
        for (int step = -30; step <= 30; ++step) {
            const double here = at + step * 0.005;
            const double rise = heard_at(here + 0.02) - heard_at(here - 0.02);
            if (rise > steepest) steepest = rise, best = here;
        }
        // From vowel to vowel nothing rises: that syllable cannot be judged by this.
        if (steepest < 4) continue;
        ++heard;
        sum += best - at;
        in_time += std::abs(best - at) <= 0.05;
    }
    if (asked == 0) return;
    const auto all = static_cast<double>(asked);
    findings.add("vocal onsets heard", heard / all, text("%.0f of %.0f", heard, all));
    if (heard > 0)
        findings.add("vocal onsets", static_cast<double>(in_time) / heard,
                     text("%.0f of them judged, mean %+.0f ms", heard, 1000 * sum / heard));
}

}  // namespace mmx::acceptance
