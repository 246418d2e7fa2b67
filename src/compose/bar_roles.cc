#include "compose/bar_roles.h"

#include "base/random.h"

namespace mmx::compose {

using music::SectionKind;

std::vector<BarRole> bar_roles(const music::Plan& plan, const style::CompositionStyle& style,
                               const Form& form) {
    std::vector<BarRole> roles;
    const double bar_seconds = form.length.tempo.to_seconds(plan.metre.bar()).value;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& section = form.sections[s];
        const bool last_section = s + 1 == form.sections.size();
        base::Chance chance(plan.seed, base::Stream::form, {s, 0, 7});
        std::vector<BarRole> bars(static_cast<std::size_t>(section.bars), BarRole::groove);
        const auto at = [&](int from_the_end) -> BarRole& {
            return bars[bars.size() - static_cast<std::size_t>(from_the_end)];
        };
        if (section.kind == SectionKind::breakdown) bars.assign(bars.size(), BarRole::breakdown);
        if (section.kind == SectionKind::build) bars.assign(bars.size(), BarRole::build);
        // Every other phrase is answered by the drums; in the first one the groove settles.
        if (section.kind != SectionKind::breakdown && section.kind != SectionKind::build)
            for (int bar = 3; bar + 1 < section.bars; bar += 4)
                if (bar % 8 == 7 || chance.happens(0.3 + 0.5 * plan.variation))
                    bars[static_cast<std::size_t>(bar)] = BarRole::small_fill;
        if (!last_section || plan.ending == music::Ending::loop) {
            const double next = last_section ? form.sections.front().energy : form.sections[s + 1].energy;
            const double rise = next - section.energy;
            const bool mounts = section.kind == SectionKind::pre_chorus && section.bars >= 4;
            if (mounts) at(2) = BarRole::build;
            if (section.kind == SectionKind::breakdown) {
                // Out of the silence the band comes back by itself.
                if (rise > 0.15 && chance.happens(0.6)) at(1) = BarRole::big_fill;
            } else if (section.bars >= 2) {
                at(1) = rise > 0.06 || mounts || section.kind == SectionKind::build ? BarRole::big_fill
                                                                                    : BarRole::small_fill;
            }
            const bool before_a_summit = rise > 0.2 && !last_section && is_main(form.sections[s + 1].kind);
            const bool stops = before_a_summit && section.bars >= 4 && !style.loops &&
                               chance.happens(0.08 + 0.3 * plan.variation);
            // A held breath of two seconds is suspense, a longer one is a hole.
            if (stops && bar_seconds <= 2.2) at(1) = BarRole::stop;
        } else if (plan.ending != music::Ending::fade) {
            at(1) = BarRole::last;
            if (section.bars >= 3) at(2) = BarRole::small_fill;
        }
        roles.insert(roles.end(), bars.begin(), bars.end());
    }
    return roles;
}

}  // namespace mmx::compose
