// The catalogue's promises to arrangers and players.
#include "style/instruments.h"

#include <gtest/gtest.h>

#include <set>

namespace mmx::style {
namespace {

TEST(Instruments, The_catalogue_reads_without_error) {
    const auto instruments = all_instruments();
    ASSERT_TRUE(instruments) << instruments.error().tell_log;
    EXPECT_GE((*instruments)->size(), 95u);
}

TEST(Instruments, Sweet_range_lies_inside_the_playable_range) {
    for (const Instrument& instrument : **all_instruments()) {
        EXPECT_LE(instrument.low, instrument.sweet_low) << instrument.id;
        EXPECT_LT(instrument.sweet_low, instrument.sweet_high) << instrument.id;
        EXPECT_LE(instrument.sweet_high, instrument.high) << instrument.id;
    }
}

TEST(Instruments, Every_melodic_instrument_has_an_octave_and_a_half_to_sing_in) {
    for (const Instrument& instrument : **all_instruments())
        EXPECT_GE(instrument.high - instrument.low, 17) << instrument.id;
}

TEST(Instruments, Kits_percussion_and_effects_speak_drum_numbers) {
    std::set<std::string> kits;
    for (const Instrument& instrument : **all_instruments())
        if (instrument.drums) kits.insert(instrument.id);
    EXPECT_EQ(kits, (std::set<std::string>{"standard-kit", "room-kit", "power-kit", "jazz-kit", "brush-kit",
                                           "lofi-kit", "kit-808", "kit-909", "synthwave-kit",
                                           "orchestral-percussion", "hand-percussion", "fx-kit"}));
}

TEST(Instruments, An_unknown_id_gives_null) {
    EXPECT_EQ(find_instrument("air-guitar"), nullptr);
    ASSERT_NE(find_instrument("cello"), nullptr);
    EXPECT_EQ(find_instrument("cello")->low, 36);
}

}  // namespace
}  // namespace mmx::style
