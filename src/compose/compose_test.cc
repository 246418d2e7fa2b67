// Whole scores, measured as anybody could measure the exported song.
#include "compose/compose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "base/sha256.h"
#include "compose/form.h"
#include "compose/judge.h"
#include "compose/numeral.h"
#include "compose/quotation.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::compose {
namespace {

using music::Ending;
using music::SectionKind;

music::Plan plan_for(const style::Style& style, std::uint64_t seed) {
    music::Plan plan;
    plan.genre = style.id;
    plan.seed = seed;
    plan.bpm = style.genre.bpm_usual;
    plan.metre = style.genre.metres.front();
    plan.energy = style.genre.energy;
    plan.duration_seconds = 90;
    base::Chance chance(seed, base::Stream::plan);
    music::Key key;
    key.tonic = chance.integer(0, 11);
    key.mode = chance.happens(style.genre.minor_share) ? style.genre.minor_modes.front()
                                                       : style.genre.major_modes.front();
    plan.key = key;
    return plan;
}

const style::Style& style_of(std::string_view id) {
    const style::Style* style = style::find_style(id);
    EXPECT_NE(style, nullptr) << id;
    return *style;
}

music::Score song(const music::Plan& plan) {
    auto score = compose(plan, style_of(plan.genre), nullptr);
    EXPECT_TRUE(score.has_value()) << (score ? "" : score.error().tell_user);
    return score ? std::move(*score) : music::Score{};
}

// Ten songs a style as long as its songs usually are, composed once for all tests that only look.
const music::Score& usual_song(const style::Style& style, std::uint64_t seed) {
    static std::map<std::pair<std::string, std::uint64_t>, music::Score> songs;
    const auto found = songs.find({style.id, seed});
    if (found != songs.end()) return found->second;
    music::Plan plan = plan_for(style, seed);
    plan.duration_seconds = style.genre.duration_seconds;
    return songs[{style.id, seed}] = song(plan);
}

const music::Part* lead_of(const music::Score& score) {
    const auto lead = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    return lead == score.parts.end() ? nullptr : &*lead;
}

using BarRow = std::vector<std::array<std::int64_t, 3>>;
std::vector<BarRow> lead_bars(const music::Score& score) {
    std::vector<BarRow> bars(score.bars.size());
    if (const music::Part* lead = lead_of(score))
        for (const music::Note& note : lead->notes) {
            const auto b = static_cast<std::size_t>(score.bar_at(note.start));
            bars[b].push_back({(note.start - score.bars[b].start).value, note.length.value, note.pitch});
        }
    return bars;
}

std::vector<const style::Style*> styles() {
    std::vector<const style::Style*> all;
    const auto read = style::all_styles();
    EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().tell_log);
    if (read)
        for (const style::Style& style : **read) all.push_back(&style);
    return all;
}

TEST(Compose, Every_style_passes_the_score_gates_with_nine_seeds_of_ten) {
    ASSERT_EQ(styles().size(), 12u);
    for (const style::Style* style : styles()) {
        std::map<std::string, int> misses;
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const music::Plan plan = plan_for(*style, seed);
            const music::Score& score = usual_song(*style, seed);
            const Measures m = measure(score);
            const bool ambient = style->id == "ambient", loops = style->composition.loops;
            const auto gate = [&](const char* name, bool passes) { misses[name] += passes ? 0 : 1; };
            gate("chord tones", m.chord_tones >= 0.60 && m.chord_tones <= (ambient ? 1.0 : 0.95));
            gate("downbeats", m.downbeat_chord_tones >= 0.70);
            gate("diatonic", m.diatonic >= 0.85);
            gate("entropy", m.entropy >= (ambient ? 1.8 : 2.2) && m.entropy <= 3.1);
            gate("groove", m.groove >= 0.69 && (loops || m.groove <= 0.95));
            gate("exact bars", m.exact_bars >= 0.10 && m.exact_bars <= (loops ? 0.98 : 0.65));
            gate("rhythm bars", m.rhythm_bars >= 0.40 && m.rhythm_bars <= (loops ? 0.98 : 0.92));
            gate("small intervals", m.small_intervals >= 0.45 && m.small_intervals <= 0.85);
            gate("wide leaps", m.wide_leaps <= 0.12);
            gate("repeated notes", m.repeated_notes <= 0.45);
            gate("chords", m.distinct_chords >= 3);
            const music::Mode mode = plan.key->mode;
            if (mode == music::Mode::major || mode == music::Mode::minor) gate("key", m.key_doubt < 1);
            if (m.has_verse_and_chorus) {
                gate("verse is not chorus", m.verse_in_chorus <= 0.5);
                gate("chorus lifts", m.chorus_lift >= 2 || m.chorus_density >= 1.15);
            }
            gate("quotes nobody", quotations(score) == 0);
            gate("comes home", score.chords.back().chord.root == plan.key->tonic);
        }
        for (const auto& [name, count] : misses) EXPECT_LE(count, 1) << style->id << ": " << name;
    }
}

TEST(Compose, A_chorus_comes_back_with_four_bars_of_five_unchanged) {
    for (const style::Style* style : styles())
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const music::Score& score = usual_song(*style, seed);
            if (style->id == "ambient") continue;  // its regions drift
            const auto bars = lead_bars(score);
            for (const music::Section& section : score.sections) {
                if (section.repeats < 0 || section.kind != SectionKind::chorus) continue;
                const music::Section& model = score.sections[static_cast<std::size_t>(section.repeats)];
                int same = 0, all = 0;
                // The last bar may hold the next section's upbeat or the end.
                for (int b = 0; b + 1 < std::min(section.bars, model.bars); ++b, ++all)
                    same += bars[static_cast<std::size_t>(section.first_bar + b)] ==
                            bars[static_cast<std::size_t>(model.first_bar + b)];
                EXPECT_GE(same, all * 0.8 - 0.5) << style->id << " " << seed << " " << section.label;
            }
        }
}

TEST(Compose, Ten_seeds_are_ten_songs) {
    for (const style::Style* style : styles()) {
        std::vector<std::set<std::vector<int>>> grams;
        std::set<std::string> progressions;
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const music::Score& score = usual_song(*style, seed);
            std::string progression;
            for (const music::ChordEvent& event : score.chords) progression += event.numeral + " ";
            progressions.insert(progression);
            std::set<std::vector<int>> own;
            const music::Part* lead = lead_of(score);
            if (lead != nullptr)
                for (std::size_t i = 4; i < lead->notes.size(); ++i) {
                    std::vector<int> gram;
                    for (std::size_t k = i - 3; k <= i; ++k)
                        gram.push_back(lead->notes[k].pitch - lead->notes[k - 1].pitch);
                    own.insert(gram);
                }
            grams.push_back(std::move(own));
        }
        EXPECT_GE(progressions.size(), 7u) << style->id;
        for (std::size_t a = 0; a < grams.size(); ++a)
            for (std::size_t b = a + 1; b < grams.size(); ++b) {
                std::size_t both = 0;
                for (const auto& gram : grams[a]) both += grams[b].contains(gram);
                const double jaccard =
                    static_cast<double>(both) /
                    static_cast<double>(std::max<std::size_t>(1, grams[a].size() + grams[b].size() - both));
                EXPECT_LE(jaccard, 0.35) << style->id << " " << a + 1 << " " << b + 1;
            }
    }
}

TEST(Compose, The_hook_returns_in_choruses_and_stays_out_of_verses) {
    for (const std::string_view id : {"pop", "rock", "synthwave", "folk-ballad", "reggae"})
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const music::Score& score = usual_song(style_of(id), seed);
            const auto bars = lead_bars(score);
            const auto shape = [&](int bar) {  // rhythm and intervals of a bar
                BarRow row = bars[static_cast<std::size_t>(bar)];
                for (std::size_t i = row.size(); i-- > 0;) row[i][2] -= row[0][2];
                return row;
            };
            const auto first = std::ranges::find(score.sections, SectionKind::chorus, &music::Section::kind);
            if (first == score.sections.end()) continue;
            const BarRow hook = shape(first->first_bar);
            int choruses = 0, with = 0, verse_bars = 0, verse_hooks = 0;
            for (const music::Section& section : score.sections) {
                bool found = false;
                for (int b = 0; b < section.bars; ++b) {
                    const bool here = shape(section.first_bar + b) == hook;
                    found = found || here;
                    if (section.kind == SectionKind::verse) ++verse_bars, verse_hooks += here;
                }
                if (section.kind == SectionKind::chorus) ++choruses, with += found;
            }
            EXPECT_GE(with, choruses * 0.6) << id << " " << seed;
            EXPECT_LE(verse_hooks, verse_bars / 2) << id << " " << seed;
        }
}

TEST(Compose, Every_length_ending_and_metre_lands_within_two_seconds) {
    const auto all = styles();
    int turn = 0;
    for (const double seconds : {10.0, 15.0, 30.0, 45.0, 60.0, 137.0, 210.0, 600.0})
        for (const Ending ending : {Ending::cold, Ending::button, Ending::ring, Ending::fade, Ending::loop})
            for (const std::string_view metre : {"4/4", "3/4", "6/8", "7/8", "5/4", "12/8"}) {
                // All metres at the lengths where bars matter most, some at the others.
                if (seconds != 10 && seconds != 45 && turn++ % (seconds > 200 ? 6 : 3) != 0) continue;
                const style::Style& style = *all[static_cast<std::size_t>(turn++) % all.size()];
                music::Plan plan = plan_for(style, 3);
                plan.metre = *music::parse_metre(metre);
                plan.duration_seconds = seconds;
                plan.duration_is_asked = true;
                plan.ending = ending;
                const music::Score score = song(plan);
                ASSERT_FALSE(score.bars.empty());
                const double bar = score.tempo.to_seconds(plan.metre.bar()).value;
                // A loop has whole bars.
                const double allowed = ending == Ending::loop ? std::max(2.0, bar / 2 + 0.01) : 2.0;
                EXPECT_NEAR(score.length.value, seconds, allowed)
                    << style.id << " " << metre << " " << static_cast<int>(ending);
                EXPECT_NEAR(score.tempo.beats_per_minute(base::Ticks(0), plan.metre.beat()), plan.bpm,
                            plan.bpm * 0.0201);
                if (ending == Ending::loop) {
                    EXPECT_NEAR(score.tempo.to_seconds(score.end).value, score.length.value, 1e-9);
                }
                EXPECT_EQ(score.bars.back().start + score.bars.back().length, score.end);
                EXPECT_EQ(score.metre, plan.metre);
            }
}

TEST(Compose, A_ring_ending_lets_held_notes_go_and_plucked_ones_die_away) {
    for (const std::string_view id : {"pop", "orchestral-film", "jazz-swing", "synthwave"}) {
        music::Plan plan = plan_for(style_of(id), 11);
        plan.ending = Ending::ring;
        plan.duration_seconds = 60;
        plan.duration_is_asked = true;
        const music::Score score = song(plan);
        const double room = ring_out_seconds(style_of(id).mix.reverb.seconds);
        const double bars_end = score.tempo.to_seconds(score.end).value;
        for (const music::Part& part : score.parts)
            for (const music::Note& note : part.notes) {
                const double end = score.tempo.to_seconds(note.start + note.length).value;
                EXPECT_LE(end, score.length.value + 0.01) << id << " " << part.id;
                if (style::find_instrument(part.instrument)->sustains) {
                    EXPECT_LE(end, std::max(bars_end, score.length.value - room) + 0.01)
                        << id << " " << part.id;
                }
            }
    }
}

TEST(Compose, A_fade_lasts_exactly_as_long_as_asked) {
    for (const double seconds : {30.0, 75.0, 90.0, 210.0}) {
        music::Plan plan = plan_for(style_of("ambient"), 3);
        plan.ending = Ending::fade;
        plan.duration_seconds = seconds;
        plan.duration_is_asked = true;
        const music::Score score = song(plan);
        EXPECT_EQ(score.length.value, seconds);
        EXPECT_LE(score.length.value, score.tempo.to_seconds(score.end).value);
    }
}

TEST(Form, No_refrain_comes_three_times_running) {
    for (const style::Style* style : styles())
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            for (const double seconds : {45.0, 60.0, 80.0, 120.0, 210.0}) {
                music::Plan plan = plan_for(*style, seed);
                plan.duration_seconds = seconds;
                plan.duration_is_asked = true;
                const auto form = plan_form(plan, style->composition, style->mix.reverb.seconds);
                ASSERT_TRUE(form);
                for (std::size_t i = 2; i < form->sections.size(); ++i) {
                    const SectionPlan &a = form->sections[i - 2], &b = form->sections[i - 1],
                                      &c = form->sections[i];
                    const bool thrice = is_main(c.kind) && a.kind == b.kind && b.kind == c.kind &&
                                        a.harmony == c.harmony && b.harmony == c.harmony;
                    EXPECT_FALSE(thrice) << style->id << " " << seed << " " << seconds << " " << c.label;
                }
            }
}

TEST(Compose, Asked_tempos_are_kept_to_the_microsecond_even_when_bars_are_long) {
    for (const double bpm : {30.0, 47.0, 61.5, 180.0, 300.0})
        for (const Ending ending : {Ending::cold, Ending::button, Ending::ring, Ending::fade}) {
            music::Plan plan = plan_for(style_of("pop"), 5);
            plan.bpm = bpm;
            plan.bpm_is_asked = true;
            plan.duration_seconds = 33;
            plan.ending = ending;
            const music::Score score = song(plan);
            EXPECT_EQ(score.tempo.changes().front().quarter_microseconds,
                      music::TempoMap::steady(bpm, plan.metre.beat()).changes().front().quarter_microseconds);
            EXPECT_NEAR(score.length.value, 33, 2.0) << bpm << " " << static_cast<int>(ending);
        }
}

TEST(Compose, A_cold_end_leaves_nobody_behind) {
    int held = 0;
    for (const std::string_view id : {"rock", "pop", "folk-ballad", "jazz-swing", "reggae"})
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            music::Plan plan = plan_for(style_of(id), seed);
            plan.ending = Ending::cold;
            const music::Score score = song(plan);
            const music::Part* lead = lead_of(score);
            if (lead == nullptr || lead->notes.empty()) continue;
            const music::Note& last = lead->notes.back();
            if (last.start < score.bars.back().start) continue;
            // Whoever struck with the tune sounds as long as the tune does.
            for (const music::Part& part : score.parts) {
                if (part.role != music::Role::bass && part.role != music::Role::chords) continue;
                if (part.notes.empty() || part.notes.back().start < score.bars.back().start) continue;
                EXPECT_GE(part.notes.back().start + part.notes.back().length, last.start + last.length)
                    << id << " " << seed << " " << part.id;
                ++held;
            }
        }
    EXPECT_GT(held, 10);
}

TEST(Compose, Every_mode_is_harmonised_in_its_own_scale_and_comes_home) {
    for (int mode = 0; mode < music::kModeCount; ++mode)
        for (const std::string_view id : {"pop", "rock", "ambient", "jazz-swing"}) {
            music::Plan plan = plan_for(style_of(id), 7);
            plan.key = music::Key{2, static_cast<music::Mode>(mode), false};
            const music::Score score = song(plan);
            ASSERT_FALSE(score.chords.empty());
            EXPECT_EQ(score.chords.back().chord.root, 2) << id << " " << plan.key->name();
            const Measures m = measure(score);
            EXPECT_GE(m.distinct_chords, 2) << id << " " << plan.key->name();
            EXPECT_GE(m.diatonic, 0.8) << id << " " << plan.key->name();
        }
}

TEST(Compose, Every_metre_can_be_sung_on_its_own_pulses) {
    for (const std::string& name : music::metre_names()) {
        music::Plan plan = plan_for(style_of("folk-ballad"), 2);
        plan.metre = *music::parse_metre(name);
        const music::Score score = song(plan);
        const music::Part* lead = lead_of(score);
        ASSERT_NE(lead, nullptr);
        EXPECT_GT(lead->notes.size(), 12u) << name;
        int on_pulse = 0;
        for (const music::Note& note : lead->notes) {
            const auto& bar = score.bars[static_cast<std::size_t>(score.bar_at(note.start))];
            const auto pulses = plan.metre.pulses();
            on_pulse += std::ranges::find(pulses, note.start - bar.start) != pulses.end();
        }
        EXPECT_GE(on_pulse, static_cast<int>(lead->notes.size()) * 2 / 5) << name;
    }
}

TEST(Compose, The_lead_stays_in_its_instruments_range_and_one_note_at_a_time) {
    for (const style::Style* style : styles()) {
        const music::Score& score = usual_song(*style, 4);
        const music::Part* lead = lead_of(score);
        if (lead == nullptr) continue;
        const style::Instrument* instrument = style::find_instrument(lead->instrument);
        ASSERT_NE(instrument, nullptr);
        for (std::size_t i = 0; i < lead->notes.size(); ++i) {
            const music::Note& note = lead->notes[i];
            EXPECT_GE(note.pitch, instrument->low) << style->id;
            EXPECT_LE(note.pitch, instrument->high) << style->id;
            EXPECT_GT(note.length.value, 0);
            if (i > 0) {
                EXPECT_LE((lead->notes[i - 1].start + lead->notes[i - 1].length).value, note.start.value)
                    << style->id;
            }
        }
    }
}

TEST(Compose, The_same_plan_gives_the_same_score_and_another_seed_another) {
    std::set<std::string> seen;
    for (const style::Style* style : styles()) {
        music::Plan plan = plan_for(*style, 1);
        plan.duration_seconds = style->genre.duration_seconds;
        const std::string once = music::score_to_json(usual_song(*style, 1)),
                          again = music::score_to_json(song(plan));
        EXPECT_EQ(once, again) << style->id;
        EXPECT_TRUE(seen.insert(once).second) << style->id;
        EXPECT_TRUE(seen.insert(music::score_to_json(usual_song(*style, 2))).second) << style->id;
    }
}

TEST(Compose, A_song_without_key_has_no_chords_and_no_tune) {
    music::Plan plan = plan_for(style_of("house"), 1);
    plan.key.reset();
    const music::Score score = song(plan);
    EXPECT_TRUE(score.chords.empty());
    if (const music::Part* lead = lead_of(score)) {
        EXPECT_TRUE(lead->notes.empty());
    }
}

TEST(Form, Sections_that_were_asked_for_are_there_with_their_instruments) {
    music::Plan plan = plan_for(style_of("pop"), 9);
    plan.sections = {{SectionKind::intro, "grand-piano", 8}, {SectionKind::solo, "violin", 0}};
    const music::Score score = song(plan);
    EXPECT_EQ(score.sections.front().kind, SectionKind::intro);
    EXPECT_EQ(score.sections.front().bars, 8);
    EXPECT_TRUE(
        std::ranges::any_of(score.sections, [](const auto& s) { return s.kind == SectionKind::solo; }));
    EXPECT_TRUE(std::ranges::any_of(
        score.parts, [](const auto& p) { return p.role == music::Role::lead && p.instrument == "violin"; }));
}

TEST(Form, Ten_minutes_develop_and_do_not_go_in_circles) {
    for (const std::string_view id : {"pop", "classical-piano"}) {
        music::Plan plan = plan_for(style_of(id), 8);
        plan.duration_seconds = 600;
        const Measures m = measure(song(plan));
        EXPECT_LE(m.exact_bars, 0.8) << id;
        EXPECT_GE(m.distinct_chords, 5) << id;
    }
}

TEST(Quotation, Twelve_notes_of_a_hymn_are_recognised_and_one_changed_note_is_not) {
    // "Bethany" (L. Mason, 1856): places and lengths in quarters, scale degrees from C4.
    constexpr double kBethany[][3] = {{0, 3, 6},  {3, 2, 5},  {5, 1, 4},  {6, 2, 4},  {8, 1, 2},  {9, 3, 2},
                                      {12, 3, 1}, {15, 2, 4}, {17, 1, 6}, {18, 5, 5}, {24, 3, 6}, {27, 2, 5}};
    music::Score score;
    music::Section section;
    section.key = *music::parse_key("C");
    score.sections.push_back(section);
    music::Part lead;
    lead.role = music::Role::lead;
    for (const auto& [at, length, degree] : kBethany)
        lead.notes.push_back(
            {base::Ticks(static_cast<int>(at * 960)), base::Ticks(static_cast<int>(length * 960)),
             section.key->degree_to_pitch(static_cast<int>(degree), 60), 0.7f, music::Articulation::normal});
    score.parts.push_back(lead);
    EXPECT_EQ(quotations(score), 1);
    score.parts.front().notes[5].pitch = 67;
    EXPECT_EQ(quotations(score), 0);
}

TEST(Numeral, Every_progression_of_every_style_can_be_read) {
    for (const style::Style* style : styles())
        for (const style::ModeProgressions& mode : style->composition.harmony.modes)
            for (const style::Progression& progression : mode.progressions)
                for (std::string bar : progression.bars) {
                    bar += ' ';
                    for (std::size_t from = 0; from < bar.size();) {
                        const std::size_t to = bar.find(' ', from);
                        const std::string word = bar.substr(from, to - from);
                        from = to + 1;
                        if (!word.empty()) {
                            EXPECT_TRUE(read_numeral(word, mode.mode)) << style->id << ": " << word;
                        }
                    }
                }
}

TEST(Numeral, Names_the_chords_a_musician_expects) {
    const auto name = [](std::string_view numeral, std::string_view key) {
        const auto tonic = *music::parse_key(key);
        return chord_of(*read_numeral(numeral, tonic.mode), tonic).name(tonic.flats);
    };
    EXPECT_EQ(name("V7/ii", "C"), "A7");
    EXPECT_EQ(name("bVII", "D"), "C");
    EXPECT_EQ(name("VI", "A minor"), "F");
    EXPECT_EQ(name("iiø7", "D minor"), "Em7b5");
    EXPECT_EQ(name("V:3", "C"), "G/B");
    EXPECT_EQ(name("IV:p", "C"), "F/C");
    EXPECT_EQ(name("ii7/V", "C"), "Am7");
    EXPECT_EQ(name("II", "E phrygian"), "F");
}

}  // namespace
}  // namespace mmx::compose
