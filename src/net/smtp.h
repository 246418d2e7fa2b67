// One mail through an SMTP server, on libcurl: STARTTLS, certificates checked, everything bounded.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "net/mime.h"

namespace mmx::net {

// automatic: STARTTLS is required, but for a loopback host without extra_ca_file, which is spoken to in the
// clear. starttls: required everywhere. implicit: TLS from the first byte (port 465).
enum class SmtpTls { automatic, starttls, implicit };

struct SmtpSettings {
    std::string host;
    int port = 587;
    std::string user, password;  // empty: no login
    std::string from;            // "Name <someone@example.com>" or the address alone
    SmtpTls tls = SmtpTls::automatic;
    std::string extra_ca_file;  // a private authority's certificate, or empty
    std::chrono::milliseconds connect_limit{10'000}, total_limit{60'000};
};

// Blocks; any thread. Kind::unavailable, and Retry::may_help where the server said 4xx or could not be
// reached; useless where it said 5xx, refused the login, or showed a bad certificate. Kind::invalid_request
// for an address that is none.
base::Status send_mail(const SmtpSettings& settings, const Mail& mail);

}  // namespace mmx::net
