// Any bytes as a name to show and as a User-Agent: what passes is printable, and of a browser nothing fine is
// kept.
#include <cstdlib>
#include <string>
#include <string_view>

#include "accounts/sessions.h"
#include "accounts/text.h"
#include "net/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view cut = mmx::accounts::trimmed(text);
    if (const auto count = mmx::accounts::printable_characters(cut)) {
        if (!mmx::net::is_utf8(cut) || *count > cut.size() || cut.find('\0') != std::string_view::npos)
            std::abort();
        for (const char c : cut)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
    }
    const std::string agent = mmx::accounts::coarse_agent(text);
    if (agent.empty() || agent.size() > 40 || agent.find_first_of("0123456789") != std::string::npos)
        std::abort();
    return 0;
}
