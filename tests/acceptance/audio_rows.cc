#include "audio_rows.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mmx::acceptance {
namespace {

std::string text(const char* format, double a, double b = 0) {
    char line[160];
    std::snprintf(line, sizeof line, format, a, b);
    return line;
}

double mean_level(const Loudness& loudness, const ScoreView& view,
                  const std::vector<const SectionView*>& sections) {
    double power = 0, seconds = 0;
    for (const SectionView* section : sections) {
        const double from = view.song.seconds_at(section->start), to = view.song.seconds_at(section->end);
        power += std::pow(10.0, loudness_between(loudness, from, to) / 10) * (to - from);
        seconds += to - from;
    }
    return seconds > 0 ? 10 * std::log10(power / seconds) : -120;
}

double mean_brightness(const Spectra& spectra, const ScoreView& view,
                       const std::vector<const SectionView*>& sections) {
    double sum = 0, seconds = 0;
    for (const SectionView* section : sections) {
        const double from = view.song.seconds_at(section->start), to = view.song.seconds_at(section->end);
        sum += mean_centroid(spectra, from, to) * (to - from);
        seconds += to - from;
    }
    return seconds > 0 ? sum / seconds : 0;
}

// Chorus against verse, before the master's limiter evens it out. Only where the form has both.
void judge_contrast(const Delivery& delivery, const ScoreView& view, const Spectra& of_master,
                    const Loudness& loudness_of_master, Findings& findings) {
    const auto verses = view.of_kind("verse");
    const auto choruses = view.of_kind("chorus");
    if (choruses.size() >= 2) {
        // The song's last two bars are its cadence, V where the chorus went elsewhere, and its close.
        const auto end_of = [&](const SectionView& section) {
            const bool closes = &section == &view.sections.back() && section.bars >= 4;
            return closes ? section.end - 2 * view.song.bar_quarters() : section.end;
        };
        const auto first = beat_chroma(of_master, view.song, choruses[0]->start, end_of(*choruses[0]));
        double best = 0;
        for (std::size_t i = 1; i < choruses.size(); ++i)
            best = std::max(best, likeness(first, beat_chroma(of_master, view.song, choruses[i]->start,
                                                              end_of(*choruses[i]))));
        findings.add("chorus pair alike", best);
        if (!verses.empty()) {
            const auto verse = beat_chroma(of_master, view.song, verses[0]->start, verses[0]->end);
            findings.add("verse less alike", best - likeness(first, verse), text("chorus pair %.2f", best));
        }
    }
    if (verses.empty() || choruses.empty()) return;
    const bool own = delivery.premaster.has_value();
    const Loudness loudness = own ? measure_loudness(*delivery.premaster) : loudness_of_master;
    const double louder = mean_level(loudness, view, choruses) - mean_level(loudness, view, verses);
    const double brighter =
        mean_brightness(of_master, view, choruses) / std::max(1.0, mean_brightness(of_master, view, verses)) -
        1;
    findings.add("chorus over verse", std::max(louder / 1.5, brighter / 0.10),
                 text("%+.1f LU, centroid %+.0f %%", louder, 100 * brighter));
}

}  // namespace

void judge_sound(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                 const GenreFacts& facts, const Spectra& spectra, const Loudness& loudness,
                 Findings& findings) {
    const Sound& master = delivery.master;
    const MidiSong& song = view.song;
    const double bpm = song.bpm_at(0);
    double last_note = 0;
    for (const MidiTrack& track : song.tracks)
        for (const MidiNote& note : track.notes) last_note = std::max(last_note, song.seconds_at(note.end));

    const double beat = song.beat_quarters();
    // Where the map leaves its first tempo a ritardando begins.
    const double steady = song.tempos.size() > 1 ? song.tempos[1].seconds : last_note;
    const double wanted = (expected.bpm > 0 ? expected.bpm : bpm) * (beat < 1 ? 1 / beat : 1);
    const TempoReading tempo = estimate_tempo(spectra, wanted, beat > 1.2, 0, steady);
    findings.add("tempo heard", 100 * std::abs(tempo.bpm / wanted - 1),
                 text("%.2f bpm heard, %.2f wanted", tempo.bpm, wanted));
    findings.add("sound follows score", std::abs(onset_lag_ms(spectra, song)));
    if (expected.key) {
        const int heard = best_profile(mean_chroma(spectra));
        HeardKey key = *read_key(heard < 12 ? "C major" : "C minor");
        key.tonic = heard % 12;
        findings.add("key heard", is_key_or_relative(heard, *expected.key) ? 1 : 0,
                     "wanted " + expected.key->name() + ", heard " + key.name());
    }
    judge_contrast(delivery, view, spectra, loudness, findings);

    findings.add("silence", longest_silence(master, last_note));
    if (expected.seconds > 0)
        findings.add("length", std::abs(master.seconds() - expected.seconds),
                     text("%.2f s, %.2f wanted", master.seconds(), expected.seconds));
    findings.add("true peak", true_peak_db(master) - delivery.ceiling_db);
    findings.add("clipped samples", clipped_samples(master));
    const double off = loudness.integrated - delivery.loudness_wanted;
    // Music too dynamic for the preset may stay softer, but only if the user is told.
    findings.add(
        "loudness", delivery.said_softer && off < 0 ? 0 : std::abs(off),
        text("%.2f LUFS", loudness.integrated) + (delivery.said_softer ? ", said to be softer" : ""));
    findings.add("loudness range", loudness.range);
    findings.add("mono loss", mono_loss(master, loudness));
    findings.add("mono band loss", worst_mono_band(spectra));
    findings.add("low correlation", low_correlation(master, 120));
    findings.add("DC", dc_db(master));
    if (delivery.loops) {
        findings.add("loop seam", seam_step(master));
    } else {
        const auto effects = delivery.stems.find("effects");
        findings.add(
            "clicks at edges",
            clicks_at_edges(master, song, 2.0, effects != delivery.stems.end() ? &effects->second : nullptr));
        findings.add("last 50 ms", tail_db(master));
    }
    std::string where;
    const double tonal = tonal_deviation(spectra, facts.tonal_db, where);
    findings.add("tonal curve", tonal, where);
    judge_stems(delivery, view, expected, facts, loudness, findings);
}

}  // namespace mmx::acceptance
