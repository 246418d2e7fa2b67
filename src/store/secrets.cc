#include "store/secrets.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/secrets.h"
#include "store/settings.h"

namespace mmx::store {
namespace {

using base::Kind;

constexpr std::size_t kMasterBytes = 32;
constexpr std::string_view kFingerprint = "master_key_fingerprint";

std::optional<std::string> master_from_hex(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    auto master = base::from_hex(text);
    if (!master || master->size() != kMasterBytes) return std::nullopt;
    return master;
}

tl::unexpected<base::Error> unreadable(const std::string& path, const std::string& why) {
    return base::fail(Kind::unreadable, "The key file " + path + " cannot be used: " + why);
}

base::Result<Secrets> read_master(const std::string& path, int descriptor, Secrets::Origin origin) {
    struct stat about {};
    if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
        return unreadable(path, "it is no file.");
    if ((about.st_mode & 077) != 0)
        return unreadable(path, "others than its owner can read it. If nobody did, run: chmod 600 " + path);
    std::array<char, 200> text{};
    const auto count = ::read(descriptor, text.data(), text.size());
    if (count < 0) return unreadable(path, std::strerror(errno));
    const auto master = master_from_hex({text.data(), static_cast<std::size_t>(count)});
    if (!master)
        return unreadable(path, "it does not hold 64 hexadecimal digits. Restore it from the backup.");
    return Secrets(*master, origin);
}

// Written beside its name and linked into place, so that of two first starts one wins and both read whole.
base::Status make_master(const std::string& folder, const std::string& path) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return unreadable(path, std::strerror(errno));
    const std::string making = path + "." + base::random_id();
    const std::string text = base::to_hex(base::random_bytes(kMasterBytes)) + "\n";
    const int descriptor = ::open(making.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return unreadable(path, std::strerror(errno));
    bool done = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                ::fsync(descriptor) == 0;
    ::close(descriptor);
    done = done && (::link(making.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const int code = errno;
    ::unlink(making.c_str());
    if (!done) return unreadable(path, std::strerror(code));
    // A key whose name is lost with the power would leave the database without its key.
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) ::close(directory);
    if (!synced) return unreadable(path, "its folder cannot be synced.");
    return {};
}

}  // namespace

std::string Secrets::key(std::string_view purpose) const {
    return base::hkdf_sha256(master_, "mmx " + std::string(purpose));
}

std::string Secrets::fingerprint() const {
    return base::to_hex(base::hkdf_sha256(master_, "mmx fingerprint", 16));
}

base::Result<Secrets> load_or_make_secrets(const std::string& folder, Dialect dialect,
                                           const std::optional<std::string>& supplied_hex, Absent absent) {
    if (supplied_hex) {
        const auto master = master_from_hex(*supplied_hex);
        if (!master) {
            return base::fail_field("master_key",
                                    "The master key must be 64 hexadecimal digits, for example what this "
                                    "prints: openssl rand -hex 32");
        }
        return Secrets(*master);
    }
    if (dialect == Dialect::postgresql) {
        return base::fail(Kind::missing_part,
                          "With PostgreSQL every server needs the same master key. Make one with: openssl "
                          "rand -hex 32, and give it to each in MMX_MASTER_KEY or MMX_MASTER_KEY_FILE.");
    }
    const std::string path = folder + "/master.key";
    auto origin = Secrets::Origin::kept;
    for (int attempt = 0;; ++attempt) {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (descriptor >= 0) {
            auto secrets = read_master(path, descriptor, origin);
            ::close(descriptor);
            return secrets;
        }
        if (errno != ENOENT || attempt > 0) return unreadable(path, std::strerror(errno));
        if (absent == Absent::refuse) {
            return base::fail(
                Kind::missing_part,
                "The master key " + path +
                    " is missing, though the database was used with one. Put the kept copy back "
                    "in its place. A new key is not made: with it no password could be checked, "
                    "and no watermark of the songs made so far could ever be read again.");
        }
        TRY_VOID(make_master(folder, path));
        origin = Secrets::Origin::made_now;
    }
}

base::Result<bool> has_fingerprint(Database& database) {
    return TRY(setting(database, kFingerprint)).has_value();
}

base::Status check_fingerprint(Database& database, const Secrets& secrets) {
    const std::string own = secrets.fingerprint();
    const std::string kept = TRY(remember_first(database, kFingerprint, own));
    if (base::equal_in_constant_time(kept, own)) return {};
    return base::fail(
        Kind::conflict,
        "The database was made with another master key. Passwords and links would not work, and no "
        "watermark made so far could be read: give this server the key that the others have, or restore "
        "secrets/master.key from the "
        "backup that the database comes from.");
}

}  // namespace mmx::store
