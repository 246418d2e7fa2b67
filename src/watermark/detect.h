// The keyed half of detection: whose marks are in these features, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "watermark/features.h"
#include "watermark/keys.h"

namespace mmx::watermark {

struct Span {
    double start_seconds = 0, end_seconds = 0;
};

// What one layer says of one mark. The ultrasonic layer's halves each carry everything.
struct LayerReport {
    double p_value = 1;       // best reading of the id by this layer, times all readings tried; see verify.h
    std::vector<Span> spans;  // where it is heard, to about a second
    bool found() const { return p_value < 1e-9; }
};

struct FoundMark {
    std::uint64_t id = 0;
    int epoch = 1;             // of the key
    bool tag_verifies = true;  // only such are reported
    double speed = 1;          // 1.02: plays 2 % faster than it was made
    double pitch_cents = 0;    // how much higher it sounds, as far as the in-band layer tells (steps of 17)
    LayerReport in_band, ultrasonic_low, ultrasonic_high;
    std::vector<Span> spans;  // of all layers together
};

struct Detection {
    double seconds = 0, silent_seconds = 0;
    std::vector<FoundMark> marks;  // by where they begin
};

// With `changed` also sounds whose speed, tempo or pitch was changed by up to 6 % are searched, where nothing
// was found without. Any thread.
enum class Search { as_made, changed };
Detection detect(const Features& features, const KeyRing& keys, Search search = Search::changed);

// One JSON object, and a few lines for people.
std::string to_json(const Detection& detection);
std::string to_text(const Detection& detection);

}  // namespace mmx::watermark
