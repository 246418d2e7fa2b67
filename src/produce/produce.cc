#include "produce/produce.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/maths.h"
#include "music/midi.h"
#include "produce/tags.h"
#include "prompt/prompt.h"
#include "style/instruments.h"

namespace mmx::produce {
namespace {

// A free tempo is bent by up to 2 % where that makes the song hit its length: who reads the record, or asks
// for "the same tempo" in another program, wants the one that sounds. Hundredths are finer than anybody
// plays.
void tell_the_tempo(const music::Score& score, music::Plan& plan) {
    const double sounds = score.tempo.beats_per_minute(base::Ticks(0), score.metre.beat());
    const double told = base::floor(sounds * 100 + 0.5) / 100;
    if (plan.bpm_is_asked || base::floor(plan.bpm * 100 + 0.5) / 100 == told) return;
    plan.bpm = told;
    const auto known = std::ranges::find(plan.decisions, "bpm", &music::Decision::field);
    if (known == plan.decisions.end()) return;
    known->value = fmt::format("{:.6g}", told);
    known->because += "; moved a little to fit the length";
}

// Who plays is settled by the composer; the record says so beside what the words decided.
void add_composers_decisions(const music::Score& score, music::Plan& plan) {
    tell_the_tempo(score, plan);
    std::string players;
    for (const music::Part& part : score.parts) {
        if (players.find(part.name) != std::string::npos) continue;
        players += (players.empty() ? "" : ", ") + part.name;
    }
    const auto known = std::ranges::find(plan.decisions, "instruments", &music::Decision::field);
    if (known == plan.decisions.end()) {
        plan.decisions.push_back({"instruments", players, "usual for the style"});
    } else {
        known->value = players;
    }
}

void mark_stems(const Mark& mark, const music::SongRequest& request, Song& song) {
    for (engine::Stem& stem : song.rendering.stems)
        watermark::embed_stem(stem.audio, std::as_const(song.rendering.premaster).view(), *mark.key,
                              id_of(mark, request));
}

void mark_song(const Mark& mark, const music::SongRequest& request, const master::Preset& preset,
               master::Seam seam, Song& song) {
    song.mark_id = id_of(mark, request);
    // Mastering stays under the ceiling by as much as meters differ; so does the mark.
    const double ceiling_dbtp = std::min(
        preset.ceiling_dbtp, std::max(song.mastering.loudness.true_peak_dbtp, preset.ceiling_dbtp - 0.25));
    const Marked marked = mark_master(song.master, ceiling_dbtp, seam, *mark.key, *song.mark_id);
    song.mastering.loudness = marked.loudness;
    song.silent_seconds = marked.embedding.silent_seconds;
    song.marked_sha256 = codec::hash_samples(std::as_const(song.master).view());
    if (marked.embedding.marked_seconds < 5)
        song.plan.messages.push_back(
            "Less than five seconds of this song sound, so its mark may not be readable.");
}

}  // namespace

base::Result<Song> produce_song(const music::SongRequest& request, engine::Engine& engine,
                                const Options& options, const engine::Progress& progress,
                                const engine::Cancellation& cancellation) {
    Song song;
    progress(engine::Stage::understanding, 0);
    song.plan = TRY(prompt::understand(request));
    const master::Preset* preset = master::find_preset(song.plan.preset);
    if (preset == nullptr)
        return base::fail_field("preset",
                                "preset: \"" + song.plan.preset + "\" is not one of the mastering presets.");
    progress(engine::Stage::understanding, 1);

    song.rendering = TRY(engine.render(song.plan, options.stems, progress, cancellation));
    if (song.rendering.score) add_composers_decisions(*song.rendering.score, song.plan);
    for (const std::string& message : song.rendering.messages) song.plan.messages.push_back(message);

    if (cancellation.asked())
        return base::fail(base::Kind::cancelled, "The song was cancelled; nothing was written.");
    if (options.mark) mark_stems(*options.mark, request, song);
    if (options.keep_premaster) {
        song.master = song.rendering.premaster;
        // The mix marks itself as it marks its stems, so that these still add up to it.
        if (options.mark)
            watermark::embed_stem(song.rendering.premaster, std::as_const(song.master).view(),
                                  *options.mark->key, id_of(*options.mark, request));
    } else {
        song.master = std::exchange(song.rendering.premaster, {});
    }
    const auto seam = song.plan.ending == music::Ending::loop ? master::Seam::loop : master::Seam::none;
    song.mastering = TRY(master::master(song.master, *preset, seam,
                                        [&](double done) { progress(engine::Stage::mastering, done); }));
    if (song.mastering.loudness_lowered)
        song.plan.messages.push_back(
            "The music is too dynamic for this preset's loudness; it was mastered softer instead of "
            "crushed.");

    song.engine = engine.name();
    song.engine_version = engine.version();
    song.sounds_hash = song.rendering.sounds_hash.empty() ? engine.sounds_hash() : song.rendering.sounds_hash;
    song.samples_sha256 = codec::hash_samples(std::as_const(song.master).view());
    if (options.mark) mark_song(*options.mark, request, *preset, seam, song);
    return song;
}

std::vector<std::uint8_t> song_midi(const Song& song) {
    if (!song.rendering.score) return {};
    std::vector<music::MidiVoice> voices;
    for (const music::Part& part : song.rendering.score->parts) {
        const style::Instrument* instrument = style::find_instrument(part.instrument);
        voices.push_back(instrument == nullptr
                             ? music::MidiVoice{}
                             : music::MidiVoice{instrument->midi_program, instrument->drums});
    }
    return music::score_to_midi(*song.rendering.score, voices);
}

codec::FileInfo file_info(const Song& song) {
    codec::FileInfo info;
    info.tags =
        tags({song.plan.title, song.plan.asked_genre.empty() ? song.plan.genre : song.plan.asked_genre,
              song.plan.bpm, song.plan.key ? song.plan.key->name() : "none", song.engine_version});
    if (!song.rendering.score) return info;
    const music::Score& score = *song.rendering.score;
    for (const music::Section& section : score.sections) {
        const base::Seconds start =
            score.tempo.to_seconds(score.bars[static_cast<std::size_t>(section.first_bar)].start);
        const double frame = base::floor(start.value * song.master.sample_rate + 0.5);
        info.cues.push_back({static_cast<std::uint64_t>(std::max(frame, 0.0)), section.label});
    }
    return info;
}

}  // namespace mmx::produce
