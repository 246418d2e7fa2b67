// Sung songs, measured on their scores: every syllable once, stresses on beats, breath, range, what comes
// again.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "compose/compose.h"
#include "compose/manner.h"
#include "compose/setting.h"
#include "music/lrc.h"
#include "music/midi.h"
#include "speech/speech.h"
#include "style/style.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::SectionKind;

constexpr std::string_view kLyrics =
    "[Verse 1]\nThe rain is falling on the town tonight\nI count the windows and I see no light\n"
    "A train is leaving and I hear it call\nThe shadows lengthen on the garden wall\n"
    "[Chorus]\nOh carry me home (carry me)\nWherever you go\nOh carry me home\nI want you to know\n"
    "[Verse 2: piano only]\nThe morning finds me on an empty street\nThe city wakens underneath my feet\n"
    "A paper blows along the market square\nI turn around and find there's no one there\n"
    "[Guitar Solo, 8 bars]\n[Chorus]\nOh carry me home (carry me)\nWherever you go\nOh carry me home\nI want "
    "you to "
    "know\n";

const style::Style& style_of(std::string_view id) {
    const style::Style* style = style::find_style(id);
    EXPECT_NE(style, nullptr) << id;
    return *style;
}

music::Plan plan_for(std::string_view style_id, std::uint64_t seed, std::string_view text = kLyrics) {
    const style::Style& style = style_of(style_id);
    music::Plan plan;
    plan.genre = style.id;
    plan.seed = seed;
    plan.bpm = style.genre.bpm_usual;
    plan.metre = style.genre.metres.front();
    plan.energy = style.genre.energy;
    plan.key = music::Key{static_cast<int>(seed * 5 % 12), style.genre.major_modes.front(), false};
    const auto lyrics = music::parse_lyrics(text);
    EXPECT_TRUE(lyrics.has_value());
    plan.lyrics = *lyrics;
    plan.instrumental = false;
    plan.voice = seed % 2 == 0 ? "soft" : "male";
    return plan;
}

music::Score song(const music::Plan& plan) {
    auto score = compose(plan, style_of(plan.genre), nullptr);
    EXPECT_TRUE(score.has_value()) << (score ? "" : score.error().tell_user);
    return score ? std::move(*score) : music::Score{};
}

// Songs that tests only look at are composed once.
const music::Score& usual_song(std::string_view id, std::uint64_t seed) {
    static std::map<std::pair<std::string, std::uint64_t>, music::Score> songs;
    const auto [at, fresh] = songs.try_emplace({std::string(id), seed});
    if (fresh) at->second = song(plan_for(id, seed));
    return at->second;
}

const music::VocalPart* part_named(const music::Score& score, std::string_view id) {
    const auto found = std::ranges::find(score.vocals, id, &music::VocalPart::id);
    return found == score.vocals.end() ? nullptr : &*found;
}

const music::VocalPart& lead_of(const music::Score& score) {
    const music::VocalPart* lead = part_named(score, "vocals");
    EXPECT_NE(lead, nullptr);
    static const music::VocalPart none;
    return lead == nullptr ? none : *lead;
}

std::vector<music::SungNote> notes_of(const music::VocalPart& part) {
    std::vector<music::SungNote> notes;
    for (const auto& line : part.lines)
        for (const auto& syllable : line.syllables)
            notes.insert(notes.end(), syllable.notes.begin(), syllable.notes.end());
    return notes;
}

int strength_at(const music::Score& score, Ticks at) {
    return score.metre.strength(at - score.bars[static_cast<std::size_t>(score.bar_at(at))].start);
}

// On a beat, or half a beat early and held across it.
bool is_on_a_beat(const music::Score& score, const music::SungSyllable& syllable) {
    const Ticks start = syllable.notes.front().start;
    const Ticks end = syllable.notes.back().start + syllable.notes.back().length;
    return strength_at(score, start) >= 1 || (strength_at(score, start + base::kEighth) >= 1 &&
                                              end >= start + base::kEighth + base::kSixteenth);
}

// Syllables of the lead's lines as speech reads them, in the order of the song.
std::vector<std::string> written_syllables(const music::Plan& plan, bool backing) {
    std::vector<std::string> texts;
    const auto read = speech::read_lyrics(plan.lyrics);
    EXPECT_TRUE(read.has_value());
    for (const auto& section : *read)
        for (const auto& line : section)
            for (const auto& word : line.words)
                if (word.backing == backing)
                    for (const auto& syllable : word.sung.syllables) texts.push_back(syllable.text);
    return texts;
}

std::vector<std::string> sung_syllables(const music::VocalPart& part) {
    std::vector<std::string> texts;
    for (const auto& line : part.lines)
        for (const auto& syllable : line.syllables)
            texts.push_back(line.words[static_cast<std::size_t>(syllable.word)]
                                .syllables[static_cast<std::size_t>(syllable.syllable)]
                                .text);
    return texts;
}

const std::vector<std::string_view>& styles() {
    static const std::vector<std::string_view> ids = {
        "pop",   "folk-ballad",  "rock",    "jazz-swing", "bossa-nova",
        "house", "lofi-hip-hop", "ambient", "reggae",     "orchestral-film"};
    return ids;
}

TEST(P01_Sung, Every_syllable_is_sung_once_and_in_order) {
    for (const std::string_view id : styles())
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const music::Plan plan = plan_for(id, seed);
            const music::Score& score = usual_song(id, seed);
            EXPECT_EQ(sung_syllables(lead_of(score)), written_syllables(plan, false)) << id << " " << seed;
            const music::VocalPart* backing = part_named(score, "backing-vocals");
            ASSERT_NE(backing, nullptr) << id;
            EXPECT_EQ(sung_syllables(*backing), written_syllables(plan, true)) << id << " " << seed;
        }
}

TEST(P01_Sung, Notes_of_one_singer_never_overlap_and_a_melisma_has_no_gap) {
    for (const std::string_view id : styles()) {
        const music::Score& score = usual_song(id, 1);
        for (const music::VocalPart& part : score.vocals) {
            Ticks end(0);
            for (const auto& line : part.lines)
                for (const auto& syllable : line.syllables)
                    for (std::size_t i = 0; i < syllable.notes.size(); ++i) {
                        const music::SungNote& note = syllable.notes[i];
                        EXPECT_GT(note.length.value, 0);
                        EXPECT_GE(note.start, end) << id << " " << part.id << " " << line.text;
                        if (i > 0) {
                            EXPECT_EQ(note.start, end) << id << " " << line.text;
                        }
                        end = note.start + note.length;
                    }
            EXPECT_LE(end, score.end) << "the last word is not cut";
        }
    }
}

TEST(P02_Sung, Stresses_of_words_that_matter_fall_on_beats) {
    for (const std::string_view id : styles()) {
        int stressed = 0, on_beat = 0;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const music::Score& score = usual_song(id, seed);
            for (const auto& line : lead_of(score).lines)
                for (const auto& syllable : line.syllables) {
                    const music::Word& word = line.words[static_cast<std::size_t>(syllable.word)];
                    if (!word.is_content ||
                        word.syllables[static_cast<std::size_t>(syllable.syllable)].stress == 0)
                        continue;
                    ++stressed;
                    on_beat += is_on_a_beat(score, syllable);
                }
        }
        EXPECT_GE(on_beat, stressed * 3 / 4) << id;
    }
}

TEST(P02_Sung, A_syllable_has_a_note_or_little_more) {
    for (const std::string_view id : styles())
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const music::Score& score = usual_song(id, seed);
            const double syllables = static_cast<double>(sung_syllables(lead_of(score)).size());
            const double notes = static_cast<double>(notes_of(lead_of(score)).size());
            EXPECT_GE(notes / syllables, 1.0) << id;
            EXPECT_LE(notes / syllables, 1.3) << id;
        }
}

TEST(P02_Sung, The_tune_stays_where_the_voice_sings) {
    for (const std::string_view id : styles())
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const music::Plan plan = plan_for(id, seed);
            const VoiceCompass compass = voice_compass(plan.voice);
            int low = 127, high = 0;
            for (const auto& note : notes_of(lead_of(usual_song(id, seed)))) {
                low = std::min(low, note.pitch);
                high = std::max(high, note.pitch);
            }
            EXPECT_GE(low, compass.low) << id << " " << seed;
            EXPECT_LE(high, compass.high) << id << " " << seed;
            EXPECT_LE(high - low, 19) << id << " " << seed;
            EXPECT_GE(high - low, 8) << id << " " << seed;
        }
}

TEST(P02_Sung, Between_lines_there_is_a_breath_and_words_are_no_patter) {
    for (const std::string_view id : styles()) {
        const music::Score& score = usual_song(id, 2);
        const auto seconds = [&](Ticks at) { return score.tempo.to_seconds(at).value; };
        Ticks end(0);
        std::vector<double> steps;
        for (const auto& line : lead_of(score).lines) {
            const Ticks start = line.syllables.front().notes.front().start;
            if (end > Ticks(0)) {
                EXPECT_GE(seconds(start) - seconds(end), 0.09) << id << ": " << line.text;
            }
            for (std::size_t i = 0; i + 1 < line.syllables.size(); ++i)
                steps.push_back(seconds(line.syllables[i + 1].notes.front().start) -
                                seconds(line.syllables[i].notes.front().start));
            end = line.syllables.back().notes.back().start + line.syllables.back().notes.back().length;
        }
        std::ranges::sort(steps);
        EXPECT_GE(steps.front(), 0.11) << id;
        EXPECT_GE(steps[steps.size() / 2], 0.2) << id;
    }
}

TEST(P02_Sung, A_chorus_comes_back_as_it_was) {
    for (const std::string_view id : styles()) {
        music::Plan plan = plan_for(id, 3);
        plan.key_lift = 0;
        const music::Score score = song(plan);
        std::map<int, std::vector<std::pair<std::int64_t, int>>> choruses;
        for (const auto& line : lead_of(score).lines) {
            const music::Section& section = score.sections[static_cast<std::size_t>(line.section)];
            if (section.kind != SectionKind::chorus) continue;
            const Ticks from = score.bars[static_cast<std::size_t>(section.first_bar)].start;
            for (const auto& syllable : line.syllables)
                for (const auto& note : syllable.notes)
                    choruses[line.section].push_back({(note.start - from).value, note.pitch});
        }
        ASSERT_EQ(choruses.size(), 2u) << id;
        const auto &first = choruses.begin()->second, &second = choruses.rbegin()->second;
        int same = 0;
        for (const auto& note : first) same += std::ranges::count(second, note) > 0;
        EXPECT_GE(same * 10, static_cast<int>(first.size()) * 8) << id;
    }
}

TEST(P02_Sung, Verses_share_their_tune_with_the_changes_that_the_words_need) {
    int same = 0, all = 0;
    for (const std::string_view id : styles()) {
        const music::Score& score = usual_song(id, 3);
        std::map<int, std::set<std::pair<std::int64_t, int>>> verses;
        for (const auto& line : lead_of(score).lines) {
            const music::Section& section = score.sections[static_cast<std::size_t>(line.section)];
            if (section.kind != SectionKind::verse) continue;
            const Ticks from = score.bars[static_cast<std::size_t>(section.first_bar)].start;
            for (const auto& syllable : line.syllables)
                for (const auto& note : syllable.notes)
                    verses[line.section].insert({(note.start - from).value, note.pitch});
        }
        ASSERT_EQ(verses.size(), 2u) << id;
        for (const auto& note : verses.begin()->second) {
            ++all;
            same += verses.rbegin()->second.contains(note);
        }
    }
    EXPECT_GE(same * 100, all * 55);
    EXPECT_LT(same, all) << "other words are not sung note for note";
}

TEST(P02_Sung, The_lead_instrument_steps_back_while_somebody_sings) {
    for (const std::string_view id : styles()) {
        const music::Score& score = usual_song(id, 2);
        std::vector<music::SungNote> sung = notes_of(lead_of(score));
        int together = 0, played = 0;
        for (const music::Part& part : score.parts) {
            if (part.role != music::Role::lead) continue;
            for (const music::Note& note : part.notes) {
                ++played;
                together += std::ranges::any_of(sung, [&](const music::SungNote& other) {
                    return note.start < other.start + other.length && note.start + note.length > other.start;
                });
            }
        }
        EXPECT_LE(together * 20, played + 20) << id;
    }
}

TEST(P02_Sung, Sections_of_the_words_are_the_form) {
    const music::Score score = song(plan_for("pop", 6));
    std::vector<SectionKind> kinds;
    for (const music::Section& section : score.sections)
        if (section.kind != SectionKind::intro && section.kind != SectionKind::outro)
            kinds.push_back(section.kind);
    EXPECT_EQ(kinds, (std::vector{SectionKind::verse, SectionKind::chorus, SectionKind::verse,
                                  SectionKind::solo, SectionKind::chorus}));
    for (const music::Section& section : score.sections) {
        if (section.kind == SectionKind::solo) {
            EXPECT_EQ(section.bars, 8);
        }
        if (!section.lyric_lines.empty()) {
            EXPECT_EQ(section.bars % 2, 0) << section.label;
        }
    }
}

TEST(P02_Sung, Harmonies_sing_the_leads_words_beside_it_and_stay_in_key) {
    int notes = 0, dissonant = 0;
    for (const std::string_view id : styles()) {
        const music::Score& score = usual_song(id, 2);
        for (const music::VocalPart& part : score.vocals) {
            if (!part.id.starts_with("harmony")) continue;
            EXPECT_TRUE(part.backing);
            for (const auto& note : notes_of(part)) {
                ++notes;
                const auto key = score.section_at(note.start).key;
                const auto* chord = score.chord_at(note.start + note.length / 2);
                dissonant += key && !key->contains(note.pitch) &&
                             (chord == nullptr || !chord->chord.contains(note.pitch));
            }
            for (const auto& line : part.lines)
                EXPECT_EQ(score.sections[static_cast<std::size_t>(line.section)].kind, SectionKind::chorus);
        }
    }
    EXPECT_GT(notes, 50);
    EXPECT_EQ(dissonant, 0);
}

TEST(P01_Sung, A_choir_sings_throughout_in_harmony) {
    music::Plan plan = plan_for("orchestral-film", 2);
    plan.choir = true;
    const music::Score score = song(plan);
    EXPECT_GT(lead_of(score).singers, 4);
    ASSERT_NE(part_named(score, "harmony-1"), nullptr);
    ASSERT_NE(part_named(score, "harmony-2"), nullptr);
    EXPECT_EQ(part_named(score, "harmony-1")->lines.size(), lead_of(score).lines.size());
}

TEST(P02_Sung, Rap_goes_in_time_with_more_words_a_bar) {
    music::Plan sung = plan_for("lofi-hip-hop", 3);
    music::Plan rap = sung;
    rap.delivery = music::Delivery::rap;
    const music::Score slow = song(sung), fast = song(rap);
    EXPECT_EQ(lead_of(fast).delivery, music::Delivery::rap);
    EXPECT_LT(fast.length.value, slow.length.value);
    EXPECT_EQ(sung_syllables(lead_of(fast)), written_syllables(rap, false));
    for (const auto& note : notes_of(lead_of(fast))) EXPECT_EQ(note.start.value % base::kSixteenth.value, 0);
    EXPECT_EQ(part_named(fast, "harmony-1"), nullptr);
}

TEST(P02_Sung, A_song_without_key_is_spoken_in_rhythm) {
    music::Plan plan = plan_for("house", 2);
    plan.key.reset();
    const music::Score score = song(plan);
    EXPECT_EQ(lead_of(score).delivery, music::Delivery::rap);
    EXPECT_EQ(sung_syllables(lead_of(score)), written_syllables(plan, false));
}

TEST(P02_Sung, Too_many_words_for_the_time_are_refused_with_the_seconds_they_need) {
    music::Plan plan = plan_for("pop", 6);
    plan.duration_is_asked = true;
    plan.duration_seconds = 20;
    const auto refused = compose(plan, style_of("pop"), nullptr);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().field, "duration_seconds");
    EXPECT_EQ(refused.error().kind, base::Kind::invalid_request);
    const std::string& text = refused.error().tell_user;
    const std::size_t at = text.find("at least ");
    ASSERT_NE(at, std::string::npos) << text;
    // What it says is enough is enough.
    plan.duration_seconds = std::stod(text.substr(at + 9)) + 2;
    const auto accepted = compose(plan, style_of("pop"), nullptr);
    EXPECT_TRUE(accepted.has_value()) << (accepted ? "" : accepted.error().tell_user);
}

TEST(P02_Sung, More_words_than_ten_minutes_hold_are_refused) {
    std::string text = "[Verse]\n";
    while (text.size() < 7900) text += "walking down the empty street at midnight once again\n";
    const auto refused = compose(plan_for("ambient", 1, text), style_of("ambient"), nullptr);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().field, "lyrics");
}

TEST(P02_Sung, Lines_without_words_and_empty_sections_are_no_trouble) {
    const music::Plan plan = plan_for(
        "pop", 1, "[Intro]\n***\n[Verse]\n\xF0\x9F\x94\xA5\nHello there\n[Chorus]\n[Outro]\n(ooh)\n");
    const music::Score score = song(plan);
    EXPECT_EQ(sung_syllables(lead_of(score)), written_syllables(plan, false));
    ASSERT_NE(part_named(score, "backing-vocals"), nullptr);
}

TEST(P04_Sung, The_same_plan_sings_the_same) {
    for (const std::string_view id : {"pop", "jazz-swing"}) {
        const std::string once = music::score_to_json(song(plan_for(id, 9)));
        EXPECT_EQ(once, music::score_to_json(song(plan_for(id, 9))));
        EXPECT_NE(once.find("\"vocals\""), std::string::npos);
    }
}

TEST(P05_Sung, Synced_lyrics_tell_every_word_when_it_is_sung) {
    const music::Score score = song(plan_for("pop", 2));
    const auto lines = music::timed_lines(score);
    std::size_t words = 0;
    double last = 0;
    for (const auto& line : lines) {
        EXPECT_GE(line.start.value, last);
        last = line.start.value;
        double at = line.start.value;
        for (const auto& word : line.words) {
            ++words;
            EXPECT_GE(word.start.value, at - 1e-9);
            EXPECT_GT(word.end.value, word.start.value);
            at = word.start.value;
        }
    }
    std::size_t written = 0;
    const auto read = speech::read_lyrics(plan_for("pop", 2).lyrics);
    for (const auto& section : *read)
        for (const auto& line : section) written += line.words.size();
    EXPECT_EQ(words, written);
    const std::string lrc = music::score_to_lrc(score);
    EXPECT_NE(lrc.find("> rain <"), std::string::npos) << lrc;
    EXPECT_NE(lrc.find("> (carry <"), std::string::npos) << lrc;
}

TEST(P05_Sung, The_midi_file_has_a_lyric_event_for_every_syllable_of_every_singer) {
    const music::Score score = song(plan_for("pop", 2));
    std::size_t syllables = 0;
    for (const music::VocalPart& part : score.vocals) syllables += sung_syllables(part).size();
    const auto file = music::score_to_midi(score, {});
    const std::string bytes(file.begin(), file.end());
    std::size_t events = 0;
    for (std::size_t at = bytes.find("\xff\x05"); at != std::string::npos;
         at = bytes.find("\xff\x05", at + 2))
        ++events;
    EXPECT_EQ(events, syllables);
    EXPECT_NE(bytes.find("vocals"), std::string::npos);
    EXPECT_EQ(static_cast<unsigned char>(bytes[11]), score.parts.size() + score.vocals.size() + 1);
}

TEST(WordSetting, A_line_of_iambs_lands_on_the_beats) {
    const auto line = speech::read_line("The rain is falling on the town tonight", 1);
    ASSERT_TRUE(line.has_value());
    const auto phrases = phrases_of(*line, 0, 20);
    ASSERT_EQ(phrases.size(), 1u);
    const music::Metre metre;
    SettingTaste taste;
    base::Chance luck(1, base::Stream::singing);
    const Rhythm rhythm =
        set_words(phrases[0].syllables, metre,
                  {metre.bar() * 4, -metre.beat(), metre.bar() * 4 - base::kQuarter}, {}, taste, luck);
    ASSERT_EQ(rhythm.size(), 10u);
    for (std::size_t k = 0; k < rhythm.size(); ++k) {
        if (phrases[0].syllables[k].weight >= 0.8) {
            EXPECT_GE(metre.strength(((rhythm[k].at % metre.bar()) + metre.bar()) % metre.bar()), 1) << k;
        }
        if (k > 0) {
            EXPECT_GE(rhythm[k].at, rhythm[k - 1].at + rhythm[k - 1].length);
        }
    }
}

TEST(WordSetting, Long_lines_are_cut_where_the_writing_pauses) {
    const auto line = speech::read_line(
        "I dream of Jeannie with the light brown hair, Borne like a vapor on the summer air, I see her "
        "tripping",
        1);
    ASSERT_TRUE(line.has_value());
    const auto phrases = phrases_of(*line, 0, 12);
    ASSERT_EQ(phrases.size(), 3u);
    EXPECT_EQ(phrases[0].text, "i dream of jeannie with the light brown hair ");
    EXPECT_EQ(phrases[1].text, "borne like a vapor on the summer air ");
}

}  // namespace
}  // namespace mmx::compose
