// A song in another format, from its kept original; or its stems, played again from its record.
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "library/renditions.h"
#include "library/song.h"
#include "master/master.h"
#include "produce/deliver.h"
#include "produce/record.h"
#include "work/jobs.h"
#include "work/scratch.h"
#include "work/zip.h"

namespace mmx::work {
namespace {

using store::Transaction;

struct Order {
    library::Rendition rendition;
    library::Song song;
    music::StoredRecord record;
};

base::Result<Order> begin(const Tools& tools, const jobs::Claim& claim) {
    Order order = TRY(tools.database.write([&](Transaction& t) -> base::Result<Order> {
        Order begun;
        begun.rendition = TRY(library::begin_rendition(t, claim));
        begun.song = TRY(library::get_any(t, begun.rendition.song_id));
        return begun;
    }));
    if (!order.song.has_audio)
        return base::fail(base::Kind::conflict,
                          "This song is archived; make it again first, then download it.", order.song.id);
    order.record = TRY(music::parse_stored_record(order.song.record_json));
    return order;
}

base::Status finish(const Tools& tools, const jobs::Claim& claim, std::uint64_t bytes,
                    const std::string& contents, const std::string& remark) {
    return tools.database.write([&](Transaction& t) {
        return library::finish_rendition(t, claim, static_cast<std::int64_t>(bytes), contents, remark);
    });
}

base::Status make_format(const Tools& tools, const Order& order, Lease& lease) {
    const auto format =
        order.rendition.what == "wav" ? codec::Format::wav24 : codec::format_named(order.rendition.what);
    if (!format)
        return base::fail(base::Kind::internal, "This format cannot be made.",
                          "rendition of unknown kind " + order.rendition.what);
    const library::ObjectKeys keys = library::keys_in(order.song.objects);
    Scratch original(tools.objects, ".flac");
    TRY_VOID(fetch(tools.objects, keys.audio, original.path()));
    const audio::StereoBuffer sound = TRY(codec::read_audio(original.path()));
    const codec::FileInfo info = produce::file_info(
        order.record, order.song.title, TRY(read_small(tools.objects, keys.score)), sound.sample_rate);
    const master::Preset* preset = master::find_preset(order.record.request.preset);
    const bool loop = order.record.decided.ending == music::Ending::loop;
    Scratch file(tools.objects, codec::facts_of(*format).ending);
    const produce::Delivery delivery = TRY(produce::deliver(
        {sound.view(), sound.sample_rate, preset != nullptr ? *preset : master::presets().front(),
         loop ? master::Seam::loop : master::Seam::none},
        *format, info, file.path(), [&](double done) { lease.tell("encoding", done); },
        lease.cancellation()));
    const store::ObjectInfo made = TRY(file.put(library::rendition_key(order.rendition)));
    return finish(tools, lease.claim(), made.bytes, {},
                  delivery.within_bounds ? std::string() : produce::tell_of(delivery));
}

base::Status make_stems(const Tools& tools, engine::Engine& engine, const Order& order, Lease& lease) {
    if (order.record.engine != engine.name() || order.record.engine_version != engine.version())
        return base::fail(
            base::Kind::conflict,
            "This song was made by another version of the engine, so its stems would not fit it. "
            "Make the song again first.",
            order.song.id + ": made by " + order.record.engine_version);
    produce::Options options;
    options.stems = engine::WantStems::yes;
    options.mark = produce::Mark{&tools.marks.newest(), TRY(watermark::parse_id(order.song.generation_id))};
    produce::Song song = TRY(produce::produce_song(
        order.record.request, engine, options,
        [&](engine::Stage stage, double done) { lease.tell(engine::stage_name(stage), done * 0.8); },
        lease.cancellation()));

    std::vector<std::unique_ptr<Scratch>> files;
    std::vector<ZipEntry> entries;
    for (engine::Stem& stem : song.rendering.stems) {
        const codec::FileInfo info = produce::file_info(order.record, order.song.title + " - " + stem.name,
                                                        {}, stem.audio.sample_rate);
        const Scratch& file = *files.emplace_back(std::make_unique<Scratch>(tools.objects, ".flac"));
        TRY(produce::deliver(
            {std::as_const(stem.audio).view(), stem.audio.sample_rate, master::presets().front()},
            codec::Format::flac, info, file.path(), {}, lease.cancellation()));
        stem.audio = {};  // the longest songs have gigabytes of stems
        entries.push_back({stem.id + ".flac", file.path()});
    }
    Scratch zip(tools.objects, ".zip");
    TRY_VOID(write_zip(zip.path(), entries));
    std::uint64_t bytes = TRY(zip.put(library::stems_zip_key(order.rendition))).bytes;
    nlohmann::json contents = nlohmann::json::array();
    for (std::size_t i = 0; i < files.size(); ++i) {
        const engine::Stem& stem = song.rendering.stems[i];
        const store::ObjectInfo put = TRY(files[i]->put(library::stem_key(order.rendition, stem.id)));
        bytes += put.bytes;
        contents.push_back({{"id", stem.id}, {"name", stem.name}, {"bytes", put.bytes}});
    }
    return finish(tools, lease.claim(), bytes, contents.dump(), {});
}

}  // namespace

base::Status make_rendition(const Tools& tools, engine::Engine& engine, Lease& lease) {
    const Order order = TRY(begin(tools, lease.claim()));
    if (order.rendition.what == "stems") return make_stems(tools, engine, order, lease);
    return make_format(tools, order, lease);
}

}  // namespace mmx::work
