// mmx understand: what the words were taken to mean, and why.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "music/record_json.h"
#include "prompt/prompt.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

// "I hear: lo-fi hip hop, 82 bpm, D minor, 4/4, Rhodes electric piano."
std::string one_line(const music::Plan& plan) {
    std::vector<std::string> parts;
    const style::Style* style = style::find_style(plan.genre);
    std::string genre = style != nullptr ? style->genre.name : plan.genre;
    if (!plan.asked_genre.empty()) genre = plan.asked_genre + " as " + genre;
    if (const style::Style* second = style::find_style(plan.second_genre))
        genre += " with " + second->genre.name;
    parts.push_back(genre);
    parts.push_back(fmt::format("{:.5g} bpm", plan.bpm));
    parts.push_back(plan.key ? plan.key->name() : "no key");
    parts.push_back(plan.metre.name());
    for (const music::AskedInstrument& one : plan.instruments) {
        const style::Instrument* instrument = style::find_instrument(one.id);
        const std::string name = instrument != nullptr ? instrument->name : one.id;
        parts.push_back((plan.only_asked_instruments ? "only " : "") + name +
                        (one.lead ? " in the lead" : ""));
    }
    for (const std::string& excluded : plan.excluded) parts.push_back("no " + excluded);
    return "I hear: " + joined(parts) + ".";
}

void print_text(const music::Plan& plan) {
    fmt::print("{}\n", one_line(plan));
    if (!plan.not_understood.empty()) fmt::print("Not understood: {}.\n", joined(plan.not_understood));
    for (const std::string& message : plan.messages) fmt::print("{}\n", message);
    fmt::print("\n");
    for (const music::Decision& decision : plan.decisions)
        fmt::print("{:<22} {:<30} {}\n", decision.field, decision.value, decision.because);
}

void print_json(const music::SongRequest& request, const music::Plan& plan) {
    auto json = nlohmann::ordered_json::parse(music::write_stored_record(music::record_of(request, plan)));
    // Nothing was made, so there is nothing to compare a remake with.
    for (const char* name : {"format", "format_version", "engine", "engine_version", "sounds_hash",
                             "samples_sha256", "created_at"})
        json.erase(name);
    if (!plan.second_genre.empty()) json["second_genre"] = plan.second_genre;
    json["valence"] = plan.valence;
    json["arousal"] = plan.arousal;
    json["reading"] = one_line(plan);
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

base::Result<int> read_words(const UnderstandOptions& options) {
    music::SongRequest request = TRY(build_request(options.request));
    // What words leave open is drawn when a song is made; here the same draw each time keeps readings
    // comparable.
    if (!request.seed) request.seed = 1;
    const music::Plan plan = TRY(prompt::understand(request));
    if (options.json)
        print_json(request, plan);
    else
        print_text(plan);
    return kDone;
}

}  // namespace

int understand(const UnderstandOptions& options) {
    const auto status = read_words(options);
    return status ? *status : report(status.error(), options.json);
}

}  // namespace mmx::cli
