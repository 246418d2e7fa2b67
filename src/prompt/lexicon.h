// The words the reader knows, and what each leans the song towards; kept as data in data/lexicon.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/key.h"
#include "music/metre.h"
#include "music/plan.h"
#include "music/song_request.h"

namespace mmx::prompt {

enum class WordKind {
    genre,
    mood,
    place,
    tempo,
    production,
    era,
    ending,
    voice,
    section,           // "intro", "guitar solo": effects.section
    instrument,        // effects.instruments has the catalogue id
    instrument_class,  // "guitar": which one depends on the style
    stand_in,          // "erhu": effects.instruments has its nearest relative
    function,          // words that carry no music: "the", "track", "featuring"
};

// How firmly a word names a style: "same" is the style itself, "strong" a genre it stands in for,
// "weak" counts when no genre is named, "faint" when nothing else speaks.
enum class Firmness { none, faint, weak, strong, same };

struct Effects {
    std::optional<double> valence, arousal, minor, tempo;
    std::optional<double> swing, variation, complexity, energy, humanise, key_lift;
    std::optional<double> bpm_low, bpm_high;
    std::optional<music::Mode> mode;
    std::optional<music::Metre> metre;
    music::Production production;
    std::string style;
    Firmness firmness = Firmness::none;
    std::string second;
    double blend = 0;
    std::vector<std::string> instruments;  // catalogue ids
    std::vector<std::string> without;      // exclusion classes
    std::optional<music::Ending> ending;
    std::optional<bool> voice;
    std::string singer;  // "male": a voice's name
    bool choir = false;
    std::optional<music::Delivery> delivery;
    std::optional<music::SectionKind> section;
    bool modifier = false;  // a genre word that bends another: "rock ballad"
    bool acapella = false, only = false, picture = false, italian = false;
};

struct Entry {
    WordKind kind = WordKind::function;
    std::string name;  // the row's first phrase: "drum and bass"
    Effects effects;
    int row = 0;  // rows of one line share it, so that "rainy" and "rain" count once
};

struct ClassChoice {
    std::string style;  // or "default", or "~distorted": the adjective before it
    std::string id;
};
struct InstrumentClass {
    std::string name;     // "guitar": also the class to exclude
    std::string exclude;  // the class or id that leaves it out
    std::vector<ClassChoice> choices;
};

class Lexicon {
  public:
    // Parsed once from data/lexicon, data/taxonomy and the instrument catalogue.
    static base::Result<const Lexicon*> get();

    // Entries of one folded phrase ("f sharp"); empty when unknown. Plurals are tried too.
    std::vector<const Entry*> find(const std::string& phrase) const;
    // How many words the longest phrase beginning with this word has; 0 when none does.
    std::size_t longest_from(const std::string& first_word) const;

    const InstrumentClass* find_class(std::string_view name) const;
    bool is_stop_word(const std::string& word) const;
    // The languages whose small words ("und", "avec") this is one of.
    const std::vector<std::string>& languages_of(const std::string& word) const;

    struct Index;
    explicit Lexicon(const Index& index) : index_(&index) {}

  private:
    std::vector<const Entry*> inflected(const std::string& word) const;
    const Index* index_;
};

}  // namespace mmx::prompt
