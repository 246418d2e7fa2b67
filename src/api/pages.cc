#include "api/pages.h"

#include <memory>
#include <string>

#include "base/embedded_files.h"
#include "base/secrets.h"

namespace mmx::api {

extern const base::EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {

std::string_view type_of(std::string_view path) {
    if (path.ends_with(".html")) return "text/html; charset=utf-8";
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

net::Handler file_handler(const base::EmbeddedFile& file) {
    const auto bytes = std::make_shared<const std::string>(file.contents());
    const std::string etag = "\"" + base::to_hex(base::sha256(*bytes).substr(0, 16)) + "\"";
    return [bytes, etag, type = std::string(type_of(file.path))](const net::Request&) {
        net::Response response;
        response.headers.set("Content-Type", type);
        response.headers.set("ETag", etag);
        response.headers.set("Cache-Control", "no-cache");  // kept, but asked about each time
        response.body = bytes;
        return response;
    };
}

}  // namespace

void add_pages(net::Router& router) {
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i) {
        const base::EmbeddedFile& file = kEmbeddedFiles[i];
        const std::string_view path = file.path;
        router.add("GET", "/" + std::string(path), net::Pool::none, file_handler(file));
        if (path != "index.html") continue;
        for (const char* page :
             {"/", "/setup", "/login", "/register", "/verify", "/forgot", "/reset", "/confirm-email"})
            router.add("GET", page, net::Pool::none, file_handler(file));
    }
}

}  // namespace mmx::api
