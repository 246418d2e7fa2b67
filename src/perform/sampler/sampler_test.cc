// The sampler on fonts of a few hundred frames, where every outcome can be worked out.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "perform/sampler/sampler_player.h"
#include "perform/sampler/sound_bank.h"
#include "perform/sampler/strokes.h"
#include "perform/sampler/tiny_font.h"

namespace mmx::perform {
namespace {

constexpr int kRate = 48000;

std::vector<std::int16_t> sine(std::size_t frames, double hertz, double rate = kRate) {
    std::vector<std::int16_t> wave(frames);
    for (std::size_t i = 0; i < frames; ++i)
        wave[i] = static_cast<std::int16_t>(
            std::lround(16000 * std::sin(2 * M_PI * hertz * static_cast<double>(i) / rate)));
    return wave;
}

// A steady sine of 480 Hz at key 60, looped over ten exact periods.
TinyFont looped_sine() {
    TinyFont font;
    font.samples = {{sine(1200, 480), 100, 1100}};
    font.instrument[0].generators = {{kSampleModes, 1}, {kSampleId, 0}};
    return font;
}

PlayedNote note(double start, double length, int pitch = 60, float velocity = 1.0f) {
    PlayedNote played;
    played.start = base::Frames(std::lround(start * kRate));
    played.length = base::Frames(std::lround(length * kRate));
    played.pitch = pitch;
    played.velocity = velocity;
    return played;
}

struct Band {
    explicit Band(const TinyFont& font) : bytes(font.bytes()) {
        bank = std::make_shared<const SoundBank>(std::move(*SoundBank::read(bytes, bytes)));
        patch.variation = 0;
    }
    audio::StereoBuffer play(std::vector<PlayedNote> notes, double seconds,
                             std::vector<std::size_t> chunks = {}) {
        for (std::size_t i = 0; i < notes.size(); ++i) notes[i].serial = static_cast<std::uint32_t>(i);
        audio::StereoBuffer sound(static_cast<std::size_t>(std::lround(seconds * rate)), rate);
        const auto player = make_sampler_player(bank, patch, std::move(notes), rate, 7);
        std::size_t at = 0, turn = 0;
        while (at < sound.frames()) {
            const std::size_t wanted = chunks.empty() ? sound.frames() : chunks[turn++ % chunks.size()];
            const std::size_t count = std::min(wanted, sound.frames() - at);
            player->render(sound.view().part(at, count));
            at += count;
        }
        return sound;
    }
    std::vector<std::byte> bytes;
    std::shared_ptr<const SoundBank> bank;
    SamplerPatch patch;
    int rate = kRate;
};

double rms(const audio::StereoBuffer& sound, double from, double to) {
    double sum = 0;
    const auto first = static_cast<std::size_t>(from * sound.sample_rate);
    const auto last = static_cast<std::size_t>(to * sound.sample_rate);
    for (std::size_t i = first; i < last; ++i) sum += double{sound.left[i]} * sound.left[i];
    return std::sqrt(sum / static_cast<double>(last - first));
}
double db(double ratio) {
    return 20 * std::log10(ratio + 1e-12);
}

// What remains of a window when the sine that fits best is taken out, against that sine, in decibels.
double impurity_db(const audio::StereoBuffer& sound, double hertz, double from, double to) {
    const auto first = static_cast<std::size_t>(from * sound.sample_rate);
    const auto last = static_cast<std::size_t>(to * sound.sample_rate);
    double ss = 0, cc = 0, sc = 0, xs = 0, xc = 0, xx = 0;
    for (std::size_t i = first; i < last; ++i) {
        const double angle = 2 * M_PI * hertz * static_cast<double>(i) / sound.sample_rate, x = sound.left[i];
        const double s = std::sin(angle), c = std::cos(angle);
        ss += s * s, cc += c * c, sc += s * c, xs += x * s, xc += x * c, xx += x * x;
    }
    const double determinant = ss * cc - sc * sc;
    const double a = (xs * cc - xc * sc) / determinant, b = (xc * ss - xs * sc) / determinant;
    const double fitted = a * xs + b * xc;
    return 10 * std::log10((xx - fitted) / fitted + 1e-14);
}

TEST(Sampler, Goes_round_a_loop_without_a_seam) {
    Band band(looped_sine());
    EXPECT_LT(impurity_db(band.play({note(0, 2)}, 2), 480, 0.1, 1.9), -75);
    // A fifth higher every pass ends between two frames.
    EXPECT_LT(impurity_db(band.play({note(0, 2, 67)}, 2), 480 * std::exp2(7 / 12.0), 0.1, 1.9), -70);
    EXPECT_LT(impurity_db(band.play({note(0, 2, 41)}, 2), 480 * std::exp2(-19 / 12.0), 0.1, 1.9), -70);
}

TEST(Sampler, Plays_the_same_pitch_at_every_sample_rate) {
    Band band(looped_sine());
    band.rate = 44100;
    EXPECT_LT(impurity_db(band.play({note(0, 2)}, 2), 480, 0.1, 1.5), -70);
}

// A tone of 15 kHz an octave up would fold to 18 kHz; nothing of it may be heard.
TEST(Sampler, Does_not_fold_back_what_a_higher_key_pushes_beyond_the_limit) {
    TinyFont font;
    font.samples = {{sine(48000, 15000)}};
    Band band(font);
    const double at_home = rms(band.play({note(0, 0.5)}, 0.6), 0.05, 0.3);
    const double octave_up = rms(band.play({note(0, 0.4, 72)}, 0.5), 0.05, 0.3);
    EXPECT_LT(db(octave_up / at_home), -40);
    // What stays below the limit stays.
    font.samples = {{sine(48000, 5000)}};
    Band lower(font);
    EXPECT_NEAR(db(rms(lower.play({note(0, 0.4, 72)}, 0.5), 0.05, 0.3) / at_home), 0, 3);
}

TEST(Sampler, Keeps_to_attack_decay_sustain_and_release) {
    TinyFont font = looped_sine();
    const auto timecents = [](double seconds) {
        return static_cast<int>(std::lround(1200 * std::log2(seconds)));
    };
    font.instrument[0].generators = {{kSampleModes, 1},
                                     {kVolEnvDelay + 1, timecents(0.2)},   // attack
                                     {kVolEnvDelay + 3, timecents(0.96)},  // decay: 100 dB a second
                                     {kVolEnvDelay + 4, 500},              // sustain, half of 96 dB below
                                     {kVolEnvDelay + 5, timecents(0.48)},  // release: 200 dB a second
                                     {kSampleId, 0}};
    Band band(font);
    const auto sound = band.play({note(0, 1)}, 1.5);
    const double full = 16000 / 32768.0 / std::sqrt(2.0) * std::sqrt(0.5) * std::exp2(0.25);
    EXPECT_NEAR(rms(sound, 0.095, 0.105) / full, 0.5, 0.02) << "straight in amplitude";
    EXPECT_NEAR(db(rms(sound, 0.295, 0.305) / full), -10, 0.4) << "straight in decibels";
    EXPECT_NEAR(db(rms(sound, 0.495, 0.505) / full), -30, 0.4);
    EXPECT_NEAR(db(rms(sound, 0.9, 0.99) / full), -48, 0.3);
    EXPECT_NEAR(db(rms(sound, 1.095, 1.105) / full), -68, 0.8);
    EXPECT_EQ(rms(sound, 1.3, 1.4), 0) << "a voice ends when nobody can hear it";
}

TEST(Sampler, Begins_on_the_very_frame) {
    TinyFont font;
    font.samples = {{std::vector<std::int16_t>(4800, 16000)}};
    Band band(font);
    for (const int start : {0, 1, 63, 64, 1000}) {
        PlayedNote played = note(0, 0.05);
        played.start = base::Frames(start);
        const auto sound = band.play({played}, 0.1);
        const auto first = std::find_if(sound.left.begin(), sound.left.end(), [](float x) { return x != 0; });
        EXPECT_NEAR(static_cast<double>(first - sound.left.begin()), start, 2);
    }
}

TEST(Sampler, Sounds_the_same_in_chunks_of_any_size) {
    Band band(looped_sine());
    band.patch.variation = 1;
    band.patch.vibrato_cents = 20;
    band.patch.swell_db = 2;
    const std::vector<PlayedNote> notes = {note(0, 1.0), note(0.1234, 0.5, 64, 0.5f),
                                           note(0.7, 0.2, 43, 0.8f)};
    const auto whole = band.play(notes, 1.5);
    for (const std::vector<std::size_t>& chunks :
         {std::vector<std::size_t>{1, 7, 64, 1000}, {96000}, {333}}) {
        const auto again = band.play(notes, 1.5, chunks);
        EXPECT_EQ(again.left, whole.left);
        EXPECT_EQ(again.right, whole.right);
    }
}

TEST(Sampler, Lets_a_closing_hat_silence_the_open_one) {
    TinyFont font;
    font.samples = {{sine(48000, 480)}, {sine(48000, 3000)}};
    font.instrument = {
        {{{kKeyRange, 42 | 42 << 8},
          {kExclusiveClass, 1},
          {kRootKey, 42},
          {kVolEnvDelay + 5, 4000},
          {kSampleId, 1}},
         {}},
        {{{kKeyRange, 46 | 46 << 8},
          {kExclusiveClass, 1},
          {kRootKey, 46},
          {kVolEnvDelay + 5, 4000},
          {kSampleId, 0}},
         {}},
        {{{kKeyRange, 36 | 36 << 8}, {kRootKey, 36}, {kVolEnvDelay + 5, 4000}, {kSampleId, 0}}, {}}};
    Band band(font);
    const auto alone = band.play({note(0, 0.1, 46)}, 0.8);
    const auto choked = band.play({note(0, 0.1, 46), note(0.2, 0.01, 42, 0.01f)}, 0.8);
    const auto other = band.play({note(0, 0.1, 36), note(0.2, 0.01, 42, 0.01f)}, 0.8);
    EXPECT_LT(db(rms(choked, 0.3, 0.4) / rms(alone, 0.3, 0.4)), -50);
    EXPECT_GT(db(rms(other, 0.3, 0.4) / rms(alone, 0.3, 0.4)), -1);
}

TEST(Sampler, Closes_its_filter_where_the_font_says) {
    TinyFont font = looped_sine();
    font.instrument[0].generators = {{kSampleModes, 1}, {kFilterCutoff, 7051}, {kSampleId, 0}};  // 480 Hz
    Band open(looped_sine()), closed(font);
    const auto by = [&](int key) {
        return db(rms(closed.play({note(0, 0.8, key)}, 1), 0.2, 0.6) /
                  rms(open.play({note(0, 0.8, key)}, 1), 0.2, 0.6));
    };
    EXPECT_NEAR(by(60), -3, 0.3);
    EXPECT_NEAR(by(84), -24, 0.8) << "12 dB an octave";
    EXPECT_NEAR(by(36), 0, 0.2);
}

TEST(Sampler, Binds_a_legato_line_without_a_gap_or_a_new_attack) {
    TinyFont font = looped_sine();
    font.instrument[0].generators = {{kSampleModes, 1}, {kVolEnvDelay + 1, -2400}, {kSampleId, 0}};  // 0.25 s
    Band band(font);
    band.patch.legato_seconds = 0.05;
    std::vector<PlayedNote> line = {note(0, 1.0), note(1.0, 1.0, 62)};
    const auto detached = band.play(line, 2);
    line[0].articulation = music::Articulation::legato;
    const auto bound = band.play(line, 2);
    EXPECT_LT(db(rms(detached, 1.02, 1.05) / rms(detached, 0.8, 0.9)), -8);
    // While they cross, two sines a tone apart may cancel in part.
    for (double at = 0.98; at < 1.15; at += 0.01)
        EXPECT_GT(db(rms(bound, at, at + 0.01) / rms(bound, 0.8, 0.9)), -7) << at;
}

TEST(Sampler, Varies_repeated_notes_a_little_and_always_alike) {
    std::vector<PlayedNote> notes;
    for (int i = 0; i < 40; ++i) {
        notes.push_back(note(i, 0.5));
        notes.back().serial = static_cast<std::uint32_t>(i);
    }
    const auto first = strokes_of(notes, {}, kRate, 1), again = strokes_of(notes, {}, kRate, 1);
    int apart = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].cents, again[i].cents);
        EXPECT_LE(std::abs(first[i].cents), 3);
        EXPECT_LE(std::abs(first[i].gain_db), 0.7);
        if (i > 0 && first[i].cents != first[i - 1].cents) ++apart;
    }
    EXPECT_EQ(apart, 39);
}

TEST(Sampler, Repeats_the_bow_of_a_tremolo_about_fourteen_times_a_second) {
    PlayedNote played = note(0, 2);
    played.articulation = music::Articulation::tremolo;
    EXPECT_NEAR(static_cast<double>(strokes_of({played}, {}, kRate, 1).size()), 28, 1);
    SamplerPatch own;
    own.own_tremolo = true;
    EXPECT_EQ(strokes_of({played}, own, kRate, 1).size(), 1u);
}

TEST(Sampler, Survives_more_notes_than_it_has_voices) {
    Band band(looped_sine());
    std::vector<PlayedNote> notes;
    for (int i = 0; i < 1000; ++i) notes.push_back(note(i * 0.0002, 1.0, 30 + i % 60, 0.2f));
    const auto sound = band.play(notes, 1);
    for (const float x : sound.left) ASSERT_TRUE(std::isfinite(x));
}

// Places that lie outside their sample, loops of no length, a loop behind the end.
TEST(Sampler, Stays_inside_a_sample_whatever_its_offsets_say) {
    for (const auto& [which, amount] : {std::pair<int, int>{kStartOffset, 32000},
                                        {kStartCoarse, 30},
                                        {kEndOffset, -32000},
                                        {kLoopStartOffset, 32000},
                                        {kLoopEndOffset, -32000},
                                        {kLoopEndCoarse, 30},
                                        {kLoopStartCoarse, -3},
                                        {kCoarseTune, 120},
                                        {kCoarseTune, -120},
                                        {kFilterQ, 960},
                                        {kScaleTuning, 1200}}) {
        TinyFont font = looped_sine();
        font.instrument[0].generators = {{kSampleModes, 1}, {which, amount}, {kSampleId, 0}};
        Band band(font);
        const auto sound = band.play({note(0, 0.5, 100)}, 1);
        for (const float x : sound.left) ASSERT_TRUE(std::isfinite(x) && std::abs(x) < 100) << which;
    }
}

}  // namespace
}  // namespace mmx::perform
