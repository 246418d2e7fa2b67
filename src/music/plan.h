// The plan: the request with nothing left open, and the reason for each decision.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "music/lyrics.h"
#include "music/song_request.h"
#include "music/vocals.h"

namespace mmx::music {

// "bpm", "82", "said in the prompt". Shown to the user and stored with the song.
struct Decision {
    std::string field;
    std::string value;
    std::string because;
};

struct AskedInstrument {
    std::string id;        // in the instrument catalogue (style/instruments.h)
    std::string asked_as;  // the user's word
    bool lead = false;     // "violin solo", "piano melody": carries the melody
};

struct Substitution {
    std::string asked;  // "erhu"
    std::string given;  // "violin"
};

// A section the words asked for: "starts with a piano intro", "ends with a guitar solo". Lyrics' sections
// take precedence.
struct AskedSection {
    SectionKind kind = SectionKind::verse;
    std::string instrument;  // catalogue id or empty
    int bars = 0;            // 0: not said
};

// Production words, understood as a closed set; strength 0-1.
struct Production {
    double reverb = 0;      // "reverb-drenched", "spacious"
    double dry = 0;         // "dry", "intimate", "close"
    double lofi = 0;        // "lo-fi", "vinyl", "tape", "dusty"
    double distortion = 0;  // "distorted", "gritty"
    double warmth = 0;      // "warm", "mellow"; dark spectrum
    double brightness = 0;  // "bright", "crisp", "airy"
    double width = 0;       // "wide", "lush"
    double delay = 0;       // "echo", "dub"
    double pump = 0;        // "pumping", "sidechained"
};

struct Plan {
    std::string prompt;
    std::string title;
    std::string genre;          // id of the style that leads: a folder of data/genres
    std::string asked_genre;    // the user's word where the style stands in for it: "bebop"
    std::string second_genre;   // blends ("jazz house"): id of a style that lends `blend` of its band and
                                // sounds; or empty
    double blend = 0.0;         // 0-0.5
    double bpm = 120;           // counts Metre::beat()
    bool bpm_is_asked = false;  // when not, a fitting of the length may move it by up to 2 %
    std::optional<Key> key;     // absent: no key (drums only)
    int key_lift = 0;           // semitones the song rises from its last chorus on, 0-2
    bool key_lift_is_asked = false;
    Metre metre;
    double valence = 0;  // -1 sad ... 1 happy
    double arousal = 0;  // -1 calm ... 1 excited
    double variation = 0.5, complexity = 0.5, energy = 0.5, humanise = 0.5;
    std::optional<double> swing;  // absent: the style's
    std::vector<AskedInstrument> instruments;
    bool only_asked_instruments = false;  // "solo piano", "only strings": nothing else may play
    std::vector<std::string> excluded;  // catalogue ids, or classes: "drums" (no kit, no percussion), "bass",
                                        // "guitar", "synth", ...
    std::vector<AskedSection> sections;
    Production production;
    Lyrics lyrics;
    bool instrumental = true;       // nothing is to be sung
    double duration_seconds = 150;  // target with tail
    bool duration_is_asked = false;
    Ending ending = Ending::ring;
    int sample_rate = 48000;
    std::uint64_t seed = 0;
    std::string voice;   // who sings: "soft", "bright", "male", "vocoder"; empty: nobody
    bool choir = false;  // many sing
    Delivery delivery = Delivery::sung;
    std::string preset;

    std::vector<Decision> decisions;  // in the order of the field table
    std::vector<std::string> not_understood;
    std::vector<Substitution> substitutions;
    std::vector<std::string> messages;  // for the user: unread language, genre mapped to a neighbour
};

}  // namespace mmx::music
