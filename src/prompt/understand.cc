// One prompt's way from words to plan.
#include <algorithm>
#include <array>

#include "music/fields.h"
#include "prompt/decide.h"
#include "prompt/prompt.h"

namespace mmx::prompt {
namespace {

// Decisions are shown in the order of the field table; what has no field follows its relatives.
int rank_of(const std::string& field) {
    constexpr std::array<std::string_view, 15> kOrder = {
        "title",          "genre",       "second_genre", "bpm",     "key",
        "time_signature", "instruments", "excluded",     "section", "duration_seconds",
        "ending",         "voice",       "delivery",     "valence", "arousal"};
    const auto at = std::find(kOrder.begin(), kOrder.end(), field);
    if (at != kOrder.end()) return static_cast<int>(at - kOrder.begin());
    return field.starts_with("production") ? 100 : 50;
}

void report_unread(Desk& desk) {
    music::Plan& plan = desk.plan;
    const std::string language = foreign_language(desk.reading, desk.lexicon);
    std::vector<std::string> left = desk.reading.not_understood(desk.lexicon);
    if (!language.empty()) {
        std::string known;
        for (const Finding& finding : desk.reading.findings)
            if (finding.entry->kind != WordKind::function && known.find(finding.written) == std::string::npos)
                known += (known.empty() ? "" : ", ") + finding.written;
        const std::string in = language == "another language" ? "a language" : language + ",";
        if (known.empty())
            plan.messages.push_back("This prompt seems to be in " + in +
                                    (language == "another language" ? " that" : " which") +
                                    " is not read yet; a neutral song was planned. English works best.");
        else
            plan.messages.push_back("This prompt seems to be in " + in +
                                    (language == "another language" ? " that" : " which") +
                                    " is not read yet; only the words known across languages were used (" +
                                    known + "). English works best.");
    }
    plan.not_understood.insert(plan.not_understood.begin(), left.begin(), left.end());
}

}  // namespace

base::Result<music::Plan> understand(const music::SongRequest& request) {
    if (!request.seed)
        return base::fail(base::Kind::internal, "Something went wrong on our side; please try again.",
                          "understand() needs a request with a seed");
    const Lexicon& lexicon = *TRY(Lexicon::get());
    music::Plan plan;
    plan.prompt = request.prompt;
    plan.seed = *request.seed;
    plan.sample_rate = request.sample_rate;
    plan.preset = request.preset;
    plan.lyrics = TRY(music::parse_lyrics(request.lyrics));

    const Reading reading = read_prompt(request.prompt, lexicon);
    Desk desk{request, lexicon, reading, plan};
    plan.messages.insert(plan.messages.end(), reading.figures.messages.begin(),
                         reading.figures.messages.end());
    TRY_VOID(decide_genre(desk));
    decide_mood(desk);
    decide_metre_and_tempo(desk);
    TRY_VOID(decide_key(desk));
    TRY_VOID(decide_band(desk));
    TRY_VOID(decide_length_and_ending(desk));
    decide_key_lift(desk);
    TRY_VOID(decide_voice(desk));
    decide_title(desk);
    report_unread(desk);
    std::stable_sort(plan.decisions.begin(), plan.decisions.end(),
                     [](const music::Decision& a, const music::Decision& b) {
                         return rank_of(a.field) < rank_of(b.field);
                     });
    return plan;
}

}  // namespace mmx::prompt
