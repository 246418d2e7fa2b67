#include "recognise.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "audio/resample.h"

namespace mmx::voice::testing {
namespace {

constexpr int kRate = 16000;
constexpr const char* kModel = "/usr/share/pocketsphinx/model/en-us/en-us";

// The recogniser's phones: no schwa, no flap, no syllabic consonants.
std::string its_phones(const music::Word& word) {
    static const std::map<std::string, std::string> kOthers = {
        {"ax", "AH"}, {"axr", "ER"},  {"ix", "IH"},   {"dx", "T"},   {"nx", "N"},
        {"hv", "HH"}, {"el", "AH L"}, {"em", "AH M"}, {"en", "AH N"}};
    std::string text;
    for (const music::Syllable& syllable : word.syllables)
        for (const std::string& phone : syllable.phones) {
            std::string name;
            if (const auto other = kOthers.find(phone); other != kOthers.end())
                name = other->second;
            else
                for (const char c : phone) name += static_cast<char>(std::toupper(c));
            text += (text.empty() ? "" : " ") + name;
        }
    return text;
}

std::string plain(const music::Word& word) {
    std::string text;
    for (const char c : word.text) {
        if (std::isalpha(static_cast<unsigned char>(c))) text += static_cast<char>(std::tolower(c));
    }
    return text;
}

void write_wav(const std::string& path, std::span<const float> sound) {
    SF_INFO info{};
    info.samplerate = kRate;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (file == nullptr) throw std::runtime_error("cannot write " + path);
    sf_write_float(file, sound.data(), static_cast<sf_count_t>(sound.size()));
    sf_close(file);
}

}  // namespace

std::vector<std::string> plain_words(const music::SungLine& line) {
    std::vector<std::string> words;
    for (const music::Word& word : line.words)
        if (const std::string text = plain(word); !text.empty()) words.push_back(text);
    return words;
}

std::vector<float> destretched(std::span<const float> sound, int rate, const Line& line) {
    const auto frame_of = [&](double seconds) {
        return std::clamp<std::int64_t>(std::lround(seconds * rate), 0,
                                        static_cast<std::int64_t>(sound.size()));
    };
    const auto fade = static_cast<std::int64_t>(rate / 100);
    std::vector<float> out(static_cast<std::size_t>(rate) / 5, 0.0f);  // silence, as before any utterance
    std::int64_t at = frame_of(line.timing.start - 0.03);
    const auto copy_to = [&](std::int64_t end) {
        for (; at < end; ++at) out.push_back(sound[static_cast<std::size_t>(at)]);
    };
    for (const TimedPhone& phone : line.timing.phones) {
        if (!phone.nucleus) continue;
        double natural = 0;
        for (const Stretch& s : line.timing.stretches)
            if (&line.timing.phones[static_cast<std::size_t>(s.phone)] == &phone)
                natural += (s.to_frame - s.from_frame) * kFrameSeconds;
        const double surplus = phone.end - phone.start - natural;
        if (surplus < 0.03) continue;
        const std::int64_t cut_from = frame_of(phone.start + 0.5 * natural),
                           cut_to = frame_of(phone.start + 0.5 * natural + surplus);
        if (cut_from < at || cut_to + fade > static_cast<std::int64_t>(sound.size())) continue;
        copy_to(cut_from);
        for (std::int64_t i = 0; i < fade; ++i) {
            const float part = static_cast<float>(i) / static_cast<float>(fade);
            out.push_back(sound[static_cast<std::size_t>(cut_from + i)] * (1 - part) +
                          sound[static_cast<std::size_t>(cut_to + i)] * part);
        }
        at = cut_to + fade;
    }
    copy_to(frame_of(line.timing.end + 0.05));
    out.resize(out.size() + static_cast<std::size_t>(rate) / 5, 0.0f);
    return out;
}

Recogniser::Recogniser(std::string folder, const std::vector<music::SungLine>& vocabulary)
    : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    std::map<std::string, std::set<std::string>> words;
    for (const music::SungLine& line : vocabulary)
        for (const music::Word& word : line.words)
            if (const std::string text = plain(word); !text.empty()) words[text].insert(its_phones(word));
    words_ = words.size();
    std::ofstream dictionary(folder_ + "/words.dict"), grammar(folder_ + "/words.jsgf");
    grammar << "#JSGF V1.0;\ngrammar words;\npublic <line> = <word>+;\n<word> = ";
    bool first = true;
    for (const auto& [word, sounds] : words) {
        int variant = 0;
        for (const std::string& sound : sounds)
            dictionary << word << (++variant > 1 ? "(" + std::to_string(variant) + ")" : "") << " " << sound
                       << "\n";
        grammar << (first ? "" : " | ") << word;
        first = false;
    }
    grammar << ";\n";
}

std::vector<std::vector<std::string>> Recogniser::listen(const std::vector<std::vector<float>>& utterances,
                                                         int rate) const {
    const audio::Resampler resampler(rate, kRate);
    {
        std::ofstream list(folder_ + "/list");
        for (std::size_t i = 0; i < utterances.size(); ++i) {
            std::vector<float> sound = rate == kRate ? utterances[i] : resampler.resample(utterances[i]);
            float peak = 1e-6f;
            for (const float x : sound) peak = std::max(peak, std::abs(x));
            for (float& x : sound) x *= 0.6f / peak;
            write_wav(folder_ + "/" + std::to_string(i) + ".wav", sound);
            list << i << "\n";
        }
    }
    const std::string command = "pocketsphinx_batch -hmm " + std::string(kModel) + " -dict " + folder_ +
                                "/words.dict -jsgf " + folder_ + "/words.jsgf -ctl " + folder_ +
                                "/list -cepdir " + folder_ +
                                " -cepext .wav -adcin yes -adchdr 44 -samprate 16000 " +
                                "-cmn batch -bestpath no -remove_noise no -remove_silence no -wip 0.1 -hyp " +
                                folder_ + "/hyp >" + folder_ + "/log 2>&1 </dev/null";
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("pocketsphinx_batch failed: see " + folder_ + "/log");
    std::vector<std::vector<std::string>> heard(utterances.size());
    std::ifstream hyp(folder_ + "/hyp");
    for (std::string line; std::getline(hyp, line);) {
        const auto open = line.rfind('(');
        if (open == std::string::npos) continue;
        const auto index = static_cast<std::size_t>(std::stoul(line.substr(open + 1)));
        std::istringstream words(line.substr(0, open));
        for (std::string word; words >> word;) heard.at(index).push_back(word.substr(0, word.find('(')));
    }
    return heard;
}

int word_errors(const std::vector<std::string>& said, const std::vector<std::string>& heard) {
    std::vector<int> row(heard.size() + 1);
    for (std::size_t j = 0; j <= heard.size(); ++j) row[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= said.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= heard.size(); ++j) {
            const int here =
                std::min({diagonal + (said[i - 1] == heard[j - 1] ? 0 : 1), row[j] + 1, row[j - 1] + 1});
            diagonal = row[j];
            row[j] = here;
        }
    }
    return row.back();
}

}  // namespace mmx::voice::testing
