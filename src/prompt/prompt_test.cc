// What prompts are taken to mean: one folder in tests/prompts for each, with the prompt and what must come of
// it.
#include "prompt/prompt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

#include "music/fields.h"
#include "prompt/genre_tree.h"
#include "style/style.h"

namespace mmx::prompt {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

music::SongRequest request_of(const std::string& prompt, std::uint64_t seed = 7) {
    music::SongRequest request;
    request.prompt = prompt;
    request.seed = seed;
    return request;
}

music::Plan plan_of(const std::string& prompt, std::uint64_t seed = 7) {
    auto plan = understand(request_of(prompt, seed));
    EXPECT_TRUE(plan) << prompt << ": " << plan.error().tell_log;
    return plan ? *plan : music::Plan();
}

std::string decision(const music::Plan& plan, const std::string& field) {
    for (const music::Decision& one : plan.decisions)
        if (one.field == field) return one.because;
    return {};
}

std::vector<std::string> ids_of(const music::Plan& plan, bool leads_only) {
    std::vector<std::string> ids;
    for (const music::AskedInstrument& one : plan.instruments)
        if (one.lead || !leads_only) ids.push_back(one.id);
    return ids;
}

bool has_message(const music::Plan& plan, const std::string& part) {
    return std::ranges::any_of(
        plan.messages, [&](const std::string& message) { return message.find(part) != std::string::npos; });
}

// Compares one expected field; a name this does not know is a broken fixture.
void check(const std::string& name, const Json& want, const music::Plan& plan) {
    const auto ids = ids_of(plan, false);
    if (name == "genre")
        EXPECT_EQ(plan.genre, want.get<std::string>());
    else if (name == "asked_genre")
        EXPECT_EQ(plan.asked_genre, want.get<std::string>());
    else if (name == "second_genre")
        EXPECT_EQ(plan.second_genre, want.get<std::string>());
    else if (name == "bpm")
        EXPECT_EQ(plan.bpm, want.get<double>());
    else if (name == "bpm_above")
        EXPECT_GT(plan.bpm, want.get<double>());
    else if (name == "bpm_below")
        EXPECT_LT(plan.bpm, want.get<double>());
    else if (name == "key_lift")
        EXPECT_EQ(plan.key_lift > 0, want.get<bool>());
    else if (name == "bpm_is_asked")
        EXPECT_EQ(plan.bpm_is_asked, want.get<bool>());
    else if (name == "key")
        EXPECT_EQ(plan.key ? plan.key->name() : "none", want.get<std::string>());
    else if (name == "key_is_asked")
        EXPECT_EQ(decision(plan, "key").find("said in") != std::string::npos, want.get<bool>());
    else if (name == "mode")
        EXPECT_EQ(plan.key ? music::facts(plan.key->mode).name : "", want.get<std::string>());
    else if (name == "minor")
        EXPECT_EQ(plan.key && music::facts(plan.key->mode).minor_third, want.get<bool>());
    else if (name == "metre")
        EXPECT_EQ(plan.metre.name(), want.get<std::string>());
    else if (name == "duration_seconds")
        EXPECT_DOUBLE_EQ(plan.duration_seconds, want.get<double>());
    else if (name == "duration_is_asked")
        EXPECT_EQ(plan.duration_is_asked, want.get<bool>());
    else if (name == "ending")
        EXPECT_EQ(music::ending_name(plan.ending), want.get<std::string>());
    else if (name == "title")
        EXPECT_EQ(plan.title, want.get<std::string>());
    else if (name == "instruments")
        EXPECT_EQ(ids, want.get<std::vector<std::string>>());
    else if (name == "instruments_include") {
        for (const Json& id : want) EXPECT_TRUE(std::ranges::count(ids, id.get<std::string>()) > 0) << id;
    } else if (name == "lead")
        EXPECT_EQ(ids_of(plan, true), want.get<std::vector<std::string>>());
    else if (name == "only")
        EXPECT_EQ(plan.only_asked_instruments, want.get<bool>());
    else if (name == "excluded")
        EXPECT_EQ(plan.excluded, want.get<std::vector<std::string>>());
    else if (name == "not_understood")
        EXPECT_EQ(plan.not_understood, want.get<std::vector<std::string>>());
    else if (name == "substitutions") {
        std::vector<std::string> asked;
        for (const music::Substitution& one : plan.substitutions) asked.push_back(one.asked);
        EXPECT_EQ(asked, want.get<std::vector<std::string>>());
    } else if (name == "sections") {
        std::vector<std::string> kinds;
        for (const music::AskedSection& one : plan.sections)
            kinds.emplace_back(music::section_name(one.kind));
        EXPECT_EQ(kinds, want.get<std::vector<std::string>>());
    } else if (name == "section_instruments") {
        std::vector<std::string> players;
        for (const music::AskedSection& one : plan.sections) players.push_back(one.instrument);
        EXPECT_EQ(players, want.get<std::vector<std::string>>());
    } else if (name == "section_bars") {
        std::vector<int> bars;
        for (const music::AskedSection& one : plan.sections) bars.push_back(one.bars);
        EXPECT_EQ(bars, want.get<std::vector<int>>());
    } else if (name == "valence_above")
        EXPECT_GT(plan.valence, want.get<double>());
    else if (name == "valence_below")
        EXPECT_LT(plan.valence, want.get<double>());
    else if (name == "arousal_below")
        EXPECT_LT(plan.arousal, want.get<double>());
    else if (name == "energy_above")
        EXPECT_GT(plan.energy, want.get<double>());
    else if (name == "warmth_at_least")
        EXPECT_GE(plan.production.warmth, want.get<double>());
    else if (name == "reverb_at_least")
        EXPECT_GE(plan.production.reverb, want.get<double>());
    else if (name == "swing")
        EXPECT_EQ(plan.swing.value_or(-1), want.get<double>());
    else if (name == "messages_with")
        EXPECT_TRUE(has_message(plan, want.get<std::string>())) << Json(plan.messages);
    else if (name == "messages_without")
        EXPECT_FALSE(has_message(plan, want.get<std::string>())) << Json(plan.messages);
    else
        ADD_FAILURE() << "plan.json names '" << name << "', which the test does not know";
}

TEST(Prompt, Every_folder_of_prompts_is_read_as_it_says) {
    int folders = 0;
    for (const auto& folder : fs::directory_iterator(std::string(MMX_SOURCE_DIR) + "/tests/prompts")) {
        if (!folder.is_directory()) continue;
        ++folders;
        std::string prompt = text_of(folder.path() / "prompt.txt");
        while (prompt.ends_with('\n')) prompt.pop_back();
        const Json expected = Json::parse(text_of(folder.path() / "plan.json"));
        const music::Plan plan = plan_of(prompt);
        SCOPED_TRACE(folder.path().filename().string() + ": " + prompt);
        for (const auto& [name, want] : expected.items()) {
            SCOPED_TRACE(name);
            check(name, want, plan);
        }
    }
    EXPECT_GE(folders, 40);
}

TEST(Prompt, Every_genre_of_the_taxonomy_leads_to_a_style) {
    const auto tree = genre_tree();
    ASSERT_TRUE(tree) << tree.error().tell_log;
    std::set<std::string> names;
    for (const TreeGenre& genre : **tree) {
        names.insert(genre.name);
        const music::Plan plan = plan_of(genre.name);
        EXPECT_NE(style::find_style(plan.genre), nullptr) << genre.name;
        // A genre that is not one of ours is owned up to, unless it is an everyday word.
        EXPECT_FALSE(decision(plan, "genre").empty()) << genre.name;
    }
    EXPECT_GE(names.size(), 1568u);
}

TEST(Prompt, A_song_without_a_seed_is_a_defect_of_the_caller) {
    music::SongRequest request;
    request.prompt = "jazz";
    const auto plan = understand(request);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().kind, base::Kind::internal);
}

TEST(Prompt, P02_every_decision_names_its_evidence) {
    const music::Plan plan = plan_of("rainy jazz");
    for (const char* field : {"title", "genre", "bpm", "key", "time_signature", "instruments",
                              "duration_seconds", "ending", "voice"})
        EXPECT_FALSE(decision(plan, field).empty()) << field;
    for (const music::Decision& one : plan.decisions) EXPECT_FALSE(one.because.empty()) << one.field;
}

TEST(Prompt, Fields_count_before_the_prompt_and_contradictions_are_told) {
    music::SongRequest request = request_of("sad rock, 90 bpm in D minor, 3/4, two minutes, no piano");
    request.bpm = 120;
    request.key = music::KeyChoice{*music::parse_key("E major")};
    request.time_signature = *music::parse_metre("4/4");
    request.duration_seconds = 60;
    request.ending = music::Ending::loop;
    request.instruments = {"piano", "no bass"};
    const auto plan = understand(request);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->bpm, 120);
    EXPECT_EQ(plan->key->name(), "E major");
    EXPECT_EQ(plan->metre.name(), "4/4");
    EXPECT_EQ(plan->duration_seconds, 60);
    EXPECT_EQ(plan->ending, music::Ending::loop);
    EXPECT_EQ(ids_of(*plan, false), (std::vector<std::string>{"grand-piano"}));
    EXPECT_EQ(plan->excluded, (std::vector<std::string>{"bass"}));
    EXPECT_TRUE(has_message(*plan, "The prompt says 90 bpm; the bpm field says 120, and the field counts."));
    EXPECT_TRUE(has_message(*plan, "D minor"));
    EXPECT_TRUE(has_message(*plan, "3/4"));
    EXPECT_TRUE(has_message(*plan, "two minutes"));
    EXPECT_TRUE(has_message(*plan, "excludes piano"));
}

TEST(Prompt, The_same_seed_decides_the_same_and_seeds_differ) {
    std::set<std::string> keys, titles;
    std::set<double> tempos;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const music::Plan one = plan_of("a rock song", seed), again = plan_of("a rock song", seed);
        EXPECT_EQ(one.key->name(), again.key->name());
        EXPECT_EQ(one.bpm, again.bpm);
        EXPECT_EQ(one.title, again.title);
        EXPECT_EQ(one.bpm, static_cast<double>(static_cast<int>(one.bpm)));
        keys.insert(one.key->name());
        tempos.insert(one.bpm);
        titles.insert(one.title);
    }
    EXPECT_GE(keys.size(), 6u);
    EXPECT_GE(tempos.size(), 6u);
    EXPECT_GE(titles.size(), 4u);
}

TEST(Prompt, Tempo_stays_in_the_genres_range_when_nothing_is_said) {
    for (const style::Style& style : **style::all_styles())
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const music::Plan plan = plan_of(style.genre.name, seed);
            EXPECT_EQ(plan.genre, style.id);
            EXPECT_GE(plan.bpm, style.genre.bpm_low) << style.id;
            EXPECT_LE(plan.bpm, style.genre.bpm_high) << style.id;
        }
}

TEST(Prompt, Sad_words_make_minor_and_happy_words_major_in_most_genres) {
    for (const char* genre : {"pop", "rock", "folk", "jazz", "classical piano", "ambient"})
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            EXPECT_TRUE(
                music::facts(plan_of(std::string("a sad, mournful ") + genre + " piece", seed).key->mode)
                    .minor_third);
            EXPECT_FALSE(
                music::facts(plan_of(std::string("a happy, joyful ") + genre + " piece", seed).key->mode)
                    .minor_third);
        }
}

TEST(Prompt, Titles_are_short_and_never_empty) {
    for (const char* prompt :
         {"x", "rain", "a song about the sea and the city at night in winter with snow and fire and stars",
          "雨の夜", "!!!", "rock"}) {
        const music::Plan plan = plan_of(prompt);
        EXPECT_GE(plan.title.size(), 3u);
        EXPECT_LE(*music::count_code_points(plan.title), 60u);
    }
    music::SongRequest request = request_of("folk");
    request.lyrics = "[Verse]\nDown the road\n[Chorus]\nCarry me home, river,\ncarry me home";
    EXPECT_EQ(understand(request)->title, "Carry me home, river");
    request.title = "Mine";
    EXPECT_EQ(understand(request)->title, "Mine");
}

base::Error refusal(const std::string& prompt, const std::string& lyrics, const std::string& voice = {}) {
    music::SongRequest request = request_of(prompt);
    request.lyrics = lyrics;
    request.voice = voice;
    const auto plan = understand(request);
    EXPECT_FALSE(plan.has_value()) << prompt;
    return plan ? base::Error() : plan.error();
}

TEST(P02_Voice, Words_to_be_sung_contradict_an_instrumental) {
    const base::Error said = refusal("instrumental folk", "[Verse]\nHello");
    EXPECT_EQ(said.field, "lyrics");
    EXPECT_NE(said.tell_user.find("'instrumental'"), std::string::npos) << said.tell_user;
    EXPECT_EQ(refusal("pop, no vocals", "Hello").field, "lyrics");
    EXPECT_EQ(refusal("pop", "Hello", "none").field, "voice");
    // A part of the song without voice is no song without voice, and tags alone are no words.
    for (const char* prompt : {"pop with an instrumental intro", "rock with a long instrumental break"}) {
        music::SongRequest request = request_of(prompt);
        request.lyrics = "[Verse]\nHello";
        EXPECT_TRUE(understand(request).has_value()) << prompt;
    }
    music::SongRequest tags = request_of("instrumental pop");
    tags.lyrics = "[Intro]\n[Verse]\n[Chorus]";
    ASSERT_TRUE(understand(tags).has_value());
    EXPECT_TRUE(understand(tags)->instrumental);
}

TEST(P02_Voice, The_prompt_chooses_voice_and_manner) {
    struct Case {
        const char *prompt, *voice;
        bool choir;
        music::Delivery delivery;
    };
    for (const Case& one :
         {Case{"dream pop, breathy female vocals", "soft", false, music::Delivery::sung},
          Case{"rock with male vocals", "male", false, music::Delivery::sung},
          Case{"synthwave, robotic vocals", "vocoder", false, music::Delivery::sung},
          Case{"pop with powerful female vocals", "bright", false, music::Delivery::sung},
          Case{"epic orchestral with choir", "soft", true, music::Delivery::sung},
          Case{"lo-fi beat with a rapper", "male", false, music::Delivery::rap},
          Case{"ambient, spoken word, male voice", "male", false, music::Delivery::spoken}}) {
        music::SongRequest request = request_of(one.prompt);
        request.lyrics = "[Verse]\nHello there my friend";
        const auto plan = understand(request);
        ASSERT_TRUE(plan.has_value()) << one.prompt << ": " << plan.error().tell_user;
        EXPECT_FALSE(plan->instrumental);
        EXPECT_EQ(plan->voice, one.voice) << one.prompt;
        EXPECT_EQ(plan->choir, one.choir) << one.prompt;
        EXPECT_EQ(plan->delivery, one.delivery) << one.prompt;
        EXPECT_FALSE(decision(*plan, "voice").empty());
    }
    music::SongRequest request = request_of("rock with male vocals");
    request.lyrics = "Hello";
    request.voice = "bright";
    EXPECT_EQ(understand(request)->voice, "bright") << "the field counts";
    request.voice = "baritone";
    ASSERT_FALSE(understand(request).has_value());
    EXPECT_EQ(understand(request).error().field, "voice");
}

TEST(P02_Voice, Every_style_has_somebody_who_sings_when_nobody_is_named) {
    for (const char* prompt :
         {"pop", "rock", "folk", "jazz", "house", "lo-fi hip hop", "ambient", "reggae"}) {
        std::set<std::string> voices;
        for (std::uint64_t seed = 1; seed <= 24; ++seed) {
            music::SongRequest request = request_of(prompt, seed);
            request.lyrics = "Hello";
            voices.insert(understand(request)->voice);
        }
        EXPECT_GE(voices.size(), 2u) << prompt;
        for (const std::string& voice : voices)
            EXPECT_TRUE(voice == "soft" || voice == "bright" || voice == "male" || voice == "vocoder")
                << voice;
    }
}

TEST(P02_Voice, What_cannot_be_sung_is_refused_before_anything_is_made) {
    const base::Error foreign =
        refusal("pop", "[Verse]\nHello my friend\nIch liebe dich und du bist mein Herz\n");
    EXPECT_EQ(foreign.field, "lyrics");
    EXPECT_NE(foreign.tell_user.find("line 3"), std::string::npos) << foreign.tell_user;
    EXPECT_EQ(refusal("pop", "{read|QQ}").field, "lyrics");
}

TEST(Prompt, An_empty_prompt_with_lyrics_is_a_neutral_song) {
    music::SongRequest request = request_of("");
    request.lyrics = "One line";
    const auto plan = understand(request);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->genre, "pop");
}

TEST(Prompt, Two_thousand_signs_of_anything_are_read_in_a_moment) {
    plan_of("warm up");
    std::mt19937 chance(1);
    const std::vector<std::string> bricks = {
        "no ",    "jazz ",       "drums, ",        "7/8 ",        "120 ",  "bpm ",
        "a ",     "and a half ", "minutes ",       "不",          "🎸",     "F# ",
        "minor ", "without ",    "solo ",          "- ",          "((",    "::",
        "١٢ ",    "é",           "\xcc\x81",       "piano ",      "only ", "in ",
        "E ",     "bar ",        "intro ",         "instead of ", "r&b ",  "½ ",
        "ﬁ",      "less ",       "9999999999999 ", "1:30 ",       "80s ",  ". "};
    for (int round = 0; round < 60; ++round) {
        std::string prompt;
        while (*music::count_code_points(prompt) < 1990) prompt += bricks[chance() % bricks.size()];
        const auto started = std::chrono::steady_clock::now();
        const music::Plan plan = plan_of(prompt, static_cast<std::uint64_t>(round));
        const double ms =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
        EXPECT_LT(ms, 200) << "20 ms are usual; the rest is for a busy machine";
        EXPECT_GE(plan.bpm, 30);
        EXPECT_LE(plan.bpm, 300);
        EXPECT_GE(plan.duration_seconds, 10);
        EXPECT_LE(plan.duration_seconds, 600);
        EXPECT_GE(plan.energy, 0);
        EXPECT_LE(plan.energy, 1);
        EXPECT_LE(plan.instruments.size(), 12u);
    }
}

TEST(Prompt, Unknown_instruments_of_the_field_are_told_not_refused) {
    music::SongRequest request = request_of("folk");
    request.instruments = {"flumphorn", "erhu", "sax solo"};
    const auto plan = understand(request);
    EXPECT_TRUE(has_message(*plan, "'flumphorn' is not known"));
    EXPECT_EQ(ids_of(*plan, false), (std::vector<std::string>{"violin", "tenor-sax"}));
    EXPECT_EQ(ids_of(*plan, true), (std::vector<std::string>{"tenor-sax"}));
}

}  // namespace
}  // namespace mmx::prompt
