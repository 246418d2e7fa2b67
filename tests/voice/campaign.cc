// Listening campaign: every voice sings all texts in a low and a high range; recogniser and trackers say how
// well.
//   voice_campaign [--texts N] [--voices soft,male]
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>

#include "listen.h"
#include "recognise.h"
#include "test_songs.h"
#include "trackers.h"
#include "voice/voices.h"

namespace {

using namespace mmx;
using namespace mmx::voice::testing;

std::vector<std::vector<float>> cut(const Heard& heard, bool destretch) {
    std::vector<std::vector<float>> utterances;
    for (const voice::Line& line : heard.lines) {
        voice::Line whole = line;
        if (!destretch)
            for (auto& phone : whole.timing.phones) phone.nucleus = false;
        utterances.push_back(destretched(heard.sound, kRate, whole));
    }
    return utterances;
}

struct Score {
    int errors = 0, words = 0, wrong_errors = 0;
    double percent() const { return 100.0 * errors / std::max(words, 1); }
    double wrong_percent() const { return 100.0 * wrong_errors / std::max(words, 1); }
};
Score judge(const Recogniser& recogniser, const std::vector<music::SungLine>& lines, const Heard& heard,
            bool destretch) {
    Score score;
    const auto texts = recogniser.listen(cut(heard, destretch), kRate);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto said = plain_words(lines[i]);
        score.words += static_cast<int>(said.size());
        score.errors += word_errors(said, texts[i]);
        // The wrong words: those of a line far away.
        score.wrong_errors +=
            std::min<int>(word_errors(plain_words(lines[(i + lines.size() / 2) % lines.size()]), texts[i]),
                          static_cast<int>(said.size()));
    }
    return score;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t most_texts = 99;
    std::string wanted = "soft,bright,male,vocoder", folder = "voice-campaign";
    bool recognise = true;
    for (int i = 1; i + 1 < count; i += 2) {
        if (!std::strcmp(arguments[i], "--texts")) most_texts = std::stoul(arguments[i + 1]);
        if (!std::strcmp(arguments[i], "--voices")) wanted = arguments[i + 1];
        if (!std::strcmp(arguments[i], "--folder")) folder = arguments[i + 1];
        if (!std::strcmp(arguments[i], "--recognise")) recognise = std::string(arguments[i + 1]) != "no";
    }
    std::vector<music::SungLine> all, lines;
    std::size_t texts = 0;
    for (const std::string& path : text_paths()) {
        for (music::SungLine& line : read_text(path)) {
            if (texts < most_texts) lines.push_back(line);
            all.push_back(std::move(line));
        }
        ++texts;
    }
    const Recogniser recogniser(folder, all);
    fmt::print("{} lines; a grammar of {} words, equal weights, no order\n\n", lines.size(),
               recogniser.words());
    fmt::print(
        "{:<8} {:<5} | {:>6} {:>6} {:>6} {:>6} | {:>6} {:>5} {:>6} {:>6} | {:>5} {:>4} | {:>5} {:>6} {:>6} | "
        "{:>6}\n",
        "voice", "range", "spoken", "sung", "minus", "wrong", "median", "p90", "in 50", "gross", "onset",
        "max", "vowel", "sibil", ">7.5k", "CPU");
    bool good = true;
    for (const voice::Voice& voice : voice::voices()) {
        if (wanted.find(voice.id) == std::string::npos) continue;
        const std::string id(voice.id);
        Score spoken;
        bool said = false;
        for (const bool high : {false, true}) {
            const int lowest = high ? voice.highest - 8 : voice.lowest;
            music::Score score = set_to_music(lines, id, lowest);
            if (recognise && !said) {
                spoken = judge(recogniser, score.vocals.front().lines, say(score), false);
                said = true;
            }
            const Heard heard = sing(score);
            Score sung;
            if (recognise) sung = judge(recogniser, score.vocals.front().lines, heard, true);
            PitchErrors pitch;
            OnsetErrors onsets;
            Levels levels;
            for (std::size_t i = 0; i < heard.lines.size(); ++i) {
                if (i % 4 == 0) pitch.add(heard.sound, kRate, heard.lines[i], heard.asked[i]);
                onsets.add(heard.sound, kRate, heard.lines[i]);
                levels.add(heard.sound, kRate, heard.lines[i]);
            }
            pitch.finish();
            onsets.finish();
            const double minus = sung.percent() - spoken.percent();
            fmt::print(
                "{:<8} {:<5} | {:6.1f} {:6.1f} {:6.1f} {:6.1f} | {:6.2f} {:5.1f} {:6.1f} {:6.2f} | {:5.1f} "
                "{:4.0f} | {:5.1f} {:6.1f} {:6.1f} | {:6.4f}\n",
                id, high ? "high" : "low", spoken.percent(), sung.percent(), minus, sung.wrong_percent(),
                pitch.median, pitch.p90, 100 * pitch.within_50, 100 * pitch.gross, onsets.mean, onsets.most,
                levels.vowel_sd(), levels.sibilants_below_vowels(), levels.brightness_db(),
                heard.cpu_seconds * kRate / static_cast<double>(heard.sound.size()));
            std::fflush(stdout);
            good = good && (!recognise || (minus <= (high ? 40 : 25) && sung.wrong_percent() >= 85));
        }
    }
    return good ? 0 : 1;
}
