#include "net/smtp.h"

#include <algorithm>
#include <cstring>

#include "net/curl.h"

namespace mmx::net {
namespace {

std::size_t on_read(char* into, std::size_t size, std::size_t count, void* from) {
    auto& left = *static_cast<std::string_view*>(from);
    const std::size_t bytes = std::min(size * count, left.size());
    std::memcpy(into, left.data(), bytes);
    left.remove_prefix(bytes);
    return bytes;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

long encryption_of(const SmtpSettings& settings) {
    const bool in_the_clear = settings.tls == SmtpTls::automatic && settings.extra_ca_file.empty() &&
                              is_loopback_host(settings.host);
    return in_the_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL;
}

std::string url_of(const SmtpSettings& settings) {
    const bool is_v6 = settings.host.find(':') != std::string::npos && !settings.host.starts_with('[');
    return (settings.tls == SmtpTls::implicit ? "smtps://" : "smtp://") +
           (is_v6 ? "[" + settings.host + "]" : settings.host) + ":" + std::to_string(settings.port);
}

}  // namespace

base::Status send_mail(const SmtpSettings& settings, const Mail& mail) {
    const Mailbox from = TRY(parse_mailbox(settings.from));
    const Mailbox to = TRY(parse_mailbox(mail.to));
    const std::string message = TRY(build_message(from, mail));

    const CurlHandle handle = open_curl(settings.extra_ca_file);
    if (!handle) return base::fail(base::Kind::internal, "This cannot be sent.", "libcurl does not start");
    CURL* curl = handle.get();
    const std::string url = url_of(settings);
    CurlList recipients;
    append(recipients, "<" + to.address + ">");
    std::string_view left = message;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, encryption_of(settings));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_limit.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_limit.count()));
    if (!settings.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from.address + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, &left);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);

    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK) return {};
    // The server's words may quote the recipient, and the log holds no address: its number says enough.
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    const std::string what = url + " (last reply " + std::to_string(reply) + ")";
    const std::string tell_log = what + ": " + curl_easy_strerror(code);
    // Who we are is refused, not the mail: it waits until the operator has mended the settings.
    if (code == CURLE_LOGIN_DENIED || reply == 530 || reply == 534 || reply == 535 || reply == 538)
        return base::fail_for_now(base::Kind::unavailable, "The mail server refuses our login.", tell_log,
                                  300);
    if (reply >= 500 && reply < 600)
        return base::fail(base::Kind::unavailable, "The mail server refuses this mail.", tell_log);
    if (reply >= 400 && reply < 500)
        return base::fail_for_now(base::Kind::unavailable, "The mail server cannot take this mail now.",
                                  tell_log, 60);
    return curl_failure(code, what, nullptr);
}

}  // namespace mmx::net
