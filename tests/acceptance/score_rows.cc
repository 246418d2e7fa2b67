#include "score_rows.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

namespace mmx::acceptance {
namespace {

std::string text(const char* format, double a, double b = 0, double c = 0) {
    char line[200];
    std::snprintf(line, sizeof line, format, a, b, c);
    return line;
}

// Melody and band by duration; the band counts half, it says the same many times over.
PitchClasses sounding(const ScoreView& view) {
    PitchClasses weights{};
    for (const MidiNote& note : view.melody)
        weights[static_cast<std::size_t>(note.pitch % 12)] += note.end - note.start;
    for (const HeardChord& chord : view.chords)
        for (int i = 0; i < 12; ++i)
            if (chord.has(i)) weights[static_cast<std::size_t>(i)] += (chord.end - chord.start) / 3;
    return weights;
}

double share_in_key(const ScoreView& view, const HeardKey& key) {
    const PitchClasses weights = sounding(view);
    double in = 0, all = 0;
    for (int i = 0; i < 12; ++i) {
        all += weights[static_cast<std::size_t>(i)];
        if (key.has(i)) in += weights[static_cast<std::size_t>(i)];
    }
    return all > 0 ? in / all : 1;
}

// Plain major and minor by the profile; modes by their set of notes and the last bass note, for a profile
// made of major and minor songs cannot tell D dorian from D minor or G major.
void judge_key(const ScoreView& view, const HeardKey& key, Findings& findings) {
    const PitchClasses weights = sounding(view);
    const auto scores = profile_scores(weights);
    const int best = best_profile(weights);
    const double in = share_in_key(view, key);
    int last_bass = -1;
    for (const HeardChord& chord : view.chords)
        if (chord.bass >= 0) last_bass = chord.bass;
    const bool plain = key.mode == "major" || key.mode == "minor" || key.mode == "harmonic minor";
    const bool modal = in >= 0.85 && (last_bass == key.tonic || is_key(best, key));
    const bool right = is_key(best, key) || (!plain && modal);
    HeardKey heard = *read_key(best < 12 ? "C major" : "C minor");
    heard.tonic = best % 12;
    findings.add("key", right ? 1 : 0,
                 "asked " + key.name() + ", heard " + heard.name() +
                     text(" (%.2f; asked %.2f)", scores[static_cast<std::size_t>(best)],
                          scores[static_cast<std::size_t>(key.tonic + (key.minor ? 12 : 0))]) +
                     text(", in key %.2f", in));
}

// Music in bars repeats itself at the distance of bars better than at other distances.
double bar_periodicity(const ScoreView& view) {
    const double unit = 4.0 / view.song.denominator / 2;  // half a beat of the denominator
    const auto steps = static_cast<std::size_t>(view.song.end / unit) + 1;
    std::vector<std::vector<double>> lanes(13, std::vector<double>(steps, 0.0));
    for (const MidiTrack& track : view.song.tracks)
        for (const MidiNote& note : track.notes) {
            const auto step = static_cast<std::size_t>(note.start / unit + 0.25);
            if (step < steps) {
                if (track.drums)
                    lanes[note.pitch < 37 ? 12 : static_cast<std::size_t>(note.pitch % 12)][step] += 1;
                else
                    lanes[static_cast<std::size_t>(note.pitch % 12)][step] += 1;
            }
        }
    const auto likeness = [&](std::size_t lag) {
        double product = 0, a = 0, b = 0;
        for (const auto& lane : lanes)
            for (std::size_t i = 0; i + lag < steps; ++i) {
                product += lane[i] * lane[i + lag];
                a += lane[i] * lane[i];
                b += lane[i + lag] * lane[i + lag];
            }
        return a > 0 && b > 0 ? product / std::sqrt(a * b) : 0;
    };
    // Harmony changes from bar to bar and comes back in phrases of even numbers of bars: 2, 4, 6 and 8 are
    // held against all distances that are no whole number of bars. Likeness falls with distance, so these
    // reach from one bar to nine: both kinds have the same mean distance.
    const auto beats_a_bar = static_cast<std::size_t>(view.song.numerator);
    double at_bar = 0, beside = 0, others = 0;
    for (std::size_t beats = beats_a_bar + 1; beats < 9 * beats_a_bar; ++beats) {
        const double like = likeness(2 * beats);
        if (beats % (2 * beats_a_bar) == 0) {
            at_bar += like / 4;
        } else if (beats % beats_a_bar != 0) {
            beside += like;
            others += 1;
        }
    }
    if (others > 0) beside /= others;
    return at_bar - beside;
}

void judge_metre_and_tempo(const ScoreView& view, const Expected& expected, Findings& findings) {
    const MidiSong& song = view.song;
    // Sections begin on bar lines; a loop also ends on one, for it begins again there.
    double worst = 0;
    const auto off_line = [&](double at) {
        const double bars = at / song.bar_quarters();
        worst = std::max(worst, std::abs(bars - std::round(bars)));
    };
    for (const SectionView& section : view.sections) off_line(section.start);
    if (expected.ending == "loop") off_line(song.end);
    const bool whole = worst < 1e-3;
    const bool asked = expected.numerator == 0 ||
                       (song.numerator == expected.numerator && song.denominator == expected.denominator);
    findings.add("metre", asked && whole && song.metre_changes == 0 ? 1 : 0,
                 std::to_string(song.numerator) + "/" + std::to_string(song.denominator) +
                     text(", sections start up to %.2f bars off the bar line", worst));
    findings.add("bar period", bar_periodicity(view));
    if (expected.bpm > 0) {
        // A ritardando may take the end; the rest keeps the tempo.
        double kept = 0;
        for (std::size_t i = 0; i < song.tempos.size(); ++i) {
            const double end =
                std::min(view.end, i + 1 < song.tempos.size() ? song.tempos[i + 1].at : view.end);
            if (std::abs(song.bpm_at(song.tempos[i].at) / expected.bpm - 1) < 0.001)
                kept += std::max(0.0, end - song.tempos[i].at) / view.end;
        }
        findings.add("tempo map", kept,
                     text("%.2f bpm at the start, %.2f wanted", song.bpm_at(0), expected.bpm));
    }
    if (!expected.sections.empty()) {
        std::vector<std::string> labels;
        for (const SectionView& section : view.sections) labels.push_back(section.label);
        std::string both;
        for (const auto& label : labels) both += (both.empty() ? "" : ", ") + label;
        findings.add("section order", labels == expected.sections ? 1 : 0, both);
    }
}

void judge_harmony(const ScoreView& view, const Expected& expected, Findings& findings) {
    const bool vamp_free_end = expected.ending == "loop" || expected.ending == "fade";
    std::map<std::pair<int, int>, double> lasting;
    const HeardChord* last = nullptr;
    for (const HeardChord& chord : view.chords) {
        if (chord.root < 0) continue;
        const int third = chord.has(chord.root + 3) && !chord.has(chord.root + 4) ? 3 : 4;
        lasting[{chord.root, third}] += chord.end - chord.start;
        last = &chord;
    }
    if (last == nullptr) return;
    const auto distinct = std::count_if(lasting.begin(), lasting.end(), [&](const auto& one) {
        return one.second >= 2 * view.song.beat_quarters() - 1e-6;
    });
    findings.add("distinct chords", static_cast<double>(distinct));
    if (expected.key && !vamp_free_end)
        findings.add("last chord tonic",
                     last->root == expected.key->tonic || last->bass == expected.key->tonic ? 1 : 0,
                     chord_name(*last) + " in " + expected.key->name());
}

// The named chords against what sounds: chord names are for musicians who play along, they must be true. A
// name is right where its root sounds under it, and its third more than the other third.
void judge_chord_names(const ScoreView& view, Findings& findings) {
    const auto& names = view.song.chords;
    double right = 0, all = 0;
    std::string first_wrong;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double from = names[i].at, to = i + 1 < names.size() ? names[i + 1].at : view.end;
        const std::string& name = names[i].text;
        const std::size_t letters = name.size() > 1 && (name[1] == '#' || name[1] == 'b') ? 2 : 1;
        const auto root = read_key(name.substr(0, letters));
        if (!root || to - from < 0.5) continue;
        const std::string rest = name.substr(letters);
        const bool minor = (rest.rfind('m', 0) == 0 && rest.rfind("maj", 0) != 0) ||
                           rest.rfind("dim", 0) == 0 || rest.rfind("\xc3\xb8", 0) == 0 ||
                           rest.rfind("\xc2\xb0", 0) == 0;
        const bool third_is_open = rest.find("sus") != std::string::npos || rest.rfind("5", 0) == 0;
        PitchClasses sound{};
        for (const MidiTrack& track : view.song.tracks) {
            if (track.drums || is_lead(track)) continue;
            for (const MidiNote& note : track.notes)
                sound[static_cast<std::size_t>(note.pitch % 12)] +=
                    std::max(0.0, std::min(to, note.end) - std::max(from, note.start));
        }
        double total = 0;
        for (const double weight : sound) total += weight;
        if (total < 0.25 * (to - from)) continue;  // a break
        const auto above = [&](int semitones) {
            return sound[static_cast<std::size_t>((root->tonic + semitones) % 12)];
        };
        const bool third = third_is_open || above(minor ? 3 : 4) >= above(minor ? 4 : 3);
        all += to - from;
        if (above(0) > 0 && third)
            right += to - from;
        else if (first_wrong.empty())
            first_wrong = name +
                          (above(0) > 0 ? " sounds with the other third" : " sounds without its root") +
                          text(" in bar %.0f", std::floor(from / view.song.bar_quarters() + 1e-3) + 1);
    }
    if (all > 0) findings.add("chords as named", right / all, first_wrong);
}

}  // namespace

void judge_melody(const ScoreView& view, const std::optional<HeardKey>& key, Findings& findings) {
    if (!view.has_melody()) return;
    double length = 0, diatonic = 0, in_chord = 0, with_chord = 0;
    double downbeats = 0, good_downbeats = 0;
    std::map<int, double> classes;
    int low = 127, high = 0;
    for (const MidiNote& note : view.melody) {
        const double lasts = note.end - note.start;
        length += lasts;
        if (key && key->has(note.pitch)) diatonic += lasts;
        classes[note.pitch % 12] += 1;
        low = std::min(low, note.pitch);
        high = std::max(high, note.pitch);
        for (const HeardChord& chord : view.chords) {
            const double shared = std::min(chord.end, note.end) - std::max(chord.start, note.start);
            if (shared <= 0.01 || chord.root < 0) continue;
            with_chord += shared;
            if (chord.has(note.pitch)) in_chord += shared;
        }
        const double into_bar = std::fmod(note.start + 0.02, view.song.bar_quarters());
        const HeardChord* chord = view.chord_at(note.start + 0.05);
        if (into_bar < 0.08 && chord != nullptr && chord->root >= 0) {
            downbeats += 1;
            if (chord->has(note.pitch)) good_downbeats += 1;
        }
    }
    if (key) findings.add("diatonic share", diatonic / length, key->name());
    if (with_chord > 0) findings.add("chord-tone ratio", in_chord / with_chord);
    if (downbeats >= 4) findings.add("chord tones on downbeats", good_downbeats / downbeats);
    double entropy = 0;
    for (const auto& [pitch, count] : classes) {
        const double share = count / static_cast<double>(view.melody.size());
        entropy -= share * std::log2(share);
    }
    findings.add("pitch-class entropy", entropy);
    findings.add("melody range", high - low, text("%.0f to %.0f", low, high));

    double small = 0, big = 0, repeated = 0, steps = 0;
    for (std::size_t i = 1; i < view.melody.size(); ++i) {
        // Across a rest of a bar or more the ear does not hear an interval.
        if (view.melody[i].start - view.melody[i - 1].end > view.song.bar_quarters()) continue;
        const int interval = std::abs(view.melody[i].pitch - view.melody[i - 1].pitch);
        steps += 1;
        small += interval <= 2;
        big += interval > 7;
        repeated += interval == 0;
    }
    if (steps > 0) {
        findings.add("small intervals", small / steps);
        findings.add("big leaps", big / steps);
        findings.add("repeated notes", repeated / steps);
    }

    // Adjacent bars with notes, compared in sixteenths (Hamming), as in Mogren's and Dong's measures.
    const int bins = static_cast<int>(std::lround(view.song.bar_quarters() * 4));
    double groove = 0, pairs = 0, seen = 0, exact = 0, rhythm = 0;
    std::vector<const MelodyBar*> earlier;
    for (std::size_t i = 0; i < view.bars.size(); ++i) {
        const MelodyBar& bar = view.bars[i];
        if (bar.empty()) continue;
        if (i > 0 && !view.bars[i - 1].empty()) {
            const auto grid = [&](const MelodyBar& one) {
                std::set<int> filled;
                for (const int onset : one.onsets) filled.insert((onset + 3) / 6);
                return filled;
            };
            const auto a = grid(bar), b = grid(view.bars[i - 1]);
            int different = 0;
            for (int step = 0; step < bins; ++step) different += a.count(step) != b.count(step);
            groove += 1 - static_cast<double>(different) / bins;
            pairs += 1;
        }
        seen += 1;
        exact += std::any_of(earlier.begin(), earlier.end(), [&](const auto* one) { return one->same(bar); });
        rhythm += std::any_of(earlier.begin(), earlier.end(),
                              [&](const auto* one) { return one->same_rhythm(bar); });
        earlier.push_back(&bar);
    }
    if (pairs > 0) findings.add("groove consistency", groove / pairs);
    if (seen >= 8) {
        findings.add("exact bar repeats", exact / seen);
        findings.add("rhythm-bar repeats", rhythm / seen);
    }
}

void judge_score(const ScoreView& view, const Expected& expected, Findings& findings) {
    if (expected.key) judge_key(view, *expected.key, findings);
    judge_metre_and_tempo(view, expected, findings);
    judge_harmony(view, expected, findings);
    judge_chord_names(view, findings);
    findings.add("melody is there", view.has_melody() ? 1 : 0,
                 text("%.0f lead notes", static_cast<double>(view.melody.size())));
    judge_melody(view, expected.key, findings);
    judge_form(view, findings);
}

}  // namespace mmx::acceptance
