#include "service/worker.h"

#include "engine/embedded/embedded_engine.h"
#include "log/log.h"
#include "service/commands.h"
#include "service/node.h"
#include "service/stop_signal.h"
#include "store/nodes.h"
#include "store/rate_limits.h"

namespace mmx::service {
namespace {

constexpr std::int64_t kHour_ms = 3'600'000;

std::vector<work::Chore> service_chores(Runtime& runtime, const Settings& settings,
                                        store::AccessLog& access_log) {
    return {
        // P36: technical logs end after 90 days.
        {"sweep_logs", kHour_ms,
         [&access_log, days = settings.access_log_days]() -> base::Status {
             TRY(access_log.purge(days));
             return {};
         }},
        {"forget_deleted", kHour_ms, [&runtime] { return runtime.database().forget_deleted(); }},
        {"sweep_limits", kHour_ms,
         [&runtime]() -> base::Status {
             TRY(store::sweep_rate_buckets(runtime.database()));
             return {};
         }},
        {"check_nodes", kHour_ms / 4,
         [&runtime]() -> base::Status {
             TRY(store::sweep_nodes(runtime.database()));
             if (const auto places = store::check_objects_places(runtime.database()); !places)
                 log::failure("servers keep their audio in different places", places.error());
             return {};
         }},
    };
}

}  // namespace

base::Result<std::unique_ptr<RunningWorker>> RunningWorker::start(Runtime& runtime, const Settings& settings,
                                                                  int slots, store::AccessLog& access_log) {
    work::Settings wanted;
    wanted.id = process_name();
    wanted.slots = slots;
    engine::EmbeddedSettings engine;
    // Several songs at once share the cores between them.
    engine.threads = static_cast<unsigned>(settings.worker_threads);
    wanted.make_engine = [engine] { return engine::make_embedded_engine(engine); };
    wanted.renditions_bytes = settings.renditions_bytes;
    wanted.chores = service_chores(runtime, settings, access_log);
    auto worker =
        TRY(work::Worker::open(std::move(wanted), {runtime.database(), runtime.objects(), runtime.plans(),
                                                   runtime.registry(), runtime.sender(), runtime.marks()}));
    return std::unique_ptr<RunningWorker>(new RunningWorker(std::move(worker)));
}

RunningWorker::RunningWorker(std::unique_ptr<work::Worker> worker)
    : worker_(std::move(worker)), thread_([this] { worker_->run(); }) {}

RunningWorker::~RunningWorker() {
    worker_->stop();
    thread_.join();
}

base::Status work(const Settings& settings, const std::function<base::Result<Settings>()>& reload) {
    Signals signals;
    if (settings.public_url.empty() && !settings.database.empty())
        return base::fail(
            base::Kind::invalid_request,
            "public_url: set it to the address people use; mails that this worker sends link to it.");
    const auto runtime =
        TRY(Runtime::open(settings, public_url_of(settings, 8420), Schema::bring_up_to_date));
    const auto access_log = TRY(open_access_log(settings));
    const int slots = settings.workers > 0 ? settings.workers : 1;
    const auto presence = TRY(NodePresence::announce(
        runtime->database(), {process_name(), store::NodeKind::worker, runtime->runs().engine_version,
                              TRY(runtime->objects().place_id())}));
    {
        const auto worker = TRY(RunningWorker::start(*runtime, settings, slots, *access_log));
        log::info("working", {{"worker", process_name()}});
        while (signals.wait() == Signals::What::reload) reload_plans(*runtime, reload);
        log::info("stopping");
        runtime->database().stop_waiting();
    }
    return {};
}

}  // namespace mmx::service
