#include "compose/scene.h"

#include <algorithm>

#include "compose/orchestration.h"

namespace mmx::compose {
namespace {

using base::Ticks;

// Sections of one kind and feel are one pattern for the band.
std::uint64_t kind_of(const BarView& bar) {
    return 100 + static_cast<std::uint64_t>(bar.kind) * 4 + static_cast<std::uint64_t>(bar.feel);
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

std::vector<double> intensities(const music::Score& score) {
    double low = 1, high = 0;
    for (const auto& section : score.sections) {
        low = std::min(low, section.energy);
        high = std::max(high, section.energy);
    }
    std::vector<double> result;
    // Half of it against the song's own range, so that the quietest song still has a summit.
    for (const auto& section : score.sections) {
        const double relative = high - low > 0.05 ? (section.energy - low) / (high - low) : 0.6;
        result.push_back(std::clamp(0.5 * section.energy + 0.5 * relative, 0.0, 1.0));
    }
    return result;
}

void mark_builds(std::vector<BarView>& bars) {
    for (std::size_t i = 0; i < bars.size();) {
        std::size_t end = i;
        while (end < bars.size() && bars[end].role == BarRole::build && bars[end].section == bars[i].section)
            ++end;
        for (std::size_t k = i; k < end; ++k)
            bars[k].build = static_cast<double>(k - i + 1) / static_cast<double>(end - i);
        i = std::max(end, i + 1);
    }
}

void look_at_the_lead(std::vector<BarView>& bars, const music::Score& score, const music::Part& lead) {
    const double beats =
        static_cast<double>(score.metre.bar().value) / static_cast<double>(score.metre.beat().value);
    for (const music::Note& note : lead.notes) {
        const int first = score.bar_at(note.start), last = score.bar_at(note.start + note.length - Ticks(1));
        if (first >= 0 && first < static_cast<int>(bars.size()))
            bars[static_cast<std::size_t>(first)].lead_activity += 1.0 / beats;
        for (int bar = std::max(0, first); bar <= last && bar < static_cast<int>(bars.size()); ++bar)
            bars[static_cast<std::size_t>(bar)].lead_low =
                std::min(bars[static_cast<std::size_t>(bar)].lead_low, note.pitch);
    }
}

}  // namespace

const music::ChordEvent* Scene::chord_after(Ticks at) const {
    for (const auto& chord : score.chords)
        if (chord.start > at) return &chord;
    return nullptr;
}

bool Scene::kick_at(Ticks at) const {
    return std::ranges::binary_search(kicks, at);
}

base::Chance Scene::alike(base::Stream stream, const BarView& bar, std::uint64_t index) const {
    return {score.seed, stream, {kind_of(bar), static_cast<std::uint64_t>(bar.in_section), index}};
}

base::Chance Scene::own(base::Stream stream, const BarView& bar, std::uint64_t index) const {
    return {score.seed,
            stream,
            {static_cast<std::uint64_t>(bar.section), static_cast<std::uint64_t>(bar.index) + 1000, index}};
}

double Scene::pattern_luck(base::Stream stream, const BarView& bar, const Player& player) const {
    return base::Chance(score.seed, stream, {kind_of(bar), 999, hash_of(player.id)}).uniform();
}

Scene make_scene(const music::Plan& plan, const style::Style& style, const Band& band, const Outline& outline,
                 const music::Score& score) {
    Scene scene{plan, style, band, score, {}, {}, nullptr, {}};
    const std::vector<double> energy = intensities(score);
    for (std::size_t i = 0; i < score.bars.size(); ++i) {
        const music::Bar& bar = score.bars[i];
        const auto number = static_cast<std::size_t>(bar.section);
        const music::Section& section = score.sections[number];
        BarView view;
        view.index = static_cast<int>(i);
        view.start = bar.start;
        view.length = bar.length;
        view.section = bar.section;
        view.in_section = view.index - section.first_bar;
        view.section_bars = section.bars;
        view.kind = section.kind;
        view.feel = section.feel;
        view.role = i < outline.bars.size() ? outline.bars[i] : BarRole::groove;
        view.before = i > 0 && i <= outline.bars.size() ? outline.bars[i - 1] : BarRole::groove;
        view.intensity = energy[number];
        view.next_intensity = number + 1 < energy.size() ? energy[number + 1] : energy[number];
        view.ends_section = view.in_section == section.bars - 1;
        scene.bars.push_back(view);
    }
    mark_builds(scene.bars);
    for (const music::Part& part : score.parts)
        if (part.role == music::Role::lead) {
            scene.lead = &part;
            look_at_the_lead(scene.bars, score, part);
            break;
        }
    scene.plays = orchestrate(plan, band, scene.bars);
    return scene;
}

std::optional<TogetherHit> together_hit(const Scene& scene, const BarView& bar) {
    if (bar.role == BarRole::stop) return TogetherHit{scene.score.metre.beat() / 2, 0.95, false};
    if (bar.role != BarRole::last) return std::nullopt;
    switch (scene.score.ending) {
        case music::Ending::cold:
            return TogetherHit{std::min(scene.score.metre.beat(), bar.length), 0.95, false};
        case music::Ending::button:
            return TogetherHit{std::min(base::kEighth, bar.length), 1.0, false};
        case music::Ending::ring:
            return TogetherHit{bar.length, 0.85, true};
        case music::Ending::fade:
        case music::Ending::loop:
            return std::nullopt;
    }
    return std::nullopt;
}

float loudness(const Scene& scene, const Player& player, const BarView& bar, Ticks in_bar, double written) {
    const double range = player.book != nullptr ? player.book->dynamic_range : 0.45;
    double level = 1.0 - range * (1.0 - bar.intensity);
    // The last bars before a new section lean towards it.
    if (bar.role == BarRole::build) level *= 0.72 + 0.33 * bar.build;
    constexpr double kAccents[] = {-0.035, 0.0, 0.02, 0.05};
    const double accent = kAccents[scene.score.metre.strength(in_bar)];
    return static_cast<float>(std::clamp((written + accent) * level * player.manner.level, 0.04, 1.0));
}

}  // namespace mmx::compose
