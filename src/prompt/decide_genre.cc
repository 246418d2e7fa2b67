// Which style leads, and which lends: the genre words decide, then what the instruments, places and moods
// suggest.
#include <algorithm>
#include <map>

#include "prompt/decide.h"

namespace mmx::prompt {
namespace {

bool names_style(const Finding& finding, Firmness at_least) {
    return !finding.denied && !finding.entry->effects.style.empty() &&
           finding.entry->effects.firmness >= at_least;
}

// Genre words that touch are one name whose last word is the noun: "jazz house" is house with jazz in it.
bool touch(const Desk& desk, const Finding& a, const Finding& b) {
    return a.end() == b.first && b.first < desk.reading.words.size() &&
           desk.reading.words[b.first].before == Gap::joined;
}

// The strong genre words in order of importance.
std::vector<const Finding*> strong_genres(const Desk& desk) {
    std::vector<const Finding*> row;
    for (const Finding& finding : desk.reading.findings)
        if (finding.entry->kind == WordKind::genre && names_style(finding, Firmness::strong))
            row.push_back(&finding);
    // "Rock ballad", "K-pop dance track": such words bend a genre and lead only when they stand alone.
    const auto bends = [](const Finding* finding) { return finding->entry->effects.modifier; };
    if (!std::ranges::all_of(row, bends)) std::erase_if(row, bends);
    if (row.empty()) return row;
    // The first group of touching words, its noun first; then the others as they come.
    std::size_t last = 0;
    while (last + 1 < row.size() && touch(desk, *row[last], *row[last + 1])) ++last;
    std::rotate(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(last),
                row.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return row;
}

struct Hint {
    const char* instrument;
    const char* style;
    double weight;
};
// What an instrument suggests when no genre is named.
constexpr Hint kHints[] = {
    {"banjo", "folk-ballad", 2},
    {"fiddle", "folk-ballad", 2},
    {"steel-guitar", "folk-ballad", 1.5},
    {"mandolin", "folk-ballad", 1.5},
    {"ukulele", "folk-ballad", 1.5},
    {"harmonica", "folk-ballad", 1.5},
    {"accordion", "folk-ballad", 1.2},
    {"whistle", "folk-ballad", 1},
    {"bagpipes", "folk-ballad", 1.5},
    {"distorted-guitar", "rock", 2.5},
    {"overdriven-guitar", "rock", 2},
    {"muted-guitar", "rock", 1.5},
    {"clean-guitar", "rock", 0.8},
    {"power-kit", "rock", 1.5},
    {"rock-organ", "rock", 1},
    {"hammond-organ", "rock", 0.6},
    {"electric-piano", "lofi-hip-hop", 1.2},
    {"lofi-kit", "lofi-hip-hop", 2},
    {"kit-808", "lofi-hip-hop", 1.2},
    {"wurlitzer", "lofi-hip-hop", 1},
    {"kit-909", "house", 2},
    {"supersaw", "house", 1.5},
    {"synth-bass", "house", 0.8},
    {"synthwave-kit", "synthwave", 2.5},
    {"synth-arp", "synthwave", 1.5},
    {"synth-lead", "synthwave", 1},
    {"square-lead", "synthwave", 1.5},
    {"synth-brass", "synthwave", 1.2},
    {"synth-strings", "synthwave", 1},
    {"tenor-sax", "jazz-swing", 1},
    {"alto-sax", "jazz-swing", 1},
    {"acoustic-bass", "jazz-swing", 1.2},
    {"jazz-guitar", "jazz-swing", 2},
    {"jazz-kit", "jazz-swing", 2},
    {"brush-kit", "jazz-swing", 1.2},
    {"muted-trumpet", "jazz-swing", 2},
    {"vibraphone", "jazz-swing", 1},
    {"trumpet", "jazz-swing", 0.6},
    {"clarinet", "jazz-swing", 0.5},
    {"trombone", "jazz-swing", 0.6},
    {"nylon-guitar", "bossa-nova", 0.7},
    {"string-ensemble", "orchestral-film", 1.4},
    {"violin", "orchestral-film", 1},
    {"cello", "orchestral-film", 1.1},
    {"viola", "orchestral-film", 1.1},
    {"french-horn", "orchestral-film", 1.5},
    {"brass-section", "orchestral-film", 0.8},
    {"timpani", "orchestral-film", 2},
    {"choir", "orchestral-film", 1},
    {"orchestral-percussion", "orchestral-film", 1.5},
    {"oboe", "orchestral-film", 1},
    {"flute", "orchestral-film", 0.7},
    {"harp", "orchestral-film", 0.9},
    {"harpsichord", "orchestral-film", 1.2},
    {"church-organ", "orchestral-film", 1},
    {"pizzicato-strings", "orchestral-film", 1},
    {"tremolo-strings", "orchestral-film", 1.5},
    {"celesta", "orchestral-film", 0.6},
    {"grand-piano", "classical-piano", 0.7},
    {"upright-piano", "classical-piano", 0.5},
    {"synth-pad", "ambient", 0.9},
    {"warm-pad", "ambient", 1.2},
    {"steel-drums", "reggae", 1.2},
    {"music-box", "classical-piano", 0.8},
};

struct Vote {
    double weight = 0;
    std::string because;
    double strongest = 0;
};

void vote(std::map<std::string, Vote>& votes, const std::string& style, double weight,
          const Finding& finding) {
    Vote& one = votes[style];
    one.weight += weight;
    if (weight > one.strongest) {
        one.strongest = weight;
        one.because = from_word(finding);
    }
}

// No genre is named: instruments, eras, places and pictures vote.
std::map<std::string, Vote> votes_of(const Desk& desk) {
    std::map<std::string, Vote> votes;
    for (const Finding& finding : desk.reading.findings) {
        if (finding.denied) continue;
        const Effects& effects = finding.entry->effects;
        if (!effects.style.empty())
            vote(votes, effects.style,
                 effects.firmness == Firmness::weak    ? 2.2
                 : effects.firmness == Firmness::faint ? 0.7
                                                       : 4,
                 finding);
        if (!plays(finding.entry->kind)) continue;
        std::vector<std::string> ids = effects.instruments;
        if (finding.entry->kind == WordKind::instrument_class)
            if (const InstrumentClass* one = desk.lexicon.find_class(finding.entry->name))
                ids = {one->choices.front().id};
        for (const std::string& id : ids)
            for (const Hint& hint : kHints)
                if (id == hint.instrument) vote(votes, hint.style, hint.weight, finding);
        // "Solo piano" is a recital whatever else is said.
        if (finding.only && finding.entry->name == "piano") vote(votes, "classical-piano", 3, finding);
    }
    return votes;
}

void add_blend(Desk& desk, const Finding& leader) {
    music::Plan& plan = desk.plan;
    for (std::size_t i = 1; i < desk.genres.size(); ++i) {
        const Effects& other = desk.genres[i]->entry->effects;
        if (other.style == plan.genre) continue;
        plan.second_genre = other.style;
        plan.blend = touch(desk, *desk.genres[i], leader) ? 0.35 : 0.3;
        desk.decide("second_genre", style::find_style(other.style)->genre.name, from_word(*desk.genres[i]));
        return;
    }
    const Effects& own = leader.entry->effects;
    if (!own.second.empty() && own.second != plan.genre) {
        plan.second_genre = own.second;
        plan.blend = own.blend;
        desk.decide("second_genre", style::find_style(own.second)->genre.name, "part of " + leader.written);
        return;
    }
    // "Folk with electronic beats": the kit brings its style's grooves.
    struct Kit {
        const char *id, *style;
    };
    constexpr Kit kKits[] = {{"kit-909", "house"},
                             {"synthwave-kit", "synthwave"},
                             {"lofi-kit", "lofi-hip-hop"},
                             {"kit-808", "lofi-hip-hop"},
                             {"jazz-kit", "jazz-swing"}};
    for (const Finding& finding : desk.reading.findings)
        for (const Kit& kit : kKits)
            if (finding.entry->kind == WordKind::instrument && !finding.denied && kit.style != plan.genre &&
                finding.entry->effects.instruments.front() == kit.id) {
                plan.second_genre = kit.style;
                plan.blend = 0.3;
                desk.decide("second_genre", style::find_style(kit.style)->genre.name, from_word(finding));
                return;
            }
    // "Orchestral rock": a word that only colours lends a little.
    for (const Finding& finding : desk.reading.findings)
        if (finding.entry->kind == WordKind::genre && names_style(finding, Firmness::weak) &&
            finding.entry->effects.firmness == Firmness::weak && finding.entry->effects.style != plan.genre) {
            plan.second_genre = finding.entry->effects.style;
            plan.blend = 0.2;
            desk.decide("second_genre", style::find_style(plan.second_genre)->genre.name, from_word(finding));
            return;
        }
}

void lead_with(Desk& desk, const Finding& leader) {
    const Effects& effects = leader.entry->effects;
    music::Plan& plan = desk.plan;
    plan.genre = effects.style;
    const style::Style* chosen = style::find_style(effects.style);
    if (effects.firmness == Firmness::same) {
        desk.decide("genre", chosen->genre.name, "said in the prompt ('" + leader.written + "')");
        return;
    }
    plan.asked_genre = leader.entry->name;
    desk.decide("genre", chosen->genre.name, "the nearest style to '" + leader.written + "'");
    if (const style::Style* second = style::find_style(effects.second))
        plan.messages.push_back(leader.entry->name + " is played as " + chosen->genre.name +
                                " with something of " + second->genre.name + ", the nearest styles here.");
    else
        plan.messages.push_back(leader.entry->name + " is played as " + chosen->genre.name +
                                ", the nearest style here.");
}

}  // namespace

base::Status decide_genre(Desk& desk) {
    desk.genres = strong_genres(desk);
    if (!desk.genres.empty()) {
        lead_with(desk, *desk.genres.front());
        add_blend(desk, *desk.genres.front());
    } else {
        const auto votes = votes_of(desk);
        const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) {
            return a.second.weight < b.second.weight;
        });
        if (best != votes.end() && best->second.weight >= 0.6) {
            desk.plan.genre = best->first;
            // The weak genre word that won still brings its own tempo and instruments.
            for (const Finding& finding : desk.reading.findings)
                if (finding.entry->kind == WordKind::genre && names_style(finding, Firmness::weak) &&
                    finding.entry->effects.style == best->first)
                    desk.genres.push_back(&finding);
            desk.decide("genre", style::find_style(best->first)->genre.name, best->second.because);
        } else {
            desk.plan.genre = "pop";
            desk.decide("genre", "pop", "no genre was named; pop is neutral");
        }
    }
    desk.style = style::find_style(desk.plan.genre);
    if (desk.style == nullptr) {
        TRY_VOID(style::all_styles());
        return base::fail(base::Kind::internal, "The program's own style files are incomplete.",
                          "no style " + desk.plan.genre);
    }
    return {};
}

}  // namespace mmx::prompt
