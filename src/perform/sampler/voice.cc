// Turns a region's generators into a sounding voice (8.1.2), and moves it block by block.
#include "perform/sampler/voice.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::perform {
namespace {

constexpr double kOctavesPerDecibel = 0.16609640474436813;  // of amplitude
constexpr double kInaudible = 3.2e-5;                       // -90 dB

double seconds_of(double timecents) {
    return base::exp2(std::clamp(timecents, -16000.0, 8000.0) / 1200);
}
double hertz_of(double cents) {
    return 8.17579891564 * base::exp2(cents / 1200);
}

Envelope envelope_of(const Generators& values, int first, double key) {
    Envelope envelope;
    envelope.delay = values[first] <= -12000 ? 0 : seconds_of(values[first]);
    envelope.attack = seconds_of(values[first + 1]);
    envelope.hold = seconds_of(values[first + 2] + (60 - key) * values[first + 6]);
    envelope.decay = seconds_of(values[first + 3] + (60 - key) * values[first + 7]);
    envelope.sustain = 1 - std::clamp(values[first + 4], 0.0, 1000.0) / 1000;
    // Never shorter than a cable's click: FluidSynth has the same floor.
    envelope.release = seconds_of(std::max(values[first + 5], -7200.0));
    return envelope;
}

}  // namespace

double TriangleLfo::at(double seconds) const {
    if (seconds <= delay) return 0;
    const double turns = (seconds - delay) * hertz;
    const double phase = turns - base::floor(turns);
    return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
}

Voice::Voice(const SoundFont& font, const Region& region, const Stroke& stroke, const SamplerPatch& patch,
             int sample_rate)
    : stroke_(&stroke), patch_(&patch), rate_(sample_rate) {
    Generators values = region.generators;
    const double key = values[kFixedKey] >= 0 ? std::min(127.0, values[kFixedKey]) : stroke.key;
    const double velocity =
        values[kFixedVelocity] >= 1 ? std::min(127.0, values[kFixedVelocity]) : stroke.velocity;
    // Both fonts were levelled on EMU hardware, which took 0.4 of the attenuation that the specification asks
    // for; modulators are meant as they stand.
    values[kAttenuation] *= 0.4;
    for (const Modulator& modulator : region.modulators)
        values[modulator.destination] += modulator.value(key, velocity);

    set_sample(font, region, values);
    set_pitch_and_filter(region, values, patch, key);
    set_envelopes(values, patch, key);
    set_loudness(values, patch);
    shape_for_articulation(region);
}

void Voice::set_sample(const SoundFont& font, const Region& region, const Generators& values) {
    const FontSample& sample = region.sample;
    // Offsets may not leave the sample they belong to; what a loop needs is one whole frame.
    const auto moved = [&](std::uint32_t place, Generator fine, Generator coarse, double low, double high) {
        const double to =
            static_cast<double>(place) + base::floor(values[fine]) + 32768 * base::floor(values[coarse]);
        return static_cast<std::uint32_t>(std::clamp(to, low, high));
    };
    const double low = sample.start, high = sample.end;
    cursor_.data = font.samples();
    cursor_.start = sample.start;
    cursor_.end = moved(sample.end, kEndOffset, kEndCoarse, low + 1, high);
    const double last = cursor_.end;
    const std::uint32_t begin = moved(sample.start, kStartOffset, kStartCoarse, low, last - 1);
    cursor_.loop_start = moved(sample.loop_start, kLoopStartOffset, kLoopStartCoarse, low, last);
    cursor_.loop_end = moved(sample.loop_end, kLoopEndOffset, kLoopEndCoarse, low, last);
    const int mode = static_cast<int>(values[kSampleModes]) & 3;
    cursor_.looping = (mode == 1 || mode == 3) && cursor_.loop_end > cursor_.loop_start;
    loop_until_release_ = mode == 3;
    cursor_.position = std::uint64_t{begin} << 32;
    exclusive_class_ = static_cast<int>(values[kExclusiveClass]);
}

void Voice::set_pitch_and_filter(const Region& region, const Generators& values, const SamplerPatch& patch,
                                 double key) {
    const double root =
        values[kRootKey] >= 0 && values[kRootKey] <= 127 ? values[kRootKey] : region.sample.root;
    cents_ = values[kScaleTuning] * (key - root + region.sample.correction / 100.0) +
             100 * values[kCoarseTune] + values[kFineTune] + patch.tune_cents + stroke_->cents;
    sample_rate_ratio_ = region.sample.rate / rate_;
    vibrato_lfo_cents_ = values[kVibLfoToPitch];
    modulation_lfo_cents_ = values[kModLfoToPitch];
    modulation_cents_ = values[kModEnvToPitch];
    vibrato_lfo_ = {seconds_of(values[kVibLfoDelay]),
                    hertz_of(std::clamp(values[kVibLfoFrequency], -16000.0, 4500.0))};
    modulation_lfo_ = {seconds_of(values[kModLfoDelay]),
                       hertz_of(std::clamp(values[kModLfoFrequency], -16000.0, 4500.0))};
    filter_cents_ = values[kFilterCutoff] + patch.filter_cents;
    modulation_lfo_filter_ = values[kModLfoToFilter];
    modulation_filter_ = values[kModEnvToFilter];
    // A Q of 0 dB is the maximally flat filter, whose gain at the cutoff is -3 dB (8.1.2, 9).
    const double resonance = base::decibels_to_gain(std::clamp(values[kFilterQ], 0.0, 960.0) / 10 - 3.0103);
    filter_k_ = 1 / resonance;
}

void Voice::set_envelopes(const Generators& values, const SamplerPatch& patch, double key) {
    volume_ = envelope_of(values, kVolEnvDelay, key);
    volume_.attack *= patch.attack_scale;
    volume_.release *= patch.release_scale;
    modulation_ = envelope_of(values, kModEnvDelay, key);
}

void Voice::set_loudness(const Generators& values, const SamplerPatch& patch) {
    attenuation_db_ = std::clamp(values[kAttenuation], 0.0, 1440.0) / 10 - patch.gain_db - stroke_->gain_db;
    // The specification takes half of the resonance back: the peak stands as far above as the rest below.
    attenuation_db_ -= base::gain_to_decibels(base::sqrt(filter_k_));
    modulation_lfo_db_ = values[kModLfoToVolume] / 10;
    const double place = (std::clamp(values[kPan], -500.0, 500.0) + 500) / 1000 * (base::kPi / 2);
    left_ = static_cast<float>(base::cos(place));
    right_ = static_cast<float>(base::sin(place));
}

void Voice::shape_for_articulation(const Region& region) {
    const auto skip = [&](double seconds) {
        const double last = cursor_.looping ? cursor_.loop_start : cursor_.end - 1;
        const double room = last - static_cast<double>(cursor_.position >> 32);
        const double frames = std::min(seconds * region.sample.rate, 0.8 * std::max(0.0, room));
        cursor_.position += static_cast<std::uint64_t>(frames) << 32;
    };
    if (stroke_->start_jitter > 0) skip(stroke_->start_jitter);
    if (stroke_->bound) {
        // The bow or breath goes on: no attack, only the new pitch.
        skip(0.09);
        volume_.delay = 0;
        volume_.attack = 0.015;
        modulation_.delay = 0;
    }
    switch (stroke_->articulation) {
        case music::Articulation::staccato:
            volume_.release *= 0.6;
            break;
        case music::Articulation::mute:
            // The hand's edge on the strings takes the top first and the sound within a third of a second.
            filter_cents_ -= 1900;
            volume_.hold = 0.001;
            volume_.decay = std::min(volume_.decay, 0.5);
            volume_.sustain = 0;
            volume_.release = std::min(volume_.release, 0.12);
            break;
        default:
            break;
    }
}

void Voice::release() {
    if (released_) return;
    const Envelope::Value value = volume_.before_release(now_);
    volume_at_release_ = value.level;
    if (value.stage != Envelope::Stage::falling)
        // From the middle of the attack the fall begins at the same amplitude.
        volume_at_release_ =
            value.level > 0 ? std::max(0.0, 1 + base::gain_to_decibels(value.level) / kEnvelopeDecibels) : 0;
    modulation_at_release_ = modulation_at(now_);
    released_ = true;
    released_at_ = now_;
    if (loop_until_release_) cursor_.looping = false;
}

void Voice::release_within(double seconds) {
    ending_ = true;
    if (released_) {  // a second release goes on from where the first has come
        volume_at_release_ = volume_.after_release(volume_at_release_, now_ - released_at_);
        modulation_at_release_ = modulation_at(now_);
        released_at_ = now_;
    } else {
        release();
    }
    volume_.release = std::min(volume_.release, seconds);
}

double Voice::modulation_at(double seconds) const {
    if (released_ && seconds >= released_at_)
        return modulation_.after_release(modulation_at_release_, seconds - released_at_);
    const Envelope::Value value = modulation_.before_release(seconds);
    // Its attack is convex (8.1.2, 26).
    if (value.stage == Envelope::Stage::attack && value.level > 0)
        return std::clamp(1 + 400.0 / 960.0 * base::log10(value.level), 0.0, 1.0);
    return value.level;
}

double Voice::stroke_cents(double seconds) const {
    double cents = 0;
    if (stroke_->glide_from != 0 && seconds < patch_->legato_seconds) {
        const double left = 1 - std::max(0.0, seconds) / patch_->legato_seconds;
        cents += 100 * stroke_->glide_from * left * left;
    }
    if (patch_->vibrato_cents > 0 && stroke_->vibrates && seconds > patch_->vibrato_delay) {
        const double grown = std::min(1.0, (seconds - patch_->vibrato_delay) / 0.45);
        cents += patch_->vibrato_cents * stroke_->vibrato_depth * grown *
                 base::sin(base::kTwoPi * patch_->vibrato_hz * stroke_->vibrato_speed *
                           (seconds - patch_->vibrato_delay));
    }
    if (patch_->drift_cents > 0)
        cents += patch_->drift_cents *
                 (0.6 * base::sin(base::kTwoPi * (0.37 * seconds + stroke_->drift_phase)) +
                  0.4 * base::sin(base::kTwoPi * (0.83 * seconds + 2.7 * stroke_->drift_phase)));
    if (stroke_->articulation == music::Articulation::fall) {
        // The pitch slides down over the last quarter of a second and half of the release.
        const double since = seconds - (stroke_->seconds - 0.22);
        if (since > 0) cents -= 700 * std::min(1.0, since / 0.35) * std::min(1.0, since / 0.35);
    }
    return cents;
}

double Voice::stroke_gain_db(double seconds) const {
    double db = 0;
    if (patch_->swell_db > 0 && stroke_->seconds > 0.8) {
        const double place = std::clamp(seconds / stroke_->seconds, 0.0, 1.0);
        db += patch_->swell_db * (base::sin(base::kPi * place) - 0.5);
    }
    if (stroke_->articulation == music::Articulation::fall) {
        const double since = seconds - (stroke_->seconds - 0.22);
        if (since > 0) db -= 20 * std::min(1.0, since / 0.4);
    }
    return db;
}

double Voice::volume_at(double seconds) {
    if (seconds < 0) return 0;
    double level = 0, amplitude = 1;
    if (released_ && seconds >= released_at_) {
        level = volume_.after_release(volume_at_release_, seconds - released_at_);
    } else {
        const Envelope::Value value = volume_.before_release(seconds);
        if (value.stage != Envelope::Stage::falling) {
            amplitude = value.level;
            level = 1;
        } else {
            level = value.level;
        }
    }
    if (amplitude <= 0 || level <= 0) return 0;
    double db = -kEnvelopeDecibels * (1 - level) - attenuation_db_ + stroke_gain_db(seconds);
    if (modulation_lfo_db_ != 0) db += modulation_lfo_db_ * modulation_lfo_.at(seconds);
    return amplitude * gain_.at(db * kOctavesPerDecibel);
}

void Voice::move_gain(double seconds, LaneGroup& group, std::size_t lane) {
    const double block = static_cast<double>(kSamplerBlock) / rate_;
    const double quarter = block / static_cast<double>(kGainSteps);
    const double first_steady = volume_.delay + volume_.attack;
    if (seconds >= first_steady || (released_ && seconds >= 0)) {
        const auto end = static_cast<float>(volume_at(seconds + block));
        const float step = (end - last_gain_) * (1.0f / static_cast<float>(kGainSteps));
        for (std::size_t i = 0; i <= kGainSteps; ++i)
            group.gain[i][lane] = last_gain_ + step * static_cast<float>(i);
        group.gain[kGainSteps][lane] = end;
    } else {
        group.gain[0][lane] = last_gain_;
        for (std::size_t i = 1; i <= kGainSteps; ++i)
            group.gain[i][lane] = static_cast<float>(volume_at(seconds + quarter * static_cast<double>(i)));
    }
    last_gain_ = group.gain[kGainSteps][lane];
}

void Voice::move_pitch(double seconds) {
    double cents = stroke_cents(seconds);
    if (vibrato_lfo_cents_ != 0) cents += vibrato_lfo_cents_ * vibrato_lfo_.at(seconds);
    if (modulation_lfo_cents_ != 0) cents += modulation_lfo_cents_ * modulation_lfo_.at(seconds);
    if (modulation_cents_ != 0) cents += modulation_cents_ * modulation_at(std::max(0.0, seconds));
    if (cents == pitch_offset_) return;
    pitch_offset_ = cents;
    const double ratio = sample_rate_ratio_ * pitch_.at((cents_ + cents) / 1200);
    cursor_.increment = static_cast<std::uint64_t>(std::clamp(ratio, 1e-5, 1000.0) * 4294967296.0);
}

void Voice::move_filter(double seconds, LaneGroup& group, std::size_t lane) {
    double cents = filter_cents_;
    if (modulation_lfo_filter_ != 0) cents += modulation_lfo_filter_ * modulation_lfo_.at(seconds);
    if (modulation_filter_ != 0) cents += modulation_filter_ * modulation_at(seconds);
    if (cents != filter_made_for_) {
        filter_made_for_ = cents;
        const double hertz = std::clamp(hertz_of(std::clamp(cents, 0.0, 16000.0)), 20.0, 0.45 * rate_);
        const double g = base::tan(base::kPi * hertz / rate_);
        const double a1 = 1 / (1 + g * (g + filter_k_));
        a1_ = static_cast<float>(a1);
        a2_ = static_cast<float>(g * a1);
        a3_ = static_cast<float>(g * g * a1);
    }
    group.next_a1[lane] = a1_;
    group.next_a2[lane] = a2_;
    group.next_a3[lane] = a3_;
}

bool Voice::play(std::int64_t block_begin, LaneGroup& group, std::size_t lane) {
    const std::int64_t since = block_begin - stroke_->start;
    now_ = static_cast<double>(since) / rate_;
    const double block = static_cast<double>(kSamplerBlock) / rate_;
    move_pitch(now_);
    move_filter(std::max(0.0, now_ + block), group, lane);
    move_gain(now_, group, lane);
    std::size_t first = 0;
    if (!begun_) {
        begun_ = true;
        group.a1[lane] = a1_;
        group.a2[lane] = a2_;
        group.a3[lane] = a3_;
        group.left[lane] = left_;
        group.right[lane] = right_;
        group.used |= 1u << lane;
        first = since < 0 ? static_cast<std::size_t>(-since) : 0;
        for (std::size_t frame = 0; frame < first; ++frame) group.input[frame * synth::kLanes + lane] = 0;
    }
    read_sample(cursor_, first, group.input.data() + lane);
    now_ += block;
    if (cursor_.finished()) return false;
    const bool may_still_rise = !released_ && now_ < volume_.delay + volume_.attack + volume_.hold;
    return may_still_rise || last_gain_ > kInaudible;
}

}  // namespace mmx::perform
