#include "compose/harmony.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/maths.h"
#include "base/random.h"
#include "compose/key_finding.h"

namespace mmx::compose {
namespace {

using base::Chance;
using base::Stream;
using music::Mode;
using music::SectionKind;

using BarChords = std::vector<Numeral>;
using Bars = std::vector<BarChords>;

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

// The chord that leads home, and the home chord, in each mode's own words.
std::string_view leading_chord(Mode mode) {
    switch (mode) {
        case Mode::mixolydian:
            return "VII";
        case Mode::dorian:
            return "VII";
        case Mode::phrygian:
        case Mode::locrian:
        case Mode::phrygian_dominant:
            return "II";
        case Mode::lydian:
            return "V";
        case Mode::minor_pentatonic:
            return "v";
        case Mode::blues:
            return "V7";
        default:
            return "V";
    }
}
std::string_view home_chord(Mode mode) {
    if (mode == Mode::locrian) return "i°";
    if (mode == Mode::blues) return "I7";
    return music::facts(mode).minor_third ? "i" : "I";
}

class Harmoniser {
  public:
    Harmoniser(const music::Plan& plan, const style::CompositionStyle& style, int attempt)
        : plan_(plan), style_(style), knowledge_(style), attempt_(attempt), mode_(plan.key->mode) {}

    Bars material(const std::string& name, SectionKind kind, int bars);

  private:
    std::vector<std::string> choose_progression(const std::string& name, SectionKind kind, int bars,
                                                Chance& chance);
    std::vector<std::string> tiled(const std::vector<std::string>& progression, SectionKind kind,
                                   int bars) const;
    Bars parsed(const std::vector<std::string>& bars) const;
    double clarity(const std::vector<std::string>& progression) const;
    void add_cadences(Bars& bars, SectionKind kind, std::size_t period, Chance& chance) const;
    void add_spice(Bars& bars, Chance& chance) const;
    void add_bass_lines(Bars& bars, Chance& chance) const;
    void colour(Bars& bars, Chance& chance) const;
    Numeral numeral(std::string_view text) const { return read_numeral(text, mode_).value_or(Numeral{}); }

    const music::Plan& plan_;
    const style::CompositionStyle& style_;
    Knowledge knowledge_;
    int attempt_;
    Mode mode_;
    std::vector<std::vector<std::string>> used_;
};

int code_of(const Numeral& numeral) {
    return numeral.root + (numeral.minor_like() ? 12 : 0);
}

std::vector<std::string> Harmoniser::choose_progression(const std::string& name, SectionKind kind, int bars,
                                                        Chance& chance) {
    const bool minor_key = music::facts(mode_).minor_third;
    const bool is_major_or_minor = mode_ == Mode::major || mode_ == Mode::minor;
    // The second tune of a form in letters wants another light.
    SectionKind asked = kind;
    if (kind == SectionKind::theme && (name == "B" || name == "D")) asked = SectionKind::bridge;
    std::vector<style::Progression> candidates = knowledge_.progressions(mode_, asked);
    if (is_major_or_minor && style_.harmony.learned > 0) {
        double total = 0;
        for (const auto& candidate : candidates) total += candidate.weight;
        constexpr int kLearned = 4;
        for (int i = 0; i < kLearned; ++i) {
            style::Progression learned;
            learned.bars =
                knowledge_.learned_progression(minor_key, kind, bars >= 8 && i % 2 == 1 ? 8 : 4, chance);
            learned.weight =
                total * style_.harmony.learned / (1.0 - std::min(0.9, style_.harmony.learned)) / kLearned;
            if (!learned.bars.empty()) candidates.push_back(std::move(learned));
        }
    }
    std::vector<double> weights;
    for (const style::Progression& candidate : candidates) {
        double weight = candidate.weight;
        // Sections are told apart by their chords: what was used already is rather not used again.
        for (const auto& other : used_) {
            if (other == candidate.bars)
                weight *= 0.04;
            else if (!other.empty() && other.front() == candidate.bars.front())
                weight *= 0.75;
        }
        // What songs usually do lifts or lowers the style's own wish a little.
        if (is_major_or_minor) {
            double sum = 0;
            int steps = 0;
            std::optional<int> from;
            for (const std::string& bar : candidate.bars) {
                const auto chord = read_numeral(std::string_view(bar).substr(0, bar.find(' ')), mode_);
                if (!chord) continue;
                if (from) sum += knowledge_.chord_change(minor_key, kind, *from, code_of(*chord)), ++steps;
                from = code_of(*chord);
            }
            if (steps > 0) weight *= std::clamp(1.0 + 0.15 * (sum / steps + 2.0), 0.6, 1.4);
        }
        // A song sent back for an unclear key leans on progressions that say where home is.
        if (attempt_ > 0 && is_major_or_minor)
            weight *= base::exp(std::min(attempt_, 6) * 5.0 * clarity(candidate.bars));
        weights.push_back(weight);
    }
    const std::vector<std::string> chosen = candidates[chance.pick(weights)].bars;
    used_.push_back(chosen);
    return chosen;
}

// How clearly a progression's own notes tell the key.
double Harmoniser::clarity(const std::vector<std::string>& progression) const {
    std::array<double, 12> classes{};
    for (const BarChords& bar : parsed(progression))
        for (const Numeral& chord : bar)
            for (const int interval : music::facts(chord.quality).intervals)
                classes[static_cast<std::size_t>((chord.root + interval) % 12)] +=
                    1.0 / static_cast<double>(bar.size());
    music::Key key = *plan_.key;
    key.tonic = 0;
    return key_margin(classes, key);
}

std::vector<std::string> Harmoniser::tiled(const std::vector<std::string>& progression, SectionKind kind,
                                           int bars) const {
    const int size = static_cast<int>(progression.size());
    std::vector<std::string> tiles;
    if (bars < size && size == 12 && bars >= 8) {
        // The short blues: bars 1-4 and 9-12.
        for (int i = 0; i < bars; ++i)
            tiles.push_back(progression[static_cast<std::size_t>(i < 4 ? i : size - bars + i)]);
        return tiles;
    }
    const bool from_the_end = bars < size && (kind == SectionKind::outro || kind == SectionKind::pre_chorus);
    for (int i = 0; i < bars; ++i)
        tiles.push_back(progression[static_cast<std::size_t>(from_the_end ? size - bars + i : i % size)]);
    return tiles;
}

Bars Harmoniser::parsed(const std::vector<std::string>& texts) const {
    Bars bars;
    for (const std::string& text : texts) {
        BarChords bar;
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t end = rest.find(' ');
            const std::string_view word = rest.substr(0, end);
            if (!word.empty())
                if (const auto chord = read_numeral(word, mode_)) bar.push_back(*chord);
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + 1);
        }
        if (bar.empty()) bar.push_back(numeral(home_chord(mode_)));
        bars.push_back(std::move(bar));
    }
    return bars;
}

// Only where a progression goes round: written-out periods have their cadences.
void Harmoniser::add_cadences(Bars& bars, SectionKind kind, std::size_t period, Chance& chance) const {
    if (style_.loops || bars.size() < 8 || period >= 8) return;
    const double often = style_.harmony.cadences;
    const Numeral leading = numeral(leading_chord(mode_)), home = numeral(home_chord(mode_));
    if (chance.happens(often * 0.7) && bars[3].back().tonic()) bars[3] = {leading};
    if (!chance.happens(often * 0.75)) return;
    const std::size_t last = bars.size() - 1;
    const bool opens = kind == SectionKind::verse || kind == SectionKind::pre_chorus ||
                       kind == SectionKind::bridge || kind == SectionKind::build;
    if (opens) {
        bars[last] = {leading};
    } else {
        bars[last] = {home};
        if (bars[last - 1].back().tonic() || !bars[last - 1].back().applied) bars[last - 1] = {leading};
    }
}

void Harmoniser::add_spice(Bars& bars, Chance& chance) const {
    const double wish = 0.5 + plan_.complexity;
    for (std::size_t i = 0; i + 1 < bars.size(); ++i) {
        if (bars[i].size() > 1) continue;
        const Numeral next = bars[i + 1].front();
        const Numeral here = bars[i].front();
        if (mode_ == Mode::major && here.root == 5 && here.quality == music::Quality::major && next.tonic() &&
            chance.happens(style_.harmony.mixture * wish)) {
            bars[i].push_back(numeral("iv"));
            continue;
        }
        const bool can_be_approached = !next.tonic() && !next.applied && next.root != here.root &&
                                       next.quality != music::Quality::diminished &&
                                       next.text.find(':') == std::string::npos &&
                                       (next.root == 9 || next.root == 2 || next.root == 7 || next.root == 5);
        if (mode_ == Mode::major && can_be_approached && chance.happens(style_.harmony.secondary * wish)) {
            std::string plain = next.text.substr(0, next.text.find_first_of("7m69as"));
            const Numeral dominant = numeral("V7/" + plain);
            if (dominant.root == (next.root + 7) % 12) bars[i].push_back(dominant);
        }
    }
    if (!style_.loops && bars.size() >= 4 && bars.back().size() == 1 && bars.back().front().tonic() &&
        chance.happens(style_.harmony.turnarounds))
        bars.back().push_back(numeral(leading_chord(mode_)));
}

// First inversions where they let the bass walk by step, and pedals that hold it still.
void Harmoniser::add_bass_lines(Bars& bars, Chance& chance) const {
    std::vector<Numeral*> chords;
    for (BarChords& bar : bars)
        for (Numeral& chord : bar) chords.push_back(&chord);
    const auto near = [](int a, int b) {
        const int gap = ((a - b) % 12 + 12) % 12;
        return gap == 1 || gap == 2 || gap == 10 || gap == 11;
    };
    for (std::size_t i = 1; i + 1 < chords.size(); ++i) {
        Numeral& chord = *chords[i];
        if (chord.bass != 0 || chord.applied || chord.quality == music::Quality::power) continue;
        const int third = (chord.root + (chord.minor_like() ? 3 : 4)) % 12;
        const bool walks = near(third, chords[i - 1]->root) && near(third, chords[i + 1]->root);
        if (walks && !near(chord.root, chords[i - 1]->root) &&
            chance.happens(style_.harmony.inversions * 1.5)) {
            chord.bass = '3';
            chord.text += ":3";
        }
    }
}

void Harmoniser::colour(Bars& bars, Chance& chance) const {
    const style::ChordColours& c = style_.harmony.colours;
    const double rich = 0.4 + 1.2 * plan_.complexity;
    const std::array<double, 7> weights = {c.triad,       c.seventh * rich, c.ninth * rich, c.sixth * rich,
                                           c.add9 * rich, c.sus * rich,     c.power};
    // One chord keeps one colour within a section, so that it is recognised.
    std::map<std::string, Colour> chosen;
    for (BarChords& bar : bars)
        for (Numeral& chord : bar) {
            const auto found = chosen.find(chord.text);
            const Colour colour =
                found != chosen.end() ? found->second : static_cast<Colour>(chance.pick(weights));
            chosen.emplace(chord.text, colour);
            chord = coloured(chord, colour, mode_);
        }
}

Bars Harmoniser::material(const std::string& name, SectionKind kind, int bars) {
    Chance chance(plan_.seed, Stream::harmony, {hash_of(name), static_cast<std::uint64_t>(attempt_), 0});
    const std::vector<std::string> progression = choose_progression(name, kind, bars, chance);
    Bars written = parsed(tiled(progression, kind, bars));
    add_cadences(written, kind, progression.size(), chance);
    add_spice(written, chance);
    add_bass_lines(written, chance);
    colour(written, chance);
    return written;
}

// The last chord is home; where the style has cadences, something leads there.
void come_home(Bars& bars, const style::CompositionStyle& style, Mode mode, bool leads) {
    const auto home = read_numeral(home_chord(mode), mode);
    const auto leading = read_numeral(leading_chord(mode), mode);
    if (!home || !leading || bars.empty()) return;
    Colour colour = Colour::triad;
    const style::ChordColours& c = style.harmony.colours;
    if (c.sixth >= 1 && !music::facts(mode).minor_third)
        colour = Colour::sixth;
    else if (c.ninth + c.seventh > c.triad * 2)
        colour = c.ninth > 2 ? Colour::ninth : Colour::seventh;
    else if (c.power > c.triad)
        colour = Colour::power;
    bars.back() = {coloured(*home, colour, mode)};
    if (!leads || bars.size() < 2) return;
    BarChords& before = bars[bars.size() - 2];
    if (before.back().tonic() || style.harmony.cadences > 0.6) {
        const Colour dress = c.seventh > 1 ? Colour::seventh : Colour::triad;
        before.back() = coloured(*leading, dress, mode);
    }
}

}  // namespace

void harmonise(const music::Plan& plan, const style::CompositionStyle& style, const Form& form, int attempt,
               music::Score& score) {
    score.chords.clear();
    if (!plan.key) return;
    Harmoniser harmoniser(plan, style, attempt);
    // Each material is written once, as long as its longest section, by the section that gives it its name.
    std::map<std::string, Bars> materials;
    for (const SectionPlan& section : form.sections) {
        if (materials.contains(section.harmony)) continue;
        int bars = 0;
        const SectionPlan* owner = &section;
        for (const SectionPlan& other : form.sections) {
            if (other.harmony != section.harmony) continue;
            bars = std::max(bars, other.bars);
            const bool owns = is_main(other.kind) || other.kind == SectionKind::verse;
            if (owns && !is_main(owner->kind) && owner->kind != SectionKind::verse) owner = &other;
        }
        materials[section.harmony] = harmoniser.material(section.harmony, owner->kind, bars);
    }
    const bool goes_home = plan.ending != music::Ending::loop && plan.ending != music::Ending::fade;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& section = form.sections[s];
        const Bars& material = materials[section.harmony];
        Bars bars(material.begin(), material.begin() + section.bars);
        // A shortened section still ends as its model does.
        if (section.bars < static_cast<int>(material.size()) && section.bars >= 4 && !style.loops)
            bars.back() = material.back();
        if (goes_home && s + 1 == form.sections.size())
            come_home(bars, style, plan.key->mode, section.bars >= 3 && !style.loops);
        const music::Key key = score.sections[s].key.value_or(*plan.key);
        const base::Ticks bar_length = score.metre.bar();
        for (int b = 0; b < section.bars; ++b) {
            const BarChords& chords = bars[static_cast<std::size_t>(b)];
            const base::Ticks start =
                score.bars[static_cast<std::size_t>(score.sections[s].first_bar + b)].start;
            // Chords change on pulses of the metre.
            const auto pulses = score.metre.pulses();
            const int count = std::min(static_cast<int>(chords.size()), static_cast<int>(pulses.size()));
            std::vector<base::Ticks> starts;
            for (int i = 0; i < count; ++i) {
                const std::size_t pulse =
                    count == 2 && score.metre.denominator == 8
                        ? (i == 0 ? 0 : (pulses.size() + 1) / 2)
                        : static_cast<std::size_t>((static_cast<int>(pulses.size()) * i + count - 1) / count);
                starts.push_back(pulses[std::min(pulse, pulses.size() - 1)]);
            }
            for (int i = 0; i < count; ++i) {
                const base::Ticks from = starts[static_cast<std::size_t>(i)];
                const base::Ticks to = i + 1 < count ? starts[static_cast<std::size_t>(i + 1)] : bar_length;
                const Numeral& chord = chords[static_cast<std::size_t>(i)];
                score.chords.push_back(
                    {start + from, to - from, chord_of(chord, key), chord.text, static_cast<int>(s)});
            }
        }
    }
}

}  // namespace mmx::compose
