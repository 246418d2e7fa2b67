#include "net/client.h"

#include "net/curl.h"
#include "net/text.h"

namespace mmx::net {
namespace {

using base::Kind;

struct Incoming {
    ClientResponse response;
    std::size_t most_bytes = 0, header_bytes = 0;
    bool too_large = false;
};

constexpr std::size_t kMostHeaderBytes = 64 * 1024;

std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* into) {
    auto& incoming = *static_cast<Incoming*>(into);
    if (incoming.response.body.size() + count > incoming.most_bytes) {
        incoming.too_large = true;
        return 0;
    }
    incoming.response.body.append(bytes, count);
    return count;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t count, void* into) {
    auto& incoming = *static_cast<Incoming*>(into);
    incoming.header_bytes += count;
    if (incoming.header_bytes > kMostHeaderBytes) {
        incoming.too_large = true;
        return 0;
    }
    std::string_view line(bytes, count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    // A status line begins the headers anew: those of "100 Continue" are nobody's.
    if (line.starts_with("HTTP/")) incoming.response.headers.clear();
    const auto colon = line.find(':');
    if (!line.starts_with("HTTP/") && colon != std::string_view::npos)
        incoming.response.headers.emplace_back(lower_case(line.substr(0, colon)),
                                               trim(line.substr(colon + 1)));
    return count;
}

struct UrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
    const std::string copy = text;
    curl_free(text);
    return copy;
}

// Gives "scheme://host" for the log: paths and queries may hold secrets.
base::Result<std::string> check_url(const std::string& address) {
    const std::unique_ptr<CURLU, UrlCloser> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
        return base::fail(Kind::unavailable, "An address in the settings is not a URL.", "not a URL");
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
    const std::string host = part_of(url.get(), CURLUPART_HOST);
    const std::string place = scheme + "://" + host;
    if (scheme != "https" && !(scheme == "http" && is_loopback_host(host)))
        return base::fail(Kind::unavailable, "An address in the settings is not https.",
                          place + ": only https may leave this machine");
    return place;
}

}  // namespace

base::Result<ClientResponse> send(const ClientRequest& request) {
    const std::string place = TRY(check_url(request.url));
    const std::string what = request.method + " " + place;
    if (!is_token(request.method)) return base::fail(Kind::internal, "This cannot be sent.", what);
    CurlList headers;
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name) || !is_header_value(value))
            return base::fail(Kind::internal, "This cannot be sent.", what + ": a header is not valid");
        // "Name;" is how libcurl is told of an empty value.
        append(headers, value.empty() ? name + ";" : name + ": " + value);
    }
    append(headers, "Expect:");  // bodies are small: no round trip to ask first

    const CurlHandle handle = open_curl(request.extra_ca_file);
    if (!handle) return base::fail(Kind::internal, "This cannot be sent.", "libcurl does not start");
    CURL* curl = handle.get();
    Incoming incoming;
    incoming.most_bytes = request.most_answer_bytes;
    char details[CURL_ERROR_SIZE] = {};
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, details);
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_limit.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_limit.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());

    const CURLcode code = curl_easy_perform(curl);
    if (incoming.too_large)
        return base::fail(
            Kind::unavailable, "A service this one depends on cannot be used. Its operator has to look.",
            what + ": the answer is larger than " + std::to_string(incoming.most_bytes) + " bytes");
    if (code != CURLE_OK) return curl_failure(code, what, details);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    incoming.response.status = static_cast<int>(status);
    return std::move(incoming.response);
}

}  // namespace mmx::net
