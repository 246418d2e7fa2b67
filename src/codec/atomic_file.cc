#include "codec/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mmx::codec {
namespace {

tl::unexpected<base::Error> cannot_write(const std::string& path, int error) {
    const std::string log = "writing " + path + ": " + std::strerror(error);
    switch (error) {
        case ENOENT:
            return base::fail(base::Kind::io, "Cannot write " + path + ": its folder does not exist.", log);
        case ENOTDIR:
            return base::fail(base::Kind::io, "Cannot write " + path + ": part of its path is not a folder.",
                              log);
        case EACCES:
        case EPERM:
            return base::fail(base::Kind::io, "Cannot write " + path + ": no permission to write there.",
                              log);
        case EROFS:
            return base::fail(base::Kind::io, "Cannot write " + path + ": the file system is read-only.",
                              log);
        case ENOSPC:
        case EDQUOT:
            return base::fail(base::Kind::io, "Cannot write " + path + ": the disk is full.", log);
        case EFBIG:
            return base::fail(base::Kind::io, "Cannot write " + path + ": the file would be too large.", log);
        case ENAMETOOLONG:
            return base::fail(base::Kind::io, "Cannot write " + path + ": the name is too long.", log);
        default:
            return base::fail(base::Kind::io, "Cannot write " + path + ": " + std::strerror(error) + ".",
                              log);
    }
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// So that a rename in it outlives a power cut.
void sync_folder_of(const std::string& path) {
    const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::fsync(folder);  // not every file system can; the file itself is safe
    ::close(folder);
}

}  // namespace

AtomicFile::AtomicFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      position_(other.position_) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
    if (this != &other) {
        discard();
        path_ = std::move(other.path_);
        temporary_ = std::move(other.temporary_);
        descriptor_ = std::exchange(other.descriptor_, -1);
        position_ = other.position_;
    }
    return *this;
}

AtomicFile::~AtomicFile() {
    discard();
}

void AtomicFile::discard() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    descriptor_ = -1;
}

base::Result<AtomicFile> AtomicFile::create(const std::string& path) {
    struct stat there {};
    if (::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
        const char* what = S_ISDIR(there.st_mode) ? "a folder" : "not an ordinary file";
        return base::fail(base::Kind::io,
                          "Cannot write " + path + ": it is " + what + ". Give the name of a file.");
    }
    // The number keeps writers of one program apart, the process id those of several.
    static std::atomic<unsigned> number{0};
    for (int attempt = 0; attempt < 100; ++attempt) {
        const std::string temporary =
            path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(number.fetch_add(1));
        const int descriptor = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (descriptor >= 0) return AtomicFile(path, temporary, descriptor);
        if (errno != EEXIST) return cannot_write(path, errno);
    }
    return cannot_write(path, EEXIST);
}

base::Status AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            return cannot_write(path_, errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        position_ += static_cast<std::uint64_t>(written);
    }
    return {};
}

base::Status AtomicFile::seek(std::uint64_t position) {
    if (::lseek(descriptor_, static_cast<off_t>(position), SEEK_SET) < 0) return cannot_write(path_, errno);
    position_ = position;
    return {};
}

base::Status AtomicFile::commit() {
    // After the rename the name must never point at bytes that a power cut can lose.
    if (::fsync(descriptor_) != 0) return cannot_write(path_, errno);
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return cannot_write(path_, errno);
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0 && errno != EINTR) return cannot_write(path_, errno);
    sync_folder_of(path_);
    return {};
}

base::Status move_into_place(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return cannot_write(to, errno);
    sync_folder_of(to);
    return {};
}

}  // namespace mmx::codec
