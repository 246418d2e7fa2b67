#include "net/http.h"

#include <algorithm>

#include "net/text.h"

namespace mmx::net {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::string_view find_in(const Values& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace

void Headers::set(std::string_view name, std::string value) {
    const auto same = [&](const auto& header) { return equal_ignoring_case(header.first, name); };
    const auto first = std::find_if(list_.begin(), list_.end(), same);
    if (first == list_.end()) return add(std::string(name), std::move(value));
    first->second = std::move(value);
    list_.erase(std::remove_if(first + 1, list_.end(), same), list_.end());
}

std::string_view Headers::get(std::string_view name) const {
    for (const auto& [key, value] : list_)
        if (equal_ignoring_case(key, name)) return value;
    return {};
}

bool Headers::has(std::string_view name) const {
    return std::any_of(list_.begin(), list_.end(),
                       [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

std::string_view Request::parameter(std::string_view name) const {
    return find_in(parameters, name);
}
std::string_view Request::query_value(std::string_view name) const {
    return find_in(query, name);
}
std::string_view Request::cookie(std::string_view name) const {
    return find_in(cookies, name);
}

Response Response::text(int status, std::string content_type, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

}  // namespace mmx::net
