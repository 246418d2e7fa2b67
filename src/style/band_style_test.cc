#include "style/band_style.h"

#include <gtest/gtest.h>

#include <set>

#include "base/data_files.h"
#include "style/instruments.h"

namespace mmx::style {
namespace {

constexpr std::string_view kGenres[] = {
    "pop",        "rock",        "lofi-hip-hop",    "house",           "synthwave", "jazz-swing",
    "bossa-nova", "folk-ballad", "orchestral-film", "classical-piano", "ambient",   "reggae"};

BandStyle band_of(std::string_view genre) {
    const auto text = base::data_file("genres/" + std::string(genre) + "/band.toml");
    EXPECT_TRUE(text.has_value()) << genre;
    const auto style = parse_band_style(*text);
    if (!style) {
        ADD_FAILURE() << genre << ": " << style.error().tell_log;
        return {};
    }
    return *style;
}

std::string error_of(std::string_view text) {
    const auto style = parse_band_style(text);
    return style ? "" : style.error().tell_log;
}

constexpr std::string_view kPlayer =
    "[[player]]\nid = \"drums\"\nrole = \"drums\"\ntexture = \"kit\"\ninstruments = { standard-kit = 1 }\n";

TEST(BandStyle, Reads_all_twelve_genres_and_every_instrument_named_exists) {
    for (const auto genre : kGenres) {
        const BandStyle style = band_of(genre);
        EXPECT_FALSE(style.players.empty()) << genre;
        for (const PlayerStyle& player : style.players)
            for (const InstrumentChoice& choice : player.instruments) {
                const Instrument* instrument = find_instrument(choice.instrument);
                ASSERT_NE(instrument, nullptr) << genre << " names " << choice.instrument;
                if (player.low > 0 && player.high > 0) {
                    EXPECT_LT(std::max(player.low, instrument->low) + 9,
                              std::min(player.high, instrument->high))
                        << genre << " " << player.id << " " << choice.instrument
                        << " has no room in this register";
                }
            }
    }
}

TEST(BandStyle, Has_a_lead_in_every_genre_and_a_small_and_a_big_fill_where_drums_keep_time) {
    for (const auto genre : kGenres) {
        const BandStyle style = band_of(genre);
        int leads = 0;
        for (const PlayerStyle& player : style.players) {
            leads += player.role == music::Role::lead;
            if (player.role != music::Role::drums) continue;
            std::set<FillSize> sizes;
            for (const Fill& fill : style.fills)
                if (fill.part == player.part) sizes.insert(fill.size);
            EXPECT_EQ(sizes.size(), 2u) << genre;
        }
        EXPECT_EQ(leads, 1) << genre;
    }
}

TEST(BandStyle, Lets_no_two_genres_share_a_groove_or_a_fill) {
    std::set<std::string> grooves, fills;
    for (const auto genre : kGenres) {
        const BandStyle style = band_of(genre);
        const auto text_of = [](const std::vector<Lane>& lanes) {
            std::string text;
            for (const Lane& lane : lanes) {
                text += lane.name;
                for (const std::string& bar : lane.bars) text += bar;
            }
            return text;
        };
        for (const GroovePattern& groove : style.grooves)
            EXPECT_TRUE(grooves.insert(text_of(groove.lanes)).second) << genre << ": " << groove.fit.name;
        for (const Fill& fill : style.fills)
            EXPECT_TRUE(fills.insert(text_of(fill.lanes)).second) << genre << ": " << fill.name;
    }
}

TEST(BandStyle, Has_bars_whose_steps_divide_their_metre_evenly) {
    for (const auto genre : kGenres) {
        const BandStyle style = band_of(genre);
        const auto check = [&](const Fit& fit, const std::string& bar) {
            EXPECT_EQ(fit.metre.bar().value % static_cast<std::int64_t>(bar.size()), 0)
                << genre << ": " << fit.name << ": " << bar;
            // A sixteenth is the usual step; a triplet or a longer one may be meant, other lengths are slips
            // of the hand.
            const auto step = fit.metre.bar().value / static_cast<std::int64_t>(bar.size());
            EXPECT_TRUE(step == 240 || step == 320 || step == 480 || step == 120)
                << genre << ": " << fit.name << ": " << bar;
        };
        for (const Pattern& pattern : style.patterns)
            for (const std::string& bar : pattern.bars) check(pattern.fit, bar);
        for (const GroovePattern& groove : style.grooves)
            for (const Lane& lane : groove.lanes)
                for (const std::string& bar : lane.bars) check(groove.fit, bar);
        for (const Fill& fill : style.fills)
            for (const Lane& lane : fill.lanes)
                EXPECT_EQ(960 * fill.beats % static_cast<int>(lane.bars.front().size()), 0)
                    << genre << ": " << fill.name;
    }
}

TEST(BandStyle, Says_which_line_key_and_value_are_wrong) {
    EXPECT_NE(error_of("").find("player"), std::string::npos);
    EXPECT_NE(error_of(std::string(kPlayer) + "level = 7\n").find("line 6: level: 7 is outside"),
              std::string::npos)
        << error_of(std::string(kPlayer) + "level = 7\n");
    EXPECT_NE(error_of(kPlayer).find("needs at least one pattern in 4/4"), std::string::npos);
    const std::string lane = std::string(kPlayer) + "[[groove]]\npart = \"drums\"\nname = \"x\"\n";
    EXPECT_NE(error_of(lane + "lanes.gong = \"9...\"\n").find("gong: no such drum lane"), std::string::npos);
    EXPECT_NE(error_of(lane + "lanes.kick = \"9..z\"\n").find("'z' is none of"), std::string::npos);
    EXPECT_NE(error_of(lane + "metre = \"4/5\"\nlanes.kick = \"9...\"\n").find("metre: no such metre"),
              std::string::npos);
    EXPECT_NE(error_of("crash = [").find("line 1"), std::string::npos);
}

TEST(GrooveTable, Knows_that_rock_drummers_play_the_backbeat_loud_and_ghosts_softly) {
    const auto grooves = trained_grooves();
    ASSERT_TRUE(grooves.has_value()) << grooves.error().tell_log;
    const auto rock = std::find_if((*grooves)->begin(), (*grooves)->end(),
                                   [](const auto& g) { return g.family == "rock"; });
    ASSERT_NE(rock, (*grooves)->end());
    EXPECT_GT(rock->bars, 1000);
    const TrainedLane* snare = rock->lane("snare");
    ASSERT_NE(snare, nullptr);
    EXPECT_GT(snare->hit[4], 0.5);
    EXPECT_GT(snare->velocity[4], snare->velocity[1] + 0.3);
    EXPECT_FALSE(rock->fill_lanes.empty());
}

}  // namespace
}  // namespace mmx::style
