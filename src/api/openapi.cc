// The OpenAPI 3.1 document, made from the rows that route and validate, and from the song's field table.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/api.h"
#include "api/routes.h"
#include "music/fields.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

// Bounds are kept as floating point; strict readers want 254, not 254.0.
Json bound(double value) {
    return static_cast<std::int64_t>(value);
}

Json schema_of(const Field& field) {
    Json schema;
    switch (field.type) {
        case Type::text:
            schema = {{"type", "string"}, {"minLength", bound(field.low)}, {"maxLength", bound(field.high)}};
            break;
        case Type::integer:
            schema = {{"type", "integer"}, {"minimum", bound(field.low)}, {"maximum", bound(field.high)}};
            break;
        case Type::number:
            schema = {{"type", "number"}, {"minimum", field.low}, {"maximum", field.high}};
            break;
        case Type::flag:
            schema = {{"type", "boolean"}};
            break;
        case Type::record:
            schema = {{"$ref", "#/components/schemas/SongRequest"}};
            break;
    }
    if (!field.choices.empty()) schema["enum"] = field.choices;
    if (!field.help.empty() && field.type != Type::record) schema["description"] = field.help;
    return schema;
}

// The song request by its own table; "inference.swing" becomes a member of the object "inference".
Json song_request_schema() {
    Json properties = Json::object(), inference = Json::object();
    for (const music::Field& field : music::fields()) {
        Json schema;
        switch (field.type) {
            case music::FieldType::text:
                schema = {{"type", "string"}, {"maxLength", bound(field.high)}};
                break;
            case music::FieldType::number:
                schema = {{"type", "number"}, {"minimum", field.low}, {"maximum", field.high}};
                break;
            case music::FieldType::whole_number:
                schema = {{"type", "integer"}, {"minimum", bound(field.low)}, {"maximum", bound(field.high)}};
                break;
            case music::FieldType::seed:
                schema = {{"type", Json::array({"integer", "string"})}};
                break;
            case music::FieldType::list:
                schema = {
                    {"type", "array"}, {"items", {{"type", "string"}}}, {"maxItems", bound(field.high)}};
                break;
            case music::FieldType::key:
            case music::FieldType::metre:
            case music::FieldType::ending:
                schema = {{"type", "string"}};
                break;
        }
        if (field.type == music::FieldType::ending) schema["enum"] = field.choices;
        schema["description"] = std::string(field.help) + "; when left out: " + std::string(field.otherwise);
        const std::string name(field.name);
        if (name.starts_with("inference."))
            inference[name.substr(10)] = schema;
        else
            properties[name] = schema;
    }
    properties["inference"] = {
        {"type", "object"}, {"properties", inference}, {"additionalProperties", false}};
    return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json object_schema(std::initializer_list<std::pair<const char*, Json>> members) {
    Json properties = Json::object();
    for (const auto& [name, schema] : members) properties[name] = schema;
    return {{"type", "object"}, {"properties", properties}};
}

Json schemas() {
    const Json text = {{"type", "string"}}, maybe_text = {{"type", Json::array({"string", "null"})}},
               whole = {{"type", "integer"}}, number = {{"type", "number"}}, flag = {{"type", "boolean"}},
               maybe_number = {{"type", Json::array({"number", "null"})}},
               object = {{"type", Json::array({"object", "null"})}},
               time = {{"type", Json::array({"string", "null"})}, {"format", "date-time"}};
    const auto list_of = [](const Json& items) { return Json{{"type", "array"}, {"items", items}}; };
    const auto ref = [](const char* name) {
        return Json{{"$ref", std::string("#/components/schemas/") + name}};
    };
    Json all = Json::object();
    all["SongRequest"] = song_request_schema();
    all["Problem"] = object_schema({{"type", text},
                                    {"title", text},
                                    {"status", whole},
                                    {"detail", text},
                                    {"field", text},
                                    {"request_id", text},
                                    {"errors", list_of(object_schema({{"field", text}, {"detail", text}}))}});
    all["Message"] = object_schema({{"message", text}});
    all["Account"] = object_schema({{"id", text},
                                    {"email", text},
                                    {"display_name", text},
                                    {"role", text},
                                    {"state", text},
                                    {"plan", text},
                                    {"terms_version", text},
                                    {"created_at", time}});
    all["Session"] = object_schema({{"id", text},
                                    {"email", text},
                                    {"display_name", text},
                                    {"role", text},
                                    {"state", text},
                                    {"plan", text},
                                    {"session_id", text}});
    all["Visitor"] =
        object_schema({{"account", {{"anyOf", Json::array({ref("Account"), Json{{"type", "null"}}})}}}});
    all["Sessions"] = object_schema({{"sessions", list_of(object_schema({{"id", text},
                                                                         {"agent", text},
                                                                         {"current", flag},
                                                                         {"created_at", time},
                                                                         {"last_active_at", time},
                                                                         {"ends_at", time}}))}});
    all["Ended"] = object_schema({{"ended", whole}});
    const Json count =
        object_schema({{"used", whole}, {"limit", whole}, {"left", whole}, {"resets_at", time}});
    all["Usage"] = object_schema({{"plan", text},
                                  {"plan_name", text},
                                  {"today", count},
                                  {"month", count},
                                  {"credits", object},
                                  {"storage", object},
                                  {"longest_song_seconds", whole},
                                  {"parallel_jobs", whole},
                                  {"formats", list_of(text)}});
    all["Credits"] = object_schema({{"balance", whole},
                                    {"entries", list_of(object_schema({{"seq", whole},
                                                                       {"kind", text},
                                                                       {"amount", whole},
                                                                       {"subject", text},
                                                                       {"reason", text},
                                                                       {"at", time}}))},
                                    {"next_before", maybe_number}});
    all["Plans"] = object_schema(
        {{"plans", list_of(object)}, {"credits_per_started_minute", whole}, {"terms_version", text}});
    all["Operator"] = object_schema({{"name", maybe_text},
                                     {"address", maybe_text},
                                     {"privacy_contact", maybe_text},
                                     {"support_contact", maybe_text},
                                     {"dmca_contact", maybe_text},
                                     {"authority", maybe_text},
                                     {"data_region", maybe_text},
                                     {"access_log_days", whole},
                                     {"terms_version", text}});
    all["Engines"] = object_schema({{"engines", list_of(object)}});
    all["Vocabulary"] = object_schema({{"genres", list_of(object)},
                                       {"instruments", list_of(object)},
                                       {"presets", list_of(object)},
                                       {"keys", list_of(text)},
                                       {"modes", list_of(text)},
                                       {"voices", list_of(object)},
                                       {"fields", list_of(object)}});
    all["Reading"] = object_schema({{"reading", object}});
    all["Estimate"] = object_schema({{"reading", object},
                                     {"duration_seconds", number},
                                     {"storage_bytes", whole},
                                     {"cost_credits", whole},
                                     {"left", object},
                                     {"refusal", maybe_text}});
    all["Song"] = object_schema({{"id", text},
                                 {"state", text},
                                 {"title", text},
                                 {"prompt", text},
                                 {"genre", maybe_text},
                                 {"bpm", maybe_number},
                                 {"key", maybe_text},
                                 {"time_signature", maybe_text},
                                 {"duration_seconds", maybe_number},
                                 {"has_audio", flag},
                                 {"pinned", flag},
                                 {"held", flag},
                                 {"error", maybe_text},
                                 {"variation_of", maybe_text},
                                 {"created_at", time},
                                 {"updated_at", time},
                                 {"lyrics", text},
                                 {"generation_id", text},
                                 {"seed", text},
                                 {"engine", maybe_text},
                                 {"engine_version", maybe_text},
                                 {"sounds_hash", maybe_text},
                                 {"sha256", maybe_text},
                                 {"audio_bytes", whole},
                                 {"audio_sha256", maybe_text},
                                 {"audio_made_at", time},
                                 {"remake_exact", {{"type", Json::array({"boolean", "null"})}}},
                                 {"request", object},
                                 {"decided", object},
                                 {"record", object},
                                 {"stage", text},
                                 {"progress", number},
                                 {"queue_position", whole}});
    all["SongPage"] = object_schema({{"songs", list_of(ref("Song"))},
                                     {"next_cursor", maybe_text},
                                     {"total", whole},
                                     {"total_is_exact", flag}});
    all["Rendition"] = object_schema({{"format", text},
                                      {"state", text},
                                      {"bytes", whole},
                                      {"contents", Json::object()},
                                      {"error", maybe_text},
                                      {"remark", maybe_text},
                                      {"made_at", time}});
    all["User"] = object_schema({{"id", text},
                                 {"email", text},
                                 {"display_name", text},
                                 {"role", text},
                                 {"state", text},
                                 {"plan", text},
                                 {"credits", whole},
                                 {"stored_bytes", whole},
                                 {"generations_today", whole},
                                 {"generations_this_month", whole}});
    all["Users"] = object_schema({{"users", list_of(ref("User"))}, {"next_cursor", maybe_text}});
    all["Job"] = object_schema({{"id", text}, {"kind", text}, {"state", text}});
    all["Jobs"] = object_schema({{"jobs", list_of(ref("Job"))}, {"next_before", maybe_text}});
    all["Stats"] = object_schema({{"accounts", whole},
                                  {"accounts_suspended", whole},
                                  {"stored_bytes", whole},
                                  {"songs", object},
                                  {"jobs", object}});
    all["Audit"] = object_schema({{"audit", list_of(object)}, {"next_before", maybe_number}});
    return all;
}

Json parameters_of(const Endpoint& row) {
    Json parameters = Json::array();
    const std::string path(row.path);
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
        const std::size_t close = path.find('}', open);
        parameters.push_back({{"name", path.substr(open + 1, close - open - 1)},
                              {"in", "path"},
                              {"required", true},
                              {"schema", {{"type", "string"}}}});
    }
    for (const Field& field : row.query)
        parameters.push_back({{"name", field.name},
                              {"in", "query"},
                              {"required", field.required},
                              {"schema", schema_of(field)}});
    const bool changes = row.method != "GET";
    if (changes)
        parameters.push_back({{"name", "X-Requested-With"},
                              {"in", "header"},
                              {"required", true},
                              {"schema", {{"type", "string"}, {"const", "mmx"}}}});
    if (changes && row.status == 202 && row.rate == Rate::ordering)
        parameters.push_back({{"name", "Idempotency-Key"},
                              {"in", "header"},
                              {"required", false},
                              {"schema", {{"type", "string"}, {"maxLength", 200}}}});
    return parameters;
}

Json body_of(const Endpoint& row) {
    if (row.body.size() == 1 && row.body[0].type == Type::record) return schema_of(row.body[0]);
    Json properties = Json::object(), required = Json::array();
    for (const Field& field : row.body) {
        properties[std::string(field.name)] = schema_of(field);
        if (field.required) required.push_back(field.name);
    }
    Json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = required;
    return schema;
}

std::string operation_id(const Endpoint& row) {
    std::string id(row.method);
    for (char& c : id) c = static_cast<char>(c - 'A' + 'a');
    for (const char c : row.path.substr(std::string_view("/api/v1").size()))
        if (c == '/' || c == '.')
            id += '_';
        else if (c != '{' && c != '}')
            id += c;
    return id;
}

}  // namespace

std::string openapi_json(const Context& context) {
    Json paths = Json::object();
    for (const Endpoint& row : endpoints()) {
        Json operation = {
            {"operationId", operation_id(row)}, {"tags", Json::array({row.group})}, {"summary", row.summary}};
        const Json parameters = parameters_of(row);
        if (!parameters.empty()) operation["parameters"] = parameters;
        if (!row.body.empty())
            operation["requestBody"] = {{"required", true},
                                        {"content", {{"application/json", {{"schema", body_of(row)}}}}}};
        Json good = {{"description", row.summary}};
        if (!row.answers.empty())
            good["content"] = {
                {std::string(row.content_type),
                 {{"schema", {{"$ref", "#/components/schemas/" + std::string(row.answers)}}}}}};
        else if (row.status == 200)
            good["content"] = {{std::string(row.content_type), Json::object()}};
        operation["responses"] = {
            {std::to_string(row.status), good},
            {"default",
             {{"description", "A problem (RFC 9457)"},
              {"content",
               {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
        operation["security"] =
            row.needs == Needs::nothing ? Json::array() : Json::array({{{"session", Json::array()}}});
        std::string method(row.method);
        std::ranges::transform(method, method.begin(),
                               [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        paths[std::string(row.path)][method] = operation;
    }
    const Json document = {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "MusicMageX"},
          {"version", "1"},
          {"description",
           "Words in, finished songs out. Calls that change something carry the session cookie, an Origin "
           "equal "
           "to the service's address and X-Requested-With: mmx."}}},
        {"servers", Json::array({{{"url", context.public_url}}})},
        {"paths", paths},
        {"components",
         {{"schemas", schemas()},
          {"securitySchemes",
           {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", kSessionCookie}}}}}}}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mmx::api
