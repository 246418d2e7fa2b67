#include "compose/band.h"

#include <gtest/gtest.h>

#include <set>

#include "compose/test_song.h"

namespace mmx::compose {
namespace {

using music::Role;

music::Plan plan_for(std::string_view genre, std::uint64_t seed = 1) {
    music::Plan plan;
    plan.genre = std::string(genre);
    plan.seed = seed;
    plan.key = music::parse_key("C major");
    return plan;
}

Band hired(const music::Plan& plan, const style::Style* second = nullptr) {
    const auto band = choose_band(plan, test::style_named(plan.genre), second);
    if (!band) {
        ADD_FAILURE() << plan.genre << ": " << band.error().tell_user;
        return {};
    }
    return *band;
}

TEST(ChooseBand, Gives_every_genre_one_lead_and_unique_part_names) {
    for (const std::string& genre : test::all_genres())
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Band band = hired(plan_for(genre, seed));
            std::set<std::string> ids;
            int leads = 0;
            for (const Player& player : band.players) {
                EXPECT_TRUE(ids.insert(player.id).second) << genre << " " << player.id;
                leads += player.role == Role::lead;
                EXPECT_EQ(player.role, player.manner.role);
            }
            EXPECT_EQ(leads, 1) << genre;
            EXPECT_LE(band.players.size(), 12u);
        }
}

TEST(ChooseBand, Lets_everybody_who_was_asked_play_in_every_genre) {
    for (const std::string& genre : test::all_genres())
        for (const style::Instrument& instrument : **style::all_instruments()) {
            auto plan = plan_for(genre);
            plan.instruments = {{instrument.id, instrument.name, false}};
            const Band band = hired(plan);
            EXPECT_TRUE(std::ranges::any_of(
                band.players, [&](const Player& p) { return p.instrument == &instrument && p.asked; }))
                << genre << " without " << instrument.id;
        }
}

TEST(ChooseBand, Gives_the_melody_to_the_one_it_was_asked_of) {
    for (const std::string_view id : {"violin", "harmonica", "grand-piano", "cello", "synth-bell"}) {
        auto plan = plan_for("rock");
        plan.instruments = {{std::string(id), "it", true}};
        const Band band = hired(plan);
        ASSERT_NE(band.lead(), nullptr);
        EXPECT_EQ(band.lead()->instrument->id, id);
    }
}

TEST(ChooseBand, Plays_solo_when_nothing_else_may_play) {
    auto plan = plan_for("pop");
    plan.only_asked_instruments = true;
    plan.instruments = {{"grand-piano", "solo piano", false}};
    const Band band = hired(plan);
    EXPECT_EQ(band.players.size(), 2u);  // two hands
    for (const Player& player : band.players) EXPECT_EQ(player.instrument->id, "grand-piano");
    ASSERT_NE(band.lead(), nullptr);

    plan.instruments = {{"flute", "solo flute", false}};
    const Band flute = hired(plan);
    ASSERT_EQ(flute.players.size(), 1u);
    EXPECT_EQ(flute.players[0].role, Role::lead);

    plan.instruments = {{"standard-kit", "drums", false}};
    EXPECT_EQ(hired(plan).lead(), nullptr);
}

TEST(ChooseBand, Keeps_the_excluded_out) {
    struct Row {
        std::string_view excluded;
        bool (*is_it)(const Player&);
    };
    const Row rows[] = {
        {"drums", [](const Player& p) { return p.instrument->drums && p.role != Role::effects; }},
        {"percussion",
         [](const Player& p) { return p.instrument->family == "percussion" && p.role != Role::effects; }},
        {"bass", [](const Player& p) { return p.role == Role::bass || p.instrument->family == "bass"; }},
        {"guitars", [](const Player& p) { return p.instrument->family == "guitar"; }},
        {"piano",
         [](const Player& p) {
             return p.instrument->id == "grand-piano" || p.instrument->id == "upright-piano";
         }},
        {"strings", [](const Player& p) { return p.instrument->family == "strings"; }},
        {"synths", [](const Player& p) { return p.instrument->family == "synth"; }},
        {"brass", [](const Player& p) { return p.instrument->family == "brass"; }},
        {"keys", [](const Player& p) { return p.instrument->family == "keys"; }},
        {"electric-piano", [](const Player& p) { return p.instrument->id == "electric-piano"; }},
    };
    for (const std::string& genre : test::all_genres())
        for (const Row& row : rows)
            for (std::uint64_t seed = 0; seed < 5; ++seed) {
                auto plan = plan_for(genre, seed);
                plan.excluded = {std::string(row.excluded)};
                const Band band = hired(plan);
                for (const Player& player : band.players)
                    EXPECT_FALSE(row.is_it(player))
                        << genre << ": no " << row.excluded << ", yet " << player.instrument->id;
                EXPECT_FALSE(band.players.empty());
                EXPECT_NE(band.lead(), nullptr) << genre << " without " << row.excluded;
            }
}

TEST(ChooseBand, Says_so_when_nothing_is_left) {
    auto plan = plan_for("classical-piano");
    plan.only_asked_instruments = true;
    plan.instruments = {{"grand-piano", "piano", false}};
    plan.excluded = {"grand-piano"};
    const auto band = choose_band(plan, test::style_named("classical-piano"), nullptr);
    ASSERT_FALSE(band.has_value());
    EXPECT_EQ(band.error().field, "instruments");
    EXPECT_EQ(band.error().kind, base::Kind::invalid_request);
}

TEST(ChooseBand, Borrows_players_and_their_patterns_for_a_blend) {
    auto plan = plan_for("house");
    plan.second_genre = "jazz-swing";
    plan.blend = 0.4;
    const style::Style& second = test::style_named("jazz-swing");
    const Band band = hired(plan, &second);
    const auto borrowed =
        std::ranges::count_if(band.players, [&](const Player& p) { return p.book == &second.band; });
    EXPECT_GE(borrowed, 2);
    EXPECT_LT(borrowed, std::ssize(band.players));
    const auto drums = std::ranges::find(band.players, Role::drums, &Player::role);
    ASSERT_NE(drums, band.players.end());
    EXPECT_NE(drums->book, &second.band);  // the first style keeps the beat
}

TEST(ChooseBand, Is_the_same_for_the_same_seed_and_varies_with_it) {
    for (const std::string& genre : test::all_genres()) {
        if (genre == "classical-piano") continue;  // a piano is a piano
        std::set<std::string> lineups;
        for (std::uint64_t seed = 0; seed < 12; ++seed) {
            const auto names = [&] {
                std::string text;
                for (const Player& player : hired(plan_for(genre, seed)).players)
                    text += player.instrument->id + " ";
                return text;
            };
            EXPECT_EQ(names(), names());
            lineups.insert(names());
        }
        EXPECT_GE(lineups.size(), 5u) << genre;
    }
}

}  // namespace
}  // namespace mmx::compose
