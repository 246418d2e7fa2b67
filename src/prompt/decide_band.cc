// Instruments wanted and unwanted, who leads, the sections the words ask for, and singing.
#include <algorithm>

#include "prompt/decide.h"
#include "style/instruments.h"

namespace mmx::prompt {
namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

struct Wish {
    std::string id;
    std::string asked_as;
    std::string stands_for;  // "erhu" when the instrument is a stand-in
};

// The adjective before a class word says which one is meant ("chugging, distorted guitars"), else the style
// does.
std::string in_style(const Desk& desk, const InstrumentClass& one, const Finding& finding) {
    const auto& words = desk.reading.words;
    for (std::size_t back = 1; back <= 4 && back <= finding.first; ++back) {
        const std::size_t at = finding.first - back;
        if (words[at + 1].before == Gap::sentence) break;
        bool other = false;  // another player stands between
        for (const Finding& near : desk.reading.findings)
            other = other || (plays(near.entry->kind) && near.first <= at && at < near.end());
        if (other || words[at].text == "and" || words[at].text == "with" || words[at].text == "over") break;
        for (const ClassChoice& choice : one.choices)
            if (choice.style.size() > 1 && choice.style[0] == '~' && choice.style.substr(1) == words[at].text)
                return choice.id;
    }
    std::string id;
    for (const ClassChoice& choice : one.choices) {
        if (choice.style == "default" && id.empty()) id = choice.id;
        if (choice.style == desk.plan.genre) id = choice.id;
    }
    return id;
}

Wish wish_of(const Desk& desk, const Finding& finding) {
    const Entry& entry = *finding.entry;
    Wish wish;
    wish.asked_as = finding.written;
    if (entry.kind == WordKind::instrument_class) {
        if (const InstrumentClass* one = desk.lexicon.find_class(entry.name))
            wish.id = in_style(desk, *one, finding);
    } else if (!entry.effects.instruments.empty()) {
        wish.id = entry.effects.instruments.front();
        if (entry.kind == WordKind::stand_in) wish.stands_for = entry.name;
    }
    return wish;
}

// What leaves the finding's instruments out: a class where there is one, else the catalogue id.
std::string exclusion_of(const Desk& desk, const Finding& finding) {
    if (finding.entry->kind == WordKind::instrument_class)
        if (const InstrumentClass* one = desk.lexicon.find_class(finding.entry->name)) return one->exclude;
    return finding.entry->effects.instruments.empty() ? std::string()
                                                      : finding.entry->effects.instruments.front();
}

bool excludes(const std::string& exclusion, const style::Instrument& instrument) {
    if (exclusion == instrument.id || exclusion == instrument.family) return true;
    if (exclusion == "drums") return instrument.drums && instrument.id != "fx-kit";
    if (exclusion == "piano") return instrument.id == "grand-piano" || instrument.id == "upright-piano";
    if (exclusion == "synth")
        return instrument.family == "synth" || instrument.id.starts_with("synth-") ||
               instrument.id == "sub-bass";
    if (exclusion == "sax") return instrument.id.ends_with("-sax");
    if (exclusion == "organ") return instrument.id.ends_with("-organ");
    if (exclusion == "keys") return instrument.family == "keys" || instrument.family == "organ";
    if (exclusion == "woodwind") return instrument.family == "reeds" || instrument.family == "flutes";
    if (exclusion == "electric guitar")
        return instrument.family == "guitar" && instrument.id != "nylon-guitar" &&
               instrument.id != "steel-guitar";
    if (exclusion == "acoustic guitar")
        return instrument.id == "nylon-guitar" || instrument.id == "steel-guitar";
    return false;
}

class Band {
  public:
    explicit Band(Desk& desk) : desk_(desk) {}

    void exclude(const std::string& exclusion) {
        auto& excluded = desk_.plan.excluded;
        if (!exclusion.empty() && std::find(excluded.begin(), excluded.end(), exclusion) == excluded.end())
            excluded.push_back(exclusion);
    }
    bool is_excluded(const std::string& id) const {
        const style::Instrument* instrument = style::find_instrument(id);
        return instrument != nullptr &&
               std::any_of(desk_.plan.excluded.begin(), desk_.plan.excluded.end(),
                           [&](const std::string& exclusion) { return excludes(exclusion, *instrument); });
    }
    // A class word adds nothing to what its instrument already answers: "Rhodes ... warm keys".
    void want(const Wish& wish, bool lead, bool is_class) {
        if (wish.id.empty() || is_excluded(wish.id)) return;
        auto& instruments = desk_.plan.instruments;
        for (music::AskedInstrument& one : instruments)
            if (one.id == wish.id || (is_class && same_kind(one.id, wish.id))) {
                one.lead = one.lead || lead;
                return;
            }
        if (instruments.size() >= 12) return;
        instruments.push_back({wish.id, wish.asked_as, lead});
        if (!wish.stands_for.empty()) {
            const std::string given = style::find_instrument(wish.id)->name;
            desk_.plan.substitutions.push_back({wish.stands_for, wish.id});
            desk_.plan.messages.push_back("'" + wish.stands_for + "' is played by the " + given +
                                          ", its nearest relative here.");
        }
    }

  private:
    static bool same_kind(const std::string& a, const std::string& b) {
        const style::Instrument *one = style::find_instrument(a), *other = style::find_instrument(b);
        if (one == nullptr || other == nullptr) return false;
        if (one->drums || other->drums) return one->drums && other->drums && one->family == other->family;
        const std::string& family = one->family;
        return family == other->family && (family == "guitar" || family == "bass" || family == "keys" ||
                                           family == "synth" || family == "organ");
    }
    Desk& desk_;
};

std::string names_of(const std::vector<music::AskedInstrument>& instruments) {
    std::string text;
    for (const music::AskedInstrument& one : instruments)
        text += (text.empty() ? "" : ", ") + one.id + (one.lead ? " (lead)" : "");
    return text;
}

// The instruments field: each item is read like a small prompt of its own.
void read_field(Desk& desk, Band& band) {
    for (const std::string& item : desk.request.instruments) {
        const Reading reading = read_prompt(item, desk.lexicon);
        bool any = false;
        for (const Finding& finding : reading.findings) {
            if (!plays(finding.entry->kind)) continue;
            any = true;
            if (finding.denied) {
                band.exclude(exclusion_of(desk, finding));
                continue;
            }
            // "[guitar] solo" in the field means that it leads.
            band.want(wish_of(desk, finding), finding.lead || finding.only, false);
            if (finding.only && reading.words.size() > 1 && reading.words.front().text != "solo")
                desk.plan.only_asked_instruments = true;
        }
        // Nothing asked "no vocals" of the instruments field: it is understood, as nobody sings.
        for (const Finding& finding : reading.findings) any = any || finding.entry->kind == WordKind::voice;
        if (any) continue;
        desk.plan.not_understood.push_back(item);
        desk.plan.messages.push_back("The instrument '" + item +
                                     "' is not known here; the style chose instead.");
    }
}

bool asks_for_drums(const Desk& desk) {
    for (const Finding& finding : desk.reading.findings)
        if (!finding.denied && plays(finding.entry->kind) &&
            (finding.entry->name == "drums" || finding.entry->name == "percussion"))
            return true;
    return false;
}

void read_words(Desk& desk, Band& band) {
    const std::vector<music::AskedInstrument> from_field = desk.plan.instruments;
    for (const Finding& finding : desk.reading.findings) {
        if (!plays(finding.entry->kind) || !finding.denied) continue;
        const std::string exclusion = exclusion_of(desk, finding);
        bool contradicted = false;
        for (const music::AskedInstrument& one : from_field)
            contradicted = contradicted || excludes(exclusion, *style::find_instrument(one.id));
        if (contradicted)
            desk.plan.messages.push_back("The prompt excludes " + finding.written +
                                         "; the instruments field asks for it, and the field counts.");
        else
            band.exclude(exclusion);
    }
    for (const Finding& finding : desk.reading.findings) {
        if (finding.denied) continue;
        for (const std::string& without : finding.entry->effects.without)
            if (finding.entry->kind != WordKind::genre ||
                (!desk.genres.empty() && &finding == desk.genres.front()))
                if (from_field.empty() && !asks_for_drums(desk)) band.exclude(without);
        if (!plays(finding.entry->kind)) continue;
        const Wish wish = wish_of(desk, finding);
        if (band.is_excluded(wish.id) && !wish.id.empty()) {
            desk.plan.messages.push_back("The prompt names " + finding.written +
                                         ", which is also excluded; it does not play.");
            continue;
        }
        band.want(wish, finding.lead, finding.entry->kind == WordKind::instrument_class);
    }
}

// "String quartet", "piano trio": the number of players is part of the word.
void read_ensembles(Desk& desk, Band& band) {
    if (desk.genres.empty()) return;
    const Effects& effects = desk.genres.front()->entry->effects;
    if (desk.request.instruments.empty() && !desk.plan.only_asked_instruments) {
        // What a genre is known by is wanted, but the user's own words count first.
        std::vector<std::string> ids = effects.instruments;
        const bool crowded = desk.plan.instruments.size() >= 4;
        if (!crowded || effects.only)
            for (const std::string& id : ids) band.want({id, desk.genres.front()->written, ""}, false, true);
    }
    if (effects.only && desk.request.instruments.empty()) desk.plan.only_asked_instruments = true;
}

}  // namespace

base::Status decide_band(Desk& desk) {
    music::Plan& plan = desk.plan;
    Band band(desk);
    // Exclusions of the field first, so that what it excludes is never wanted.
    read_field(desk, band);
    const std::size_t from_field = plan.instruments.size();
    read_words(desk, band);
    bool only = desk.reading.nothing_else && !plan.instruments.empty();
    std::size_t players = 0;
    for (const Finding& finding : desk.reading.findings)
        if (plays(finding.entry->kind) && !finding.denied) ++players;
    for (const Finding& finding : desk.reading.findings) {
        if (!plays(finding.entry->kind) || finding.denied || !finding.only) continue;
        // "Solo cello over warm pads" is a lead; "solo cello" with nobody else plays alone.
        const bool by_solo = finding.lead;
        if (!by_solo || players == 1) only = true;
    }
    // "Piano solo" with nothing else and no genre is a recital.
    if (players == 1 && !only && desk.genres.empty() && plan.genre == "classical-piano") only = true;
    plan.only_asked_instruments = plan.only_asked_instruments || only;
    if (only && from_field == 0) {
        std::vector<music::AskedInstrument> kept;
        for (const music::AskedInstrument& one : plan.instruments) {
            bool singled = desk.reading.nothing_else || players == 1;
            for (const Finding& finding : desk.reading.findings)
                singled = singled || (finding.only && wish_of(desk, finding).id == one.id);
            if (singled) kept.push_back(one);
        }
        plan.instruments = kept;
    }
    read_ensembles(desk, band);
    // Reported once, at the end: later words may have changed what the first ones wanted.
    std::erase_if(plan.instruments,
                  [&](const music::AskedInstrument& one) { return band.is_excluded(one.id); });
    if (!plan.instruments.empty()) {
        std::string because = from_field > 0 ? "asked for" : "said in the prompt";
        bool said = false;
        for (const music::AskedInstrument& one : plan.instruments)
            said = said || desk.genres.empty() || one.asked_as != desk.genres.front()->written;
        if (!said) because = from_word(*desk.genres.front());
        desk.decide("instruments", (plan.only_asked_instruments ? "only " : "") + names_of(plan.instruments),
                    because);
    } else
        desk.decide("instruments", "the style's band", usual_for(desk));
    if (!plan.excluded.empty()) {
        std::string text;
        for (const std::string& one : plan.excluded) text += (text.empty() ? "no " : ", no ") + one;
        desk.decide("excluded", text, desk.request.instruments.empty() ? "said in the prompt" : "asked for");
    }

    plan.sections = desk.reading.sections;
    for (std::size_t i = 0; i < plan.sections.size(); ++i) {
        const std::size_t player = desk.reading.section_players[i];
        if (player == npos) continue;
        const Wish wish = wish_of(desk, desk.reading.findings[player]);
        if (!band.is_excluded(wish.id)) plan.sections[i].instrument = wish.id;
    }
    for (const music::AskedSection& section : plan.sections)
        desk.decide("section",
                    std::string(music::section_name(section.kind)) +
                        (section.instrument.empty() ? "" : " with " + section.instrument) +
                        (section.bars > 0 ? ", " + std::to_string(section.bars) + " bars" : ""),
                    "said in the prompt");
    if (desk.reading.no_intro) {
        plan.excluded.push_back("intro");
        desk.decide("section", "no intro", "said in the prompt");
    }
    return {};
}

}  // namespace mmx::prompt
