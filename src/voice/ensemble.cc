#include "voice/ensemble.h"

#include <algorithm>

#include "base/maths.h"
#include "base/random.h"

namespace mmx::voice {

std::uint64_t seed_of(const music::Score& score, const music::VocalPart& part) {
    std::uint64_t hash = score.seed ^ 0xcbf29ce484222325ULL;
    for (const char letter : part.id) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    return hash;
}

std::vector<Seat> seats_of(const music::VocalPart& part, const Voice& voice, std::uint64_t seed) {
    std::vector<Seat> seats;
    const int singers = std::clamp(part.singers, 1, 16);
    const bool choir = singers >= 4;
    for (int i = 0; i < singers; ++i) {
        Seat seat;
        seat.seed = seed + static_cast<std::uint64_t>(i) * 0x9e3779b97f4a7c15ULL;
        base::Chance chance(seed, base::Stream::voice_time, {static_cast<std::uint64_t>(i), 0, 0});
        if (part.backing) {
            // Behind the lead: less vibrato, and consonants that do not hiss into it.
            seat.take.vibrato = 0.6;
            seat.take.consonants_db = -2;
        }
        if (i > 0 && !choir) {
            // A double: the same line sung once more, 5 cents and some 20 ms apart, to one side.
            const double side = i % 2 == 1 ? -1 : 1;
            seat.take.delay_seconds = chance.uniform(0.015, 0.03);
            seat.take.detune_cents = side * chance.uniform(4, 6);
            seat.take.formants = 1 + side * 0.012;
            seat.take.vibrato *= 0.8;
            seat.take.consonants_db -= 4;
            seat.gain_db = -7;
            seat.pan = side * 0.65;
        }
        if (choir) {
            // Rows from left to right; nobody is in front.
            const double place = 2.0 * i / (singers - 1) - 1;
            seat.take.delay_seconds = i == 0 ? 0.0 : chance.uniform(0.0, 0.035);
            seat.take.detune_cents = chance.normal() * 6;
            seat.take.formants = 1 + 0.03 * chance.uniform(-1, 1);
            seat.take.vibrato *= chance.uniform(0.6, 1.0);
            seat.take.consonants_db = -3;
            seat.gain_db = -10 * base::log10(singers);
            seat.pan = 0.8 * (i % 2 == 0 ? place : -place);
        }
        seats.push_back(std::move(seat));
    }
    if (voice.robot && !choir)
        for (int which = 1; which <= kInnerNotes; ++which) {
            Seat seat = seats.front();
            seat.seed += static_cast<std::uint64_t>(which) * 0x2545f4914f6cdd1dULL;
            seat.take.unvoiced_db = -60;
            seat.take.detune_cents = which % 2 == 1 ? 4 : -4;
            seat.gain_db = -5;
            seat.pan = which % 2 == 1 ? -0.5 : 0.5;
            seat.inner = which;
            seats.push_back(std::move(seat));
        }
    return seats;
}

int inner_note(const music::Score& score, base::Ticks at, int pitch, int which) {
    const music::ChordEvent* chord = score.chord_at(at);
    if (chord == nullptr) return pitch - 12 * which;
    int left = which;
    for (int note = pitch - 1; note > pitch - 36; --note)
        if (chord->chord.contains(note) && --left == 0) return note;
    return pitch - 12;
}

}  // namespace mmx::voice
