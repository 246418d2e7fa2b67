#include "compose/exclusions.h"

#include <algorithm>
#include <string_view>

namespace mmx::compose {
namespace {

std::string singular(std::string_view word) {
    std::string text(word);
    const bool keep =
        text == "strings" || text == "drums" || text == "keys" || text == "brass" || text.ends_with("ss");
    if (!keep && text.size() > 3 && text.ends_with('s')) text.pop_back();
    return text;
}

bool in_class(std::string_view name, const style::Instrument& instrument, music::Role role) {
    const std::string_view family = instrument.family, id = instrument.id;
    const bool effects = role == music::Role::effects || id == "fx-kit";
    if (name == "drums" || name == "drum" || name == "beat")
        return (family == "drums" || family == "percussion") && !effects;
    if (name == "percussion") return family == "percussion" && !effects;
    if (name == "bass") return family == "bass" || role == music::Role::bass;
    if (name == "piano") return id == "grand-piano" || id == "upright-piano";
    if (name == "keys" || name == "keyboard") return family == "keys" || family == "organ";
    if (name == "strings" || name == "string") return family == "strings" || id == "synth-strings";
    if (name == "synth" || name == "synthesizer" || name == "synthesiser" || name == "electronic")
        return family == "synth" || id.starts_with("synth-") || id == "sub-bass";
    if (name == "brass" || name == "horn") return family == "brass" || id == "synth-brass";
    if (name == "woodwind" || name == "wind" || name == "winds")
        return family == "reeds" || family == "flutes";
    if (name == "sax" || name == "saxophone") return id.ends_with("-sax");
    if (name == "organ") return id.ends_with("-organ");
    if (name == "guitar") return family == "guitar";
    if (name == "electric guitar") return family == "guitar" && id != "nylon-guitar" && id != "steel-guitar";
    if (name == "acoustic guitar") return id == "nylon-guitar" || id == "steel-guitar";
    if (name == "pad") return id.ends_with("-pad");
    if (name == "effects" || name == "effect") return effects;
    return false;
}

}  // namespace

bool is_excluded(const std::vector<std::string>& excluded, const style::Instrument& instrument,
                 music::Role role) {
    return std::ranges::any_of(excluded, [&](const std::string& given) {
        const std::string name = singular(given);
        return given == instrument.id || name == instrument.id || given == instrument.family ||
               name == instrument.family || singular(instrument.family) == name ||
               in_class(name, instrument, role);
    });
}

}  // namespace mmx::compose
