#include "work/scratch.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace mmx::work {
namespace {

constexpr std::size_t kPortion_bytes = 1 << 20;

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

tl::unexpected<base::Error> no_room(const std::string& path) {
    return base::fail_for_now(base::Kind::unavailable, "There is no room to work right now.",
                              path + ": " + std::strerror(errno), 30);
}

}  // namespace

Scratch::Scratch(store::Objects& objects, std::string_view suffix)
    : objects_(objects), path_(objects.scratch_path(suffix)) {}

Scratch::~Scratch() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

base::Result<store::ObjectInfo> Scratch::put(const std::string& key) {
    return objects_.put_file(key, path_);
}

base::Status fetch(store::Objects& objects, const std::string& key, const std::string& path) {
    const auto reader = TRY(objects.open(key));
    std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wbx"));
    if (file == nullptr) return no_room(path);
    for (std::uint64_t at = 0;;) {
        const std::string part = TRY(reader->read(at, kPortion_bytes));
        if (part.empty()) break;
        if (std::fwrite(part.data(), 1, part.size(), file.get()) != part.size()) return no_room(path);
        at += part.size();
    }
    if (std::fflush(file.get()) != 0) return no_room(path);
    return {};
}

base::Result<std::string> read_small(store::Objects& objects, const std::string& key) {
    const auto reader = objects.open(key);
    if (!reader && reader.error().kind == base::Kind::not_found) return std::string();
    if (!reader) return tl::unexpected(reader.error());
    std::string all;
    for (;;) {
        const std::string part = TRY((*reader)->read(all.size(), kPortion_bytes));
        if (part.empty()) return all;
        all += part;
    }
}

}  // namespace mmx::work
