#include "test_songs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "music/lyrics.h"
#include "speech/speech.h"

namespace mmx::voice::testing {
namespace {

constexpr std::size_t kLongestLine = 11;  // syllables in a breath

std::string contents(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no file " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<std::string> text_paths() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(MMX_SOURCE_DIR "/tests/voice/lyrics"))
        if (entry.path().extension() == ".txt") paths.push_back(entry.path().string());
    std::ranges::sort(paths);
    return paths;
}

std::vector<music::SungLine> read_text(const std::string& path) {
    const auto lyrics = music::parse_lyrics(contents(path));
    if (!lyrics) throw std::runtime_error(path + ": " + lyrics.error().tell_user);
    const auto sections = speech::read_lyrics(*lyrics);
    if (!sections) throw std::runtime_error(path + ": " + sections.error().tell_user);
    std::vector<music::SungLine> lines;
    for (const auto& section : *sections)
        for (const speech::Line& line : section) {
            music::SungLine sung;
            const auto finish = [&] {
                if (!sung.words.empty()) lines.push_back(std::move(sung));
                sung = {};
            };
            std::size_t left = 0;
            for (const speech::Word& word : line.words) left += word.sung.syllables.size();
            for (const speech::Word& word : line.words) {
                const std::size_t here = sung.syllables.size();
                if (here + word.sung.syllables.size() > kLongestLine ||
                    (here >= 6 && left > 5 && here + left > kLongestLine && word.sung.is_content == false))
                    finish();
                for (std::size_t s = 0; s < word.sung.syllables.size(); ++s)
                    sung.syllables.push_back({static_cast<int>(sung.words.size()), static_cast<int>(s), {}});
                sung.text += (sung.text.empty() ? "" : " ") + word.sung.text;
                sung.words.push_back(word.sung);
                left -= word.sung.syllables.size();
            }
            finish();
        }
    return lines;
}

music::Score set_to_music(std::vector<music::SungLine> lines, const std::string& voice, int lowest,
                          music::Delivery delivery) {
    // Scale degrees of a plain tune, in semitones.
    constexpr std::array kTune = {0, 2, 4, 5, 7, 5, 4, 2, 5, 7, 9, 10, 9, 7, 5, 4, 2, 4, 7, 4};
    music::Score score;
    score.seed = 7;
    score.tempo = music::TempoMap::steady(96, base::kQuarter);
    music::VocalPart part;
    part.id = "vocals";
    part.voice = voice;
    part.delivery = delivery;
    base::Ticks at = base::kQuarter * 2;
    std::size_t note = 0;
    for (music::SungLine& line : lines) {
        for (std::size_t s = 0; s < line.syllables.size(); ++s) {
            music::SungSyllable& sung = line.syllables[s];
            const music::Word& word = line.words[static_cast<std::size_t>(sung.word)];
            const bool strong =
                word.syllables[static_cast<std::size_t>(sung.syllable)].stress > 0 && word.is_content;
            const base::Ticks length = s + 1 == line.syllables.size() ? base::kQuarter * 2
                                       : strong                       ? base::kQuarter
                                                                      : base::kEighth;
            sung.notes = {{at, length, lowest + kTune[note++ % kTune.size()], 0.7f}};
            at += length;
        }
        at += base::kQuarter;
        at += base::kQuarter - at % base::kQuarter;
    }
    part.lines = std::move(lines);
    score.vocals = {part};
    for (base::Ticks bar{0}; bar < at; bar += base::kWhole) score.bars.push_back({bar, base::kWhole, 0});
    score.sections.emplace_back();
    score.sections.front().bars = static_cast<int>(score.bars.size());
    score.end = at;
    score.length = score.tempo.to_seconds(at) + base::Seconds(1);
    return score;
}

}  // namespace mmx::voice::testing
