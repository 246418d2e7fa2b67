// Who sings, and how: the field, the words of the prompt, or what is usual for the style.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/data_files.h"
#include "base/random.h"
#include "prompt/decide.h"
#include "speech/speech.h"

namespace mmx::prompt {
namespace {

constexpr std::array<std::string_view, 6> kVoiceNames = {"soft",    "bright", "male",
                                                         "vocoder", "choir",  "none"};

// What the prompt says about singing.
struct Wish {
    const Finding* singing = nullptr;  // somebody is to sing
    const Finding* silence = nullptr;  // nobody is
    const Finding* singer = nullptr;   // which voice
    const Finding* choir = nullptr;
    const Finding* delivery = nullptr;
    bool acapella = false;
};

// "Instrumental intro", "instrumental break": a section without voice, not a song without one.
bool names_a_section(const Reading& reading, const Finding& finding) {
    constexpr std::string_view kSections[] = {"intro",  "introduction", "break",     "interlude", "section",
                                              "bridge", "outro",        "solo",      "passage",   "breakdown",
                                              "part",   "parts",        "ending",    "hook",      "riff",
                                              "drop",   "breaks",       "interludes"};
    return finding.end() < reading.words.size() &&
           std::ranges::find(kSections, reading.words[finding.end()].text) != std::end(kSections);
}

// Genres whose words are spoken in rhythm: "rap" and "drill", not every beat of that world.
bool is_rap_genre(const Finding& finding) {
    if (finding.entry->kind != WordKind::genre || finding.denied) return false;
    constexpr std::string_view kWords[] = {"rap", "trap", "drill", "grime", "boom bap", "boom-bap", "crunk"};
    const std::string written = folded_phrase(finding.written);
    return std::ranges::any_of(kWords, [&](std::string_view word) {
        const std::size_t at = written.find(word);
        const bool begins = at != std::string::npos && (at == 0 || written[at - 1] == ' ');
        return begins && (at + word.size() == written.size() || written[at + word.size()] == ' ');
    });
}

Wish read_wish(const Reading& reading) {
    Wish wish;
    for (const Finding& finding : reading.findings) {
        if (is_rap_genre(finding) && wish.delivery == nullptr) wish.delivery = &finding;
        // A choir that was asked for sings the words as well.
        if (plays(finding.entry->kind) && !finding.denied && finding.entry->name == "choir")
            wish.choir = &finding;
        if (finding.entry->kind != WordKind::voice) continue;
        const Effects& effects = finding.entry->effects;
        if (effects.voice) {
            const bool yes = *effects.voice != finding.denied;
            if (yes)
                wish.singing = &finding;
            else if (!names_a_section(reading, finding))
                wish.silence = &finding;
        }
        if (finding.denied) continue;
        if (!effects.singer.empty() && (wish.singer == nullptr || effects.singer == "vocoder"))
            wish.singer = &finding;
        if (effects.choir) wish.choir = &finding;
        if (effects.delivery) wish.delivery = &finding;
        wish.acapella = wish.acapella || effects.acapella;
    }
    return wish;
}

// Who usually sings in the style's family (data/singing/usual_voices.tsv), drawn by the song's seed.
std::string usual_voice(const Desk& desk, bool woman) {
    std::array<double, 4> weights = {3, 2, 2, 0};
    std::string_view text = base::data_file("singing/usual_voices.tsv").value_or("");
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.starts_with('#') || line.substr(0, line.find('\t')) != desk.style->genre.family) continue;
        for (double& weight : weights) {
            const std::size_t tab = line.find('\t');
            if (tab == std::string_view::npos) break;
            line.remove_prefix(tab + 1);
            std::from_chars(line.data(), line.data() + line.size(), weight);
        }
    }
    if (woman) weights = {weights[0] + 0.5, weights[1] + 0.5, 0, 0};
    base::Chance chance(desk.plan.seed, base::Stream::plan, {0, 0, 40});
    return std::string(kVoiceNames[chance.pick(weights)]);
}

std::string carrier_of_the_tune(const music::Plan& plan) {
    for (const music::AskedInstrument& one : plan.instruments)
        if (one.lead) return "the " + one.asked_as;
    return "a lead instrument";
}

base::Status refuse_contradictions(const Desk& desk, const Wish& wish) {
    if (!desk.plan.lyrics.has_words()) return {};
    if (desk.request.voice == "none")
        return base::fail_field(
            "voice",
            "voice: 'none' came together with lyrics that have words. Leave the lyrics out for an "
            "instrumental, or choose one of soft bright male vocoder choir.");
    if (wish.silence != nullptr && desk.request.voice.empty())
        return base::fail_field("lyrics",
                                "lyrics: the prompt says '" + wish.silence->written +
                                    "', but words to be sung came as well. Leave the lyrics out for an "
                                    "instrumental (tags such as [Verse] and [Chorus] may stay), or take '" +
                                    wish.silence->written + "' out of the prompt.");
    return {};
}

// Nothing is sung: says so where somebody may have hoped for it.
void stay_instrumental(Desk& desk, const Wish& wish) {
    music::Plan& plan = desk.plan;
    plan.instrumental = true;
    plan.voice = "none";
    const bool hoped = wish.singing != nullptr && wish.silence == nullptr;
    const bool named = !desk.request.voice.empty() && desk.request.voice != "none";
    if (wish.acapella)
        plan.messages.push_back("Nothing can be sung a cappella without words; " + carrier_of_the_tune(plan) +
                                " plays the melody. Give lyrics, and they are sung.");
    else if (hoped || named)
        plan.messages.push_back("A voice needs words: give lyrics, and they are sung. Without them " +
                                carrier_of_the_tune(plan) + " plays the melody.");
    desk.decide("voice", "none",
                desk.request.voice == "none" ? "asked for"
                : wish.silence != nullptr    ? from_word(*wish.silence)
                                             : "there are no lyrics");
}

}  // namespace

base::Status decide_voice(Desk& desk) {
    music::Plan& plan = desk.plan;
    const std::string& asked = desk.request.voice;
    if (!asked.empty() && std::ranges::find(kVoiceNames, asked) == kVoiceNames.end())
        return base::fail_field("voice",
                                "voice: '" + asked.substr(0, 64) +
                                    "' came; allowed are soft, bright, male, vocoder, choir and none");
    const Wish wish = read_wish(desk.reading);
    TRY_VOID(refuse_contradictions(desk, wish));
    if (!plan.lyrics.has_words()) {
        stay_instrumental(desk, wish);
        return {};
    }
    plan.instrumental = false;
    plan.choir = asked == "choir" || (asked.empty() && wish.choir != nullptr);
    std::string because;
    if (!asked.empty() && asked != "choir") {
        plan.voice = asked;
        because = "asked for";
    } else if (wish.singer != nullptr) {
        const std::string& singer = wish.singer->entry->effects.singer;
        plan.voice = singer == "female" ? usual_voice(desk, true) : singer;
        because = asked.empty() ? from_word(*wish.singer) : "asked for";
    } else {
        plan.voice = plan.choir ? "soft" : usual_voice(desk, false);
        because = asked == "choir"        ? "asked for"
                  : wish.choir != nullptr ? from_word(*wish.choir)
                                          : usual_for(desk);
    }
    desk.decide("voice", plan.choir ? "choir (" + plan.voice + ")" : plan.voice, because);
    if (wish.delivery != nullptr) {
        const Effects& effects = wish.delivery->entry->effects;
        plan.delivery = effects.delivery.value_or(music::Delivery::rap);
        desk.decide("delivery", plan.delivery == music::Delivery::rap ? "rap" : "spoken",
                    from_word(*wish.delivery));
    }
    // What cannot be sung is said before anything is made or paid for.
    TRY(speech::read_lyrics(plan.lyrics));
    return {};
}

}  // namespace mmx::prompt
