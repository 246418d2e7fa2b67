#include "voice/timing.h"

#include <algorithm>

#include "voice/borders.h"

namespace mmx::voice {
namespace {

constexpr double kShortest = 0.035, kLongest = 0.17;  // a consonant, s
constexpr double kShareOfConsonants = 0.55;           // of the time from vowel to vowel, at most
constexpr double kHeardRest = 0.12;                   // a gap between notes this long is heard as a rest
constexpr double kOpensFaster = 1.75;                 // than in speech, into a vowel
constexpr double kEdge = 0.07;                        // head and tail of a vowel that keep their pace

// Frames a phone has in the model's speech.
struct Natural {
    double from = 0, to = 0;
    double seconds() const { return (to - from) * kFrameSeconds; }
};

using Borders = std::vector<double>;  // see voice/borders.h

Natural natural_of(const Borders& borders, std::size_t phone) {
    return {borders[phone], borders[phone + 1]};
}

// How the inside of a vowel is drawn out.
struct Vowel {
    double hold = 0.5;  // the place in its natural course where it stays, 0-1
    double head = 0, tail = 0;
};
Vowel shape_of(const Phone& phone, double natural) {
    // A diphthong stays on its first target and glides at the end, as singers are taught.
    if (phone.manner == Manner::diphthong)
        return {0.3, std::min(kEdge, 0.28 * natural), std::min(0.16, 0.6 * natural)};
    return {0.5, std::min(kEdge, 0.45 * natural), std::min(kEdge, 0.45 * natural)};
}

// Out of closed lips, a closed palate or a breath a singer opens at once, where a speaker glides.
bool opens_at_once_after(const Phone* phone) {
    return phone != nullptr && (phone->manner == Manner::stop || phone->manner == Manner::nasal ||
                                phone->manner == Manner::aspirate);
}

class Builder {
  public:
    Builder(const std::vector<LinePhone>& phones, const Borders& borders)
        : phones_(phones), borders_(borders) {}

    void consonant(std::size_t index, double start, double end) {
        const Natural natural = natural_of(borders_, index);
        begin(index, start, end);
        stretch(start, end, natural.from, natural.to);
    }

    void nucleus(std::size_t index, double start, double end) {
        Natural natural = natural_of(borders_, index);
        // After a rest in the middle of what was spoken without one, the way out of the last phone is left
        // out.
        const bool out_of_phone =
            !timing_.phones.empty() && timing_.phones.back().breaks && speaks(index - 1);
        begin(index, start, end);
        if (out_of_phone)
            natural.from += shape_of(*timing_.phones.back().phone, natural.seconds()).head / kFrameSeconds;
        const double length = end - start, own = natural.seconds();
        const Vowel vowel = shape_of(*timing_.phones.back().phone, own);
        const bool opens =
            out_of_phone || (index > 0 && opens_at_once_after(find_phone(phones_[index - 1].name)));
        const bool held = length > own + 0.01;
        const double pace = opens ? kOpensFaster : 1.0;
        const double head = vowel.head / pace * (held ? 1.0 : std::min(length / own, 1.0));
        const double head_frames = vowel.head / kFrameSeconds, tail_frames = vowel.tail / kFrameSeconds;
        stretch(start, start + head, natural.from, natural.from + head_frames);
        if (!held) return stretch(start + head, end, natural.from + head_frames, natural.to);
        stretch(start + head, end - vowel.tail, natural.from + head_frames, natural.to - tail_frames);
        stretch(end - vowel.tail, end, natural.to - tail_frames, natural.to);
    }

    void pause() {
        if (!timing_.phones.empty()) timing_.phones.back().breaks = true;
    }

    LineTiming finish() {
        pause();
        if (!timing_.phones.empty()) {
            timing_.start = timing_.phones.front().start;
            timing_.end = timing_.phones.back().end;
        }
        return std::move(timing_);
    }

  private:
    bool speaks(std::size_t index) const {
        const Phone* phone = find_phone(phones_[index].name);
        return phone != nullptr && phone->manner != Manner::pause;
    }
    void begin(std::size_t index, double start, double end) {
        const Phone* phone = find_phone(phones_[index].name);
        static const Phone kUnknown{};
        timing_.phones.push_back({phone != nullptr ? phone : &kUnknown, start, end, phones_[index].syllable,
                                  phones_[index].nucleus, false});
    }
    void stretch(double start, double end, double from, double to) {
        if (end > start)
            timing_.stretches.push_back({start, end, from, to, static_cast<int>(timing_.phones.size()) - 1});
    }

    const std::vector<LinePhone>& phones_;
    const Borders& borders_;
    LineTiming timing_;
};

// The phones of one syllable, as indices.
struct Syllable {
    std::size_t first = 0, nucleus = 0, end = 0;
    double start = 0, stop = 0;  // of its notes
};

std::vector<Syllable> syllables_of(const std::vector<LinePhone>& phones,
                                   const std::vector<TimedNote>& notes) {
    std::vector<Syllable> syllables;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (phones[i].syllable < 0) continue;
        if (syllables.empty() || phones[i].syllable != phones[syllables.back().first].syllable)
            syllables.push_back({i, i, i, 0, 0});
        if (phones[i].nucleus) syllables.back().nucleus = i;
        syllables.back().end = i + 1;
    }
    for (Syllable& one : syllables) {
        bool first = true;
        for (const TimedNote& note : notes)
            if (note.syllable == phones[one.first].syllable) {
                one.start = first ? note.start : std::min(one.start, note.start);
                one.stop = first ? note.end : std::max(one.stop, note.end);
                first = false;
            }
    }
    return syllables;
}

double consonant_length(const Borders& borders, std::size_t index) {
    return std::clamp(natural_of(borders, index).seconds(), kShortest, kLongest);
}
double cluster_length(const Borders& borders, std::size_t first, std::size_t end) {
    double sum = 0;
    for (std::size_t i = first; i < end; ++i) sum += consonant_length(borders, i);
    return sum;
}

// Consonants one after the other, all shortened alike to fill the time.
void lay(Builder& builder, const Borders& borders, std::size_t first, std::size_t end, double start,
         double stop) {
    const double natural = cluster_length(borders, first, end);
    if (natural <= 0) return;
    const double scale = (stop - start) / natural;
    for (std::size_t i = first; i < end; ++i) {
        const double length = consonant_length(borders, i) * scale;
        builder.consonant(i, start, start + length);
        start += length;
    }
}

LineTiming time_notes(const std::vector<LinePhone>& phones, const Spoken& spoken,
                      const std::vector<TimedNote>& notes, double earliest, double longest_vowel) {
    const Borders borders = borders_of(phones, spoken);
    Builder builder(phones, borders);
    const std::vector<Syllable> syllables = syllables_of(phones, notes);
    double free_from = earliest;  // nothing sounds from here on
    for (std::size_t s = 0; s < syllables.size(); ++s) {
        const Syllable& now = syllables[s];
        // Onset: after a rest it stands before the note; after a sung syllable it has been laid with the
        // coda.
        const double onset = cluster_length(borders, now.first, now.nucleus);
        if (s == 0 || free_from >= 0) {
            const double room = std::max(now.start - std::max(free_from, earliest), 0.0);
            const double length = std::min(onset, room);
            lay(builder, borders, now.first, now.nucleus, now.start - length, now.start);
        }
        const bool last = s + 1 == syllables.size();
        const double coda = cluster_length(borders, now.nucleus + 1, now.end);
        const double own = natural_of(borders, now.nucleus).seconds();
        double stop = now.stop;
        if (longest_vowel > 0) stop = std::min(stop, now.start + longest_vowel * own + coda);
        const bool rests = last || syllables[s + 1].start - stop > kHeardRest;
        if (rests) {
            // The last consonant is let go where the note ends.
            const double length = std::min(coda, 0.45 * (stop - now.start));
            builder.nucleus(now.nucleus, now.start, stop - length);
            lay(builder, borders, now.nucleus + 1, now.end, stop - length, stop);
            builder.pause();
            free_from = stop;
            continue;
        }
        const Syllable& next = syllables[s + 1];
        const double from_vowel_to_vowel = next.start - now.start;
        const double between = coda + cluster_length(borders, next.first, next.nucleus);
        const double length = std::min(between, kShareOfConsonants * from_vowel_to_vowel);
        const double scale = between > 0 ? length / between : 0;
        const double vowel_end = next.start - length;
        builder.nucleus(now.nucleus, now.start, vowel_end);
        lay(builder, borders, now.nucleus + 1, now.end, vowel_end, vowel_end + coda * scale);
        lay(builder, borders, next.first, next.nucleus, vowel_end + coda * scale, next.start);
        free_from = -1;  // the next onset is laid
    }
    return builder.finish();
}

}  // namespace

LineTiming time_sung(const std::vector<LinePhone>& phones, const Spoken& spoken,
                     const std::vector<TimedNote>& notes, double earliest) {
    return time_notes(phones, spoken, notes, earliest, 0);
}

LineTiming time_rapped(const std::vector<LinePhone>& phones, const Spoken& spoken,
                       const std::vector<TimedNote>& notes, double earliest) {
    return time_notes(phones, spoken, notes, earliest, 1.6);
}

LineTiming time_spoken(const std::vector<LinePhone>& phones, const Spoken& spoken,
                       const std::vector<TimedNote>& notes, double earliest) {
    const Borders borders = borders_of(phones, spoken);
    Builder builder(phones, borders);
    if (notes.empty()) return builder.finish();
    double natural = 0, before_vowel = 0;
    bool seen = false;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (phones[i].syllable < 0) continue;
        seen = seen || phones[i].nucleus;
        natural += natural_of(borders, i).seconds();
        if (!seen) before_vowel += natural_of(borders, i).seconds();
    }
    const double room = notes.back().end - notes.front().start;
    const double pace = std::clamp(room / std::max(natural - before_vowel, 0.05), 0.8, 1.25);
    double at = std::max(notes.front().start - before_vowel * pace, earliest);
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (phones[i].syllable < 0) continue;
        const double end = at + natural_of(borders, i).seconds() * pace;
        builder.consonant(i, at, end);
        at = end;
    }
    return builder.finish();
}

}  // namespace mmx::voice
