// Our requests to others, against a real server; mails, against a real mail server.
#include "net/client.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "net/smtp.h"
#include "net/test_server.h"

namespace mmx::net {
namespace {

namespace fs = std::filesystem;
using base::Kind;
using base::Retry;

std::unique_ptr<Server> server_for_clients() {
    Router router;
    router.add("POST", "/echo", Pool::none, [](const Request& request) {
        Response response = Response::text(418, "text/plain", request.body);
        response.headers.add("X-Came", std::string(request.headers.get("X-Sent")));
        response.headers.add("X-Empty", request.headers.has("X-None") ? "there" : "lost");
        return response;
    });
    router.add("GET", "/large", Pool::none,
               [](const Request&) { return Response::text(200, "text/plain", std::string(100'000, 'x')); });
    router.add("GET", "/elsewhere", Pool::none, [](const Request&) {
        Response response = Response::empty(302);
        response.headers.add("Location", "/large");
        return response;
    });
    router.add("DELETE", "/thing", Pool::none, [](const Request&) { return Response::empty(204); });
    router.add("GET", "/slow", Pool::database, [](const Request&) {
        std::this_thread::sleep_for(500ms);
        return Response::empty(204);
    });
    return start(std::move(router));
}

std::string url_of(const Server& server, const std::string& path) {
    return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

TEST(Client, Sends_and_receives_as_told) {
    const auto server = server_for_clients();
    ClientRequest request;
    request.method = "POST";
    request.url = url_of(*server, "/echo");
    request.headers = {{"X-Sent", "yes"}, {"X-None", ""}};
    request.body = std::string("a\0b", 3);
    const auto response = send(request);
    ASSERT_TRUE(response) << response.error().tell_log;
    EXPECT_EQ(response->status, 418);
    EXPECT_EQ(response->body, request.body);
    const auto header = [&](const std::string& name) {
        for (const auto& [key, value] : response->headers)
            if (key == name) return value;
        return std::string("missing");
    };
    EXPECT_EQ(header("x-came"), "yes");
    EXPECT_EQ(header("x-empty"), "there");
    ClientRequest removal;
    removal.method = "DELETE";
    removal.url = url_of(*server, "/thing");
    EXPECT_EQ(send(removal)->status, 204);
}

TEST(Client, Follows_no_redirect_and_reads_no_more_than_allowed) {
    const auto server = server_for_clients();
    ClientRequest request;
    request.url = url_of(*server, "/elsewhere");
    EXPECT_EQ(send(request)->status, 302);
    request.url = url_of(*server, "/large");
    request.most_answer_bytes = 99'999;
    EXPECT_EQ(send(request).error().kind, Kind::unavailable);
    request.most_answer_bytes = 100'000;
    EXPECT_EQ(send(request)->body.size(), 100'000u);
}

TEST(P44_Client, Speaks_in_the_clear_to_this_machine_alone) {
    ClientRequest request;
    for (const char* url : {"http://music.example/", "http://192.0.2.1/", "ftp://127.0.0.1/",
                            "file:///etc/passwd", "http://127.0.0.1.evil.example/", "nonsense"}) {
        request.url = url;
        const auto response = send(request);
        ASSERT_FALSE(response) << url;
        EXPECT_EQ(response.error().retry, Retry::useless) << url;
    }
}

TEST(Client, Says_whether_trying_again_helps) {
    const auto server = server_for_clients();
    ClientRequest request;
    request.url = url_of(*server, "/slow");
    request.total_limit = 100ms;
    EXPECT_EQ(send(request).error().retry, Retry::may_help);
    request.url = "http://127.0.0.1:1/";
    request.total_limit = 5000ms;
    EXPECT_EQ(send(request).error().retry, Retry::may_help);
    request.url = url_of(*server, "/large");
    request.headers = {{"X", "a\r\nInjected: b"}};
    EXPECT_EQ(send(request).error().kind, Kind::internal);
}

std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    char part[4096];
    while (pipe != nullptr && fgets(part, sizeof part, pipe) != nullptr) text += part;
    EXPECT_EQ(pclose(pipe), 0) << command << text;
    return text;
}

// python3-aiosmtpd in a process of its own. Addresses that begin with "full" get 452, "gone" 550.
class MailServer {
  public:
    explicit MailServer(const std::string& options) {
        char name[] = "/tmp/mmx-smtp-XXXXXX";
        folder_ = mkdtemp(name);
        output_of(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
            "subjectAltName=DNS:localhost -keyout " +
            folder_ + "/key.pem -out " + folder_ + "/cert.pem 2>/dev/null");
        std::ofstream(folder_ + "/server.py") << R"(
import asyncio, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult
folder, options = sys.argv[1], sys.argv[2:]
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith('full'): return '452 mailbox full'
        if address.startswith('gone'): return '550 no such user'
        envelope.rcpt_tos.append(address)
        return '250 OK'
    async def handle_DATA(self, server, session, envelope):
        open(folder + '/mail', 'wb').write(envelope.content)
        open(folder + '/envelope', 'w').write(repr((envelope.mail_from, envelope.rcpt_tos, session.ssl is not None)))
        return '250 OK'
def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b'user' and data.password == b'right', handled=False)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder + '/cert.pem', folder + '/key.pem')
tls = 'tls' in options
async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), hostname='localhost', tls_context=context if tls else None,
        require_starttls=tls, authenticator=authenticate, auth_required='auth' in options), 'localhost', 0, family=2)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
)";
        int ends[2];
        EXPECT_EQ(pipe(ends), 0);
        child_ = fork();
        if (child_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl("/bin/sh", "sh", "-c",
                  ("exec /usr/bin/python3 " + folder_ + "/server.py " + folder_ + " " + options).c_str(),
                  nullptr);
            _exit(127);
        }
        ::close(ends[1]);
        FILE* output = fdopen(ends[0], "r");
        EXPECT_EQ(fscanf(output, "%d", &port_), 1) << "the mail server did not start";
        fclose(output);
    }
    ~MailServer() {
        kill(child_, SIGTERM);
        waitpid(child_, nullptr, 0);
        fs::remove_all(folder_);
    }
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;

    SmtpSettings settings() const {
        SmtpSettings settings;
        settings.host = "localhost";
        settings.port = port_;
        settings.from = "MusicMageX <noreply@music.example>";
        return settings;
    }
    std::string certificate() const { return folder_ + "/cert.pem"; }
    std::string file(const std::string& name) const {
        std::ifstream file(folder_ + "/" + name);
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
    // What Python's own mail library makes of the mail.
    std::string read_by_python() const {
        std::ofstream(folder_ + "/read.py") << R"(
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(repr(m['subject'])); print(repr(m['from'])); print(repr(m['to'])); print(len(m.defects))
print(m['date'].datetime.year > 2020, m['message-id'].endswith('@music.example>'))
for part in m.walk():
    if not part.is_multipart(): print(part.get_content_type(), repr(part.get_content()))
)";
        return output_of("/usr/bin/python3 " + folder_ + "/read.py " + folder_ + "/mail 2>&1");
    }

  private:
    std::string folder_;
    pid_t child_ = -1;
    int port_ = 0;
};

Mail sample() {
    return {"someone@example.com", "Your song is ready", "Hello\n.\n=3D caf\xC3\xA9 \nend", "<p>Hello</p>"};
}

TEST(P44_Mail, Goes_out_over_starttls_with_the_certificate_checked) {
    const MailServer server("tls auth");
    SmtpSettings settings = server.settings();
    settings.extra_ca_file = server.certificate();
    settings.user = "user";
    settings.password = "right";
    const auto sent = send_mail(settings, sample());
    ASSERT_TRUE(sent) << sent.error().tell_log;
    EXPECT_EQ(server.file("envelope"), "('noreply@music.example', ['someone@example.com'], True)");

    settings.password = "wrong";
    const auto refused = send_mail(settings, sample());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().retry, Retry::may_help) << "the mail is kept until the login is mended";
    EXPECT_EQ(refused.error().tell_log.find("wrong"), std::string::npos);

    settings.extra_ca_file.clear();
    settings.tls = SmtpTls::starttls;
    const auto unknown = send_mail(settings, sample());
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().retry, Retry::useless) << unknown.error().tell_log;
}

TEST(P44_Mail, Is_not_sent_in_the_clear_where_encryption_is_required) {
    const MailServer server("plain");
    SmtpSettings settings = server.settings();
    settings.tls = SmtpTls::starttls;
    const auto refused = send_mail(settings, sample());
    ASSERT_FALSE(refused);
    EXPECT_EQ(server.file("mail"), "");
    settings.tls = SmtpTls::automatic;  // to this machine it may be
    const auto sent = send_mail(settings, sample());
    EXPECT_TRUE(sent) << sent.error().tell_log;
}

TEST(Mail, Is_read_by_others_as_it_was_written) {
    const MailServer server("plain");
    Mail mail = sample();
    mail.subject =
        "Gr\xC3\xBC\xC3\x9F"
        "e \xF0\x9F\x8E\xB5 a rather long subject with much to say about a song\r\nBcc: x@y.z";
    SmtpSettings settings = server.settings();
    settings.from = "M\xC3\xA4gic, Music <noreply@music.example>";
    const auto sent = send_mail(settings, mail);
    ASSERT_TRUE(sent) << sent.error().tell_log;
    EXPECT_EQ(server.read_by_python(),
              "'Gr\xC3\xBC\xC3\x9F"
              "e \xF0\x9F\x8E\xB5 a rather long subject with much to say about a songBcc: x@y.z'\n"
              "'\"M\xC3\xA4gic, Music\" <noreply@music.example>'\n'someone@example.com'\n0\nTrue True\n"
              "text/plain 'Hello\\n.\\n=3D caf\xC3\xA9 \\nend'\ntext/html '<p>Hello</p>'\n");
}

TEST(Mail, Errors_say_whether_trying_again_helps) {
    const MailServer server("plain");
    Mail mail = sample();
    mail.to = "full@example.com";
    const auto full = send_mail(server.settings(), mail);
    EXPECT_EQ(full.error().retry, Retry::may_help);
    EXPECT_EQ(full.error().tell_log.find("full@"), std::string::npos);
    mail.to = "gone@example.com";
    EXPECT_EQ(send_mail(server.settings(), mail).error().retry, Retry::useless);
    SmtpSettings nowhere = server.settings();
    nowhere.port = 1;
    EXPECT_EQ(send_mail(nowhere, sample()).error().retry, Retry::may_help);
    for (const char* bad :
         {"", "someone", "a@b, c@d", "a@b@c", "a b@c", "@c", "a@", "caf\xC3\xA9@example.com"}) {
        mail.to = bad;
        EXPECT_EQ(send_mail(server.settings(), mail).error().kind, Kind::invalid_request) << bad;
    }
}

TEST(Mail, Addresses_cannot_bring_lines_of_their_own) {
    const auto box = parse_mailbox("Some\r\nBcc: x <some\r\none@example.com>");
    ASSERT_TRUE(box);
    EXPECT_EQ(box->address, "someone@example.com");
    EXPECT_EQ(box->name, "SomeBcc: x");
}

TEST(Mail, Quoted_printable_lines_are_short_and_end_visibly) {
    const std::string encoded = encode_quoted_printable("." + std::string(300, '\xC3') + "x \ny\t");
    std::size_t first = 0, most = 0;
    for (std::size_t end; (end = encoded.find("\r\n", first)) != std::string::npos; first = end + 2)
        most = std::max(most, end - first);
    EXPECT_LE(most, 76u);
    EXPECT_TRUE(encoded.starts_with("=2E=C3"));
    EXPECT_TRUE(encoded.ends_with("x=20\r\ny=09"));
}

}  // namespace
}  // namespace mmx::net
