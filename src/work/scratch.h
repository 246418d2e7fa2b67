// A file in the making beside the objects, gone when nobody took it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/objects.h"

namespace mmx::work {

class Scratch {
  public:
    Scratch(store::Objects& objects, std::string_view suffix);
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::string& path() const { return path_; }
    // It becomes the object.
    base::Result<store::ObjectInfo> put(const std::string& key);

  private:
    store::Objects& objects_;
    std::string path_;
};

// Copies an object to a path on this machine, for those who read files.
base::Status fetch(store::Objects& objects, const std::string& key, const std::string& path);
// All of it; for small objects. Empty when there is none.
base::Result<std::string> read_small(store::Objects& objects, const std::string& key);

}  // namespace mmx::work
