#include "api/endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "music/fields.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 8;

base::Error wrong(std::string_view field, std::string text) {
    return base::Error{base::Kind::invalid_request,
                       std::string(field) + ": " + std::move(text),
                       {},
                       std::string(field),
                       base::Retry::useless,
                       0};
}

std::string choices_of(const Field& field) {
    std::string text;
    for (const auto& choice : field.choices) text += (text.empty() ? "" : ", ") + std::string(choice);
    return text;
}

std::optional<base::Error> check_text(const Field& field, const std::string& text) {
    const auto length = music::count_code_points(text);
    if (!length) return wrong(field.name, "this is not valid UTF-8.");
    if (!field.choices.empty() && std::ranges::find(field.choices, text) == field.choices.end())
        return wrong(field.name, "this is not one of: " + choices_of(field) + ".");
    const auto count = static_cast<double>(*length);
    if (count < field.low && *length == 0) return wrong(field.name, "this must not be empty.");
    if (count < field.low || count > field.high)
        return wrong(field.name, fmt::format("{} characters came; {} to {} are allowed.", *length, field.low,
                                             field.high));
    return std::nullopt;
}

std::optional<base::Error> check_number(const Field& field, double number) {
    if (!(number >= field.low && number <= field.high))
        return wrong(field.name,
                     fmt::format("{} is not allowed; from {} to {}.", number, field.low, field.high));
    return std::nullopt;
}

std::optional<base::Error> check_value(const Field& field, const Json& value) {
    switch (field.type) {
        case Type::text:
            if (!value.is_string()) return wrong(field.name, "a text is wanted.");
            return check_text(field, value.get_ref<const std::string&>());
        case Type::integer:
            if (!value.is_number_integer()) return wrong(field.name, "a whole number is wanted.");
            return check_number(field, value.get<double>());
        case Type::number:
            if (!value.is_number()) return wrong(field.name, "a number is wanted.");
            return check_number(field, value.get<double>());
        case Type::flag:
            if (!value.is_boolean()) return wrong(field.name, "true or false is wanted.");
            return std::nullopt;
        case Type::record:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string Call::text(std::string_view field) const {
    const auto found = body.find(field);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Call::has(std::string_view field) const {
    return body.contains(field) && !body.at(field).is_null();
}

std::int64_t Call::integer(std::string_view field, std::int64_t otherwise) const {
    const auto found = body.find(field);
    return found != body.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

std::int64_t Call::query_integer(std::string_view name, std::int64_t otherwise) const {
    const std::string_view text = request.query_value(name);
    std::int64_t number = otherwise;
    if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string Call::id() const {
    return std::string(request.parameter("id"));
}

net::Response json_answer(const Json& body, int status) {
    return text_answer(body.dump(-1, ' ', false, Json::error_handler_t::replace), status);
}

net::Response text_answer(std::string json, int status) {
    auto response = net::Response::text(status, "application/json", std::move(json));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

std::vector<base::Error> check_body(const Endpoint& endpoint, const Json& body) {
    std::vector<base::Error> errors;
    const bool takes_record =
        std::ranges::any_of(endpoint.body, [](const Field& field) { return field.type == Type::record; });
    for (const Field& field : endpoint.body) {
        if (field.type == Type::record) continue;
        const auto found = body.find(field.name);
        if (found == body.end() || found->is_null()) {
            if (field.required) errors.push_back(wrong(field.name, "this is missing."));
            continue;
        }
        if (auto error = check_value(field, *found)) errors.push_back(std::move(*error));
    }
    if (takes_record) return errors;  // its own table judges the rest
    for (const auto& [name, value] : body.items())
        if (std::ranges::find(endpoint.body, name, &Field::name) == endpoint.body.end())
            errors.push_back(wrong(name.substr(0, 60), "there is no such field here."));
    return errors;
}

std::vector<base::Error> check_query(const Endpoint& endpoint, const net::Request& request) {
    std::vector<base::Error> errors;
    for (const Field& field : endpoint.query) {
        const std::string_view text = request.query_value(field.name);
        if (text.empty()) {
            if (field.required) errors.push_back(wrong(field.name, "this is missing."));
            continue;
        }
        if (field.type == Type::text) {
            if (auto error = check_text(field, std::string(text))) errors.push_back(std::move(*error));
            continue;
        }
        std::int64_t number = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc() || end != text.data() + text.size()) {
            errors.push_back(wrong(field.name, "a whole number is wanted."));
        } else if (auto error = check_number(field, static_cast<double>(number))) {
            errors.push_back(std::move(*error));
        }
    }
    return errors;
}

base::Result<Json> parse_body(std::string_view text) {
    int too_deep = 0;
    std::string repeated;
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > kDeepest) ++too_deep;
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end && !names.empty()) names.pop_back();
        if (event == Json::parse_event_t::key && !names.empty() &&
            !names.back().insert(parsed.get<std::string>()).second)
            repeated = parsed.get<std::string>().substr(0, 60);
        return too_deep == 0;
    };
    if (!music::count_code_points(text))
        return base::fail(base::Kind::invalid_request, "The body is not valid UTF-8.");
    // nlohmann's parser recurses, so the depth is bounded before it starts: brackets outside strings.
    int open = 0, deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && (text[i] == '{' || text[i] == '[')) {
            deepest = std::max(deepest, ++open);
        } else if (!quoted && (text[i] == '}' || text[i] == ']')) {
            --open;
        }
    }
    if (deepest > kDeepest)
        return base::fail(base::Kind::invalid_request,
                          "The body is nested too deeply; 8 levels are allowed.");
    Json body = Json::parse(text, watch, /*allow_exceptions=*/false);
    if (body.is_discarded()) return base::fail(base::Kind::invalid_request, "The body is not valid JSON.");
    if (!repeated.empty()) return base::fail_field(repeated, repeated + ": this field came more than once.");
    if (!body.is_object()) return base::fail(base::Kind::invalid_request, "The body must be a JSON object.");
    return body;
}

}  // namespace mmx::api
