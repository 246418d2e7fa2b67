#include <algorithm>
#include <array>
#include <optional>

#include "base/maths.h"
#include "mix/automation.h"
#include "mix/balance.h"
#include "mix/channel.h"
#include "mix/delay.h"
#include "mix/mix.h"
#include "mix/pump.h"
#include "mix/reverb.h"
#include "mix/ride.h"
#include "mix/strip.h"
#include "mix/vocals.h"

namespace mmx::mix {
namespace {

constexpr std::size_t kBlock = 32;

float gain_of(double db) {
    return db <= -60 ? 0.0f : static_cast<float>(base::decibels_to_gain(db));
}

Song song_of(const music::Score& score, const Console& console, int sample_rate) {
    const double quarter = score.tempo.to_seconds(base::kQuarter).value;
    // The level is back before the next kick of a four-to-the-floor at any tempo.
    const PumpShape shape{console.pump.depth_db, std::min(console.pump.release_beats, 0.85) * quarter};
    return {Automation(score, console.automation, sample_rate, ride(score, console)),
            Pump(score, shape, sample_rate), sample_rate, words_of(score, sample_rate)};
}

// The genre's curve as the words bend it: who asks for a warm or a dusty sound is not to be corrected.
std::optional<std::array<double, style::kOctaves>> curve_of(const style::MixStyle& mix,
                                                            const music::Production& words) {
    auto curve = mix.tonal_curve_db;
    if (!curve) return curve;
    for (std::size_t octave = 0; octave < style::kOctaves; ++octave)
        (*curve)[octave] += tilt_of(words) * (static_cast<double>(octave) - 4);  // about 1 kHz
    (*curve)[6] -= 3 * words.lofi;
    (*curve)[7] -= 8 * words.lofi;
    return curve;
}

void add(audio::ConstStereoView from, float gain, audio::StereoView to) {
    for (std::size_t i = 0; i < to.frames(); ++i) to.left[i] += gain * from.left[i];
    for (std::size_t i = 0; i < to.frames(); ++i) to.right[i] += gain * from.right[i];
}

}  // namespace

struct Mixer::Desk {
    struct Send {
        float reverb = 0, delay = 0, thrown = 0, plate = 0;
        Curve throws;
    };

    Desk(const music::Score& score, const music::Plan& plan, const style::Style& style, int sample_rate)
        : console(set_console(score, plan, style)),
          song(song_of(score, console, sample_rate)),
          tonal_curve_db(curve_of(style.mix, plan.production)),
          reverb(console.reverb, sample_rate),
          delay(console.delay, score.tempo.to_seconds(base::kQuarter).value, sample_rate),
          delay_to_reverb(gain_of(console.delay.reverb_db)) {
        for (const music::Part& part : score.parts) activities.push_back(activity(score, part));
        for (const music::VocalPart& singer : score.vocals) {
            activities.push_back(activity(score, as_part(singer)));
            de_essers.emplace_back(sample_rate);
        }
        first_singer = score.parts.size();
        for (std::size_t i = 0; i < console.channels.size(); ++i) {
            const Channel& channel = console.channels[i];
            const music::Part part =
                i < first_singer ? score.parts[i] : as_part(score.vocals[i - first_singer]);
            strips.emplace_back(channel, part.role, console.tilt_db_per_octave, song);
            Send send{gain_of(channel.style.reverb_db), gain_of(channel.style.delay_db),
                      gain_of(channel.style.throw_db), gain_of(channel.plate_db), Curve()};
            if (send.thrown > 0) send.throws = throws(score, part, sample_rate);
            has_plate = has_plate || send.plate > 0;
            has_reverb = has_reverb || send.reverb > 0;
            has_delay = has_delay || send.delay > 0 || !send.throws.constant();
            sends.push_back(std::move(send));
        }
        has_reverb = has_reverb || (has_delay && delay_to_reverb > 0);
        if (has_reverb) returns.push_back({"reverb", "Reverb"});
        if (has_plate) plate.emplace(console.plate, sample_rate);
        if (has_plate) returns.push_back({"vocal-reverb", "Vocal reverb"});
        if (has_delay) returns.push_back({"delay", "Delay"});
    }

    // A gain that is set on the grid and drawn in lines between; `value(frame)` is asked at grid points only.
    template <class Value, class Use>
    void on_grid(std::size_t frames, const Value& value, const Use& use) const {
        for (std::size_t first = 0; first < frames;) {
            const std::int64_t now = position + static_cast<std::int64_t>(first);
            const auto at = static_cast<std::size_t>(now % static_cast<std::int64_t>(kBlock));
            const std::size_t count = std::min(kBlock - at, frames - first);
            const std::int64_t grid = now - static_cast<std::int64_t>(at);
            const double from = value(grid), to = value(grid + static_cast<std::int64_t>(kBlock));
            use(first, count, at, static_cast<float>(from), static_cast<float>((to - from) / kBlock));
            first += count;
        }
    }

    void send_to_delay(const Send& send, audio::ConstStereoView stem, audio::StereoView bus) const {
        if (send.throws.constant()) {
            if (send.delay > 0) add(stem, send.delay, bus);
            return;
        }
        const auto value = [&](std::int64_t frame) {
            return send.delay + send.throws.at(frame) * send.thrown;
        };
        on_grid(bus.frames(), value,
                [&](std::size_t first, std::size_t count, std::size_t at, float gain, float slope) {
                    for (std::size_t i = 0; i < count; ++i) {
                        const float g = gain + slope * static_cast<float>(at + i);
                        bus.left[first + i] += g * stem.left[first + i];
                        bus.right[first + i] += g * stem.right[first + i];
                    }
                });
    }

    // Pump and fade of a return.
    void ride(audio::StereoView bus) const {
        const bool pumps = song.pump.works() && console.pump.returns > 0;
        const auto value = [&](std::int64_t frame) {
            const double level = song.automation.fade(frame);
            return pumps ? level * base::decibels_to_gain(console.pump.returns * song.pump.db_at(frame))
                         : level;
        };
        on_grid(bus.frames(), value,
                [&](std::size_t first, std::size_t count, std::size_t at, float gain, float slope) {
                    if (gain == 1 && slope == 0) return;
                    for (std::size_t i = 0; i < count; ++i) {
                        const float g = gain + slope * static_cast<float>(at + i);
                        bus.left[first + i] *= g;
                        bus.right[first + i] *= g;
                    }
                });
    }

    Console console;
    Song song;
    std::optional<std::array<double, style::kOctaves>> tonal_curve_db;
    std::vector<double> activities;  // of the parts
    std::vector<Strip> strips;
    std::vector<Send> sends;
    std::vector<DeEsser> de_essers;  // of the singers
    std::size_t first_singer = 0;
    Reverb reverb;
    std::optional<Reverb> plate;  // the voices'
    Delay delay;
    float delay_to_reverb = 0;
    bool has_reverb = false, has_plate = false, has_delay = false;
    std::vector<Return> returns;
    std::int64_t position = 0;
};

Mixer::Mixer(const music::Score& score, const music::Plan& plan, const style::Style& style, int sample_rate)
    : desk_(std::make_unique<Desk>(score, plan, style, sample_rate)) {}
Mixer::Mixer(Mixer&&) noexcept = default;
Mixer& Mixer::operator=(Mixer&&) noexcept = default;
Mixer::~Mixer() = default;

void Mixer::calibrate(std::size_t stem, audio::ConstStereoView sound_check) {
    if (stem < desk_->first_singer) return desk_->strips[stem].calibrate(sound_check);
    audio::StereoBuffer smooth(sound_check.frames(), desk_->song.sample_rate);
    std::ranges::copy(sound_check.left, smooth.left.begin());
    std::ranges::copy(sound_check.right, smooth.right.begin());
    DeEsser(desk_->song.sample_rate).process(smooth.view());
    desk_->strips[stem].calibrate(std::as_const(smooth).view());
}
void Mixer::balance() {
    Desk& desk = *desk_;
    if (!desk.tonal_curve_db) return;
    OctavePowers sound{};
    for (std::size_t i = 0; i < desk.strips.size(); ++i)
        for (std::size_t octave = 0; octave < sound.size(); ++octave)
            sound[octave] += desk.activities[i] * desk.strips[i].octaves()[octave];
    const TonalCorrection correction = correct_balance(sound, *desk.tonal_curve_db, desk.song.sample_rate);
    for (Strip& strip : desk.strips) strip.correct(correction);
}
void Mixer::strip(std::size_t stem, audio::StereoView chunk) {
    if (stem >= desk_->first_singer) desk_->de_essers[stem - desk_->first_singer].process(chunk);
    desk_->strips[stem].process(chunk);
}
const std::vector<Return>& Mixer::returns() const {
    return desk_->returns;
}

void Mixer::sum(const std::vector<audio::ConstStereoView>& stems,
                const std::vector<audio::StereoView>& returns, audio::StereoView premaster) {
    Desk& desk = *desk_;
    for (const audio::StereoView& bus : returns) bus.clear();
    const audio::StereoView* reverb = desk.has_reverb ? &returns.front() : nullptr;
    const audio::StereoView* delay = desk.has_delay ? &returns.back() : nullptr;
    if (delay != nullptr) {
        for (std::size_t i = 0; i < stems.size(); ++i) desk.send_to_delay(desk.sends[i], stems[i], *delay);
        desk.delay.process(*delay);
    }
    if (reverb != nullptr) {
        for (std::size_t i = 0; i < stems.size(); ++i)
            if (desk.sends[i].reverb > 0) add(stems[i], desk.sends[i].reverb, *reverb);
        if (delay != nullptr && desk.delay_to_reverb > 0) add(*delay, desk.delay_to_reverb, *reverb);
        desk.reverb.process(*reverb);
    }
    if (desk.has_plate) {
        const audio::StereoView& plate = returns[desk.has_reverb ? 1 : 0];
        for (std::size_t i = desk.first_singer; i < stems.size(); ++i)
            if (desk.sends[i].plate > 0) add(stems[i], desk.sends[i].plate, plate);
        desk.plate->process(plate);
    }
    for (const audio::StereoView& bus : returns) desk.ride(bus);

    premaster.clear();
    for (const audio::ConstStereoView& stem : stems) add(stem, 1, premaster);
    for (const audio::StereoView& bus : returns) add(bus, 1, premaster);
    desk.position += static_cast<std::int64_t>(premaster.frames());
}

double Mixer::ring_seconds() const {
    const Desk& desk = *desk_;
    double seconds = 0;
    if (desk.has_reverb) seconds = desk.console.reverb.seconds + 0.001 * desk.console.reverb.pre_delay_ms;
    if (desk.has_plate) seconds = std::max(seconds, desk.console.plate.seconds + 0.035);
    if (desk.has_delay) {
        const double feedback = std::max(desk.console.delay.feedback, 0.01);
        const double echoes = 1 + 60 / (-base::gain_to_decibels(feedback));
        seconds = std::max(
            seconds,
            std::min(echoes * static_cast<double>(desk.delay.frames()) / desk.song.sample_rate, 15.0));
    }
    return seconds;
}

}  // namespace mmx::mix
