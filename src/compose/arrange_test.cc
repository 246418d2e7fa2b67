#include <gtest/gtest.h>

#include <map>
#include <set>

#include "compose/test_song.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::Role;
using test::played;
using test::SongWishes;

bool is_harmonic(Role role) {
    return role == Role::chords || role == Role::pad || role == Role::arpeggio;
}

double active_share(const test::Song& song, const music::Part& part, int first, int bars) {
    int active = 0;
    for (int bar = first; bar < first + bars; ++bar) {
        const music::Bar& here = song.score.bars[static_cast<std::size_t>(bar)];
        active += std::ranges::any_of(part.notes, [&](const music::Note& n) {
            return n.start < here.start + here.length && n.start + n.length > here.start;
        });
    }
    return static_cast<double>(active) / bars;
}

void check_notes(const test::Song& song, const std::string& where) {
    std::set<std::string> ids;
    for (const music::Part& part : song.score.parts) {
        EXPECT_TRUE(ids.insert(part.id).second) << where;
        if (part.role == Role::lead) continue;
        const style::Instrument* instrument = style::find_instrument(part.instrument);
        ASSERT_NE(instrument, nullptr);
        std::map<int, Ticks> until;
        Ticks before{0};
        for (const music::Note& note : part.notes) {
            EXPECT_GE(note.start, before) << where << part.id;
            before = note.start;
            EXPECT_GT(note.length.value, 0) << where << part.id;
            EXPECT_LE(note.start + note.length, song.score.end) << where << part.id;
            EXPECT_GT(note.velocity, 0.0f);
            EXPECT_LE(note.velocity, 1.0f);
            if (part.role == Role::effects) {
                EXPECT_TRUE(note.pitch >= 24 && note.pitch <= 30) << where;  // vinyl ... reverse cymbal
                continue;
            }
            EXPECT_GE(note.pitch, instrument->low) << where << part.id;
            EXPECT_LE(note.pitch, instrument->high) << where << part.id;
            EXPECT_LE(until[note.pitch], note.start)
                << where << part.id << " strikes " << note.pitch << " while it sounds";
            until[note.pitch] = note.start + note.length;
        }
    }
}

TEST(Arrange, Writes_playable_parts_in_every_genre_and_metre) {
    for (const std::string& genre : test::all_genres())
        for (const std::string& metre : music::metre_names()) {
            SongWishes wishes;
            wishes.metre = metre;
            check_notes(played(genre, wishes), genre + " in " + metre + ": ");
        }
}

TEST(Arrange, Writes_playable_parts_in_every_key_and_ending) {
    int number = 0;
    for (const std::string& genre : test::all_genres())
        for (const char* key : {"C major", "F# minor", "Bb dorian", "E phrygian dominant", "Ab major",
                                "B blues", "D minor pentatonic"}) {
            SongWishes wishes;
            wishes.key = key;
            wishes.seed = static_cast<std::uint64_t>(++number);
            wishes.ending = static_cast<music::Ending>(number % 5);
            check_notes(played(genre, wishes), genre + " in " + key + ": ");
        }
}

TEST(Arrange, Plays_chord_tones_on_strong_beats) {
    for (const std::string& genre : test::all_genres())
        for (const char* metre : {"4/4", "3/4", "7/8"}) {
            const auto song = played(genre, {.metre = metre, .key = "D minor"});
            int tones = 0, all = 0;
            for (const music::Part& part : song.score.parts) {
                if (!is_harmonic(part.role)) continue;
                for (const music::Note& note : part.notes) {
                    const auto& bar =
                        song.score.bars[static_cast<std::size_t>(song.score.bar_at(note.start))];
                    if (song.score.metre.strength(note.start - bar.start) < 2) continue;
                    const auto* event = song.score.chord_at(note.start);
                    // Ninths and thirteenths of the key are what rootless voicings are made of.
                    const int above = (note.pitch - event->chord.root + 120) % 12;
                    const bool seventh = event->chord.intervals().size() > 3;
                    const bool colour =
                        seventh && (above == 2 || above == 9) && song.plan.key->contains(note.pitch);
                    ++all;
                    tones += event->chord.contains(note.pitch) || colour;
                }
            }
            ASSERT_GT(all, 0) << genre;
            EXPECT_GE(tones, 0.9 * all) << genre << " in " << metre;
        }
}

TEST(Arrange, Makes_choruses_fuller_than_verses) {
    for (const std::string& genre : test::all_genres())
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const auto song = played(genre, {.seed = seed});
            const auto force = [&](std::size_t section) {
                const music::Section& s = song.score.sections[section];
                const Ticks from = song.score.bars[static_cast<std::size_t>(s.first_bar)].start;
                const Ticks to = from + song.score.metre.bar() * s.bars;
                double sum = 0;
                for (const music::Part& part : song.score.parts)
                    if (part.role != Role::lead && part.role != Role::effects)
                        for (const music::Note& note : part.notes)
                            if (note.start >= from && note.start < to)
                                sum += note.velocity * note.velocity *
                                       std::min(1.0, static_cast<double>(note.length.value) / 960 + 0.5);
                return sum;
            };
            EXPECT_GT(force(2), 1.4 * force(1)) << genre << " seed " << seed;   // +1.5 dB at least
            EXPECT_GE(force(6), 0.95 * force(2)) << genre << " seed " << seed;  // the last chorus lifts
        }
}

TEST(Arrange, Leaves_no_dead_air) {
    for (const std::string& genre : test::all_genres())
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const auto song = played(genre, {.seed = seed});
            for (int bar = 0; bar < static_cast<int>(song.score.bars.size()); ++bar) {
                bool sounding = false;
                for (const music::Part& part : song.score.parts)
                    if (part.role != Role::lead && part.role != Role::effects)
                        sounding = sounding || active_share(song, part, bar, 1) > 0;
                EXPECT_TRUE(sounding) << genre << " bar " << bar;
            }
        }
}

TEST(Arrange, Lets_an_asked_instrument_be_heard) {
    for (const std::string& genre : test::all_genres())
        for (const char* id : {"violin", "grand-piano", "steel-guitar", "trumpet", "acoustic-bass",
                               "standard-kit", "hand-percussion", "harp", "timpani", "choir"}) {
            auto song = test::make_song();
            song.plan.genre = genre;
            // The lead keeps its own instrument so that the asked one must find another part.
            song.plan.instruments = {{"flute", "flute", true}, {id, id, false}};
            const auto band = choose_band(song.plan, test::style_named(genre), nullptr);
            ASSERT_TRUE(band.has_value());
            arrange(song.plan, test::style_named(genre), nullptr, *band, song.outline, song.score);
            double heard = 0;
            for (const music::Part& part : song.score.parts)
                if (part.instrument == id)
                    heard = std::max(heard,
                                     active_share(song, part, 0, static_cast<int>(song.score.bars.size())));
            EXPECT_GE(heard, 0.2) << genre << " " << id;
        }
}

TEST(Arrange, Rests_together_in_stops_and_ends_together) {
    for (const std::string& genre : test::all_genres()) {
        auto song = test::make_song({.ending = music::Ending::button});
        song.plan.genre = genre;
        song.outline.bars[10] = BarRole::stop;
        const style::Style& style = test::style_named(genre);
        const auto band = choose_band(song.plan, style, nullptr);
        arrange(song.plan, style, nullptr, *band, song.outline, song.score);
        for (const music::Part& part : song.score.parts) {
            if (part.role == Role::lead || part.role == Role::effects) continue;
            for (const music::Note& note : part.notes) {
                const music::Bar& stop = song.score.bars[10];
                const bool rings_in_stop = note.start < stop.start + stop.length &&
                                           note.start + note.length > stop.start + base::kQuarter;
                if (note.pitch != 49 && note.pitch != 57) {
                    EXPECT_FALSE(rings_in_stop) << genre << " " << part.id;
                }
                const music::Bar& last = song.score.bars.back();
                if (note.start >= last.start) {
                    EXPECT_EQ(note.start, last.start) << genre << " " << part.id;
                }
            }
        }
    }
}

TEST(Arrange, Is_deterministic_and_differs_with_the_seed) {
    for (const std::string& genre : test::all_genres()) {
        const auto json = [&](std::uint64_t seed) {
            return music::score_to_json(played(genre, {.seed = seed}).score);
        };
        EXPECT_EQ(json(1), json(1)) << genre;
        EXPECT_NE(json(1), json(2)) << genre;
    }
}

TEST(Arrange, Writes_only_drums_when_there_is_no_key) {
    auto song = test::make_song();
    song.plan.genre = "rock";
    song.plan.key.reset();
    song.score.chords.clear();
    const style::Style& style = test::style_named("rock");
    const auto band = choose_band(song.plan, style, nullptr);
    arrange(song.plan, style, nullptr, *band, song.outline, song.score);
    for (const music::Part& part : song.score.parts)
        if (part.role != Role::lead) {
            EXPECT_TRUE(style::find_instrument(part.instrument)->drums) << part.id;
        }
    EXPECT_NE(test::part_with(song.score, Role::drums), nullptr);
}

TEST(Arrange, Moves_held_voices_smoothly) {
    for (const std::string& genre : test::all_genres()) {
        const auto song = played(genre, {});
        for (const music::Part& part : song.score.parts) {
            if (part.role != Role::pad) continue;
            // Every new pitch lies near one that sounded just before.
            std::vector<int> before, now;
            Ticks at{-1};
            double moved = 0;
            int moves = 0;
            for (const music::Note& note : part.notes) {
                if (note.start != at) {
                    for (const int pitch : now) {
                        int nearest = 99;
                        for (const int other : before) nearest = std::min(nearest, std::abs(pitch - other));
                        if (!before.empty()) {
                            moved += nearest;
                            ++moves;
                        }
                    }
                    if (!now.empty()) before = now;
                    now.clear();
                    at = note.start;
                }
                now.push_back(note.pitch);
            }
            if (moves > 0) {
                EXPECT_LT(moved / moves, 4.5) << genre << " " << part.id;
            }
        }
    }
}

}  // namespace
}  // namespace mmx::compose
