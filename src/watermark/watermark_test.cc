#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "audio/fft.h"
#include "audio/resample.h"
#include "base/tasks.h"
#include "watermark/detect.h"
#include "watermark/embed.h"
#include "watermark/test_music.h"

namespace mmx::watermark {
namespace {

constexpr std::uint64_t kId = 0x0123456789abcdef;
const KeyRing& ring() {
    static const KeyRing keys(std::string(32, 'k'), 1);
    return keys;
}

audio::StereoBuffer marked(audio::StereoBuffer sound, std::uint64_t id = kId) {
    embed(sound, ring().newest(), id);
    return sound;
}
Detection heard(const audio::StereoBuffer& sound, Search search = Search::as_made) {
    return detect(extract(sound), ring(), search);
}
audio::StereoBuffer cut(const audio::StereoBuffer& sound, double from, double seconds) {
    const auto first = static_cast<std::size_t>(from * sound.sample_rate);
    const auto count = static_cast<std::size_t>(seconds * sound.sample_rate);
    audio::StereoBuffer part(count, sound.sample_rate);
    std::copy_n(sound.left.begin() + static_cast<std::ptrdiff_t>(first), count, part.left.begin());
    std::copy_n(sound.right.begin() + static_cast<std::ptrdiff_t>(first), count, part.right.begin());
    return part;
}
// Only what lies below: the ultrasonic layer goes.
audio::StereoBuffer low_passed(const audio::StereoBuffer& sound) {
    return audio::resample(audio::resample(sound, 32000), sound.sample_rate);
}
const audio::StereoBuffer& song() {
    static const audio::StereoBuffer sound = marked(test_music(30));
    return sound;
}

TEST(P10_Watermark, Is_read_from_the_marked_sound_by_every_layer_alone) {
    const Detection detection = heard(song());
    ASSERT_EQ(detection.marks.size(), 1u);
    const FoundMark& mark = detection.marks.front();
    EXPECT_EQ(mark.id, kId);
    EXPECT_TRUE(mark.in_band.found());
    EXPECT_TRUE(mark.ultrasonic_low.found());
    EXPECT_TRUE(mark.ultrasonic_high.found());
    ASSERT_EQ(mark.spans.size(), 1u);
    EXPECT_LT(mark.spans.front().start_seconds, 2);
    EXPECT_GT(mark.spans.front().end_seconds, 28);
}

TEST(P10_Watermark, Is_not_found_without_a_mark_or_with_another_key) {
    EXPECT_TRUE(heard(test_music(20), Search::changed).marks.empty());
    const KeyRing other(std::string(32, 'x'), 2);
    EXPECT_TRUE(detect(extract(song()), other, Search::changed).marks.empty());
}

TEST(P10_Watermark, Of_an_old_epoch_is_read_after_a_new_one_began) {
    const KeyRing later(std::string(32, 'k'), 3);
    const Detection detection = detect(extract(cut(song(), 3, 12)), later, Search::as_made);
    ASSERT_EQ(detection.marks.size(), 1u);
    EXPECT_EQ(detection.marks.front().epoch, 1);
}

TEST(P10_Watermark, Is_in_five_seconds_from_anywhere) {
    for (const double from : {0.0, 3.3, 7.777, 12.5, 20.01}) {
        const Detection detection = heard(cut(song(), from, 5.1));
        ASSERT_EQ(detection.marks.size(), 1u) << from;
        EXPECT_EQ(detection.marks.front().id, kId);
    }
}

TEST(P10_Watermark, Survives_loss_of_the_treble_gain_and_mono) {
    audio::StereoBuffer changed = low_passed(cut(song(), 5, 20));
    for (std::size_t i = 0; i < changed.frames(); ++i)
        changed.left[i] = changed.right[i] = 0.1f * (changed.left[i] + changed.right[i]);
    const Detection detection = heard(changed);
    ASSERT_EQ(detection.marks.size(), 1u);
    EXPECT_TRUE(detection.marks.front().in_band.found());
    EXPECT_FALSE(detection.marks.front().ultrasonic_low.found());
}

TEST(P10_Watermark, Is_found_at_every_sample_rate) {
    // Two that are marked as they are, one that has no room above 18 kHz, one that goes by way of 48 kHz.
    for (const int rate : {44100, 96000, 22050, 44101}) {
        const Detection detection = heard(marked(test_music(20, rate)));
        ASSERT_EQ(detection.marks.size(), 1u) << rate;
        EXPECT_EQ(detection.marks.front().ultrasonic_high.found(), rate > 40000) << rate;
    }
}

TEST(P10_Watermark, Is_followed_through_a_change_of_speed) {
    // 48,000 samples a second played as if they were 47,000: 2 % slower and lower.
    audio::StereoBuffer slower = song();
    slower.sample_rate = 47000;
    const Detection detection = heard(audio::resample(slower, 48000), Search::changed);
    ASSERT_EQ(detection.marks.size(), 1u);
    EXPECT_EQ(detection.marks.front().id, kId);
    EXPECT_NEAR(detection.marks.front().speed, 47.0 / 48, 0.003);
}

TEST(P10_Watermark, Tells_the_songs_of_a_medley_apart) {
    audio::StereoBuffer medley = cut(song(), 2, 16);
    const audio::StereoBuffer second = cut(marked(test_music(20, 48000, 5), 77), 1, 16);
    medley.left.insert(medley.left.end(), second.left.begin(), second.left.end());
    medley.right.insert(medley.right.end(), second.right.begin(), second.right.end());
    const Detection detection = heard(medley);
    ASSERT_EQ(detection.marks.size(), 2u);
    EXPECT_EQ(detection.marks[0].id, kId);
    EXPECT_EQ(detection.marks[1].id, 77u);
    EXPECT_NEAR(detection.marks[0].spans.back().end_seconds, 16, 3);
    EXPECT_NEAR(detection.marks[1].spans.front().start_seconds, 16, 3);
}

TEST(P10_Watermark, Leaves_silence_silent_and_says_so) {
    audio::StereoBuffer silence(480000, 48000);
    const EmbedReport report = embed(silence, ring().newest(), kId);
    EXPECT_EQ(report.silent_seconds, 10);
    EXPECT_EQ(report.marked_seconds, 0);
    EXPECT_TRUE(std::ranges::all_of(silence.left, [](float x) { return x == 0; }));
    EXPECT_NE(to_text(heard(silence)).find("silent"), std::string::npos);
}

TEST(P11_Watermark, Puts_nothing_ultrasonic_below_17900_Hz) {
    audio::StereoBuffer sound = test_music(10), other = sound;
    // Bass alone: whatever appears between 10.5 and 17.9 kHz is the mark's.
    sound = audio::resample(audio::resample(sound, 16000), 48000);
    other = sound;
    embed(sound, ring().newest(), kId);
    constexpr std::size_t kSize = 32768;
    audio::RealFft<double> fft(kSize);
    std::vector<double> x(kSize), re(kSize / 2 + 1), im(kSize / 2 + 1);
    for (std::size_t i = 0; i < kSize; ++i) {
        const double window = 0.5 - 0.5 * base::cos(base::kTwoPi * static_cast<double>(i) / kSize);
        x[i] = window * window * static_cast<double>(sound.left[i + 96000] - other.left[i + 96000]);
    }
    fft.forwards(x, re, im);
    double below = 0, above = 0;
    for (std::size_t k = 0; k <= kSize / 2; ++k) {
        const double hertz = static_cast<double>(k) * 48000 / kSize, power = re[k] * re[k] + im[k] * im[k];
        if (hertz > 14500 && hertz < 17900) below += power;
        if (hertz > 18000) above += power;
    }
    EXPECT_GT(above, 0);
    EXPECT_LT(below, 1e-5 * above);  // 50 dB
}

TEST(P11_Watermark, Is_the_same_with_any_crew_and_adds_up_over_stems) {
    const audio::StereoBuffer a = test_music(24, 48000, 2), b = test_music(24, 48000, 3);
    audio::StereoBuffer mix = a, alone = a, crewed = a;
    for (std::size_t i = 0; i < mix.frames(); ++i) {
        mix.left[i] += b.left[i];
        mix.right[i] += b.right[i];
    }
    base::Tasks crew(3);
    embed(alone, ring().newest(), kId);
    embed(crewed, ring().newest(), kId, &crew);
    EXPECT_EQ(alone.left, crewed.left);
    EXPECT_EQ(alone.right, crewed.right);
    audio::StereoBuffer other_rate = test_music(12, 44100, 2), other_rate_crewed = other_rate;
    embed(other_rate, ring().newest(), kId);
    embed(other_rate_crewed, ring().newest(), kId, &crew);
    EXPECT_EQ(other_rate.left, other_rate_crewed.left);

    const audio::StereoBuffer guide = mix;
    audio::StereoBuffer stem_a = a, stem_b = b;
    for (audio::StereoBuffer* one : {&stem_a, &stem_b, &mix})
        embed_stem(*one, guide.view(), ring().newest(), kId);
    double off = 0, whole = 0;
    for (std::size_t i = 0; i < mix.frames(); ++i) {
        const double miss = static_cast<double>(stem_a.left[i] + stem_b.left[i] - mix.left[i]);
        off += miss * miss;
        whole += static_cast<double>(mix.left[i] * mix.left[i]);
    }
    EXPECT_LT(off, whole * 3.2e-6);  // -55 dB
    EXPECT_EQ(heard(stem_a).marks.size(), 1u);
}

TEST(P12_Watermark, Features_are_small_and_come_back_whole) {
    const Features features = extract(song());
    const std::string bytes = write_features(features);
    EXPECT_LT(static_cast<double>(bytes.size()) / features.seconds * 240, 300000);
    const auto parsed = parse_features(bytes);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(detect(*parsed, ring(), Search::as_made).marks.size(), 1u);
    EXPECT_FALSE(parse_features(bytes.substr(0, bytes.size() - 1)));
    EXPECT_FALSE(parse_features("MMXF"));
    EXPECT_FALSE(parse_features(std::string(24, '\xff')));
}

}  // namespace
}  // namespace mmx::watermark
