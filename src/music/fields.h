// The one table of a request's fields: validation, the command line, JSON and help all read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "music/song_request.h"

namespace mmx::music {

enum class FieldType { text, number, whole_number, seed, key, metre, ending, list };

// Where the field lives in a SongRequest; its type must agree with FieldType.
using FieldPlace =
    std::variant<std::string SongRequest::*, std::optional<double> SongRequest::*,
                 std::optional<double> Inference::*, int SongRequest::*,
                 std::optional<std::uint64_t> SongRequest::*, std::optional<KeyChoice> SongRequest::*,
                 std::optional<Metre> SongRequest::*, std::optional<Ending> SongRequest::*,
                 std::vector<std::string> SongRequest::*>;

struct Field {
    std::string_view name;  // in JSON and in messages: "bpm", "inference.swing"
    FieldType type;
    std::string_view otherwise;  // what happens when it is left out, in words
    double low, high;            // of numbers; for text and lists: 0 and the most characters or items
    std::string_view unit;       // "beats a minute", "characters", or empty
    std::vector<std::string_view> choices;  // closed sets; empty when open
    std::string_view help;                  // one sentence
    FieldPlace place;

    std::string option() const;   // "--time-signature", "--swing"
    std::string allowed() const;  // "a number from 30 to 300"
};

std::span<const Field> fields();
const Field* find_field(std::string_view name);
// The field a mistyped or neighbouring name probably meant ("tempo" -> "bpm"); null when nothing is near.
const Field* nearest_field(std::string_view name);

// A value before its field's type has judged it. nullopt-like monostate: left open.
using FieldValue = std::variant<std::monostate, std::string, double, std::uint64_t, std::vector<std::string>>;

// Checks the value against the field's row and stores it. Errors name the field, what came and what is
// allowed: "bpm: 900 is not allowed; a number from 30 to 300, or leave it out".
base::Status set_field(SongRequest& request, const Field& field, const FieldValue& value);
// The same from text, as a command line or a form gives it: "82", "D minor", "piano, no drums".
base::Status set_field_from_text(SongRequest& request, const Field& field, std::string_view text);
// monostate when the field was left open.
FieldValue get_field(const SongRequest& request, const Field& field);

// Every rule of the table, and those between fields (prompt and lyrics must not both be empty).
base::Status validate(const SongRequest& request);

std::string_view ending_name(Ending ending);
std::optional<Ending> parse_ending(std::string_view name);

// Valid UTF-8 without surrogates and overlong forms: its number of code points; otherwise nothing.
std::optional<std::size_t> count_code_points(std::string_view text);

}  // namespace mmx::music
