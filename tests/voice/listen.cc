#include "listen.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <stdexcept>

#include "audio/denormals.h"
#include "voice/ensemble.h"
#include "voice/singer.h"
#include "voice/voice.h"

namespace mmx::voice::testing {
namespace {

std::shared_ptr<const std::vector<float>> no_breath() {
    auto silence = std::make_shared<std::vector<float>>(kCoefficients, 0.0f);
    silence->front() = -20;
    return silence;
}

void render(const music::Score& score, const Voice& voice, const Seat& seat, Heard& heard) {
    const audio::DenormalsOff off;
    double end = 0;
    for (const Line& line : heard.lines) end = std::max(end, line.timing.end);
    heard.sound.assign(static_cast<std::size_t>((end + 0.5) * kRate), 0.0f);
    Singer singer(voice, seat.take, std::make_shared<const std::vector<Line>>(heard.lines), no_breath(),
                  seat.seed, kRate);
    const std::clock_t before = std::clock();
    constexpr std::size_t kChunk = 2 * kRate;
    for (std::size_t first = 0; first < heard.sound.size(); first += kChunk)
        singer.render(std::span(heard.sound).subspan(first, std::min(kChunk, heard.sound.size() - first)));
    heard.cpu_seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    for (std::size_t i = 0; i < heard.lines.size(); ++i)
        heard.asked.push_back(Singer::pitch_of(voice, seat.take, heard.lines[i], seat.seed, i));
    (void)score;
}

}  // namespace

std::shared_ptr<const SpeechModel> speaker() {
    static const auto model = [] {
        auto opened = open_voice();
        if (!opened) throw std::runtime_error(opened.error().tell_user);
        return *opened;
    }();
    return model;
}

Sayings speak(const music::VocalPart& part) {
    Sayings sayings;
    for (const music::SungLine& line : part.lines) {
        auto& known = sayings[labels_of(line)];
        if (known) continue;
        auto spoken = speaker()->speak(labels_of(line));
        if (!spoken) throw std::runtime_error(line.text + ": " + spoken.error().tell_log);
        known = std::make_shared<const Spoken>(std::move(*spoken));
    }
    return sayings;
}

Heard sing(const music::Score& score) {
    const music::VocalPart& part = score.vocals.front();
    const Voice& voice = find_voice(part.voice);
    Heard heard;
    heard.lines = lines_of(score, part, speak(part));
    render(score, voice, seats_of(part, voice, seed_of(score, part)).front(), heard);
    return heard;
}

Heard say(const music::Score& score) {
    const music::VocalPart& part = score.vocals.front();
    const Voice& voice = find_voice(part.voice);
    const Sayings sayings = speak(part);
    Heard heard;
    double at = 0.5;
    for (const music::SungLine& sung : part.lines) {
        Line line;
        line.spoken = sayings.at(labels_of(sung));
        line.delivery = music::Delivery::spoken;
        const std::vector<LinePhone> phones = phones_of(sung);
        double length = 0, log_f0 = 0, voiced = 0;
        for (std::size_t i = 1; i + 1 < phones.size(); ++i)
            length += line.spoken->phones[i].frames * kFrameSeconds;
        for (const float f : line.spoken->log_f0)
            if (f > 0) log_f0 += static_cast<double>(f), voiced += 1;
        // At the speaker's own pitch; a longer throat speaks lower.
        const double hertz =
            std::exp(log_f0 / std::max(voiced, 1.0)) * (voice.throat.formants < 0.9 ? 0.6 : 1.0);
        const int pitch = static_cast<int>(std::lround(69 + 12 * std::log2(hertz / 440)));
        line.notes = {{at, at + length, pitch, 0.7, 0}};
        line.timing = time_spoken(phones, *line.spoken, line.notes, at - 0.4);
        heard.lines.push_back(line);
        at = line.timing.end + 0.5;
    }
    render(score, voice, seats_of(part, voice, seed_of(score, part)).front(), heard);
    return heard;
}

}  // namespace mmx::voice::testing
