// Stems: they add up to the premaster, and each instrument that was asked for is heard.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "audio_rows.h"

namespace mmx::acceptance {
namespace {

// Noises share the drums' channel, for they have no pitch either: vinyl, rain, wind, risers and falls are no
// drums, a cymbal played backwards or an impact would be.
bool drums_are_heard(const MidiTrack& track) {
    return track.drums && std::any_of(track.notes.begin(), track.notes.end(), [](const MidiNote& note) {
               return note.pitch < 24 || note.pitch > 28;
           });
}

bool plays(const MidiTrack& track, const std::vector<int>& programs) {
    return !track.drums && std::find(programs.begin(), programs.end(), track.program) != programs.end();
}

// Of the 400 ms windows in the sections where the part has notes: those within 24 LU of the mix.
double active_share(const Sound& stem, const MidiTrack& part, const ScoreView& view, const Loudness& mix,
                    double mix_gain_db) {
    const Loudness own = measure_loudness(stem);
    double active = 0, all = 0;
    for (const SectionView& section : view.sections) {
        const bool has_notes = std::any_of(part.notes.begin(), part.notes.end(), [&](const MidiNote& note) {
            return note.start >= section.start - 1e-6 && note.start < section.end - 1e-6;
        });
        if (!has_notes) continue;
        const auto from = static_cast<std::size_t>(10 * view.song.seconds_at(section.start));
        const auto to = static_cast<std::size_t>(10 * view.song.seconds_at(section.end));
        for (std::size_t i = from; i < std::min({to, own.momentary_power.size(), mix.momentary_power.size()});
             ++i) {
            all += 1;
            const double distance =
                to_db(mix.momentary_power[i]) - mix_gain_db - to_db(own.momentary_power[i]);
            active += own.momentary_power[i] > 1e-7 && distance <= 24;
        }
    }
    return all > 0 ? active / all : 0;
}

void judge_asked(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                 const Loudness& loudness, double gain_db, Findings& findings) {
    if (expected.programs.empty()) return;
    double least = 1;
    bool all_there = true;
    std::string missing;
    for (const auto& programs : expected.programs) {
        double best = -1;
        for (const MidiTrack& track : view.song.tracks) {
            if (!plays(track, programs) || track.notes.size() < 4) continue;
            best = std::max(best, 0.0);
            const auto stem = delivery.stems.find(track.id);
            if (stem != delivery.stems.end())
                best = std::max(best, active_share(stem->second, track, view, loudness, gain_db));
        }
        if (best < 0) {
            all_there = false;
            missing += " " + std::to_string(programs.front());
        }
        least = std::min(least, std::max(0.0, best));
    }
    findings.add("asked instruments play", all_there ? 1 : 0,
                 all_there ? "" : "no track with program" + missing);
    if (!delivery.stems.empty() && all_there) findings.add("asked instruments heard", least);
}

void judge_excluded(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                    Findings& findings) {
    if (expected.excluded_programs.empty() && !expected.no_drums) return;
    std::string present;
    for (const MidiTrack& track : view.song.tracks) {
        if (track.notes.empty()) continue;
        if (expected.no_drums && drums_are_heard(track)) present += " " + track.id;
        if (plays(track, expected.excluded_programs)) present += " " + track.id;
    }
    if (expected.no_drums)
        for (const auto& [id, stem] : delivery.stems)
            if (id.rfind("drums", 0) == 0 || id.rfind("percussion", 0) == 0) present += " stem:" + id;
    findings.add("excluded instruments absent", present.empty() ? 1 : 0, present);
}

void judge_solos(const Delivery& delivery, const ScoreView& view, Findings& findings) {
    const auto solos = view.of_kind("solo");
    if (solos.empty()) return;
    Sound lead, backing;
    for (const auto& [id, stem] : delivery.stems) {
        const MidiTrack* track = view.track(id);
        Sound& side = track != nullptr && is_lead(*track) ? lead : backing;
        if (side.frames() == 0) {
            side = stem;
            continue;
        }
        for (std::size_t i = 0; i < std::min(side.frames(), stem.frames()); ++i) {
            side.left[i] += stem.left[i];
            side.right[i] += stem.right[i];
        }
    }
    if (lead.frames() == 0 || backing.frames() == 0) return;
    const Loudness front = measure_loudness(lead), back = measure_loudness(backing);
    double least = 100;
    std::string where;
    for (const SectionView* solo : solos) {
        const double from = view.song.seconds_at(solo->start), to = view.song.seconds_at(solo->end);
        const double over = loudness_between(front, from, to) - loudness_between(back, from, to);
        if (over < least) {
            least = over;
            where = solo->label;
        }
    }
    findings.add("solo over backing", least, where);
}

}  // namespace

void judge_stems(const Delivery& delivery, const ScoreView& view, const Expected& expected,
                 const GenreFacts& facts, const Loudness& loudness, Findings& findings) {
    double gain_db = 0;  // from premaster to master
    if (delivery.premaster) gain_db = loudness.integrated - measure_loudness(*delivery.premaster).integrated;
    judge_asked(delivery, view, expected, loudness, gain_db, findings);
    judge_excluded(delivery, view, expected, findings);
    if (delivery.stems.empty()) return;

    std::string missing;
    for (const MidiTrack& track : view.song.tracks)
        if (!track.notes.empty() && !delivery.stems.contains(track.id)) missing += " " + track.id;
    findings.add("a stem for each part", missing.empty() ? 1 : 0, missing);
    if (delivery.premaster) findings.add("stems add up", null_db(delivery.stems, *delivery.premaster));
    judge_solos(delivery, view, findings);

    int clicks = 0;
    std::string where;
    for (const auto& [id, stem] : delivery.stems) {
        const MidiTrack* track = view.track(id);
        if (track == nullptr || track->drums) continue;
        const int own = lonely_clicks(stem);
        if (own > 0) where += " " + id + ":" + std::to_string(own);
        clicks += own;
    }
    findings.add("clicks in stems", clicks / std::max(0.1, delivery.master.seconds() / 60), where);

    if (facts.pumps) {
        // The bass if it holds notes over kicks, otherwise what does.
        for (const char* wanted : {"bass", "pad", "chords", "arpeggio"}) {
            int kicks = 0;
            const MidiTrack* track = view.track(wanted);
            const auto stem = delivery.stems.find(wanted);
            if (track == nullptr || stem == delivery.stems.end()) continue;
            const double duck = duck_db(stem->second, *track, view.song, kicks);
            if (kicks < 6) continue;
            findings.add("kick ducks the band", duck,
                         wanted + std::string(" under ") + std::to_string(kicks) + " kicks");
            break;
        }
    }
}

}  // namespace mmx::acceptance
