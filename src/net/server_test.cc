#include "net/server.h"

#include <gtest/gtest.h>

#include <atomic>

#include "net/test_server.h"

namespace mmx::net {
namespace {

Response plain(std::string text) {
    return Response::text(200, "text/plain; charset=utf-8", std::move(text));
}

Router echo_router() {
    Router router;
    router.add("GET", "/hello", Pool::none, [](const Request&) { return plain("hello"); });
    router.add("GET", "/songs/{id}", Pool::database, [](const Request& request) {
        return plain(std::string(request.parameter("id")) + "|" + std::string(request.query_value("q")) +
                     "|" + std::string(request.cookie("session_token")) + "|" + request.route);
    });
    router.add("POST", "/echo", Pool::database, [](const Request& request) { return plain(request.body); },
               {1000});
    router.add("GET", "/address", Pool::none,
               [](const Request& request) { return plain(request.client_address); });
    return router;
}

const std::string kHost = " HTTP/1.1\r\nHost: a\r\n";

TEST(Server, A_handler_sees_parameters_query_and_cookies) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    const RawAnswer answer = client.get("/songs/a%20b?q=x%2By+z&q=last", "Cookie: session_token=abc\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "a b|last|abc|/songs/{id}");
    EXPECT_FALSE(answer.header("Date").empty());
}

TEST(Server, One_connection_serves_many_requests) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    for (int i = 0; i < 100; ++i) ASSERT_EQ(client.get("/songs/" + std::to_string(i)).status, 200);
    EXPECT_EQ(server->counts().connections_open, 1);
    EXPECT_EQ(server->counts().requests, 100);
}

TEST(Server, Several_io_threads_serve_the_same_routes) {
    ServerSettings settings = test_settings();
    settings.io_threads = 3;
    const auto server = start(echo_router(), settings);
    std::vector<std::thread> clients;
    std::atomic<int> good{0};
    for (int i = 0; i < 6; ++i)
        clients.emplace_back([&] {
            RawClient client(server->port());
            for (int k = 0; k < 50; ++k) good += client.get("/songs/7").status == 200;
        });
    for (auto& client : clients) client.join();
    EXPECT_EQ(good, 300);
}

TEST(Server, Pipelined_requests_are_answered_in_order) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    std::string requests;
    for (int i = 0; i < 50; ++i) requests += "GET /songs/" + std::to_string(i) + kHost + "\r\n";
    requests += "POST /echo" + kHost + "Content-Length: 3\r\n\r\nendGET /hello" + kHost + "\r\n";
    client.send(requests);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(client.answer().body.starts_with(std::to_string(i) + "|"));
    EXPECT_EQ(client.answer().body, "end");
    EXPECT_EQ(client.answer().body, "hello");
}

TEST(Server, A_body_comes_by_length_or_in_chunks) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    EXPECT_EQ(client.ask("POST /echo" + kHost + "Content-Length: 5\r\n\r\nhello").body, "hello");
    EXPECT_EQ(client
                  .ask("POST /echo" + kHost +
                       "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n")
                  .body,
              "hello");
    EXPECT_EQ(client.ask("POST /echo" + kHost + "Content-Length: 0\r\n\r\n").body, "");
}

TEST(Server, HEAD_is_GET_without_its_body) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    const RawAnswer answer = client.ask("HEAD /hello" + kHost + "\r\n", RawClient::Body::none);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "5");
    EXPECT_EQ(client.get("/hello").body, "hello");  // and nothing stood in between
}

TEST(Server, A_client_that_asks_first_is_told_to_go_on) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    client.send("POST /echo" + kHost + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("hello").body, "hello");
    // What would be refused is refused before it is sent.
    const RawAnswer refused =
        client.ask("POST /echo" + kHost + "Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(refused.status, 413);
    EXPECT_EQ(RawClient(server->port())
                  .ask("POST /echo" + kHost + "Content-Length: 5\r\nExpect: cake\r\n\r\n")
                  .status,
              417);
}

TEST(Server, An_old_client_gets_one_answer_and_the_end) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    const RawAnswer answer = client.ask("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST(Server, A_route_that_does_not_exist_is_refused_before_its_body_is_read) {
    const auto server = start(echo_router());
    for (const auto& [request, status] : {std::pair("POST /nowhere", 404), std::pair("DELETE /echo", 405)}) {
        RawClient client(server->port());
        const RawAnswer answer = client.ask(request + kHost + "Content-Length: 500\r\n\r\n");
        EXPECT_EQ(answer.status, status);
        EXPECT_TRUE(client.is_closed());
    }
    RawClient client(server->port());
    EXPECT_EQ(client.ask("DELETE /echo" + kHost + "\r\n").header("Allow"), "POST");
    EXPECT_EQ(client.get("/nowhere").status, 404);
    EXPECT_EQ(client.get("/hello").status, 200);  // without a body the connection lives on
}

TEST(Server, A_body_that_is_too_large_is_refused_early) {
    const auto server = start(echo_router());
    RawClient by_length(server->port());
    EXPECT_EQ(by_length.ask("POST /echo" + kHost + "Content-Length: 1001\r\n\r\n").status, 413);
    EXPECT_TRUE(by_length.is_closed());
    RawClient chunked(server->port());
    chunked.send("POST /echo" + kHost + "Transfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "1f4\r\n" + std::string(500, 'x') + "\r\n";
    EXPECT_EQ(chunked.ask(chunk + chunk + "1\r\nx\r\n").status, 413);
    EXPECT_TRUE(chunked.is_closed());
    RawClient exact(server->port());
    exact.send("POST /echo" + kHost + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n");
    EXPECT_EQ(exact.answer().body.size(), 1000u);
    // A client that goes on talking still gets to read why.
    RawClient talker(server->port());
    EXPECT_EQ(talker.ask("POST /echo" + kHost + "Content-Length: 200000\r\n\r\n" + std::string(200'000, 'x'))
                  .status,
              413);
}

TEST(Server, Headers_that_are_too_large_are_refused) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    EXPECT_EQ(client.get("/hello", "X: " + std::string(20'000, 'x') + "\r\n").status, 431);
    EXPECT_TRUE(client.is_closed());
    RawClient many(server->port());
    std::string headers;
    for (int i = 0; i < 3000; ++i) headers += "X" + std::to_string(i) + ": y\r\n";
    EXPECT_EQ(many.get("/hello", headers).status, 431);
    RawClient target(server->port());
    EXPECT_EQ(target.get("/" + std::string(20'000, 'x')).status, 431);
    EXPECT_EQ(RawClient(server->port()).get("/hello", "X: " + std::string(15'000, 'x') + "\r\n").status, 200);
}

TEST(Server, What_can_be_read_in_two_ways_is_refused_and_the_connection_ends) {
    const auto server = start(echo_router());
    const std::string post = "POST /echo" + kHost;
    const std::string five = "Content-Length: 5\r\n";
    for (const std::string& request : {
             post + five + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n" + five + "\r\n0\r\n\r\n",
             post + five + five + "\r\nhello",
             post + five + "Content-Length: 6\r\n\r\nhello",
             post + "Content-Length: 5, 5\r\n\r\nhello",
             post + "Content-Length: +5\r\n\r\nhello",
             post + "Content-Length: 0x5\r\n\r\nhello",
             post + "Content-Length: -1\r\n\r\n",
             post + "Content-Length: 99999999999999999999999\r\n\r\n",
             post + "Content-Length : 5\r\n\r\nhello",
             post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: identity\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhel\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\n3\r\nhelXX0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
             std::string("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost:\r\n\r\n"),
             std::string("GET /hello HTTP/2.0\r\nHost: a\r\n\r\n"),
             std::string("GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n"),
             std::string("GET hello HTTP/1.1\r\nHost: a\r\n\r\n"),
             std::string("GET /hello\r\n\r\n"),
             std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
             std::string("GET /hel\0lo HTTP/1.1\r\nHost: a\r\n\r\n", 33),
             "GET /hello" + kHost + std::string("X: a\0b\r\n\r\n", 10),
             "GET /hello" + kHost + " folded: x\nX: y\r\n\r\n",
             "GET /../etc/passwd" + kHost + "\r\n",
             "GET /a/%2e%2e/b" + kHost + "\r\n",
             "GET /a%00" + kHost + "\r\n",
             "GET /%ff" + kHost + "\r\n",
             "GET /%zz" + kHost + "\r\n",
             "GET /hello?a=%00" + kHost + "\r\n",
             "OPTIONS *" + kHost + "\r\n",
             "CONNECT a:443" + kHost + "\r\n",
         }) {
        RawClient client(server->port());
        EXPECT_EQ(client.ask(request).status, 400) << request;
        EXPECT_TRUE(client.is_closed()) << request;
    }
    EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
}

TEST(Server, Only_its_own_hosts_are_answered) {
    ServerSettings settings = test_settings();
    settings.allowed_hosts = {"Music.Example", "localhost:8420"};
    settings.any_host_paths = {"/large"};
    const auto server = start(echo_router(), settings);
    const auto status_for = [&](const std::string& host) {
        return RawClient(server->port()).ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status;
    };
    EXPECT_EQ(status_for("music.example"), 200);
    EXPECT_EQ(status_for("MUSIC.example:443"), 200);
    EXPECT_EQ(status_for("localhost:8420"), 200);
    EXPECT_EQ(status_for("localhost"), 421);
    EXPECT_EQ(status_for("evil.example"), 421);
    EXPECT_EQ(RawClient(server->port())
                  .ask("GET http://evil.example/hello HTTP/1.1\r\nHost: music.example\r\n\r\n")
                  .status,
              421);
    EXPECT_NE(RawClient(server->port()).ask("GET /large HTTP/1.1\r\nHost: 10.0.0.7:8420\r\n\r\n").status,
              421);
}

TEST(Server, A_forwarded_address_counts_only_from_a_trusted_proxy) {
    const std::string forwarded = "X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9\r\n";
    const auto distrusting = start(echo_router());
    EXPECT_EQ(RawClient(distrusting->port()).get("/address", forwarded).body, "127.0.0.1");
    ServerSettings settings = test_settings();
    settings.trusted_proxies = {"127.0.0.0/8"};
    const auto trusting = start(echo_router(), settings);
    EXPECT_EQ(RawClient(trusting->port()).get("/address", forwarded).body, "203.0.113.9");
    settings.trusted_proxies = {"nonsense"};
    EXPECT_EQ(Server::start(settings, echo_router(), {}).error().field, "trusted_proxies");
}

TEST(Server, A_handler_that_throws_tells_a_request_id_and_nothing_inside) {
    Router router;
    router.add("GET", "/boom", Pool::database,
               [](const Request&) -> Response { throw std::runtime_error("secret inside"); });
    router.add("GET", "/odd", Pool::none, [](const Request&) -> Response { throw 7; });
    ServerHooks hooks;
    hooks.make_error = [](int status, std::string_view why, std::string_view id) {
        return Response::text(status, "application/problem+json", std::string(why) + "#" + std::string(id));
    };
    hooks.finish = [](const Request&, Response& response) { response.headers.set("X-Finished", "yes"); };
    const auto server = start(std::move(router), test_settings(), hooks);
    RawClient client(server->port());
    const RawAnswer answer = client.get("/boom");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    EXPECT_EQ(answer.body.size() - answer.body.find('#') - 1, 26u);
    EXPECT_EQ(answer.header("X-Finished"), "yes");
    EXPECT_EQ(client.get("/odd").status, 500);
    EXPECT_EQ(client.get("/nowhere").header("X-Finished"), "yes");
    EXPECT_EQ(client.ask("nonsense\r\n\r\n").header("X-Finished"), "yes");
}

TEST(Server, An_answer_cannot_be_split_by_a_header) {
    Router router;
    router.add("GET", "/split", Pool::none, [](const Request&) {
        Response response = plain("x");
        response.headers.add("X-Good", "1");
        response.headers.add("X-Bad", "1\r\nSet-Cookie: a=b");
        response.headers.add("X Worse", "1");
        response.headers.add("Content-Length", "999");
        return response;
    });
    const auto server = start(std::move(router));
    const RawAnswer answer = RawClient(server->port()).get("/split");
    EXPECT_EQ(answer.body, "x");
    EXPECT_EQ(answer.header("X-Good"), "1");
    EXPECT_EQ(answer.head.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(answer.head.find("Worse"), std::string::npos);
}

TEST(P36_Server, The_access_line_holds_the_routes_template_and_never_the_path) {
    std::mutex mutex;
    std::vector<Access> lines;
    ServerHooks hooks;
    hooks.on_access = [&](const Access& line) {
        const std::lock_guard lock(mutex);
        lines.push_back(line);
    };
    const auto server = start(echo_router(), test_settings(), hooks);
    RawClient client(server->port());
    client.get("/songs/private", "User-Agent: tester\r\n");
    client.get("/nowhere/private");
    client.ask("nonsense\r\n\r\n");
    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock(mutex);
        return lines.size() == 3;
    }));
    EXPECT_EQ(lines[0].route, "/songs/{id}");
    EXPECT_EQ(lines[0].method, "GET");
    EXPECT_EQ(lines[0].status, 200);
    EXPECT_EQ(lines[0].user_agent, "tester");
    EXPECT_EQ(lines[0].address, "127.0.0.1");
    EXPECT_GT(lines[0].at_ms, 1'700'000'000'000);
    EXPECT_EQ(lines[1].route, "");
    EXPECT_EQ(lines[1].status, 404);
    EXPECT_EQ(lines[2].status, 400);
}

TEST(Server, An_address_in_use_is_an_error_that_names_it) {
    const auto server = start(echo_router());
    ServerSettings settings = test_settings();
    settings.listen = "127.0.0.1:" + std::to_string(server->port());
    const auto second = Server::start(settings, echo_router(), {});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().tell_user.find(settings.listen), std::string::npos);
    for (const char* wrong : {"127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", ":"}) {
        settings.listen = wrong;
        EXPECT_EQ(Server::start(settings, echo_router(), {}).error().field, "listen") << wrong;
    }
}

}  // namespace
}  // namespace mmx::net
