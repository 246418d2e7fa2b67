#include "net/mime.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/secrets.h"
#include "net/text.h"

namespace mmx::net {
namespace {

constexpr std::size_t kMostLineLength = 76;

// What could begin a header of its own is dropped.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) line += c;
    return line;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string date_now() {
    constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char clock[40];
    std::strftime(clock, sizeof clock, " %Y %H:%M:%S +0000", &parts);
    return std::string(kDays.at(static_cast<std::size_t>(parts.tm_wday))) + ", " +
           std::to_string(parts.tm_mday) + " " + kMonths.at(static_cast<std::size_t>(parts.tm_mon)) + clock;
}

// A display name: a quoted string, or encoded words.
std::string phrase(std::string_view name, std::size_t used) {
    if (!is_ascii(name)) return encode_header_text(name, used);
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\"";
}

std::string part(const std::string& type, std::string_view body) {
    return "Content-Type: " + type +
           "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
           encode_quoted_printable(body) + "\r\n";
}

}  // namespace

base::Result<Mailbox> parse_mailbox(std::string_view text) {
    const std::string line = one_line(text);
    Mailbox box;
    const auto open = line.rfind('<');
    if (open == std::string::npos) {
        box.address = trim(line);
    } else {
        const auto close = line.find('>', open);
        box.address = trim(std::string_view(line).substr(open + 1, close - open - 1));
        std::string_view name = trim(std::string_view(line).substr(0, open));
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
            name = name.substr(1, name.size() - 2);
        box.name = name;
    }
    const auto at = box.address.find('@');
    const bool good = at != std::string::npos && at > 0 && at + 1 < box.address.size() &&
                      box.address.find('@', at + 1) == std::string::npos && box.address.size() <= 254 &&
                      std::all_of(box.address.begin(), box.address.end(), [](char c) {
                          const auto byte = static_cast<unsigned char>(c);
                          return byte > 0x20 && byte < 0x7f && c != '<' && c != '>' && c != ',' && c != ';';
                      });
    if (!good) return base::fail(base::Kind::invalid_request, "That is not an address mail can be sent to.");
    return box;
}

std::string encode_header_text(std::string_view text, std::size_t used) {
    const std::string line = one_line(text);
    if (is_ascii(line) && line.size() + used <= 78) return line;
    // Each word carries whole characters: 45 bytes make 60 of base64 and 72 with the frame.
    constexpr std::size_t kFrame = 12, kMostBytes = 45;
    std::string words;
    std::size_t most = used + kFrame >= kMostLineLength ? 3 : (kMostLineLength - used - kFrame) / 4 * 3;
    for (std::size_t first = 0; first < line.size();) {
        std::size_t end = std::min(line.size(), first + std::clamp<std::size_t>(most, 6, kMostBytes));
        while (end < line.size() && end > first + 1 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
            --end;
        if (!words.empty()) words += "\r\n ";
        words += "=?UTF-8?B?" + base::to_base64(std::string_view(line).substr(first, end - first)) + "?=";
        first = end;
        most = kMostBytes;
    }
    return words;
}

std::string encode_quoted_printable(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    std::size_t column = 0;
    const auto end_line = [&] {
        encoded += "\r\n";
        column = 0;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
            end_line();
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        const bool at_line_end = i + 1 == text.size() || text[i + 1] == '\r' || text[i + 1] == '\n';
        // A space at a line's end is eaten on the way; a dot at its start is SMTP's end, were it alone.
        const bool plain = (byte > 0x20 && byte < 0x7f && c != '=' && !(c == '.' && column == 0)) ||
                           ((c == ' ' || c == '\t') && !at_line_end);
        const std::size_t width = plain ? 1 : 3;
        if (column + width > kMostLineLength - 1) {
            encoded += '=';
            end_line();
        }
        if (plain) {
            encoded += c;
        } else {
            encoded += '=';
            encoded += kHex[byte >> 4];
            encoded += kHex[byte & 15];
        }
        column += width;
    }
    return encoded;
}

base::Result<std::string> build_message(const Mailbox& from, const Mail& mail) {
    const Mailbox to = TRY(parse_mailbox(mail.to));
    std::string message = "Date: " + date_now() + "\r\nFrom: ";
    message += from.name.empty() ? from.address : phrase(from.name, 6) + "\r\n <" + from.address + ">";
    message += "\r\nTo: " + to.address;
    message += "\r\nSubject: " + encode_header_text(mail.subject, 9);
    message += "\r\nMessage-ID: <" + base::random_id() + from.address.substr(from.address.find('@')) + ">";
    message += "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    if (mail.html.empty()) return message + part("text/plain", mail.text);
    const std::string boundary = "part-" + base::random_id();
    message += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
    for (const auto& [type, body] : {std::pair("text/plain", &mail.text), std::pair("text/html", &mail.html)})
        message += "--" + boundary + "\r\n" + part(type, *body);
    return message + "--" + boundary + "--\r\n";
}

}  // namespace mmx::net
