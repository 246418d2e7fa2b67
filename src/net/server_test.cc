#include "net/server.h"

#include <gtest/gtest.h>

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

TEST(Server, A_body_comes_by_length_or_in_chunks) {
    const auto server = start(echo_router());
    RawClient client(server->port());
    EXPECT_EQ(client.ask("POST /echo" + kHost + "Content-Length: 5\r\n\r\nhello").body, "hello");
    EXPECT_EQ(
        client
            .ask("POST /echo" + kHost + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
            .body,
        "hello");
}

}  // namespace
}  // namespace mmx::net
