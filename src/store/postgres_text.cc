#include "store/postgres_text.h"

#include <array>
#include <cctype>
#include <charconv>

#include "base/secrets.h"

namespace mmx::store {
namespace {

// Where the quoted or commented stretch that begins at `at` ends; `at` when none begins there.
std::size_t skip_quoted(std::string_view sql, std::size_t at) {
    const auto after = [&](std::string_view closing, std::size_t from) {
        const std::size_t found = sql.find(closing, from);
        return found == std::string_view::npos ? sql.size() : found + closing.size();
    };
    const std::string_view rest = sql.substr(at);
    if (rest.starts_with('\'')) return after("'", at + 1);  // '' inside begins the next stretch at once
    if (rest.starts_with('"')) return after("\"", at + 1);
    if (rest.starts_with("--")) return after("\n", at + 2);
    if (rest.starts_with("/*")) {
        std::size_t place = at + 2;
        for (int depth = 1; depth > 0 && place < sql.size();) {  // PostgreSQL's nest
            const std::string_view here = sql.substr(place, 2);
            depth += here == "/*" ? 1 : here == "*/" ? -1 : 0;
            place += here == "/*" || here == "*/" ? 2 : 1;
        }
        return place;
    }
    if (rest.starts_with('$')) {
        std::size_t end = 1;
        while (end < rest.size() && (std::isalnum(static_cast<unsigned char>(rest[end])) || rest[end] == '_'))
            ++end;
        if (end < rest.size() && rest[end] == '$') return after(rest.substr(0, end + 1), at + end + 1);
    }
    return at;
}

template <class Number>
std::string write_number(Number number) {
    std::array<char, 40> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), written.ptr};
}

template <class Number>
Number read_number(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

std::string number_parameters(std::string_view sql) {
    std::string numbered;
    numbered.reserve(sql.size() + 16);
    int count = 0;
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t end = skip_quoted(sql, at);
        if (end > at) {
            numbered += sql.substr(at, end - at);
            at = end;
        } else if (sql[at] == '?') {
            numbered += '$' + std::to_string(++count);
            ++at;
        } else {
            numbered += sql[at++];
        }
    }
    return numbered;
}

PostgresParameter to_postgres(const Value& value) {
    struct Writer {
        PostgresParameter operator()(std::monostate) const { return {}; }
        PostgresParameter operator()(std::int64_t number) const {
            return {type_of::kInt8, false, false, write_number(number), nullptr};
        }
        PostgresParameter operator()(double number) const {
            return {type_of::kFloat8, false, false, write_number(number), nullptr};
        }
        PostgresParameter operator()(const std::string& text) const {
            return {type_of::kText, false, false, {}, &text};
        }
        PostgresParameter operator()(const Blob& blob) const {
            return {type_of::kBytes, false, true, {}, &blob.bytes};
        }
    };
    return std::visit(Writer{}, value.held());
}

Value from_postgres(unsigned type, std::string_view text) {
    switch (type) {
        case type_of::kBoolean:
            return Value(text == "t" ? 1 : 0);
        case type_of::kInt2:
        case type_of::kInt4:
        case type_of::kInt8:
        case type_of::kOid:
            return Value(read_number<std::int64_t>(text));
        case type_of::kNumeric:
            if (text.find_first_not_of("-0123456789") == std::string_view::npos && text.size() < 19)
                return Value(read_number<std::int64_t>(text));
            return Value(read_number<double>(text));
        case type_of::kFloat4:
        case type_of::kFloat8:
            return Value(read_number<double>(text));
        case type_of::kBytes:  // "\x" and hexadecimal digits
            return Value(
                Blob{base::from_hex(text.substr(std::min<std::size_t>(2, text.size()))).value_or("")});
        default:
            return Value(text);
    }
}

}  // namespace mmx::store
