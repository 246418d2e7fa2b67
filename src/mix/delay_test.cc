#include "mix/delay.h"

#include "mix/test_song.h"

namespace mmx::mix {
namespace {

using namespace testing;

std::size_t loudest(const std::vector<float>& samples, std::size_t from, std::size_t to) {
    std::size_t best = from;
    for (std::size_t i = from; i < to; ++i)
        if (std::abs(samples[i]) > std::abs(samples[best])) best = i;
    return best;
}

TEST(Delay, Answers_on_a_dotted_eighth_left_then_right) {
    style::DelayStyle style;
    style.drive = 0;
    style.feedback = 0.5;
    Delay delay(style, 0.5, kRate);  // 120 beats a minute: a dotted eighth is 0.375 s, 18000 frames
    EXPECT_EQ(delay.frames(), 18000u);
    audio::StereoBuffer sound(kRate * 2, kRate);
    sound.left[0] = sound.right[0] = 1;
    delay.process(sound.view());
    EXPECT_NEAR(static_cast<double>(loudest(sound.left, 0, 30000)), 18000, 12);
    EXPECT_NEAR(static_cast<double>(loudest(sound.right, 0, 40000)), 36000, 24);
    EXPECT_LT(power_db(std::span<const float>(sound.right).subspan(17000, 4000)), -100);
    EXPECT_NEAR(static_cast<double>(loudest(sound.left, 40000, 60000)), 54000, 36);
}

TEST(Delay, Each_echo_is_quieter_and_darker_than_the_one_before) {
    style::DelayStyle style;
    style.ping_pong = false;
    style.feedback = 0.6;
    style.high_cut = 3000;
    Delay delay(style, 0.4, kRate);
    audio::StereoBuffer sound = noise(kRate * 2, 0.3, 1, true);
    for (std::size_t i = 9600; i < sound.frames(); ++i) sound.left[i] = sound.right[i] = 0;
    delay.process(sound.view());
    audio::StereoBuffer treble = sound;
    audio::StereoCascade(std::vector{audio::high_pass(3000, 0.7, kRate)}).process(treble.view());
    const auto at = [&](const audio::StereoBuffer& b, std::size_t echo) {
        return power_db(b.view().part(echo * 14400, 9600));
    };
    for (std::size_t echo = 1; echo < 4; ++echo) {
        EXPECT_LT(at(sound, echo + 1), at(sound, echo) - 3.5);
        EXPECT_LT(at(treble, echo + 1) - at(sound, echo + 1), at(treble, echo) - at(sound, echo) - 1);
    }
}

TEST(Delay, Stays_in_bounds_when_driven_hard_and_gives_the_same_bits_however_it_is_cut) {
    style::DelayStyle style;
    style.feedback = 0.85;
    style.drive = 1;
    style.beats = 0.125;
    Delay one(style, 0.2, kRate), other(style, 0.2, kRate);
    audio::StereoBuffer whole = noise(40000, 4, 2), cut = whole;
    one.process(whole.view());
    for (float x : whole.left) ASSERT_LT(std::abs(x), 2.0f);
    for (std::size_t first = 0, piece = 1; first < 40000; first += piece, piece = piece * 7 % 1501 + 1)
        other.process(cut.view().part(first, std::min<std::size_t>(piece, 40000 - first)));
    EXPECT_EQ(whole.left, cut.left);
    EXPECT_EQ(whole.right, cut.right);
}

}  // namespace
}  // namespace mmx::mix
