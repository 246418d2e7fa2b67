// Maps a file into memory.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "perform/sampler/sound_bank.h"

namespace mmx::perform {

base::Result<MappedFile> MappedFile::open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return base::fail(errno == ENOENT ? base::Kind::missing_part : base::Kind::io,
                          "A sound font cannot be read.", fmt::format("{}: {}", path, std::strerror(errno)));
    struct stat facts {};
    void* memory = MAP_FAILED;
    if (::fstat(file, &facts) == 0 && facts.st_size > 0)
        memory = ::mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (memory == MAP_FAILED)
        return base::fail(base::Kind::unreadable, "A sound font cannot be read.",
                          path + ": cannot be mapped");
    MappedFile mapped;
    mapped.bytes_ = {static_cast<const std::byte*>(memory), static_cast<std::size_t>(facts.st_size)};
    mapped.identity_ = fmt::format("{} {} {}.{:09} {}", path, facts.st_size, facts.st_mtim.tv_sec,
                                   facts.st_mtim.tv_nsec, facts.st_ino);
    return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : bytes_(std::exchange(other.bytes_, {})), identity_(std::move(other.identity_)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(identity_, other.identity_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void SoundBank::will_need(Font which, const FontSample& sample) const {
    const std::span<const std::byte> file = files_[static_cast<std::size_t>(which)].bytes();
    if (file.empty()) return;
    const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto first =
        static_cast<std::size_t>(font(which).samples() - file.data()) + 2 * std::size_t{sample.start};
    const std::size_t aligned = first / page * page;
    const std::size_t size = first + 2 * std::size_t{sample.end - sample.start} - aligned;
    ::madvise(const_cast<std::byte*>(file.data() + aligned), size, MADV_WILLNEED);
}

}  // namespace mmx::perform
