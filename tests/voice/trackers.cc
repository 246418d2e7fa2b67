#include "trackers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numeric>

#include "audio/fft.h"

namespace mmx::voice::testing {
namespace {

std::span<const float> window_of(std::span<const float> sound, double centre_seconds, int rate,
                                 std::size_t length) {
    const auto centre = static_cast<std::int64_t>(std::lround(centre_seconds * rate));
    const std::int64_t first = centre - static_cast<std::int64_t>(length) / 2;
    if (first < 0 || first + static_cast<std::int64_t>(length) > static_cast<std::int64_t>(sound.size()))
        return {};
    return sound.subspan(static_cast<std::size_t>(first), length);
}

double quantile(std::vector<double> values, double q) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

double power_db(std::span<const float> sound) {
    double sum = 0;
    for (const float x : sound) sum += static_cast<double>(x) * static_cast<double>(x);
    return 10 * std::log10(sum / static_cast<double>(std::max<std::size_t>(sound.size(), 1)) + 1e-12);
}

// Of the differences from sample to sample, which rise with the frequency.
double edge_db(std::span<const float> sound) {
    double sum = 0;
    for (std::size_t i = 1; i < sound.size(); ++i) {
        const auto step = static_cast<double>(sound[i] - sound[i - 1]);
        sum += step * step;
    }
    return 10 * std::log10(sum / static_cast<double>(std::max<std::size_t>(sound.size(), 1)) + 1e-12);
}

// "n|t+ih+s, 12.340 s, 35 ms into 210": a phone among its neighbours, a bar where there is a rest, the
// moment.
std::string where(const Line& line, std::size_t index, double seconds) {
    const auto& phones = line.timing.phones;
    const auto name = [&](std::size_t i) {
        return i < phones.size() ? std::string(phones[i].phone->name) : std::string("pau");
    };
    const auto gap = [&](std::size_t i) { return i < phones.size() && phones[i].breaks ? "|" : "+"; };
    return fmt::format("{}{}{}{}{}{}{}, {:.3f} s, {:.0f} ms into {:.0f}", name(index - 2), gap(index - 2),
                       name(index - 1), gap(index - 1), name(index), gap(index), name(index + 1), seconds,
                       1000 * (seconds - phones[index].start),
                       1000 * (phones[index].end - phones[index].start));
}

}  // namespace

// Normalised difference, 0 for what repeats exactly: above it nothing repeats; a dip this much shallower is
// as good as another.
constexpr double kRepeats = 0.25, kTimesAsDeep = 2, kNearlyAsDeep = 0.02;

double pitch_at(std::span<const float> sound, int rate, double centre_seconds) {
    const auto longest = static_cast<std::size_t>(rate / 60),
               shortest = static_cast<std::size_t>(rate / 1100);
    const std::size_t window = static_cast<std::size_t>(rate) / 40;  // 25 ms
    const std::span<const float> x = window_of(sound, centre_seconds, rate, window + longest);
    if (x.empty()) return 0;
    std::vector<double> d(longest + 1, 1.0);
    double sum = 0;
    for (std::size_t lag = 1; lag <= longest; ++lag) {
        // Both halves lie about the centre.
        const std::size_t first = (longest - lag) / 2;
        float difference = 0;
        for (std::size_t i = 0; i < window; ++i) {
            const float e = x[first + i] - x[first + i + lag];
            difference += e * e;
        }
        sum += static_cast<double>(difference);
        d[lag] = sum > 0 ? static_cast<double>(difference) * static_cast<double>(lag) / sum : 1.0;
    }
    // The first dip that is nearly as deep as the deepest: where one overtone outshines the rest its own
    // period gives a dip as well, but the sound as a whole repeats only with the fundamental.
    double deepest = 1;
    for (std::size_t lag = shortest; lag < longest; ++lag) deepest = std::min(deepest, d[lag]);
    if (deepest > kRepeats) return 0;
    std::size_t best = 0;
    for (std::size_t lag = shortest; lag < longest; ++lag)
        if (d[lag] < kTimesAsDeep * deepest + kNearlyAsDeep && d[lag] <= d[lag + 1] && d[lag] <= d[lag - 1]) {
            best = lag;
            break;
        }
    if (best == 0) return 0;
    const double a = d[best - 1], b = d[best], c = d[best + 1];
    const double shift = a + c - 2 * b > 0 ? 0.5 * (a - c) / (a + c - 2 * b) : 0;
    return rate / (static_cast<double>(best) + shift);
}

constexpr double kLetGoDb = 18;

void PitchErrors::add(std::span<const float> sound, int rate, const Line& line, const PitchCurve& asked) {
    for (std::size_t p = 0; p < line.timing.phones.size(); ++p) {
        const TimedPhone& phone = line.timing.phones[p];
        if (!phone.nucleus) continue;
        const auto level_at = [&](double t) {
            return power_db(window_of(sound, t, rate, static_cast<std::size_t>(rate) / 50));
        };
        double loudest = -120;
        for (double t = phone.start; t < phone.end; t += 0.01) loudest = std::max(loudest, level_at(t));
        for (double t = phone.start + 0.02; t < phone.end - 0.03; t += 0.01) {
            // Where a note has been let go nobody hears its pitch.
            if (level_at(t) < loudest - kLetGoDb) continue;
            const double heard = pitch_at(sound, rate, t), wanted = asked.hertz_at(t);
            cents.push_back(heard > 0 ? std::abs(1200 * std::log2(heard / wanted)) : 9999);
            if (cents.back() > 50)
                misses.push_back({cents.back(), fmt::format("{}: asked {:.1f} Hz, heard {:.1f}",
                                                            where(line, p, t), wanted, heard)});
        }
    }
}

void PitchErrors::finish() {
    const auto share = [&](auto test) {
        return static_cast<double>(std::ranges::count_if(cents, test)) /
               std::max<double>(1, static_cast<double>(cents.size()));
    };
    median = quantile(cents, 0.5);
    p90 = quantile(cents, 0.9);
    within_50 = share([](double c) { return c <= 50; });
    gross = share([](double c) { return c > 100; });
}

constexpr double kLeastStepDb =
    4;  // of 30 ms against the 30 ms before, in one band or as the root of their squares

// Milliseconds from `start` to where two periods on end are alike and stay so: behind a burst or a hiss, the
// beginning of the voice. `none` where no pitch is found.
int voice_onset(std::span<const float> sound, int rate, double start, double end, int reach, int none) {
    const double hertz = pitch_at(sound, rate, std::min(start + 0.09, 0.5 * (start + end)));
    if (hertz <= 0) return none;
    const auto period = static_cast<std::size_t>(std::lround(rate / hertz));
    // What murmurs behind closed lips repeats as well, and so may a rumble in a breath, but its level from
    // sample to sample hardly changes: far less than the vowel's.
    constexpr double kMurmurDb = 15;
    double loudest = -120;
    for (double t = start + 0.02; t < std::min(start + 0.12, end); t += 0.01)
        loudest = std::max(loudest, edge_db(window_of(sound, t, rate, 2 * period)));
    const auto alike = [&](int offset) {
        const auto x = window_of(sound, start + 0.001 * offset + 1 / hertz, rate, 2 * period);
        if (edge_db(x) < loudest - kMurmurDb) return false;
        double xy = 0, xx = 1e-9, yy = 1e-9;
        for (std::size_t i = 0; i + period < x.size(); ++i) {
            const auto a = static_cast<double>(x[i]), b = static_cast<double>(x[i + period]);
            xy += a * b, xx += a * a, yy += b * b;
        }
        return xy > 0.7 * std::sqrt(xx * yy);
    };
    int run = 0;
    for (int offset = -reach; offset <= reach; ++offset) {
        run = alike(offset) ? run + 1 : 0;
        if (run == 15) return offset - run + 1;
    }
    return none;
}

void OnsetErrors::add(std::span<const float> sound, int rate, const Line& line) {
    constexpr int kReach = 60, kBands = 4;  // ms to each side
    constexpr std::array<double, kBands + 1> kEdges = {150, 600, 1400, 2800, 4500};
    audio::RealFft<float> fft(512);
    std::vector<float> frame(512), real(fft.bins()), imaginary(fft.bins());
    const auto& phones = line.timing.phones;
    for (std::size_t p = 0; p < phones.size(); ++p) {
        if (!phones[p].nucleus || phones[p].end - phones[p].start < 0.1) continue;
        const bool after_silence = p == 0 || phones[p - 1].breaks;
        const Manner before = after_silence ? Manner::pause : phones[p - 1].phone->manner;
        if (before == Manner::vowel || before == Manner::diphthong || before == Manner::liquid) {
            ++left_out;
            continue;
        }
        // Levels in three bands each millisecond, in windows of 10 ms.
        std::vector<std::array<double, kBands>> rows;
        for (int offset = -kReach; offset <= kReach; ++offset) {
            const auto x = window_of(sound, phones[p].start + 0.001 * offset, rate,
                                     static_cast<std::size_t>(rate) / 100);
            std::array<double, kBands> row{};
            if (!x.empty()) {
                std::ranges::fill(frame, 0.0f);
                for (std::size_t i = 0; i < x.size(); ++i)
                    frame[i] = x[i] * static_cast<float>(
                                          0.5 - 0.5 * std::cos(2 * M_PI * (static_cast<double>(i) + 0.5) /
                                                               static_cast<double>(x.size())));
                fft.forwards(frame, real, imaginary);
                for (std::size_t k = 0; k < real.size(); ++k) {
                    const double hertz = static_cast<double>(k) * rate / 512;
                    for (std::size_t b = 0; b < kBands; ++b)
                        if (hertz >= kEdges[b] && hertz < kEdges[b + 1])
                            row[b] += static_cast<double>(real[k] * real[k] + imaginary[k] * imaginary[k]);
                }
            }
            rows.push_back(row);
        }
        // Nothing is softer than 25 dB below the vowel: out of silence any sound would be an endless step.
        for (std::size_t b = 0; b < kBands; ++b) {
            double loudest = 1e-9;
            for (const auto& row : rows) loudest = std::max(loudest, row[b]);
            for (auto& row : rows) row[b] = 10 * std::log10(row[b] + 0.003 * loudest);
        }
        // The place where the level steps up most, against what is near. The consonant's own beginning is
        // another moment: what lies before it does not count.
        const double own = after_silence ? 1.0 : phones[p].start - phones[p - 1].start;
        // A nasal takes up to 25 ms to swell, at most half its length; a stop begins by falling silent.
        const double swelling = before == Manner::nasal  ? std::clamp(0.5 * own, 0.010, 0.025)
                                : before == Manner::stop ? 0.005
                                                         : 0.010;
        const int under_way = std::max(kReach - static_cast<int>(1000 * (own - swelling)), 0);
        int search_from = under_way + 8;
        // Behind a burst and its breath, and behind a hiss, a vowel begins no sooner than the voice does.
        if (!after_silence && (!phones[p - 1].phone->voiced || before == Manner::stop))
            search_from = std::max(
                search_from,
                kReach + voice_onset(sound, rate, phones[p].start, phones[p].end, kReach, -kReach) - 5);
        // A hiss is as loud as a vowel from 1400 Hz on.
        const bool hisses = !after_silence && phones[p - 1].phone->sibilant;
        const std::size_t bands = hisses ? 2 : kBands;
        double best = -1;
        int at = 0;
        const auto size = static_cast<int>(rows.size());
        for (int cut = search_from; cut < size - 8; ++cut) {
            double gain = 0;
            for (std::size_t b = 0; b < bands; ++b) {
                // Near groups only: 30 ms each, so that the next phone does not count.
                const int from = std::max(under_way, cut - 30), to = std::min(size, cut + 30);
                double left = 0, right = 0;
                for (int i = from; i < cut; ++i) left += rows[static_cast<std::size_t>(i)][b];
                for (int i = cut; i < to; ++i) right += rows[static_cast<std::size_t>(i)][b];
                const double nl = cut - from, nr = to - cut;
                // A vowel is louder than what stands before it, where vowels have their formants.
                const double step = std::max(right / nr - left / nl, 0.0);
                gain += step * step * nl * nr / (nl + nr);
            }
            if (gain > best) {
                best = gain;
                at = cut - kReach;
            }
        }
        // From murmur to murmur nothing steps out: that vowel has no moment.
        if (best < kLeastStepDb * kLeastStepDb * 15) {
            ++left_out;
            continue;
        }
        ms.push_back(std::abs(at));
        if (ms.back() > 30)
            misses.push_back(
                {ms.back(), fmt::format("{}: {:+d} ms", where(line, p, phones[p].start + 0.001 * at), at)});
    }
}

void OnsetErrors::finish() {
    mean = ms.empty() ? 0 : std::accumulate(ms.begin(), ms.end(), 0.0) / static_cast<double>(ms.size());
    most = ms.empty() ? 0 : *std::ranges::max_element(ms);
}

void Levels::add(std::span<const float> sound, int rate, const Line& line) {
    const auto part = [&](double from, double to) {
        const auto a = static_cast<std::size_t>(std::max(from, 0.0) * rate);
        const auto b = std::min(static_cast<std::size_t>(std::max(to, 0.0) * rate), sound.size());
        return a < b ? sound.subspan(a, b - a) : std::span<const float>{};
    };
    for (const TimedPhone& phone : line.timing.phones) {
        const double length = phone.end - phone.start;
        if (phone.nucleus && length > 0.12)
            vowels_db.push_back(power_db(part(phone.start + 0.25 * length, phone.end - 0.25 * length)));
        if (phone.phone->sibilant && phone.phone->manner == Manner::fricative && length > 0.05)
            sibilants_db.push_back(power_db(part(phone.start + 0.25 * length, phone.end - 0.25 * length)));
    }
    audio::RealFft<float> fft(2048);
    std::vector<float> frame(2048), real(fft.bins()), imaginary(fft.bins());
    const std::span<const float> x = part(line.timing.start, line.timing.end);
    for (std::size_t first = 0; first + 2048 <= x.size(); first += 1024) {
        for (std::size_t i = 0; i < 2048; ++i)
            frame[i] = x[first + i] *
                       static_cast<float>(0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / 2048));
        fft.forwards(frame, real, imaginary);
        for (std::size_t k = 2; k < real.size(); ++k) {
            const double power = static_cast<double>(real[k] * real[k] + imaginary[k] * imaginary[k]);
            all += power;
            if (static_cast<double>(k) * rate / 2048 > 7500) above_7500 += power;
        }
    }
}

double Levels::vowel_sd() const {
    const double n = static_cast<double>(vowels_db.size());
    if (n < 2) return 0;
    const double mean = std::accumulate(vowels_db.begin(), vowels_db.end(), 0.0) / n;
    double sum = 0;
    for (const double db : vowels_db) sum += (db - mean) * (db - mean);
    return std::sqrt(sum / n);
}
double Levels::sibilants_below_vowels() const {
    return quantile(vowels_db, 0.5) - quantile(sibilants_db, 0.5);
}
double Levels::brightness_db() const {
    return 10 * std::log10((above_7500 + 1e-12) / (all + 1e-12));
}

}  // namespace mmx::voice::testing
