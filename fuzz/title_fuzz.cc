// Any bytes as the head of a FLAC file, to be given another title: left alone, or a head that bears it and no
// other.
#include <cstdlib>
#include <string>
#include <string_view>

#include "codec/flac_title.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace mmx::codec;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view title = text.substr(0, size / 8);
    for (const std::string_view file : {text, text.substr(size / 8)}) {
        const auto head = flac_head_titled(file, title);
        if (!head) continue;
        if (head->replaced > file.size() || head->bytes.find(title) == std::string::npos) std::abort();
        const std::string again = head->bytes + std::string(file.substr(head->replaced));
        if (flac_head_titled(again, title)) std::abort();
        const auto other = flac_head_titled(again, std::string(title) + "!");
        if (!other || other->replaced != head->bytes.size()) std::abort();
    }
    return 0;
}
