// The ear that sends a tune back: what a score's melody and harmony measure, and how far that is from real
// songs.
#pragma once

#include "music/score.h"
#include "style/composition_style.h"

namespace mmx::compose {

// Of the lead part against the chords; measured on the notes alone, as anybody could from the exported score.
struct Measures {
    double chord_tones = 1;  // share of duration
    double downbeat_chord_tones = 1;
    double diatonic = 1;            // share of duration within the key
    double entropy = 2.6;           // bits, of pitch classes by duration
    double groove = 0.85;           // likeness of adjacent bars' onsets on 16 places
    double exact_bars = 0.4;        // bars that repeat an earlier one exactly
    double rhythm_bars = 0.7;       // bars that repeat an earlier bar's rhythm
    double small_intervals = 0.67;  // of 2 semitones or less
    double wide_leaps = 0.03;       // over 7 semitones
    double repeated_notes = 0.2;
    double verse_in_chorus = 0;  // verse bars that also stand in a chorus
    double chorus_lift = 3;      // semitones above the verse
    double chorus_density = 1;   // against the verse
    bool has_verse_and_chorus = false;
    int range = 14;  // semitones between the lowest and the highest note
    int distinct_chords = 3;
    double key_doubt = 0;  // 0: Temperley's profiles are sure of the tonic; 1: they hear another
    int notes = 0;
};

Measures measure(const music::Score& score);
// 0: nothing to complain about. Loop styles may repeat and groove as they like.
double complaints(const Measures& measures, const music::Key& key, const style::CompositionStyle& style);

}  // namespace mmx::compose
