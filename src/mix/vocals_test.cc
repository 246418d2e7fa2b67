// The desk when somebody sings: levels against the band, ducking, room for words, the voices' plate, hiss.
#include "mix/vocals.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "mix/mix.h"
#include "mix/strip.h"
#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;

// `lines`: from bar to bar, a note on each beat, held to the next.
music::VocalPart singer(const char* id, bool backing, std::vector<std::pair<int, int>> lines) {
    music::VocalPart part;
    part.id = part.name = id;
    part.backing = backing;
    for (const auto& [from, to] : lines) {
        music::SungLine line;
        line.words = {{"la", {{"la", {"l", "aa"}, 1, 1}}, true}};
        for (base::Ticks at(3840 * from); at.value < 3840 * to; at += base::kQuarter)
            line.syllables.push_back({0, 0, {{at, base::kQuarter, 64, 0.7f}}});
        part.lines.push_back(std::move(line));
    }
    return part;
}

// Sung in bars 4-5 and 8-11 of sixteen.
music::Score sung_song(int harmonies = 0) {
    music::Score score = song();
    score.vocals = {singer("vocals", false, {{4, 6}, {8, 12}})};
    for (int i = 0; i < harmonies; ++i) score.vocals.push_back(singer("harmony", true, {{8, 12}}));
    return score;
}

double sum_db(const std::vector<double>& levels) {
    double power = 0;
    for (const double db : levels) power += std::pow(10, db / 10);
    return 10 * std::log10(power);
}

TEST(Vocals, The_lead_stands_3_under_to_4_over_the_whole_band_in_every_genre) {
    for (const std::string& genre : kGenres)
        for (const int harmonies : {0, 3}) {
            const music::Score score = sung_song(harmonies);
            const Console console = set_console(score, {}, style_of(genre));
            std::vector<double> band;
            for (std::size_t i = 0; i < score.parts.size(); ++i)
                band.push_back(console.channels[i].target_lufs);
            const double over = console.channels[score.parts.size()].target_lufs - sum_db(band);
            EXPECT_GE(over, -3) << genre;
            EXPECT_LE(over, 4) << genre;
        }
}

TEST(Vocals, Backing_voices_together_stand_4_to_10_under_the_lead) {
    for (const std::string& genre : kGenres)
        for (const int harmonies : {1, 2, 3}) {
            const music::Score score = sung_song(harmonies);
            const Console console = set_console(score, {}, style_of(genre));
            const std::size_t lead = score.parts.size();
            std::vector<double> behind;
            for (std::size_t i = lead + 1; i < console.channels.size(); ++i)
                behind.push_back(console.channels[i].target_lufs);
            const double under = console.channels[lead].target_lufs - sum_db(behind);
            EXPECT_GE(under, 4) << genre << " " << harmonies;
            EXPECT_LE(under, 10) << genre << " " << harmonies;
        }
}

TEST(Vocals, Words_bridge_a_breath_and_end_in_a_rest) {
    music::Score score = song();
    // Four beats, half a second of breath, four beats; a rest of two bars; four beats more.
    score.vocals = {singer("vocals", false, {{4, 5}, {8, 9}})};
    auto second = singer("vocals", false, {{5, 6}}).lines.front();
    for (auto& syllable : second.syllables) syllable.notes.front().start += base::kQuarter;
    score.vocals.front().lines.insert(score.vocals.front().lines.begin() + 1, second);
    const Curve words = words_of(score, kRate);
    const auto at = [&](double seconds) { return words.at(static_cast<std::int64_t>(seconds * kRate)); };
    EXPECT_EQ(at(7), 0);
    EXPECT_EQ(at(8), 1) << "the band has made way when the first word comes";
    EXPECT_EQ(at(10.25), 1) << "a breath is no pause";
    EXPECT_EQ(at(14), 0) << "in a rest the band is back";
    EXPECT_EQ(at(16), 1);
    EXPECT_EQ(words_of(song(), kRate).at(8 * kRate), 0) << "nobody sings";
}

// The level at which a strip leaves steady noise, second by second.
std::vector<double> levels_of(const Channel& channel, music::Role role, const Song& desk) {
    base::flush_denormals_on_this_thread();
    Strip strip(channel, role, 0, desk);
    audio::StereoBuffer sound = noise(19 * kRate, 0.1, 3, true);
    strip.process(sound.view());
    std::vector<double> levels;
    for (std::size_t second = 0; second < 19; ++second)
        levels.push_back(power_db(std::as_const(sound).view().part(second * kRate, kRate)));
    return levels;
}

TEST(Vocals, No_genre_ducks_its_band_by_more_than_3_dB_which_would_be_heard_as_pumping) {
    for (const std::string& genre : kGenres) EXPECT_LE(style_of(genre).mix.vocals.duck_db, 3) << genre;
}

TEST(Vocals, The_band_makes_way_under_words_by_what_its_genre_says_and_drums_by_less) {
    for (const std::string genre : {"pop", "house", "jazz-swing"}) {
        const style::Style style = style_of(genre);
        const music::Score score = sung_song();
        const Console console = set_console(score, {}, style);
        Song desk{Automation(score, console.automation, kRate), Pump(score, {}, kRate), kRate, Curve()};
        Song with_words = desk;
        with_words.words = words_of(score, kRate);
        for (std::size_t part = 0; part < score.parts.size(); ++part) {
            const music::Role role = score.parts[part].role;
            const auto plain = levels_of(console.channels[part], role, desk),
                       under = levels_of(console.channels[part], role, with_words);
            const bool low = role == music::Role::drums || role == music::Role::bass;
            const double wanted = (low ? 0.3 : 1.0) * style.mix.vocals.duck_db;
            EXPECT_NEAR(plain[10] - under[10], wanted, 0.05) << genre << " " << score.parts[part].id;
            EXPECT_NEAR(plain[18] - under[18], wanted, 0.05) << genre << " " << score.parts[part].id;
            EXPECT_NEAR(plain[14] - under[14], 0, 0.01) << genre << ": nobody sings in bar 7";
        }
        const Channel& lead = console.channels[score.parts.size()];
        EXPECT_EQ(lead.under_words_db, 0) << genre << ": a singer does not make way for himself";
    }
}

// Noise between two frequencies after a strip, in dB.
double band_db(const Channel& channel, music::Role role, double low, double high) {
    base::flush_denormals_on_this_thread();
    const music::Score score = song();
    const Song desk{Automation(score, {}, kRate), Pump(score, {}, kRate), kRate, Curve()};
    Strip strip(channel, role, 0, desk);
    audio::StereoBuffer sound = noise(4 * kRate, 0.02, 3, true);
    strip.process(sound.view());
    const std::array filters = {audio::high_pass(low, 0.707, kRate), audio::low_pass(high, 0.707, kRate)};
    audio::StereoCascade(std::span<const audio::BiquadCoefficients>(filters)).process(sound.view());
    return power_db(std::as_const(sound).view().part(kRate, 2 * kRate));
}

TEST(Vocals, Chords_and_pads_leave_1_to_4_kHz_to_the_words_and_the_bass_does_not) {
    for (const char* genre : {"pop", "rock", "synthwave", "ambient"}) {
        const style::Style style = style_of(genre);
        const Console sung = set_console(sung_song(), {}, style), played = set_console(song(), {}, style);
        const music::Score score = song();
        for (std::size_t part = 0; part < score.parts.size(); ++part) {
            const music::Role role = score.parts[part].role;
            if (role == music::Role::lead) continue;
            // Against its own low end: levels as a whole are another matter.
            const auto middle = [&](const Console& console) {
                Channel channel = console.channels[part];
                channel.style.compress = channel.style.drive = 0;
                return band_db(channel, role, 1500, 3200) - band_db(channel, role, 250, 450);
            };
            const double room = middle(played) - middle(sung);
            if (role == music::Role::chords || role == music::Role::pad) {
                EXPECT_GT(room, 0.5 * style.mix.vocals.room_db) << genre << " " << score.parts[part].id;
            }
            if (role == music::Role::bass) {
                EXPECT_NEAR(room, 0, 0.05) << genre;
            }
        }
    }
}

TEST(Vocals, A_low_voice_is_given_more_presence) {
    music::VocalPart high = singer("vocals", false, {{0, 2}}), low = high;
    for (music::SungSyllable& syllable : low.lines.front().syllables) syllable.notes.front().pitch -= 12;
    const style::MixStyle mix = style_of("folk-ballad").mix;
    const auto at_3_kHz = [&](const music::VocalPart& part) {
        return band_db(vocal_channel(part, mix), music::Role::lead, 2500, 4000);
    };
    EXPECT_GT(at_3_kHz(low), at_3_kHz(high) + 1);
}

TEST(Vocals, Only_songs_that_are_sung_have_the_voices_plate_and_only_voices_go_there) {
    const auto has_plate = [](const music::Score& score) {
        const Mixer mixer(score, {}, style_of("pop"), kRate);
        return std::ranges::any_of(mixer.returns(), [](const Return& r) { return r.id == "vocal-reverb"; });
    };
    EXPECT_TRUE(has_plate(sung_song()));
    EXPECT_FALSE(has_plate(song()));
    for (const std::string& genre : kGenres) {
        const music::Score score = sung_song(1);
        const Console console = set_console(score, {}, style_of(genre));
        for (std::size_t i = 0; i < console.channels.size(); ++i)
            EXPECT_EQ(console.channels[i].plate_db > -60, i >= score.parts.size()) << genre;
        const Channel &lead = console.channels[score.parts.size()], &harmony = console.channels.back();
        EXPECT_GT(harmony.plate_db, lead.plate_db) << genre << ": who stands behind is further away";
        EXPECT_LE(harmony.style.delay_db, -60) << genre << ": echoes are for the lead";
    }
}

// A vowel of two partials with an s in its middle third: 0.5 s at the level `s_db` under the vowel.
audio::StereoBuffer vowel_and_s(double s_db) {
    audio::StereoBuffer sound = tone(kRate * 3 / 2, 220, 0.2), high = tone(kRate * 3 / 2, 660, 0.1);
    audio::StereoBuffer hiss = noise(kRate / 2, 1, 9, true);
    const std::array filters = {audio::high_pass(6000, 0.54, kRate), audio::high_pass(6000, 1.31, kRate)};
    audio::StereoCascade(std::span<const audio::BiquadCoefficients>(filters)).process(hiss.view());
    const double vowel_db = power_db(sound.left);
    const auto gain = static_cast<float>(std::pow(10, (vowel_db - s_db - power_db(hiss.left)) / 20));
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const bool hisses = i >= kRate / 2 && i < kRate;
        sound.left[i] = sound.right[i] =
            hisses ? gain * hiss.left[i - kRate / 2] : sound.left[i] + high.left[i];
    }
    return sound;
}

TEST(DeEsser, A_loud_s_is_held_back_and_vowels_and_soft_consonants_are_left_alone) {
    base::flush_denormals_on_this_thread();
    for (const double under : {0.0, 4.0, 16.0}) {
        const audio::StereoBuffer before = vowel_and_s(under);
        audio::StereoBuffer after = before;
        DeEsser(kRate).process(after.view());
        const auto change = [&](std::size_t first) {
            return power_db(std::as_const(after).view().part(first, kRate / 3)) -
                   power_db(before.view().part(first, kRate / 3));
        };
        EXPECT_NEAR(change(kRate / 8), 0, 0.1) << "the vowel";
        const double wanted = -0.8 * std::max(8 - under, 0.0);
        EXPECT_NEAR(change(kRate * 5 / 8), wanted, under > 8 ? 0.3 : 2) << "an s " << under << " dB under";
    }
}

TEST(P04_DeEsser, Gives_the_same_bits_however_the_song_is_cut) {
    base::flush_denormals_on_this_thread();
    audio::StereoBuffer whole = vowel_and_s(2), cut = whole;
    DeEsser(kRate).process(whole.view());
    DeEsser in_pieces(kRate);
    for (std::size_t first = 0, piece = 1; first < cut.frames(); piece = piece * 7 % 3001 + 1) {
        const std::size_t count = std::min(piece, cut.frames() - first);
        in_pieces.process(cut.view().part(first, count));
        first += count;
    }
    EXPECT_EQ(whole.left, cut.left);
    EXPECT_EQ(whole.right, cut.right);
}

}  // namespace
}  // namespace mmx::mix
