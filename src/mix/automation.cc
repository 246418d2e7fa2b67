#include "mix/automation.h"

#include <algorithm>

#include "base/maths.h"
#include "mix/pump.h"

namespace mmx::mix {
namespace {

constexpr double kLetGoDb = 10;   // over a last chord: from forte to piano
constexpr double kMovesDb = 0.5;  // a hand on the fader leaves smaller differences alone
constexpr double kOctaveLow = 4.6, kOctaveHigh = 14.2;  // 24 Hz and 18.8 kHz: a sweep at rest

struct Span {
    std::int64_t from, to, beat;  // frames
};

Span span_of(const music::Score& score, std::size_t index, int sample_rate) {
    const music::Section& section = score.sections[index];
    const auto bar_start = [&](int bar) {
        return bar < static_cast<int>(score.bars.size()) ? score.bars[static_cast<std::size_t>(bar)].start
                                                         : score.end;
    };
    const base::Ticks first = bar_start(section.first_bar),
                      last = bar_start(section.first_bar + section.bars);
    const std::int64_t from = frame_at(score, first, sample_rate);
    return {from, frame_at(score, last, sample_rate),
            frame_at(score, first + score.metre.beat(), sample_rate) - from};
}

// Louder sections arrive with a short push before the bar line; quieter ones let the last beat finish.
void step(Curve& curve, const Span& span, double value, double before) {
    if (span.from <= 0)
        curve = Curve(value);
    else if (value >= before)
        curve.glide(span.from - span.beat, span.from, value);
    else
        curve.glide(span.from - span.beat / 8, span.from + span.beat / 2, value);
}

void sweep(Automation& automation, const Span& span, style::Sweep kind, bool build, int sample_rate) {
    if (kind == style::Sweep::none) return;
    const std::int64_t click_free = sample_rate / 50;
    const bool high = kind == style::Sweep::high_pass;
    Automation::Sweep& target = high ? automation.high_pass : automation.low_pass;
    const double rest = high ? kOctaveLow : kOctaveHigh;
    // A build drains the bass up to 330 Hz, or opens from 560 Hz; a breakdown sits at 160 Hz or 1 kHz and
    // opens again.
    const double far = build ? (high ? 8.4 : 9.1) : (high ? 7.3 : 10.0);
    target.mix.glide(span.from - click_free, span.from, 1);
    if (build == high) {
        target.octave.glide(span.from, span.to - click_free, far);  // away from rest, all along
    } else {
        target.octave.glide(span.from - span.beat / 2, span.from + span.beat / 2, far);
        target.octave.glide(span.from + (span.to - span.from) / 4, span.to, rest);
    }
    target.mix.glide(span.to - click_free / 2, span.to + click_free / 2, 0);
    target.octave.glide(span.to + click_free / 2, span.to + click_free, rest);
}

// A last chord that is held is held ever more softly: players let it go, they do not switch it off. From soon
// after its stroke down to where the held notes end; what dies away by itself lasts until the song's end and
// is left alone.
void let_go(Curve& level_db, const music::Score& score, double level, int sample_rate) {
    if (score.ending != music::Ending::ring || score.bars.empty()) return;
    const base::Ticks last_bar = score.bars.back().start;
    const base::Ticks latest = score.tempo.to_ticks(score.length - base::Seconds(1));
    base::Ticks until = last_bar;
    for (const music::Part& part : score.parts) {
        if (part.role == music::Role::drums || part.role == music::Role::percussion ||
            part.role == music::Role::effects)
            continue;
        for (const music::Note& note : part.notes) {
            const base::Ticks end = note.start + note.length;
            if (note.start >= last_bar && end >= score.end && end <= latest) until = std::max(until, end);
        }
    }
    if (until == last_bar) return;
    const std::int64_t from = frame_at(score, last_bar, sample_rate),
                       to = frame_at(score, until, sample_rate);
    level_db.glide(from + (to - from) / 6, to, level - kLetGoDb);
}

}  // namespace

Automation::Automation(const music::Score& score, const style::AutomationStyle& style, int sample_rate,
                       std::span<const Ride> rides) {
    high_pass.octave = Curve(kOctaveLow);
    low_pass.octave = Curve(kOctaveHigh);
    double before_level = 0, before_brightness = 0, before_width = 0, before_ride = 0;
    for (std::size_t i = 0; i < score.sections.size(); ++i) {
        const music::Section& section = score.sections[i];
        if (section.bars <= 0) continue;
        const Span span = span_of(score, i, sample_rate);
        const double lift = 2 * (std::clamp(section.energy, 0.0, 1.0) - 0.5);
        const double level = std::clamp(section.level_db, -6.0, 3.0) + style.lift_db * lift;
        const double brightness = style.brightness_db * lift, wider = style.width * lift;
        const bool build = section.kind == music::SectionKind::build;
        // A hand on the fader goes down over a bar, before the band comes in, and up when it has left.
        double hand = i < rides.size() ? rides[i].db : 0;
        if (build && i + 1 < rides.size()) hand = std::min(hand, rides[i + 1].db);
        const double wanted = level + hand - (build ? 1.2 : 0.0);
        if (i > 0 && hand < before_ride - kMovesDb) {
            const std::int64_t until = frame_at(score, rides[i - 1].until, sample_rate);
            const bool early = until < span.from - span.beat;
            const double down = early ? before_level + hand - before_ride : wanted;
            level_db.glide(until - 4 * span.beat, early ? until : span.from, down);
            if (early) step(level_db, span, wanted, down);
        } else if (i > 0 && hand > before_ride + kMovesDb) {
            level_db.glide(span.from, span.from + span.beat, wanted);
        } else {
            step(level_db, span, wanted, before_level);
        }
        before_level = wanted;
        before_ride = hand;
        if (build) {
            // A build starts under its level and ends over it, so that the bar line after it is a release.
            level_db.glide(span.from + span.beat, span.to - span.beat / 8, level + hand + 0.8);
            before_level = level + hand + 0.8;
        }
        step(brightness_db, span, brightness, before_brightness);
        step(width, span, wider, before_width);
        before_brightness = brightness;
        before_width = wider;
        if (build) sweep(*this, span, style.build, true, sample_rate);
        if (section.kind == music::SectionKind::breakdown)
            sweep(*this, span, style.breakdown, false, sample_rate);
    }

    let_go(level_db, score, before_level, sample_rate);

    frames = static_cast<std::int64_t>(base::floor(score.length.value * sample_rate + 0.5));
    fade_to = frames - sample_rate * 6 / 100;
    const std::int64_t end = frame_at(score, score.end, sample_rate);
    if (score.ending == music::Ending::loop) {
        fade_from = fade_to = frames = INT64_MAX / 2;
    } else if (score.ending == music::Ending::fade) {
        // Over the last section, 8 to 14 s; a short song gives at most two fifths of itself.
        const std::int64_t last =
            score.sections.empty() ? end : span_of(score, score.sections.size() - 1, sample_rate).from;
        const std::int64_t wanted =
            std::clamp<std::int64_t>(fade_to - last, 8 * sample_rate, 14 * sample_rate);
        fade_from = fade_to - std::min(wanted, frames * 2 / 5);
    } else {
        // The tail rings by itself; only what is still left at the very end is taken away, unheard.
        const std::int64_t tail = std::max<std::int64_t>(frames - end, 0);
        fade_from = fade_to - std::clamp<std::int64_t>(tail * 2 / 5, sample_rate / 4, sample_rate * 3 / 2);
    }
    fade_from = std::max<std::int64_t>(fade_from, 0);
    fade_to = std::max(fade_to, fade_from + 1);
}

double Automation::fade(std::int64_t frame) const {
    if (frame <= fade_from) return 1;
    if (frame >= fade_to) return 0;
    // (1 - t^2)^2: leaves unnoticed, -5 dB at the middle, and lands without a corner.
    const double t = static_cast<double>(frame - fade_from) / static_cast<double>(fade_to - fade_from);
    return (1 - t * t) * (1 - t * t);
}

Curve throws(const music::Score& score, const music::Part& part, int sample_rate) {
    Curve curve;
    const bool drums = part.role == music::Role::drums;
    for (std::size_t i = 0; i + 1 < score.sections.size(); ++i) {
        const music::Section& next = score.sections[i + 1];
        if (next.first_bar <= 0 || next.first_bar >= static_cast<int>(score.bars.size())) continue;
        const music::Bar& last_bar = score.bars[static_cast<std::size_t>(next.first_bar - 1)];
        // The last note that begins in the section's last bar; of a kit, its last snare, rim or clap.
        const music::Note* thrown = nullptr;
        for (const music::Note& note : part.notes) {
            if (note.start >= last_bar.start + last_bar.length) break;
            if (note.start < last_bar.start) continue;
            if (!drums || (note.pitch >= 37 && note.pitch <= 40)) thrown = &note;
        }
        if (thrown == nullptr) continue;
        const std::int64_t from = frame_at(score, thrown->start, sample_rate);
        const std::int64_t length =
            drums ? sample_rate * 12 / 100
                  : std::clamp<std::int64_t>(
                        frame_at(score, thrown->start + thrown->length, sample_rate) - from, sample_rate / 8,
                        sample_rate);
        const std::int64_t ease = sample_rate / 100;
        curve.glide(from - 2 * ease, from - ease, 1);
        curve.glide(from + length, from + length + 2 * ease, 0);
    }
    return curve;
}

}  // namespace mmx::mix
