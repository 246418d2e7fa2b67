// The record as JSON: strict on the way in, exact on the way out and back.
#include "music/record_json.h"

#include <gtest/gtest.h>

namespace mmx::music {
namespace {

std::string refusal(const std::string& json) {
    const auto request = parse_record(json);
    return request ? "" : request.error().tell_user;
}

SongRequest full_request() {
    SongRequest request;
    request.prompt = "Ein Walzer für \"Anna\" \\ 雨";
    request.lyrics = "[Verse]\nHello\n";
    request.title = "T";
    request.bpm = 82.25;
    request.key = KeyChoice{parse_key("F# dorian")};
    request.time_signature = parse_metre("7/8 (3+2+2)");
    request.instruments = {"piano", "no drums"};
    request.duration_seconds = 61.5;
    request.ending = Ending::loop;
    request.sample_rate = 44100;
    request.seed = 18446744073709551615u;
    request.voice = "none";
    request.preset = "natural";
    request.inference = {0.1, 0.2, 0.3, 0.4, 1.0};
    return request;
}

void expect_same(const SongRequest& a, const SongRequest& b) {
    EXPECT_EQ(a.prompt, b.prompt);
    EXPECT_EQ(a.lyrics, b.lyrics);
    EXPECT_EQ(a.title, b.title);
    EXPECT_EQ(a.bpm, b.bpm);
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.time_signature, b.time_signature);
    EXPECT_EQ(a.instruments, b.instruments);
    EXPECT_EQ(a.duration_seconds, b.duration_seconds);
    EXPECT_EQ(a.ending, b.ending);
    EXPECT_EQ(a.sample_rate, b.sample_rate);
    EXPECT_EQ(a.seed, b.seed);
    EXPECT_EQ(a.voice, b.voice);
    EXPECT_EQ(a.engine, b.engine);
    EXPECT_EQ(a.preset, b.preset);
    EXPECT_EQ(a.inference.variation, b.inference.variation);
    EXPECT_EQ(a.inference.complexity, b.inference.complexity);
    EXPECT_EQ(a.inference.energy, b.inference.energy);
    EXPECT_EQ(a.inference.humanise, b.inference.humanise);
    EXPECT_EQ(a.inference.swing, b.inference.swing);
}

TEST(Record, P03_a_request_comes_back_as_it_was_written) {
    const SongRequest request = full_request();
    const auto again = parse_record(write_request(request));
    ASSERT_TRUE(again) << again.error().tell_user;
    expect_same(request, *again);
    SongRequest small;
    small.prompt = "x";
    expect_same(small, *parse_record(write_request(small)));
}

TEST(Record, P04_a_stored_record_gives_back_its_request_and_all_it_holds) {
    StoredRecord record;
    record.request = full_request();
    record.decided = full_request();
    record.decided.bpm = 90;
    record.decided.duration_seconds = 9.5;
    record.genre = "rock";
    record.asked_genre = "metal";
    record.decisions = {{"bpm", "90", "from 'slow'"}};
    record.not_understood = {"raccoon"};
    record.substitutions = {{"erhu", "violin"}};
    record.messages = {"hello"};
    record.engine = "embedded";
    record.engine_version = "1";
    record.sounds_hash = "abc";
    record.samples_sha256 = "def";
    record.created_at = "2031-05-04T12:00:00Z";
    const std::string json = write_stored_record(record);
    const auto request = parse_record(json);
    ASSERT_TRUE(request) << request.error().tell_user;
    expect_same(*request, record.request);
    const auto again = parse_stored_record(json);
    ASSERT_TRUE(again) << again.error().tell_user;
    EXPECT_EQ(write_stored_record(*again), json);
    EXPECT_EQ(*again->decided.bpm, 90);
    EXPECT_EQ(*again->decided.duration_seconds, 9.5) << "it may end a little before what can be asked";
    EXPECT_EQ(again->substitutions[0].given, "violin");
}

TEST(Record, Unknown_fields_are_named_with_the_one_that_was_meant) {
    EXPECT_EQ(refusal(R"({"prompt":"x","tempo":90})"), "unknown field 'tempo'; did you mean 'bpm'?");
    EXPECT_NE(refusal(R"({"prompt":"x","inference":{"zing":1}})").find("unknown field 'zing'"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"prompt":"x","inference.swing":1})"), "");
}

TEST(Record, Wrong_types_are_refused_by_field) {
    for (const char* json : {R"({"prompt":5})",
                             R"({"prompt":"x","bpm":"90"})",
                             R"({"prompt":"x","bpm":true})",
                             R"({"prompt":"x","bpm":[90]})",
                             R"({"prompt":"x","instruments":"piano"})",
                             R"({"prompt":"x","instruments":[1]})",
                             R"({"prompt":"x","seed":-1})",
                             R"({"prompt":"x","seed":1.5})",
                             R"({"prompt":"x","inference":3})",
                             R"({"prompt":"x","key":{}})",
                             R"({"prompt":"x","bpm":NaN})",
                             R"({"prompt":"x","bpm":1e999})",
                             R"({"prompt":"x","seed":18446744073709551616})",
                             R"([])",
                             R"("x")",
                             R"({"prompt":"x"} x)",
                             R"({"prompt":"x","prompt":"y"})",
                             "",
                             "{",
                             R"({"prompt":"\ud800"})"})
        EXPECT_NE(refusal(json), "") << json;
    EXPECT_EQ(refusal(R"({"prompt":"x","bpm":null,"seed":"123"})"), "");
}

TEST(Record, Depth_and_size_are_limited) {
    EXPECT_NE(refusal(std::string(400000, '[')).find("deep"), std::string::npos);
    EXPECT_NE(refusal("{\"prompt\":\"" + std::string(200000, 'x') + "\"}").find("at most"),
              std::string::npos);
}

TEST(Record, The_longest_lyrics_fit_even_when_escaped) {
    SongRequest request;
    for (int i = 0; i < 8000; ++i) request.lyrics += "語";
    EXPECT_TRUE(parse_record(write_request(request)));
}

TEST(Record, P03_an_empty_text_is_a_field_left_out) {
    const auto request = parse_record(R"({"prompt": "pop", "engine": "", "preset": "", "title": ""})");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->engine, SongRequest().engine);
    EXPECT_EQ(request->preset, SongRequest().preset);
    const auto again = parse_record(write_request(*request));
    ASSERT_TRUE(again);
    EXPECT_EQ(write_request(*again), write_request(*request));
}

TEST(Record, A_seed_may_be_a_number_or_a_text) {
    EXPECT_EQ(*parse_record(R"({"prompt":"x","seed":"18446744073709551615"})")->seed, 18446744073709551615u);
    EXPECT_EQ(*parse_record(R"({"prompt":"x","seed":18446744073709551615})")->seed, 18446744073709551615u);
}

}  // namespace
}  // namespace mmx::music
