#include "store/statement_rules.h"

#include <cstdint>

namespace mmx::store {

using base::Kind;

thread_local const Database* Inside::current_ = nullptr;

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
    const auto* byte = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = byte + text.size();
    while (byte < end) {
        if (*byte < 0x80) {
            ++byte;
            continue;
        }
        const int more = *byte >= 0xf0 ? 3 : *byte >= 0xe0 ? 2 : 1;
        if (*byte < 0xc2 || *byte > 0xf4 || end - byte <= more) return false;
        std::uint32_t character = *byte & (0x3fu >> more);
        for (int i = 1; i <= more; ++i) {
            if ((byte[i] & 0xc0) != 0x80) return false;
            character = character << 6 | (byte[i] & 0x3fu);
        }
        if ((more == 2 && character < 0x800) || (more == 3 && character < 0x10000) || character > 0x10ffff ||
            (character >= 0xd800 && character <= 0xdfff))
            return false;
        byte += more + 1;
    }
    return true;
}

base::Status check_parameters(const Parameters& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto* text = std::get_if<std::string>(&parameters[i].held());
        if (text == nullptr) continue;
        if (text->find('\0') != std::string::npos || !is_utf8(*text)) {
            return base::fail(Kind::invalid_request,
                              "The text holds characters that cannot be stored. Please remove them.",
                              "parameter " + std::to_string(i + 1) + " has a NUL or is not UTF-8");
        }
    }
    return {};
}

tl::unexpected<base::Error> conflict(std::string tell_log) {
    return base::fail(Kind::conflict, "This contradicts what is already stored.", std::move(tell_log));
}

tl::unexpected<base::Error> busy(std::string tell_log) {
    return base::fail_for_now(Kind::unavailable, "The service is busy. Please try again in a moment.",
                              std::move(tell_log), 1);
}

tl::unexpected<base::Error> disk_full(std::string tell_log) {
    return base::fail_for_now(Kind::unavailable,
                              "The service cannot store anything right now. Please try again later.",
                              std::move(tell_log), 30);
}

tl::unexpected<base::Error> connection_lost(std::string tell_log) {
    return base::fail_for_now(Kind::unavailable, "The service is out of reach of its data. Please try again.",
                              std::move(tell_log), 5);
}

tl::unexpected<base::Error> defect(std::string tell_log) {
    return base::fail(Kind::internal, "Something went wrong on our side.", std::move(tell_log));
}

}  // namespace mmx::store
