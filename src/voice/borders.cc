#include "voice/borders.h"

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "voice/phones.h"

namespace mmx::voice {
namespace {

// Below the first formant of open vowels, about it, and where the second and the third are.
constexpr std::size_t kBands = 4, kPoints = 5;
using Points = std::array<double, kPoints>;  // Hz
constexpr std::array<Points, kBands> kHertz = {{{200, 300, 400, 500, 600},
                                                {700, 850, 1000, 1150, 1300},
                                                {1500, 1800, 2100, 2400, 2700},
                                                {3000, 3350, 3700, 4050, 4400}}};
constexpr int kReach = 12;              // frames to each side of the model's border: 60 ms
constexpr int kGroup = 5;               // frames compared on each side: 25 ms
constexpr int kUnderWay = 3;            // frames after which a consonant has begun
constexpr int kReleased = 2;            // frames after which a stop may be let go
constexpr double kNearlyAsLarge = 0.4;  // of the largest step
constexpr int kApart = 4;               // frames between two steps
constexpr double kFloorDb = 25;         // below the vowel: out of silence any sound would be an endless step

using BandLevels = std::array<double, kBands>;  // dB

BandLevels levels_at(const Spoken& spoken, int frame) {
    using Row = std::array<float, kCoefficients>;
    static const auto cosines = [] {
        std::array<std::array<Row, kPoints>, kBands> rows{};
        for (std::size_t band = 0; band < kBands; ++band)
            for (std::size_t i = 0; i < kPoints; ++i)
                for (std::size_t m = 0; m < kCoefficients; ++m)
                    rows[band][i][m] =
                        static_cast<float>(base::cos(static_cast<double>(m) * warped(kHertz[band][i])));
        return rows;
    }();
    const float* cepstrum = &spoken.cepstra[static_cast<std::size_t>(frame) * kCoefficients];
    BandLevels levels{};
    for (std::size_t band = 0; band < kBands; ++band) {
        double power = 1e-12;
        for (const Row& row : cosines[band]) {
            double level = 0;
            for (std::size_t m = 0; m < kCoefficients; ++m)
                level += static_cast<double>(cepstrum[m] * row[m]);
            power += base::exp(2 * level);
        }
        levels[band] = 10 * base::log10(power);
    }
    return levels;
}

// The frame at which the vowel between `border` and `end` steps out of the consonant that begins at `start`.
int heard_border(const Spoken& spoken, const Phone& consonant, int start, int border, int end) {
    // An h has its vowel's formants all along; a stop may be let go in its first half; an affricate bursts
    // there, which is no vowel yet.
    const int earliest = consonant.manner == Manner::aspirate    ? border
                         : consonant.manner == Manner::stop      ? start + kReleased
                         : consonant.manner == Manner::affricate ? start + (border - start) * 2 / 3
                                                                 : (start + border) / 2;
    // Where a z stops hissing its voice goes on softly into the vowel: both are heard, so the border stays
    // between.
    const int reach =
        consonant.sibilant && consonant.voiced && consonant.manner == Manner::fricative ? 4 : kReach;
    const int first = std::max(border - reach, earliest),
              last = std::min(border + reach, border + (end - border) * 2 / 3);
    // The consonant's own beginning is a step as well: what lies before it does not count.
    // A stop begins with a fall.
    const int under_way = consonant.manner == Manner::stop ? 0 : kUnderWay;
    const int from = std::max(first - kGroup, start + under_way), to = std::min(last + kGroup, end);
    if (last <= first || to <= from) return border;
    std::vector<BandLevels> rows;
    BandLevels loudest;
    loudest.fill(-120);
    for (int f = from; f < to; ++f) {
        rows.push_back(levels_at(spoken, f));
        for (std::size_t band = 0; band < kBands; ++band)
            loudest[band] = std::max(loudest[band], rows.back()[band]);
    }
    const auto mean = [&](int first_frame, int end_frame, std::size_t band) {
        double sum = 0;
        for (int f = first_frame; f < end_frame; ++f)
            sum += std::max(rows[static_cast<std::size_t>(f - from)][band], loudest[band] - kFloorDb);
        return sum / (end_frame - first_frame);
    };
    // What hisses is as loud up there as a vowel, or louder.
    const std::size_t bands = !consonant.voiced || consonant.sibilant ? 2 : kBands;
    std::vector<double> steps;
    const int cuts_from = std::max(first, from + 1);
    for (int cut = cuts_from; cut <= last && cut < to; ++cut) {
        const int a = std::max(cut - kGroup, from), b = std::min(cut + kGroup, to);
        double step = 0;
        for (std::size_t band = 0; band < bands; ++band) {
            const double rise = std::max(mean(cut, b, band) - mean(a, cut, band), 0.0);
            step += rise * rise;
        }
        steps.push_back(step);
    }
    if (steps.empty()) return border;
    const auto best = std::ranges::max_element(steps);
    const int at = cuts_from + static_cast<int>(best - steps.begin());
    if (*best <= 0) return border;
    if (consonant.manner != Manner::stop || !consonant.voiced) return at;
    // A d that is let go early is heard as the vowel's beginning as much as the jaw's fall is: halfway.
    for (auto step = steps.begin() + 1; best - step >= kApart; ++step)
        if (*step >= kNearlyAsLarge * *best && *step >= *(step - 1) && *step >= *(step + 1))
            return at - static_cast<int>(best - step) / 2;
    return at;
}

}  // namespace

std::vector<double> borders_of(const std::vector<LinePhone>& phones, const Spoken& spoken) {
    std::vector<double> borders;
    for (const Spoken::PhoneSpan& span : spoken.phones) borders.push_back(span.first_frame);
    borders.push_back(spoken.frames);
    for (std::size_t i = 1; i + 1 < borders.size(); ++i) {
        if (!phones[i].nucleus) continue;
        const Phone* before = find_phone(phones[i - 1].name);
        if (before == nullptr || before->manner == Manner::pause || carries_a_note(*before) ||
            before->manner == Manner::liquid)
            continue;
        const auto frame = [&](std::size_t at) { return static_cast<int>(borders[at]); };
        borders[i] = heard_border(spoken, *before, frame(i - 1), frame(i), frame(i + 1));
    }
    return borders;
}

}  // namespace mmx::voice
