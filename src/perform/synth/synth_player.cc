#include "perform/synth/synth_player.h"

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "base/random.h"
#include "perform/block_player.h"
#include "perform/chorus.h"
#include "perform/synth/envelope.h"
#include "perform/synth/voice_group.h"

namespace mmx::perform::synth {
namespace {

constexpr std::size_t kGroups = 4;  // 32 voices a part
constexpr double kPhase = 4294967296.0;
// Brings a patch of level 0 dB, one saw through an open filter, to about -20 LUFS.
constexpr double kReference = 0.18;

struct Voice {
    bool sounding = false, held = false, falls = false;
    std::int64_t start = 0, end = 0;
    int pitch = 60;
    float velocity = 0.7f, gain = 1;
    EnvelopeState amp, mod;
    double glide_octaves = 0;
};

// What modulates one lane, gathered for the vector arithmetic.
struct LaneControl {
    f32x8 step{}, glide{}, age{}, cutoff_octaves{}, mod{}, amp{}, fm{}, fall{}, pan{};
    f32x8 drift_turn{}, drift_step{}, lfo_phase{};
    bool fresh = true;  // a voice has come in since the last block
};

class SynthPlayer final : public BlockPlayer {
  public:
    SynthPlayer(const SynthPatch& patch, std::vector<PlayedNote> notes, int sample_rate, std::uint64_t seed)
        : patch_(patch),
          notes_(std::move(notes)),
          rate_(sample_rate),
          seed_(seed),
          block_seconds_(static_cast<float>(static_cast<double>(kBlock) / sample_rate)),
          amp_rates_(patch.amp, sample_rate / static_cast<double>(kBlock)),
          mod_rates_(patch.mod, sample_rate / static_cast<double>(kBlock)),
          level_(kReference * base::decibels_to_gain(patch.level_db)) {
        build_circuit();
        if (patch.chorus > 0) choruses_.emplace_back(ChorusKind::juno, patch.chorus, sample_rate);
        if (patch.ensemble > 0) choruses_.emplace_back(ChorusKind::ensemble, patch.ensemble, sample_rate);
        glide_keep_ = patch.glide > 0 ? base::exp(-3.0 * block_seconds_ / patch.glide) : 0.0;
        sweep_keep_ = static_cast<float>(-3.0 / (patch.sweep * 0.69314718055994531));
        dc_keep_ = static_cast<float>(1.0 - base::kTwoPi * 6.0 / sample_rate);
    }

  private:
    void build_circuit() {
        for (const Oscillator& osc : patch_.oscillators) {
            for (int v = 0; v < osc.voices; ++v) {
                Unit& unit = circuit_.units[circuit_.unit_count++];
                // Unison voices stand evenly from flat to sharp and alternate sides, as a supersaw's do.
                const double place = osc.voices == 1 ? 0.0 : 2.0 * v / (osc.voices - 1) - 1.0;
                const double side = osc.voices == 1 ? 0.0 : osc.stereo * (v % 2 == 0 ? place : -place);
                const double gain = base::decibels_to_gain(osc.level_db) / base::sqrt(osc.voices);
                unit.wave = osc.wave;
                unit.gain_left = static_cast<float>(gain * base::sqrt(1.0 - side));
                unit.gain_right = static_cast<float>(gain * base::sqrt(1.0 + side));
                unit.width = static_cast<float>(osc.width);
                unit.ratio = static_cast<float>(osc.ratio);
                unit.index = static_cast<float>(osc.index / base::kTwoPi);
                unit.index_floor = static_cast<float>(osc.index_floor);
                unit.octaves = static_cast<float>(
                    (osc.semitones + (osc.cents + osc.detune_cents * place) / 100.0) / 12.0);
                if (side != 0.0) circuit_.stereo = true;
            }
        }
        circuit_.filter = patch_.filter.kind;
        circuit_.damping = static_cast<float>(1.414 - 1.33 * patch_.filter.resonance);
        circuit_.feedback = static_cast<float>(3.7 * patch_.filter.resonance);
        circuit_.drive = static_cast<float>(patch_.filter.drive > 0 ? 0.3 + 2.5 * patch_.filter.drive : 0.0);
    }

    void block(float* left, float* right) override {
        start_notes();
        std::fill_n(left, kBlock, 0.0f);
        std::fill_n(right, kBlock, 0.0f);
        for (std::size_t g = 0; g < kGroups; ++g) {
            bool any = false;
            for (std::size_t l = 0; l < kLanes; ++l) any |= voices_[g * kLanes + l].sounding;
            if (any) play_group(g, left, right);
        }
        now_ += static_cast<std::int64_t>(kBlock);
        for (Chorus& chorus : choruses_) chorus.process(left, right, kBlock);
        // Slow pulse-width sweeps and FM shift the mean: take out what lies below hearing.
        for (std::size_t i = 0; i < kBlock; ++i) {
            dc_out_[0] = left[i] - dc_in_[0] + dc_keep_ * dc_out_[0];
            dc_in_[0] = left[i];
            left[i] = dc_out_[0];
            dc_out_[1] = right[i] - dc_in_[1] + dc_keep_ * dc_out_[1];
            dc_in_[1] = right[i];
            right[i] = dc_out_[1];
        }
    }

    void start_notes() {
        for (; next_ < notes_.size() && notes_[next_].start.value < now_ + static_cast<std::int64_t>(kBlock);
             ++next_)
            start(notes_[next_]);
    }

    void start(const PlayedNote& note) {
        if (patch_.mono) {
            Voice& voice = voices_[0];
            const bool slurred = voice.sounding && voice.held && note.start.value <= voice.end;
            const int before = voice.pitch;
            begin(0, note, !voice.sounding);
            if (slurred && patch_.glide > 0) voice.glide_octaves += (before - note.pitch) / 12.0;
            if (!slurred) {
                voice.glide_octaves = 0.0;
                voice.amp.press();
                voice.mod.press();
            }
            return;
        }
        const std::size_t index = free_voice();
        begin(index, note, true);
        Voice& voice = voices_[index];
        voice.glide_octaves = 0.0;
        voice.amp = {};
        voice.mod = {};
        voice.amp.press();
        voice.mod.press();
    }

    std::size_t free_voice() const {
        // A silent one; else the quietest of those let go; else the oldest.
        std::size_t best = 0;
        float best_worth = 1e30f;
        for (std::size_t i = 0; i < voices_.size(); ++i) {
            const Voice& voice = voices_[i];
            if (!voice.sounding) return i;
            const float age = static_cast<float>(now_ - voice.start) / static_cast<float>(rate_);
            const float worth = voice.held ? 100.0f - std::min(age, 60.0f) : voice.amp.level * voice.gain;
            if (worth < best_worth) {
                best_worth = worth;
                best = i;
            }
        }
        return best;
    }

    void begin(std::size_t index, const PlayedNote& note, bool fresh) {
        Voice& voice = voices_[index];
        voice.sounding = voice.held = true;
        voice.falls = note.articulation == music::Articulation::fall;
        voice.start = note.start.value;
        voice.end = note.start.value + note.length.value;
        voice.pitch = note.pitch;
        voice.velocity = note.velocity;
        // Velocity 0.7 is the level that patches are set at.
        voice.gain =
            static_cast<float>(level_ * base::pow(note.velocity / 0.7, patch_.velocity_db / 12.0412));
        const std::size_t g = index / kLanes, l = index % kLanes;
        VoiceGroup& group = groups_[g];
        LaneControl& lane = lanes_[g];
        lane.step[l] = static_cast<float>(base::midi_to_hertz(note.pitch) * kPhase / rate_);
        const Filter& filter = patch_.filter;
        lane.cutoff_octaves[l] =
            static_cast<float>(base::log2(filter.cutoff_hz) + filter.keytrack * (note.pitch - 60) / 12.0 +
                               filter.velocity_octaves * (note.velocity - 0.7));
        lane.fm[l] = 0.35f + 0.65f * note.velocity;
        if (!fresh) return;
        lane.fresh = true;
        base::Chance chance(seed_, base::Stream::synth,
                            {note.serial, static_cast<std::uint64_t>(note.pitch), 0});
        for (std::size_t u = 0; u < circuit_.unit_count; ++u) {
            const auto random = static_cast<std::uint32_t>(chance.bits());
            // Machines with one voice restart their oscillators, which gives every note the same punch.
            group.phase[u][l] =
                patch_.mono && circuit_.units[u].gain_left == circuit_.units[u].gain_right ? 0u : random;
            group.modulator[u][l] = 0;
        }
        group.noise[l] = static_cast<std::uint32_t>(chance.bits());
        for (f32x8& state : group.left_state) state[l] = 0;
        for (f32x8& state : group.right_state) state[l] = 0;
        group.amp[l] = 0;
        lane.drift_turn[l] = static_cast<float>(chance.uniform(-0.5, 0.5));
        lane.drift_step[l] = static_cast<float>(chance.uniform(0.1, 0.45) * block_seconds_);
        lane.lfo_phase[l] = patch_.mono ? 0.0f : static_cast<float>(chance.uniform());
        lane.pan[l] = static_cast<float>(patch_.spread * chance.uniform(-1, 1));
    }

    void play_group(std::size_t g, float* left, float* right) {
        LaneControl& lane = lanes_[g];
        controls_[g].lanes = 0;
        for (std::size_t l = 0; l < kLanes; ++l) {
            Voice& voice = voices_[g * kLanes + l];
            if (voice.sounding) controls_[g].lanes = l + 1;
            if (!voice.sounding) {
                lane.amp[l] = 0;
                continue;
            }
            if (voice.held && voice.end <= now_) {
                voice.held = false;
                voice.amp.let_go();
                voice.mod.let_go();
            }
            lane.amp[l] = voice.amp.next(amp_rates_) * voice.gain;
            lane.mod[l] = voice.mod.next(mod_rates_);
            lane.age[l] =
                static_cast<float>(std::max<std::int64_t>(now_ - voice.start, 0)) / static_cast<float>(rate_);
            voice.glide_octaves *= glide_keep_;
            lane.glide[l] = static_cast<float>(voice.glide_octaves);
            // A fall slides down five semitones over the note's last quarter second and on into its release.
            const float to_end = static_cast<float>(now_ - voice.end) / static_cast<float>(rate_) + 0.25f;
            lane.fall[l] = voice.falls && to_end > 0 ? -to_end * 1.7f : 0.0f;
            if (voice.amp.stage == EnvelopeState::Stage::off) voice.sounding = false;
        }
        BlockControl& control = controls_[g];
        work_out(lane, control);
        render_voices(groups_[g], circuit_, control, left, right);
    }

    // A low-frequency oscillator that comes in over its delay.
    static f32x8 sway(const Lfo& lfo, const LaneControl& lane, float offset) {
        if (lfo.depth == 0) return f32x8{};
        f32x8 turns = lane.age * all(static_cast<float>(lfo.hz)) + lane.lfo_phase + all(offset);
        turns -= to_float(to_int(turns));
        const f32x8 faded = lfo.delay > 0
                                ? clamp(lane.age * all(static_cast<float>(1.0 / lfo.delay)), 0.0f, 1.0f)
                                : all(1.0f);
        return sin_cycle(turns - all(0.5f)) * faded * faded * all(static_cast<float>(lfo.depth));
    }

    void work_out(LaneControl& lane, BlockControl& control) {
        const f32x8 sweep = patch_.sweep_semitones == 0
                                ? f32x8{}
                                : all(static_cast<float>(patch_.sweep_semitones / 12.0)) *
                                      exp2_of(max(lane.age * all(sweep_keep_), all(-60.0f)));
        const f32x8 octaves =
            lane.glide + lane.fall + sweep + sway(patch_.vibrato, lane, 0.0f) * all(1.0f / 1200.0f);
        control.step = lane.step * exp2_of(octaves);

        lane.drift_turn += lane.drift_step;
        lane.drift_turn -= to_float(to_int(lane.drift_turn + all(0.5f)));
        const f32x8 drift = sin_cycle(lane.drift_turn) * all(static_cast<float>(patch_.drift_cents / 1200.0));
        // Drift takes seconds: between two looks 64 frames apart it has gone less than a thousandth of a
        // cent.
        const bool looks = lane.fresh || now_ / static_cast<std::int64_t>(kBlock) % 4 == 0;
        for (std::size_t u = 0; looks && u < circuit_.unit_count; ++u) {
            // Neighbouring oscillators wander apart.
            const f32x8 own = u % 2 == 0 ? drift : -drift;
            control.unit_factor[u] = exp2_of(all(circuit_.units[u].octaves) + own);
        }
        control.width_shift = sway(patch_.pulse_lfo, lane, 0.25f);
        control.fm_depth = lane.mod * lane.fm;
        if (patch_.filter.kind != FilterKind::none) {
            const f32x8 cutoff = exp2_of(lane.cutoff_octaves +
                                         lane.mod * all(static_cast<float>(patch_.filter.envelope_octaves)) +
                                         sway(patch_.filter_lfo, lane, 0.5f) +
                                         octaves * all(static_cast<float>(patch_.filter.keytrack)));
            control.warped_cutoff =
                tan_pi(clamp(cutoff * all(1.0f / static_cast<float>(rate_)), 0.0004f, 0.44f));
        } else {
            control.warped_cutoff = all(1.0f);
        }
        control.amp = lane.amp;
        // Cheap equal-power panning: sqrt(1 -+ pan) keeps l^2 + r^2 at 2.
        const bool same_places = !lane.fresh && patch_.pan_lfo.depth == 0;
        lane.fresh = false;
        if (same_places) return;
        const f32x8 pan = clamp(lane.pan + sway(patch_.pan_lfo, lane, 0.75f), -0.95f, 0.95f);
        for (std::size_t l = 0; l < kLanes; ++l) {
            control.pan_left[l] = __builtin_sqrtf(1.0f - pan[l]);
            control.pan_right[l] = __builtin_sqrtf(1.0f + pan[l]);
        }
    }

    SynthPatch patch_;
    std::vector<PlayedNote> notes_;
    std::size_t next_ = 0;
    std::int64_t now_ = 0;
    int rate_;
    std::uint64_t seed_;
    float block_seconds_;
    EnvelopeRates amp_rates_, mod_rates_;
    double level_;
    double glide_keep_ = 0;
    float sweep_keep_ = 0, dc_keep_ = 0;
    Circuit circuit_;
    std::array<VoiceGroup, kGroups> groups_{};
    std::array<LaneControl, kGroups> lanes_{};
    std::array<BlockControl, kGroups> controls_{};
    std::array<Voice, kGroups * kLanes> voices_{};
    std::vector<Chorus> choruses_;
    float dc_in_[2] = {}, dc_out_[2] = {};
};

}  // namespace

std::unique_ptr<Player> make_synth_player(const SynthPatch& patch, std::vector<PlayedNote> notes,
                                          int sample_rate, std::uint64_t seed) {
    return std::make_unique<SynthPlayer>(patch, std::move(notes), sample_rate, seed);
}

}  // namespace mmx::perform::synth
