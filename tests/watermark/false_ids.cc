// Looks for marks where none can be: unmarked sound, and sound marked under another key. Every find is false.
//
//   false_ids [--songs N] [--seconds S] [--clips N] [--clip-seconds S] [--keys N] [--whole-search N] [--seed
//   N] [FILE...]
//
// Songs of the engine and files are cut into clips at random places; every other clip is marked first, under
// a key of its own. The key-free half looks at a clip once; then `keys` keys that marked nothing try it as it
// is, and `whole-search` more with changes of speed, tempo and pitch. Status 1 where one finds anything, or
// where the keys that did mark find less than nine in ten: then nothing would be proved.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "base/secrets.h"
#include "codec/codec.h"
#include "material.h"
#include "watermark/detect.h"
#include "watermark/embed.h"

namespace {

using namespace mmx;
using watermark::KeyRing;
using watermark::Search;

struct Options {
    std::size_t songs = 0, clips = 40, keys = 1, whole_searches = 1;
    double seconds = 210, clip_seconds = 30;
    std::uint64_t seed = 1;
    std::vector<std::string> files;
};

struct Tally {
    std::size_t clips = 0, marked = 0, read = 0, tried = 0, searched = 0, false_ids = 0;
    double seconds = 0;
};

// A key nobody has: of the campaign's seed and a running number, so that a find can be looked into.
KeyRing stranger(std::uint64_t seed, std::string_view what, std::size_t number) {
    return KeyRing(base::hkdf_sha256(fmt::format("false ids {}", seed), fmt::format("{} {}", what, number)),
                   1);
}

void look_for_false_ids(const audio::StereoBuffer& sound, const std::string& name, const Options& options,
                        base::Chance& chance, Tally& tally) {
    const auto frames = static_cast<std::size_t>(options.clip_seconds * sound.sample_rate);
    if (sound.frames() < frames) {
        fmt::print("- {}: shorter than a clip\n", name);
        return;
    }
    for (std::size_t i = 0; i < options.clips; ++i, ++tally.clips) {
        const double share = chance.uniform(0, 1);
        const auto first = static_cast<std::size_t>(share * static_cast<double>(sound.frames() - frames));
        audio::StereoBuffer clip = watermark::cut(sound, first, frames);
        tally.seconds += options.clip_seconds;
        const bool marked = i % 2 == 1;
        const KeyRing own = stranger(options.seed, "marks", tally.clips);
        const std::uint64_t id = own.newest().id_of(name);
        if (marked) watermark::embed(clip, own.newest(), id);
        const watermark::Features features = watermark::extract(clip);
        if (marked) {
            ++tally.marked;
            const auto found = watermark::detect(features, own, Search::as_made).marks;
            if (found.size() == 1 && found.front().id == id) ++tally.read;
        }
        for (std::size_t k = 0; k < options.keys + options.whole_searches; ++k) {
            const bool whole = k >= options.keys;
            const KeyRing other = stranger(options.seed, whole ? "searches" : "reads",
                                           tally.clips * (options.keys + options.whole_searches) + k);
            const auto found =
                watermark::detect(features, other, whole ? Search::changed : Search::as_made).marks;
            ++(whole ? tally.searched : tally.tried);
            for (const watermark::FoundMark& mark : found) {
                ++tally.false_ids;
                fmt::print("FALSE ID {} in {} at {:.3f} s, clip {}, key {}{}: p {:.1e} {:.1e} {:.1e}\n",
                           watermark::id_text(mark.id), name, static_cast<double>(first) / sound.sample_rate,
                           tally.clips, k, marked ? ", marked under another key" : "", mark.in_band.p_value,
                           mark.ultrasonic_low.p_value, mark.ultrasonic_high.p_value);
            }
        }
    }
}

base::Status run(const Options& options, Tally& tally) {
    base::Chance chance(options.seed, base::Stream::effects);
    if (options.songs > 0) {
        watermark::Songs songs = TRY(watermark::Songs::open());
        for (std::size_t i = 0; i < options.songs; ++i) {
            const std::string& prompt = watermark::prompts()[i % watermark::prompts().size()];
            // Every fifth song is sung.
            const auto voice = i % 5 == 4 ? watermark::Songs::Voice::sung : watermark::Songs::Voice::none;
            const auto sound = TRY(songs.unmarked(prompt, options.seed * 1000 + i, options.seconds, voice));
            look_for_false_ids(sound, fmt::format("song {} ({})", i, prompt), options, chance, tally);
            if (i % 10 == 9)
                fmt::print(stderr, "{} songs, {} clips, {} false ids\n", i + 1, tally.clips, tally.false_ids);
        }
    }
    for (const std::string& file : options.files)
        look_for_false_ids(TRY(codec::read_audio(file)), file, options, chance, tally);
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Looks for marks where none can be.");
    Options options;
    app.add_option("--songs", options.songs, "songs of the engine");
    app.add_option("--seconds", options.seconds, "length of a song");
    app.add_option("--clips", options.clips, "clips of each song or file");
    app.add_option("--clip-seconds", options.clip_seconds, "length of a clip");
    app.add_option("--keys", options.keys, "keys that read a clip as it is");
    app.add_option("--whole-search", options.whole_searches, "keys that search a clip for changes too");
    app.add_option("--seed", options.seed, "of songs, places and keys");
    app.add_option("files", options.files, "sound files without a mark");
    CLI11_PARSE(app, argc, argv);
    Tally tally;
    if (const auto status = run(options, tally); !status) {
        fmt::print(stderr, "{}\n", status.error().tell_user);
        return EXIT_FAILURE;
    }
    fmt::print("{} clips ({:.1f} h), {} of them marked and {} of these read under the right key\n",
               tally.clips, tally.seconds / 3600, tally.marked, tally.read);
    fmt::print(
        "{} readings as it is, {} with the whole search, under keys that marked nothing: {} false ids\n",
        tally.tried, tally.searched, tally.false_ids);
    const bool control = tally.marked > 0 && tally.read * 10 >= tally.marked * 9;
    if (!control) fmt::print("the right keys find too little: nothing is proved\n");
    return tally.false_ids == 0 && control ? EXIT_SUCCESS : EXIT_FAILURE;
}
