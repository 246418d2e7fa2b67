#include "perform/perform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "base/random.h"
#include "perform/patches.h"
#include "perform/timing.h"
#include "perform/tone.h"

namespace mmx::perform {
namespace {

// What rings on beyond a loop's end, to be laid over its beginning.
constexpr double kLoopTailSeconds = 4.0;

struct Stem {
    std::unique_ptr<Player> player;
    std::unique_ptr<ToneBox> tone;  // null: none
    // The tone box works in whole blocks: of the last one, what the caller has not asked for yet.
    std::array<float, ToneBox::kFrames> left{}, right{};
    std::size_t used = ToneBox::kFrames;

    void whole_blocks(audio::StereoView out) {
        player->render(out);
        if (tone) tone->process(out);
    }
};

// By the part's name, else by its role, so that a bass called "walking" still gets the style's bass sound.
const style::PartSound* own_sound(const music::Part& part, const style::SoundStyle& sound) {
    const style::PartSound* own = sound.part(part.id);
    return own != nullptr ? own : sound.part(music::role_name(part.role));
}

// The style's choice for the part, else for its instrument, else the instrument's own first patch.
base::Result<const Patch*> choose_patch(const music::Part& part, const style::SoundStyle& sound) {
    const style::PartSound* own = own_sound(part, sound);
    std::string_view wanted;
    const auto by_instrument = sound.patches.find(part.instrument);
    if (by_instrument != sound.patches.end()) wanted = by_instrument->second;
    if (own != nullptr && !own->patch.empty()) {
        // A part's patch is meant for the instrument it was written for; a user who asks for another gets
        // that one.
        const Patch* patch = find_patch(own->patch);
        if (patch != nullptr && patch->instrument == part.instrument) wanted = own->patch;
    }
    const Patch* patch = wanted.empty() ? nullptr : find_patch(wanted);
    if (patch == nullptr) patch = default_patch(part.instrument);
    if (patch != nullptr) return patch;
    return base::fail(base::Kind::internal, "The program has no sound for one of the song's instruments.",
                      fmt::format("no patch for instrument '{}' of part '{}'", part.instrument, part.id));
}

// Parts are keyed by their names, so that one more part leaves the others' sound alone.
std::uint64_t seed_of(std::uint64_t seed, const std::string& id) {
    std::uint64_t hash = seed ^ 0xcbf29ce484222325ULL;
    for (const char letter : id) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    return hash;
}

}  // namespace

struct Performance::Song {
    std::vector<Stem> stems;
    base::Frames length;
};

Performance::Performance(std::unique_ptr<Song> song) : song_(std::move(song)) {}
Performance::Performance(Performance&&) noexcept = default;
Performance& Performance::operator=(Performance&&) noexcept = default;
Performance::~Performance() = default;

base::Result<Performance> Performance::prepare(const music::Score& score, const music::Plan&,
                                               const style::Style& style, int sample_rate,
                                               std::shared_ptr<const SoundBank> bank) {
    TRY_VOID(all_patches());
    auto song = std::make_unique<Song>();
    const double tail = score.ending == music::Ending::loop ? kLoopTailSeconds : 0.0;
    song->length =
        base::Frames(static_cast<std::int64_t>(base::floor((score.length.value + tail) * sample_rate + 0.5)));
    for (const music::Part& part : score.parts) {
        const Patch* patch = TRY(choose_patch(part, style.sound));
        const std::uint64_t seed = seed_of(score.seed, part.id);
        Stem& stem = song->stems.emplace_back();
        stem.player = make_player(*patch, play_part(score, part, style.sound.pocket, sample_rate),
                                  sample_rate, seed, bank);
        const style::PartSound* own = own_sound(part, style.sound);
        const style::Tone& tone = own != nullptr && own->has_tone ? own->tone : style.sound.tone;
        if (!tone.plain()) stem.tone = std::make_unique<ToneBox>(tone, sample_rate, seed);
    }
    return Performance(std::move(song));
}

std::size_t Performance::stems() const {
    return song_->stems.size();
}

base::Frames Performance::length() const {
    return song_->length;
}

void Performance::render(std::size_t stem, audio::StereoView out) {
    constexpr std::size_t kBlock = ToneBox::kFrames;
    Stem& playing = song_->stems[stem];
    for (std::size_t at = 0; at < out.frames();) {
        const std::size_t left = out.frames() - at;
        if (playing.used == kBlock && left >= kBlock) {
            playing.whole_blocks(out.part(at, left - left % kBlock));
            at += left - left % kBlock;
            continue;
        }
        if (playing.used == kBlock) {
            playing.whole_blocks({playing.left, playing.right});
            playing.used = 0;
        }
        const std::size_t count = std::min(left, kBlock - playing.used);
        std::copy_n(playing.left.begin() + static_cast<std::ptrdiff_t>(playing.used), count, &out.left[at]);
        std::copy_n(playing.right.begin() + static_cast<std::ptrdiff_t>(playing.used), count, &out.right[at]);
        playing.used += count;
        at += count;
    }
}

}  // namespace mmx::perform
