// Errors as answers: problem details of RFC 9457, with the field at fault where there is one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/http.h"

namespace mmx::api {

// The one place where a Kind becomes a status.
int status_of(const base::Error& error);

// Logs what only the operator may read (tell_log), answers with what the user may: type, title, status,
// detail, field, request_id; Retry-After where it is known.
net::Response problem(const base::Error& error, std::string_view request_id);
// Several fields at once: {"errors": [{"field", "detail"}]}; the first one also stands at the top.
net::Response problem(const std::vector<base::Error>& errors, std::string_view request_id);
// What the server itself refuses (404, 405, 413, ...).
net::Response problem(int status, std::string_view detail, std::string_view request_id);

}  // namespace mmx::api
