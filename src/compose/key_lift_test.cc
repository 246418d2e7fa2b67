// The last chorus a step higher, heard in every part.
#include "compose/key_lift.h"

#include <gtest/gtest.h>

#include "compose/compose.h"
#include "compose/test_song.h"
#include "style/instruments.h"

namespace mmx::compose {
namespace {

music::Plan pop_plan(std::uint64_t seed) {
    const style::Style& style = test::style_named("pop");
    music::Plan plan;
    plan.genre = style.id;
    plan.seed = seed;
    plan.bpm = style.genre.bpm_usual;
    plan.metre = *music::parse_metre("4/4");
    plan.key = music::parse_key("C major");
    plan.duration_seconds = 180;
    plan.key_lift = 2;
    plan.key_lift_is_asked = true;
    return plan;
}

music::Score composed(const music::Plan& plan) {
    auto score = compose(plan, test::style_named(plan.genre), nullptr);
    EXPECT_TRUE(score.has_value());
    return score ? std::move(*score) : music::Score{};
}

// Duration of the pitched notes inside a key, as a share, from `from` to `until`.
double share_in(const music::Score& score, const music::Key& key, base::Ticks from, base::Ticks until) {
    double inside = 0, all = 0;
    for (const music::Part& part : score.parts) {
        const style::Instrument* instrument = style::find_instrument(part.instrument);
        if (part.role == music::Role::effects || instrument == nullptr || instrument->drums ||
            instrument->family == "percussion")
            continue;
        for (const music::Note& note : part.notes) {
            if (note.start < from || note.start >= until) continue;
            all += static_cast<double>(note.length.value);
            if (key.contains(note.pitch)) inside += static_cast<double>(note.length.value);
        }
    }
    return all > 0 ? inside / all : 0;
}

TEST(KeyLift, The_last_chorus_and_what_follows_sound_a_step_higher_in_every_part) {
    int lifted = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const music::Score score = composed(pop_plan(seed));
        const music::Key first = *score.sections.front().key, last = *score.sections.back().key;
        if (first == last) continue;  // the tune stands too high already
        ++lifted;
        std::size_t at = 0;
        while (score.sections[at].key == first) ++at;
        EXPECT_EQ(score.sections[at].kind, music::SectionKind::chorus);
        const base::Ticks change = score.bars[static_cast<std::size_t>(score.sections[at].first_bar)].start;
        EXPECT_GT(share_in(score, first, base::Ticks(0), change), 0.85) << seed;
        EXPECT_GT(share_in(score, last, change, score.end), 0.85) << seed;
        // Keys a whole tone apart share five notes of seven.
        EXPECT_GT(share_in(score, last, change, score.end), share_in(score, first, change, score.end) + 0.08);
        // The chords still cover the song without gaps.
        base::Ticks until(0);
        for (const music::ChordEvent& event : score.chords) {
            EXPECT_EQ(event.start, until);
            until = event.start + event.length;
        }
        EXPECT_EQ(until, score.end);
    }
    EXPECT_GE(lifted, 4);
}

TEST(KeyLift, The_song_before_the_lift_is_the_song_without_it_but_for_the_bar_that_leads_there) {
    music::Plan plan = pop_plan(2);
    const music::Score with = composed(plan);
    plan.key_lift = 0;
    const music::Score without = composed(plan);
    const music::Part* a = test::part_with(with, music::Role::lead);
    const music::Part* b = test::part_with(without, music::Role::lead);
    ASSERT_NE(a, nullptr);
    ASSERT_EQ(a->notes.size(), b->notes.size());
    for (std::size_t i = 0; i < a->notes.size(); ++i) {
        EXPECT_EQ(a->notes[i].start, b->notes[i].start);
        const int rise = a->notes[i].pitch - b->notes[i].pitch;
        const bool high = !(with.section_at(a->notes[i].start).key == without.sections.front().key);
        EXPECT_EQ(rise > 0, high) << i;
    }
}

TEST(KeyLift, A_song_without_an_earlier_chorus_and_a_loop_stay_where_they_are) {
    test::Song song = test::make_song();
    song.plan.key_lift = 2;
    std::erase_if(song.score.sections,
                  [](const music::Section& s) { return s.label == "Chorus 2" || s.label == "Chorus 3"; });
    const auto chords = song.score.chords.size();
    lift_last_chorus(song.plan, std::nullopt, song.score);
    EXPECT_EQ(song.score.chords.size(), chords);
    EXPECT_EQ(song.score.sections.back().key, song.plan.key);

    test::Song loop = test::make_song({.ending = music::Ending::loop});
    loop.plan.key_lift = 2;
    lift_last_chorus(loop.plan, std::nullopt, loop.score);
    EXPECT_EQ(loop.score.sections.back().key, loop.plan.key);
}

TEST(KeyLift, The_lead_never_leaves_its_range) {
    test::Song song = test::make_song();
    song.plan.key_lift = 2;
    const style::Instrument* flute = style::find_instrument("flute");
    ASSERT_NE(flute, nullptr);
    int highest = 0;
    for (const music::Note& note : song.score.parts.front().notes) highest = std::max(highest, note.pitch);
    style::Instrument tight = *flute;
    tight.high = highest;
    lift_last_chorus(song.plan, tight.high, song.score);
    EXPECT_EQ(song.score.sections.back().key, song.plan.key);
    tight.high = highest + 1;
    lift_last_chorus(song.plan, tight.high, song.score);
    EXPECT_EQ(song.score.sections.back().key->tonic, song.plan.key->tonic + 1);
}

}  // namespace
}  // namespace mmx::compose
