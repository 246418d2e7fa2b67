// Any bytes as the parts of a mail: refused, or a message whose lines are short and whose headers are ours
// alone.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/mime.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace net = mmx::net;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t third = size / 3;
    const auto from = net::parse_mailbox(text.substr(0, third));
    if (from && from->address.find_first_of("\r\n <>") != std::string::npos) std::abort();
    const net::Mailbox sender = from ? *from : net::Mailbox{"Service", "service@example.com"};
    net::Mail mail{"someone@example.com", std::string(text.substr(third, third)), std::string(text),
                   std::string(text.substr(2 * third))};
    const auto message = net::build_message(sender, mail);
    if (!message) return 0;
    std::size_t start = 0, headers = 0;
    bool in_head = true;
    while (start < message->size()) {
        const std::size_t end = message->find("\r\n", start);
        if (end == std::string::npos || end - start > 998) std::abort();
        const std::string_view line(message->data() + start, end - start);
        if (line.find_first_of("\r\n") != std::string_view::npos) std::abort();
        if (line.empty()) in_head = false;
        if (in_head && !line.starts_with(' ') && !line.starts_with('\t')) ++headers;
        start = end + 2;
    }
    // As many headers as with plain words in their place.
    mail.subject = "Hello";
    const auto plain = net::build_message({"Service", "service@example.com"}, mail);
    std::size_t expected = 0;
    for (std::size_t at = 0; plain->compare(at, 2, "\r\n") != 0; at = plain->find("\r\n", at) + 2)
        expected += (*plain)[at] != ' ' && (*plain)[at] != '\t';
    if (headers != expected) std::abort();
    return 0;
}
