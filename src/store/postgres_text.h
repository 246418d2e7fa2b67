// Our SQL and values in PostgreSQL's spelling, and its answers back.
#pragma once

#include <string>
#include <string_view>

#include "store/database.h"

namespace mmx::store {

// The numbers by which PostgreSQL knows its built-in types (pg_type.dat; they never change).
namespace type_of {
inline constexpr unsigned kUnknown = 0, kBoolean = 16, kBytes = 17, kInt8 = 20, kInt2 = 21, kInt4 = 23,
                          kText = 25, kOid = 26, kFloat4 = 700, kFloat8 = 701, kNumeric = 1700;
}

// '?' becomes $1, $2, ... outside quotes, dollar quotes and comments.
std::string number_parameters(std::string_view sql);

// A parameter as it is sent: text, but bytes as they are. NULL has no type; PostgreSQL finds one.
struct PostgresParameter {
    unsigned type = type_of::kUnknown;
    bool null = true;
    bool binary = false;
    std::string written;                 // numbers
    const std::string* bytes = nullptr;  // text and blobs, borrowed from the Value
    const char* data() const { return null ? nullptr : bytes != nullptr ? bytes->data() : written.c_str(); }
    std::size_t size() const { return bytes != nullptr ? bytes->size() : written.size(); }
};
PostgresParameter to_postgres(const Value& value);  // the value must outlive it
// One field of an answer in text form. A numeric without a fraction is an integer: sums of integers are.
Value from_postgres(unsigned type, std::string_view text);

}  // namespace mmx::store
