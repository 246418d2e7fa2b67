#include "net/static_files.h"

#include <algorithm>
#include <map>

#include "base/secrets.h"
#include "net/text.h"

namespace mmx::net {
namespace {

struct Form {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
};

struct File {
    Form plain, gzip, brotli;
    std::string content_type, cache_control;
};

Form form_of(std::string_view bytes) {
    const std::string hash = base::to_base64url(base::sha256(bytes).substr(0, 12));
    return {std::make_shared<const std::string>(bytes), "\"" + hash + "\""};
}

std::string_view extension_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
}

bool is_compressed_form(std::string_view path) {
    return path.ends_with(".gz") || path.ends_with(".br");
}

// Bundlers' hashes mix digits with letters, which words such as "description" do not.
bool holds_hash(std::string_view path) {
    const std::string_view extension = extension_of(path);
    if (extension.empty()) return false;
    std::string_view stem = path.substr(path.rfind('/') + 1);
    stem.remove_suffix(extension.size() + 1);
    constexpr std::size_t kHashLength = 8;
    if (stem.size() <= kHashLength) return false;
    const std::string_view hash = stem.substr(stem.size() - kHashLength);
    const char before = stem[stem.size() - kHashLength - 1];
    const auto is_word = [](char c) {
        return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '_' || c == '-';
    };
    const bool mixed = std::any_of(hash.begin(), hash.end(), [](char c) { return c < 'a' || c > 'z'; });
    return (before == '-' || before == '.') && mixed && std::all_of(hash.begin(), hash.end(), is_word);
}

// The weight given to one coding, in thousandths; RFC 9110 section 12.4.2.
int weight_of(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) return 1000;
    int weight = 0, scale = 1000;
    for (const char c : parameters.substr(q + 2)) {
        if (c == '.') continue;
        if (c < '0' || c > '9' || scale == 0) break;
        weight += (c - '0') * scale;
        scale /= 10;
    }
    return weight;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
    static const std::map<std::string, std::string_view, std::less<>> types = {
        {"html", "text/html; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"txt", "text/plain; charset=utf-8"},
        {"md", "text/markdown; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"webmanifest", "application/manifest+json"},
        {"xml", "application/xml"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"webp", "image/webp"},
        {"avif", "image/avif"},
        {"gif", "image/gif"},
        {"ico", "image/x-icon"},
        {"woff2", "font/woff2"},
        {"woff", "font/woff"},
        {"ttf", "font/ttf"},
        {"wasm", "application/wasm"},
        {"pdf", "application/pdf"},
        {"flac", "audio/flac"},
        {"mp3", "audio/mpeg"},
        {"opus", "audio/ogg; codecs=opus"},
        {"ogg", "audio/ogg"},
        {"wav", "audio/wav"},
        {"mid", "audio/midi"},
        {"zip", "application/zip"},
    };
    const auto found = types.find(lower_case(extension_of(path)));
    return found == types.end() ? "application/octet-stream" : found->second;
}

bool accepts_encoding(std::string_view header, std::string_view encoding) {
    bool any = false;
    while (!header.empty()) {
        const std::string_view element = next_of_list(header);
        const auto semicolon = element.find(';');
        const std::string_view name = trim(element.substr(0, semicolon));
        const bool wanted =
            semicolon == std::string_view::npos || weight_of(element.substr(semicolon + 1)) > 0;
        if (equal_ignoring_case(name, encoding)) return wanted;
        if (name == "*") any = wanted;
    }
    return any;
}

struct StaticFiles::Table {
    std::map<std::string, File, std::less<>> files;
};

StaticFiles::StaticFiles(std::span<const base::EmbeddedFile> files) : table_(std::make_unique<Table>()) {
    for (const base::EmbeddedFile& file : files) {
        if (is_compressed_form(file.path)) continue;
        File& entry = table_->files[file.path];
        entry.plain = form_of(file.contents());
        entry.content_type = content_type_of(file.path);
        entry.cache_control = holds_hash(file.path) ? "public, max-age=31536000, immutable" : "no-cache";
    }
    for (const base::EmbeddedFile& file : files) {
        const std::string_view path = file.path;
        if (!is_compressed_form(path)) continue;
        const auto entry = table_->files.find(path.substr(0, path.size() - 3));
        if (entry == table_->files.end()) continue;
        (path.ends_with(".gz") ? entry->second.gzip : entry->second.brotli) = form_of(file.contents());
    }
}

StaticFiles::~StaticFiles() = default;
StaticFiles::StaticFiles(StaticFiles&&) noexcept = default;

bool StaticFiles::has(std::string_view path) const {
    return table_->files.find(path) != table_->files.end();
}

Response StaticFiles::answer(const Request& request, std::string_view path) const {
    const auto found = table_->files.find(path);
    if (found == table_->files.end()) return Response::empty(404);
    const File& file = found->second;
    const std::string_view accepted = request.headers.get("Accept-Encoding");
    const Form* form = &file.plain;
    std::string_view encoding;
    if (file.brotli.bytes && accepts_encoding(accepted, "br")) {
        form = &file.brotli;
        encoding = "br";
    } else if (file.gzip.bytes && accepts_encoding(accepted, "gzip")) {
        form = &file.gzip;
        encoding = "gzip";
    }
    Response response;
    response.headers.add("Content-Type", file.content_type);
    response.headers.add("Cache-Control", file.cache_control);
    response.headers.add("ETag", form->etag);
    if (file.gzip.bytes || file.brotli.bytes) response.headers.add("Vary", "Accept-Encoding");
    if (!encoding.empty()) response.headers.add("Content-Encoding", std::string(encoding));
    response.body = form->bytes;
    return response;
}

}  // namespace mmx::net
