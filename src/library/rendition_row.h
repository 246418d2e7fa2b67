// Renditions' rows, as the queue's news change them.
#pragma once

#include <string>
#include <string_view>

#include "jobs/queue.h"
#include "library/renditions.h"

namespace mmx::library {

// What a job's end means for its rendition; nothing when its row is gone.
base::Status end_rendition(store::Transaction& transaction, const std::string& rendition_id, jobs::State end,
                           std::string_view error_user);

}  // namespace mmx::library
