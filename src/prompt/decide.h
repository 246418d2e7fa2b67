// The decisions between reading and plan, one file each: genre, music, band, title.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "music/plan.h"
#include "music/song_request.h"
#include "prompt/reading.h"
#include "style/style.h"

namespace mmx::prompt {

// What every decision may look at. The plan is filled in from the top: genre, mood, music, band, title.
struct Desk {
    const music::SongRequest& request;
    const Lexicon& lexicon;
    const Reading& reading;
    music::Plan& plan;
    const style::Style* style = nullptr;
    std::vector<const Finding*> genres = {};  // those that were heard, the leading one first

    void decide(std::string field, std::string value, std::string because) const {
        plan.decisions.push_back({std::move(field), std::move(value), std::move(because)});
    }
};

// "from 'rainy'".
inline std::string from_word(const Finding& finding) {
    return "from '" + finding.written + "'";
}
// "usual for lo-fi hip hop".
inline std::string usual_for(const Desk& desk) {
    return "usual for " + desk.style->genre.name;
}
std::string short_number(double value);  // "82", "82.5"

base::Status decide_genre(Desk& desk);  // genre, asked_genre, second_genre, blend; desk.style
void decide_mood(Desk& desk);           // valence, arousal, production, inference settings
void decide_metre_and_tempo(Desk& desk);
base::Status decide_key(Desk& desk);
void decide_key_lift(Desk& desk);      // after the ending is known
base::Status decide_band(Desk& desk);  // instruments, exclusions, sections
base::Status decide_length_and_ending(Desk& desk);
base::Status decide_voice(Desk& desk);  // last but the title: refuses lyrics that cannot be sung
void decide_title(Desk& desk);

}  // namespace mmx::prompt
