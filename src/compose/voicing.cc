#include "compose/voicing.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mmx::compose {
namespace {

using style::VoicingKind;

int pitch_class(int pitch) {
    return ((pitch % 12) + 12) % 12;
}

// Third, seventh and so on as intervals above the root, or -1.
int find_interval(const music::Chord& chord, std::initializer_list<int> wanted) {
    for (const int want : wanted)
        for (const int interval : chord.intervals())
            if (interval == want) return interval;
    return -1;
}

bool in_key(const VoicingRequest& request, int interval) {
    return request.key && request.key->contains(request.chord.root + interval);
}

// The chord's tones to sound, as intervals, most needed first.
std::vector<int> tones_by_need(const VoicingRequest& request) {
    const music::Chord& chord = request.chord;
    const int third = find_interval(chord, {3, 4, 5, 2}), seventh = find_interval(chord, {10, 11, 9}),
              fifth = find_interval(chord, {7, 6, 8});
    std::vector<int> tones;
    const auto add = [&](int interval) {
        if (interval >= 0 && std::ranges::none_of(tones, [&](int t) { return t % 12 == interval % 12; }))
            tones.push_back(interval % 12);
    };
    const bool without_root = request.kind == VoicingKind::rootless || request.kind == VoicingKind::shell;
    add(third);
    add(seventh);
    if (without_root) {
        add(find_interval(chord, {14, 21}));
        // A ninth and a thirteenth of the key colour sevenths; over a plain triad they would be wrong notes.
        if (seventh >= 0 && fifth == 7 && in_key(request, 2)) add(2);
        if (request.kind == VoicingKind::rootless) {
            add(fifth);
            if (third == 4 && seventh == 10 && in_key(request, 9)) add(9);
        }
        if (tones.size() < 3) add(0);
        if (request.kind == VoicingKind::shell && tones.size() < 3) add(fifth);
    } else {
        add(0);
        for (const int interval : chord.intervals())
            if (interval > 11) add(interval);
        add(fifth);
    }
    for (const int interval : chord.intervals()) add(interval);
    if (static_cast<int>(tones.size()) > request.voices)
        tones.resize(static_cast<std::size_t>(std::max(1, request.voices)));
    // A held triad doubles its root, so that the number of voices stays and each can be followed.
    if (request.kind == VoicingKind::open && tones.size() == 3 && request.voices >= 4) tones.push_back(0);
    return tones;
}

// Below these notes such a small interval growls (the arranger's low interval limits, rounded).
double mud(const std::vector<int>& pitches) {
    double cost = 0;
    for (std::size_t i = 1; i < pitches.size(); ++i) {
        const int interval = pitches[i] - pitches[i - 1];
        if (interval <= 2 && pitches[i - 1] < 52)
            cost += 14;
        else if (interval <= 4 && pitches[i - 1] < 48)
            cost += 12;
        else if (interval <= 6 && pitches[i - 1] < 41)
            cost += 8;
        if (interval == 1 && i + 1 == pitches.size()) cost += 6;  // a semitone on top bites the melody
    }
    return cost;
}

double cost_of(const std::vector<int>& pitches, const VoicingRequest& request,
               const std::vector<int>& before) {
    double cost = mud(pitches);
    const double centre = 0.5 * (request.low + request.high);
    double mean = 0;
    for (const int pitch : pitches) {
        mean += pitch;
        if (pitch < request.low) cost += 4.0 * (request.low - pitch);
        if (pitch > request.high) cost += 4.0 * (pitch - request.high);
    }
    mean /= static_cast<double>(pitches.size());
    cost += 0.25 * std::abs(mean - centre);
    if (!before.empty()) {
        cost += 1.0 * movement(before, pitches);
        cost += 0.7 * std::abs(pitches.back() - before.back());  // the top voice is the one that is heard
    }
    return cost;
}

std::vector<int> stacked(const std::vector<int>& tones, int root, int lowest, std::size_t inversion) {
    std::vector<int> classes;
    for (const int tone : tones) classes.push_back(pitch_class(root + tone));
    // Ascending from the root, then turned.
    std::ranges::sort(classes, {}, [&](int c) { return pitch_class(c - root); });
    std::rotate(classes.begin(), classes.begin() + static_cast<std::ptrdiff_t>(inversion), classes.end());
    std::vector<int> pitches;
    int at = lowest;
    for (const int c : classes) {
        while (pitch_class(at) != c) ++at;
        pitches.push_back(at);
        ++at;
    }
    return pitches;
}

// Close position opened: drop2 lowers the second voice from above, open lifts the second from below.
void spread(std::vector<int>& pitches, VoicingKind kind) {
    if (pitches.size() < 3) return;
    if (kind == VoicingKind::drop2) pitches[pitches.size() - 2] -= 12;
    if (kind == VoicingKind::open) pitches[1] += 12;
    std::ranges::sort(pitches);
}

std::vector<int> best_of(const VoicingRequest& request, const std::vector<int>& tones,
                         const std::vector<int>& before) {
    std::vector<int> best;
    double best_cost = 0;
    for (int lowest = request.low - 12; lowest <= request.high; ++lowest) {
        for (std::size_t inversion = 0; inversion < tones.size(); ++inversion) {
            std::vector<int> pitches = stacked(tones, request.chord.root, lowest, inversion);
            if (pitches.front() != lowest) continue;  // found again from its own lowest note
            spread(pitches, request.kind);
            if (pitches.front() < request.low || pitches.back() > request.high) {
                if (!best.empty() && best_cost < 500) continue;
            }
            double cost = cost_of(pitches, request, before);
            if (pitches.front() < request.low || pitches.back() > request.high) cost += 1000;
            if (best.empty() || cost < best_cost) {
                best = std::move(pitches);
                best_cost = cost;
            }
        }
    }
    return best;
}

int nearest(int wanted_class, int to) {
    int pitch = to - pitch_class(to - wanted_class);
    if (to - pitch > 6) pitch += 12;
    return pitch;
}

std::vector<int> power_chord(const VoicingRequest& request, const std::vector<int>& before) {
    const bool flat_fifth = find_interval(request.chord, {6}) >= 0 && find_interval(request.chord, {7}) < 0;
    int root = nearest(request.chord.root, before.empty() ? request.low + 6 : before.front());
    while (root < request.low) root += 12;
    while (root > request.low + 13) root -= 12;
    return {root, root + (flat_fifth ? 6 : 7), root + 12};
}

std::vector<int> left_hand(const VoicingRequest& request, const std::vector<int>& before) {
    int bass = nearest(request.chord.bass, before.empty() ? request.low + 7 : before.front());
    while (bass < request.low) bass += 12;
    while (bass > request.low + 14) bass -= 12;
    VoicingRequest upper = request;
    upper.kind = VoicingKind::close;
    upper.low = std::max(bass + 5, 48);
    upper.high = std::max(request.high, upper.low + 12);
    upper.voices = std::max(2, request.voices - 1);
    const std::vector<int> tail =
        before.size() > 1 ? std::vector<int>(before.begin() + 1, before.end()) : std::vector<int>{};
    std::vector<int> pitches = voice_chord(upper, tail);
    pitches.insert(pitches.begin(), bass);
    return pitches;
}

constexpr std::array<int, 6> kStrings = {40, 45, 50, 55, 59, 64};

double grip_cost(const GuitarGrip& grip, const music::Chord& chord, int near_fret) {
    const std::vector<int> pitches = grip.pitches();
    if (pitches.size() < 4) return 1e6;
    double cost = 0;
    for (const int interval : chord.intervals()) {
        const bool there =
            std::ranges::any_of(pitches, [&](int p) { return pitch_class(p - chord.root) == interval % 12; });
        const bool fifth = interval % 12 == 7;
        if (!there) cost += fifth ? 5 : interval == 0 ? 12 : 25;
    }
    if (pitch_class(pitches.front()) != chord.bass) cost += 15;
    cost += 2.5 * static_cast<double>(6 - pitches.size());
    cost += 3.0 * std::max(0, grip.fingers() - 3) + 1.5 * std::max(0, grip.span() - 2);
    int lowest = 99;
    bool gap = false, sounded = false;
    for (std::size_t s = 0; s < 6; ++s) {
        if (grip.frets[s] > 0) lowest = std::min(lowest, grip.frets[s]);
        if (grip.frets[s] >= 0) sounded = true;
        if (grip.frets[s] < 0 && sounded) gap = true;
        if (grip.frets[s] == 0) cost -= 0.8;
    }
    if (gap) cost += 12;  // a strum cannot leave out a string in the middle
    cost += 0.9 * std::abs((lowest == 99 ? 0 : lowest) - near_fret);
    return cost;
}

}  // namespace

int movement(const std::vector<int>& from, const std::vector<int>& to) {
    int total = 0;
    for (const int pitch : to) {
        int nearest_way = 99;
        for (const int other : from) nearest_way = std::min(nearest_way, std::abs(pitch - other));
        total += from.empty() ? 0 : nearest_way;
    }
    return total;
}

std::vector<int> voice_chord(const VoicingRequest& request, const std::vector<int>& before) {
    if (request.kind == VoicingKind::power) return power_chord(request, before);
    if (request.kind == VoicingKind::left_hand) return left_hand(request, before);
    if (request.kind == VoicingKind::guitar) {
        int fret = 0;
        if (!before.empty() && before.front() > 52) fret = 3;
        return grip_chord(request.chord, fret).pitches();
    }
    VoicingRequest fitted = request;
    if (fitted.high - fitted.low < 11) fitted.low = fitted.high - 11;
    return best_of(fitted, tones_by_need(fitted), before);
}

std::vector<int> GuitarGrip::pitches() const {
    std::vector<int> result;
    for (std::size_t s = 0; s < frets.size(); ++s)
        if (frets[s] >= 0) result.push_back(kStrings[s] + frets[s]);
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

int GuitarGrip::span() const {
    int lowest = 99, highest = -1;
    for (const int fret : frets) {
        if (fret <= 0) continue;
        lowest = std::min(lowest, fret);
        highest = std::max(highest, fret);
    }
    return highest < 0 ? 0 : highest - lowest;
}

int GuitarGrip::fingers() const {
    int lowest = 99, at_lowest = 0, others = 0;
    bool open = false;
    for (const int fret : frets) {
        if (fret > 0) lowest = std::min(lowest, fret);
        open = open || fret == 0;
    }
    for (const int fret : frets) {
        if (fret > 0 && fret == lowest) ++at_lowest;
        if (fret > lowest) ++others;
    }
    // A barre lays one finger over the lowest fret, which no open string may cross.
    return others + (at_lowest >= 2 && !open ? 1 : at_lowest);
}

GuitarGrip grip_chord(const music::Chord& chord, int near_fret) {
    GuitarGrip best;
    double best_cost = 1e9;
    for (int position = 1; position <= 9; ++position) {
        // Each string is silent, open, or stopped within four frets of the position.
        std::array<std::vector<int>, 6> choices;
        for (std::size_t s = 0; s < 6; ++s) {
            choices[s].push_back(-1);
            if (position <= 4 && chord.contains(kStrings[s])) choices[s].push_back(0);
            for (int fret = position; fret <= position + 3; ++fret)
                if (chord.contains(kStrings[s] + fret)) choices[s].push_back(fret);
        }
        std::array<std::size_t, 6> at{};
        while (true) {
            GuitarGrip grip;
            for (std::size_t s = 0; s < 6; ++s) grip.frets[s] = choices[s][at[s]];
            if (grip.fingers() <= 4) {
                const double cost = grip_cost(grip, chord, near_fret);
                if (cost < best_cost) {
                    best_cost = cost;
                    best = grip;
                }
            }
            std::size_t s = 0;
            while (s < 6 && ++at[s] == choices[s].size()) at[s++] = 0;
            if (s == 6) break;
        }
    }
    return best;
}

}  // namespace mmx::compose
