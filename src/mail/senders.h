// The two ways out: an SMTP server, or files in a folder where none is set.
#pragma once

#include <memory>
#include <string>

#include "mail/outbox.h"

namespace mmx::net {
struct SmtpSettings;
}

namespace mmx::mail {

std::unique_ptr<Sender> smtp_sender(const net::SmtpSettings& settings);

// One readable file a mail (folder 0700, files 0600), nothing encoded, so that whoever sets the service up
// can copy the link. The log says once where they are.
base::Result<std::unique_ptr<Sender>> file_sender(const std::string& folder);

}  // namespace mmx::mail
