#include "compose/melody.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/maths.h"
#include "compose/line.h"
#include "compose/motif.h"
#include "compose/phrase.h"
#include "compose/sung_melody.h"
#include "compose/touch.h"

namespace mmx::compose {
namespace {

using base::Chance;
using base::Stream;
using base::Ticks;
using music::SectionKind;

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

// Where the tune lives: verses below, choruses above, all of it where the instrument sings.
struct Compass {
    int low, high;  // of the whole tune
    double centre;  // of a verse
};

Compass compass_of(const style::Instrument& instrument, const style::CompositionStyle& style) {
    const int lift =
        std::max({0, style.section(SectionKind::chorus).lift, style.section(SectionKind::drop).lift});
    const int sweet = instrument.sweet_high - instrument.sweet_low;
    const int width = std::min(style.melody.range, std::max(12, instrument.high - instrument.low - 4));
    // The upper half of the sweet range carries a tune through a band.
    const int middle = instrument.sweet_low + sweet * 11 / 20;
    int low = std::clamp(middle - width / 2, instrument.low + 1,
                         std::max(instrument.low + 1, instrument.high - width - 1));
    // Tunes below G3 drown in the band, above C6 they pierce.
    low = std::clamp(low, std::min(54, instrument.high - width - 1), std::max(54, 84 - width));
    low = std::max(low, instrument.low);
    return {low, std::min(low + width, instrument.high), low + (width - lift) * 0.46};
}

// A voice has less room than an instrument, and more to say in the middle of it.
Compass compass_of(const VoiceCompass& voice, const style::CompositionStyle& style) {
    const int lift =
        std::max({0, style.section(SectionKind::chorus).lift, style.section(SectionKind::drop).lift});
    const int width = std::clamp(style.melody.range, 12, voice.tune_high - voice.tune_low);
    const int low = voice.tune_low + (voice.tune_high - voice.tune_low - width) / 2;
    return {low, low + width, low + (width - std::min(lift, 5)) * 0.46};
}

// An upbeat takes the room it needs from the phrase before it.
void make_room(std::vector<Draft>& before, const std::vector<Draft>& next) {
    if (next.empty()) return;
    const Ticks first = next.front().start;
    std::erase_if(before, [&](const Draft& note) { return note.start >= first; });
    for (Draft& note : before) note.length = std::min(note.length, first - note.start);
}

class MelodyWriter {
  public:
    MelodyWriter(const music::Plan& plan, const style::CompositionStyle& style, const Form& form,
                 const TuneBearers& bearers, int attempt, const music::Score& score)
        : plan_(plan),
          style_(style),
          form_(form),
          bearers_(bearers),
          instrument_(bearers.instrument != nullptr ? *bearers.instrument : kNobody),
          attempt_(attempt),
          score_(score),
          knowledge_(style),
          compass_(compass_of(instrument_, style)),
          tunes_(form.sections.size()) {
        if (bearers.manner != nullptr) {
            sung_.emplace(plan, form, score, knowledge_, *bearers.manner);
            voice_compass_ = compass_of(bearers.voice, style);
        }
    }

    std::vector<std::vector<Draft>> write();
    void note_phrases(Outline& outline) const;
    void note_sung_phrases(std::size_t section, const std::vector<int>& first, Outline& outline) const;
    const std::vector<SungText>& texts() const { return sung_->texts(); }

  private:
    Chance chance(Stream stream, std::string_view name, int index = 0) const {
        return Chance(
            plan_.seed, stream,
            {hash_of(name), static_cast<std::uint64_t>(attempt_), static_cast<std::uint64_t>(index)});
    }
    Ticks start_of(std::size_t section) const {
        return score_.bars[static_cast<std::size_t>(score_.sections[section].first_bar)].start;
    }
    Ticks end_of(std::size_t section) const {
        return start_of(section) + score_.metre.bar() * form_.sections[section].bars;
    }
    bool plays(std::size_t section) const;
    bool has_words(std::size_t section) const { return sung_ && !form_.sections[section].phrases.empty(); }
    const Compass& compass(std::size_t section) const {
        return has_words(section) ? voice_compass_ : compass_;
    }
    void sing(std::size_t section);
    int octaves_between(std::size_t from, std::size_t to) const;
    RhythmTaste taste_of(const SectionPlan& section) const;
    LineTaste line_taste(std::size_t section) const;
    const Motif& motif(const std::string& name, const RhythmTaste& taste, int bars);
    std::string motif_name(const SectionPlan& section) const;
    void compose(std::size_t section);
    void copy(std::size_t section, std::size_t model);
    void hint(std::size_t section);
    void add_pickup(std::vector<Draft>& phrase, std::size_t section, Chance& chance) const;
    void vary(std::vector<Draft>& notes, Ticks section_start, double how_much, int most_bars,
              Chance& chance) const;
    void end_song();
    std::size_t main_section() const;
    void recall(Draft& draft, const Draft& model, int octaves) const;

    const music::Plan& plan_;
    const style::CompositionStyle& style_;
    const Form& form_;
    inline static const style::Instrument kNobody{};
    const TuneBearers& bearers_;
    const style::Instrument& instrument_;
    int attempt_;
    const music::Score& score_;
    Knowledge knowledge_;
    Compass compass_, voice_compass_{};
    std::optional<SungMelody> sung_;
    std::vector<std::vector<Draft>> tunes_;
    std::map<std::string, Motif> motifs_;
};

std::size_t MelodyWriter::main_section() const {
    for (const SectionKind kind :
         {SectionKind::chorus, SectionKind::drop, SectionKind::theme, SectionKind::verse})
        for (std::size_t i = 0; i < form_.sections.size(); ++i)
            if (form_.sections[i].kind == kind) return i;
    return 0;
}

// Whether the tune plays through this section, or is only hinted at.
bool MelodyWriter::plays(std::size_t index) const {
    const SectionPlan& section = form_.sections[index];
    if (form_.sections.size() == 1 || !section.instrument.empty()) return true;
    const double lead = style_.section(section.kind).lead;
    if (lead >= 1) return true;
    return lead >= 0.5 &&
           chance(Stream::melody, section.harmony + "/" + std::string(music::section_name(section.kind)), 77)
               .happens(lead);
}

RhythmTaste MelodyWriter::taste_of(const SectionPlan& section) const {
    const style::MelodyStyle& melody = style_.melody;
    RhythmTaste taste;
    double density = melody.density * style_.section(section.kind).density * (0.75 + 0.5 * plan_.complexity);
    if (section.kind == SectionKind::solo)
        density = std::max(density, melody.density * melody.solo_density * 0.85);
    // Slow beats carry more notes, fast ones fewer; a dotted beat holds a third more.
    density *= std::clamp(base::pow(100.0 / plan_.bpm, 0.45), 0.6, 1.5);
    if (score_.metre.compound()) density *= 1.25;
    const double notes_per_second = 2.5 + 4.5 * instrument_.agility;
    taste.density = std::min(density, notes_per_second * 60.0 / plan_.bpm);
    taste.syncopation = std::clamp(melody.syncopation * (0.7 + 0.6 * plan_.complexity), 0.0, 1.0);
    const bool swinging = score_.swing > 0 && score_.swing_unit == base::kEighth;
    taste.sixteenths = swinging || plan_.bpm > 150 ? 0
                                                   : melody.sixteenths * (plan_.bpm < 95    ? 1.4
                                                                          : plan_.bpm > 125 ? 0.5
                                                                                            : 1.0);
    taste.triplets = melody.triplets;
    return taste;
}

LineTaste MelodyWriter::line_taste(std::size_t index) const {
    const SectionPlan& section = form_.sections[index];
    LineTaste taste;
    taste.low = compass(index).low;
    taste.high = compass(index).high;
    if (section.kind == SectionKind::solo && !has_words(index)) {
        taste.low = std::max(instrument_.low, taste.low - 3);
        taste.high = std::min(instrument_.high, taste.high + 5);
    }
    taste.tonic = 1.0 + 0.35 * attempt_;
    taste.pentatonic = style_.melody.pentatonic;
    return taste;
}

const Motif& MelodyWriter::motif(const std::string& name, const RhythmTaste& taste, int bars) {
    const auto found = motifs_.find(name);
    if (found != motifs_.end()) return found->second;
    std::vector<Motif> others;
    for (const auto& [other, known] : motifs_) others.push_back(known);
    Chance luck = chance(name == "hook" ? Stream::hook : Stream::melody, name);
    return motifs_[name] = compose_motif(score_.metre, bars, taste, knowledge_, others, luck);
}

std::string MelodyWriter::motif_name(const SectionPlan& section) const {
    const SectionPlan& main = form_.sections[main_section()];
    if (section.kind == main.kind && section.harmony == main.harmony) return "hook";
    if (section.kind == SectionKind::outro || section.kind == SectionKind::interlude) return "hook";
    return std::string(music::section_name(section.kind)) + "/" + section.harmony;
}

void MelodyWriter::add_pickup(std::vector<Draft>& phrase, std::size_t section, Chance& luck) const {
    if (phrase.empty() || phrase.front().start <= start_of(section) - score_.metre.bar()) return;
    const Ticks first = phrase.front().start;
    if (first.value < score_.metre.bar().value) return;  // nothing before bar 1
    const bool fast = plan_.bpm > 132 || style_.melody.density < 0.8;
    const Ticks unit = fast ? base::kQuarter : base::kEighth;
    const int count = luck.integer(1, fast ? 2 : 3);
    const int from = luck.happens(0.65) ? -1 : 1;
    std::vector<Draft> notes;
    for (int i = count; i >= 1; --i) {
        Draft note;
        note.start = first - unit * i;
        note.length = unit;
        note.target = phrase.front().target + from * 1.8 * i;
        note.begins = i == count;
        notes.push_back(note);
    }
    phrase.front().begins = false;
    phrase.insert(phrase.begin(), notes.begin(), notes.end());
}

// The words of a section on a tune that is drafted as any other.
void MelodyWriter::sing(std::size_t index) {
    const SectionPlan& section = form_.sections[index];
    const std::string name = motif_name(section);
    Chance luck = chance(Stream::singing, name, static_cast<int>(index));
    const RhythmTaste taste = taste_of(section);
    SungTaste sung;
    sung.line = line_taste(index);
    sung.pickup = style_.melody.pickup;
    sung.breath = std::clamp(style_.melody.rest, 0.12, 0.3);
    sung.beside = bearers_.manner->beside * (0.6 + 0.8 * style_.melody.syncopation);
    std::vector<std::vector<Draft>> shapes;
    if (plan_.delivery != music::Delivery::sung || score_.chords.empty()) {
        sung.centre = bearers_.voice.spoken;
    } else {
        const Motif& own = motif(name, taste, style_.melody.hook_bars);
        PhraseMaterial material;
        material.taste = taste;
        material.rest = sung.breath;
        material.centre = voice_compass_.centre + std::min(style_.section(section.kind).lift, 5);
        // Where verses are all there is, they have the whole range to tell in.
        const bool alone = std::ranges::none_of(form_.sections, [](const SectionPlan& other) {
            return is_main(other.kind) && !other.phrases.empty();
        });
        material.arch = is_main(section.kind) || alone ? 4.5 : 3.0;
        material.spread = 1.1 + 0.18 * (attempt_ % 4);
        material.motif = &own;
        Chance plan_luck = chance(Stream::singing, name + "/scheme");
        material.scheme = static_cast<Scheme>(plan_luck.pick(std::array<double, 4>{2.0, 1.2, 1.6, 0.5}));
        for (std::size_t p = 0; p < section.phrases.size(); ++p) {
            // Lines go in pairs: question and answer, and the third pair leaves home.
            PhraseMaterial placed = material;
            placed.centre += p % 4 == 2 ? (alone ? 4.5 : 2.5) : p % 2 == 1 ? -0.7 : 0;
            Chance phrase_luck = chance(Stream::singing, name + "/phrase", static_cast<int>(p));
            shapes.push_back(draft_phrase(score_.metre, section.phrases[p].bars,
                                          p % 2 == 1 ? Rest::closed : Rest::open, placed, phrase_luck));
        }
        sung.centre = material.centre;
    }
    tunes_[index] = sung_->sing(index, shapes, sung, luck);
}

void MelodyWriter::compose(std::size_t index) {
    const SectionPlan& section = form_.sections[index];
    const std::string name = motif_name(section);
    const bool solo = section.kind == SectionKind::solo;
    // A second pass over the same chords is another improvisation.
    Chance luck = chance(solo ? Stream::solo : Stream::melody, name, solo ? static_cast<int>(index) + 1 : 1);
    const RhythmTaste taste = taste_of(section);
    const bool mounting = section.kind == SectionKind::pre_chorus || section.kind == SectionKind::build;
    const Motif& own = motif(name, taste, mounting ? 1 : style_.melody.hook_bars);
    const Motif hook = motifs_.contains("hook") ? motifs_.at("hook") : own;

    PhraseMaterial material;
    material.taste = taste;
    material.rest = std::clamp(style_.melody.rest * (solo ? 0.6 : 1.0), 0.05, 0.6);
    material.centre = compass_.centre + style_.section(section.kind).lift;
    material.arch = is_main(section.kind) ? 3.5 : 2.5;
    if (section.kind == SectionKind::bridge) material.arch = 4;
    // A tune that was sent back has mostly walked up and down within a fifth: some tries reach further.
    material.spread = 1.0 + 0.18 * (attempt_ % 4);

    const bool closes =
        section.kind != SectionKind::verse && !mounting && section.kind != SectionKind::bridge;
    const std::vector<PhraseSpec> specs =
        divide(section.bars, style_.melody.phrase_bars, closes || luck.happens(0.3));
    const std::array<double, 4> schemes =
        mounting ? std::array<double, 4>{0.5, 0.3, 0.3, 3.0}
                 : std::array<double, 4>{2.0, 1.6, 1.6, own.bars == 1 ? 1.5 : 0.5};
    const auto scheme = static_cast<Scheme>(luck.pick(schemes));
    Motif second;
    std::vector<std::vector<Draft>> phrases;
    auto& tune = tunes_[index];
    const bool pickups = luck.happens(style_.melody.pickup);
    for (std::size_t p = 0; p < specs.size(); ++p) {
        const PhraseSpec& spec = specs[p];
        const Ticks start = start_of(index) + score_.metre.bar() * spec.first_bar;
        std::vector<Draft> phrase;
        material.motif = &own;
        material.scheme = scheme;
        if (spec.model < 0 || p == 0 || spec.kept < spec.bars) {
            // The third phrase of a long section leaves home.
            const bool away = p % 4 == 2;
            if (away || solo || scheme == Scheme::contrast) {
                Chance fresh = chance(solo ? Stream::solo : Stream::melody, name + "/other",
                                      static_cast<int>(solo ? 100 * index + p : p / 2));
                std::vector<Motif> others{own, hook};
                second = compose_motif(score_.metre, solo ? 2 : own.bars, taste, knowledge_, others, fresh);
                material.other = &second;
            }
            if (away && !solo) material.motif = &second;
            if (solo) {
                material.scheme = Scheme::free;
                if (p % 2 == 0) material.motif = p == 0 ? &hook : &second;
            }
            Chance phrase_luck =
                chance(Stream::melody, name + "/phrase", static_cast<int>(solo ? 100 * index + p : p));
            PhraseMaterial placed = material;
            placed.centre += away ? 2 : 0;
            if (solo) placed.centre += 2.0 * static_cast<double>(p) / static_cast<double>(specs.size());
            phrase = draft_phrase(score_.metre, spec.bars, spec.rest, placed, phrase_luck);
            for (Draft& draft : phrase) draft.start += start;
        }
        if (spec.model >= 0 && !solo) {
            const auto& model = phrases[static_cast<std::size_t>(spec.model)];
            const Ticks model_start =
                start_of(index) + score_.metre.bar() * specs[static_cast<std::size_t>(spec.model)].first_bar;
            const Ticks until = start + score_.metre.bar() * spec.kept;
            std::erase_if(phrase, [&](const Draft& draft) { return draft.start < until; });
            std::vector<Draft> kept;
            for (const Draft& draft : model) {
                Draft again = draft;
                again.start = draft.start - model_start + start;
                if (again.start >= until) continue;
                again.length = std::min(again.length, until - again.start);
                keep_or_lean(score_, again, draft);
                kept.push_back(again);
            }
            phrase.insert(phrase.begin(), kept.begin(), kept.end());
            if (!phrase.empty()) phrase.back().rest = spec.rest;
            if (spec.kept == spec.bars && !phrase.empty()) phrase.back().rest = Rest::none;
        }
        if (pickups && spec.model < 0 && !solo && luck.happens(0.7)) add_pickup(phrase, index, luck);
        for (std::size_t i = 0; i + 1 < phrase.size(); ++i)
            phrase[i].length = std::min(phrase[i].length, phrase[i + 1].start - phrase[i].start);
        std::erase_if(phrase, [](const Draft& draft) { return draft.length.value <= 0; });
        fit_pitches(phrase, score_, knowledge_, line_taste(index), luck);
        phrases.push_back(phrase);
    }
    for (const auto& phrase : phrases) {
        make_room(tune, phrase);
        tune.insert(tune.end(), phrase.begin(), phrase.end());
    }
}

// Small changes that leave the tune itself: passing notes, joined notes, another neighbour.
void MelodyWriter::vary(std::vector<Draft>& notes, Ticks section_start, double how_much, int most_bars,
                        Chance& luck) const {
    const Ticks bar = score_.metre.bar();
    std::vector<Draft> varied;
    std::int64_t bar_now = -99;
    bool change = false;
    int changed_bars = 0;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const std::int64_t in = (notes[i].start - section_start).value / bar.value;
        if (in != bar_now) {
            bar_now = in;
            // The first bar says what is coming back.
            change = in > 0 && changed_bars < most_bars && luck.happens(how_much);
            changed_bars += change;
        }
        Draft note = notes[i];
        if (change && note.start >= section_start) {
            const bool weak = score_.metre.strength((note.start - section_start) % bar) <= 1;
            if (note.length >= base::kQuarter && i + 1 < notes.size() && note.rest == Rest::none &&
                luck.happens(0.5)) {
                Draft passing = note;
                passing.length = Ticks(note.length.value / 2 / 480 * 480);
                if (passing.length.value > 0) {
                    passing.start = note.start + note.length - passing.length;
                    passing.pitch = 0;
                    passing.begins = false;
                    passing.target = 0.5 * (note.target + notes[i + 1].target);
                    passing.pull = 1.5;
                    note.length = note.length - passing.length;
                    varied.push_back(note);
                    varied.push_back(passing);
                    change = luck.happens(0.3);
                    continue;
                }
            } else if (weak && note.rest == Rest::none && !varied.empty() && luck.happens(0.5)) {
                const bool joins = luck.happens(0.4) &&
                                   varied.back().start + varied.back().length == note.start &&
                                   note.length <= base::kQuarter;
                if (joins) {
                    varied.back().length += note.length;
                    change = luck.happens(0.3);
                    continue;
                }
                note.pitch = 0;
                note.target += luck.happens(0.5) ? 2.5 : -2.5;
                note.pull = 1.5;
                change = luck.happens(0.3);
            }
        }
        varied.push_back(note);
    }
    notes = std::move(varied);
}

// Semitones, in whole octaves, by which what was sung lies apart from where the instrument plays.
int MelodyWriter::octaves_between(std::size_t from, std::size_t to) const {
    if (has_words(from) == has_words(to)) return 0;
    const double apart = compass(to).low + compass(to).high - compass(from).low - compass(from).high;
    const int octaves = static_cast<int>(base::floor(apart / 24.0 + 0.5));
    return 12 * octaves;
}

// A model's note again, an octave away where another bearer of the tune wants it; words do not come with it.
void MelodyWriter::recall(Draft& draft, const Draft& model, int octaves) const {
    Draft there = model;
    there.pitch += octaves;
    keep_or_lean(score_, draft, there);
    draft.text = -1;
}

void MelodyWriter::copy(std::size_t index, std::size_t model_index) {
    const SectionPlan& section = form_.sections[index];
    const SectionPlan& model = form_.sections[model_index];
    const Ticks start = start_of(index), model_start = start_of(model_index);
    const int octaves = octaves_between(model_index, index);
    std::vector<Draft> notes;
    for (int from = 0; from < section.bars; from += model.bars)
        for (const Draft& draft : tunes_[model_index]) {
            Draft again = draft;
            again.start = draft.start - model_start + start + score_.metre.bar() * from;
            if (again.start.value < 0 || again.start >= end_of(index)) continue;
            if (from > 0 && draft.start < model_start) continue;
            again.length = std::min(again.length, end_of(index) - again.start);
            recall(again, draft, octaves);
            notes.push_back(again);
        }
    Chance luck = chance(Stream::melody, motif_name(section) + "/again", static_cast<int>(index));
    {
        // The refrain is what people wait for: it comes back as it was. Verses tell on.
        const bool main = is_main(section.kind);
        // The more often something has come back, and the more often the song was sent back, the more it
        // changes.
        const double tired = (1.0 + 0.3 * attempt_) * (1.0 + 0.25 * std::min(section.occurrence - 1, 4));
        const double stray = style_.loops ? 0.1 * plan_.variation
                             : main       ? style_.melody.stray * plan_.variation
                                          : 0.25 + 0.6 * plan_.variation;
        const double how_much = std::min(stray * tired, 0.9);
        const bool refrain = main && section.kind != SectionKind::theme;
        vary(notes, start, how_much, refrain ? section.bars / 8 : section.bars, luck);
    }
    for (std::size_t i = 0; i + 1 < notes.size(); ++i)
        notes[i].length = std::min(notes[i].length, notes[i + 1].start - notes[i].start);
    std::erase_if(notes, [](const Draft& draft) { return draft.length.value <= 0; });
    fit_pitches(notes, score_, knowledge_, line_taste(index), luck);
    tunes_[index] = std::move(notes);
}

// The hook's first bars, once, where there is room: an intro's promise, an outro's memory.
void MelodyWriter::hint(std::size_t index) {
    const SectionPlan& section = form_.sections[index];
    Chance luck = chance(Stream::melody, "hint", static_cast<int>(index));
    if (!luck.happens(std::min(1.0, style_.section(section.kind).lead * 1.8))) return;
    const std::size_t main = main_section();
    const int hook_bars = std::min(style_.melody.hook_bars, section.bars);
    const Ticks from = start_of(main), until = from + score_.metre.bar() * hook_bars;
    const int at = section.kind == SectionKind::outro ? 0 : std::max(0, section.bars - hook_bars - 2);
    const Ticks to = start_of(index) + score_.metre.bar() * at;
    const int octaves = octaves_between(main, index);
    std::vector<Draft> notes;
    for (const Draft& draft : tunes_[main]) {
        if (draft.start < from || draft.start >= until) continue;
        Draft again = draft;
        again.start = draft.start - from + to;
        if (again.start >= end_of(index)) continue;
        recall(again, draft, octaves);
        notes.push_back(again);
    }
    fit_pitches(notes, score_, knowledge_, line_taste(index), luck);
    tunes_[index] = std::move(notes);
}

// The last bar is the last word: the tonic, as long as the ending lets it sound.
void MelodyWriter::end_song() {
    if (plan_.ending == music::Ending::loop || plan_.ending == music::Ending::fade) return;
    const std::size_t last = form_.sections.size() - 1;
    auto& tune = tunes_[last];
    const Ticks bar = score_.metre.bar();
    const Ticks last_bar = score_.bars.back().start;
    const bool plays =
        std::ranges::any_of(tune, [&](const Draft& note) { return note.start + bar * 4 >= last_bar; });
    if (!plays && form_.sections.size() > 1) return;
    std::erase_if(tune, [&](const Draft& note) { return note.start >= last_bar; });
    if (!tune.empty()) tune.back().length = std::min(tune.back().length, last_bar - tune.back().start);
    Draft note;
    note.start = last_bar;
    note.length = plan_.ending == music::Ending::button ? std::min(base::kQuarter, bar) : bar;
    if (plan_.ending == music::Ending::button) note.start = form_.length.final_stroke;
    note.target = tune.empty() ? compass_.centre : tune.back().pitch;
    note.rest = Rest::final;
    note.begins = tune.empty();
    for (Draft& other : tune) other.rest = Rest::none;
    tune.push_back(note);
    Chance luck = chance(Stream::ending, "last note");
    fit_pitches(tune, score_, knowledge_, line_taste(last), luck);
}

std::vector<std::vector<Draft>> MelodyWriter::write() {
    const bool tune = !score_.chords.empty() && style_.melody.tune && bearers_.instrument != nullptr;
    if (!tune && !sung_) return tunes_;
    // The hook is found first; all else is measured against it.
    const std::size_t main = main_section();
    if (has_words(main))
        sing(main);
    else if (tune)
        compose(main);
    for (std::size_t i = 0; i < form_.sections.size(); ++i) {
        if (i == main) continue;
        if (has_words(i)) {
            sing(i);
            continue;
        }
        if (!tune || !plays(i)) continue;
        const int model = form_.sections[i].repeats;
        const bool copies = model >= 0 && !tunes_[static_cast<std::size_t>(model)].empty();
        if (copies)
            copy(i, static_cast<std::size_t>(model));
        else
            compose(i);
    }
    for (std::size_t i = 0; i < form_.sections.size() && tune; ++i)
        if (i != main && !has_words(i) && !plays(i)) hint(i);
    for (std::size_t i = 0; i + 1 < tunes_.size(); ++i)
        for (std::size_t next = i + 1; next < tunes_.size() && next < i + 3; ++next)
            if (!has_words(i))
                make_room(tunes_[i], tunes_[next]);
            else if (has_words(next) && !tunes_[i].empty() && !tunes_[next].empty())
                tunes_[i].back().length =
                    std::min(tunes_[i].back().length,
                             std::max(base::kSixteenth, tunes_[next].front().start - tunes_[i].back().start -
                                                            base::kSixteenth));
            else if (!has_words(next) && !tunes_[i].empty())
                // Words are not cut for an upbeat.
                std::erase_if(tunes_[next], [&](const Draft& draft) {
                    return draft.start < tunes_[i].back().start + tunes_[i].back().length;
                });
    if (tune) end_song();
    return tunes_;
}

void MelodyWriter::note_sung_phrases(std::size_t index, const std::vector<int>& first,
                                     Outline& outline) const {
    const SectionPlan& section = form_.sections[index];
    for (std::size_t p = 0; p < section.phrases.size(); ++p) {
        const SungPhrase& sung = section.phrases[p];
        Phrase phrase;
        phrase.start = start_of(index) + score_.metre.bar() * sung.first_bar;
        phrase.length = score_.metre.bar() * sung.bars;
        phrase.section = static_cast<int>(index);
        phrase.cadence = p % 2 == 1 || p + 1 == section.phrases.size();
        if (section.repeats >= 0 &&
            p < form_.sections[static_cast<std::size_t>(section.repeats)].phrases.size())
            phrase.copies = first[static_cast<std::size_t>(section.repeats)] + static_cast<int>(p);
        outline.phrases.push_back(phrase);
    }
}

void MelodyWriter::note_phrases(Outline& outline) const {
    outline.phrases.clear();
    std::vector<int> first(form_.sections.size(), -1);
    for (std::size_t s = 0; s < form_.sections.size(); ++s) {
        first[s] = static_cast<int>(outline.phrases.size());
        const SectionPlan& section = form_.sections[s];
        if (has_words(s)) {
            note_sung_phrases(s, first, outline);
            continue;
        }
        const auto specs = divide(section.bars, style_.melody.phrase_bars, true);
        for (std::size_t p = 0; p < specs.size(); ++p) {
            Phrase phrase;
            phrase.start = start_of(s) + score_.metre.bar() * specs[p].first_bar;
            phrase.length = score_.metre.bar() * specs[p].bars;
            phrase.section = static_cast<int>(s);
            phrase.cadence = specs[p].rest == Rest::closed;
            if (section.repeats >= 0 &&
                section.bars <= form_.sections[static_cast<std::size_t>(section.repeats)].bars)
                phrase.copies = first[static_cast<std::size_t>(section.repeats)] + static_cast<int>(p);
            else if (specs[p].model >= 0)
                phrase.copies = first[s] + specs[p].model;
            outline.phrases.push_back(phrase);
        }
    }
}

}  // namespace

namespace {

// Loud with the section and the word; the singer does the rest.
music::Note sung_note(const music::Score& score, const Draft& draft, double weight) {
    const music::Section& section = score.section_at(draft.start);
    music::Note note;
    note.start = draft.start;
    note.length = draft.length;
    note.pitch = draft.pitch;
    note.velocity =
        static_cast<float>(std::clamp(0.56 + 0.26 * section.energy + 0.08 * (weight - 0.5), 0.2, 1.0));
    return note;
}

}  // namespace

void write_melody(const music::Plan& plan, const style::CompositionStyle& style, const Form& form,
                  const TuneBearers& bearers, int attempt, const music::Score& score, Outline& outline,
                  music::Part& lead) {
    MelodyWriter writer(plan, style, form, bearers, attempt, score);
    writer.note_phrases(outline);
    const auto tunes = writer.write();
    lead.notes.clear();
    outline.sung.clear();
    for (std::size_t s = 0; s < tunes.size(); ++s) {
        std::vector<Draft> played;
        for (const Draft& draft : tunes[s]) {
            if (draft.text < 0) {
                played.push_back(draft);
                continue;
            }
            const SungText& text = writer.texts()[static_cast<std::size_t>(draft.text)];
            outline.sung.push_back({draft.start, text.section, text.phrase, text.syllable});
            const SungPhrase& phrase = form.sections[static_cast<std::size_t>(text.section)]
                                           .phrases[static_cast<std::size_t>(text.phrase)];
            lead.notes.push_back(
                sung_note(score, draft, phrase.syllables[static_cast<std::size_t>(text.syllable)].weight));
        }
        add_touch(plan, style.melody, score, s, played, lead.notes);
    }
    std::ranges::stable_sort(lead.notes, {}, &music::Note::start);
    std::ranges::stable_sort(outline.sung, {}, &SungOn::start);
}

}  // namespace mmx::compose
