#include "song_trial.h"

#include <sys/wait.h>
#include <toml++/toml.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "audio_rows.h"
#include "vocal_rows.h"

namespace mmx::acceptance {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string shell_quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string number(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

bool is_said(const Request& request, const char* what) {
    return std::find(request.said.begin(), request.said.end(), what) != request.said.end();
}

std::string command(const Orders& orders, const Request& request, int seed, const std::string& folder) {
    std::string line = shell_quoted(orders.program) + " generate " + shell_quoted(request.prompt);
    line += " --seed " + std::to_string(seed);
    // Words decide for themselves how long they take.
    if (request.lyrics.empty())
        line += " --duration " + number(orders.seconds);
    else
        line += " --lyrics " + shell_quoted(folder + "/lyrics.txt");
    if (request.bpm && !is_said(request, "bpm")) line += " --bpm " + number(*request.bpm);
    if (request.key && !is_said(request, "key")) line += " --key " + shell_quoted(*request.key);
    if (request.metre && !is_said(request, "metre")) line += " --time-signature " + *request.metre;
    if (request.ending && !is_said(request, "ending")) line += " --ending " + *request.ending;
    if (!request.hear.empty() && !is_said(request, "hear")) {
        std::string list;
        for (const auto& one : request.hear) list += (list.empty() ? "" : ", ") + one;
        line += " --instruments " + shell_quoted(list);
    }
    line += " -o " + shell_quoted(folder + "/song.flac") + " --midi " + shell_quoted(folder + "/song.mid");
    line += " --stems " + shell_quoted(folder + "/stems");
    if (orders.premaster) line += " --premaster " + shell_quoted(folder + "/premaster.wav");
    return line + " --json >" + shell_quoted(folder + "/answer.json") + " 2>" +
           shell_quoted(folder + "/log.txt");
}

std::string last_line(const std::string& path) {
    std::ifstream file(path);
    std::string line, last;
    while (std::getline(file, line))
        if (!line.empty()) last = line;
    return last;
}

// The answer may wrap the record; what was decided stands in "decided".
Json decided_of(const Json& answer) {
    if (answer.contains("decided")) return answer["decided"];
    for (const char* name : {"record", "song", "plan"})
        if (answer.contains(name) && answer[name].is_object() && answer[name].contains("decided"))
            return answer[name]["decided"];
    return answer;
}

void find_sections(const Json& node, std::vector<std::string>& labels) {
    if (!labels.empty() || !node.is_object()) return;
    if (node.contains("sections") && node["sections"].is_array())
        for (const Json& section : node["sections"]) {
            if (section.is_string()) labels.push_back(section);
            if (section.is_object() && section.contains("label") && section["label"].is_string())
                labels.push_back(section["label"]);
        }
    for (const auto& [name, value] : node.items()) find_sections(value, labels);
}

void read_metre(const std::string& text, Expected& expected) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return;
    expected.numerator = std::atoi(text.c_str());
    expected.denominator = std::atoi(text.c_str() + slash + 1);
}

// Asked first; what was left open, as the answer says it was decided.
Expected expectations(const Request& request, const Json& answer, double seconds) {
    const Json decided = decided_of(answer);
    Expected expected;
    expected.seconds = seconds;
    if (decided.contains("bpm") && decided["bpm"].is_number()) expected.bpm = decided["bpm"];
    if (decided.contains("key") && decided["key"].is_string()) expected.key = read_key(decided["key"]);
    if (decided.contains("time_signature") && decided["time_signature"].is_string())
        read_metre(decided["time_signature"], expected);
    if (decided.contains("ending") && decided["ending"].is_string()) expected.ending = decided["ending"];
    if (request.bpm) expected.bpm = *request.bpm;
    if (request.key) expected.key = read_key(*request.key);
    if (request.metre) read_metre(*request.metre, expected);
    if (request.ending) expected.ending = *request.ending;
    find_sections(answer, expected.sections);
    expected.programs = request.programs;
    expected.excluded_programs = request.excluded_programs;
    expected.no_drums =
        std::find(request.without.begin(), request.without.end(), "drums") != request.without.end();
    return expected;
}

Delivery read_delivery(const std::string& folder, const Expected& expected, const Json& answer) {
    Delivery delivery;
    delivery.master = read_sound(folder + "/song.flac");
    if (fs::exists(folder + "/premaster.wav")) delivery.premaster = read_sound(folder + "/premaster.wav");
    if (fs::is_directory(folder + "/stems"))
        for (const auto& entry : fs::directory_iterator(folder + "/stems")) {
            const std::string ending = entry.path().extension();
            if (ending == ".wav" || ending == ".flac")
                delivery.stems.emplace(entry.path().stem().string(), read_sound(entry.path()));
        }
    const Json decided = decided_of(answer);
    const std::string preset = decided.value("preset", "streaming");
    if (preset == "natural") delivery.loudness_wanted = -18;
    delivery.said_softer = preset == "natural" || answer.dump().find("mastered softer") != std::string::npos;
    delivery.loops = expected.ending == "loop";
    return delivery;
}

void judge_files(Trial& trial, const Orders& orders, const Request& request, const Ranges& ranges,
                 const TrainingRuns& training) {
    std::ifstream file(trial.folder + "/answer.json");
    const Json answer = Json::parse(file);
    const bool sung = !request.lyrics.empty();
    const Expected wanted = expectations(request, answer, sung ? 0 : orders.seconds);
    ScoreView view = view_score(read_midi(trial.folder + "/song.mid"));
    Expected expected = wanted;
    // The exported file's own word, when neither the request nor the answer names a key.
    if (!expected.key && !view.song.keys.empty()) expected.key = read_key(view.song.keys.front().text);
    judge_score(view, expected, trial.findings);
    int quotations = 0;
    for (const auto hash : twelve_note_runs(view.melody)) quotations += training.holds(hash);
    for (const auto hash : twelve_note_runs(straightened(view.melody))) quotations += training.holds(hash);
    trial.findings.add("no quotation", quotations == 0 ? 1 : 0, std::to_string(quotations) + " runs");

    const Delivery delivery = read_delivery(trial.folder, expected, answer);
    if (sung) {
        judge_singing(view.song, read_marked_lyrics(request.lyrics), trial.findings);
        if (const auto stem = delivery.stems.find("vocals"); stem != delivery.stems.end())
            judge_vocal_onsets(view.song, stem->second, trial.findings);
    }
    const Spectra spectra = analyse(delivery.master);
    const Loudness loudness = measure_loudness(delivery.master);
    judge_sound(delivery, view, expected, ranges.genre(trial.genre), spectra, loudness, trial.findings);
    trial.features = genre_features(spectra, loudness, view.song);
    trial.grams = four_grams(view.melody);
    trial.chords = progression(view, expected.key ? expected.key->tonic : 0);
    trial.groove = drum_groove(view);
    for (const MidiTrack& track : view.song.tracks)
        if (!track.notes.empty()) trial.programs.push_back(track.drums ? 128 : track.program);
    std::sort(trial.programs.begin(), trial.programs.end());
}

std::vector<std::string> words(const toml::table& table, const char* name) {
    std::vector<std::string> list;
    if (const toml::array* array = table[name].as_array())
        for (const toml::node& node : *array) list.push_back(node.value<std::string>().value());
    return list;
}

}  // namespace

std::vector<Request> read_requests(const std::string& path) {
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path + ", line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    const toml::table& programs = *file["programs"].as_table();
    const auto programs_of = [&](const std::string& name) {
        const toml::array* list = programs[name].as_array();
        if (list == nullptr) throw std::runtime_error(path + ": no programs for " + name);
        std::vector<int> numbers;
        for (const toml::node& node : *list)
            numbers.push_back(static_cast<int>(node.value<int64_t>().value()));
        return numbers;
    };
    std::vector<Request> requests;
    for (const auto& [key, value] : file) {
        const toml::array* list = value.as_array();
        if (list == nullptr) continue;
        for (const toml::node& node : *list) {
            const toml::table& table = *node.as_table();
            Request request;
            request.genre = std::string(key.str());
            request.prompt = table["prompt"].value<std::string>().value();
            request.bpm = table["bpm"].value<double>();
            request.key = table["key"].value<std::string>();
            request.metre = table["metre"].value<std::string>();
            request.ending = table["ending"].value<std::string>();
            request.said = words(table, "said");
            request.hear = words(table, "hear");
            request.without = words(table, "without");
            if (request.key && !read_key(*request.key))
                throw std::runtime_error(path + ": key " + *request.key);
            for (const auto& name : request.hear) request.programs.push_back(programs_of(name));
            for (const auto& name : request.without)
                if (name != "drums")
                    for (const int program : programs_of(name)) request.excluded_programs.push_back(program);
            requests.push_back(std::move(request));
        }
    }
    return requests;
}

std::vector<Request> sung_requests(const std::vector<std::string>& genres,
                                   const std::vector<std::string>& lyrics) {
    constexpr const char* kSingers[] = {"soft female vocals", "male vocals", "powerful female vocals",
                                        "choir vocals"};
    std::vector<Request> requests;
    for (const std::string& genre : genres)
        for (std::size_t i = 0; i < 4; ++i) {
            Request request;
            request.genre = genre;
            request.prompt = genre + ", " + kSingers[i];
            std::replace(request.prompt.begin(), request.prompt.end(), '-', ' ');
            request.lyrics = lyrics[i % lyrics.size()];
            requests.push_back(std::move(request));
        }
    return requests;
}

Trial try_song(const Orders& orders, const Request& request, int seed, const Ranges& ranges,
               const TrainingRuns& training) {
    Trial trial;
    trial.genre = request.genre;
    trial.seed = seed;
    trial.prompt = request.prompt;
    trial.folder = orders.folder + "/" + request.genre + "-" + std::to_string(seed);
    fs::create_directories(trial.folder);
    if (!request.lyrics.empty())
        std::ofstream(trial.folder + "/lyrics.txt") << read_marked_lyrics(request.lyrics).plain;
    auto start = Clock::now();
    if (!orders.judge_only) {
        const int status = std::system(command(orders, request, seed, trial.folder).c_str());
        trial.making_seconds = since(start);
        if (status != 0) {
            const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            trial.refused = "exit " + std::to_string(code) + ": " + last_line(trial.folder + "/log.txt");
        }
    }
    start = Clock::now();
    if (trial.refused.empty()) {
        try {
            judge_files(trial, orders, request, ranges, training);
        } catch (const std::exception& error) {
            trial.refused = error.what();
        }
    }
    trial.findings.add("answers", trial.refused.empty() ? 1 : 0, trial.refused);
    trial.judging_seconds = since(start);
    if (!orders.keep && !orders.judge_only) {
        fs::remove_all(trial.folder + "/stems");
        fs::remove(trial.folder + "/premaster.wav");
    }
    return trial;
}

}  // namespace mmx::acceptance
