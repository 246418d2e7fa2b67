// From a claim to a song in the library.
#include <algorithm>
#include <array>

#include "base/maths.h"
#include "codec/peaks.h"
#include "library/making.h"
#include "music/lrc.h"
#include "music/score.h"
#include "produce/deliver.h"
#include "produce/record.h"
#include "work/jobs.h"
#include "work/scratch.h"

namespace mmx::work {
namespace {

using store::Transaction;

// Each stage's share of the time, by and large, in the order of engine::Stage.
constexpr std::array<double, 5> kShares = {0.02, 0.13, 0.55, 0.10, 0.20};

engine::Progress telling(Lease& lease) {
    return [&lease](engine::Stage stage, double done) {
        const auto number = static_cast<std::size_t>(stage);
        double before = 0;
        for (std::size_t i = 0; i < number; ++i) before += kShares[i];
        lease.tell(engine::stage_name(stage), before + kShares[number] * std::clamp(done, 0.0, 1.0));
    };
}

base::Status still_wanted(const Lease& lease) {
    if (lease.cancellation().asked())
        return base::fail(base::Kind::cancelled, "The song was cancelled.", lease.claim().job_id);
    return {};
}

// The kept original, and what a page shows of it.
base::Result<store::ObjectInfo> put_objects(const Tools& tools, const library::ObjectKeys& keys,
                                            const produce::Song& song, const engine::Progress& progress,
                                            const Lease& lease) {
    Scratch flac(tools.objects, ".flac");
    TRY(produce::deliver(
        produce::master_of(song), codec::Format::flac, produce::file_info(song), flac.path(),
        [&](double done) { progress(engine::Stage::encoding, done); }, lease.cancellation()));
    const std::string peaks = codec::peaks_json(song.master.view(), song.master.sample_rate);
    TRY(tools.objects.put(keys.peaks, peaks));
    if (song.rendering.score) {
        TRY(tools.objects.put(keys.score, music::score_to_json(*song.rendering.score)));
        const std::vector<std::uint8_t> midi = produce::song_midi(song);
        TRY(tools.objects.put(keys.midi, std::string(midi.begin(), midi.end())));
        if (const std::string lrc = music::score_to_lrc(*song.rendering.score); !lrc.empty())
            TRY(tools.objects.put(keys.lrc, lrc));
    }
    // Between two makings of one song only the lease decides whose bytes stay.
    TRY_VOID(still_wanted(lease));
    return flac.put(keys.audio);
}

}  // namespace

base::Status make_song(const Tools& tools, engine::Engine& engine, Lease& lease) {
    const jobs::Claim& claim = lease.claim();
    const library::Making making =
        TRY(tools.database.write([&](Transaction& t) { return library::begin(t, claim); }));
    const engine::Progress progress = telling(lease);
    produce::Options options;
    options.mark = produce::Mark{&tools.marks.newest(), TRY(watermark::parse_id(making.song.generation_id))};
    const produce::Song song =
        TRY(produce::produce_song(making.request, engine, options, progress, lease.cancellation()));

    library::Made made;
    made.audio = TRY(put_objects(tools, making.keys, song, progress, lease));
    made.record = produce::stored_record(making.request, song, produce::now_as_text());
    made.duration_ms = static_cast<std::int64_t>(
        base::floor(1000.0 * static_cast<double>(song.master.frames()) / song.master.sample_rate + 0.5));
    const billing::Plan plan = TRY(plan_of(tools, claim.account_id));
    return tools.database.write(
        [&](Transaction& t) { return library::ready(t, claim, made, plan.storage_bytes); });
}

}  // namespace mmx::work
