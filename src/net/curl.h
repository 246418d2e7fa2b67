// libcurl, opened once, with the rules that hold for everything we send. For client.cc and smtp.cc only.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace mmx::net {

struct CurlCloser {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, CurlCloser>;
using CurlList = std::unique_ptr<curl_slist, CurlCloser>;

// A fresh handle: no signals, certificates and names checked, no proxy of the environment, no redirects.
CurlHandle open_curl(const std::string& extra_ca_file);
void append(CurlList& list, const std::string& text);

// What a failed transfer means: time-outs, names and refused connections may help later, bad certificates
// do not. `what` names the other side for the log ("GET https://api.example").
tl::unexpected<base::Error> curl_failure(CURLcode code, const std::string& what, const char* details);

// "localhost", 127.0.0.0/8 and ::1: the only hosts that may be spoken to in the clear.
bool is_loopback_host(std::string_view host);

}  // namespace mmx::net
