#include "api/pages.h"

#include <string>
#include <vector>

#include "base/embedded_files.h"
#include "base/secrets.h"
#include "net/static_files.h"

namespace mmx::api {

extern const base::EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {

constexpr std::string_view kAddresses = "addresses.txt";
constexpr std::string_view kPage = "index.html";
constexpr std::string_view kNonce = "__MMX_NONCE__";  // in what Vite makes; see web/studio/vite.config.ts

std::string_view contents_of(std::string_view path) {
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i)
        if (path == kEmbeddedFiles[i].path) return kEmbeddedFiles[i].contents();
    return {};
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
    std::vector<std::string_view> parts;
    for (auto at = text.find(by); at != std::string_view::npos; at = text.find(by)) {
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + by.size());
    }
    parts.push_back(text);
    return parts;
}

// What the page may do: load our own files, and run and style what carries this answer's number. The number
// is what lets the waveform bring its own style without 'unsafe-inline'.
std::string policy_with(const std::string& nonce) {
    return "default-src 'none'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce +
           "'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
           "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

net::Response studio_page(int status) {
    static const std::vector<std::string_view> parts = split(contents_of(kPage), kNonce);
    const std::string nonce = base::to_base64(base::random_bytes(18));
    std::string text;
    for (const std::string_view part : parts) {
        if (!text.empty()) text += nonce;
        text += part;
    }
    auto response = net::Response::text(status, "text/html; charset=utf-8", std::move(text));
    response.headers.set("Content-Security-Policy", policy_with(nonce));
    response.headers.set("Cache-Control", "no-store");  // its number is good for once
    return response;
}

}  // namespace

void add_pages(net::Router& router) {
    static const net::StaticFiles files({kEmbeddedFiles, kEmbeddedFileCount});
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i) {
        const std::string path = kEmbeddedFiles[i].path;
        if (!files.has(path) || path == kPage || path == kAddresses) continue;
        router.add("GET", "/" + path, net::Pool::none,
                   [path](const net::Request& request) { return files.answer(request, path); });
    }
    for (const std::string_view address : split(contents_of(kAddresses), "\n"))
        if (!address.empty())
            router.add("GET", address, net::Pool::none, [](const net::Request&) { return studio_page(200); });
}

void show_not_found(const net::Request& request, net::Response& response) {
    const bool person = request.headers.get("Accept").find("text/html") != std::string_view::npos;
    if (response.status != 404 || !request.route.empty() || !person || request.path.starts_with("/api/"))
        return;
    response = studio_page(404);
}

}  // namespace mmx::api
