// What several songs, or a song and the training data, have in common.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>

#include "score_rows.h"

namespace mmx::acceptance {
namespace {

constexpr int kRun = 12;
constexpr std::uint64_t kMask = (1ull << 40) - 1;

}  // namespace

// Steps of time are counted in 12ths of a quarter and divided by their common measure: the same tune in
// double time is the same. Scales, trills and repeated notes belong to nobody: a run counts only with at
// least four different intervals.
std::vector<std::uint64_t> twelve_note_runs(const std::vector<MidiNote>& melody) {
    std::vector<std::uint64_t> hashes;
    for (std::size_t first = 0; first + kRun <= melody.size(); ++first) {
        int steps[kRun - 1], intervals[kRun - 1], measure = 0;
        for (std::size_t i = 0; i + 1 < kRun; ++i) {
            const MidiNote &a = melody[first + i], &b = melody[first + i + 1];
            steps[i] = static_cast<int>(std::lround((b.start - a.start) * 12));
            intervals[i] = b.pitch - a.pitch;
            measure = std::gcd(measure, steps[i]);
        }
        if (measure == 0 || std::set<int>(intervals, intervals + kRun - 1).size() < 4) continue;
        std::uint64_t hash = 14695981039346656037ull;  // FNV-1a over two bytes a note
        for (int i = 0; i + 1 < kRun; ++i) {
            for (const int value : {intervals[i] + 128, steps[i] / measure}) {
                hash ^= static_cast<std::uint64_t>(value & 0xff);
                hash *= 1099511628211ull;
            }
        }
        hashes.push_back((hash ^ hash >> 40) & kMask);
    }
    return hashes;
}

std::vector<MidiNote> straightened(std::vector<MidiNote> melody) {
    for (MidiNote& note : melody) {
        const double beat = std::floor(note.start + 0.01), into = note.start - beat;
        // Late eighths go to the middle of the beat, late sixteenths to the middle of their half.
        if (into > 0.51 && into < 0.72)
            note.start = beat + 0.5;
        else if (into > 0.26 && into < 0.40)
            note.start = beat + 0.25;
        else if (into > 0.76 && into < 0.90)
            note.start = beat + 0.75;
    }
    return melody;
}

TrainingRuns TrainingRuns::read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot open " + path);
    TrainingRuns runs;
    unsigned char bytes[5];
    while (file.read(reinterpret_cast<char*>(bytes), 5)) {
        std::uint64_t hash = 0;
        for (int i = 4; i >= 0; --i) hash = hash << 8 | bytes[i];
        runs.hashes_.push_back(hash);
    }
    if (runs.hashes_.empty() || !std::is_sorted(runs.hashes_.begin(), runs.hashes_.end()))
        throw std::runtime_error(path + " is not an ascending list of 40-bit hashes");
    return runs;
}

bool TrainingRuns::holds(std::uint64_t hash) const {
    return std::binary_search(hashes_.begin(), hashes_.end(), hash);
}

std::vector<std::string> four_grams(const std::vector<MidiNote>& melody) {
    std::set<std::string> grams;
    for (std::size_t i = 0; i + 4 < melody.size(); ++i) {
        std::string gram;
        for (std::size_t j = i; j < i + 4; ++j) {
            gram += std::to_string(melody[j + 1].pitch - melody[j].pitch) + ":";
            gram += std::to_string(std::lround((melody[j + 1].start - melody[j].start) * 4)) + " ";
        }
        grams.insert(gram);
    }
    return {grams.begin(), grams.end()};
}

double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const double all = static_cast<double>(a.size() + b.size() - both.size());
    return all > 0 ? static_cast<double>(both.size()) / all : 0;
}

std::string progression(const ScoreView& view, int tonic) {
    const SectionView* longest = nullptr;
    for (const char* kind : {"verse", "theme", "drop", "chorus"})
        for (const SectionView* section : view.of_kind(kind))
            if (longest == nullptr) longest = section;
    if (longest == nullptr)
        for (const SectionView& section : view.sections)
            if (longest == nullptr || section.bars > longest->bars) longest = &section;
    if (longest == nullptr) return {};
    std::string line;
    for (int bar = 0; bar < longest->bars; ++bar) {
        const HeardChord* chord = view.chord_at(longest->start + bar * view.song.bar_quarters() + 0.01);
        if (chord == nullptr || chord->root < 0) continue;
        const bool minor = chord->has(chord->root + 3) && !chord->has(chord->root + 4);
        line += std::to_string((chord->root - tonic + 12) % 12) + (minor ? "m " : " ");
    }
    return line;
}

std::string drum_groove(const ScoreView& view) {
    std::map<int, std::set<std::string>> bars;
    for (const MidiTrack& track : view.song.tracks) {
        if (!track.drums) continue;
        for (const MidiNote& note : track.notes) {
            const int bar = static_cast<int>((note.start + 1e-3) / view.song.bar_quarters());
            const double into = note.start - bar * view.song.bar_quarters();
            bars[bar].insert(std::to_string(note.pitch) + "@" + std::to_string(std::lround(into * 24)));
        }
    }
    std::map<std::string, int> counts;
    for (const auto& [bar, hits] : bars) {
        std::string line;
        for (const auto& hit : hits) line += hit + " ";
        ++counts[line];
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? std::string() : most->first;
}

}  // namespace mmx::acceptance
