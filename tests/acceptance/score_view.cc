#include "score_view.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>

namespace mmx::acceptance {
namespace {

struct Template {
    const char* suffix;
    std::vector<int> notes;
};

const std::vector<Template>& templates() {
    static const std::vector<Template> kTemplates = {
        {"", {0, 4, 7}},          {"m", {0, 3, 7}},
        {"7", {0, 4, 7, 10}},     {"maj7", {0, 4, 7, 11}},
        {"m7", {0, 3, 7, 10}},    {"m7b5", {0, 3, 6, 10}},
        {"dim7", {0, 3, 6, 9}},   {"dim", {0, 3, 6}},
        {"aug", {0, 4, 8}},       {"sus4", {0, 5, 7}},
        {"sus2", {0, 2, 7}},      {"6", {0, 4, 7, 9}},
        {"m6", {0, 3, 7, 9}},     {"maj9", {0, 2, 4, 7, 11}},
        {"m9", {0, 2, 3, 7, 10}}, {"9", {0, 2, 4, 7, 10}},
        {"7sus4", {0, 5, 7, 10}}, {"m(maj7)", {0, 3, 7, 11}},
        {"add9", {0, 2, 4, 7}},   {"5", {0, 7}},
        {"13", {0, 4, 9, 10}},
    };
    return kTemplates;
}

struct BeatSound {
    PitchClasses weights{};
    double total = 0;
    int bass = -1;
};

// What each beat holds, from everything but the tune and the drums. A note counts by how long it sounds; the
// lowest one names the bass.
std::vector<BeatSound> listen(const MidiSong& song, double beat) {
    const auto beats = static_cast<std::size_t>(std::ceil(song.end / beat - 1e-6));
    std::vector<BeatSound> sounds(beats);
    std::vector<int> lowest(beats, 1000);
    for (const MidiTrack& track : song.tracks) {
        // Harmonies and doubles sing with the tune; chords are what is played beneath it.
        if (track.drums || is_lead(track) || !track.lyrics.empty()) continue;
        for (const MidiNote& note : track.notes) {
            const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(note.start / beat + 1e-6)));
            for (std::size_t i = first; i < beats; ++i) {
                const double from = static_cast<double>(i) * beat;
                const double shared = std::min(note.end, from + beat) - std::max(note.start, from);
                if (from >= note.end - 1e-6) break;
                if (shared < 0.02) continue;
                sounds[i].weights[static_cast<std::size_t>(note.pitch % 12)] += shared;
                sounds[i].total += shared;
                if (note.pitch < lowest[i]) {
                    lowest[i] = note.pitch;
                    sounds[i].bass = note.pitch % 12;
                }
            }
        }
    }
    return sounds;
}

double fit(const BeatSound& sound, int root, const Template& chord) {
    double in = 0;
    int missing = 0;
    for (const int note : chord.notes) {
        const double weight = sound.weights[static_cast<std::size_t>((root + note) % 12)];
        in += weight;
        missing += weight <= 0;
    }
    const double share = in / sound.total;
    const double extra = static_cast<double>(chord.notes.size()) - 3.0;
    return 2 * share - 1 - 0.10 * missing - 0.05 * std::abs(extra) + (sound.bass == root ? 0.25 : 0.0);
}

// The path of chords that fits best, where a change costs something, and less on a bar line.
std::vector<HeardChord> infer_chords(const MidiSong& song) {
    const double beat = song.beat_quarters();
    const std::vector<BeatSound> sounds = listen(song, beat);
    const std::size_t states = 12 * templates().size();
    std::vector<double> best(states, 0), next(states);
    std::vector<std::vector<std::uint16_t>> from(sounds.size(), std::vector<std::uint16_t>(states));
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        const double into_bar = std::fmod(static_cast<double>(i) * beat + 1e-6, song.bar_quarters());
        const double change = into_bar < 0.01 ? 0.25 : 0.6;
        const auto top = std::max_element(best.begin(), best.end()) - best.begin();
        for (std::size_t s = 0; s < states; ++s) {
            const bool stay = best[s] >= best[static_cast<std::size_t>(top)] - change;
            from[i][s] = static_cast<std::uint16_t>(stay ? s : static_cast<std::size_t>(top));
            next[s] = stay ? best[s] : best[static_cast<std::size_t>(top)] - change;
            if (sounds[i].total > 0) next[s] += fit(sounds[i], static_cast<int>(s % 12), templates()[s / 12]);
        }
        std::swap(best, next);
    }
    std::vector<HeardChord> chords(sounds.size());
    auto state = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
    for (std::size_t i = sounds.size(); i-- > 0;) {
        HeardChord& chord = chords[i];
        chord.start = static_cast<double>(i) * beat;
        chord.end = chord.start + beat;
        chord.bass = sounds[i].bass;
        chord.root = static_cast<int>(state % 12);
        chord.quality = static_cast<int>(state / 12);
        for (const int note : templates()[state / 12].notes)
            chord.pitch_classes |= 1u << ((chord.root + note) % 12);
        if (sounds[i].total <= 0) {
            chord.root = -1;
            chord.pitch_classes = 0;
        }
        state = from[i][state];
    }
    return chords;
}

std::vector<MidiNote> one_voice(const std::vector<const MidiTrack*>& tracks) {
    std::vector<MidiNote> notes;
    for (const MidiTrack* track : tracks) notes.insert(notes.end(), track->notes.begin(), track->notes.end());
    std::stable_sort(notes.begin(), notes.end(), [](const MidiNote& a, const MidiNote& b) {
        return a.start < b.start - 1e-6 || (a.start < b.start + 1e-6 && a.pitch > b.pitch);
    });
    std::vector<MidiNote> melody;
    for (const MidiNote& note : notes) {
        if (!melody.empty() && note.start < melody.back().start + 0.03) continue;
        if (!melody.empty()) melody.back().end = std::min(melody.back().end, note.start);
        melody.push_back(note);
    }
    return melody;
}

}  // namespace

std::string chord_name(const HeardChord& chord) {
    static const char* const kNames[] = {"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};
    if (chord.root < 0) return "-";
    return std::string(kNames[chord.root]) + templates()[static_cast<std::size_t>(chord.quality)].suffix;
}

bool is_lead(const MidiTrack& track) {
    return !track.drums && (track.id.rfind("lead", 0) == 0 || track.id.rfind("melody", 0) == 0 ||
                            track.id.rfind("solo", 0) == 0 || track.id == "vocals");
}

std::string section_kind(const std::string& label) {
    std::string kind;
    for (const char c : label) kind.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    while (!kind.empty() && (std::isdigit(static_cast<unsigned char>(kind.back())) || kind.back() == ' ' ||
                             kind.back() == ')' || kind.back() == '('))
        kind.pop_back();
    return kind;
}

const HeardChord* ScoreView::chord_at(double quarters) const {
    if (chords.empty()) return nullptr;
    const auto i = static_cast<std::size_t>(std::max(0.0, quarters / song.beat_quarters() + 1e-6));
    return &chords[std::min(i, chords.size() - 1)];
}

const SectionView* ScoreView::section_at(double quarters) const {
    for (const SectionView& section : sections)
        if (quarters >= section.start - 1e-6 && quarters < section.end - 1e-6) return &section;
    return nullptr;
}

std::vector<const SectionView*> ScoreView::of_kind(const std::string& start_of_kind) const {
    std::vector<const SectionView*> found;
    for (const SectionView& section : sections)
        if (section.kind.rfind(start_of_kind, 0) == 0) found.push_back(&section);
    return found;
}

const MidiTrack* ScoreView::track(const std::string& id) const {
    for (const MidiTrack& one : song.tracks)
        if (one.id == id) return &one;
    return nullptr;
}

ScoreView view_score(MidiSong song) {
    ScoreView view;
    const double bar = song.bar_quarters();
    // Last notes may ring on past the last bar line: the form ends with the bar in which the last note
    // starts.
    double last_start = 0;
    for (const MidiTrack& track : song.tracks)
        for (const MidiNote& note : track.notes) last_start = std::max(last_start, note.start);
    view.bar_count = static_cast<int>(std::floor(last_start / bar + 1e-3)) + 1;
    if (!song.markers.empty()) {
        // ... or with an empty bar that the form still counts.
        const auto marked = static_cast<int>(std::floor(song.markers.back().at / bar + 1e-3)) + 1;
        view.bar_count = std::max(view.bar_count, marked);
    }
    view.end = view.bar_count * bar;
    for (std::size_t i = 0; i < song.markers.size(); ++i) {
        SectionView section;
        section.label = song.markers[i].text;
        section.kind = section_kind(section.label);
        section.start = song.markers[i].at;
        section.end = i + 1 < song.markers.size() ? song.markers[i + 1].at : view.end;
        section.first_bar = static_cast<int>(std::lround(section.start / bar));
        section.bars = static_cast<int>(std::lround((section.end - section.start) / bar));
        view.sections.push_back(section);
    }
    std::vector<const MidiTrack*> lead;
    for (const MidiTrack& track : song.tracks)
        if (is_lead(track)) lead.push_back(&track);
    // Where somebody sings, that is the tune; an instrument that plays a solo has a compass of its own.
    if (const auto vocals =
            std::find_if(lead.begin(), lead.end(), [](const auto* t) { return t->id == "vocals"; });
        vocals != lead.end())
        lead = {*vocals};
    view.melody = one_voice(lead);
    view.bars.resize(static_cast<std::size_t>(std::max(0, view.bar_count)));
    for (const MidiNote& note : view.melody) {
        const auto index = static_cast<std::size_t>((note.start + 1e-3) / bar);
        if (index >= view.bars.size()) continue;
        MelodyBar& in = view.bars[index];
        in.onsets.push_back(
            static_cast<int>(std::lround((note.start - static_cast<double>(index) * bar) * 24)));
        if (!in.pitches.empty()) in.intervals.push_back(note.pitch - in.pitches.back());
        in.pitches.push_back(note.pitch);
    }
    view.chords = infer_chords(song);
    view.song = std::move(song);
    return view;
}

}  // namespace mmx::acceptance
