// The rows that the exported sound decides, with the exported MIDI telling where things should be.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "findings.h"
#include "score_rows.h"
#include "score_view.h"
#include "sound.h"
#include "spectra.h"

namespace mmx::acceptance {

struct Delivery {
    Sound master;
    std::optional<Sound> premaster;
    std::map<std::string, Sound> stems;  // by part id
    double loudness_wanted = -14;        // of the preset
    double ceiling_db = -1;
    bool said_softer = false;  // the answer tells the user that the loudness was not reached
    bool loops = false;
};

void judge_sound(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                 const GenreFacts& facts, const Spectra& spectra, const Loudness& loudness,
                 Findings& findings);

// Single measures, so that tests can feed them damaged sound.
double longest_silence(const Sound& sound, double until_seconds);  // seconds below -60 dBFS
int clipped_samples(const Sound& sound);
double dc_db(const Sound& sound);
double low_correlation(const Sound& sound, double hertz);
double mono_loss(const Sound& sound, const Loudness& loudness);  // LU
double worst_mono_band(const Spectra& spectra);                  // dB lost in a third of an octave
// `crackle` is a stem that clicks by nature (a record's surface): what clicks there is no fault of the sum.
int clicks_at_edges(const Sound& sound, const MidiSong& song, double chunk_seconds,
                    const Sound* crackle = nullptr);
int lonely_clicks(const Sound& sound);  // anywhere
double tail_db(const Sound& sound);     // the last 50 ms
double seam_step(const Sound& sound);   // jump at a loop's seam against the largest steps nearby
double duck_db(const Sound& stem, const MidiTrack& part, const MidiSong& song, int& kicks);
double tonal_deviation(const Spectra& spectra, const std::vector<double>& target_db, std::string& where);
double onset_lag_ms(const Spectra& spectra, const MidiSong& song);
double null_db(const std::map<std::string, Sound>& stems, const Sound& premaster);

void judge_stems(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                 const GenreFacts& facts, const Loudness& loudness, Findings& findings);

}  // namespace mmx::acceptance
