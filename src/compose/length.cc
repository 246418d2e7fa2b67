#include "compose/length.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::Ending;
using music::TempoChange;

// Seconds a last stroke sounds after it was struck (cold, button) or after the last bar (ring).
struct Tail {
    double least, usual, most;
};
Tail tail_of(Ending ending, double hall_seconds) {
    const double room = ring_out_seconds(hall_seconds);
    switch (ending) {
        case Ending::cold:
            return {0.5, 0.8, 1.2};
        case Ending::button:
            return {1.2, 1.8, 3.0};
        case Ending::ring:
            return {room + 0.4, room + 1.2, room + 3.2};
        case Ending::fade:
        case Ending::loop:
            return {0, 0, 0};
    }
    return {0, 0, 0};
}

int quarter_microseconds(double bpm, Ticks beat) {
    return music::TempoMap::steady(bpm, beat).changes().front().quarter_microseconds;
}

struct Frame {
    const music::Plan* plan;
    EndingTaste taste;
    double bpm;
    int bars;
    double last_bar_stretch = 1;  // a fermata on the last chord
};

// A ritardando slows over the last two bars before the final one, which keeps the slowest tempo; a short song
// has no time for more than one. Four steps a bar are heard as one bend.
music::TempoMap tempo_of(const Frame& frame) {
    const Ticks bar = frame.plan->metre.bar();
    const double normal = quarter_microseconds(frame.bpm, frame.plan->metre.beat());
    std::vector<TempoChange> changes{{Ticks(0), static_cast<int>(normal)}};
    double slow = 1;
    if (frame.taste.ritardando && frame.bars >= 3) {
        const int slowing_bars = frame.bars >= 24 ? 2 : 1;
        const int steps = slowing_bars * 4;
        const Ticks from = bar * (frame.bars - 1 - slowing_bars);
        for (int i = 0; i < steps; ++i) {
            const double way = static_cast<double>(i + 1) / steps;
            slow = 1.0 / (1.0 - (1.0 - frame.taste.slowest) * way * way);
            changes.push_back({from + bar * i / 4, static_cast<int>(normal * slow + 0.5)});
        }
    }
    const double last = slow * frame.last_bar_stretch;
    if (last != slow && frame.bars > 1)
        changes.push_back({bar * (frame.bars - 1), static_cast<int>(normal * last + 0.5)});
    return music::TempoMap(changes);
}

bool has_ritardando(const music::Plan& plan, const EndingTaste& taste) {
    return taste.ritardando && (plan.ending == Ending::ring || plan.ending == Ending::button);
}

// Where the last stroke falls when the bar is played to its end.
Ticks usual_stroke(const music::Plan& plan, int bars) {
    const Ticks last_bar = plan.metre.bar() * (bars - 1);
    const auto pulses = plan.metre.pulses();
    if (plan.ending == Ending::cold) return last_bar + pulses.back();
    if (plan.ending == Ending::fade || plan.ending == Ending::loop) return last_bar + plan.metre.bar();
    return last_bar;
}

Length finished(const Frame& frame, Ticks stroke, double total, double misfit) {
    Length length;
    length.bars = frame.bars;
    length.bpm = frame.bpm;
    length.tempo = tempo_of(frame);
    length.end = frame.plan->metre.bar() * frame.bars;
    length.final_stroke = stroke;
    length.total = base::Seconds(total);
    length.misfit = misfit;
    return length;
}

// From which moment the tail is counted.
double tail_start(const music::Plan& plan, const Length& length) {
    if (plan.ending == Ending::button) return length.tempo.to_seconds(length.final_stroke).value;
    return length.tempo.to_seconds(length.end).value;
}

Length with_bars(const music::Plan& plan, const EndingTaste& taste, int bars, double bpm) {
    const Frame frame{&plan, taste, bpm, bars};
    Length length = finished(frame, usual_stroke(plan, bars), 0, 0);
    const double end = length.tempo.to_seconds(length.end).value;
    length.total = base::Seconds(
        std::max(end, tail_start(plan, length) + tail_of(plan.ending, taste.hall_seconds).usual));
    if (plan.ending == Ending::cold) length.total = base::Seconds(end + 0.8);
    return length;
}

double distance_from(double value, double low, double high) {
    return value < low ? low - value : value > high ? value - high : 0.0;
}

// One number of bars: bends the tempo (when it is free), then the tail, then holds the last chord.
Length fit(const music::Plan& plan, const EndingTaste& taste, int bars) {
    const double asked = plan.duration_seconds;
    const Tail tail = tail_of(plan.ending, taste.hall_seconds);
    Length best;
    best.misfit = 1e9;
    const int bends = plan.bpm_is_asked ? 0 : 8;
    for (int i = -bends; i <= bends; ++i) {
        const double bpm = plan.bpm * (1.0 + 0.02 * i / std::max(bends, 1));
        Length length = with_bars(plan, taste, bars, bpm);
        const double end = length.tempo.to_seconds(length.end).value;
        const double last_bar = end - length.tempo.to_seconds(plan.metre.bar() * (bars - 1)).value;
        const double start = tail_start(plan, length);
        const double most =
            plan.ending == Ending::button ? std::max(tail.most, end - start + 0.5) : tail.most;
        const double rest = asked - start;
        const double given = std::clamp(rest, tail.least, most);
        length.total = base::Seconds(std::max(start + given, end));
        // A third of a second more or less of a last chord is not heard; a length that is exactly right is
        // seen.
        const bool near =
            plan.ending != Ending::loop && asked > end && std::abs(length.total.value - asked) < 0.34;
        if (near && plan.ending != Ending::fade) length.total = base::Seconds(asked);
        // A fade is over before its last bar is: nobody hears where that would have ended.
        const bool cuts = plan.ending == Ending::fade && asked <= end && asked > end - 0.9 * last_bar;
        if (cuts) length.total = base::Seconds(asked);
        const double off = std::abs(length.total.value - asked);
        length.misfit =
            off + 0.25 * std::abs(i) / 8.0 + 0.1 * distance_from(given, tail.usual - 0.7, tail.usual + 1.5);
        if (length.misfit < best.misfit) best = std::move(length);
    }
    // A loop of a free tempo can hit the length exactly.
    if (plan.ending == Ending::loop && !plan.bpm_is_asked) {
        const double exact = plan.bpm * with_bars(plan, taste, bars, plan.bpm).total.value / asked;
        if (std::abs(exact / plan.bpm - 1.0) <= 0.02) {
            best = with_bars(plan, taste, bars, exact);
            best.misfit = std::abs(best.total.value - asked);
        }
    }
    return best;
}

// Bars so long that none of the usual endings lands in time: the last chord is held (ring), or the last
// stroke comes on an earlier beat of its bar and the rest of the bar is never heard.
Length fit_long_bars(const music::Plan& plan, const EndingTaste& taste, int bars) {
    const double asked = plan.duration_seconds;
    const Tail tail = tail_of(plan.ending, taste.hall_seconds);
    Frame frame{&plan, taste, plan.bpm, bars};
    Length plain = finished(frame, usual_stroke(plan, bars), asked, 0);
    const double end = plain.tempo.to_seconds(plain.end).value;
    const double last_bar = end - plain.tempo.to_seconds(plan.metre.bar() * (bars - 1)).value;
    if (plan.ending == Ending::ring && bars > 1 && end + tail.usual <= asked) {
        frame.last_bar_stretch = std::min(2.0, (asked - tail.usual - (end - last_bar)) / last_bar);
        Length held = finished(frame, usual_stroke(plan, bars), asked, 0);
        const double rest = asked - held.tempo.to_seconds(held.end).value;
        held.misfit = 1.0 + distance_from(rest, tail.least, tail.most);
        return held;
    }
    if (plan.ending == Ending::fade || plan.ending == Ending::ring) {
        plain.misfit = end < asked                   ? asked - end
                       : plan.ending == Ending::fade ? 0.5
                                                     : 2.0 + 0.1 * (end - asked);
        return plain;
    }
    Length best = plain;
    best.misfit = 1e9;
    if (plan.ending == Ending::loop) return best;
    for (const Ticks pulse : plan.metre.pulses()) {
        Length early = plain;
        early.final_stroke = plan.metre.bar() * (bars - 1) + pulse;
        const double rest = asked - early.tempo.to_seconds(early.final_stroke).value;
        early.misfit = 1.0 + 2.0 * distance_from(rest, tail.least, tail.most + 1.0);
        if (early.misfit < best.misfit) best = early;
    }
    return best;
}

}  // namespace

double ring_out_seconds(double hall_seconds) {
    return std::clamp(0.8 + 0.6 * hall_seconds, 1.4, 4.0);
}

std::vector<Length> fitting_lengths(const music::Plan& plan, const EndingTaste& given) {
    EndingTaste taste = given;
    taste.ritardando = has_ritardando(plan, given);
    const double bar_seconds =
        music::TempoMap::steady(plan.bpm, plan.metre.beat()).to_seconds(plan.metre.bar()).value;
    const int about = static_cast<int>(plan.duration_seconds / bar_seconds);
    const int spread = 3 + about / 40;
    std::vector<Length> lengths;
    for (int bars = std::max(1, about - spread); bars <= about + spread; ++bars) {
        Length length = fit(plan, taste, bars);
        if (std::abs(length.total.value - plan.duration_seconds) <= 1.9) lengths.push_back(std::move(length));
    }
    if (lengths.empty())
        for (int bars = std::max(1, about - spread); bars <= about + spread; ++bars)
            lengths.push_back(fit_long_bars(plan, taste, bars));
    // A loop has whole bars whatever was asked.
    if (plan.ending == Ending::loop) {
        bool any = false;
        for (const Length& length : lengths) any = any || length.misfit < 1e8;
        if (!any) lengths.clear();
        if (lengths.empty())
            for (int bars = std::max(1, about); bars <= about + 1; ++bars)
                lengths.push_back(fit(plan, taste, bars));
    }
    std::ranges::stable_sort(lengths, {}, &Length::misfit);
    while (lengths.size() > 1 && lengths.back().misfit > lengths.front().misfit + 1.5) lengths.pop_back();
    return lengths;
}

Length length_of_bars(const music::Plan& plan, const EndingTaste& given, int bars) {
    EndingTaste taste = given;
    taste.ritardando = has_ritardando(plan, given);
    return with_bars(plan, taste, bars, plan.bpm);
}

}  // namespace mmx::compose
