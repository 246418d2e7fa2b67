// Any bytes as a record: refused or read, never a crash; what was read is written and read the same.
#include <cstdlib>
#include <string_view>

#include "music/record_json.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto request = mmx::music::parse_record(text)) {
        const std::string written = mmx::music::write_request(*request);
        const auto again = mmx::music::parse_record(written);
        if (!again || mmx::music::write_request(*again) != written) std::abort();
    }
    static_cast<void>(mmx::music::parse_stored_record(text));
    return 0;
}
