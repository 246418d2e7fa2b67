// A song made by hand for tests of the band: sections, chords and a simple lead, without the form and melody
// writers.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compose/band.h"
#include "music/metre.h"

namespace mmx::compose::test {

struct Song {
    music::Plan plan;
    music::Score score;
    Outline outline;
};

struct SongWishes {
    std::string metre = "4/4";
    std::string key = "C major";
    std::uint64_t seed = 1;
    music::Ending ending = music::Ending::ring;
};

struct SectionWish {
    music::SectionKind kind;
    std::string label;
    int bars;
    double energy;
};

inline const std::vector<SectionWish>& sections_of_song() {
    using enum music::SectionKind;
    static const std::vector<SectionWish> wishes = {
        {intro, "Intro", 4, 0.3},     {verse, "Verse 1", 8, 0.42},   {chorus, "Chorus 1", 8, 0.75},
        {verse, "Verse 2", 8, 0.48},  {chorus, "Chorus 2", 8, 0.78}, {bridge, "Bridge", 8, 0.55},
        {chorus, "Chorus 3", 8, 0.9}, {outro, "Outro", 4, 0.35}};
    return wishes;
}

// I V vi IV (i VI III VII in minor keys), a bar each; the lead plays quarters for three bars of four.
inline Song make_song(const SongWishes& wishes = {}) {
    Song song;
    const music::Key key = *music::parse_key(wishes.key);
    const music::Metre metre = *music::parse_metre(wishes.metre);
    song.plan.seed = wishes.seed;
    song.plan.key = key;
    song.plan.metre = metre;
    song.plan.ending = wishes.ending;
    music::Score& score = song.score;
    score.seed = wishes.seed;
    score.metre = metre;
    score.ending = wishes.ending;
    score.tempo = music::TempoMap::steady(100, metre.beat());
    const bool minor = music::facts(key.mode).minor_third;
    const int degrees[4] = {0, minor ? 8 : 7, minor ? 3 : 9, minor ? 10 : 5};
    const music::Quality qualities[4] = {minor ? music::Quality::minor7 : music::Quality::major7,
                                         minor ? music::Quality::major : music::Quality::major,
                                         minor ? music::Quality::major7 : music::Quality::minor7,
                                         minor ? music::Quality::major : music::Quality::major};
    base::Ticks at{0};
    for (const SectionWish& wish : sections_of_song()) {
        const auto number = static_cast<int>(score.sections.size());
        music::Section section;
        section.kind = wish.kind;
        section.label = wish.label;
        section.first_bar = static_cast<int>(score.bars.size());
        section.bars = wish.bars;
        section.energy = wish.energy;
        section.key = key;
        score.sections.push_back(section);
        for (int bar = 0; bar < wish.bars; ++bar) {
            score.bars.push_back({at, metre.bar(), number});
            const int root = (key.tonic + degrees[bar % 4]) % 12;
            score.chords.push_back({at, metre.bar(), {root, qualities[bar % 4], root}, "", number});
            const bool last = bar == wish.bars - 1;
            song.outline.bars.push_back(last ? (number % 2 == 0 ? BarRole::big_fill : BarRole::small_fill)
                                             : BarRole::groove);
            at += metre.bar();
        }
    }
    song.outline.bars.back() = BarRole::last;
    score.end = at;
    score.length = score.tempo.to_seconds(at);
    music::Part lead{"lead", "lead", music::Role::lead, "flute", {}, 0};
    for (std::size_t bar = 0; bar < score.bars.size(); ++bar) {
        if (bar % 4 == 3) continue;
        for (base::Ticks in{0}; in + base::kQuarter <= metre.bar(); in += base::kQuarter)
            lead.notes.push_back({score.bars[bar].start + in, base::kQuarter,
                                  72 + score.chords[bar].chord.root % 12, 0.7f, music::Articulation::normal});
    }
    score.parts.push_back(std::move(lead));
    return song;
}

inline const style::Style& style_named(const std::string& id) {
    const auto styles = style::all_styles();
    if (!styles) ADD_FAILURE() << styles.error().tell_log;
    const style::Style* style = style::find_style(id);
    if (style == nullptr) throw std::runtime_error("no style " + id);
    return *style;
}

inline std::vector<std::string> all_genres() {
    std::vector<std::string> ids;
    const auto styles = style::all_styles();
    if (!styles) return ids;
    for (const auto& style : **styles) ids.push_back(style.id);
    return ids;
}

// The whole band of a genre plays the song.
inline Song played(const std::string& genre, const SongWishes& wishes,
                   void (*change)(music::Plan&) = nullptr) {
    Song song = make_song(wishes);
    song.plan.genre = genre;
    if (change != nullptr) change(song.plan);
    const style::Style& style = style_named(genre);
    const auto band = choose_band(song.plan, style, nullptr);
    if (!band) {
        ADD_FAILURE() << band.error().tell_user;
        return song;
    }
    arrange(song.plan, style, nullptr, *band, song.outline, song.score);
    return song;
}

inline const music::Part* part_with(const music::Score& score, music::Role role) {
    const auto found = std::ranges::find(score.parts, role, &music::Part::role);
    return found == score.parts.end() ? nullptr : &*found;
}

}  // namespace mmx::compose::test
