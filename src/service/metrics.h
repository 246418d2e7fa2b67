// Figures for Prometheus, on a loopback listener of their own.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "net/server.h"
#include "store/access_log.h"
#include "store/database.h"

namespace mmx::service {

// The text format of Prometheus; counts of jobs are read when asked for.
std::string metrics_text(const net::ServerCounts& counts, const store::AccessLog& access_log,
                         store::Database& database);

}  // namespace mmx::service
