// Drums and bass as a rhythm section: grooves that hold, fills where sections change, basses that know their
// roots.
#include <gtest/gtest.h>

#include <set>

#include "compose/test_song.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::Role;
using test::played;

std::set<std::pair<std::int64_t, int>> strokes_in(const test::Song& song, const music::Part& part,
                                                  std::size_t bar) {
    std::set<std::pair<std::int64_t, int>> strokes;
    const music::Bar& here = song.score.bars[bar];
    for (const music::Note& note : part.notes)
        if (note.start >= here.start && note.start < here.start + here.length)
            strokes.insert({(note.start - here.start).value, note.pitch});
    return strokes;
}

// Dixon et al.: share of sixteenths on which two bars agree about striking or not.
double groove_consistency(const test::Song& song, const music::Part& part) {
    double sum = 0;
    int pairs = 0;
    const auto steps = static_cast<std::size_t>(song.score.metre.bar() / base::kSixteenth);
    for (std::size_t bar = 0; bar + 1 < song.score.bars.size(); ++bar) {
        const auto a = strokes_in(song, part, bar), b = strokes_in(song, part, bar + 1);
        if (a.empty() || b.empty()) continue;
        std::set<std::int64_t> in_a, in_b;
        for (const auto& [at, pitch] : a)
            in_a.insert(at / 240 * 100 + (pitch == 36 ? 1 : pitch == 38 || pitch == 37 ? 2 : 3));
        for (const auto& [at, pitch] : b)
            in_b.insert(at / 240 * 100 + (pitch == 36 ? 1 : pitch == 38 || pitch == 37 ? 2 : 3));
        std::size_t differ = 0;
        for (const auto at : in_a) differ += in_b.count(at) == 0;
        for (const auto at : in_b) differ += in_a.count(at) == 0;
        sum += 1.0 - static_cast<double>(differ) / static_cast<double>(3 * steps);
        ++pairs;
    }
    return pairs == 0 ? 1.0 : sum / pairs;
}

const std::vector<std::string>& genres_with_beat() {
    static const std::vector<std::string> genres = {"pop",       "rock",       "lofi-hip-hop", "house",
                                                    "synthwave", "jazz-swing", "bossa-nova",   "reggae"};
    return genres;
}

TEST(Drums, Hold_a_groove_and_yet_vary_it) {
    for (const std::string& genre : genres_with_beat())
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto song = played(genre, {.seed = seed});
            const music::Part* drums = test::part_with(song.score, Role::drums);
            ASSERT_NE(drums, nullptr) << genre;
            const double consistency = groove_consistency(song, *drums);
            EXPECT_GE(consistency, 0.8) << genre;
            EXPECT_LT(consistency, 1.0) << genre;
        }
}

TEST(Drums, Answer_with_a_fill_before_sections_change) {
    for (const std::string& genre : genres_with_beat())
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto song = played(genre, {.seed = seed});
            const music::Part* drums = test::part_with(song.score, Role::drums);
            ASSERT_NE(drums, nullptr);
            int fills = 0, changes = 0;
            for (const music::Section& section : song.score.sections) {
                const auto last = static_cast<std::size_t>(section.first_bar + section.bars - 1);
                if (section.bars < 4 || last + 1 >= song.score.bars.size()) continue;
                const auto end = strokes_in(song, *drums, last), model = strokes_in(song, *drums, last - 4);
                if (end.empty() || model.empty()) continue;
                ++changes;
                fills += end != model;
            }
            EXPECT_GE(fills, changes - 1) << genre;
            EXPECT_GE(changes, 3) << genre;
        }
}

TEST(Drums, Play_the_groove_of_their_style) {
    const auto share = [](const std::string& genre, int pitch, Ticks at) {
        const auto song = played(genre, {});
        const music::Part* drums = test::part_with(song.score, Role::drums);
        int there = 0, bars = 0;
        for (std::size_t bar = 12; bar < 19; ++bar, ++bars)
            there += strokes_in(song, *drums, bar).count({at.value, pitch}) > 0;
        return static_cast<double>(there) / bars;
    };
    EXPECT_GT(share("house", 36, base::kQuarter), 0.9);  // four on the floor
    EXPECT_GT(share("house", 46, base::kEighth), 0.9);
    EXPECT_GT(share("rock", 38, base::kQuarter), 0.9);                        // backbeat
    EXPECT_GT(share("jazz-swing", 51, base::kQuarter + base::kEighth), 0.9);  // ding-a-ding
    EXPECT_GT(share("reggae", 36, base::kQuarter * 2), 0.9);                  // the drop on three
    EXPECT_GT(share("bossa-nova", 36, base::kQuarter + base::kEighth), 0.9);
}

TEST(Drums, Keep_a_pulse_in_odd_metres) {
    for (const std::string& genre : genres_with_beat())
        for (const std::string& metre : music::metre_names()) {
            const auto song = played(genre, {.metre = metre});
            const music::Part* drums = test::part_with(song.score, Role::drums);
            ASSERT_NE(drums, nullptr);
            int ones = 0, bars = 0;
            for (std::size_t bar = 13; bar < 19; ++bar, ++bars) {
                const auto strokes = strokes_in(song, *drums, bar);
                EXPECT_GE(strokes.size(), 2u) << genre << " in " << metre;
                ones += std::ranges::any_of(strokes, [](const auto& stroke) { return stroke.first == 0; });
            }
            EXPECT_GE(ones, bars - 2) << genre << " in " << metre;
        }
}

TEST(Bass, Plays_the_root_where_chords_arrive) {
    for (const std::string& genre : test::all_genres()) {
        if (genre == "classical-piano") continue;
        const auto song = played(genre, {});
        const music::Part* bass = test::part_with(song.score, Role::bass);
        ASSERT_NE(bass, nullptr) << genre;
        int roots = 0, arrivals = 0;
        for (const music::ChordEvent& event : song.score.chords) {
            const auto first = std::ranges::find_if(
                bass->notes, [&](const music::Note& n) { return n.start >= event.start; });
            if (first == bass->notes.end() || first->start >= event.start + base::kQuarter) continue;
            ++arrivals;
            roots += (first->pitch - event.chord.bass) % 12 == 0;
        }
        ASSERT_GT(arrivals, 10) << genre;
        EXPECT_GE(roots, 0.7 * arrivals) << genre;
    }
}

TEST(Bass, Walks_in_quarters_by_step_and_chord_tone) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto song = played("jazz-swing", {.key = "F major", .seed = seed});
        const music::Part* bass = test::part_with(song.score, Role::bass);
        ASSERT_NE(bass, nullptr);
        const Ticks from = song.score.bars[12].start, to = song.score.bars[20].start;
        int quarters = 0, leaps = 0, repeats = 0, moves = 0, approaches = 0, changes = 0;
        const music::Note* before = nullptr;
        for (const music::Note& note : bass->notes) {
            if (note.start < from || note.start >= to || note.articulation == music::Articulation::mute)
                continue;
            ++quarters;
            if (before != nullptr) {
                const int move = std::abs(note.pitch - before->pitch);
                ++moves;
                leaps += move > 7 && move != 12;
                repeats += move == 0;
                if (song.score.chord_at(note.start)->start == note.start) {
                    ++changes;
                    approaches += move <= 2;
                }
            }
            before = &note;
        }
        EXPECT_GE(quarters, 30);  // four to the bar, stops and endings aside
        EXPECT_LE(leaps, moves / 6) << "seed " << seed;
        EXPECT_LE(repeats, moves / 8) << "seed " << seed;
        EXPECT_GE(approaches, changes * 2 / 3) << "seed " << seed;
    }
}

TEST(Bass, Locks_with_the_kick) {
    for (const char* genre : {"pop", "rock", "lofi-hip-hop", "bossa-nova"}) {
        const auto song = played(genre, {});
        const music::Part* bass = test::part_with(song.score, Role::bass);
        const music::Part* drums = test::part_with(song.score, Role::drums);
        ASSERT_TRUE(bass != nullptr && drums != nullptr);
        std::set<std::int64_t> kicks;
        for (const music::Note& note : drums->notes)
            if (note.pitch == 36) kicks.insert(note.start.value);
        std::set<std::int64_t> onsets;
        for (const music::Note& note : bass->notes) onsets.insert(note.start.value);
        // A samba kick feathers more than the bass plays, a rock bass plays more than the kick: whichever is
        // fewer.
        std::size_t together = 0;
        for (const auto onset : onsets) together += kicks.count(onset);
        EXPECT_GE(2 * together, std::min(kicks.size(), onsets.size())) << genre;
    }
}

}  // namespace
}  // namespace mmx::compose
