#include "compose/orchestration.h"

#include <algorithm>

#include "base/random.h"
#include "compose/scene.h"

namespace mmx::compose {
namespace {

using music::Role;
using music::SectionKind;

bool is_ground(Role role) {
    return role == Role::chords || role == Role::pad || role == Role::arpeggio;
}

bool is_summit(SectionKind kind) {
    return kind == SectionKind::chorus || kind == SectionKind::drop;
}

struct SectionSpan {
    std::size_t first, last;  // bars, last excluded
    const BarView* front;
};

std::vector<SectionSpan> spans_of(const std::vector<BarView>& bars) {
    std::vector<SectionSpan> spans;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (i == 0 || bars[i].section != bars[i - 1].section) spans.push_back({i, i, &bars[i]});
        spans.back().last = i + 1;
    }
    return spans;
}

class Plotter {
  public:
    Plotter(const music::Plan& plan, const Band& band, const std::vector<BarView>& bars)
        : plan_(plan),
          band_(band),
          bars_(bars),
          spans_(spans_of(bars)),
          plays_(band.players.size(), std::vector<bool>(bars.size(), false)) {}

    std::vector<std::vector<bool>> plot() {
        for (const SectionSpan& span : spans_) by_energy(span);
        for (std::size_t i = 0; i < spans_.size(); ++i) {
            if (i == 0 && spans_[i].front->kind == SectionKind::intro) stagger(spans_[i]);
            if (i > 0) drop_out(i);
        }
        for (const SectionSpan& span : spans_) rest_in_breakdowns(span);
        last_summit();
        hear_the_asked();
        keep_alive();
        return std::move(plays_);
    }

  private:
    void set(std::size_t player, std::size_t first, std::size_t last, bool value) {
        for (std::size_t bar = first; bar < last; ++bar) plays_[player][bar] = value;
    }

    double summit() const {
        double highest = 0;
        for (const BarView& bar : bars_) highest = std::max(highest, bar.intensity);
        return highest;
    }

    void by_energy(const SectionSpan& span) {
        const double intensity = span.front->intensity, highest = summit();
        for (std::size_t p = 0; p < band_.players.size(); ++p) {
            const Player& player = band_.players[p];
            // Whoever was hired plays at the summit at least.
            const double enters = std::min(player.enters_at_energy, highest - 0.01);
            const bool makes_way = intensity > player.manner.leaves_above_energy;
            const bool lead = player.role == Role::lead || player.role == Role::effects;
            set(p, span.first, span.last, lead || (intensity >= enters && !makes_way));
        }
    }

    // An introduction grows: the ground first, then the others, each a bar or two after the one before.
    void stagger(const SectionSpan& span) {
        const std::size_t bars = span.last - span.first;
        if (bars < 4) return;
        std::vector<std::size_t> entering;
        for (std::size_t p = 0; p < band_.players.size(); ++p)
            if (plays_[p][span.first] && band_.players[p].role != Role::lead &&
                band_.players[p].role != Role::effects)
                entering.push_back(p);
        if (entering.size() < 3) return;
        base::Chance chance(plan_.seed, base::Stream::orchestration, {3, 0, 0});
        // Who opens is the song's first impression: a ground instrument, or the drums where they are the
        // style.
        std::vector<double> turn(band_.players.size());  // drawn once each: a sort must not roll dice
        for (const std::size_t p : entering) {
            const Player& player = band_.players[p];
            turn[p] = (is_ground(player.role)       ? 0.0
                       : player.role == Role::drums ? 0.4
                                                    : 0.7) +
                      player.enters_at_energy + 0.5 * chance.uniform();
        }
        std::ranges::stable_sort(entering, {}, [&](std::size_t p) { return turn[p]; });
        const std::size_t at_once = std::max<std::size_t>(1, entering.size() / 3);
        for (std::size_t i = at_once; i < entering.size(); ++i) {
            const std::size_t step = i < 2 * at_once ? bars / 4 : bars / 2;
            set(entering[i], span.first, span.first + step, false);
        }
    }

    // A verse that comes again is not the same verse: one layer waits for its second half.
    void drop_out(std::size_t number) {
        const SectionSpan& span = spans_[number];
        const std::size_t bars = span.last - span.first;
        if (is_summit(span.front->kind) || bars < 8) return;
        base::Chance chance(plan_.seed, base::Stream::orchestration, {4, number, 0});
        if (!chance.happens(0.35 + 0.5 * plan_.variation)) return;
        std::vector<std::size_t> candidates;
        int grounds = 0;
        for (std::size_t p = 0; p < band_.players.size(); ++p) {
            if (!plays_[p][span.first]) continue;
            if (is_ground(band_.players[p].role)) ++grounds;
        }
        for (std::size_t p = 0; p < band_.players.size(); ++p) {
            const Player& player = band_.players[p];
            if (!plays_[p][span.first] || player.asked) continue;
            if (player.role == Role::counter || player.role == Role::percussion ||
                (is_ground(player.role) && grounds > 1))
                candidates.push_back(p);
        }
        if (candidates.empty()) return;
        set(chance.choose(candidates), span.first, span.first + bars / 2, false);
    }

    void rest_in_breakdowns(const SectionSpan& span) {
        for (std::size_t bar = span.first; bar < span.last; ++bar) {
            const bool resting = bars_[bar].role == BarRole::breakdown;
            if (!resting) continue;
            for (std::size_t p = 0; p < band_.players.size(); ++p) {
                const Role role = band_.players[p].role;
                if (role == Role::drums || role == Role::bass || role == Role::percussion)
                    plays_[p][bar] = false;
            }
        }
    }

    // The last chorus has everybody.
    void last_summit() {
        // Songs of themes have no chorus: their loudest section, the last one if there are several.
        const bool has_chorus =
            std::ranges::any_of(spans_, [](const SectionSpan& s) { return is_summit(s.front->kind); });
        for (std::size_t i = spans_.size(); i-- > 0;) {
            const BarView& front = *spans_[i].front;
            if (has_chorus ? !is_summit(front.kind) : front.intensity < summit() - 0.01) continue;
            for (std::size_t p = 0; p < band_.players.size(); ++p)
                if (band_.players[p].manner.leaves_above_energy >= 1)
                    set(p, spans_[i].first, spans_[i].last, true);
            return;
        }
    }

    // Who was asked for by name plays in half of the song at least, the loudest sections first.
    void hear_the_asked() {
        for (std::size_t p = 0; p < band_.players.size(); ++p) {
            if (!band_.players[p].asked) continue;
            std::vector<std::size_t> order(spans_.size());
            for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
            std::ranges::stable_sort(order, {}, [&](std::size_t i) { return -spans_[i].front->intensity; });
            for (const std::size_t i : order) {
                if (std::ranges::count(plays_[p], true) * 2 >= std::ssize(bars_)) break;
                set(p, spans_[i].first, spans_[i].last, true);
            }
        }
    }

    // No dead air: where neither drums nor a ground instrument plays, the earliest ground instrument does.
    void keep_alive() {
        std::size_t keeper = band_.players.size();
        for (std::size_t p = 0; p < band_.players.size(); ++p) {
            const Player& player = band_.players[p];
            const bool better = keeper == band_.players.size() ||
                                player.enters_at_energy < band_.players[keeper].enters_at_energy;
            if (is_ground(player.role) && better) keeper = p;
        }
        for (std::size_t p = 0; p < band_.players.size() && keeper == band_.players.size(); ++p)
            if (band_.players[p].role == Role::bass || band_.players[p].role == Role::drums) keeper = p;
        if (keeper == band_.players.size()) return;
        for (std::size_t bar = 0; bar < bars_.size(); ++bar) {
            bool sounding = false;
            for (std::size_t p = 0; p < band_.players.size(); ++p) {
                const Role role = band_.players[p].role;
                sounding = sounding || (plays_[p][bar] && (is_ground(role) || role == Role::drums));
            }
            if (!sounding) plays_[keeper][bar] = true;
        }
    }

    const music::Plan& plan_;
    const Band& band_;
    const std::vector<BarView>& bars_;
    std::vector<SectionSpan> spans_;
    std::vector<std::vector<bool>> plays_;
};

}  // namespace

std::vector<std::vector<bool>> orchestrate(const music::Plan& plan, const Band& band,
                                           const std::vector<BarView>& bars) {
    return Plotter(plan, band, bars).plot();
}

}  // namespace mmx::compose
