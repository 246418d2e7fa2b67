// One song on trial: ordered from the real program as a user would, then judged by its files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings.h"
#include "genre_ear.h"
#include "score_rows.h"

namespace mmx::acceptance {

struct Request {
    std::string genre, prompt;
    std::optional<double> bpm;
    std::optional<std::string> key, metre, ending;
    std::vector<std::string> said;  // what only the prompt says
    std::vector<std::string> hear, without;
    std::vector<std::vector<int>> programs;  // for each of `hear`
    std::vector<int> excluded_programs;
    std::string lyrics;  // file of marked words, or empty
};
// The same genres with words to be sung, in turn one of `lyrics` (files of marked words) and of four voices.
std::vector<Request> sung_requests(const std::vector<std::string>& genres,
                                   const std::vector<std::string>& lyrics);
// By genre; ten each. Throws std::runtime_error.
std::vector<Request> read_requests(const std::string& path);

struct Trial {
    std::string genre;
    int seed = 0;
    std::string prompt, folder;
    std::string refused;  // why there is nothing to judge, or empty
    Findings findings;
    std::vector<double> features;
    std::vector<std::string> grams;
    std::string chords, groove;
    std::vector<int> programs;
    double making_seconds = 0, judging_seconds = 0;
};

struct Orders {
    std::string program;  // mmx
    std::string folder;   // a subfolder for each song
    double seconds = 75;
    bool judge_only = false;  // the files are there already
    bool keep = false;        // stems and premaster stay
    bool premaster = true;    // false: judged without; contrast then comes from the master
};

Trial try_song(const Orders& orders, const Request& request, int seed, const Ranges& ranges,
               const TrainingRuns& training);

}  // namespace mmx::acceptance
