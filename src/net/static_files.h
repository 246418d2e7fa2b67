// Files that the program carries inside itself, over HTTP: the studio's pages, scripts and fonts.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded_files.h"
#include "net/http.h"

namespace mmx::net {

// Answers from a table of path -> bytes, prepared once. "app.js.gz" and "app.js.br" beside "app.js" are its
// compressed forms and have no address of their own. ETags are hashes of what is sent. A name that holds a
// hash of its contents ("app-B3xK9q2f.js": 8 characters or more between '-' or '.' and the extension) may be
// kept for a year, everything else is asked for again (and mostly answered by 304). Any thread.
class StaticFiles {
  public:
    explicit StaticFiles(std::span<const base::EmbeddedFile> files);
    ~StaticFiles();
    StaticFiles(StaticFiles&&) noexcept;

    bool has(std::string_view path) const;
    // `path` below the table's folder, as a route's {rest...} gives it; 404 without a body if there is none.
    Response answer(const Request& request, std::string_view path) const;

  private:
    struct Table;
    std::unique_ptr<Table> table_;
};

// By extension, with the charset for text; "application/octet-stream" for the unknown.
std::string_view content_type_of(std::string_view path);
// Accept-Encoding: q=0 refuses, "*" takes any that is not named.
bool accepts_encoding(std::string_view header, std::string_view encoding);

}  // namespace mmx::net
