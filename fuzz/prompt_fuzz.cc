// Any bytes as a prompt: a request that passes validation always becomes a plan with values in their ranges.
#include <cstdlib>
#include <string>

#include "music/fields.h"
#include "prompt/prompt.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    mmx::music::SongRequest request;
    request.prompt.assign(reinterpret_cast<const char*>(data), size);
    request.seed = size;
    if (!mmx::music::validate(request)) return 0;
    const auto plan = mmx::prompt::understand(request);
    if (!plan || plan->bpm < 30 || plan->bpm > 300 || plan->duration_seconds < 10 ||
        plan->duration_seconds > 600 || plan->title.empty() || plan->energy < 0 || plan->energy > 1)
        std::abort();
    return 0;
}
