#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "base/secrets.h"
#include "log/log.h"
#include "mail/senders.h"

namespace mmx::mail {
namespace {

base::Status failed(const std::string& what, const std::string& path) {
    return base::fail_for_now(base::Kind::unavailable, "Mails cannot be written at the moment.",
                              what + " " + path + ": " + std::strerror(errno));
}

// "20310504T120000Z": files sort by time.
std::string utc_stamp() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof(text), "%Y%m%dT%H%M%SZ", &parts);
    return text;
}

std::string readable(const Mail& mail) {
    return "To: " + mail.to + "\nSubject: " + mail.subject + "\nContent-Type: text/plain; charset=utf-8\n\n" +
           mail.text;
}

base::Status write_new_file(const std::string& path, std::string_view content) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed("open", path);
    std::string_view left = content;
    while (!left.empty()) {
        const ssize_t written = ::write(file, left.data(), left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const base::Status error = failed("write", path);
            ::close(file);
            ::unlink(path.c_str());
            return error;
        }
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::close(file) != 0) return failed("close", path);
    return {};
}

class FileSender final : public Sender {
  public:
    explicit FileSender(std::string folder) : folder_(std::move(folder)) {}

    base::Status send(const Mail& mail) override {
        const std::string name = utc_stamp() + "-" + mail.kind + "-" + base::random_id().substr(0, 8);
        const std::string made = folder_ + "/." + name, path = folder_ + "/" + name + ".eml";
        TRY_VOID(write_new_file(made, readable(mail)));
        if (::rename(made.c_str(), path.c_str()) != 0) return failed("rename", path);
        return {};
    }

  private:
    std::string folder_;
};

}  // namespace

base::Result<std::unique_ptr<Sender>> file_sender(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || ::chmod(folder.c_str(), 0700) != 0) {
        return base::fail(base::Kind::io, "The folder for mails cannot be made: " + folder + ".",
                          error ? error.message() : std::strerror(errno));
    }
    log::info("no mail server is set: mails are written as files", {{"folder", folder}});
    return std::make_unique<FileSender>(folder);
}

}  // namespace mmx::mail
