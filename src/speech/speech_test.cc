// Words as they are sung: sounds, syllables, stresses, and what is refused.
#include "speech/speech.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "speech/lexicon.h"
#include "speech/numbers.h"
#include "speech/syllables.h"

namespace mmx::speech {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
    return text;
}

// "r eh d / m iy", stressed syllables with a '.
std::string sound(const Line& line) {
    std::string text;
    for (const Word& word : line.words)
        for (const music::Syllable& syllable : word.sung.syllables)
            text += (text.empty() ? "" : " / ") + std::string(syllable.stress > 0 ? "'" : "") +
                    joined(syllable.phones);
    return text;
}

std::string pieces(const Line& line) {
    std::string text;
    for (const Word& word : line.words) {
        text += text.empty() ? "" : " ";
        for (std::size_t i = 0; i < word.sung.syllables.size(); ++i)
            text += (i > 0 ? "|" : "") + word.sung.syllables[i].text;
    }
    return text;
}

Line read(std::string_view text) {
    auto line = read_line(text, 1);
    EXPECT_TRUE(line.has_value()) << text << ": " << line.error().tell_user;
    return line.value_or(Line{});
}

std::string refusal(std::string_view text) {
    const auto lyrics = music::parse_lyrics(text);
    EXPECT_TRUE(lyrics.has_value());
    const auto sections = read_lyrics(*lyrics);
    if (sections) return "";
    EXPECT_EQ(sections.error().field, "lyrics");
    EXPECT_EQ(sections.error().kind, base::Kind::invalid_request);
    return sections.error().tell_user;
}

TEST(P01_Speech, Gives_every_word_its_syllables_phones_and_stress) {
    EXPECT_EQ(sound(read("Walking in the rain")), "'w ao / k ih ng / ih n / dh ax / 'r ey n");
    EXPECT_EQ(sound(read("a better tomorrow")), "ax / 'b eh / t er / t ax / 'm aa / r ow");
}

TEST(P01_Speech, Sounds_a_contraction_as_one_word) {
    EXPECT_EQ(sound(read("You've")), "y uw v");
    EXPECT_EQ(read("I'm don't we'll they're couldn't").words.size(), 5u);
    EXPECT_EQ(read("couldn't").syllables(false), 2);
    EXPECT_EQ(sound(read("love's")), "'l ah v z");
    EXPECT_EQ(sound(read("the river’s")), "dh ax / 'r ih / v er z");
    EXPECT_EQ(sound(read("should've")), "'sh uh / d ax v");
    EXPECT_EQ(sound(read("singin'")), "'s ih ng / ih n");
}

TEST(P01_Speech, Counts_the_words_that_dictionaries_and_singers_count_differently) {
    for (const auto& [word, syllables] : std::vector<std::pair<std::string, int>>{
             {"fire", 1},     {"every", 2},     {"chocolate", 2}, {"heaven", 2},   {"heav'n", 1},
             {"power", 2},    {"pow'r", 1},     {"rhythm", 2},    {"people", 2},   {"beautiful", 3},
             {"memories", 3}, {"wand'ring", 2}, {"blessèd", 2},   {"blessed", 1},  {"alleluia", 4},
             {"idea", 3},     {"hour", 1},      {"real", 1},      {"being", 2},    {"vanish'd", 2},
             {"clothèd", 2},  {"Ebenezer", 4},  {"world", 1},     {"dwell'st", 1}, {"everybody", 4},
             {"different", 2}})
        EXPECT_EQ(read(word).syllables(false), syllables) << word << " " << sound(read(word));
}

TEST(P01_Speech, Reads_numbers_times_years_and_money) {
    const auto said = [](std::string_view text) { return joined(number_words(text)); };
    EXPECT_EQ(said("2"), "two");
    EXPECT_EQ(said("0"), "zero");
    EXPECT_EQ(said("17"), "seventeen");
    EXPECT_EQ(said("1,250"), "one thousand two hundred fifty");
    EXPECT_EQ(said("1999"), "nineteen ninety nine");
    EXPECT_EQ(said("2005"), "two thousand five");
    EXPECT_EQ(said("1905"), "nineteen oh five");
    EXPECT_EQ(said("2024"), "twenty twenty four");
    EXPECT_EQ(said("3rd"), "third");
    EXPECT_EQ(said("21st"), "twenty first");
    EXPECT_EQ(said("80s"), "eighties");
    EXPECT_EQ(said("$5"), "five dollars");
    EXPECT_EQ(said("5:30"), "five thirty");
    EXPECT_EQ(said("5:05am"), "five oh five a m");
    EXPECT_EQ(said("2.5"), "two point five");
    EXPECT_EQ(said("24/7"), "twenty four seven");
    EXPECT_EQ(said("100%"), "one hundred percent");
    EXPECT_EQ(said("#1"), "number one");
    EXPECT_EQ(said("007"), "oh oh seven");
    EXPECT_EQ(said("1000000"), "one million");
    EXPECT_EQ(read("Party like it's 1999!").words.size(), 4u);
    EXPECT_EQ(pieces(read("1999")), "nine|teen|nine|ty|nine");
}

TEST(P01_Speech, Says_letters_where_no_word_can_be_read) {
    EXPECT_EQ(sound(read("TV")), "'t iy / 'v iy");
    EXPECT_EQ(read("xkcd").syllables(false), 4);
    EXPECT_EQ(read("MTV").syllables(false), 3);
    EXPECT_EQ(read("I LOVE YOU").syllables(false), 3) << "capitals alone are shouting, not letters";
    EXPECT_EQ(read("hmm").syllables(false), 1);
    EXPECT_EQ(read("shh").syllables(false), 1);
    EXPECT_EQ(read("Mr. Brown & I").syllables(false), 5);
}

TEST(P01_Speech, Leaves_signs_and_emoji_out_and_keeps_the_words) {
    EXPECT_EQ(read("\U0001F525 burn \U0001F525\U0001F525").words.size(), 1u);
    EXPECT_EQ(read("***").words.size(), 0u);
    EXPECT_EQ(read("").words.size(), 0u);
    EXPECT_EQ(read("... (!) - -- \"\"").words.size(), 0u);
    EXPECT_EQ(pieces(read("“Hello,” she said — softly…")), "“Hel|lo,” she said sof|tly…");
    EXPECT_EQ(read("soooo looong yeahhhhh").syllables(false), 3);
    EXPECT_EQ(read("café naïve").syllables(false), 4);
    EXPECT_EQ(read("and/or rock'n'roll a-walkin' re-enter").syllables(false), 2 + 3 + 3 + 3);
}

TEST(P01_Speech, Tells_backing_vocals_and_directions_from_the_lead) {
    const Line line = read("I will wait [softly] (I will wait for you)");
    ASSERT_EQ(line.words.size(), 8u);
    EXPECT_EQ(line.syllables(false), 3);
    EXPECT_EQ(line.syllables(true), 5);
    EXPECT_EQ(line.text, "I will wait (I will wait for you)");
}

TEST(P01_Speech, Hears_where_a_singer_may_breathe) {
    const Line line = read("Stay, my love. Stay with me");
    EXPECT_EQ(line.words[0].pause, Pause::comma);
    EXPECT_EQ(line.words[2].pause, Pause::stop);
    EXPECT_EQ(line.words[1].pause, Pause::none);
}

TEST(P01_Speech, Reads_words_that_are_written_alike_by_their_neighbours) {
    EXPECT_EQ(sound(read("tear me apart")).substr(0, 7), "'t eh r");
    EXPECT_EQ(sound(read("a tear")), "ax / 't ih r");
    EXPECT_EQ(sound(read("close your eyes")).substr(0, 10), "'k l ow z ");
    EXPECT_EQ(sound(read("so close")).substr(7), "'k l ow s");
    EXPECT_EQ(sound(read("the old the new")), "dh iy / 'ow l d / dh ax / 'n uw");
}

TEST(P01_Speech, Takes_the_sound_that_a_user_spells) {
    const Line line = read("I {read|R EH D} it, {Siobhan|sh ih0 v ao1 n}");
    EXPECT_EQ(sound(line), "ay / 'r eh d / ih t / sh ih / 'v ao n");
    EXPECT_EQ(line.text, "I read it, Siobhan");
    EXPECT_EQ(line.words[1].sung.text, "read");
}

TEST(P02_Speech, Refuses_a_sound_that_is_none_and_names_the_line) {
    EXPECT_NE(refusal("one\ntwo {read|R XX D}\n").find("line 2"), std::string::npos);
    EXPECT_NE(refusal("one\ntwo {read|R XX D}\n").find("xx is no sound"), std::string::npos);
    EXPECT_NE(refusal("{read}").find("{word|sound}"), std::string::npos);
    EXPECT_NE(refusal("{read|R EH D").find("{word|sound}"), std::string::npos);
    EXPECT_NE(refusal("{read|R D}").find("vowel"), std::string::npos);
    EXPECT_NE(refusal("{read|}").find("vowel"), std::string::npos);
    EXPECT_NE(refusal("{|R EH D}").find("empty"), std::string::npos);
    EXPECT_NE(refusal("ok\n\n[Chorus]\n" + std::string("kalamazoo-") +
                      "pneumonoultramicroscopicsilicovolcanoconiosis")
                  .find("line 4"),
              std::string::npos);
}

TEST(P02_Speech, Refuses_other_scripts_and_names_their_lines) {
    const std::string japanese = refusal("[Verse]\nHello\n夜に駆ける\nあなたと\n");
    EXPECT_NE(japanese.find("Japanese"), std::string::npos) << japanese;
    EXPECT_NE(japanese.find("lines 3"), std::string::npos) << japanese;
    EXPECT_NE(japanese.find("instrumental"), std::string::npos) << japanese;
    EXPECT_NE(refusal("Я тебя люблю").find("Cyrillic"), std::string::npos);
    EXPECT_NE(refusal("사랑해 너를").find("Korean"), std::string::npos);
    EXPECT_NE(refusal("안녕").find("line 1 "), std::string::npos);
}

TEST(P02_Speech, Refuses_other_languages_in_our_letters) {
    for (const auto& [text, language] : std::vector<std::pair<std::string, std::string>>{
             {"Stille Nacht, heilige Nacht\nAlles schläft, einsam wacht\nnur das traute hochheilige Paar",
              "German"},
             {"Je ne regrette rien\nni le bien qu'on m'a fait\ntout ça m'est bien égal", "French"},
             {"Bésame mucho\ncomo si fuera esta noche la última vez\nque tengo miedo a perderte", "Spanish"},
             {"Volare nel blu dipinto di blu\nfelice di stare lassù\nche non torna mai più", "Italian"},
             {"Ébred a természet, vígan\nA végtelen a tájba\nAhol a nyár áll", "another language"},
             {"Kuni no kodoku ni omoi\nKuni no yume mo nai", "Japanese"},
             {"Jag vet att du är här\noch jag har dig i mitt hjärta", "Swedish"}}) {
        const std::string message = refusal(text);
        EXPECT_NE(message.find(language), std::string::npos) << text << " -> " << message;
    }
    const std::string mixed =
        refusal("I love the way you look tonight\nund ich habe nicht geschlafen\nunder the stars");
    EXPECT_NE(mixed.find("line 2 "), std::string::npos) << mixed;
}

TEST(P02_Speech, Passes_English_of_many_kinds) {
    for (const char* text :
         {"Should auld acquaintance be forgot\nand days of auld lang syne", "Holy infant so tender and mild",
          "la la la la\nna na na hey hey goodbye", "Gloria in excelsis", "Oh mon amour, I miss you so",
          "Susanna, don't you cry", "De sun so hot I froze to death", "Die with me tonight, the war is over",
          "Hallelujah\nHallelujah", "Tick tock\nboom boom boom", "Rock", "no no no no",
          "Come, come on, son of a gun"})
        EXPECT_EQ(refusal(text), "") << text;
}

TEST(P02_Speech, Reads_eight_thousand_characters_at_once) {
    std::string text = "[Verse]\n";
    while (text.size() < 7900) text += "walking down the empty street at midnight again\n";
    const auto lyrics = music::parse_lyrics(text);
    const auto sections = read_lyrics(*lyrics);
    ASSERT_TRUE(sections.has_value());
    EXPECT_GT(sections->front().size(), 150u);
}

TEST(Speech, Cuts_a_word_as_its_syllables_fall) {
    EXPECT_EQ(pieces(read("morning together river, heaven beautiful")),
              "mor|ning to|ge|ther ri|ver, hea|ven beau|ti|ful");
    EXPECT_EQ(pieces(read("every alone rhythm fire idea")), "eve|ry a|lone rhy|thm fire i|de|a");
}

TEST(Speech, Gives_each_syllable_one_nucleus_and_loses_no_phone) {
    for (const char* word :
         {"strengths", "extraordinary", "twelfths", "angel", "winter", "hmm", "unspoken"}) {
        const Phones phones = pronounce(word, {});
        const auto syllables = syllables_of(phones);
        std::vector<std::string> again;
        for (const auto& syllable : syllables) {
            EXPECT_TRUE(is_vowel(syllable.phones.at(static_cast<std::size_t>(syllable.nucleus))));
            again.insert(again.end(), syllable.phones.begin(), syllable.phones.end());
        }
        EXPECT_EQ(again.size(), phones.size()) << word;
    }
}

TEST(Speech, Says_the_same_from_many_threads) {
    std::vector<std::thread> threads;
    std::vector<std::string> said(4);
    for (std::size_t i = 0; i < said.size(); ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 50; ++round)
                said[i] = sound(*read_line("whispering shadows wandering homeward quietly", 1));
        });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& text : said) EXPECT_EQ(text, said[0]);
}

}  // namespace
}  // namespace mmx::speech
