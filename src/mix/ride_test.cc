#include "mix/ride.h"

#include "mix/automation.h"
#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;

// The verse is left to the chords, which play softly; the band enters with a fill in its last bar.
music::Score lonely_verse() {
    music::Score score = song();
    for (music::Part& part : score.parts)
        std::erase_if(part.notes, [&](music::Note& note) {
            const bool verse = note.start < score.bars[4].start;
            if (verse) note.velocity = 0.45f;
            if (verse && part.role == music::Role::drums && note.start >= score.bars[3].start) {
                note.velocity = 1.0f;
                return false;
            }
            return verse && part.role != music::Role::chords;
        });
    return score;
}

Console console_of(const music::Score& score, const char* genre) {
    music::Plan plan;
    return set_console(score, plan, style_of(genre));
}

TEST(Ride, A_lone_instrument_is_brought_up_and_the_full_band_left_alone) {
    const music::Score score = lonely_verse();
    const auto rides = ride(score, console_of(score, "pop"));
    ASSERT_EQ(rides.size(), score.sections.size());
    EXPECT_GT(rides[0].db, 3);
    EXPECT_LE(rides[0].db, 10);
    EXPECT_EQ(rides[2].db, 0);
}

TEST(Ride, Is_down_before_the_fill_that_leads_the_band_in_and_moves_smoothly) {
    const music::Score score = lonely_verse();
    const Console console = console_of(score, "pop");
    const auto rides = ride(score, console);
    EXPECT_EQ(rides[0].until, score.bars[3].start);
    const Automation with(score, console.automation, kRate, rides);
    const Automation without(score, console.automation, kRate);
    const auto extra = [&](double seconds) {
        const auto frame = static_cast<std::int64_t>(seconds * kRate);
        return with.level_db.at(frame) - without.level_db.at(frame);
    };
    EXPECT_GT(extra(1), 3);
    EXPECT_NEAR(extra(6), 0, 0.01);   // the fill begins at 6 s; a build has the hand of what it leads to
    EXPECT_NEAR(extra(17), 0, 0.01);  // the chorus begins at 16 s
    for (std::int64_t i = 32; i < 35 * kRate; i += 32)
        ASSERT_LT(std::abs(with.level_db.at(i) - with.level_db.at(i - 32)), 0.05);
}

TEST(Ride, A_song_of_even_fullness_is_not_touched) {
    music::Score score = song();
    for (music::Part& part : score.parts)
        for (music::Note& note : part.notes) note.velocity = 0.7f;
    for (const Ride& one : ride(score, console_of(score, "rock"))) EXPECT_EQ(one.db, 0);
}

TEST(Ride, A_form_longer_than_its_bars_does_no_harm) {
    music::Score score = song();
    score.bars.resize(5);
    EXPECT_EQ(ride(score, console_of(score, "rock")).size(), score.sections.size());
}

}  // namespace
}  // namespace mmx::mix
