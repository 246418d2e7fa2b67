// What there is to choose from: plans, engines, and the words of the studio's forms.
#include <nlohmann/json.hpp>

#include "api/context.h"
#include "api/routes.h"
#include "library/order.h"
#include "master/master.h"
#include "music/fields.h"
#include "music/key.h"
#include "music/record_json.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

Outcome get_plans(const Call& call) {
    const auto plans = call.context.plans.current();
    Json list = Json::array();
    for (const auto& plan : plans->all)
        list.push_back({{"id", plan.id},
                        {"name", plan.name},
                        {"price", plan.price_text},
                        {"daily_generations", plan.daily_generations},
                        {"monthly_generations", plan.monthly_generations},
                        {"monthly_credits", plan.monthly_credits},
                        {"storage_bytes", plan.storage_bytes},
                        {"longest_song_seconds", plan.longest_song_seconds},
                        {"parallel_jobs", plan.parallel_jobs},
                        {"formats", plan.formats}});
    return json_answer({{"plans", list},
                        {"credits_per_started_minute", plans->credits_per_started_minute},
                        {"terms_version", call.context.terms_version}});
}

Outcome get_operator(const Call& call) {
    const Operator& who = call.context.service_operator;
    const auto said = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    return json_answer({{"name", said(who.name)},
                        {"address", said(who.address)},
                        {"privacy_contact", said(who.privacy_contact)},
                        {"support_contact", said(who.support_contact)},
                        {"dmca_contact", said(who.dmca_contact)},
                        {"authority", said(who.authority)},
                        {"data_region", said(who.data_region)},
                        {"access_log_days", who.access_log_days},
                        {"terms_version", call.context.terms_version}});
}

Outcome get_engines(const Call& call) {
    return json_answer(
        {{"engines",
          {{{"name", call.context.runs.engine},
            {"version", call.context.runs.engine_version},
            {"exact", true},
            {"help",
             "Composes a score and plays it with sampled and synthesised instruments; the same "
             "record gives the same samples. No neural model."}}}}});
}

std::string_view type_name(music::FieldType type) {
    switch (type) {
        case music::FieldType::text:
            return "text";
        case music::FieldType::number:
            return "number";
        case music::FieldType::whole_number:
            return "integer";
        case music::FieldType::seed:
            return "seed";
        case music::FieldType::key:
            return "key";
        case music::FieldType::metre:
            return "time_signature";
        case music::FieldType::ending:
            return "choice";
        case music::FieldType::list:
            return "list";
    }
    return "text";
}

Json field_table() {
    Json rows = Json::array();
    for (const music::Field& field : music::fields()) {
        Json row = {{"name", field.name}, {"type", type_name(field.type)}, {"otherwise", field.otherwise}};
        const bool numeric =
            field.type == music::FieldType::number || field.type == music::FieldType::whole_number;
        if (numeric) {
            row["low"] = field.low;
            row["high"] = field.high;
        } else if (field.type == music::FieldType::text || field.type == music::FieldType::list) {
            row["most"] = field.high;
        }
        if (!field.unit.empty()) row["unit"] = field.unit;
        if (!field.choices.empty()) row["choices"] = field.choices;
        row["help"] = field.help;
        rows.push_back(std::move(row));
    }
    return rows;
}

Json modes() {
    Json names = Json::array();
    for (int i = 0; i < music::kModeCount; ++i)
        names.push_back(music::facts(static_cast<music::Mode>(i)).name);
    return names;
}

Json voices() {
    return {{{"id", "soft"}, {"name", "Soft"}, {"help", "a woman's voice, close and breathy"}},
            {{"id", "bright"}, {"name", "Bright"}, {"help", "a woman's voice, clear and open"}},
            {{"id", "male"}, {"name", "Male"}, {"help", "a man's voice, an octave lower"}},
            {{"id", "vocoder"},
             {"name", "Vocoder"},
             {"help", "a voice through a machine, for electronic styles"}},
            {{"id", "choir"}, {"name", "Choir"}, {"help", "many voices, in harmony"}}};
}

Outcome get_vocabulary(const Call&) {
    Json genres = Json::array(), instruments = Json::array(), presets = Json::array(), keys = Json::array();
    for (const style::Style& style : *TRY(style::all_styles()))
        genres.push_back({{"id", style.id},
                          {"name", style.genre.name},
                          {"bpm_low", style.genre.bpm_low},
                          {"bpm_high", style.genre.bpm_high},
                          {"bpm_usual", style.genre.bpm_usual}});
    for (const style::Instrument& one : *TRY(style::all_instruments()))
        instruments.push_back(
            {{"id", one.id}, {"name", one.name}, {"family", one.family}, {"words", one.words}});
    for (const master::Preset& preset : master::presets())
        presets.push_back({{"id", preset.name},
                           {"help", preset.help},
                           {"loudness_lufs", preset.loudness_lufs},
                           {"ceiling_dbtp", preset.ceiling_dbtp}});
    for (int tonic = 0; tonic < 12; ++tonic)
        for (const auto mode : {music::Mode::major, music::Mode::minor})
            keys.push_back(music::usually_spelled({tonic, mode, false}).name());
    return json_answer({{"genres", genres},
                        {"instruments", instruments},
                        {"presets", presets},
                        {"keys", keys},
                        {"modes", modes()},
                        {"voices", voices()},
                        {"fields", field_table()}});
}

Outcome understand(const Call& call) {
    music::SongRequest request;
    request.prompt = call.text("prompt");
    request.lyrics = call.text("lyrics");
    const auto draft = TRY(library::draft(std::move(request)));
    return json_answer({{"reading", Json::parse(library::reading_json(draft.plan))}});
}

}  // namespace

void add_catalogue_routes(std::vector<Endpoint>& rows) {
    const auto open = [&](std::string_view path, std::string_view summary, std::string_view answers,
                          auto run) {
        rows.push_back(
            {"GET", path, "catalogue", summary, Needs::nothing, Rate::reading, {}, {}, 200, answers, run});
    };
    open("/api/v1/plans", "The plans, what a song costs, and the terms in force", "Plans", get_plans);
    open("/api/v1/operator", "Who runs this service, where the data is, and where to write", "Operator",
         get_operator);
    open("/api/v1/engines", "What makes songs", "Engines", get_engines);
    open("/api/v1/vocabulary", "Genres, instruments, keys, presets, voices, and the fields of a song",
         "Vocabulary", get_vocabulary);
    rows.push_back({"POST",
                    "/api/v1/understand",
                    "catalogue",
                    "What words are taken to mean",
                    Needs::session,
                    Rate::reading,
                    {{"prompt", Type::text, true, 1, 2000, "the song in words"},
                     {"lyrics", Type::text, false, 0, 8000, "words with section tags"}},
                    {},
                    200,
                    "Reading",
                    understand});
}

}  // namespace mmx::api
