// Sounds that are not notes: vinyl and rain under the song, risers into its summits, impacts on them.
#include <algorithm>
#include <string_view>

#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::Ticks;

constexpr int kVinyl = 24, kRain = 25, kWind = 26, kRiser = 27, kDownlifter = 28, kImpact = 29,
              kReverseCymbal = 30;

bool says(const Scene& scene, std::string_view word) {
    std::string text = scene.plan.prompt;
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text.find(word) != std::string::npos;
}

}  // namespace

Notes write_effects(const Scene& scene, std::size_t number) {
    const Player& player = scene.band.players[number];
    Notes notes;
    if (scene.bars.empty()) return notes;
    const auto sound = [&](Ticks start, Ticks length, int pitch, double velocity) {
        if (length.value > 0)
            notes.push_back({start, length, pitch, static_cast<float>(velocity * player.manner.level),
                             music::Articulation::normal});
    };
    const auto bed = [&](int pitch, double velocity) { sound(Ticks(0), scene.score.end, pitch, velocity); };

    const bool rain = says(scene, "rain"), wind = says(scene, " wind") && !says(scene, "wind instrument");
    std::vector<int> wanted;
    base::Chance chance(scene.score.seed, base::Stream::effects);
    for (const style::SoundEffect& effect : player.book->effects)
        if (chance.happens(effect.probability)) wanted.push_back(effect.pitch);
    // Without drums there are no cymbals either, not even backwards.
    if (std::ranges::find(scene.plan.excluded, "drums") != scene.plan.excluded.end())
        std::erase_if(wanted, [](int pitch) { return pitch == kImpact || pitch == kReverseCymbal; });
    const auto has = [&](int pitch) { return std::ranges::find(wanted, pitch) != wanted.end(); };
    if (has(kVinyl) || scene.plan.production.lofi > 0.5) bed(kVinyl, 0.35 + 0.3 * scene.plan.production.lofi);
    if (has(kRain) || rain) bed(kRain, rain ? 0.5 : 0.35);
    if (has(kWind) || wind) bed(kWind, wind ? 0.5 : 0.35);

    for (std::size_t i = 1; i < scene.bars.size(); ++i) {
        const BarView& bar = scene.bars[i];
        if (bar.in_section != 0) continue;
        const bool rises = bar.intensity > scene.bars[i - 1].intensity + 0.12;
        const bool falls = bar.intensity < scene.bars[i - 1].intensity - 0.2;
        if (rises) {
            // As long as the build, at most four bars, at least one.
            std::size_t from = i - 1;
            while (from > 0 && i - from < 4 && scene.bars[from - 1].role == BarRole::build &&
                   scene.bars[from - 1].section == scene.bars[i - 1].section)
                --from;
            if (has(kRiser) && bar.intensity > 0.6)
                sound(scene.bars[from].start, bar.start - scene.bars[from].start, kRiser, 0.55);
            if (has(kReverseCymbal))
                sound(scene.bars[i - 1].start + scene.bars[i - 1].length / 2, scene.bars[i - 1].length / 2,
                      kReverseCymbal, 0.55);
            if (has(kImpact) && bar.intensity > 0.7) sound(bar.start, bar.length, kImpact, 0.7);
        }
        if (falls && has(kDownlifter))
            sound(bar.start, std::min(bar.length * 2, scene.score.end - bar.start), kDownlifter, 0.5);
    }
    return notes;
}

}  // namespace mmx::compose
