#include "music/score.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/maths.h"

namespace mmx::music {

std::string_view role_name(Role role) {
    constexpr std::string_view kNames[] = {"lead", "counter", "chords",     "pad",    "arpeggio",
                                           "bass", "drums",   "percussion", "effects"};
    return kNames[static_cast<std::size_t>(role)];
}

int Score::bar_at(base::Ticks at) const {
    const auto after = std::upper_bound(bars.begin(), bars.end(), at,
                                        [](base::Ticks ticks, const Bar& bar) { return ticks < bar.start; });
    return static_cast<int>(std::max<std::ptrdiff_t>(after - bars.begin() - 1, 0));
}

const Section& Score::section_at(base::Ticks at) const {
    return sections[static_cast<std::size_t>(bars[static_cast<std::size_t>(bar_at(at))].section)];
}

const ChordEvent* Score::chord_at(base::Ticks at) const {
    const auto after =
        std::upper_bound(chords.begin(), chords.end(), at,
                         [](base::Ticks ticks, const ChordEvent& chord) { return ticks < chord.start; });
    if (after == chords.begin()) return chords.empty() ? nullptr : &chords.front();
    return &*(after - 1);
}

base::Ticks swung(const Score& score, base::Ticks at) {
    if (score.swing <= 0 || score.bars.empty()) return at;
    // Pairs are counted from the bar line, so that odd bars do not turn the swing around.
    const base::Ticks bar_start = score.bars[static_cast<std::size_t>(score.bar_at(at))].start;
    const base::Ticks pair = score.swing_unit * 2;
    const base::Ticks in_bar = at - bar_start;
    if (in_bar.value < 0) return at;
    const base::Ticks in_pair = in_bar % pair;
    const double middle = static_cast<double>(score.swing_unit.value) *
                          (1.0 + 0.5 * score.swing);  // 50 % + 25 % * swing of the pair
    const double half = static_cast<double>(score.swing_unit.value);
    const double place = static_cast<double>(in_pair.value);
    const double moved =
        place <= half ? place * middle / half : middle + (place - half) * (2 * half - middle) / half;
    return at - in_pair + base::Ticks(static_cast<std::int64_t>(base::floor(moved + 0.5)));
}

namespace {

using Json = nlohmann::ordered_json;

// [tick, ticks, pitch, velocity] rows under each syllable.
Json vocals_json(const VocalPart& part) {
    constexpr std::string_view kDeliveries[] = {"sung", "spoken", "rap"};
    Json lines = Json::array();
    for (const SungLine& line : part.lines) {
        Json words = Json::array();
        for (std::size_t w = 0; w < line.words.size(); ++w) {
            Json syllables = Json::array();
            for (const SungSyllable& sung : line.syllables) {
                if (static_cast<std::size_t>(sung.word) != w) continue;
                const Syllable& syllable = line.words[w].syllables[static_cast<std::size_t>(sung.syllable)];
                Json notes = Json::array();
                for (const SungNote& note : sung.notes)
                    notes.push_back({note.start.value, note.length.value, note.pitch,
                                     base::floor(note.velocity * 1000.0 + 0.5) / 1000.0});
                syllables.push_back({{"text", syllable.text},
                                     {"phones", syllable.phones},
                                     {"stress", syllable.stress},
                                     {"notes", std::move(notes)}});
            }
            words.push_back({{"text", line.words[w].text}, {"syllables", std::move(syllables)}});
        }
        lines.push_back({{"section", line.section}, {"text", line.text}, {"words", std::move(words)}});
    }
    return {{"id", part.id},           {"name", part.name},
            {"voice", part.voice},     {"delivery", kDeliveries[static_cast<std::size_t>(part.delivery)]},
            {"singers", part.singers}, {"backing", part.backing},
            {"pan", part.pan},         {"lines", std::move(lines)}};
}

}  // namespace

std::string score_to_json(const Score& score) {
    constexpr std::string_view kEndings[] = {"cold", "button", "ring", "fade", "loop"};
    constexpr std::string_view kFeels[] = {"straight", "half-time", "double-time"};
    constexpr std::string_view kArticulations[] = {"normal",     "legato",   "staccato", "tenuto", "mute",
                                                   "strum-down", "strum-up", "tremolo",  "fall",   "open"};
    Json json;
    json["format"] = "musicmagex-score-1";
    json["title"] = score.title;
    json["genre"] = score.genre;
    json["ticks_per_quarter"] = base::kQuarter.value;
    json["metre"] = score.metre.name();
    json["swing"] = score.swing;
    json["swing_unit_ticks"] = score.swing_unit.value;
    json["humanise"] = score.humanise;
    json["ending"] = kEndings[static_cast<std::size_t>(score.ending)];
    json["end_tick"] = score.end.value;
    json["length_seconds"] = score.length.value;
    for (const TempoChange& change : score.tempo.changes())
        json["tempo"].push_back({{"tick", change.start.value},
                                 {"quarter_microseconds", change.quarter_microseconds},
                                 {"bpm", score.tempo.beats_per_minute(change.start, score.metre.beat())}});
    json["bars"] = Json::array();
    for (const Bar& bar : score.bars)
        json["bars"].push_back(
            {{"tick", bar.start.value}, {"ticks", bar.length.value}, {"section", bar.section}});
    json["sections"] = Json::array();
    for (const Section& section : score.sections) {
        const base::Ticks start = score.bars.empty()
                                      ? base::Ticks(0)
                                      : score.bars[static_cast<std::size_t>(section.first_bar)].start;
        json["sections"].push_back({{"kind", section_name(section.kind)},
                                    {"label", section.label},
                                    {"first_bar", section.first_bar},
                                    {"bars", section.bars},
                                    {"start_seconds", score.tempo.to_seconds(start).value},
                                    {"energy", section.energy},
                                    {"level_db", section.level_db},
                                    {"key", section.key ? Json(section.key->name()) : Json(nullptr)},
                                    {"feel", kFeels[static_cast<std::size_t>(section.feel)]},
                                    {"repeats", section.repeats},
                                    {"lyrics", section.lyric_lines}});
    }
    json["chords"] = Json::array();
    for (const ChordEvent& event : score.chords) {
        const bool flats = !score.sections.empty() &&
                           score.sections[static_cast<std::size_t>(event.section)].key.value_or(Key{}).flats;
        json["chords"].push_back({{"tick", event.start.value},
                                  {"ticks", event.length.value},
                                  {"chord", event.chord.name(flats)},
                                  {"numeral", event.numeral}});
    }
    json["parts"] = Json::array();
    for (const Part& part : score.parts) {
        Json notes = Json::array();
        // Compact rows: [tick, ticks, pitch, velocity, articulation].
        for (const Note& note : part.notes)
            notes.push_back({note.start.value, note.length.value, note.pitch,
                             base::floor(note.velocity * 1000.0 + 0.5) / 1000.0,
                             kArticulations[static_cast<std::size_t>(note.articulation)]});
        json["parts"].push_back({{"id", part.id},
                                 {"name", part.name},
                                 {"role", role_name(part.role)},
                                 {"instrument", part.instrument},
                                 {"pan", part.pan},
                                 {"notes", std::move(notes)}});
    }
    for (const VocalPart& part : score.vocals) json["vocals"].push_back(vocals_json(part));
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mmx::music
