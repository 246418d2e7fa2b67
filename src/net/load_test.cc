// The server under pressure: slow clients, full pools, many connections, the end of its life.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>

#include "net/test_server.h"

namespace mmx::net {
namespace {

Response plain(std::string text) {
    return Response::text(200, "text/plain", std::move(text));
}

Router simple_router() {
    Router router;
    router.add("GET", "/hello", Pool::none, [](const Request&) { return plain("hello"); });
    router.add("POST", "/echo", Pool::database, [](const Request& request) { return plain(request.body); });
    return router;
}

ServerSettings hasty() {
    ServerSettings settings = test_settings();
    settings.header_deadline = settings.body_deadline = settings.write_deadline = 200ms;
    settings.idle_deadline = 300ms;
    return settings;
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start_time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 start_time);
}

TEST(Deadlines, A_head_that_trickles_is_cut) {
    const auto server = start(simple_router(), hasty());
    RawClient client(server->port());
    const auto began = std::chrono::steady_clock::now();
    client.send("GET /hello HTTP/1.1\r\n");
    while (!client.read_more(20ms) && since(began) < 3s)
        if (!client.send("X: y\r\n")) break;
    EXPECT_TRUE(client.unread().starts_with("HTTP/1.1 408 ")) << client.unread();
    EXPECT_GE(since(began), 190ms);
    EXPECT_LT(since(began), 1000ms);
}

TEST(Deadlines, A_body_that_does_not_come_is_cut) {
    const auto server = start(simple_router(), hasty());
    RawClient client(server->port());
    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe").status, 408);
    EXPECT_TRUE(client.is_closed());
}

TEST(Deadlines, An_idle_connection_is_closed_without_a_word) {
    const auto server = start(simple_router(), hasty());
    RawClient fresh(server->port()), used(server->port());
    EXPECT_EQ(used.get("/hello").status, 200);
    EXPECT_TRUE(fresh.is_closed());
    EXPECT_TRUE(used.is_closed());
    EXPECT_TRUE(fresh.unread().empty() && used.unread().empty());
}

TEST(Deadlines, A_client_that_does_not_read_is_dropped) {
    Router router = simple_router();
    router.add("GET", "/large", Pool::none,
               [](const Request&) { return plain(std::string(64'000'000, 'x')); });
    ServerSettings settings = test_settings();
    settings.write_deadline = 200ms;
    const auto server = start(std::move(router), settings);
    RawClient client(server->port(), 4096);
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(eventually([&] { return server->counts().requests == 1; }));
    EXPECT_TRUE(eventually([&] { return server->counts().connections_open == 0; }));
}

TEST(Load, Stalled_connections_do_not_delay_the_next_answer) {
    const auto server = start(simple_router());
    std::vector<RawClient> stalled;
    for (int i = 0; i < 500; ++i) {
        stalled.emplace_back(server->port());
        stalled.back().send(i % 2 == 0 ? "GET /hel"
                                       : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
    }
    ASSERT_TRUE(eventually([&] { return server->counts().connections_open == 500; }));
    std::vector<double> delays_ms;
    for (int i = 0; i < 21; ++i) {
        const auto began = std::chrono::steady_clock::now();
        RawClient client(server->port());
        ASSERT_EQ(client.get("/hello").status, 200);
        const std::chrono::duration<double, std::milli> delay = std::chrono::steady_clock::now() - began;
        delays_ms.push_back(delay.count());
    }
    std::sort(delays_ms.begin(), delays_ms.end());
    EXPECT_LT(delays_ms[10], 20.0);
}

TEST(Load, A_full_pool_answers_503_while_others_are_served) {
    Gate gate;
    Router router = simple_router();
    router.add("GET", "/slow", Pool::database, [&](const Request&) {
        gate.wait();
        return plain("done");
    });
    router.add("GET", "/hash", Pool::hashing, [](const Request&) { return plain("hashed"); });
    ServerSettings settings = test_settings();
    settings.database_threads = 2;
    settings.database_queue = 3;
    const auto server = start(std::move(router), settings);
    std::vector<RawClient> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back(server->port());
        clients.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        if (i < 2) gate.wait_for_arrivals(i + 1);
    }
    RawAnswer refused;
    EXPECT_TRUE(eventually([&] {  // once the five have come in
        refused = RawClient(server->port()).get("/slow");
        return refused.status == 503;
    }));
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_GE(server->counts().refused_busy, 1);
    EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
    EXPECT_EQ(RawClient(server->port()).get("/hash").status, 200);
    gate.open();
    for (RawClient& client : clients) EXPECT_EQ(client.answer().body, "done");
}

TEST(Load, Beyond_the_most_connections_the_one_idle_longest_is_closed) {
    ServerSettings settings = test_settings();
    settings.most_connections = 3;
    const auto server = start(simple_router(), settings);
    RawClient first(server->port()), second(server->port()), third(server->port());
    for (RawClient* client : {&first, &second, &third}) ASSERT_EQ(client->get("/hello").status, 200);
    ASSERT_EQ(first.get("/hello").status, 200);  // now the second has been idle longest
    RawClient fourth(server->port());
    EXPECT_EQ(fourth.get("/hello").status, 200);
    EXPECT_TRUE(second.is_closed());
    EXPECT_EQ(first.get("/hello").status, 200);
    EXPECT_EQ(third.get("/hello").status, 200);
}

TEST(Load, The_answer_of_a_client_that_went_is_dropped_without_harm) {
    Gate gate;
    Router router = simple_router();
    router.add("GET", "/slow", Pool::database, [&](const Request&) {
        gate.wait();
        return plain(std::string(1'000'000, 'x'));
    });
    const auto server = start(std::move(router));
    {
        RawClient client(server->port());
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        gate.wait_for_arrivals(1);
    }
    gate.open();
    EXPECT_TRUE(eventually([&] { return server->counts().connections_open == 0; }));
    EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
}

TEST(Drain, Lets_a_running_request_finish_and_takes_no_new_ones) {
    Gate gate;
    Router router = simple_router();
    router.add("GET", "/slow", Pool::database, [&](const Request&) {
        gate.wait();
        return plain("done");
    });
    const auto server = start(std::move(router));
    RawClient busy(server->port()), idle(server->port());
    ASSERT_EQ(idle.get("/hello").status, 200);
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    gate.wait_for_arrivals(1);
    std::thread draining([&] { server->drain(5s); });
    EXPECT_TRUE(idle.is_closed());
    gate.open();
    const RawAnswer answer = busy.answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("Connection"), "close");
    busy.close();
    draining.join();
    EXPECT_EQ(server->counts().connections_open, 0);
}

TEST(Drain, Closes_what_does_not_finish_in_time) {
    const auto server = start(simple_router());
    RawClient stuck(server->port());
    stuck.send("GET /hel");
    ASSERT_TRUE(eventually([&] { return server->counts().connections_open == 1; }));
    const auto began = std::chrono::steady_clock::now();
    server->drain(100ms);
    EXPECT_LT(since(began), 2s);
    EXPECT_TRUE(stuck.is_closed());
}

}  // namespace
}  // namespace mmx::net
