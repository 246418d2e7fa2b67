// One layer's grids under one key, looked for in one layer's features.
#pragma once

#include <optional>
#include <vector>

#include "watermark/correlate.h"
#include "watermark/detect.h"
#include "watermark/verify.h"

namespace mmx::watermark {

// How a layer's steps relate to its grids; which grids are read together.
struct LayerShape {
    std::size_t rows, columns, steps_per_column;
    double step_seconds;
    std::size_t window_steps, hop_steps;  // of one look
    std::size_t tops;                     // offsets tried in each
};
const LayerShape& in_band_shape();
const LayerShape& ultrasonic_shape();

struct Part {
    Grid grid;
    std::size_t first_row;
};

struct Hit {
    Reading reading;
    float sync = 0;  // standard deviations
};

class Scan {
  public:
    Scan(const Key& key, const LayerShape& shape, std::vector<Part> parts);

    // The best sync anywhere in a stretch, in standard deviations: what a search ranks its guesses by.
    float best_sync(const Lattice& lattice, std::size_t first, std::size_t count) const;
    // Reads every window of the lattice, and the whole of it folded together. Distinct ids that stand up;
    // `readings` counts what was tried.
    std::vector<Reading> read(const Lattice& lattice, std::size_t& readings) const;
    // guesses: how many lattices like this one were looked at to choose it.
    std::optional<Reading> read_stretch(const Lattice& lattice, std::size_t first, std::size_t count,
                                        double guesses, std::size_t& readings) const;
    // Where the whole pattern of an id is heard, in seconds of the lattice's axis.
    std::vector<Span> spans_of(const Lattice& lattice, std::uint64_t id) const;

  private:
    Folded fold(const Lattice& lattice, std::size_t first, std::size_t count) const {
        return Folded(lattice, first, count, shape_.columns, shape_.steps_per_column);
    }
    const Key& key_;
    const LayerShape& shape_;
    std::vector<Part> parts_;
    Pattern sync_;
};

}  // namespace mmx::watermark
