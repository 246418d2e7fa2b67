// A mail as the bytes that travel: headers of RFC 5322, a plain and an HTML part (MIME
// multipart/alternative).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mmx::net {

struct Mail {
    std::string to;  // one address, without a name
    std::string subject, text;
    std::string html;  // empty: the plain part alone
};

struct Mailbox {
    std::string name, address;  // the name may be empty
};
// "Name <someone@example.com>" or "someone@example.com". Line breaks are dropped first. The address: ASCII
// without spaces or control characters, one '@' with something on both sides.
base::Result<Mailbox> parse_mailbox(std::string_view text);

// Lines end in CR LF and are at most 78 characters long (998 for what cannot be broken).
base::Result<std::string> build_message(const Mailbox& from, const Mail& mail);

// Unstructured header text: words of RFC 2047 where it is not plain ASCII; `used` characters stand before it.
std::string encode_header_text(std::string_view text, std::size_t used);
std::string encode_quoted_printable(std::string_view text);  // LF, CR and CR LF all end a line

}  // namespace mmx::net
