#include "service/metrics.h"

#include <fmt/format.h>

#include "jobs/queue.h"

namespace mmx::service {
namespace {

void put(std::string& text, std::string_view name, std::string_view type, std::string_view help,
         double value) {
    text += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n{0} {3}\n", name, type, help, value);
}

}  // namespace

std::string metrics_text(const net::ServerCounts& counts, const store::AccessLog& access_log,
                         store::Database& database) {
    std::string text;
    put(text, "mmx_http_connections", "gauge", "Open connections.",
        static_cast<double>(counts.connections_open));
    put(text, "mmx_http_requests_total", "counter", "Requests answered.",
        static_cast<double>(counts.requests));
    put(text, "mmx_http_busy_total", "counter", "Requests refused because a pool was full.",
        static_cast<double>(counts.refused_busy));
    put(text, "mmx_event_streams", "gauge", "Open event streams.", static_cast<double>(counts.streams_open));
    put(text, "mmx_access_log_dropped_total", "counter", "Lines the access log could not take.",
        static_cast<double>(access_log.dropped()));
    const auto jobs = jobs::counts(database);
    put(text, "mmx_database_up", "gauge", "Whether the database answers.", jobs ? 1 : 0);
    if (!jobs) return text;
    text += "# HELP mmx_jobs Jobs by state.\n# TYPE mmx_jobs gauge\n";
    const std::pair<std::string_view, std::int64_t> states[] = {
        {"queued", jobs->queued}, {"running", jobs->running},     {"done", jobs->done},
        {"failed", jobs->failed}, {"cancelled", jobs->cancelled}, {"dead", jobs->dead}};
    for (const auto& [state, count] : states)
        text += fmt::format("mmx_jobs{{state=\"{}\"}} {}\n", state, count);
    put(text, "mmx_jobs_oldest_queued_seconds", "gauge", "How long the oldest claimable job has waited.",
        static_cast<double>(jobs->oldest_queued_ms) / 1000);
    return text;
}

}  // namespace mmx::service
