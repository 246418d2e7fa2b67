// Listening campaign: every voice sings all texts, to plain tunes in a low and a high range and to tunes of
// our own composer in four styles; recogniser and trackers say how well.
//   voice_campaign [--texts N] [--voices soft,male] [--tunes low,high,pop] [--recognise no] [--misses N]
//   [--keep yes]      writes what was sung into --folder
#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "composed_songs.h"
#include "listen.h"
#include "recognise.h"
#include "test_songs.h"
#include "trackers.h"
#include "voice/voices.h"

namespace {

using namespace mmx;
using namespace mmx::voice::testing;

// Low: from the bottom of the voice's compass, ten semitones up; high: a woman's D4-D5. Styles are composed.
constexpr std::array<std::string_view, 6> kTunes = {"low",         "high",       "pop",
                                                    "folk-ballad", "jazz-swing", "synthwave"};

void write_wav(const std::string& path, const std::vector<float>& sound) {
    SF_INFO info{};
    info.samplerate = kRate;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (file == nullptr) throw std::runtime_error("cannot write " + path);
    sf_write_float(file, sound.data(), static_cast<sf_count_t>(sound.size()));
    sf_close(file);
}

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
void judge(const Recogniser& recogniser, const std::vector<music::SungLine>& lines, const Heard& heard,
           bool destretch, Score& score) {
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
}

// All that was heard of one voice in one kind of tune.
struct Hearing {
    Score sung;
    PitchErrors pitch;
    OnsetErrors onsets;
    Levels levels;
    double cpu_seconds = 0, seconds = 0;

    void add(const music::Score& song, const Recogniser* recogniser, const std::string& wav) {
        const Heard heard = sing(song);
        if (!wav.empty()) write_wav(wav, heard.sound);
        if (recogniser != nullptr) judge(*recogniser, song.vocals.front().lines, heard, true, sung);
        for (std::size_t i = 0; i < heard.lines.size(); ++i) {
            // Pitch takes most of the time: every fourth line tells enough.
            if (i % 4 == 0) pitch.add(heard.sound, kRate, heard.lines[i], heard.asked[i]);
            onsets.add(heard.sound, kRate, heard.lines[i]);
            levels.add(heard.sound, kRate, heard.lines[i]);
        }
        cpu_seconds += heard.cpu_seconds;
        seconds += static_cast<double>(heard.sound.size()) / kRate;
    }
    void finish() {
        pitch.finish();
        onsets.finish();
    }
};

// A row of the table; what lies outside its bounds is starred.
class Row {
  public:
    void add(double value, int digits, double low, double high) {
        const bool within = value >= low && value <= high;
        good_ = good_ && within;
        text_ += fmt::format(" {:.{}f}{} |", value, digits, within ? "" : " *");
    }
    void tell(double value, int digits) { text_ += fmt::format(" {:.{}f} |", value, digits); }
    const std::string& text() const { return text_; }
    bool good() const { return good_; }

  private:
    std::string text_;
    bool good_ = true;
};

constexpr double kAny = 1e9;

bool print_row(std::string_view voice, std::string_view tune, const Score& spoken, const Hearing& heard) {
    Row row;
    if (heard.sung.words > 0) {
        row.tell(spoken.percent(), 1);
        row.tell(heard.sung.percent(), 1);
        row.add(heard.sung.percent() - spoken.percent(), 1, -kAny, tune == "low" ? 25 : 40);
        row.add(heard.sung.wrong_percent(), 0, 85, kAny);
    }
    row.add(heard.pitch.median, 2, 0, 2);
    row.add(heard.pitch.p90, 1, 0, 10);
    row.add(100 * heard.pitch.within_50, 1, 98, 100);
    row.add(100 * heard.pitch.gross, 2, 0, 1);
    row.tell(static_cast<double>(heard.onsets.ms.size()), 0);
    row.add(heard.onsets.mean, 1, 0, 10);
    row.add(heard.onsets.most, 0, 0, 30);
    row.add(heard.levels.vowel_sd(), 1, 0, 3);
    row.add(heard.levels.sibilants_below_vowels(), 1, 5, 9);
    row.add(-heard.levels.brightness_db(), 1, 25, 35);
    row.add(heard.cpu_seconds / heard.seconds, 4, 0, 0.05);
    fmt::print("| {} | {} |{} {} |\n", voice, tune, row.text(), heard.sung.words);
    return row.good();
}

void print_misses(std::string_view kind, std::vector<Miss> misses, std::size_t most) {
    std::ranges::sort(misses, std::ranges::greater{}, &Miss::error);
    for (std::size_t i = 0; i < std::min(most, misses.size()); ++i)
        fmt::print("  {} {:.0f}: {}\n", kind, misses[i].error, misses[i].where);
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t most_texts = 99, most_misses = 0;
    std::string wanted = "soft,bright,male,vocoder", wanted_tunes, folder = "voice-campaign";
    bool recognise = true, keep = false;
    for (const std::string_view tune : kTunes) wanted_tunes += std::string(tune) + ",";
    for (int i = 1; i + 1 < count; i += 2) {
        if (!std::strcmp(arguments[i], "--texts")) most_texts = std::stoul(arguments[i + 1]);
        if (!std::strcmp(arguments[i], "--voices")) wanted = arguments[i + 1];
        if (!std::strcmp(arguments[i], "--tunes")) wanted_tunes = arguments[i + 1];
        if (!std::strcmp(arguments[i], "--folder")) folder = arguments[i + 1];
        if (!std::strcmp(arguments[i], "--misses")) most_misses = std::stoul(arguments[i + 1]);
        if (!std::strcmp(arguments[i], "--keep")) keep = std::string(arguments[i + 1]) == "yes";
        if (!std::strcmp(arguments[i], "--recognise")) recognise = std::string(arguments[i + 1]) != "no";
    }
    std::vector<music::SungLine> all, lines;
    std::vector<std::string> paths = text_paths();
    for (std::size_t i = 0; i < paths.size(); ++i)
        for (music::SungLine& line : read_text(paths[i])) {
            if (i < most_texts) lines.push_back(line);
            all.push_back(std::move(line));
        }
    paths.resize(std::min(paths.size(), most_texts));
    const Recogniser recogniser(folder, all);
    fmt::print(
        "{} texts, {} lines; a grammar of {} words, equal weights, no order. A star: outside its bounds.\n\n",
        paths.size(), lines.size(), recogniser.words());
    if (recognise)
        fmt::print("| voice | tune | spoken, % missed | sung | sung - spoken | wrong lyrics ");
    else
        fmt::print("| voice | tune ");
    fmt::print(
        "| pitch median, cents | p90 | within 50, % | gross, % | onsets | mean, ms | max | vowels s.d., dB | "
        "sibilants under vowels, dB | above 7.5 kHz, dB under | CPU | words |\n|{}\n",
        [&] {
            std::string line;
            for (int i = 0; i < (recognise ? 18 : 14); ++i) line += " --- |";
            return line;
        }());
    bool good = true;
    for (const voice::Voice& voice : voice::voices()) {
        if (wanted.find(voice.id) == std::string::npos) continue;
        const std::string id(voice.id);
        Score spoken;
        if (recognise) {
            const music::Score score = set_to_music(lines, id, voice.lowest);
            judge(recogniser, score.vocals.front().lines, say(score), false, spoken);
        }
        for (const std::string_view tune : kTunes) {
            if (wanted_tunes.find(tune) == std::string::npos) continue;
            Hearing heard;
            const auto wav = [&](std::size_t i) {
                return keep ? fmt::format("{}/{}-{}-{}.wav", folder, id, tune, i + 1) : std::string();
            };
            const Recogniser* ears = recognise ? &recogniser : nullptr;
            if (tune == "low" || tune == "high")
                heard.add(set_to_music(lines, id, tune == "high" ? voice.highest - 8 : voice.lowest), ears,
                          wav(0));
            else
                for (std::size_t i = 0; i < paths.size(); ++i)
                    heard.add(compose_song(paths[i], std::string(tune), id, i + 1), ears, wav(i));
            heard.finish();
            good = print_row(id, tune, spoken, heard) && good;
            print_misses("cents", heard.pitch.misses, most_misses);
            print_misses("onset", heard.onsets.misses, most_misses);
            std::fflush(stdout);
        }
    }
    return good ? 0 : 1;
}
