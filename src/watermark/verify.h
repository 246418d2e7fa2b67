// From soft symbols to an id: the code names candidates, the tag decides.
#pragma once

#include <cstdint>
#include <optional>

#include "watermark/correlate.h"

namespace mmx::watermark {

struct Reading {
    std::uint64_t id = 0;
    double tag_p = 1;    // that a tag drawn at random would fit as well, at its rank among the candidates
    double p_value = 1;  // the same, and that sync would be as strong by chance
    bool counts() const;
};

// The best of a few candidates. The tag of an id that was never embedded is a number drawn at random as far
// as anybody without the key can tell, so whatever the sound is, the chance that it fits is bounded by
// Chernoff: with a_i = tanh of half the likelihood ratio of tag bit i and c their sum under the tag's signs,
// P <= min over t of exp(-t c) product of cosh(t a_i). 64 certain bits that all fit give 2^-64.
//
// The sync's signs are another keyed function: that a sum of them reaches z standard deviations at one of the
// `places` it was chosen from has a chance of at most places * exp(-z^2 / 2) (Hoeffding), independent of the
// tag's.
Reading read_id(const Key& key, const Soft& soft, double places);

// What a reading must stay under to count: both together, and the tag alone, so that a damaged mark of ours
// is not read as another's.
inline constexpr double kCertain = 1e-12, kCertainTag = 1e-8;

}  // namespace mmx::watermark
