#include "compose/singers.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/random.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::SungLine;
using music::VocalPart;

constexpr int kChoirSingers = 8;

// The words of one singer in a line, in order.
std::vector<music::Word> words_of(const speech::Line& line, bool backing) {
    std::vector<music::Word> words;
    for (const speech::Word& word : line.words)
        if (word.backing == backing) words.push_back(word.sung);
    return words;
}

// What is shown of it: the line as it is written where it is all one singer's.
std::string text_of(const speech::Line& line, bool backing) {
    const bool mixed =
        std::ranges::any_of(line.words, [&](const speech::Word& w) { return w.backing != backing; });
    if (!mixed && !backing) return line.text;
    std::string text;
    for (const speech::Word& word : line.words)
        if (word.backing == backing) text += (text.empty() ? "" : " ") + word.sung.text;
    return text;
}

class Lines {
  public:
    Lines(const Form& form, const LyricText& text) : form_(form), text_(text) {}

    void add(const SungOn& on, const music::Note& note) {
        const SungPhrase& phrase =
            form_.sections[static_cast<std::size_t>(on.section)].phrases[static_cast<std::size_t>(on.phrase)];
        const TextSyllable& syllable = phrase.syllables[static_cast<std::size_t>(on.syllable)];
        SungLine& line = line_of(on.section, phrase);
        const std::tuple here{on.section, on.phrase, on.syllable};
        if (line.syllables.empty() || last_[phrase.backing] != here)
            line.syllables.push_back({syllable.word, syllable.syllable, {}});
        auto& notes = line.syllables.back().notes;
        // A melisma is bound: no breath within a syllable.
        if (!notes.empty()) notes.back().length = note.start - notes.back().start;
        notes.push_back({note.start, note.length, note.pitch, note.velocity});
        last_[phrase.backing] = here;
    }

    std::vector<SungLine> take(bool backing) {
        std::vector<SungLine> lines;
        for (auto& [key, line] : lines_)
            if (std::get<2>(key) == backing && !line.syllables.empty()) lines.push_back(std::move(line));
        std::ranges::stable_sort(
            lines, {}, [](const SungLine& line) { return line.syllables.front().notes.front().start; });
        return lines;
    }

  private:
    SungLine& line_of(int section, const SungPhrase& phrase) {
        const auto [at, fresh] = lines_.try_emplace({section, phrase.line, phrase.backing});
        if (fresh) {
            const speech::Line& written =
                text_.sections[lyric_section(section)][static_cast<std::size_t>(phrase.line)];
            at->second.section = section;
            at->second.lyric_line = phrase.line;
            at->second.text = text_of(written, phrase.backing);
            at->second.words = words_of(written, phrase.backing);
        }
        return at->second;
    }
    // The form frames the lyrics' sections with others.
    std::size_t lyric_section(int section) const {
        return static_cast<std::size_t>(form_.sections[static_cast<std::size_t>(section)].lyric_section);
    }

    const Form& form_;
    const LyricText& text_;
    std::map<std::tuple<int, int, bool>, SungLine> lines_;
    std::tuple<int, int, int> last_[2] = {{-1, -1, -1}, {-1, -1, -1}};
};

VocalPart part_like(const VocalPart& lead, std::string id, std::string name) {
    VocalPart part;
    part.id = std::move(id);
    part.name = std::move(name);
    part.voice = lead.voice;
    part.delivery = lead.delivery;
    part.backing = true;
    return part;
}

// A line in thirds and sixths beside the lead: notes of the chord where they last, of the key else, moving
// little.
class HarmonyWriter {
  public:
    HarmonyWriter(const music::Score& score, const VoiceCompass& compass, int side)
        : score_(score), compass_(compass), side_(side) {}

    SungLine beside(const SungLine& line) {
        SungLine harmony = line;
        before_ = 0;
        for (music::SungSyllable& syllable : harmony.syllables)
            for (music::SungNote& note : syllable.notes) {
                note.pitch = pitch_for(note);
                note.velocity *= 0.9f;
            }
        return harmony;
    }

  private:
    int pitch_for(const music::SungNote& note) {
        const music::ChordEvent* chord = score_.chord_at(note.start + note.length / 2);
        const auto key = score_.section_at(note.start).key;
        int best = note.pitch;
        double least = 1e9;
        // Above a voice's compass nobody is asked to sing: the other side serves then.
        for (const int side : {side_, -side_})
            for (const int interval : {3, 4, 5, 7, 8, 9, 10, 12, 0}) {
                const int pitch = note.pitch + side * interval;
                if (pitch < compass_.low - 2 || pitch > compass_.high) continue;
                constexpr double kTaste[] = {4, 9, 9, 0, 0, 0.8, 9, 1.2, 0.3, 0.3, 2.0, 9, 2.5};
                double cost = kTaste[interval] + (side == side_ ? 0 : 2.5);
                const bool lasts = note.length >= score_.metre.beat();
                if (chord != nullptr && !chord->chord.contains(pitch)) cost += lasts ? 2.4 : 0.9;
                if (key && !key->contains(pitch) && (chord == nullptr || !chord->chord.contains(pitch)))
                    cost += 5;
                if (before_ > 0) cost += 0.16 * std::abs(pitch - before_);
                if (cost < least) {
                    least = cost;
                    best = pitch;
                }
            }
        before_ = best;
        return best;
    }

    const music::Score& score_;
    const VoiceCompass& compass_;
    int side_;
    int before_ = 0;
};

bool is_refrain(const music::Score& score, const SungLine& line) {
    return is_main(score.sections[static_cast<std::size_t>(line.section)].kind);
}

// The number of the chorus a line stands in, from 0.
int chorus_number(const music::Score& score, const SungLine& line) {
    int number = 0;
    for (int s = 0; s < line.section; ++s)
        number += is_main(score.sections[static_cast<std::size_t>(s)].kind);
    return number;
}

}  // namespace

void hand_over_to_singers(const music::Plan& plan, const Form& form, const LyricText& text,
                          const Outline& outline, music::Score& score) {
    const auto part = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    if (part == score.parts.end()) return;
    Lines lines(form, text);
    std::vector<music::Note> played;
    auto on = outline.sung.begin();
    for (const music::Note& note : part->notes) {
        while (on != outline.sung.end() && on->start < note.start) ++on;
        if (on != outline.sung.end() && on->start == note.start) {
            lines.add(*on, note);
            ++on;
        } else {
            played.push_back(note);
        }
    }
    part->notes = std::move(played);
    if (part->notes.empty() || part->instrument.empty()) score.parts.erase(part);

    VocalPart lead;
    lead.id = "vocals";
    lead.name = "Lead vocals";
    lead.voice = plan.voice;
    lead.delivery =
        score.chords.empty() && plan.delivery == music::Delivery::sung ? music::Delivery::rap : plan.delivery;
    lead.singers = plan.choir ? kChoirSingers : 1;
    lead.lines = lines.take(false);
    VocalPart backing = part_like(lead, "backing-vocals", "Backing vocals");
    backing.singers = plan.choir ? kChoirSingers : 2;
    backing.lines = lines.take(true);
    if (!lead.lines.empty()) score.vocals.push_back(std::move(lead));
    if (!backing.lines.empty()) score.vocals.push_back(std::move(backing));
}

void add_backing(const music::Plan& plan, const Manner& manner, const VoiceCompass& compass,
                 music::Score& score) {
    if (score.vocals.empty() || score.vocals.front().backing || score.chords.empty()) return;
    if (score.vocals.front().delivery != music::Delivery::sung) return;
    const VocalPart lead = score.vocals.front();
    base::Chance luck(plan.seed, base::Stream::singing, {7, 0, 0});
    const bool above = luck.happens(plan.choir ? 1.0 : manner.above);
    const bool below = luck.happens(plan.choir ? 1.0 : manner.below);
    const bool has_refrain =
        std::ranges::any_of(lead.lines, [&](const SungLine& l) { return is_refrain(score, l); });
    int last_section = 0;
    for (const SungLine& line : lead.lines) last_section = std::max(last_section, line.section);
    // Without a chorus the last verse is the summit, and its last lines where it is the only one.
    const bool one_section = lead.lines.front().section == last_section;
    const Ticks late = lead.lines[lead.lines.size() * 2 / 3].syllables.front().notes.front().start;
    const auto joins = [&](const SungLine& line, bool from_the_first) {
        if (plan.choir) return true;
        if (!has_refrain)
            return line.section == last_section &&
                   (!one_section || line.syllables.front().notes.front().start >= late);
        return is_refrain(score, line) && (from_the_first || chorus_number(score, line) > 0);
    };
    const auto add = [&](const std::string& id, const std::string& name, int side, double pan,
                         bool from_the_first) {
        VocalPart part = part_like(lead, id, name);
        part.pan = pan;
        part.singers = lead.singers;
        HarmonyWriter writer(score, compass, side);
        for (const SungLine& line : lead.lines)
            if (joins(line, from_the_first)) part.lines.push_back(writer.beside(line));
        if (!part.lines.empty()) score.vocals.push_back(std::move(part));
    };
    // The first chorus keeps something for the second.
    if (below) add("harmony-1", "Harmony below", -1, -0.35, true);
    if (above) add("harmony-2", "Harmony above", 1, 0.35, !below);
    if (manner.doubles > 1 && !plan.choir) {
        VocalPart doubles = part_like(lead, "doubles", "Doubled lead");
        doubles.singers = manner.doubles;
        for (const SungLine& line : lead.lines)
            if (has_refrain && is_refrain(score, line)) doubles.lines.push_back(line);
        if (!doubles.lines.empty()) score.vocals.push_back(std::move(doubles));
    }
}

}  // namespace mmx::compose
