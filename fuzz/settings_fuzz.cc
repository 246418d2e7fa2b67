// Any bytes as mmx.toml: refused with words for the operator, or settings that the program can start with.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "service/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    // The reader opens a file by name; one that lies in memory has a name too. Secrets in files of their own
    // would make it read whatever the bytes name.
    if (std::string_view(reinterpret_cast<const char*>(data), size).find("_file") != std::string_view::npos)
        return 0;
    static const int file = memfd_create("mmx.toml", 0);
    if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
        std::abort();
    const auto settings = mmx::service::load_settings({}, "/proc/self/fd/" + std::to_string(file));
    if (!settings) {
        if (settings.error().tell_user.empty()) std::abort();
        return 0;
    }
    if (settings->listen.find(':') == std::string::npos || settings->workers < 0 || settings->workers > 64 ||
        settings->bcrypt_cost < 4 || settings->access_log_days < 1 || settings->access_log_days > 90)
        std::abort();
    return 0;
}
