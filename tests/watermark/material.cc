#include "material.h"

#include <algorithm>

#include "engine/embedded/embedded_engine.h"
#include "produce/produce.h"

namespace mmx::watermark {

const std::vector<std::string>& prompts() {
    static const std::vector<std::string> all = {
        "dreamy ambient with long pads, no drums",
        "bossa nova with nylon guitar and soft percussion",
        "romantic classical piano",
        "folk ballad with acoustic guitar and fiddle",
        "deep house with organ and a warm bass, 122 bpm",
        "swinging jazz quartet with saxophone",
        "dusty lo-fi hip hop, 78 bpm",
        "heroic orchestral film music with brass and timpani",
        "bright pop with piano and electric guitar",
        "roots reggae with organ, 74 bpm",
        "hard rock with distorted guitars, 150 bpm",
        "synthwave with arpeggios, 105 bpm",
        "a lonely cello",
        "a minimal music box waltz",
        "fast drum and bass",
        "string quartet, slow",
    };
    return all;
}

base::Result<Songs> Songs::open() {
    Songs songs;
    songs.engine_ = TRY(engine::make_embedded_engine({}));
    return songs;
}

base::Result<audio::StereoBuffer> Songs::unmarked(const std::string& prompt, std::uint64_t seed,
                                                  double seconds, Voice voice) {
    music::SongRequest request;
    request.prompt = prompt;
    request.seed = seed;
    request.duration_seconds = seconds;
    if (voice == Voice::sung)
        request.lyrics =
            "The rain is on the window and the road is long\nI keep a little light for you, I keep a little "
            "song\n\nAnd if the morning finds us we will sing it in the sun\nAnd if the morning never comes "
            "we "
            "sing it, everyone\n";
    else
        request.voice = "none";
    produce::Song song = TRY(produce::produce_song(request, *engine_, {}, [](engine::Stage, double) {}, {}));
    return std::move(song.master);
}

audio::StereoBuffer cut(const audio::StereoBuffer& sound, std::size_t first, std::size_t frames) {
    first = std::min(first, sound.frames());
    frames = std::min(frames, sound.frames() - first);
    audio::StereoBuffer part(frames, sound.sample_rate);
    std::copy_n(sound.left.begin() + static_cast<std::ptrdiff_t>(first), frames, part.left.begin());
    std::copy_n(sound.right.begin() + static_cast<std::ptrdiff_t>(first), frames, part.right.begin());
    return part;
}

}  // namespace mmx::watermark
