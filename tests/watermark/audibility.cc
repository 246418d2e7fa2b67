// A row for each piece: how far its mark lies under the masked threshold, over all and in the worst critical
// band, and how strong it is against the sound between 1 and 4.5 kHz and above 18 kHz.
//
//   audibility [--pieces N] [--seconds S] [--seed N] [FILE...]
//
// Songs of the engine and files. Status 1 where a mean lies above -8 dB or a band above -3 dB.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "audio/resample.h"
#include "codec/codec.h"
#include "material.h"
#include "noise_to_mask.h"
#include "watermark/embed.h"

namespace {

using namespace mmx;
using namespace mmx::watermark;

constexpr double kMostMeanDb = -8, kMostBandDb = -3;

bool row_of(const std::string& name, const audio::StereoBuffer& plain) {
    audio::StereoBuffer marked = plain;
    embed(marked, KeyRing(std::string(32, 'k'), 1).newest(), 0x0123456789abcdef);
    const auto before = plain.view();
    const audio::ConstStereoView after = std::as_const(marked).view();
    const NoiseToMask heard = noise_to_mask(before, after);
    std::size_t worst = 0;
    for (std::size_t b = 0; b < kCriticalBands; ++b)
        if (heard.band_db[b] > heard.band_db[worst]) worst = b;
    const audio::StereoBuffer nothing(plain.frames(), plain.sample_rate);
    const double host = added_db(nothing.view(), before, 1000, 4500);
    const bool ok = heard.mean_db <= kMostMeanDb && heard.worst_band_db <= kMostBandDb;
    fmt::print("| {:40} | {:5.1f} | {:5.1f} at {:5.0f} Hz | {:4.1f} % | {:4.1f} | {:6.1f} | {:6.1f} |{}\n",
               name.substr(0, 40), heard.mean_db, heard.worst_band_db, kCriticalEdges[worst],
               100 * heard.loud_frames, host - added_db(before, after, 1000, 4500),
               added_db(before, after, 18000, 20000), added_db(before, after, 14500, 17900),
               ok ? "" : " MISSED");
    std::fflush(stdout);
    return ok;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("How far a mark lies under what the sound hides.");
    std::size_t pieces = 8;
    double seconds = 40;
    std::uint64_t seed = 500;
    std::vector<std::string> files;
    app.add_option("--pieces", pieces, "songs of the engine");
    app.add_option("--seconds", seconds, "length of a song");
    app.add_option("--seed", seed, "of the first song");
    app.add_option("files", files, "sound files without a mark");
    CLI11_PARSE(app, argc, argv);
    fmt::print(
        "| piece | mean dB | worst band | frames over 1.5 dB | host over mark, 1-4.5 kHz, dB | added above "
        "18 kHz, "
        "dBFS | 14.5-17.9 kHz |\n| --- | --- | --- | --- | --- | --- | --- |\n");
    bool ok = true;
    auto songs = Songs::open();
    if (!songs) {
        fmt::print(stderr, "{}\n", songs.error().tell_user);
        return EXIT_FAILURE;
    }
    for (std::size_t i = 0; i < pieces; ++i) {
        const std::string& prompt = prompts()[i % prompts().size()];
        const auto song = songs->unmarked(prompt, seed + i, seconds, Songs::Voice::none);
        if (!song) {
            fmt::print(stderr, "{}\n", song.error().tell_user);
            return EXIT_FAILURE;
        }
        ok &= row_of(prompt, *song);
    }
    for (const std::string& file : files) {
        const auto sound = codec::read_audio(file);
        if (!sound) {
            fmt::print(stderr, "{}\n", sound.error().tell_user);
            return EXIT_FAILURE;
        }
        ok &= row_of(file.substr(file.rfind('/') + 1), audio::resample(*sound, 48000));
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
