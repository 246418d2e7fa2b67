// The singing room by its front door: what depends on nothing but the score, and what is said when a file is
// missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

#include "voice/borders.h"
#include "voice/labels.h"
#include "voice/timing.h"
#include "voice/voice.h"

namespace mmx::voice {
namespace {

constexpr int kRate = 48000;

// "Rain falls again": four syllables on four notes, and a rest.
music::Score song(int singers, const std::string& voice) {
    music::SungLine line;
    line.words = {{"Rain", {{"Rain", {"r", "ey", "n"}, 1, 1}}, true},
                  {"falls", {{"falls", {"f", "ao", "l", "z"}, 1, 1}}, true},
                  {"again", {{"a", {"ah"}, 0, 0}, {"gain", {"g", "eh", "n"}, 1, 1}}, true}};
    line.syllables = {{0, 0, {}}, {1, 0, {}}, {2, 0, {}}, {2, 1, {}}};
    base::Ticks at = base::kQuarter;
    const std::array pitches = {60, 64, 62, 65};
    for (std::size_t i = 0; i < 4; ++i) {
        line.syllables[i].notes = {{at, base::kQuarter, pitches[i], 0.7f}};
        at += base::kQuarter;
    }
    music::Score score;
    score.seed = 3;
    score.tempo = music::TempoMap::steady(120, base::kQuarter);
    for (int bar = 0; bar < 2; ++bar) score.bars.push_back({base::Ticks(3840 * bar), base::kWhole, 0});
    score.sections.emplace_back();
    score.sections.front().bars = 2;
    score.end = base::kWhole * 2;
    score.length = base::Seconds(4);
    music::VocalPart part;
    part.id = "vocals";
    part.voice = voice;
    part.singers = singers;
    part.lines = {line};
    score.vocals = {part};
    return score;
}

audio::StereoBuffer sung(const music::Score& score, std::size_t chunk, unsigned threads) {
    base::Tasks tasks(threads);
    auto model = open_voice();
    if (!model) throw std::runtime_error(model.error().tell_user);
    auto singing = Singing::prepare(score, kRate, *model, tasks);
    if (!singing) throw std::runtime_error(singing.error().tell_log);
    audio::StereoBuffer out(4 * kRate, kRate);
    for (std::size_t first = 0; first < out.frames(); first += chunk)
        singing->render(0, out.view().part(first, std::min(chunk, out.frames() - first)));
    return out;
}

double power(const audio::StereoBuffer& sound, double from, double to) {
    double sum = 0;
    for (auto i = static_cast<std::size_t>(from * kRate); i < static_cast<std::size_t>(to * kRate); ++i)
        sum += static_cast<double>(sound.left[i]) * static_cast<double>(sound.left[i]);
    return sum / ((to - from) * kRate);
}

TEST(P04_Singing, The_sound_does_not_depend_on_how_it_is_cut_or_on_threads) {
    for (const std::string voice : {"soft", "male", "vocoder"}) {
        const music::Score score = song(2, voice);
        const audio::StereoBuffer whole = sung(score, 4 * kRate, 1), cut = sung(score, 1777, 2);
        EXPECT_TRUE(whole.left == cut.left && whole.right == cut.right) << voice;
    }
}

TEST(P02_Singing, It_sounds_while_there_are_notes_and_is_silent_otherwise) {
    const audio::StereoBuffer sound = sung(song(1, "soft"), 96000, 1);
    EXPECT_GT(power(sound, 0.6, 2.4), 1e-4);
    EXPECT_LT(power(sound, 3.0, 4.0), 1e-9);
    for (const float x : sound.left) ASSERT_TRUE(std::isfinite(x) && std::abs(x) < 4.0f);
}

TEST(Singing, Doubles_are_wide_and_one_singer_stands_in_the_middle) {
    const audio::StereoBuffer one = sung(song(1, "bright"), 96000, 1),
                              three = sung(song(3, "bright"), 96000, 1);
    EXPECT_TRUE(one.left == one.right);
    EXPECT_FALSE(three.left == three.right);
}

TEST(Singing, Voices_differ_in_more_than_pitch) {
    const audio::StereoBuffer soft = sung(song(1, "soft"), 96000, 1),
                              bright = sung(song(1, "bright"), 96000, 1);
    EXPECT_FALSE(soft.left == bright.left);
}

// Notes of a bar each: long enough to hear what is done with them.
music::Score slow_song(const std::string& voice, music::Delivery delivery) {
    music::Score score = song(1, voice);
    base::Ticks at = base::kQuarter;
    for (music::SungSyllable& syllable : score.vocals[0].lines[0].syllables) {
        syllable.notes.front().start = at;
        syllable.notes.front().length = base::kWhole / 2;
        syllable.notes.front().pitch = 60;
        at += base::kWhole / 2;
    }
    score.vocals[0].delivery = delivery;
    return score;
}

double correlation(const audio::StereoBuffer& sound) {
    double lr = 0, ll = 1e-20, rr = 1e-20;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        lr += static_cast<double>(sound.left[i]) * static_cast<double>(sound.right[i]);
        ll += static_cast<double>(sound.left[i]) * static_cast<double>(sound.left[i]);
        rr += static_cast<double>(sound.right[i]) * static_cast<double>(sound.right[i]);
    }
    return lr / std::sqrt(ll * rr);
}

TEST(Singing, A_choir_stands_wide_and_is_about_as_loud_as_one_singer) {
    const audio::StereoBuffer one = sung(song(1, "soft"), 96000, 1), three = sung(song(3, "soft"), 96000, 1),
                              choir = sung(song(8, "soft"), 96000, 1);
    EXPECT_LT(correlation(choir), 0.8);
    EXPECT_LT(correlation(choir), correlation(three)) << "doubles leave one in the middle";
    EXPECT_NEAR(10 * std::log10(power(choir, 0.6, 2.4) / power(one, 0.6, 2.4)), 0, 3);
    // Nobody is alone on the left: both sides carry the words.
    audio::StereoBuffer turned = choir;
    std::swap(turned.left, turned.right);
    EXPECT_NEAR(10 * std::log10(power(choir, 0.6, 2.4) / power(turned, 0.6, 2.4)), 0, 3);
}

TEST(P02_Singing, Rap_and_speech_do_not_hold_long_notes_as_a_singer_does) {
    const auto late_in_first_note = [](music::Delivery delivery) {
        const audio::StereoBuffer sound = sung(slow_song("male", delivery), 96000, 1);
        EXPECT_GT(power(sound, 0.5, 0.65), 1e-5) << "the first vowel begins on its note";
        return 10 * std::log10(power(sound, 1.0, 1.25) + 1e-12);
    };
    const double held = late_in_first_note(music::Delivery::sung);
    EXPECT_GT(held, -40);
    EXPECT_LT(late_in_first_note(music::Delivery::rap), held - 30) << "short vowels, then silence";
    // Speech goes at its own pace: the whole line is over while a singer is on the third note.
    const audio::StereoBuffer spoken = sung(slow_song("male", music::Delivery::spoken), 96000, 1);
    EXPECT_GT(power(spoken, 0.6, 1.2), 1e-5);
    EXPECT_LT(power(spoken, 2.2, 3.5), 1e-9);
}

TEST(Singing, Spoken_words_have_the_melody_of_speech_and_sung_ones_that_of_their_notes) {
    // Rising zero crossings of the low band, as pitch: coarse, and enough to see whether it moves.
    const auto spread_of_pitch = [](music::Delivery delivery) {
        const audio::StereoBuffer sound = sung(slow_song("male", delivery), 96000, 1);
        std::vector<double> pitches;
        double low = 0, before = 0;
        std::size_t last = 0;
        for (std::size_t i = 0; i < sound.frames(); ++i) {
            low += 0.02 * (static_cast<double>(sound.left[i]) - low);
            if (before < 0 && low >= 0 && std::abs(low - before) > 1e-5) {
                const double hertz = last > 0 ? kRate / static_cast<double>(i - last) : 0;
                if (hertz > 70 && hertz < 400) pitches.push_back(12 * std::log2(hertz / 100));
                last = i;
            }
            before = low;
        }
        std::ranges::sort(pitches);
        return pitches[pitches.size() * 9 / 10] - pitches[pitches.size() / 10];
    };
    EXPECT_LT(spread_of_pitch(music::Delivery::sung), 1.0) << "semitones, on one note";
    EXPECT_GT(spread_of_pitch(music::Delivery::spoken), 2.0);
}

// Noise between the harmonics of a held note, 3 to 5 kHz, against the harmonics, dB.
double breathiness(const std::string& voice) {
    const audio::StereoBuffer sound = sung(slow_song(voice, music::Delivery::sung), 96000, 1);
    const double f0 = 261.63;
    constexpr std::size_t kWindow = 2048;
    double peaks = 0, valleys = 0;
    for (std::size_t first = kRate * 7 / 10; first + kWindow < kRate * 6 / 5; first += kWindow / 2)
        for (double hertz = 12 * f0; hertz < 5000; hertz += f0) {
            // One bin each on a harmonic and halfway to the next.
            for (const double place : {hertz, hertz + f0 / 2}) {
                double re = 0, im = 0;
                for (std::size_t i = 0; i < kWindow; ++i) {
                    const double w = 0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / kWindow);
                    const double angle = 2 * M_PI * place * static_cast<double>(i) / kRate;
                    re += w * static_cast<double>(sound.left[first + i]) * std::cos(angle);
                    im += w * static_cast<double>(sound.left[first + i]) * std::sin(angle);
                }
                (place == hertz ? peaks : valleys) += re * re + im * im;
            }
        }
    return 10 * std::log10(valleys / peaks);
}

TEST(Singing, The_soft_voice_breathes_through_its_vowels) {
    const double soft = breathiness("soft");
    EXPECT_GT(soft, breathiness("bright") + 4);
    EXPECT_LT(soft, -1) << "breath, not a whisper: there are harmonics still";
}

TEST(Singing, Vowels_start_on_their_notes_and_consonants_before_them) {
    const music::Score score = song(1, "soft");
    const music::SungLine& line = score.vocals[0].lines[0];
    const auto phones = phones_of(line);
    ASSERT_EQ(phones.size(), 13u);  // eleven phones and two pauses
    Spoken spoken;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        spoken.phones.push_back({spoken.frames, 16});
        spoken.frames += 16;
    }
    spoken.cepstra.assign(static_cast<std::size_t>(spoken.frames) * kCoefficients, 0.0f);
    std::vector<TimedNote> notes;
    for (int i = 0; i < 4; ++i) notes.push_back({0.5 + 0.5 * i, 1.0 + 0.5 * i, 60, 0.7, i});
    const LineTiming timing = time_sung(phones, spoken, notes, 0);
    int syllable = 0;
    double before = 0;
    for (const TimedPhone& phone : timing.phones) {
        EXPECT_GE(phone.start, before - 1e-9);
        EXPECT_GT(phone.end, phone.start);
        before = phone.end;
        if (phone.nucleus) {
            EXPECT_NEAR(phone.start, 0.5 + 0.5 * syllable++, 1e-9);
        }
    }
    EXPECT_EQ(syllable, 4);
    EXPECT_LT(timing.phones.front().start, 0.5);
    EXPECT_NEAR(timing.end, 2.5, 1e-9);
}

TEST(Singing, Borders_ascend_and_are_the_same_each_time_however_short_the_phones_are) {
    const auto phones = phones_of(song(1, "soft").vocals[0].lines[0]);
    for (const int frames : {1, 2, 3, 5, 9}) {
        Spoken spoken;
        for (std::size_t i = 0; i < phones.size(); ++i) {
            spoken.phones.push_back({spoken.frames, frames});
            spoken.frames += frames;
        }
        // Loud vowels between soft consonants, each coming in late.
        for (int f = 0; f < spoken.frames; ++f)
            for (int m = 0; m < kCoefficients; ++m)
                spoken.cepstra.push_back(m == 0 ? 0.5f * static_cast<float>((f + 2) % (2 * frames) - frames)
                                                : 0.01f * static_cast<float>(m));
        const std::vector<double> borders = borders_of(phones, spoken);
        ASSERT_EQ(borders.size(), phones.size() + 1);
        for (std::size_t i = 1; i < borders.size(); ++i) EXPECT_GE(borders[i], borders[i - 1]) << frames;
        for (int again = 0; again < 20; ++again) EXPECT_EQ(borders_of(phones, spoken), borders);
    }
}

TEST(Singing, Labels_name_the_phone_in_its_place) {
    const auto labels = labels_of(song(1, "soft").vocals[0].lines[0]);
    EXPECT_TRUE(
        labels[1].starts_with("x^pau-r+ey=n@1_3/A:0_0_0/B:1-1-3@1-1&1-4#0-2$0-2!0-1;0-1|ey/C:1+1+4/D:0_0/"))
        << labels[1];
    EXPECT_TRUE(labels.back().ends_with("/J:4+3-1"));
}

TEST(Singing, A_missing_voice_says_what_to_install) {
    const auto none = open_voice("/nonexistent/voice.htsvoice");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, base::Kind::missing_part);
    EXPECT_NE(none.error().tell_user.find("festvox-us-slt-hts"), std::string::npos);
}

TEST(Singing, A_damaged_voice_never_reaches_the_engine) {
    const std::string path = ::testing::TempDir() + "damaged.htsvoice";
    std::ofstream(path) << "[GLOBAL]\nnot a voice\n";
    const auto damaged = open_voice(path);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().kind, base::Kind::unreadable);
}

}  // namespace
}  // namespace mmx::voice
