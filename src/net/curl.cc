#include "net/curl.h"

#include "net/address.h"
#include "net/text.h"

namespace mmx::net {

CurlHandle open_curl(const std::string& extra_ca_file) {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    CurlHandle handle(once == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle) return handle;
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (!extra_ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, extra_ca_file.c_str());
    return handle;
}

void append(CurlList& list, const std::string& text) {
    if (curl_slist* longer = curl_slist_append(list.get(), text.c_str())) {
        static_cast<void>(list.release());
        list.reset(longer);
    }
}

tl::unexpected<base::Error> curl_failure(CURLcode code, const std::string& what, const char* details) {
    const std::string log = what + ": " + curl_easy_strerror(code) +
                            (details != nullptr && *details != '\0' ? std::string(" (") + details + ")" : "");
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_USE_SSL_FAILED:
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_LOGIN_DENIED:
        case CURLE_FILESIZE_EXCEEDED:
            return base::fail(base::Kind::unavailable,
                              "A service this one depends on cannot be used. Its operator has to look.", log);
        default:
            return base::fail_for_now(
                base::Kind::unavailable,
                "A service this one depends on is out of reach. Please try again later.", log, 30);
    }
}

bool is_loopback_host(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (equal_ignoring_case(host, "localhost")) return true;
    const auto address = parse_address(host);
    return address && address->is_loopback();
}

}  // namespace mmx::net
