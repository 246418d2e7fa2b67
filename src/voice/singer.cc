#include "voice/singer.h"

#include <algorithm>
#include <array>

#include "base/maths.h"

namespace mmx::voice {
namespace {

constexpr double kUnvoicedPeriod = 0.003;  // s: fine enough for the burst of a stop
constexpr double kShortestRest = 0.3;      // s: room to breathe in

Throat with_formants(Throat throat, double factor) {
    throat.formants *= factor;
    return throat;
}

// Speech has the melody of speech: what the model would say, about the note.
double spoken_offset(const Line& line, double frame, double share) {
    const Spoken& spoken = *line.spoken;
    double sum = 0, weight = 0;
    for (int f = 0; f < spoken.frames; ++f)
        if (spoken.log_f0[static_cast<std::size_t>(f)] > 0) {
            sum += static_cast<double>(spoken.log_f0[static_cast<std::size_t>(f)]);
            weight += 1;
        }
    if (weight == 0) return 0;
    // The nearest voiced frame; a mean over 50 ms takes the model's steps away.
    const int centre = std::clamp(static_cast<int>(frame), 0, spoken.frames - 1);
    double near = 0, near_weight = 0;
    for (int reach = 5; reach <= 80 && near_weight == 0; reach *= 2)
        for (int f = std::max(centre - reach, 0); f <= std::min(centre + reach, spoken.frames - 1); ++f)
            if (spoken.log_f0[static_cast<std::size_t>(f)] > 0) {
                near += static_cast<double>(spoken.log_f0[static_cast<std::size_t>(f)]);
                near_weight += 1;
            }
    if (near_weight == 0) return 0;
    return share * 12 * (near / near_weight - sum / weight) / 0.69314718055994531;
}

}  // namespace

Singer::Singer(const Voice& voice, const Take& take, std::shared_ptr<const std::vector<Line>> lines,
               std::shared_ptr<const std::vector<float>> inhale, std::uint64_t seed, int sample_rate)
    : voice_(voice),
      take_(take),
      lines_(std::move(lines)),
      inhale_(std::move(inhale)),
      seed_(seed),
      rate_(sample_rate),
      vocoder_(with_formants(voice.throat, take.formants), sample_rate, seed) {}

PitchCurve Singer::pitch_of(const Voice& voice, const Take& take, const Line& line, std::uint64_t seed,
                            std::size_t index) {
    return PitchCurve(voice, line.notes, take.detune_cents, take.vibrato, seed, index);
}

void Singer::begin(std::size_t index) {
    const Line& line = (*lines_)[index];
    track_ = ControlTrack(line, voice_, take_, vocoder_);
    pitch_ = pitch_of(voice_, take_, line, seed_, index);
    at_ = std::max(at_, (line.timing.start + take_.delay_seconds) * rate_);
    breath_from_ = breath_to_ = 0;
    if (line.silence_before > kShortestRest && voice_.inhale_db > -60) {
        base::Chance chance(seed_, base::Stream::voice_breath, {index, 0, 0});
        const double length =
            std::min({0.42 + 0.1 * chance.uniform(-1, 1), line.silence_before - 0.08, line.timing.start});
        breath_to_ = line.timing.start + take_.delay_seconds - 0.04;
        breath_from_ = breath_to_ - length;
        at_ = std::max(breath_from_ * rate_, 0.0);
    }
    begun_ = true;
}

void Singer::sing_until(double frame, std::span<float> out, std::int64_t first) {
    std::array<float, kCoefficients> cepstrum{};
    while (line_ < lines_->size()) {
        const Line& line = (*lines_)[line_];
        if (!begun_) {
            // Nothing is prepared before it is needed.
            const double earliest = (line.timing.start + take_.delay_seconds - 0.6) * rate_;
            if (earliest >= frame) return;
            begin(line_);
        }
        if (at_ >= frame) return;
        const double seconds = at_ / rate_ - take_.delay_seconds;
        if (seconds >= line.timing.end) {
            ++line_;
            begun_ = false;
            continue;
        }
        const double whole = base::floor(at_);
        const std::span<float> here =
            out.subspan(static_cast<std::size_t>(static_cast<std::int64_t>(whole) - first));
        Moment moment;
        moment.cepstrum = cepstrum.data();
        double period = kUnvoicedPeriod * rate_;
        if (seconds < line.timing.start) {
            const double t = at_ / rate_;
            if (t < breath_to_) {
                const double part = (t - breath_from_) / std::max(breath_to_ - breath_from_, 0.01);
                // Air comes in slowly and stops short.
                const double swell = part < 0.75 ? part / 0.75 : (1 - part) / 0.25;
                std::ranges::copy(*inhale_, cepstrum.begin());
                moment.voicing = 0;
                moment.f0_hz = 200;
                moment.gain_db = voice_.inhale_db - 23 + 20 * base::log10(std::clamp(swell, 0.01, 1.0));
                vocoder_.period(moment, at_ - whole, period, here);
            }
            at_ =
                std::min(at_ + period, std::max((line.timing.start + take_.delay_seconds) * rate_, at_ + 1));
            continue;
        }
        const Control control = track_.at(seconds - line.timing.start);
        double note = pitch_->note_at(seconds);
        if (line.delivery != music::Delivery::sung)
            note += spoken_offset(line, control.frame, line.delivery == music::Delivery::rap ? 0.8 : 1.0);
        const double hertz = base::midi_to_hertz(note);
        moment.voicing = control.voicing < 0.04f ? 0 : control.voicing;
        if (moment.voicing > 0) period = rate_ / hertz;
        if (control.gain_db > -100) {
            cepstrum_at(*line.spoken, control.frame, cepstrum.data());
            moment.f0_hz = hertz;
            moment.noisiness = {control.floor, control.top, control.corner};
            moment.gain_db = control.gain_db;
            moment.open_octaves = control.open_octaves;
            moment.first_formant_hz = control.first_formant_hz;
            vocoder_.period(moment, at_ - whole, period, here);
        }
        at_ += period;
    }
}

void Singer::render(std::span<float> out) {
    const std::size_t reach = vocoder_.reach();
    // What is behind in tail_ comes first, then the new periods, in the order of their times.
    std::vector<float> work(out.size() + reach, 0.0f);
    std::copy_n(tail_.begin(), std::min(tail_.size(), work.size()), work.begin());
    sing_until(static_cast<double>(position_ + static_cast<std::int64_t>(out.size())), work, position_);
    std::copy_n(work.begin(), out.size(), out.begin());
    tail_.assign(work.begin() + static_cast<std::ptrdiff_t>(out.size()), work.end());
    position_ += static_cast<std::int64_t>(out.size());
}

}  // namespace mmx::voice
