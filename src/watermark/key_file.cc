#include "watermark/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "base/secrets.h"

namespace mmx::watermark {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMasterBytes = 32;

tl::unexpected<base::Error> failed(const std::string& path, const char* what) {
    const std::string reason = std::strerror(errno);
    return base::fail(base::Kind::io,
                      "The watermark's key " + path + " could not be " + what + ": " + reason + ".");
}

base::Result<KeyRing> parse(const std::string& path, std::istream& file) {
    const auto broken = [&](const std::string& why) {
        return base::fail(base::Kind::unreadable, path + " is not a watermark key: " + why +
                                                      ". Put the kept copy back in its place.");
    };
    std::optional<std::string> master;
    int epoch = 0;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name, value;
        words >> name >> value;
        if (name.empty() || name.starts_with("#")) continue;
        if (name == "epoch") {
            const bool digits = !value.empty() && value.size() <= 4 &&
                                value.find_first_not_of("0123456789") == std::string::npos;
            epoch = digits ? std::atoi(value.c_str()) : 0;
        } else if (name == "master") {
            master = base::from_hex(value);
        } else {
            return broken("'" + name + "' is not known");
        }
    }
    if (!master || master->size() != kMasterBytes)
        return broken("the master of 64 hexadecimal digits is missing");
    if (epoch < 1 || epoch > kMostEpochs) return broken("the epoch is not from 1 to 1000");
    return KeyRing(*master, epoch);
}

base::Result<KeyRing> load(const std::string& path) {
    struct stat there {};
    if (::stat(path.c_str(), &there) != 0) return failed(path, "read");
    if ((there.st_mode & 077) != 0)
        return base::fail(base::Kind::not_allowed,
                          "The watermark's key " + path + " can be read by others; run: chmod 600 " + path);
    std::ifstream file(path);
    if (!file) return failed(path, "read");
    return parse(path, file);
}

// Whole and synced under another name first; link() gives the name only where it is free.
base::Status make(const std::string& path) {
    std::error_code error;
    const fs::path folder = fs::path(path).parent_path();
    if (!folder.empty() && !fs::exists(folder, error)) {
        fs::create_directories(folder, error);
        if (error) {
            errno = error.value();
            return failed(path, "made");
        }
        fs::permissions(folder, fs::perms::owner_all, error);
    }
    const std::string text = fmt::format(
        "# The master key of this installation's watermarks. Keep a copy in a safe place: without it no mark "
        "made\n"
        "# with it can ever be read again. Whoever has it can make and read marks.\nepoch 1\nmaster {}\n",
        base::to_hex(base::random_bytes(kMasterBytes)));
    const std::string beside = path + ".new-" + base::random_id();
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed(path, "made");
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    const bool linked = written && closed && (::link(beside.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const int reason = errno;
    ::unlink(beside.c_str());
    errno = reason;
    if (!linked) return failed(path, "made");
    return {};
}

}  // namespace

base::Result<OpenedKeys> load_or_make_keys(const std::string& path) {
    const bool missing = ::access(path.c_str(), F_OK) != 0 && errno == ENOENT;
    if (missing) TRY_VOID(make(path));
    return OpenedKeys{TRY(load(path)), missing};
}

std::string default_key_path() {
    if (const char* path = std::getenv("MMX_WATERMARK_KEY"); path != nullptr && *path != '\0') return path;
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const std::string folder = data != nullptr && *data != '\0'   ? data
                               : home != nullptr && *home != '\0' ? std::string(home) + "/.local/share"
                                                                  : ".";
    return folder + "/mmx/watermark.key";
}

}  // namespace mmx::watermark
