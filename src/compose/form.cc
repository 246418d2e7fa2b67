#include "compose/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "base/maths.h"
#include "base/random.h"
#include "compose/knowledge.h"
#include "compose/lyric_form.h"

namespace mmx::compose {
namespace {

using music::SectionKind;

struct Slot {
    style::FormSlot slot;
    std::string instrument;
    bool asked = false;  // the words named it: it stays
    bool fixed = false;  // and its bars with it
};
using Slots = std::vector<Slot>;

int bars_of(const Slots& slots) {
    int bars = 0;
    for (const Slot& slot : slots) bars += slot.slot.bars;
    return bars;
}

bool is_frame(SectionKind kind) {
    return kind == SectionKind::intro || kind == SectionKind::outro;
}

bool alike(const Slot& a, const Slot& b) {
    return a.slot.kind == b.slot.kind && a.slot.material == b.slot.material;
}

// Would two refrains stand side by side without what lies between them?
bool parts_refrains(const Slots& slots, std::size_t index) {
    return index > 0 && index + 1 < slots.size() && is_main(slots[index - 1].slot.kind) &&
           alike(slots[index - 1], slots[index + 1]) && !is_main(slots[index].slot.kind);
}

double importance(const Slots& slots, std::size_t index) {
    if (slots[index].asked) return 100;
    const style::FormSlot& slot = slots[index].slot;
    double value = 0;
    switch (slot.kind) {
        case SectionKind::intro:
        case SectionKind::outro:
            value = slot.bars <= 2 ? 6.3 : 3.4;
            break;
        case SectionKind::verse:
            value = 7.5;
            break;
        case SectionKind::pre_chorus:
            value = 3.2;
            break;
        case SectionKind::chorus:
            value = 9;
            break;
        case SectionKind::post_chorus:
            value = 2.5;
            break;
        case SectionKind::bridge:
            value = 4;
            break;
        case SectionKind::solo:
            value = 4.2;
            break;
        case SectionKind::interlude:
            value = 2.6;
            break;
        case SectionKind::breakdown:
            value = 4.2;
            break;
        case SectionKind::build:
            value = 5.0;
            break;
        case SectionKind::drop:
            value = 9;
            break;
        case SectionKind::theme:
            value = slot.material.empty() || slot.material == "A" ? 8.5 : 7;
            break;
    }
    int before = 0, after = 0;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i].slot.kind == slot.kind && slots[i].slot.material == slot.material)
            ++(i < index ? before : after);
    // The last return closes the circle; those between are the ones to spare.
    const double each = is_main(slot.kind) ? 2.4 : 1.8;
    if (before > 0) value -= after <= 1 ? each - 0.3 : each * before + 0.4;
    if (parts_refrains(slots, index)) value += 2.5;
    return value;
}

// The same refrain twice running is a finale, and elsewhere a little much; three times is a needle stuck. A
// theme may be said twice, as in A A B A.
double monotony(const Slots& slots) {
    double cost = 0;
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
        if (!is_main(slots[i].slot.kind) || !alike(slots[i], slots[i + 1])) continue;
        const bool third = i > 0 && alike(slots[i - 1], slots[i]);
        const bool finale =
            i + 2 == slots.size() || (i + 3 == slots.size() && is_frame(slots[i + 2].slot.kind));
        if (third)
            cost += 4;
        else if (slots[i].slot.kind != SectionKind::theme)
            cost += finale ? 0.6 : 1.2;
    }
    return cost;
}

std::size_t least_important(const Slots& slots) {
    std::size_t least = 0;
    double low = 1e9;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const double value = importance(slots, i) - 0.01 * static_cast<double>(i);
        if (value < low) {
            low = value;
            least = i;
        }
    }
    return least;
}

void shrink(Slots& slots, int bars) {
    while (bars_of(slots) > bars && slots.size() > 1) {
        const std::size_t index = least_important(slots);
        style::FormSlot& slot = slots[index].slot;
        const bool halves =
            ((is_frame(slot.kind) && slot.bars > 2) || (parts_refrains(slots, index) && slot.bars >= 8)) &&
            !slots[index].fixed;
        if (importance(slots, index) >= 100) break;
        if (halves)
            slot.bars = slot.bars > 8 ? 8 : slot.bars == 8 ? 4 : 2;
        else
            slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(index));
        // Two halves say more than one whole: rather a short verse and a short chorus than only one of them.
        if (slots.size() <= 4 && bars_of(slots) > bars)
            for (Slot& each : slots)
                if (each.slot.bars >= 8 && !each.fixed && bars >= 10 && bars_of(slots) > bars)
                    each.slot.bars /= 2;
    }
    for (Slot& slot : slots) {
        const int over = bars_of(slots) - bars;
        if (over > 0) slot.slot.bars = std::max(1, slot.slot.bars - over);
    }
    while (bars_of(slots) > bars && slots.size() > 1) slots.erase(slots.begin());
}

// Repeats brackets in turn, with something new in each round: a solo takes the place of the third verse, a
// second bridge is another bridge.
void grow(Slots& slots, int bars, const style::FormTemplate& form) {
    std::map<int, std::vector<style::FormSlot>> blocks;
    for (const style::FormSlot& slot : form.slots)
        if (slot.block > 0) blocks[slot.block].push_back(slot);
    if (blocks.empty()) return;
    int round = 0;
    bool grown = true;
    while (grown) {
        grown = false;
        ++round;
        for (const auto& [number, block] : blocks) {
            int size = 0;
            for (const style::FormSlot& slot : block) size += slot.bars;
            if (bars_of(slots) + size > bars + 2) continue;
            // Each round goes on where the last bracket ended, so that the song travels through all of them
            // in turn.
            std::size_t after = slots.size();
            for (std::size_t i = 0; i < slots.size(); ++i)
                if (slots[i].slot.block > 0) after = i + 1;
            std::vector<Slot> copy;
            for (style::FormSlot slot : block) {
                if (slot.kind == SectionKind::bridge && round % 2 == 1) slot.material += "2";
                if (slot.kind == SectionKind::verse && round % 2 == 0) {
                    slot.kind = SectionKind::solo;
                    slot.material = slot.material.empty() ? "verse" : slot.material;
                }
                copy.push_back({slot, {}, false, false});
            }
            slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(after), copy.begin(), copy.end());
            grown = true;
        }
    }
}

// Spends the bars that are left: whole phrases first, then single bars where a listener minds them least.
double spend_rest(Slots& slots, int bars) {
    double cost = 0;
    int rest = bars - bars_of(slots);
    for (int pass = 0; rest >= 8 && pass < 12; ++pass) {
        for (std::size_t i = slots.size(); i-- > 0 && rest >= 8;) {
            if (!is_main(slots[i].slot.kind) || slots[i].slot.bars != 8) continue;
            Slot again = slots[i];
            again.asked = again.fixed = false;
            slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(i) + 1, again);
            rest -= 8;
            cost += 1.0;
            break;
        }
    }
    for (int pass = 0; rest >= 4 && pass < 3; ++pass)
        for (std::size_t i = slots.size(); i-- > 0 && rest >= 4;) {
            style::FormSlot& slot = slots[i].slot;
            if (slots[i].fixed || !(is_frame(slot.kind) || slot.kind == SectionKind::interlude || pass > 0) ||
                slot.bars > 8 + 4 * pass)
                continue;
            // Nobody waits longer than an eighth of the song for it to begin.
            if (slot.kind == SectionKind::intro && pass == 0 && slot.bars + 4 > std::max(4, bars / 8))
                continue;
            slot.bars += 4;
            rest -= 4;
            cost += pass > 0 ? 1.0 : 0.3;
        }
    if (rest == 0) return cost;
    // Two bars make an intro or an outro breathe; one bar is a held last chord.
    for (Slot& slot : slots)
        if (rest >= 2 && slot.slot.kind == SectionKind::intro && !slot.fixed && slot.slot.bars <= 6) {
            slot.slot.bars += 2;
            rest -= 2;
            cost += 0.6;
        }
    if (rest > 0) {
        std::size_t last = slots.size() - 1;
        while (last > 0 && slots[last].fixed) --last;
        slots[last].slot.bars += rest;
        cost += 0.7 * rest;
    }
    return cost;
}

void drop_kind(Slots& slots, SectionKind kind) {
    if (slots.size() > 1)
        std::erase_if(slots, [&](const Slot& slot) { return slot.slot.kind == kind && !slot.asked; });
}

std::size_t last_main(const Slots& slots) {
    for (std::size_t i = slots.size(); i-- > 0;)
        if (is_main(slots[i].slot.kind)) return i;
    return slots.size();
}

void respect_wishes(Slots& slots, const music::Plan& plan) {
    for (std::size_t wish_index = 0; wish_index < plan.sections.size(); ++wish_index) {
        const music::AskedSection& wish = plan.sections[wish_index];
        auto found = std::ranges::find_if(
            slots, [&](const Slot& slot) { return slot.slot.kind == wish.kind && !slot.asked; });
        if (found == slots.end()) {
            Slot fresh;
            fresh.slot.kind = wish.kind;
            fresh.slot.bars = is_frame(wish.kind) ? 4 : 8;
            std::size_t at = wish.kind == SectionKind::intro   ? 0
                             : wish.kind == SectionKind::outro ? slots.size()
                                                               : last_main(slots);
            if (wish.kind == SectionKind::solo && at < slots.size())
                fresh.slot.material = slots[at].slot.material;
            found = slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(at), fresh);
        }
        found->asked = true;
        found->instrument = wish.instrument;
        if (wish.bars > 0) {
            found->slot.bars = wish.bars;
            found->fixed = true;
        }
    }
}

// Which chords a section without a material of its own goes over.
std::string harmony_of(const style::FormSlot& slot, const Slots& slots, bool intro_of_its_own) {
    if (!slot.material.empty()) {
        if (slot.kind == SectionKind::bridge && slot.material.size() > 1) return "bridge" + slot.material;
        return slot.material;
    }
    const auto has = [&](SectionKind kind) {
        return std::ranges::any_of(slots, [&](const Slot& other) { return other.slot.kind == kind; });
    };
    std::string main;
    for (const Slot& other : slots)
        if (main.empty() && is_main(other.slot.kind))
            main = other.slot.material.empty() ? std::string(music::section_name(other.slot.kind))
                                               : other.slot.material;
    switch (slot.kind) {
        case SectionKind::intro:
            if (intro_of_its_own) return "intro";
            return has(SectionKind::verse) && !main.empty() && main == "chorus" ? "verse"
                   : main.empty()                                               ? "verse"
                                                                                : main;
        case SectionKind::interlude:
            return intro_of_its_own && has(SectionKind::intro) ? "intro"
                   : has(SectionKind::verse)                   ? "verse"
                                                               : main;
        case SectionKind::outro:
            return main.empty() ? "verse" : main;
        case SectionKind::solo:
            return has(SectionKind::verse) ? "verse" : main.empty() ? "solo" : main;
        case SectionKind::breakdown:
        case SectionKind::post_chorus:
            return main.empty() ? "verse" : main;
        default:
            return std::string(music::section_name(slot.kind));
    }
}

std::vector<SectionPlan> sections_of(const Slots& slots, base::Chance& chance) {
    const bool intro_of_its_own = chance.happens(0.5);
    std::vector<SectionPlan> sections;
    for (const Slot& slot : slots) {
        SectionPlan section;
        section.kind = slot.slot.kind;
        section.harmony = harmony_of(slot.slot, slots, intro_of_its_own);
        section.bars = slot.slot.bars;
        section.instrument = slot.instrument;
        sections.push_back(std::move(section));
    }
    return sections;
}

Form form_from_templates(const music::Plan& plan, const style::CompositionStyle& style,
                         const std::vector<Length>& lengths, base::Chance& chance) {
    double best_cost = 1e18;
    Slots best;
    const Length* best_length = &lengths.front();
    for (const style::FormTemplate& form : style.forms) {
        const double taste = -base::log(chance.uniform(0.05, 1.0)) / std::max(form.weight, 1e-6);
        for (const Length& length : lengths) {
            Slots slots;
            for (const style::FormSlot& slot : form.slots) slots.push_back({slot, {}, false, false});
            respect_wishes(slots, plan);
            if (plan.ending == music::Ending::loop) {
                drop_kind(slots, SectionKind::intro);
                drop_kind(slots, SectionKind::outro);
            }
            if (plan.ending == music::Ending::fade) drop_kind(slots, SectionKind::outro);
            const int natural = bars_of(slots);
            grow(slots, length.bars, form);
            shrink(slots, length.bars);
            double cost = spend_rest(slots, length.bars);
            // A form far from its natural size is another form.
            const double stretch = base::log2(static_cast<double>(length.bars) / natural);
            // What songs do counts a little: forms of themes and drops are the style's alone.
            double usual = 0;
            for (std::size_t i = 0; i + 1 < slots.size(); ++i)
                usual += Knowledge::section_follows(music::section_name(slots[i].slot.kind),
                                                    music::section_name(slots[i + 1].slot.kind));
            if (slots.size() > 1) cost -= 0.15 * usual / static_cast<double>(slots.size() - 1);
            cost += 0.8 * taste + 1.5 * std::abs(stretch) + 1.2 * length.misfit + monotony(slots);
            if (cost < best_cost) {
                best_cost = cost;
                best = slots;
                best_length = &length;
            }
        }
    }
    return {sections_of(best, chance), *best_length};
}

// Instrumental bars around and between what is sung, until the asked length is filled.
void frame_lyrics(std::vector<SectionPlan>& sections, int bars) {
    const auto sum = [&] {
        int total = 0;
        for (const SectionPlan& section : sections) total += section.bars;
        return total;
    };
    const auto add = [&](std::size_t at, SectionKind kind, std::string harmony, int size) {
        SectionPlan section;
        section.kind = kind;
        section.harmony = std::move(harmony);
        section.bars = size;
        sections.insert(sections.begin() + static_cast<std::ptrdiff_t>(at), section);
    };
    const auto has = [&](SectionKind kind) {
        return std::ranges::any_of(sections, [&](const SectionPlan& s) { return s.kind == kind; });
    };
    const std::string main = has(SectionKind::chorus) ? "chorus" : "verse";
    if (!has(SectionKind::intro) && bars - sum() >= 4) add(0, SectionKind::intro, "intro", 4);
    if (!has(SectionKind::outro) && bars - sum() >= 4) add(sections.size(), SectionKind::outro, main, 4);
    int added = 0;
    while (bars - sum() >= 8) {
        // Alternately a solo before the last sung section and an interlude in the middle.
        std::size_t last_sung = sections.size() - 1;
        while (last_sung > 0 && sections[last_sung].phrases.empty()) --last_sung;
        if (added % 2 == 0)
            add(last_sung, SectionKind::solo, "verse", 8);
        else
            add(std::max<std::size_t>(1, last_sung / 2), SectionKind::interlude, "intro",
                std::min(8, bars - sum()));
        ++added;
    }
    const int rest = bars - sum();
    if (rest <= 0) return;
    for (SectionPlan& section : sections)
        if (section.kind == SectionKind::intro && rest >= 4) {
            section.bars += 4;
            break;
        }
    const int left = bars - sum();
    if (left <= 0) return;
    if (left >= 2 && !has(SectionKind::outro))
        add(sections.size(), SectionKind::outro, main, left);
    else
        sections.back().bars += left;
}

constexpr double kLongestSong = 600;

int bars_of(const std::vector<SectionPlan>& sections) {
    int bars = 0;
    for (const SectionPlan& section : sections) bars += section.bars;
    return bars;
}

// A sung last section is followed by two bars in which the last word sounds and the band comes to its end.
void leave_room_after_the_last_word(std::vector<SectionPlan>& sections, const music::Plan& plan) {
    if (sections.back().phrases.empty() || plan.ending == music::Ending::loop) return;
    const SungPhrase& last = sections.back().phrases.back();
    const int after = plan.ending == music::Ending::fade ? 4 : 2;
    sections.back().bars = std::max(sections.back().bars, last.first_bar + last.bars + after);
}

base::Result<Form> form_from_lyrics(const music::Plan& plan, const EndingTaste& taste,
                                    const LyricText* text) {
    std::vector<SectionPlan> sections = lyric_sections(plan, text);
    const bool frames = plan.ending != music::Ending::loop;
    if (!plan.duration_is_asked) {
        const auto with_frame = [&] {
            const bool intro = sections.front().kind == SectionKind::intro;
            const bool outro = sections.back().kind == SectionKind::outro;
            if (outro || !frames) leave_room_after_the_last_word(sections, plan);
            return bars_of(sections) + (frames ? (intro ? 0 : 4) + (outro ? 0 : 4) : 0);
        };
        int bars = with_frame();
        for (const double haste : {1.2, 1.45}) {
            if (text == nullptr || length_of_bars(plan, taste, bars).total.value <= kLongestSong) break;
            sections = lyric_sections(plan, text, haste);
            bars = with_frame();
        }
        const double seconds = length_of_bars(plan, taste, bars).total.value;
        if (seconds > kLongestSong && text != nullptr)
            return base::fail_field(
                "lyrics",
                fmt::format("lyrics: they need about {:.0f} seconds at {:.0f} bpm, even sung fast; a "
                            "song has at most {:.0f}. Shorten them, ask for a faster tempo, or for "
                            "rap.",
                            base::floor(seconds + 1), plan.bpm, kLongestSong));
        frame_lyrics(sections, bars);
        return Form{std::move(sections), length_of_bars(plan, taste, bars)};
    }
    const std::vector<Length> lengths = fitting_lengths(plan, taste);
    int sung = 0;
    for (const double haste : {1.0, 1.2, 1.45}) {
        if (haste > 1.0) {
            if (text == nullptr) break;
            sections = lyric_sections(plan, text, haste);
        }
        leave_room_after_the_last_word(sections, plan);
        sung = bars_of(sections);
        const Length* best = nullptr;
        for (const Length& length : lengths)
            if (length.bars >= sung && (best == nullptr || length.bars % 4 == sung % 4)) {
                best = &length;
                if (length.bars % 4 == sung % 4) break;
            }
        if (best != nullptr) {
            frame_lyrics(sections, best->bars);
            return Form{std::move(sections), *best};
        }
    }
    const double needed = length_of_bars(plan, taste, sung).total.value;
    return base::fail_field(
        "duration_seconds",
        fmt::format(
            "The lyrics need about {:.0f} seconds at {:.0f} bpm, but the song is to last {:.0f}. Ask for at "
            "least {:.0f} seconds, or shorten the lyrics.",
            base::floor(needed + 1), plan.bpm, plan.duration_seconds, base::floor(needed + 1)));
}

bool shares_melody(SectionKind kind) {
    switch (kind) {
        case SectionKind::solo:
        case SectionKind::intro:
        case SectionKind::outro:
        case SectionKind::interlude:
            return false;
        default:
            return true;
    }
}

std::string label_of(const SectionPlan& section) {
    std::string name(music::section_name(section.kind));
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    if (section.kind == SectionKind::theme && section.harmony.size() == 1) name += " " + section.harmony;
    return name;
}

}  // namespace

bool is_main(SectionKind kind) {
    return kind == SectionKind::chorus || kind == SectionKind::drop || kind == SectionKind::theme;
}

void finish_sections(std::vector<SectionPlan>& sections, const music::Plan& plan,
                     const style::CompositionStyle& style) {
    std::map<std::string, int> named, seen;
    std::map<std::string, int> first;
    for (SectionPlan& section : sections)
        if (section.label.empty()) ++named[label_of(section)];
    std::map<std::string, int> count;
    std::map<std::string, int> used;
    const double push = (plan.energy - 0.5) * 0.4;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        SectionPlan& section = sections[i];
        const std::string identity = std::string(music::section_name(section.kind)) + "/" + section.harmony;
        section.occurrence = seen[identity]++;
        if (shares_melody(section.kind)) {
            const auto [at, fresh] = first.emplace(identity, static_cast<int>(i));
            if (!fresh) section.repeats = at->second;
        }
        if (section.label.empty()) {
            const std::string name = label_of(section);
            const int number = ++count[name];
            section.label = named[name] > 1 ? name + " " + std::to_string(number) : name;
        }
        if (const int again = used[section.label]++; again > 0)
            section.label += " (" + std::to_string(again + 1) + ")";
        const style::SectionStyle& manner = style.section(section.kind);
        // A song grows: each return is a little fuller, and the middle of an arc is its summit.
        const double place =
            sections.size() > 1 ? static_cast<double>(i) / static_cast<double>(sections.size() - 1) : 1;
        const double arc =
            section.kind == SectionKind::theme ? 0.14 * (1 - 4 * (place - 0.7) * (place - 0.7)) - 0.07 : 0;
        section.energy =
            std::clamp(manner.energy + push + arc + 0.04 * std::min(section.occurrence, 3), 0.05, 1.0);
        section.level_db = std::clamp(manner.level_db + 0.4 * std::min(section.occurrence, 2), -6.0, 3.0);
        section.feel = manner.feel;
    }
    // Quiet directions are the section's own dynamics, whoever plays.
    for (SectionPlan& section : sections)
        for (const std::string& direction : section.directions) {
            const auto says = [&](std::string_view word) {
                return direction.find(word) != std::string::npos;
            };
            if (says("only") || says("whisper") || says("soft") || says("quiet") || says("stripped") ||
                says("a cappella"))
                section.energy = std::min(section.energy, 0.25);
            if (says("loud") || says("full band") || says("explosive") || says("big"))
                section.energy = std::max(section.energy, 0.9);
        }
}

base::Result<Form> plan_form(const music::Plan& plan, const style::CompositionStyle& style,
                             double hall_seconds, const LyricText* text) {
    base::Chance chance(plan.seed, base::Stream::form);
    EndingTaste taste;
    taste.ritardando = base::Chance(plan.seed, base::Stream::ending).happens(style.tempo.ritardando);
    taste.slowest = style.tempo.slowest;
    taste.hall_seconds = hall_seconds;
    Form form;
    if (!plan.lyrics.empty()) {
        form = TRY(form_from_lyrics(plan, taste, text));
    } else {
        form = form_from_templates(plan, style, fitting_lengths(plan, taste), chance);
    }
    finish_sections(form.sections, plan, style);
    return form;
}

}  // namespace mmx::compose
