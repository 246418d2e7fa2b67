// Orders songs from the real program and judges them by their files alone: see README.md.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "song_trial.h"

namespace mmx::acceptance {
namespace {

struct Options {
    Orders orders;
    std::vector<std::string> genres;
    int seeds = 2, first_seed = 1, jobs = 2;
    bool campaign = false;
    bool sung = false;  // words to be sung instead of the requests
};

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts(1);
    for (const char c : list) {
        if (c == ',')
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    return parts;
}

Options read_options(int argc, char** argv, const Ranges& ranges) {
    Options options;
    options.genres = ranges.genres();
    options.orders.folder = (std::filesystem::temp_directory_path() / "mmx-acceptance").string();
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&] {
            if (i + 1 >= argc) throw std::runtime_error(word + " needs a value");
            return std::string(argv[++i]);
        };
        if (word == "--mmx")
            options.orders.program = value();
        else if (word == "--genres")
            options.genres = split(value());
        else if (word == "--seeds")
            options.seeds = std::stoi(value());
        else if (word == "--first-seed")
            options.first_seed = std::stoi(value());
        else if (word == "--seconds")
            options.orders.seconds = std::stod(value());
        else if (word == "--out")
            options.orders.folder = value();
        else if (word == "--jobs")
            options.jobs = std::stoi(value());
        else if (word == "--keep")
            options.orders.keep = true;
        else if (word == "--without-premaster")
            options.orders.premaster = false;
        else if (word == "--judge-only")
            options.orders.judge_only = true;
        else if (word == "--sung")
            options.sung = true;
        else if (word == "--all") {
            options.campaign = true;
            options.seeds = 10;
        } else
            throw std::runtime_error("unknown option " + word);
    }
    if (options.orders.program.empty() && !options.orders.judge_only)
        throw std::runtime_error(
            "usage: acceptance --mmx PATH [--all | --genres a,b --seeds N] [--sung] [--seconds S] "
            "[--out DIR] [--jobs 2] [--keep] [--judge-only]");
    return options;
}

std::vector<Trial> run(const Options& options, const std::vector<Request>& requests, const Ranges& ranges,
                       const TrainingRuns& training) {
    struct Task {
        const Request* request;
        int seed;
    };
    std::vector<Task> tasks;
    for (const std::string& genre : options.genres) {
        std::vector<const Request*> own;
        for (const Request& request : requests)
            if (request.genre == genre) own.push_back(&request);
        if (own.empty()) throw std::runtime_error("no requests for genre " + genre);
        for (int i = 0; i < options.seeds; ++i)
            tasks.push_back({own[static_cast<std::size_t>(options.first_seed + i - 1) % own.size()],
                             options.first_seed + i});
    }
    std::vector<Trial> trials(tasks.size());
    std::atomic<std::size_t> next{0};
    std::mutex speaking;
    std::vector<std::thread> workers;
    for (int job = 0; job < options.jobs; ++job)
        workers.emplace_back([&] {
            for (std::size_t i = next++; i < tasks.size(); i = next++) {
                trials[i] = try_song(options.orders, *tasks[i].request, tasks[i].seed, ranges, training);
                const std::lock_guard<std::mutex> lock(speaking);
                std::fprintf(stderr, "%zu/%zu %s seed %d: made in %.1f s, judged in %.1f s%s%s\n", i + 1,
                             tasks.size(), trials[i].genre.c_str(), trials[i].seed, trials[i].making_seconds,
                             trials[i].judging_seconds, trials[i].refused.empty() ? "" : "; ",
                             trials[i].refused.c_str());
            }
        });
    for (std::thread& worker : workers) worker.join();
    return trials;
}

struct Tally {
    int songs = 0, passed = 0;
};

// Of n songs at a share s as many must pass as s n, rounded to the nearest whole: 9 of 10, 2 of 2.
bool enough(const Tally& tally, double share) {
    return tally.passed >= static_cast<int>(share * tally.songs + 0.5);
}

bool print_rows(const Options& options, const std::vector<Trial>& trials, const Ranges& ranges) {
    std::printf("| row |");
    for (const auto& genre : options.genres) std::printf(" %s |", genre.c_str());
    std::printf("\n| --- |");
    for (std::size_t i = 0; i < options.genres.size(); ++i) std::printf(" --- |");
    std::printf("\n");
    bool good = true;
    for (const std::string& row : ranges.rows()) {
        std::printf("| %s |", row.c_str());
        Tally together;
        for (const std::string& genre : options.genres) {
            const Gate gate = ranges.gate(genre, row);
            Tally tally;
            for (const Trial& trial : trials) {
                if (trial.genre != genre || gate.off) continue;
                if (const Finding* finding = trial.findings.find(row)) {
                    tally.songs += 1;
                    tally.passed += gate.passes(finding->value);
                }
            }
            if (tally.songs == 0) {
                std::printf(" - |");
                continue;
            }
            const bool met = enough(tally, gate.share);
            good = good && met;
            std::printf(met ? " %d/%d |" : " **%d/%d** |", tally.passed, tally.songs);
            together.songs += tally.songs;
            together.passed += tally.passed;
        }
        const double overall = options.genres.empty() ? 0 : ranges.gate(options.genres.front(), row).overall;
        const bool met = options.genres.size() < 4 || enough(together, overall);
        good = good && met;
        if (overall > 0)
            std::printf(met ? " %d/%d together |" : " **%d/%d together** |", together.passed, together.songs);
        std::printf("\n");
    }
    return good;
}

void print_failures(const std::vector<Trial>& trials, const Ranges& ranges) {
    std::printf("\nWhat did not pass:\n\n");
    for (const Trial& trial : trials) {
        bool named = false;
        for (const Finding& finding : trial.findings.rows()) {
            const Gate gate = ranges.gate(trial.genre, finding.row);
            if (gate.off || gate.passes(finding.value)) continue;
            if (!named)
                std::printf("- %s, seed %d: \"%s\"\n", trial.genre.c_str(), trial.seed, trial.prompt.c_str());
            named = true;
            std::printf("  - %s: %.3g (%.3g to %.3g) %s\n", finding.row.c_str(), finding.value, gate.low,
                        gate.high, finding.detail.c_str());
        }
    }
}

// Ten songs of one genre are ten songs.
bool print_variety(const Options& options, const std::vector<Trial>& trials) {
    bool good = true;
    std::printf(
        "\n| genre | songs | most alike pair (4-grams, at most .35) | distinct progressions (7 of 10) |\n"
        "| --- | --- | --- | --- |\n");
    for (const std::string& genre : options.genres) {
        std::vector<const Trial*> songs;
        for (const Trial& trial : trials)
            if (trial.genre == genre && trial.refused.empty()) songs.push_back(&trial);
        if (songs.size() < 2) continue;
        double most = 0;
        std::string pair;
        std::set<std::string> progressions;
        for (std::size_t i = 0; i < songs.size(); ++i) {
            progressions.insert(songs[i]->chords);
            for (std::size_t j = 0; j < i; ++j)
                if (const double alike = jaccard(songs[i]->grams, songs[j]->grams); alike > most) {
                    most = alike;
                    pair =
                        " (" + std::to_string(songs[j]->seed) + ", " + std::to_string(songs[i]->seed) + ")";
                }
        }
        const bool varied = 10 * progressions.size() >= 7 * songs.size();
        good = good && most <= 0.35 && varied;
        std::printf(most <= 0.35 ? "| %s | %zu | %.2f%s |" : "| %s | %zu | **%.2f**%s |", genre.c_str(),
                    songs.size(), most, pair.c_str());
        std::printf(varied ? " %zu |\n" : " **%zu** |\n", progressions.size());
    }
    return good;
}

bool print_recognition(const Options& options, const std::vector<Trial>& trials) {
    std::vector<Example> examples;
    for (const Trial& trial : trials)
        if (!trial.features.empty()) examples.push_back({trial.genre, trial.features});
    // With fewer songs a share says nothing.
    if (options.seeds < 4 || options.genres.size() < 3) return true;
    const Confusion confusion = recognise(examples);
    std::printf(
        "\nGenre told from the sound alone, leaving the song out: %.0f %% right (75 %% wanted). Rows are "
        "asked, columns heard.\n\n|  |",
        100 * confusion.right);
    for (const auto& genre : confusion.genres) std::printf(" %s |", genre.c_str());
    std::printf("\n| --- |");
    for (std::size_t i = 0; i < confusion.genres.size(); ++i) std::printf(" --- |");
    std::printf("\n");
    for (std::size_t i = 0; i < confusion.genres.size(); ++i) {
        std::printf("| %s |", confusion.genres[i].c_str());
        for (const int count : confusion.counts[i])
            count > 0 ? std::printf(" %d |", count) : std::printf("  |");
        std::printf("\n");
    }
    return confusion.right >= 0.75;
}

// Two styles that share both groove and sounds would be one style under two names.
bool print_twins(const Options& options, const std::vector<Trial>& trials) {
    std::map<std::string, std::set<std::string>> grooves;
    std::map<std::string, std::map<int, double>> sounds;
    for (const Trial& trial : trials) {
        if (!trial.refused.empty()) continue;
        grooves[trial.genre].insert(trial.groove);
        for (const int program : trial.programs) sounds[trial.genre][program] += 1.0 / options.seeds;
    }
    bool good = true;
    for (std::size_t i = 0; i < options.genres.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const auto &a = sounds[options.genres[i]], &b = sounds[options.genres[j]];
            double common = 0, all = 0;
            for (int program = 0; program <= 128; ++program) {
                const double x = a.contains(program) ? a.at(program) : 0,
                             y = b.contains(program) ? b.at(program) : 0;
                common += std::min(x, y);
                all += std::max(x, y);
            }
            std::vector<std::string> same;
            const auto &g = grooves[options.genres[i]], &h = grooves[options.genres[j]];
            std::set_intersection(g.begin(), g.end(), h.begin(), h.end(), std::back_inserter(same));
            const bool grooves_alike = 2 * same.size() >= std::min(g.size(), h.size()) && !same.empty();
            if (all > 0 && common / all > 0.8 && grooves_alike) {
                std::printf("\n%s and %s share groove and sounds (%.2f of the sounds, %zu grooves)\n",
                            options.genres[j].c_str(), options.genres[i].c_str(), common / all, same.size());
                good = false;
            }
        }
    return good;
}

// For calibration by hand: the melody rows of any MIDI files, their 5th, 50th and 95th percentile.
int measure_midi(int argc, char** argv) {
    std::map<std::string, std::vector<double>> values;
    for (int i = 2; i < argc; ++i) {
        const ScoreView view = view_score(read_midi(argv[i]));
        PitchClasses weights{};
        for (const MidiNote& note : view.melody)
            weights[static_cast<std::size_t>(note.pitch % 12)] += note.end - note.start;
        const int best = best_profile(weights);
        HeardKey key = *read_key(best < 12 ? "C major" : "C minor");
        key.tonic = best % 12;
        Expected expected;
        expected.key = key;
        Findings findings;
        judge_score(view, expected, findings);
        for (const Finding& finding : findings.rows()) values[finding.row].push_back(finding.value);
    }
    for (auto& [row, list] : values) {
        std::sort(list.begin(), list.end());
        const auto at = [&](double share) {
            return list[static_cast<std::size_t>(share * static_cast<double>(list.size() - 1) + 0.5)];
        };
        std::printf("%-26s %4zu  %.3f / %.3f / %.3f\n", row.c_str(), list.size(), at(0.05), at(0.5),
                    at(0.95));
    }
    return 0;
}

int judge(int argc, char** argv) {
    if (argc > 2 && std::string(argv[1]) == "--measure-midi") return measure_midi(argc, argv);
    const std::string data = std::string(MMX_SOURCE_DIR) + "/tests/acceptance";
    const Ranges ranges = Ranges::read(data + "/ranges.toml");
    const Options options = read_options(argc, argv, ranges);
    const auto requests = options.sung ? sung_requests(options.genres, {data + "/lyrics/winter_road.txt",
                                                                        data + "/lyrics/paper_city.txt"})
                                       : read_requests(data + "/requests.toml");
    const TrainingRuns training = TrainingRuns::read(data + "/training_runs.bin");
    const auto start = std::chrono::steady_clock::now();
    const std::vector<Trial> trials = run(options, requests, ranges, training);
    bool good = print_rows(options, trials, ranges);
    good = print_variety(options, trials) && good;
    good = print_recognition(options, trials) && good;
    good = print_twins(options, trials) && good;
    print_failures(trials, ranges);
    std::printf("\n%zu songs of %.0f s judged in %.0f s: %s\n", trials.size(), options.orders.seconds,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
                good ? "every gate is met" : "NOT accepted");
    return good ? 0 : 1;
}

}  // namespace
}  // namespace mmx::acceptance

int main(int argc, char** argv) {
    try {
        return mmx::acceptance::judge(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "acceptance: %s\n", error.what());
        return 2;
    }
}
