#include "compose/compose.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compose/band.h"
#include "compose/bar_roles.h"
#include "compose/breath.h"
#include "compose/form.h"
#include "compose/guest_leads.h"
#include "compose/harmony.h"
#include "compose/judge.h"
#include "compose/key_lift.h"
#include "compose/lyric_form.h"
#include "compose/melody.h"
#include "compose/quotation.h"
#include "compose/singers.h"
#include "speech/speech.h"

namespace mmx::compose {
namespace {

using base::Ticks;

music::Score skeleton(const music::Plan& plan, const style::Style& style, const Form& form) {
    music::Score score;
    score.title = plan.title;
    score.genre = style.id;
    score.seed = plan.seed;
    score.metre = plan.metre;
    score.tempo = form.length.tempo;
    score.swing = plan.swing.value_or(style.genre.swing);
    score.swing_unit = style.genre.swings_sixteenths ? base::kSixteenth : base::kEighth;
    score.humanise = plan.humanise;
    score.ending = plan.ending;
    score.end = form.length.end;
    score.length = form.length.total;
    int bar = 0;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& planned = form.sections[s];
        music::Section section;
        section.kind = planned.kind;
        section.label = planned.label;
        section.first_bar = bar;
        section.bars = planned.bars;
        section.energy = planned.energy;
        section.level_db = planned.level_db;
        section.key = plan.key;
        section.feel = planned.feel;
        section.repeats = planned.repeats;
        section.lyric_lines = planned.lines;
        for (int b = 0; b < planned.bars; ++b, ++bar)
            score.bars.push_back({plan.metre.bar() * bar, plan.metre.bar(), static_cast<int>(s)});
        score.sections.push_back(std::move(section));
    }
    return score;
}

// What is sung has a range of its own: within a sixth it goes nowhere, beyond a twelfth few can follow.
double complaint_about_range(const music::Part& lead, const Outline& outline) {
    if (outline.sung.size() < 40) return 0;
    int low = 127, high = 0;
    auto on = outline.sung.begin();
    for (const music::Note& note : lead.notes) {
        while (on != outline.sung.end() && on->start < note.start) ++on;
        if (on == outline.sung.end() || on->start != note.start) continue;
        low = std::min(low, note.pitch);
        high = std::max(high, note.pitch);
    }
    const int range = high - low;
    return range < 11 ? 0.4 + (11 - range) * 0.25 : range > 17 ? 0.4 + (range - 17) * 0.25 : 0;
}

// Draws harmony and tune until the ear has nothing to say against them; then the best of what there was.
void compose_tune(const music::Plan& plan, const style::CompositionStyle& style, const Form& form,
                  const Player* lead, const TuneBearers& bearers, music::Score& score, Outline& outline) {
    // Long songs have more that averages out, and take longer to write.
    const int attempts = score.bars.size() > 150 ? 4 : 10;
    music::Part part;
    part.role = music::Role::lead;
    if (lead != nullptr) {
        part.id = lead->id;
        part.name = lead->instrument->name;
        part.instrument = lead->instrument->id;
        part.pan = lead->pan;
    }
    double least = 1e9;
    music::Score best = score;
    Outline best_outline = outline;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        score.parts.clear();
        harmonise(plan, style, form, attempt, score);
        if (lead != nullptr || bearers.manner != nullptr) {
            write_melody(plan, style, form, bearers, attempt, score, outline, part);
            score.parts.push_back(part);
        }
        if (!plan.key) return;
        const double complaint = complaints(measure(score), *plan.key, style) +
                                 3.0 * std::min(quotations(score), 3) + complaint_about_range(part, outline);
        if (complaint < least) {
            least = complaint;
            best = score;
            best_outline = outline;
        }
        if (least <= 0) break;
    }
    score = std::move(best);
    outline = std::move(best_outline);
}

bool is_pitched(const music::Part& part) {
    return part.role != music::Role::drums && part.role != music::Role::percussion &&
           part.role != music::Role::effects;
}

// The last chord goes on through the tail: what was plucked or struck dies away by itself, what is bowed,
// blown or held is let go early enough for the room to be heard.
void let_ring(double hall_seconds, music::Score& score) {
    if (score.ending != music::Ending::ring || score.bars.empty()) return;
    const Ticks last_bar = score.bars.back().start;
    const Ticks let_go = std::max(
        score.end, score.tempo.to_ticks(score.length - base::Seconds(ring_out_seconds(hall_seconds))));
    const Ticks whole = std::max(score.end, score.tempo.to_ticks(score.length));
    for (music::Part& part : score.parts) {
        if (!is_pitched(part)) continue;
        const style::Instrument* instrument = style::find_instrument(part.instrument);
        const Ticks until = instrument != nullptr && instrument->sustains ? let_go : whole;
        for (music::Note& note : part.notes)
            if (note.start >= last_bar && note.start + note.length >= score.end - base::kEighth)
                note.length = until - note.start;
    }
}

// A cold end stops everybody at once: the band holds its last stroke under the tune's last note instead of
// leaving it behind, alone and without a chord.
void stop_together(music::Score& score) {
    if (score.ending != music::Ending::cold || score.bars.empty()) return;
    const Ticks last_bar = score.bars.back().start;
    Ticks stop(0);
    for (const music::Part& part : score.parts)
        if (part.role == music::Role::lead || part.role == music::Role::counter)
            for (const music::Note& note : part.notes)
                if (note.start >= last_bar) stop = std::max(stop, note.start + note.length);
    for (music::Part& part : score.parts) {
        if (!is_pitched(part)) continue;
        Ticks stroke(-1);
        for (const music::Note& note : part.notes)
            if (note.start >= last_bar) stroke = std::max(stroke, note.start);
        if (stroke < last_bar) continue;
        for (music::Note& note : part.notes)
            if (note.start == stroke && note.start + note.length < stop) note.length = stop - note.start;
    }
}

// How high the tune may go: the singer's highest note or the instrument's.
std::optional<int> highest_of(const TuneBearers& bearers) {
    if (bearers.manner != nullptr) return bearers.voice.high;
    if (bearers.instrument != nullptr) return bearers.instrument->high;
    return std::nullopt;
}

}  // namespace

base::Result<music::Score> compose(const music::Plan& plan, const style::Style& style,
                                   const style::Style* second) {
    const Band band = TRY(choose_band(plan, style, second));
    std::optional<LyricText> text;
    if (plan.lyrics.has_words() && !plan.instrumental)
        text = LyricText{TRY(speech::read_lyrics(plan.lyrics)), manner_of(plan, style)};
    const Form form =
        TRY(plan_form(plan, style.composition, style.mix.reverb.seconds, text ? &*text : nullptr));
    music::Score score = skeleton(plan, style, form);
    Outline outline;
    outline.bars = bar_roles(plan, style.composition, form);
    outline.final_stroke = form.length.final_stroke;
    for (const SectionPlan& section : form.sections)
        outline.wishes.push_back({section.instrument, section.directions});
    TuneBearers bearers;
    bearers.instrument = band.lead() != nullptr ? band.lead()->instrument : nullptr;
    bearers.manner = text ? &text->manner : nullptr;
    bearers.voice = voice_compass(plan.voice);
    compose_tune(plan, style.composition, form, band.lead(), bearers, score, outline);
    breathe(style.composition.melody.rest, outline, score);
    lift_last_chorus(plan, highest_of(bearers), score);
    arrange(plan, style, second, band, outline, score);
    if (text) {
        hand_over_to_singers(plan, form, *text, outline, score);
        add_backing(plan, text->manner, bearers.voice, score);
    }
    hand_over_solos(outline, score);
    let_ring(style.mix.reverb.seconds, score);
    stop_together(score);
    return score;
}

}  // namespace mmx::compose
