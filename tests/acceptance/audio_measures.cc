// The measures of sound that catch a defect each: silence, clipping, clicks, phase, balance.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "audio_rows.h"

namespace mmx::acceptance {
namespace {

double window_power(const Sound& sound, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i < std::min(to, sound.frames()); ++i)
        sum += 0.5 * (static_cast<double>(sound.left[i]) * sound.left[i] +
                      static_cast<double>(sound.right[i]) * sound.right[i]);
    return to > from ? sum / static_cast<double>(to - from) : 0;
}

double bend(const std::vector<float>& x, std::size_t i) {
    return std::abs(static_cast<double>(x[i + 1]) - 2.0 * x[i] + x[i - 1]);
}

// A click bends the wave once, where its surroundings do not.
bool is_click(const std::vector<float>& x, std::size_t at, double times, double least) {
    if (at < 400 || at + 400 >= x.size()) return false;
    double here = 0, around = 0;
    for (std::size_t i = at - 3; i <= at + 3; ++i) here = std::max(here, bend(x, i));
    if (here < least) return false;
    for (std::size_t i = 12; i < 380; ++i) around = std::max({around, bend(x, at - i), bend(x, at + i)});
    return here > times * around;
}

std::vector<double> low_passed(const std::vector<float>& x, double hertz, int rate) {
    std::vector<double> y(x.begin(), x.end());
    for (const double q : {0.54119610, 1.3065630}) {  // fourth-order Butterworth
        const double w = 2 * std::numbers::pi * hertz / rate, alpha = std::sin(w) / (2 * q), a0 = 1 + alpha;
        const double b0 = (1 - std::cos(w)) / 2 / a0, b1 = 2 * b0, b2 = b0;
        const double a1 = -2 * std::cos(w) / a0, a2 = (1 - alpha) / a0;
        double z1 = 0, z2 = 0;
        for (double& sample : y) {
            const double in = sample;
            sample = b0 * in + z1;
            z1 = b1 * in - a1 * sample + z2;
            z2 = b2 * in - a2 * sample;
        }
    }
    return y;
}

}  // namespace

double longest_silence(const Sound& sound, double until_seconds) {
    const auto step = static_cast<std::size_t>(sound.rate / 20);
    double run = 0, longest = 0;
    for (std::size_t at = 0; at + step <= sound.frames(); at += step) {
        if (static_cast<double>(at) / sound.rate > until_seconds) break;
        run = to_db(window_power(sound, at, at + step)) < -60 ? run + 0.05 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

int clipped_samples(const Sound& sound) {
    int count = 0;
    for (const auto* channel : {&sound.left, &sound.right})
        for (const float x : *channel) count += std::abs(x) >= 0.9999f;
    return count;
}

double dc_db(const Sound& sound) {
    double worst = 0;
    for (const auto* channel : {&sound.left, &sound.right}) {
        double sum = 0;
        for (const float x : *channel) sum += x;
        worst =
            std::max(worst, std::abs(sum) / static_cast<double>(std::max<std::size_t>(1, channel->size())));
    }
    return worst > 0 ? std::max(-150.0, 20 * std::log10(worst)) : -150;
}

double low_correlation(const Sound& sound, double hertz) {
    const auto l = low_passed(sound.left, hertz, sound.rate), r = low_passed(sound.right, hertz, sound.rate);
    double lr = 0, ll = 0, rr = 0;
    for (std::size_t i = 0; i < l.size(); ++i) {
        lr += l[i] * r[i];
        ll += l[i] * l[i];
        rr += r[i] * r[i];
    }
    return ll > 0 && rr > 0 ? lr / std::sqrt(ll * rr) : 1;
}

double mono_loss(const Sound& sound, const Loudness& loudness) {
    Sound mono = sound;
    for (std::size_t i = 0; i < mono.frames(); ++i)
        mono.left[i] = mono.right[i] = 0.5f * (sound.left[i] + sound.right[i]);
    return loudness.integrated - measure_loudness(mono).integrated;
}

double worst_mono_band(const Spectra& spectra) {
    double top = 0, worst = 0;
    for (const double power : spectra.third_stereo) top = std::max(top, power);
    for (std::size_t i = 0; i < kThirds; ++i) {
        // Bands more than 50 dB below the strongest are not missed.
        if (spectra.third_stereo[i] < 1e-5 * top) continue;
        worst = std::max(worst, to_db(spectra.third_stereo[i] / top) - to_db(spectra.third_mono[i] / top));
    }
    return worst;
}

int clicks_at_edges(const Sound& sound, const MidiSong& song, double chunk_seconds, const Sound* crackle) {
    const auto crackles = [&](std::size_t frame) {
        return crackle != nullptr && frame < crackle->frames() &&
               (is_click(crackle->left, frame, 5, 0.0005) || is_click(crackle->right, frame, 5, 0.0005));
    };
    std::vector<double> onsets;
    for (const MidiTrack& track : song.tracks)
        for (const MidiNote& note : track.notes) onsets.push_back(song.seconds_at(note.start));
    std::sort(onsets.begin(), onsets.end());
    int clicks = 0;
    for (int chunk = 1;; ++chunk) {
        const double at = chunk * chunk_seconds;
        const auto frame = static_cast<std::size_t>(std::lround(at * sound.rate));
        if (frame + 400 >= sound.frames()) break;
        // Where a note starts the wave may bend.
        const auto next = std::lower_bound(onsets.begin(), onsets.end(), at - 0.04);
        if (next != onsets.end() && *next < at + 0.04) continue;
        if (crackles(frame)) continue;
        clicks += is_click(sound.left, frame, 5, 0.002) || is_click(sound.right, frame, 5, 0.002);
    }
    // Start and end: a song that begins or stops in the middle of a wave.
    // A drum on the first beat may strike at once.
    const double first = !onsets.empty() && onsets.front() < 0.005 ? 0.1 : 0.01;
    if (sound.frames() > 1000) {
        for (const auto* channel : {&sound.left, &sound.right}) {
            clicks += std::abs(channel->front()) > first;
            clicks += std::abs(channel->back()) > 0.01f;
        }
    }
    return clicks;
}

int lonely_clicks(const Sound& sound) {
    int clicks = 0;
    for (const auto* channel : {&sound.left, &sound.right}) {
        float top = 0;
        for (const float x : *channel) top = std::max(top, std::abs(x));
        const double least = std::max(0.0005, 0.05 * top);
        for (std::size_t i = 400; i + 400 < channel->size(); ++i)
            if (bend(*channel, i) > least && is_click(*channel, i, 8, least)) {
                ++clicks;
                i += 400;
            }
    }
    return clicks;
}

double tail_db(const Sound& sound) {
    const auto length = static_cast<std::size_t>(sound.rate / 20);
    return sound.frames() < length ? 0 : to_db(window_power(sound, sound.frames() - length, sound.frames()));
}

double seam_step(const Sound& sound) {
    double worst = 0;
    for (const auto* channel : {&sound.left, &sound.right}) {
        const std::size_t n = channel->size();
        if (n < 2000) return 0;
        const auto at = [&](std::size_t i) { return static_cast<double>((*channel)[i % n]); };
        const auto bent = [&](std::size_t i) { return std::abs(at(i + 1) - 2 * at(i) + at(i + n - 1)); };
        double around = 1e-4;
        for (std::size_t i = 4; i < 1000; ++i) around = std::max({around, bent(n - i), bent(i)});
        worst = std::max({worst, bent(0) / around, bent(n - 1) / around});
    }
    return worst;
}

// Where a note is held across a kick: how far it sinks within 60 ms, against just before.
double duck_db(const Sound& stem, const MidiTrack& part, const MidiSong& song, int& kicks) {
    std::vector<double> ducks;
    for (const MidiTrack& drums : song.tracks) {
        if (!drums.drums) continue;
        for (const MidiNote& hit : drums.notes) {
            if (hit.pitch != 35 && hit.pitch != 36) continue;
            const double at = song.seconds_at(hit.start);
            bool held = false, struck = false;
            for (const MidiNote& note : part.notes) {
                const double from = song.seconds_at(note.start), to = song.seconds_at(note.end);
                held = held || (from < at - 0.13 && to > at + 0.16);
                struck = struck || (from > at - 0.13 && from < at + 0.16);
            }
            if (!held || struck) continue;
            const auto frame = [&](double seconds) {
                return static_cast<std::size_t>(std::max(0.0, seconds) * stem.rate);
            };
            const double before = window_power(stem, frame(at - 0.09), frame(at - 0.015));
            double lowest = 1e9;
            for (double from = 0.01; from < 0.09; from += 0.02)
                lowest = std::min(lowest, window_power(stem, frame(at + from), frame(at + from + 0.05)));
            if (to_db(before) < -60) continue;
            ducks.push_back(to_db(before) - to_db(lowest));
        }
    }
    kicks = static_cast<int>(ducks.size());
    if (ducks.empty()) return 0;
    std::sort(ducks.begin(), ducks.end());
    return ducks[ducks.size() / 2];
}

double tonal_deviation(const Spectra& spectra, const std::vector<double>& target_db, std::string& where) {
    if (target_db.size() != kOctaves) return 0;
    double offset = 0;
    std::array<double, kOctaves> off{};
    for (std::size_t i = 0; i < kOctaves; ++i) {
        off[i] = to_db(spectra.octave_density[i]) - target_db[i];
        offset += off[i] / kOctaves;
    }
    double worst = 0;
    char line[32];
    where.clear();
    for (std::size_t i = 0; i < kOctaves; ++i) {
        if (i % 2 == 0) worst = std::max(worst, std::abs(0.5 * (off[i] + off[i + 1]) - offset));
        std::snprintf(line, sizeof line, "%s%.0f: %+.1f", i > 0 ? ", " : "",
                      62.5 * std::exp2(static_cast<double>(i)), off[i] - offset);
        where += line;
    }
    return worst;
}

double onset_lag_ms(const Spectra& spectra, const MidiSong& song) {
    std::vector<double> train(spectra.flux.size(), 0);
    // A rise is seen when half the window holds the new sound.
    const double to_centre = 0.5 * 2048.0 / 512.0 - 1.0;
    for (const MidiTrack& track : song.tracks)
        for (const MidiNote& note : track.notes) {
            const double frame = song.seconds_at(note.start) / spectra.hop_seconds - to_centre;
            if (frame >= 0 && frame < static_cast<double>(train.size()))
                train[static_cast<std::size_t>(frame)] += track.drums ? 2 : 1;
        }
    double best = -1;
    int best_lag = 0;
    for (int lag = -12; lag <= 12; ++lag) {
        double sum = 0;
        for (std::size_t i = 12; i + 12 < train.size(); ++i)
            sum += train[i] * spectra.flux[static_cast<std::size_t>(static_cast<int>(i) + lag)];
        if (sum > best) {
            best = sum;
            best_lag = lag;
        }
    }
    return best_lag * spectra.hop_seconds * 1000;
}

double null_db(const std::map<std::string, Sound>& stems, const Sound& premaster) {
    double sum = 0;
    for (std::size_t i = 0; i < premaster.frames(); ++i) {
        double l = premaster.left[i], r = premaster.right[i];
        for (const auto& [id, stem] : stems) {
            if (i >= stem.frames()) continue;
            l -= stem.left[i];
            r -= stem.right[i];
        }
        sum += 0.5 * (l * l + r * r);
    }
    return to_db(sum / static_cast<double>(std::max<std::size_t>(1, premaster.frames())));
}

}  // namespace mmx::acceptance
