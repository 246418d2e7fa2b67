// One sung song, its stems and its balance: can the words be heard through the band?
//   voice_song "PROMPT" LYRICS.txt SECONDS PREFIX      writes PREFIX-mix.wav, PREFIX-lead.wav,
//   PREFIX-band.wav
#include <fmt/format.h>
#include <sndfile.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "audio/biquad.h"
#include "audio/loudness.h"
#include "engine/embedded/embedded_engine.h"
#include "prompt/prompt.h"

namespace {

using namespace mmx;

void write(const std::string& path, const audio::StereoBuffer& sound) {
    SF_INFO info{};
    info.samplerate = sound.sample_rate;
    info.channels = 2;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    std::vector<float> row;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        row.push_back(sound.left[i]);
        row.push_back(sound.right[i]);
    }
    sf_writef_float(file, row.data(), static_cast<sf_count_t>(sound.frames()));
    sf_close(file);
}

void add(const audio::StereoBuffer& from, audio::StereoBuffer& to) {
    for (std::size_t i = 0; i < to.frames(); ++i) {
        to.left[i] += from.left[i];
        to.right[i] += from.right[i];
    }
}

// Powers of windows of 50 ms.
std::vector<double> powers(const audio::StereoBuffer& sound) {
    const std::size_t window = static_cast<std::size_t>(sound.sample_rate) / 20;
    std::vector<double> row;
    for (std::size_t first = 0; first + window <= sound.frames(); first += window) {
        double sum = 0;
        for (std::size_t i = first; i < first + window; ++i)
            sum += static_cast<double>(sound.left[i]) * static_cast<double>(sound.left[i]) +
                   static_cast<double>(sound.right[i]) * static_cast<double>(sound.right[i]);
        row.push_back(sum / static_cast<double>(window) + 1e-12);
    }
    return row;
}

audio::StereoBuffer banded(audio::StereoBuffer sound) {
    const std::array filters = {audio::high_pass(1000, 0.707, sound.sample_rate),
                                audio::low_pass(4000, 0.707, sound.sample_rate)};
    audio::StereoCascade cascade{std::span<const audio::BiquadCoefficients>(filters)};
    cascade.process(sound.view());
    return sound;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 5) return 2;
    const std::string prefix = arguments[4];
    music::SongRequest request;
    request.prompt = arguments[1];
    if (std::string(arguments[2]) != "-") {
        std::ifstream file(arguments[2]);
        request.lyrics = std::string{std::istreambuf_iterator<char>(file), {}};
    }
    request.duration_seconds = std::atof(arguments[3]);
    request.seed = 1;
    const auto plan = prompt::understand(request);
    if (!plan) return fmt::print("{}\n", plan.error().tell_user), 1;
    auto engine = engine::make_embedded_engine({});
    if (!engine) return fmt::print("{}\n", engine.error().tell_user), 1;
    const engine::Cancellation never;
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    auto song = (*engine)->render(
        *plan, engine::WantStems::yes, [](engine::Stage, double) {}, never);
    if (!song) return fmt::print("{} {}\n", song.error().tell_user, song.error().tell_log), 1;
    const double seconds = static_cast<double>(song->premaster.frames()) / song->premaster.sample_rate;
    fmt::print("{} {:.0f} s, rendered in {:.2f} s wall, {:.2f} s CPU; {} singers\n", plan->genre, seconds,
               std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
               static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC, song->score->vocals.size());
    if (song->score->vocals.empty()) return 0;
    const int rate = song->premaster.sample_rate;
    audio::StereoBuffer lead(song->premaster.frames(), rate), behind = lead, band = lead;
    for (const engine::Stem& stem : song->stems) {
        bool backing = false, singer = false;
        for (const auto& part : song->score->vocals)
            if (part.id == stem.id) singer = true, backing = part.backing;
        add(stem.audio, singer ? (backing ? behind : lead) : stem.id == "vocal-reverb" ? lead : band);
    }
    // While the lead sings: its notes, by the clock.
    std::vector<bool> sung(song->premaster.frames() / (static_cast<std::size_t>(rate) / 20), false);
    for (const auto& line : song->score->vocals.front().lines)
        for (const auto& syllable : line.syllables)
            for (const auto& note : syllable.notes)
                for (double t = song->score->tempo.to_seconds(note.start).value;
                     t < song->score->tempo.to_seconds(note.start + note.length).value; t += 0.05)
                    if (t >= 0 && static_cast<std::size_t>(t * 20) < sung.size())
                        sung[static_cast<std::size_t>(t * 20)] = true;
    const auto only = [&](audio::StereoBuffer sound) {
        audio::StereoBuffer out(0, rate);
        const std::size_t window = static_cast<std::size_t>(rate) / 20;
        for (std::size_t w = 0; w < sung.size(); ++w)
            if (sung[w]) {
                out.left.insert(out.left.end(), sound.left.begin() + static_cast<std::ptrdiff_t>(w * window),
                                sound.left.begin() + static_cast<std::ptrdiff_t>((w + 1) * window));
                out.right.insert(out.right.end(),
                                 sound.right.begin() + static_cast<std::ptrdiff_t>(w * window),
                                 sound.right.begin() + static_cast<std::ptrdiff_t>((w + 1) * window));
            }
        return out;
    };
    const auto lufs = [&](const audio::StereoBuffer& sound) {
        return audio::measure_loudness(sound.view(), rate).integrated_lufs;
    };
    const double lead_lufs = lufs(only(lead)), band_lufs = lufs(only(band)), behind_lufs = lufs(only(behind));
    const auto a = powers(banded(lead)), b = powers(banded(band));
    int heard = 0, frames = 0;
    for (std::size_t w = 0; w < sung.size(); ++w)
        if (sung[w]) ++frames, heard += a[w] >= b[w];
    fmt::print(
        "while sung: lead {:+.1f} LU to the band (LUFS {:.1f}, {:.1f}), backing voices {:+.1f} LU to the "
        "lead; 1-4 kHz voice >= band in {:.0f} % of frames\n",
        lead_lufs - band_lufs, lead_lufs, band_lufs, behind_lufs - lead_lufs,
        100.0 * heard / std::max(frames, 1));
    write(prefix + "-mix.wav", song->premaster);
    write(prefix + "-lead.wav", lead);
    write(prefix + "-band.wav", band);
    return 0;
}
