#include "library/words.h"

#include <gtest/gtest.h>

#include <sstream>

namespace mmx::library {
namespace {

TEST(P05_Words, Begin_with_six_signs_of_their_account) {
    std::istringstream words(
        words_of_song({33, "Rain", "slow PIANO", "Ça va", "lofi-hip-hop", SongState::ready, true}));
    std::string word, all;
    while (words >> word) {
        EXPECT_EQ(word.substr(0, 6), "000011");
        all += word.substr(6) + " ";
    }
    for (const char* one :
         {"rain ", "piano ", "ca ", "^pi ", "^p ", "hop ", "=sready ", "=glofi-hip-hop ", "=p1 "})
        EXPECT_NE(all.find(one), std::string::npos) << one << " in " << all;
}

TEST(P05_Words, Are_asked_for_whole_but_for_the_last) {
    EXPECT_EQ(match_text(store::Dialect::sqlite, {1, "Slow pian", {}, "", {}}),
              "\"000001pian\" * AND \"000001slow\"");
    EXPECT_EQ(match_text(store::Dialect::postgresql, {1, "Slow pian", {}, "", {}}),
              "'000001pian':* & '000001slow'");
    EXPECT_EQ(match_text(store::Dialect::sqlite, {1, "pi", {}, "", {}}), "\"000001^pi\"");
    EXPECT_EQ(match_text(store::Dialect::sqlite, {1, " -- !", SongState::ready, "", {}}), "");
}

TEST(P05_Words, Sort_titles_without_case_and_accents) {
    EXPECT_EQ(title_key("Árbol, the  Song!"), "arbol the song");
    EXPECT_EQ(title_key("!!!"), "!!!");
    std::string longest;
    for (int i = 0; i < 60; ++i) longest += "é東";
    EXPECT_LE(title_key(longest).size(), 64u);
}

}  // namespace
}  // namespace mmx::library
