// Objects as files: written under another name on the same disk, synced, then renamed into place.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "base/secrets.h"
#include "base/sha256.h"
#include "store/objects.h"

namespace mmx::store {
namespace {

using base::Kind;
namespace fs = std::filesystem;

constexpr std::size_t kLongestKey = 500;

tl::unexpected<base::Error> failed(const std::string& path, int code) {
    return base::fail_for_now(Kind::unavailable,
                              "The service cannot store or read audio right now. Please try again later.",
                              path + ": " + std::strerror(code), 30);
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return number_; }

  private:
    int number_;
};

// Steps of lower-case letters, digits, '-', '_' and '.', none empty and none beginning with a dot: so no key
// leaves the folder, and none meets a scratch file or another's name on a disk that folds case.
bool is_key(std::string_view key) {
    if (key.empty() || key.size() > kLongestKey || key.back() == '/') return false;
    char before = '/';
    for (const char c : key) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!plain && !((c == '.' || c == '/') && before != '/')) return false;
        before = c;
    }
    return true;
}

base::Status sync_folder(const fs::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor < 0 || ::fsync(descriptor) != 0) return failed(folder, errno);
    return {};
}

// Makes what is missing of the folder, below one that is there, and makes their names last.
base::Status make_folders(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.parent_path());
    if (errno == EEXIST) return {};
    if (errno != ENOENT || !folder.has_parent_path() || folder.parent_path() == folder)
        return failed(folder, errno);
    TRY_VOID(make_folders(folder.parent_path()));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed(folder, errno);
    return sync_folder(folder.parent_path());
}

class FileReader : public ObjectReader {
  public:
    FileReader(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
    std::uint64_t size() const override { return size_; }
    base::Result<std::string> read(std::uint64_t offset, std::size_t bytes) override {
        if (offset >= size_) return std::string();
        std::string part(std::min<std::uint64_t>(bytes, size_ - offset), '\0');
        std::size_t filled = 0;
        while (filled < part.size()) {
            const auto count = ::pread(descriptor_, part.data() + filled, part.size() - filled,
                                       static_cast<off_t>(offset + filled));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return failed("an object", errno);
            if (count == 0) return failed("an object", EIO);  // never shortened: renamed whole
            filled += static_cast<std::size_t>(count);
        }
        return part;
    }

  private:
    Descriptor descriptor_;  // keeps the content although its name goes
    std::uint64_t size_;
};

class FileObjects : public Objects {
  public:
    explicit FileObjects(fs::path folder) : folder_(std::move(folder)), scratch_(folder_ / ".scratch") {}
    base::Status prepare() { return make_folders(scratch_); }

    std::string scratch_path(std::string_view suffix) override {
        return (scratch_ / (base::random_id() + std::string(suffix))).string();
    }
    base::Result<ObjectInfo> put_file(const std::string& key, const std::string& path) override;
    base::Result<ObjectInfo> put(const std::string& key, std::string_view bytes) override;
    base::Result<std::unique_ptr<ObjectReader>> open(const std::string& key) override;
    base::Status remove(const std::string& key) override;
    base::Result<std::vector<std::string>> list(const std::string& prefix) override;
    base::Result<std::string> place_id() override;
    base::Result<int> sweep_scratch(std::int64_t older_than_seconds) override;

  private:
    base::Result<fs::path> place(const std::string& key) const {
        if (!is_key(key)) {
            return base::fail(Kind::internal, "Something went wrong on our side.",
                              "no key of an object: " + key);
        }
        return folder_ / key;
    }

    const fs::path folder_, scratch_;
    const fs::path mark_ = folder_ / ".place";
};

base::Result<ObjectInfo> FileObjects::put_file(const std::string& key, const std::string& path) {
    const fs::path target = TRY(place(key));
    ObjectInfo info;
    {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file < 0) return failed(path, errno);
        base::Sha256 hash;
        std::vector<std::byte> portion(1 << 18);
        for (;;) {
            const auto count = ::read(file, portion.data(), portion.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return failed(path, errno);
            if (count == 0) break;
            hash.add(std::span(portion).first(static_cast<std::size_t>(count)));
            info.bytes += static_cast<std::uint64_t>(count);
        }
        info.sha256 = hash.hex();
        if (::fchmod(file, 0600) != 0 || ::fsync(file) != 0) return failed(path, errno);
    }
    // remove() may take the folder away between any two of these steps, when its last object goes.
    constexpr int kMostTries = 50;
    for (int tries = 1;; ++tries) {
        const auto made = make_folders(target.parent_path());
        if (made && ::rename(path.c_str(), target.c_str()) == 0) break;
        if (made && errno != ENOENT) return failed(target, errno);
        if (tries == kMostTries) return made ? failed(target, ENOENT) : tl::unexpected(made.error());
    }
    const auto synced = sync_folder(target.parent_path());
    // Gone with its folder already: it was there, and then it was removed.
    std::error_code trouble;
    if (!synced && fs::exists(target.parent_path(), trouble)) return tl::unexpected(synced.error());
    return info;
}

base::Result<ObjectInfo> FileObjects::put(const std::string& key, std::string_view bytes) {
    TRY_VOID(place(key));
    const std::string path = scratch_path("");
    base::Status status;
    {
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (file < 0) return failed(path, errno);
        while (!bytes.empty() && status) {
            const auto count = ::write(file, bytes.data(), bytes.size());
            if (count < 0 && errno != EINTR) status = failed(path, errno);
            if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    auto info = status ? put_file(key, path) : base::Result<ObjectInfo>(tl::unexpected(status.error()));
    if (!info) ::unlink(path.c_str());
    return info;
}

base::Result<std::unique_ptr<ObjectReader>> FileObjects::open(const std::string& key) {
    const fs::path path = TRY(place(key));
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        return base::fail(Kind::not_found, "There is no such audio.", "no object " + key);
    if (descriptor < 0) return failed(path, errno);
    struct stat about {};
    const bool known = ::fstat(descriptor, &about) == 0;
    auto reader = std::make_unique<FileReader>(descriptor, static_cast<std::uint64_t>(about.st_size));
    if (!known || !S_ISREG(about.st_mode))
        return base::fail(Kind::not_found, "There is no such audio.", "no object but a folder: " + key);
    return reader;
}

base::Status FileObjects::remove(const std::string& key) {
    const fs::path path = TRY(place(key));
    if (::unlink(path.c_str()) == 0) {
        // The folder of one making goes with its last object; the few above it stay. A put into the same
        // folder at this moment makes it anew.
        if (::rmdir(path.parent_path().c_str()) == 0) return {};
        return sync_folder(path.parent_path());
    }
    if (errno == ENOENT || errno == ENOTDIR) return {};
    return failed(path, errno);
}

base::Result<std::vector<std::string>> FileObjects::list(const std::string& prefix) {
    std::vector<std::string> keys;
    // Only the deepest folder that the prefix names whole need be searched.
    const auto slash = prefix.rfind('/');
    fs::path from = folder_;
    if (slash != std::string::npos) from = TRY(place(prefix.substr(0, slash)));
    std::error_code trouble;
    fs::recursive_directory_iterator entry(from, trouble);
    if (trouble == std::errc::no_such_file_or_directory || trouble == std::errc::not_a_directory) return keys;
    for (; !trouble && entry != fs::recursive_directory_iterator(); entry.increment(trouble)) {
        if (entry->path() == mark_) continue;
        if (entry->path() == scratch_) {
            entry.disable_recursion_pending();
            continue;
        }
        std::error_code gone;  // removed by another in the meantime
        if (!entry->is_regular_file(gone)) continue;
        std::string key = entry->path().lexically_relative(folder_).string();
        if (key.starts_with(prefix)) keys.push_back(std::move(key));
    }
    if (trouble && trouble != std::errc::no_such_file_or_directory) return failed(from, trouble.value());
    std::sort(keys.begin(), keys.end());
    return keys;
}

// A file with a random name for the place lies in it, so a disk that two servers mount is known as one.
base::Result<std::string> FileObjects::place_id() {
    for (int attempt = 0;; ++attempt) {
        const Descriptor file(::open(mark_.c_str(), O_RDONLY | O_CLOEXEC));
        if (file >= 0) {
            std::array<char, 64> text{};
            const auto count = ::read(file, text.data(), text.size());
            if (count < 0) return failed(mark_, errno);
            return std::string(text.data(), static_cast<std::size_t>(count));
        }
        if (errno != ENOENT || attempt > 0) return failed(mark_, errno);
        const std::string id = base::random_id(), path = scratch_path("");
        const Descriptor made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        // Linked, not renamed: of two that begin at once the first one's name stays.
        const bool kept = made >= 0 &&
                          ::write(made, id.data(), id.size()) == static_cast<ssize_t>(id.size()) &&
                          ::fsync(made) == 0 && (::link(path.c_str(), mark_.c_str()) == 0 || errno == EEXIST);
        const int code = errno;
        ::unlink(path.c_str());
        if (!kept) return failed(mark_, code);
        TRY_VOID(sync_folder(folder_));
    }
}

base::Result<int> FileObjects::sweep_scratch(std::int64_t older_than_seconds) {
    std::error_code trouble;
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(scratch_, trouble); !trouble && entry != fs::directory_iterator();
         entry.increment(trouble))
        found.push_back(entry->path());
    if (trouble) return failed(scratch_, trouble.value());
    int removed = 0;
    const std::time_t now = std::time(nullptr);
    for (const auto& path : found) {
        struct stat about {};
        if (::lstat(path.c_str(), &about) != 0 || now - about.st_mtime < older_than_seconds) continue;
        std::error_code gone;
        if (fs::remove_all(path, gone) > 0 && !gone) ++removed;
    }
    return removed;
}

}  // namespace

base::Result<std::unique_ptr<Objects>> open_file_objects(const std::string& folder) {
    auto objects = std::make_unique<FileObjects>(fs::absolute(folder).lexically_normal());
    TRY_VOID(objects->prepare());
    return objects;
}

}  // namespace mmx::store
