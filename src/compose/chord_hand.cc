#include "compose/chord_hand.h"

#include <algorithm>
#include <cstdlib>

namespace mmx::compose {
namespace {

int pitch_class(int pitch) {
    return ((pitch % 12) + 12) % 12;
}

}  // namespace

ChordHand::ChordHand(const Scene& scene, const Player& player)
    : player_(player),
      scene_(scene),
      low_(player.manner.low > 0 ? player.manner.low : player.instrument->sweet_low),
      high_(player.manner.high > 0 ? player.manner.high : player.instrument->sweet_high) {
    low_ = std::max(low_, player.instrument->low);
    high_ = std::max(low_ + 12, std::min(high_, player.instrument->high));
}

bool ChordHand::bass_plays(const BarView& bar) const {
    for (std::size_t p = 0; p < scene_.band.players.size(); ++p)
        if (scene_.band.players[p].role == music::Role::bass &&
            scene_.plays[p][static_cast<std::size_t>(bar.index)])
            return true;
    return false;
}

std::vector<int> ChordHand::take(const BarView& bar, const music::ChordEvent& event) {
    const style::VoicingKind kind = player_.manner.voicing;
    if (kind == style::VoicingKind::guitar) {
        for (const auto& [chord, pitches] : grips_)
            if (chord == event.chord) return pitches;
        grips_.emplace_back(event.chord, grip_chord(event.chord, 0).pitches());
        return grips_.back().second;
    }
    VoicingRequest request;
    request.chord = event.chord;
    request.key = scene_.key_at(event.start);
    // The bass has the root of these, if there is one.
    const bool leaves_root = kind == style::VoicingKind::rootless || kind == style::VoicingKind::shell;
    request.kind = leaves_root && !bass_plays(bar) ? style::VoicingKind::close : kind;
    request.low = low_;
    request.high = high_;
    request.voices = player_.manner.voices;
    // A moving lead needs its register for itself; a resting one leaves room.
    const bool lead_moves = bar.lead_low < 128 && bar.lead_activity > 0.5;
    if (lead_moves && kind != style::VoicingKind::power)
        request.high = std::clamp(bar.lead_low, std::min(low_ + 14, high_), high_);
    before_ = voice_chord(request, before_);
    return before_;
}

int ChordHand::bass(const music::Chord& chord) {
    const int floor = std::max(player_.instrument->low, 33);
    int pitch = floor + pitch_class(chord.bass - floor);
    if (last_bass_ > 0 && pitch + 12 <= 52 &&
        std::abs(pitch + 12 - last_bass_) < std::abs(pitch - last_bass_))
        pitch += 12;
    last_bass_ = pitch;
    return pitch;
}

int ChordHand::fifth(const music::Chord& chord) {
    int interval = 7;
    for (const int i : chord.intervals())
        if (i >= 6 && i <= 8) interval = i;
    const int root = bass(chord), wanted = pitch_class(chord.root + interval);
    const int below = root - pitch_class(root - wanted);
    return below >= std::max(player_.instrument->low, 33) ? below : below + 12;
}

}  // namespace mmx::compose
