// The rows that the exported MIDI alone decides: key, metre, tempo, melody, harmony and form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "findings.h"
#include "score_view.h"

namespace mmx::acceptance {

// What was asked, or what the program's answer says was decided.
struct Expected {
    double bpm = 0;  // 0: open
    std::optional<HeardKey> key;
    int numerator = 0, denominator = 0;      // 0: open
    double seconds = 0;                      // 0: open
    std::string ending;                      // "ring" ...
    std::vector<std::string> sections;       // labels in order, from the answer; empty when it has none
    std::vector<std::vector<int>> programs;  // for each asked instrument the GM programs that will do
    std::vector<int> excluded_programs;
    bool no_drums = false;
};

void judge_score(const ScoreView& view, const Expected& expected, Findings& findings);
void judge_melody(const ScoreView& view, const std::optional<HeardKey>& key, Findings& findings);
void judge_form(const ScoreView& view, Findings& findings);

// Runs of 12 notes (11 intervals, 11 steps of time) as hashes; make_ngrams.py writes the same.
std::vector<std::uint64_t> twelve_note_runs(const std::vector<MidiNote>& melody);
// A swung tune played straight, so that a quotation is found in it too.
std::vector<MidiNote> straightened(std::vector<MidiNote> melody);
class TrainingRuns {
  public:
    static TrainingRuns read(const std::string& path);
    bool holds(std::uint64_t hash) const;
    std::size_t size() const { return hashes_.size(); }

  private:
    std::vector<std::uint64_t> hashes_;  // ascending, 40 bits each
};

// What ten songs of a genre are compared by.
std::vector<std::string> four_grams(const std::vector<MidiNote>& melody);  // distinct, ascending
double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b);
// The roots and qualities of the main section's bars, relative to the key: "0m 8 3 10".
std::string progression(const ScoreView& view, int tonic);
std::string drum_groove(const ScoreView& view);  // the most frequent bar of drums, and how it is written

}  // namespace mmx::acceptance
