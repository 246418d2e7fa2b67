#include "watermark/scan.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "watermark/bands.h"
#include "watermark/carriers.h"

namespace mmx::watermark {
namespace {

// The best of a period's offsets reaches this by chance in one window of fourteen; a mark so faint that it
// does not could not be read.
constexpr float kLeastSync = 3.5f;
constexpr float kHeard = 5.5f;  // standard deviations of the whole pattern, best of a period's offsets

Folded empty(const LayerShape& shape) {
    return Folded({shape.rows, 0, {}}, 0, 0, shape.columns, shape.steps_per_column);
}

// Spans that touch or overlap become one.
std::vector<Span> joined(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.start_seconds < b.start_seconds; });
    std::vector<Span> all;
    for (const Span& span : spans) {
        if (!all.empty() && span.start_seconds <= all.back().end_seconds + 0.01)
            all.back().end_seconds = std::max(all.back().end_seconds, span.end_seconds);
        else
            all.push_back(span);
    }
    return all;
}

}  // namespace

const LayerShape& in_band_shape() {
    // 15 s at a time, every 5 s.
    static const LayerShape shape{kBands, kInBandColumns, kFramesPerColumn, kFrameSeconds, 480, 160, 3};
    return shape;
}
const LayerShape& ultrasonic_shape() {
    // 5 s at a time, every 2.5 s.
    static const LayerShape shape{kCarriers, kUltrasonicColumns, 1, 0.02, 250, 125, 2};
    return shape;
}

Scan::Scan(const Key& key, const LayerShape& shape, std::vector<Part> parts)
    : key_(key), shape_(shape), parts_(std::move(parts)), sync_(empty(shape), shape.steps_per_column) {
    for (const Part& part : parts_) sync_.add(part.grid, part.grid.sign, part.first_row, Chips::sync);
}

float Scan::best_sync(const Lattice& lattice, std::size_t first, std::size_t count) const {
    const auto scores = sync_.scores(fold(lattice, first, count));
    return *std::max_element(scores.begin(), scores.end());
}

std::optional<Reading> Scan::read_stretch(const Lattice& lattice, std::size_t first, std::size_t count,
                                          double guesses, std::size_t& readings) const {
    const Folded folded = fold(lattice, first, count);
    if (!(folded.spread() > 0)) return std::nullopt;
    std::vector<float> scores = sync_.scores(folded);
    std::optional<Reading> best;
    for (std::size_t top = 0; top < shape_.tops; ++top) {
        const auto at = std::max_element(scores.begin(), scores.end());
        if (*at < kLeastSync) break;
        Soft soft;
        const auto offset = static_cast<std::size_t>(at - scores.begin());
        for (const Part& part : parts_)
            add_symbols(part.grid, folded, part.first_row, shape_.steps_per_column, offset, soft);
        ++readings;
        const Reading reading = read_id(key_, soft, guesses * static_cast<double>(folded.period()));
        if (reading.counts() && (!best || reading.p_value < best->p_value)) best = reading;
        if (best) break;
        *at = 0;
    }
    return best;
}

std::vector<Reading> Scan::read(const Lattice& lattice, std::size_t& readings) const {
    std::vector<Reading> found;
    const auto add = [&](const std::optional<Reading>& reading) {
        if (!reading) return;
        const auto known = std::find_if(found.begin(), found.end(),
                                        [&](const Reading& one) { return one.id == reading->id; });
        if (known == found.end())
            found.push_back(*reading);
        else
            known->p_value = std::min(known->p_value, reading->p_value);
    };
    // The whole first: a faint mark that lasts adds up. Then windows, for what comes and goes.
    if (lattice.steps > shape_.window_steps) add(read_stretch(lattice, 0, lattice.steps, 1, readings));
    for (std::size_t first = 0; first < lattice.steps; first += shape_.hop_steps) {
        const std::size_t count = std::min(shape_.window_steps, lattice.steps - first);
        if (first > 0 && count < shape_.window_steps / 2) break;
        add(read_stretch(lattice, first, count, 1, readings));
    }
    return found;
}

std::vector<Span> Scan::spans_of(const Lattice& lattice, std::uint64_t id) const {
    const auto symbols = symbols_of(key_, id);
    Pattern all(empty(shape_), shape_.steps_per_column);
    for (const Part& part : parts_)
        all.add(part.grid, chips_of(part.grid, symbols), part.first_row, Chips::payload);
    // Half a period at a time, a quarter of it further each step; the middle half of a window is vouched for.
    const std::size_t period = shape_.columns * shape_.steps_per_column;
    const std::size_t window = std::max<std::size_t>(period / 2, 1), step = window / 4;
    std::vector<Span> spans;
    for (std::size_t first = 0; first < lattice.steps; first += step) {
        const std::size_t count = std::min(window, lattice.steps - first);
        const Folded folded = fold(lattice, first, count);
        const auto scores = all.scores(folded), sync = sync_.scores(folded);
        const auto best = std::max_element(scores.begin(), scores.end());
        // Songs of one key share their sync, and their words are alike by chance: a chip of the payload must
        // say half as much as one of the sync does.
        const auto each = [](float score, const Pattern& pattern) {
            return score / std::sqrt(static_cast<float>(pattern.size()));
        };
        const float of_sync = each(sync[static_cast<std::size_t>(best - scores.begin())], sync_);
        if (*best >= kHeard && each(*best, all) >= 0.5f * of_sync) {
            const std::size_t inner = first == 0 ? 0 : step;
            const std::size_t outer = first + window >= lattice.steps ? 0 : step;
            spans.push_back({static_cast<double>(first + inner) * shape_.step_seconds,
                             static_cast<double>(first + count - outer) * shape_.step_seconds});
        }
        if (first + window >= lattice.steps) break;
    }
    return joined(std::move(spans));
}

}  // namespace mmx::watermark
