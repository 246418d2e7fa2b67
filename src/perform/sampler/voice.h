// One sample sounding: where it is read, how it fades, and what moves its pitch and filter.
#pragma once

#include <cstdint>

#include "perform/sampler/envelope.h"
#include "perform/sampler/lane_group.h"
#include "perform/sampler/sampler_patch.h"
#include "perform/sampler/slow_exponential.h"
#include "perform/sampler/sound_font.h"
#include "perform/sampler/strokes.h"

namespace mmx::perform {

// A triangle that starts at zero and rises, after its delay.
struct TriangleLfo {
    double delay = 0, hertz = 8.176;
    double at(double seconds) const;
};

class Voice {
  public:
    // Begins at the stroke's first frame.
    Voice(const SoundFont& font, const Region& region, const Stroke& stroke, const SamplerPatch& patch,
          int sample_rate);

    // Works out the block that begins at `block_begin` and writes it into its lane; false when nothing will
    // follow.
    bool play(std::int64_t block_begin, LaneGroup& group, std::size_t lane);

    void release();
    // Silences it within hundredths of a second: a hi-hat closing, a bound note taking over, a stolen voice.
    void release_within(double seconds);

    const Stroke& stroke() const { return *stroke_; }
    bool released() const { return released_; }
    int exclusive_class() const { return exclusive_class_; }
    float loudness() const { return last_gain_; }
    bool may_be_stolen() const { return begun_ && !ending_; }

  private:
    void set_sample(const SoundFont& font, const Region& region, const Generators& values);
    void set_pitch_and_filter(const Region& region, const Generators& values, const SamplerPatch& patch,
                              double key);
    void set_envelopes(const Generators& values, const SamplerPatch& patch, double key);
    void set_loudness(const Generators& values, const SamplerPatch& patch);
    void shape_for_articulation(const Region& region);

    double stroke_cents(double seconds) const;  // vibrato, drift and glide
    double stroke_gain_db(double seconds) const;
    double volume_at(double seconds);  // amplitude
    void move_gain(double seconds, LaneGroup& group, std::size_t lane);
    void move_pitch(double seconds);
    void move_filter(double seconds, LaneGroup& group, std::size_t lane);
    double modulation_at(double seconds) const;

    const Stroke* stroke_;
    const SamplerPatch* patch_;
    double rate_;  // of the output
    SampleCursor cursor_;
    bool loop_until_release_ = false;
    int exclusive_class_ = 0;

    Envelope volume_, modulation_;
    TriangleLfo vibrato_lfo_, modulation_lfo_;
    double now_ = 0;  // seconds since its start, at the block's begin
    bool released_ = false;
    double released_at_ = 0, volume_at_release_ = 1, modulation_at_release_ = 0;

    double cents_ = 0, sample_rate_ratio_ = 1;
    double vibrato_lfo_cents_ = 0, modulation_lfo_cents_ = 0, modulation_cents_ = 0;
    double pitch_offset_ = 1e9;  // cents that the increment was made for

    double filter_cents_ = 13500, filter_k_ = 1.414;
    double modulation_lfo_filter_ = 0, modulation_filter_ = 0;
    double filter_made_for_ = 1e9;
    float a1_ = 0, a2_ = 0, a3_ = 0;

    double attenuation_db_ = 0, modulation_lfo_db_ = 0;
    float left_ = 0, right_ = 0;
    float last_gain_ = 0;
    SlowExponential gain_, pitch_;
    bool begun_ = false, ending_ = false;
};

}  // namespace mmx::perform
