// Reading and writing whole files, and looking at paths before any work is done.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "codec/codec.h"

namespace mmx::cli {
namespace fs = std::filesystem;

base::Status check_folder_of(const std::string& option, const std::string& path) {
    if (path.empty()) return base::fail_field(option, option + ": a file name is missing");
    std::error_code error;
    const fs::path folder = fs::path(path).parent_path();
    if (!folder.empty() && !fs::is_directory(folder, error))
        return base::fail_field(option, option + ": the folder '" + folder.string() +
                                            "' does not exist; create it first or choose another");
    if (fs::is_directory(path, error))
        return base::fail_field(option, option + ": '" + path + "' is a folder; a file name is needed");
    if (access(folder.empty() ? "." : folder.c_str(), W_OK) != 0)
        return base::fail_field(option, option + ": nothing can be written in the folder of '" + path + "'");
    return {};
}

base::Status check_audio_path(const std::string& option, const std::string& path) {
    if (!codec::format_of(path)) {
        const std::string ending = fs::path(path).extension().string();
        return base::fail_field(option, option + ": '" + path + "' " +
                                            (ending.empty() ? "has no ending" : "ends in " + ending) +
                                            "; .flac, .wav, .mp3 and .opus are written");
    }
    return check_folder_of(option, path);
}

base::Status write_whole(const std::string& path, const std::string& bytes) {
    const std::string beside = path + ".part-" + std::to_string(getpid());
    const auto failed = [&] {
        const int reason = errno;
        std::remove(beside.c_str());
        return base::fail(base::Kind::io,
                          "'" + path + "' could not be written: " + std::strerror(reason) + ".");
    };
    std::FILE* file = std::fopen(beside.c_str(), "wb");
    if (file == nullptr) return failed();
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() &&
                         std::fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (std::fclose(file) != 0 || !written) return failed();
    if (std::rename(beside.c_str(), path.c_str()) != 0) return failed();
    return {};
}

base::Result<std::string> read_whole(const std::string& path, std::size_t most_bytes) {
    std::error_code error;
    if (fs::is_directory(path, error))
        return base::fail(base::Kind::invalid_request, "'" + path + "' is a folder; a file is needed.");
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::Kind::invalid_request, "'" + path + "' cannot be read; is the name right?");
    std::string text(most_bytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > most_bytes)
        return base::fail(base::Kind::invalid_request,
                          "'" + path + "' is longer than " + std::to_string(most_bytes) + " bytes.");
    return text;
}

}  // namespace mmx::cli
