#include "mix/automation.h"

#include "mix/pump.h"
#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;

TEST(Curve, Eases_between_its_points_without_steps) {
    Curve curve(1);
    curve.glide(1000, 2000, 3);
    curve.glide(5000, 5100, 0);
    EXPECT_EQ(curve.at(0), 1);
    EXPECT_EQ(curve.at(1500), 2);
    EXPECT_EQ(curve.at(3000), 3);
    EXPECT_EQ(curve.at(9000), 0);
    for (int i = 1; i < 6000; ++i) ASSERT_LT(std::abs(curve.at(i) - curve.at(i - 1)), 0.05);
}

TEST(Automation, Chorus_is_lifted_over_the_verse_and_a_build_rises) {
    const Automation automation(song(), {1.5, 1, 0.1, style::Sweep::none, style::Sweep::none}, kRate);
    const auto level = [&](double seconds) {
        return automation.level_db.at(static_cast<std::int64_t>(seconds * kRate));
    };
    EXPECT_NEAR(level(22) - level(4), 1.5, 0.01);  // energy 0.9 against 0.4
    EXPECT_GT(level(15.5), level(9) + 1.2);
    EXPECT_GT(automation.brightness_db.at(22 * kRate), automation.brightness_db.at(4 * kRate) + 0.9);
    for (std::int64_t i = 32; i < 35 * kRate; i += 32)
        ASSERT_LT(std::abs(automation.level_db.at(i) - automation.level_db.at(i - 32)), 0.05);
}

TEST(Automation, Fade_is_smooth_and_ends_at_exactly_zero) {
    music::Score score = song();
    score.ending = music::Ending::fade;
    const Automation automation(score, {}, kRate);
    EXPECT_GE(automation.fade_to - automation.fade_from, 8 * kRate);
    EXPECT_EQ(automation.fade(automation.fade_from - 1), 1);
    double before = 1;
    for (std::int64_t i = automation.fade_from; i < automation.frames; i += 32) {
        const double now = automation.fade(i);
        ASSERT_LE(now, before);
        ASSERT_LT(before - now, 0.001);
        before = now;
    }
    for (std::int64_t i = automation.frames - kRate / 20; i < automation.frames + 100; ++i)
        ASSERT_EQ(automation.fade(i), 0);
}

TEST(Automation, Other_endings_ring_freely_and_a_loop_is_never_faded) {
    music::Score score = song();
    for (const auto ending : {music::Ending::ring, music::Ending::cold, music::Ending::button}) {
        score.ending = ending;
        const Automation automation(score, {}, kRate);
        EXPECT_EQ(automation.fade(33 * kRate), 1);  // the bars end at 32 s, the audio at 35
        EXPECT_EQ(automation.fade(35 * kRate - kRate / 20), 0);
    }
    score.ending = music::Ending::loop;
    score.length = base::Seconds(32);
    const Automation automation(score, {}, kRate);
    EXPECT_EQ(automation.fade(32 * kRate), 1);
    EXPECT_EQ(automation.fade(40 * kRate), 1);
}

TEST(Automation, A_held_last_chord_is_held_ever_more_softly) {
    music::Score score = song();
    score.ending = music::Ending::ring;
    // Over the last bar, from 30 s, and 1.2 s more.
    const base::Ticks from = score.bars.back().start;
    for (music::Part& part : score.parts)
        std::erase_if(part.notes, [&](const music::Note& note) { return note.start >= from; });
    score.parts[0].notes.push_back({from, score.tempo.to_ticks(base::Seconds(33.2)) - from, 60, 0.7f});
    const Automation automation(score, {}, kRate);
    const auto level = [&](double seconds) {
        return automation.level_db.at(static_cast<std::int64_t>(seconds * kRate));
    };
    EXPECT_NEAR(level(30.1) - level(33.3), 10, 0.01);
    for (std::int64_t i = 30 * kRate; i < 35 * kRate; i += 32)
        ASSERT_LT(std::abs(automation.level_db.at(i) - automation.level_db.at(i - 32)), 0.05);
    // What dies away by itself is left to do so.
    score.parts[0].notes.back().length = score.tempo.to_ticks(score.length) - from;
    const Automation free(score, {}, kRate);
    EXPECT_EQ(free.level_db.at(30 * kRate), free.level_db.at(34 * kRate));
}

TEST(Throws, Open_on_the_last_note_before_each_new_section) {
    const music::Score score = song();
    const Curve lead = throws(score, score.parts[0], kRate);
    // Sections change at 8, 16 and 24 s; the last beat begins half a second before.
    for (double bar_line : {8.0, 16.0, 24.0}) {
        EXPECT_EQ(lead.at(static_cast<std::int64_t>((bar_line - 0.4) * kRate)), 1);
        EXPECT_EQ(lead.at(static_cast<std::int64_t>((bar_line - 0.6) * kRate)), 0);
        EXPECT_EQ(lead.at(static_cast<std::int64_t>((bar_line + 0.6) * kRate)), 0);
    }
    EXPECT_EQ(lead.at(4 * kRate), 0);
}

TEST(Pump, Follows_tempo_and_swing) {
    music::Score score = song();
    score.swing = 1;
    score.parts[4].notes = {{base::Ticks(480), base::Ticks(100), 36, 1.0f},
                            {base::Ticks(1920), base::Ticks(100), 38, 1.0f}};
    const Pump pump(score, {4, 0.2}, kRate);
    ASSERT_EQ(pump.kicks().size(), 1u);
    // A full swing puts the second eighth at three quarters of the beat: 0.375 s at 120.
    EXPECT_NEAR(static_cast<double>(pump.kicks()[0]), 0.375 * kRate, 1);
    EXPECT_EQ(pump.db_at(pump.kicks()[0]), -4);
    EXPECT_EQ(pump.db_at(pump.kicks()[0] - kRate / 100), 0);
    EXPECT_EQ(pump.db_at(pump.kicks()[0] + kRate / 3), 0);
}

}  // namespace
}  // namespace mmx::mix
