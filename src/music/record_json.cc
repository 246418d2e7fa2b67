#include "music/record_json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "music/fields.h"

namespace mmx::music {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = 128 * 1024;
constexpr std::size_t kMostBytesStored = 512 * 1024;  // its messages and decisions come on top
constexpr int kDeepest = 8;
constexpr std::string_view kFormat = "mmx-song-record";

base::Result<Json> parse_json(std::string_view text, std::size_t most_bytes) {
    if (text.size() > most_bytes)
        return base::fail_field("record", "record: " + std::to_string(text.size()) + " bytes came; at most " +
                                              std::to_string(most_bytes) + " are allowed");
    std::vector<std::set<std::string>> names;  // of the objects now open
    std::string problem;
    const Json::parser_callback_t watch = [&](int depth, Json::parse_event_t event, Json& value) {
        if (depth > kDeepest && problem.empty()) problem = "record: it is nested deeper than 8 levels";
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end && !names.empty()) names.pop_back();
        if (event == Json::parse_event_t::key && !names.empty() && problem.empty()) {
            const auto& name = value.get_ref<const std::string&>();
            if (!names.back().insert(name).second) problem = "record: '" + name + "' is given twice";
        }
        return problem.empty();
    };
    try {
        Json json = Json::parse(text.begin(), text.end(), watch);
        if (!problem.empty()) return base::fail_field("record", problem);
        return json;
    } catch (const Json::exception&) {
        if (!problem.empty()) return base::fail_field("record", problem);
        return base::fail_field("record",
                                "record: this is not valid JSON; send one object such as "
                                "{\"prompt\": \"slow blues\", \"bpm\": 70}");
    }
}

// nlohmann's parser recurses on nothing, but its destructor and callback see every level: a quick look ahead
// keeps a megabyte of '[' from being built at all.
base::Status check_depth(std::string_view text) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_text = false;
        } else if (c == '"')
            in_text = true;
        else if (c == '{' || c == '[') {
            if (++depth > kDeepest)
                return base::fail_field("record", "record: it is nested deeper than 8 levels");
        } else if (c == '}' || c == ']')
            --depth;
    }
    return {};
}

base::Result<FieldValue> to_value(const Field& field, const Json& json) {
    if (json.is_null()) return FieldValue();
    if (json.is_string()) return FieldValue(json.get<std::string>());
    if (json.is_number_unsigned()) return FieldValue(json.get<std::uint64_t>());
    if (json.is_number()) return FieldValue(json.get<double>());
    if (json.is_array()) {
        std::vector<std::string> items;
        for (const Json& item : json) {
            if (!item.is_string())
                return base::fail_field(std::string(field.name),
                                        std::string(field.name) +
                                            ": a list with something else than texts came; " +
                                            field.allowed());
            items.push_back(item.get<std::string>());
        }
        return FieldValue(std::move(items));
    }
    const std::string came = json.is_boolean() ? (json.get<bool>() ? "true" : "false") : "an object";
    return base::fail_field(
        std::string(field.name),
        std::string(field.name) + ": " + came + " is not allowed; " + field.allowed() + ", or leave it out");
}

base::Status read_fields(SongRequest& request, const Json& object, const std::string& prefix) {
    for (const auto& [name, value] : object.items()) {
        const std::string full = prefix + name;
        if (full == "inference") {
            if (value.is_null()) continue;
            if (!value.is_object())
                return base::fail_field(full, "inference: it must be an object such as {\"swing\": 0.5}");
            TRY_VOID(read_fields(request, value, "inference."));
            continue;
        }
        // Only nested under "inference", never as a dotted name.
        const Field* field =
            prefix.empty() && name.find('.') != std::string::npos ? nullptr : find_field(full);
        if (field == nullptr) {
            const Field* near = nearest_field(name);
            const std::string cut = name.substr(0, 40);
            return base::fail_field(
                cut, "unknown field '" + (count_code_points(cut) ? cut : std::string("?")) + "'" +
                         (near != nullptr ? "; did you mean '" + std::string(near->name) + "'?" : ""));
        }
        FieldValue given = TRY(to_value(*field, value));
        // An empty text is a field left out: "engine": "" means the usual engine.
        if (const auto* words = std::get_if<std::string>(&given);
            words != nullptr && words->empty() && field->type == FieldType::text)
            given = FieldValue();
        TRY_VOID(set_field(request, *field, given));
    }
    return {};
}

base::Result<SongRequest> read_request(const Json& json) {
    if (!json.is_object()) return base::fail_field("record", "record: it must be a JSON object");
    SongRequest request;
    TRY_VOID(read_fields(request, json, ""));
    TRY_VOID(validate(request));
    return request;
}

Json to_json(const FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) {
        // 82.0 is written 82: people read records.
        if (*number == static_cast<double>(static_cast<std::int64_t>(*number)))
            return static_cast<std::int64_t>(*number);
        return *number;
    }
    if (const auto* whole = std::get_if<std::uint64_t>(&value)) return *whole;
    if (const auto* items = std::get_if<std::vector<std::string>>(&value)) return *items;
    return nullptr;
}

Json request_json(const SongRequest& request) {
    Json json = Json::object();
    for (const Field& field : fields()) {
        const FieldValue value = get_field(request, field);
        if (std::holds_alternative<std::monostate>(value)) continue;
        const std::string name(field.name);
        if (name.starts_with("inference."))
            json["inference"][name.substr(10)] = to_json(value);
        else
            json[name] = to_json(value);
    }
    // Numbers above 2^53 lose digits in other programs' JSON: a decimal string does not.
    if (request.seed && *request.seed > (std::uint64_t{1} << 53))
        json["seed"] = std::to_string(*request.seed);
    return json;
}

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool is_stored(const Json& json) {
    return json.is_object() && json.contains("request") && json.contains("format");
}

std::string text_of(const Json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const Json& json, const char* name) {
    std::vector<std::string> texts;
    if (const auto at = json.find(name); at != json.end() && at->is_array())
        for (const Json& item : *at)
            if (item.is_string()) texts.push_back(item.get<std::string>());
    return texts;
}

template <class Row, class Make>
std::vector<Row> rows_of(const Json& json, const char* name, Make make) {
    std::vector<Row> rows;
    if (const auto at = json.find(name); at != json.end() && at->is_array())
        for (const Json& item : *at)
            if (item.is_object()) rows.push_back(make(item));
    return rows;
}

base::Status check_format(const Json& json) {
    const auto version = json.find("format_version");
    if (text_of(json, "format") != kFormat || version == json.end() || !version->is_number_integer() ||
        version->get<int>() != 1)
        return base::fail_field("format",
                                "format: this record was written in a form that is not known here; "
                                "'mmx-song-record' version 1 is allowed");
    return {};
}

// What a song became. Its length is a fact and may lie a little outside what can be asked for: a song of 10 s
// may end after 9.6.
base::Result<SongRequest> read_decided(Json json) {
    std::optional<double> seconds;
    if (json.is_object()) {
        if (const auto at = json.find("duration_seconds"); at != json.end() && at->is_number()) {
            seconds = at->get<double>();
            json.erase(at);
        }
    }
    SongRequest decided = TRY(read_request(json));
    if (seconds && *seconds >= 0 && *seconds <= 3600) decided.duration_seconds = seconds;
    return decided;
}

}  // namespace

base::Result<SongRequest> parse_record(std::string_view text) {
    TRY_VOID(check_depth(text.substr(0, kMostBytesStored)));
    const Json json = TRY(parse_json(text, kMostBytesStored));
    if (is_stored(json)) {
        TRY_VOID(check_format(json));
        return read_request(json["request"]);
    }
    if (text.size() > kMostBytes)
        return base::fail_field("record", "record: " + std::to_string(text.size()) + " bytes came; at most " +
                                              std::to_string(kMostBytes) + " are allowed");
    return read_request(json);
}

std::string write_request(const SongRequest& request) {
    return dump(request_json(request));
}

base::Result<StoredRecord> parse_stored_record(std::string_view text) {
    TRY_VOID(check_depth(text.substr(0, kMostBytesStored)));
    const Json json = TRY(parse_json(text, kMostBytesStored));
    if (!is_stored(json)) return base::fail_field("record", "record: this is a request, not a stored record");
    TRY_VOID(check_format(json));
    StoredRecord record;
    record.request = TRY(read_request(json["request"]));
    if (const auto at = json.find("decided"); at != json.end()) record.decided = TRY(read_decided(*at));
    record.genre = text_of(json, "genre");
    record.asked_genre = text_of(json, "asked_genre");
    record.decisions = rows_of<Decision>(json, "decisions", [](const Json& row) {
        return Decision{text_of(row, "field"), text_of(row, "value"), text_of(row, "because")};
    });
    record.substitutions = rows_of<Substitution>(json, "substitutions", [](const Json& row) {
        return Substitution{text_of(row, "asked"), text_of(row, "given")};
    });
    record.not_understood = texts_of(json, "not_understood");
    record.messages = texts_of(json, "messages");
    record.engine = text_of(json, "engine");
    record.engine_version = text_of(json, "engine_version");
    record.sounds_hash = text_of(json, "sounds_hash");
    record.samples_sha256 = text_of(json, "samples_sha256");
    record.created_at = text_of(json, "created_at");
    return record;
}

std::string write_stored_record(const StoredRecord& record) {
    Json json = {{"format", kFormat},
                 {"format_version", 1},
                 {"request", request_json(record.request)},
                 {"decided", request_json(record.decided)},
                 {"genre", record.genre}};
    if (!record.asked_genre.empty()) json["asked_genre"] = record.asked_genre;
    json["decisions"] = Json::array();
    for (const Decision& decision : record.decisions)
        json["decisions"].push_back(
            {{"field", decision.field}, {"value", decision.value}, {"because", decision.because}});
    json["substitutions"] = Json::array();
    for (const Substitution& substitution : record.substitutions)
        json["substitutions"].push_back({{"asked", substitution.asked}, {"given", substitution.given}});
    json["not_understood"] = record.not_understood;
    json["messages"] = record.messages;
    json["engine"] = record.engine;
    json["engine_version"] = record.engine_version;
    json["sounds_hash"] = record.sounds_hash;
    json["samples_sha256"] = record.samples_sha256;
    json["created_at"] = record.created_at;
    return dump(json);
}

SongRequest decided_request(const SongRequest& request, const Plan& plan) {
    SongRequest decided = request;
    decided.title = plan.title;
    decided.bpm = plan.bpm;
    decided.key = KeyChoice{plan.key};
    decided.time_signature = plan.metre;
    decided.instruments.clear();
    for (const AskedInstrument& instrument : plan.instruments) decided.instruments.push_back(instrument.id);
    for (const std::string& excluded : plan.excluded) decided.instruments.push_back("no " + excluded);
    decided.duration_seconds = plan.duration_seconds;
    decided.ending = plan.ending;
    decided.seed = plan.seed;
    decided.voice = plan.voice;
    decided.preset = plan.preset;
    decided.inference.variation = plan.variation;
    decided.inference.complexity = plan.complexity;
    decided.inference.energy = plan.energy;
    decided.inference.humanise = plan.humanise;
    decided.inference.swing = plan.swing;
    return decided;
}

StoredRecord record_of(const SongRequest& request, const Plan& plan) {
    StoredRecord record;
    record.request = request;
    record.request.seed = plan.seed;
    record.decided = decided_request(request, plan);
    record.genre = plan.genre;
    record.asked_genre = plan.asked_genre;
    record.decisions = plan.decisions;
    record.not_understood = plan.not_understood;
    record.substitutions = plan.substitutions;
    record.messages = plan.messages;
    return record;
}

}  // namespace mmx::music
