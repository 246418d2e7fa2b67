#include "net/answer.h"

#include <array>
#include <ctime>
#include <utility>

#include "log/log.h"
#include "net/range.h"
#include "net/text.h"

namespace mmx::net {
namespace {

// "Wed, 25 Nov 2026 17:00:00 GMT", made once a second.
const std::string& date_now() {
    thread_local std::time_t second = -1;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != second) {
        constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm parts{};
        gmtime_r(&now, &parts);
        char clock[32];
        std::strftime(clock, sizeof clock, " %Y %H:%M:%S GMT", &parts);
        const auto day = static_cast<std::size_t>(parts.tm_wday),
                   month = static_cast<std::size_t>(parts.tm_mon);
        text = std::string(kDays.at(day)) + ", " + (parts.tm_mday < 10 ? "0" : "") +
               std::to_string(parts.tm_mday) + " " + kMonths.at(month) + clock;
        second = now;
    }
    return text;
}

// The framing of an answer is the server's alone.
bool is_ours(std::string_view name) {
    for (const std::string_view ours : {"Content-Length", "Transfer-Encoding", "Connection", "Date"})
        if (equal_ignoring_case(name, ours)) return true;
    return false;
}

// RFC 9110 section 15.4.5: what a 304 carries of the headers that describe the body.
bool belongs_to_304(std::string_view name) {
    return !lower_case(name).starts_with("content-") || equal_ignoring_case(name, "Content-Location") ||
           equal_ignoring_case(name, "Content-Security-Policy");
}

bool has_no_body(int status) {
    return status == 204 || status == 304 || status < 200;
}

void put(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

// Decides what part of a source goes out.
void choose_range(const Request& request, Response& response, Slice& slice) {
    slice.length = slice.source->size();
    response.headers.set("Accept-Ranges", "bytes");
    const std::string_view wanted = request.headers.get("Range");
    if (response.status != 200 || request.method != "GET" || wanted.empty()) return;
    const std::string_view condition = request.headers.get("If-Range");
    if (!condition.empty() &&
        !if_range_holds(condition, response.headers.get("ETag"), response.headers.get("Last-Modified")))
        return;
    const ByteRange range = parse_range(wanted, slice.length);
    const std::string size = "/" + std::to_string(slice.length);
    if (range.kind == ByteRange::Kind::part) {
        response.status = 206;
        response.headers.set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                  std::to_string(range.first + range.length - 1) + size);
        slice.first = range.first;
        slice.length = range.length;
    } else if (range.kind == ByteRange::Kind::unsatisfiable) {
        response.status = 416;
        response.headers.set("Content-Range", "bytes *" + size);
        slice.length = 0;
    }
}

}  // namespace

std::string_view Answer::text() const {
    if (const auto* text = std::get_if<std::string>(&body)) return *text;
    if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body))
        return *shared ? std::string_view(**shared) : std::string_view{};
    return {};
}

Answer make_answer(const Request& request, Response response, After after) {
    Answer answer;
    const bool is_get = request.method == "GET", is_head = request.method == "HEAD";
    if (response.status == 200 && (is_get || is_head) &&
        any_tag_matches(request.headers.get("If-None-Match"), response.headers.get("ETag"))) {
        response.status = 304;
        response.body = std::string();
    }

    std::uint64_t length = 0;
    bool streams = false;
    if (auto* source = std::get_if<std::shared_ptr<Source>>(&response.body)) {
        Slice slice{std::move(*source), 0, 0};
        if (slice.source) choose_range(request, response, slice);
        length = slice.length;
        answer.body = std::move(slice);
    } else if (auto* stream = std::get_if<OnStreamOpen>(&response.body)) {
        streams = true;
        answer.body = std::move(*stream);
    } else if (auto* text = std::get_if<std::string>(&response.body)) {
        answer.body = std::move(*text);
        length = answer.text().size();
    } else {
        answer.body = std::move(std::get<std::shared_ptr<const std::string>>(response.body));
        length = answer.text().size();
    }

    answer.status = response.status;
    answer.after = streams ? After::close : after;
    std::string& head = answer.head;
    head.reserve(512);
    head += "HTTP/1.1 " + std::to_string(answer.status) + " ";
    head += reason_of(answer.status);
    head += "\r\n";
    for (const auto& [name, value] : response.headers.all()) {
        if (is_ours(name) || (answer.status == 304 && !belongs_to_304(name))) continue;
        if (is_token(name) && is_header_value(value))
            put(head, name, value);
        else
            log::error("a header that would split the answer was left out", {{"route", request.route}});
    }
    put(head, "Date", date_now());
    if (answer.after == After::close) put(head, "Connection", "close");
    if (!streams && !has_no_body(answer.status)) put(head, "Content-Length", std::to_string(length));
    head += "\r\n";
    if (is_head || has_no_body(answer.status)) answer.body = std::string();
    return answer;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 100:
            return "Continue";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 451:
            return "Unavailable For Legal Reasons";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 507:
            return "Insufficient Storage";
        default:
            return "Status";
    }
}

}  // namespace mmx::net
