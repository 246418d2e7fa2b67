// A title when none was given: the chorus's first words, a picture the prompt paints, or its mood in one
// image.
#include <algorithm>
#include <array>

#include "base/random.h"
#include "music/fields.h"
#include "prompt/decide.h"

namespace mmx::prompt {
namespace {

constexpr std::size_t kLongest = 60;

std::string capitalised(std::string text) {
    constexpr std::string_view kSmall[] = {"a",  "an",  "the", "of",  "in", "on",
                                           "at", "and", "to",  "for", "by", "with"};
    std::string out, word;
    bool first = true;
    const auto finish = [&] {
        if (word.empty()) return;
        const bool small =
            !first && std::find(std::begin(kSmall), std::end(kSmall), word) != std::end(kSmall);
        if (!small && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
        out += (out.empty() ? "" : " ") + word;
        first = false;
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ')
            finish();
        else
            word += c;
    }
    finish();
    return out;
}

// Cut at a word's end; never in the middle of a sign.
std::string shortened(const std::string& text) {
    std::string out;
    std::size_t count = 0, last_gap = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool lead = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (lead && ++count > kLongest) return last_gap > 0 ? out.substr(0, last_gap) : out;
        if (text[i] == ' ') last_gap = out.size();
        out += text[i];
    }
    return out;
}

std::string without_end_marks(std::string text) {
    while (!text.empty() && std::string_view(",.;:!?-\"' ").find(text.back()) != std::string_view::npos)
        text.pop_back();
    while (!text.empty() && std::string_view("\"'( ").find(text.front()) != std::string_view::npos)
        text.erase(0, 1);
    // Backing vocals in brackets are no part of a title.
    if (const std::size_t open = text.find(" ("); open != std::string::npos && open > 0) text.resize(open);
    return text;
}

std::string from_lyrics(const music::Lyrics& lyrics) {
    for (const bool chorus : {true, false})
        for (const music::LyricSection& section : lyrics.sections)
            if ((section.kind == music::SectionKind::chorus) == chorus && !section.lines.empty()) {
                const std::string line = without_end_marks(section.lines.front());
                if (!line.empty()) return shortened(line);
            }
    return {};
}

struct Image {
    double valence, arousal;
    const char* text;
};
// Images for prompts that paint none, placed by mood.
constexpr Image kImages[] = {
    {-0.7, -0.5, "What the Rain Kept"},
    {-0.6, -0.2, "Letters Never Sent"},
    {-0.5, 0.4, "Under a Hard Sky"},
    {-0.4, 0.7, "No Way Back"},
    {-0.3, -0.5, "The Long Way Home"},
    {-0.2, 0.1, "Half the Moon"},
    {-0.1, 0.6, "Through the Wire"},
    {0.0, -0.6, "Slow Water"},
    {0.0, -0.3, "Window Seat"},
    {0.0, 0.3, "Second Wind"},
    {0.1, 0.8, "Full Tilt"},
    {0.2, -0.5, "A Quiet Hour"},
    {0.3, -0.2, "Paper Boats"},
    {0.3, 0.3, "Open Windows"},
    {0.4, 0.7, "All Lights On"},
    {0.5, -0.3, "Honey in the Tea"},
    {0.6, 0.1, "First Day Out"},
    {0.7, 0.5, "Bright Side Up"},
    {0.7, -0.1, "Warm Hands"},
    {0.8, 0.8, "Everyone Outside"},
    {-0.8, 0.1, "The Last to Leave"},
    {0.0, 0.0, "Somewhere in Between"},
    {0.1, 0.2, "Corner of Fifth"},
    {-0.1, -0.1, "Ordinary Magic"},
    {0.1, 0.4, "Long Exposure"},
    {0.15, -0.15, "Sunday, Later"},
    {-0.05, 0.25, "Copper Wire"},
    {0.05, 0.1, "Two Stops Early"},
    {-0.3, -0.2, "Blue Corridor"},
    {0.2, 0.0, "Early Train"},
};

std::string from_mood(const Desk& desk, base::Chance& chance) {
    const double excitement = desk.plan.arousal != 0 ? desk.plan.arousal : 1.4 * (desk.plan.energy - 0.5);
    std::vector<double> weights;
    for (const Image& image : kImages) {
        const double dv = image.valence - desk.plan.valence, da = image.arousal - excitement;
        const double nearness = 1 / (0.15 + dv * dv + da * da);
        weights.push_back(nearness * nearness);
    }
    return kImages[chance.pick(weights)].text;
}

// "rainy", "nocturnal": a picture that wants a noun.
bool is_adjective(const Finding& finding) {
    const std::string& text = finding.written;
    return finding.count == 1 && (text.ends_with("y") || text.ends_with("al")) && text != "sky" &&
           text != "memory" && text != "family" && text != "city" && text != "fairy";
}

// "Rainy Night", "Rain and Coffee", "After the Storm": the prompt's pictures.
std::string from_pictures(const Desk& desk, base::Chance& chance) {
    std::vector<const Finding*> adjectives, nouns;
    for (const Finding& finding : desk.reading.findings) {
        if (finding.denied || !finding.entry->effects.picture) continue;
        auto& row = is_adjective(finding) ? adjectives : nouns;
        const bool known = std::ranges::any_of(
            row, [&](const Finding* one) { return one->entry->row == finding.entry->row; });
        if (!known) row.push_back(&finding);
    }
    constexpr std::array<const char*, 3> kNouns = {"Hours", "Days", "Weather"};
    if (nouns.empty()) {
        if (adjectives.empty()) return {};
        return capitalised(adjectives[0]->written + " " +
                           kNouns[static_cast<std::size_t>(chance.integer(0, 2))]);
    }
    const std::string noun = nouns[0]->written;
    // The word right before it, a mood or a picture, gives it its colour.
    for (const Finding& finding : desk.reading.findings) {
        const bool colours = finding.entry->kind == WordKind::mood || finding.entry->effects.picture;
        if (!finding.denied && colours && finding.count == 1 && finding.end() == nouns[0]->first &&
            desk.reading.words[nouns[0]->first].before == Gap::joined)
            return capitalised(finding.written + " " + noun);
    }
    if (!adjectives.empty()) return capitalised(adjectives[0]->written + " " + noun);
    if (nouns.size() > 1 && nouns[0]->end() == nouns[1]->first &&
        desk.reading.words[nouns[1]->first].before == Gap::joined)
        return capitalised(noun + " " + nouns[1]->written);
    if (nouns.size() > 1 && chance.happens(0.5)) return capitalised(noun + " and " + nouns[1]->written);
    constexpr std::array<const char*, 5> kFrames = {"%", "After the %", "Toward the %", "Before the %",
                                                    "% Again"};
    std::string frame = nouns[0]->count == 1 ? kFrames[static_cast<std::size_t>(chance.integer(0, 4))] : "%";
    frame.replace(frame.find('%'), 1, noun);
    return capitalised(frame);
}

}  // namespace

void decide_title(Desk& desk) {
    music::Plan& plan = desk.plan;
    if (!desk.request.title.empty()) {
        plan.title = desk.request.title;
        plan.decisions.insert(plan.decisions.begin(), {"title", plan.title, "asked for"});
        return;
    }
    base::Chance chance(plan.seed, base::Stream::title);
    std::string because = "from the lyrics";
    plan.title = from_lyrics(plan.lyrics);
    // A picture in a language that is not read may be half understood: better none.
    if (plan.title.empty() && foreign_language(desk.reading, desk.lexicon).empty()) {
        plan.title = shortened(from_pictures(desk, chance));
        because = "from the prompt's pictures";
    }
    if (plan.title.size() < 3 || !music::count_code_points(plan.title)) {
        plan.title = from_mood(desk, chance);
        because = "suggested by the mood";
    }
    plan.decisions.insert(plan.decisions.begin(), {"title", plan.title, because});
}

}  // namespace mmx::prompt
