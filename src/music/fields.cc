#include "music/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/text.h"

namespace mmx::music {
namespace {

constexpr std::array<std::string_view, 5> kEndings = {"cold", "button", "ring", "fade", "loop"};

constexpr std::array<std::string_view, 6> kVoices = {"soft", "bright", "male", "vocoder", "choir", "none"};

std::vector<Field> make_fields() {
    using S = SongRequest;
    const double none = 0, longest = std::numeric_limits<double>::max();
    std::vector<Field> rows = {
        {"prompt",
         FieldType::text,
         "may be empty only with lyrics",
         0,
         2000,
         "characters",
         {},
         "what the song should be, in words",
         &S::prompt},
        {"lyrics",
         FieldType::text,
         "an instrumental",
         0,
         8000,
         "characters",
         {},
         "words with section tags: [Verse 1] [Chorus] [Guitar Solo, 8 bars]",
         &S::lyrics},
        {"title", FieldType::text, "suggested", 0, 200, "characters", {}, "the song's title", &S::title},
        {"bpm",
         FieldType::number,
         "decided from the prompt",
         30,
         300,
         "beats a minute",
         {},
         "tempo; counts dotted quarters in 6/8, 9/8 and 12/8, quarters otherwise",
         &S::bpm},
        {"key",
         FieldType::key,
         "decided from the prompt",
         none,
         none,
         "",
         {},
         "key and mode: \"D minor\", \"F# dorian\", \"Bb blues\", or none",
         &S::key},
        {"time_signature",
         FieldType::metre,
         "decided from the prompt",
         none,
         none,
         "",
         {},
         "metre, with its grouping if wanted: \"3/4\", \"7/8 (3+2+2)\"",
         &S::time_signature},
        {"instruments",
         FieldType::list,
         "chosen by the style",
         0,
         32,
         "items",
         {},
         "what plays, and what must not: \"piano, cello, no drums\"",
         &S::instruments},
        {"duration_seconds",
         FieldType::number,
         "decided from the prompt, lyrics and style",
         10,
         600,
         "seconds",
         {},
         "length of the whole song with its tail",
         &S::duration_seconds},
        {"ending",
         FieldType::ending,
         "chosen by the style",
         none,
         none,
         "",
         {kEndings.begin(), kEndings.end()},
         "how it ends; a loop repeats seamlessly",
         &S::ending},
        {"sample_rate",
         FieldType::whole_number,
         "48000",
         44100,
         48000,
         "Hz",
         {"44100", "48000"},
         "samples a second",
         &S::sample_rate},
        {"seed",
         FieldType::seed,
         "drawn by chance",
         0,
         longest,
         "",
         {},
         "the same request with the same seed is the same song",
         &S::seed},
        {"voice",
         FieldType::text,
         "decided from the prompt and the style",
         0,
         64,
         "characters",
         {kVoices.begin(), kVoices.end()},
         "who sings the lyrics, or none",
         &S::voice},
        {"engine", FieldType::text, "embedded", 0, 64, "characters", {}, "what makes the sound", &S::engine},
        {"preset", FieldType::text, "streaming", 0, 64, "characters", {}, "mastering preset", &S::preset},
        {"inference.variation",
         FieldType::number,
         "left to the style",
         0,
         1,
         "",
         {},
         "how far verses, repeats and fills stray from their model",
         &Inference::variation},
        {"inference.complexity",
         FieldType::number,
         "left to the style",
         0,
         1,
         "",
         {},
         "density of chords, rhythm and counter-lines",
         &Inference::complexity},
        {"inference.energy",
         FieldType::number,
         "left to the style",
         0,
         1,
         "",
         {},
         "dynamics and the number of instruments",
         &Inference::energy},
        {"inference.humanise",
         FieldType::number,
         "left to the style",
         0,
         1,
         "",
         {},
         "timing and velocity spread of the players",
         &Inference::humanise},
        {"inference.swing",
         FieldType::number,
         "left to the style",
         0,
         1,
         "",
         {},
         "0 plays pairs even, 1 plays them 75 to 25",
         &Inference::swing},
    };
    return rows;
}

std::string number_text(double number) {
    char text[40];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    return error == std::errc() ? std::string(text, end) : "a number";
}

// What came, short enough for a message and never with control characters in it.
std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 60)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    while (!out.empty() && !count_code_points(out)) out.pop_back();
    return "'" + out + (text.size() > 60 ? "..." : "") + "'";
}

struct Shown {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(const std::string& text) const { return shown(text); }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
    std::string operator()(const std::vector<std::string>&) const { return "a list"; }
};

base::Status refuse(const Field& field, const std::string& came) {
    return base::fail_field(
        std::string(field.name),
        std::string(field.name) + ": " + came + " is not allowed; " + field.allowed() + ", or leave it out");
}

// Line breaks and tabs are part of a text; other control characters (C0, DEL, C1) are not.
bool has_control_characters(std::string_view text, bool lines_allowed) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool layout = byte == '\n' || byte == '\r' || byte == '\t';
        if ((byte < 0x20 && !(layout && lines_allowed)) || byte == 0x7f) return true;
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

base::Status check_text(const Field& field, std::string_view text) {
    const std::string name(field.name);
    const auto length = count_code_points(text);
    if (!length) return base::fail_field(name, name + ": the text is not valid UTF-8; send it as UTF-8");
    if (static_cast<double>(*length) > field.high)
        return base::fail_field(name, name + ": " + std::to_string(*length) + " characters came; at most " +
                                          number_text(field.high) + " are allowed");
    if (has_control_characters(text, field.high >= 2000))
        return base::fail_field(name, name + ": control characters came; plain text is allowed");
    const bool open = field.choices.empty() || text.empty();
    if (!open && std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end())
        return refuse(field, shown(text));
    return {};
}

template <class T>
const T* as(const FieldValue& value) {
    return std::get_if<T>(&value);
}

std::optional<double> as_number(const FieldValue& value) {
    if (const auto* number = as<double>(value)) return *number;
    if (const auto* whole = as<std::uint64_t>(value)) return static_cast<double>(*whole);
    return std::nullopt;
}

// One overload for each place a value can go; `value` is never monostate here.
struct Store {
    SongRequest& request;
    const Field& field;
    const FieldValue& value;

    base::Status refuse_it() const { return refuse(field, std::visit(Shown{}, value)); }

    base::Status operator()(std::string SongRequest::*place) const {
        const auto* text = as<std::string>(value);
        if (text == nullptr) return refuse_it();
        TRY_VOID(check_text(field, *text));
        request.*place = *text;
        return {};
    }
    base::Status store_number(std::optional<double>& place) const {
        const auto number = as_number(value);
        if (!number || !(*number >= field.low && *number <= field.high)) return refuse_it();
        place = *number;
        return {};
    }
    base::Status operator()(std::optional<double> SongRequest::*place) const {
        return store_number(request.*place);
    }
    base::Status operator()(std::optional<double> Inference::*place) const {
        return store_number(request.inference.*place);
    }
    base::Status operator()(int SongRequest::*place) const {
        const auto number = as_number(value);
        if (!number || !(*number >= field.low && *number <= field.high) ||
            std::find(field.choices.begin(), field.choices.end(), number_text(*number)) ==
                field.choices.end())
            return refuse_it();
        request.*place = static_cast<int>(*number);
        return {};
    }
    base::Status operator()(std::optional<std::uint64_t> SongRequest::*place) const {
        if (const auto* whole = as<std::uint64_t>(value)) {
            request.*place = *whole;
            return {};
        }
        const auto* text = as<std::string>(value);
        if (text == nullptr) return refuse_it();
        std::uint64_t seed = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seed);
        if (error != std::errc() || end != text->data() + text->size() || text->empty()) return refuse_it();
        request.*place = seed;
        return {};
    }
    base::Status operator()(std::optional<KeyChoice> SongRequest::*place) const {
        const auto* text = as<std::string>(value);
        if (text == nullptr) return refuse_it();
        if (*text == "none" || *text == "None") {
            request.*place = KeyChoice{};
            return {};
        }
        const auto key = parse_key(*text);
        if (!key) return refuse_it();
        request.*place = KeyChoice{*key};
        return {};
    }
    base::Status operator()(std::optional<Metre> SongRequest::*place) const {
        const auto* text = as<std::string>(value);
        const auto metre = text != nullptr ? parse_metre(*text) : std::nullopt;
        if (!metre) return refuse_it();
        request.*place = *metre;
        return {};
    }
    base::Status operator()(std::optional<Ending> SongRequest::*place) const {
        const auto* text = as<std::string>(value);
        const auto ending = text != nullptr ? parse_ending(*text) : std::nullopt;
        if (!ending) return refuse_it();
        request.*place = *ending;
        return {};
    }
    base::Status operator()(std::vector<std::string> SongRequest::*place) const {
        const auto* items = as<std::vector<std::string>>(value);
        if (items == nullptr) return refuse_it();
        const std::string name(field.name);
        if (static_cast<double>(items->size()) > field.high)
            return base::fail_field(name, name + ": " + std::to_string(items->size()) +
                                              " items came; at most " + number_text(field.high) +
                                              " are allowed");
        for (const std::string& item : *items) {
            const auto length = count_code_points(item);
            if (!length || *length == 0 || *length > 80 || has_control_characters(item, false))
                return refuse(field, shown(length ? item : "broken text"));
        }
        request.*place = *items;
        return {};
    }
};

struct Clear {
    SongRequest& request;
    void operator()(std::string SongRequest::*place) const { request.*place = SongRequest{}.*place; }
    void operator()(int SongRequest::*place) const { request.*place = SongRequest{}.*place; }
    void operator()(std::optional<double> Inference::*place) const { (request.inference.*place).reset(); }
    void operator()(std::vector<std::string> SongRequest::*place) const { (request.*place).clear(); }
    template <class T>
    void operator()(std::optional<T> SongRequest::*place) const {
        (request.*place).reset();
    }
};

struct Load {
    const SongRequest& request;
    FieldValue operator()(std::string SongRequest::*place) const {
        return (request.*place).empty() ? FieldValue() : FieldValue(request.*place);
    }
    FieldValue operator()(int SongRequest::*place) const {
        return FieldValue(static_cast<std::uint64_t>(request.*place));
    }
    FieldValue operator()(std::optional<double> Inference::*place) const {
        const auto& number = request.inference.*place;
        return number ? FieldValue(*number) : FieldValue();
    }
    FieldValue operator()(std::vector<std::string> SongRequest::*place) const {
        return (request.*place).empty() ? FieldValue() : FieldValue(request.*place);
    }
    FieldValue operator()(std::optional<double> SongRequest::*place) const {
        return request.*place ? FieldValue(*(request.*place)) : FieldValue();
    }
    FieldValue operator()(std::optional<std::uint64_t> SongRequest::*place) const {
        return request.*place ? FieldValue(*(request.*place)) : FieldValue();
    }
    FieldValue operator()(std::optional<KeyChoice> SongRequest::*place) const {
        const auto& choice = request.*place;
        if (!choice) return {};
        return FieldValue(choice->key ? choice->key->name() : std::string("none"));
    }
    FieldValue operator()(std::optional<Metre> SongRequest::*place) const {
        return request.*place ? FieldValue((request.*place)->name()) : FieldValue();
    }
    FieldValue operator()(std::optional<Ending> SongRequest::*place) const {
        return request.*place ? FieldValue(std::string(ending_name(*(request.*place)))) : FieldValue();
    }
};

// Levenshtein's distance, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

struct OtherName {
    std::string_view name, field;
};
constexpr OtherName kOtherNames[] = {
    {"tempo", "bpm"},
    {"duration", "duration_seconds"},
    {"length", "duration_seconds"},
    {"seconds", "duration_seconds"},
    {"scale", "key"},
    {"keyscale", "key"},
    {"key_scale", "key"},
    {"timesignature", "time_signature"},
    {"metre", "time_signature"},
    {"meter", "time_signature"},
    {"instrument", "instruments"},
    {"text", "prompt"},
    {"description", "prompt"},
    {"caption", "prompt"},
    {"style", "prompt"},
    {"genre", "prompt"},
    {"words", "lyrics"},
    {"name", "title"},
    {"mastering", "preset"},
    {"mastering_preset", "preset"},
    {"samplerate", "sample_rate"},
    {"swing", "inference.swing"},
    {"energy", "inference.energy"},
    {"variation", "inference.variation"},
    {"complexity", "inference.complexity"},
    {"humanise", "inference.humanise"},
    {"humanize", "inference.humanise"},
    {"model", "engine"},
    {"singer", "voice"},
};

}  // namespace

std::string Field::option() const {
    std::string text(name.substr(name.find('.') == std::string_view::npos ? 0 : name.find('.') + 1));
    if (name == "duration_seconds") text = "duration";
    std::replace(text.begin(), text.end(), '_', '-');
    return "--" + text;
}

std::string Field::allowed() const {
    switch (type) {
        case FieldType::text:
            if (!choices.empty()) break;
            return "text of at most " + number_text(high) + " characters";
        case FieldType::number:
            return "a number from " + number_text(low) + " to " + number_text(high);
        case FieldType::seed:
            return "a whole number from 0 to 18446744073709551615";
        case FieldType::key:
            return "a tonic and a mode such as 'D minor', 'F# dorian' or 'Bb major' (major, minor, dorian, "
                   "phrygian, lydian, mixolydian, locrian, harmonic minor, phrygian dominant, blues, major "
                   "pentatonic, minor pentatonic), or 'none'";
        case FieldType::metre: {
            std::string text = "one of";
            for (const std::string& metre : metre_names()) text += " " + metre;
            return text + ", with a grouping such as '7/8 (3+2+2)' if wanted";
        }
        case FieldType::list:
            return "a list of at most " + number_text(high) + " texts of 1 to 80 characters";
        case FieldType::whole_number:
        case FieldType::ending:
            break;
    }
    std::string text = "one of";
    for (const std::string_view choice : choices) text += " " + std::string(choice);
    return text;
}

std::span<const Field> fields() {
    static const std::vector<Field> rows = make_fields();
    return rows;
}

const Field* find_field(std::string_view name) {
    for (const Field& field : fields())
        if (field.name == name) return &field;
    return nullptr;
}

const Field* nearest_field(std::string_view name) {
    std::string lower(name.substr(0, 64));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    std::replace(lower.begin(), lower.end(), '-', '_');
    for (const OtherName& other : kOtherNames)
        if (other.name == lower) return find_field(other.field);
    const Field* nearest = nullptr;
    std::size_t least = lower.size() / 3 + 2;
    for (const Field& field : fields()) {
        const std::size_t steps = distance(lower, field.name);
        if (steps < least) {
            least = steps;
            nearest = &field;
        }
    }
    return nearest;
}

base::Status set_field(SongRequest& request, const Field& field, const FieldValue& value) {
    if (as<std::monostate>(value) != nullptr) {
        std::visit(Clear{request}, field.place);
        return {};
    }
    return std::visit(Store{request, field, value}, field.place);
}

base::Status set_field_from_text(SongRequest& request, const Field& field, std::string_view text) {
    switch (field.type) {
        case FieldType::number:
        case FieldType::whole_number: {
            const std::string_view digits = base::trimmed(text);
            double number = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
                return refuse(field, shown(text));
            return set_field(request, field, number);
        }
        case FieldType::list: {
            std::vector<std::string> items;
            while (!text.empty()) {
                const std::size_t comma = std::min(text.find(','), text.size());
                const std::string_view item = base::trimmed(text.substr(0, comma));
                if (!item.empty()) items.emplace_back(item);
                text.remove_prefix(std::min(comma + 1, text.size()));
            }
            return set_field(request, field, items);
        }
        case FieldType::text:
            return set_field(request, field, std::string(text));
        case FieldType::seed:
        case FieldType::key:
        case FieldType::metre:
        case FieldType::ending:
            break;
    }
    return set_field(request, field, std::string(base::trimmed(text)));
}

FieldValue get_field(const SongRequest& request, const Field& field) {
    return std::visit(Load{request}, field.place);
}

base::Status validate(const SongRequest& request) {
    SongRequest judged;
    for (const Field& field : fields()) TRY_VOID(set_field(judged, field, get_field(request, field)));
    const auto blank = [](const std::string& text) {
        return text.find_first_not_of(" \t\r\n") == std::string::npos;
    };
    if (blank(request.prompt) && blank(request.lyrics))
        return base::fail_field("prompt",
                                "prompt: it is empty; say in a few words what the song should be, for "
                                "example 'slow jazz waltz with muted trumpet', or give lyrics");
    return {};
}

std::string_view ending_name(Ending ending) {
    return kEndings[static_cast<std::size_t>(ending)];
}

std::optional<Ending> parse_ending(std::string_view name) {
    for (std::size_t i = 0; i < kEndings.size(); ++i)
        if (kEndings[i] == name) return static_cast<Ending>(i);
    return std::nullopt;
}

std::optional<std::size_t> count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80             ? 1
                                   : (first & 0xe0) == 0xc0 ? 2
                                   : (first & 0xf0) == 0xe0 ? 3
                                   : (first & 0xf8) == 0xf0 ? 4
                                                            : 0;
        if (length == 0 || i + length > text.size()) return std::nullopt;
        std::uint32_t point = length == 1 ? first : first & (0x7fu >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return std::nullopt;
            point = (point << 6) | (next & 0x3fu);
        }
        constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < kLeast[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
            return std::nullopt;
        i += length;
    }
    return count;
}

}  // namespace mmx::music
