// The band plays: each player writes a part, drums first, because the bass listens to the kick.
#include <algorithm>
#include <set>

#include "compose/band.h"
#include "compose/scene.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using style::Texture;

Notes write_part(const Scene& scene, std::size_t player) {
    const style::Texture texture = scene.band.players[player].manner.texture;
    // Without a key only drums and sounds play.
    if (!scene.has_chords() && texture != Texture::kit && texture != Texture::effects) return {};
    switch (texture) {
        case Texture::kit:
            return write_kit(scene, player);
        case Texture::roll:
            return write_timpani(scene, player);
        case Texture::steps:
        case Texture::drone:
            return write_bass(scene, player);
        case Texture::walking:
            return write_walking_bass(scene, player);
        case Texture::chords:
        case Texture::strum:
        case Texture::power:
            return write_comping(scene, player);
        case Texture::arpeggio:
            return write_arpeggio(scene, player);
        case Texture::sustain:
            return write_pad(scene, player);
        case Texture::answer:
            return write_answers(scene, player);
        case Texture::harmony:
            return write_harmony_line(scene, player);
        case Texture::guide:
            return write_guide_line(scene, player);
        case Texture::effects:
            return write_effects(scene, player);
        case Texture::melody:
            return {};
    }
    return {};
}

// What no instrument can do is mended here once for all: notes beyond the compass, after the end, or struck
// again while they still sound.
void make_playable(Notes& notes, const style::Instrument& instrument, Ticks end) {
    for (music::Note& note : notes) {
        if (!instrument.drums) {
            while (note.pitch > instrument.high) note.pitch -= 12;
            while (note.pitch < instrument.low) note.pitch += 12;
        }
        note.length = std::min(note.length, end - note.start);
        note.velocity = std::clamp(note.velocity, 0.04f, 1.0f);
    }
    std::erase_if(notes, [&](const music::Note& n) {
        return n.start.value < 0 || n.start >= end || n.length.value <= 0;
    });
    std::ranges::stable_sort(notes, [](const music::Note& a, const music::Note& b) {
        return std::pair(a.start, a.pitch) < std::pair(b.start, b.pitch);
    });
    Notes kept;
    for (const music::Note& note : notes) {
        bool twice = false;
        for (auto other = kept.rbegin(); other != kept.rend(); ++other) {
            if (other->pitch == note.pitch) {
                twice = other->start == note.start;
                if (!twice && other->start + other->length > note.start)
                    other->length = note.start - other->start;
                break;
            }
        }
        if (!twice) kept.push_back(note);
    }
    // One voice at a time where the instrument has only one.
    if (!instrument.polyphonic && !instrument.drums)
        for (std::size_t i = 0; i + 1 < kept.size(); ++i)
            if (kept[i + 1].start > kept[i].start)
                kept[i].length = std::min(kept[i].length, kept[i + 1].start - kept[i].start);
    notes = std::move(kept);
}

// While somebody sings, the instrument that would have the tune answers in the rests, unless another does
// already.
void answer_the_singer(const Scene& scene, const Outline& outline, music::Score& score) {
    const auto& players = scene.band.players;
    const auto lead = std::ranges::find(players, music::Role::lead, &Player::role);
    const bool answered = std::ranges::any_of(
        players, [](const Player& player) { return player.manner.texture == Texture::answer; });
    if (outline.sung.empty() || lead == players.end() || answered) return;
    std::set<int> sung;
    for (const SungOn& on : outline.sung) sung.insert(on.section);
    // Who sings first is heard alone.
    const int first = *sung.begin();
    Notes notes = write_answers(scene, static_cast<std::size_t>(lead - players.begin()));
    make_playable(notes, *lead->instrument, score.end);
    const auto part = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    for (const music::Note& note : notes) {
        const int bar = score.bar_at(note.start);
        const int section = score.bars[static_cast<std::size_t>(bar)].section;
        const bool ends = outline.bars[static_cast<std::size_t>(bar)] == BarRole::last;
        if (sung.contains(section) && section != first && !ends) part->notes.push_back(note);
    }
    std::ranges::stable_sort(part->notes, {}, &music::Note::start);
}

}  // namespace

void arrange(const music::Plan& plan, const style::Style& style, const style::Style* second, const Band& band,
             const Outline& outline, music::Score& score) {
    static_cast<void>(second);  // its players carry their own book
    Scene scene = make_scene(plan, style, band, outline, score);
    std::vector<Notes> parts(band.players.size());
    const auto write = [&](std::size_t player) {
        parts[player] = write_part(scene, player);
        make_playable(parts[player], *band.players[player].instrument, score.end);
    };
    for (std::size_t p = 0; p < band.players.size(); ++p)
        if (band.players[p].role == music::Role::drums) write(p);
    for (std::size_t p = 0; p < band.players.size(); ++p)
        for (const music::Note& note : parts[p])
            if (band.players[p].role == music::Role::drums && note.pitch == 36)
                scene.kicks.push_back(note.start);
    std::ranges::sort(scene.kicks);
    for (std::size_t p = 0; p < band.players.size(); ++p)
        if (band.players[p].role != music::Role::drums && band.players[p].role != music::Role::lead) write(p);
    answer_the_singer(scene, outline, score);

    for (std::size_t p = 0; p < band.players.size(); ++p) {
        const Player& player = band.players[p];
        if (player.role == music::Role::lead || parts[p].empty()) continue;
        score.parts.push_back({player.id, player.instrument->name, player.role, player.instrument->id,
                               std::move(parts[p]), player.pan});
    }
}

}  // namespace mmx::compose
