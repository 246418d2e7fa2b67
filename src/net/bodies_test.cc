// What goes out: sources with ranges, shared constants, conditions, event streams, static files.
#include <gtest/gtest.h>

#include <atomic>

#include "net/static_files.h"
#include "net/test_server.h"

namespace mmx::net {
namespace {

char byte_at(std::uint64_t offset) {
    return static_cast<char>('a' + offset * 7919 % 26);
}

class Pattern final : public Source {
  public:
    explicit Pattern(std::uint64_t size, std::uint64_t fails_at = UINT64_MAX)
        : size_(size), fails_at_(fails_at) {}
    std::uint64_t size() const override { return size_; }
    base::Result<std::string> read(std::uint64_t offset, std::size_t at_most) override {
        if (offset + at_most > fails_at_) return base::fail(base::Kind::io, "", "the disk is gone");
        std::string bytes(at_most, ' ');
        for (std::size_t i = 0; i < at_most; ++i) bytes[i] = byte_at(offset + i);
        return bytes;
    }

  private:
    std::uint64_t size_, fails_at_;
};

Router source_router() {
    Router router;
    const auto serve = [](std::uint64_t size, std::uint64_t fails_at) {
        return [=](const Request&) {
            Response response;
            response.headers.add("Content-Type", "audio/flac");
            response.headers.add("ETag", "\"song\"");
            response.body = std::make_shared<Pattern>(size, fails_at);
            return response;
        };
    };
    router.add("GET", "/song", Pool::database, serve(1'000'000, UINT64_MAX));
    router.add("GET", "/empty", Pool::database, serve(0, UINT64_MAX));
    router.add("GET", "/broken", Pool::database, serve(1'000'000, 1));
    router.add("GET", "/breaks", Pool::database, serve(1'000'000, 500'000));
    return router;
}

TEST(P05_Ranges, A_source_is_sent_whole_or_the_part_that_is_asked_for) {
    const auto server = start(source_router());
    RawClient client(server->port());
    const RawAnswer whole = client.get("/song");
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
    ASSERT_EQ(whole.body.size(), 1'000'000u);
    for (std::uint64_t i = 0; i < whole.body.size(); ++i) ASSERT_EQ(whole.body[i], byte_at(i));

    const auto part = [&](const std::string& range) {
        return client.get("/song", "Range: " + range + "\r\n");
    };
    EXPECT_EQ(part("bytes=0-0").body, whole.body.substr(0, 1));
    EXPECT_EQ(part("bytes=300000-700000").body, whole.body.substr(300'000, 400'001));
    const RawAnswer last = part("bytes=-10");
    EXPECT_EQ(last.status, 206);
    EXPECT_EQ(last.body, whole.body.substr(999'990));
    EXPECT_EQ(last.header("Content-Range"), "bytes 999990-999999/1000000");
    const RawAnswer beyond = part("bytes=1000000-");
    EXPECT_EQ(beyond.status, 416);
    EXPECT_EQ(beyond.header("Content-Range"), "bytes */1000000");
    EXPECT_EQ(beyond.body, "");
    std::string many = "bytes=";
    for (int i = 0; i < 500; ++i) many += "0-999999,";
    const RawAnswer abuse = part(many + "0-1");
    EXPECT_EQ(abuse.status, 200);
    EXPECT_EQ(abuse.body.size(), 1'000'000u);
    EXPECT_EQ(client.get("/empty").body, "");
    EXPECT_EQ(client.get("/empty", "Range: bytes=0-\r\n").status, 416);
}

TEST(P05_Ranges, A_part_is_sent_only_of_the_version_the_client_has) {
    const auto server = start(source_router());
    RawClient client(server->port());
    const auto status = [&](const std::string& tag) {
        return client.get("/song", "Range: bytes=0-9\r\nIf-Range: " + tag + "\r\n").status;
    };
    EXPECT_EQ(status("\"song\""), 206);
    EXPECT_EQ(status("\"older\""), 200);
    EXPECT_EQ(status("W/\"song\""), 200);
    EXPECT_EQ(status("Wed, 25 Nov 2026 17:00:00 GMT"), 200);
}

TEST(Bodies, What_the_client_has_already_is_not_sent_again) {
    const auto server = start(source_router());
    RawClient client(server->port());
    const auto ask = [&](const std::string& method) {
        return client.ask(method + " /song HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\", W/\"song\"\r\n\r\n",
                          RawClient::Body::none);
    };
    for (const char* method : {"GET", "HEAD"}) {
        const RawAnswer answer = ask(method);
        EXPECT_EQ(answer.status, 304);
        EXPECT_EQ(answer.header("ETag"), "\"song\"");
        EXPECT_EQ(answer.header("Content-Type"), "");
    }
    EXPECT_EQ(
        client.ask("HEAD /song HTTP/1.1\r\nHost: a\r\n\r\n", RawClient::Body::none).header("Content-Length"),
        "1000000");
    EXPECT_EQ(client.get("/empty").status, 200);
}

TEST(Bodies, A_source_that_cannot_be_read_says_so_or_breaks_off) {
    const auto server = start(source_router());
    RawClient client(server->port());
    EXPECT_EQ(client.get("/broken").status, 503);
    const RawAnswer cut = client.get("/breaks");
    EXPECT_EQ(cut.status, 200);
    EXPECT_LT(cut.body.size(), 500'001u);  // shorter than its Content-Length: the client can tell
    EXPECT_TRUE(client.is_closed());
}

TEST(Bodies, A_shared_constant_is_sent_to_many) {
    const auto text = std::make_shared<const std::string>(300'000, 'x');
    Router router;
    router.add("GET", "/file", Pool::none, [text](const Request&) {
        Response response;
        response.body = text;
        return response;
    });
    const auto server = start(std::move(router));
    RawClient first(server->port()), second(server->port());
    EXPECT_EQ(first.get("/file").body, *text);
    EXPECT_EQ(second.get("/file").body, *text);
}

struct Streams {
    std::mutex mutex;
    std::vector<std::shared_ptr<EventStream>> open;
    std::shared_ptr<EventStream> wait_for(std::size_t count) {
        EXPECT_TRUE(eventually([&] {
            const std::lock_guard lock(mutex);
            return open.size() >= count;
        }));
        const std::lock_guard lock(mutex);
        return open.size() >= count ? open[count - 1] : nullptr;
    }
};

Router stream_router(Streams& streams) {
    Router router;
    router.add("GET", "/events", Pool::database, [&](const Request&) {
        Response response;
        response.headers.add("Content-Type", "text/event-stream");
        response.body = OnStreamOpen([&](std::shared_ptr<EventStream> stream) {
            const std::lock_guard lock(streams.mutex);
            streams.open.push_back(std::move(stream));
        });
        return response;
    });
    router.add("GET", "/hello", Pool::none, [](const Request&) { return Response::empty(204); });
    return router;
}

constexpr std::string_view kAskEvents = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Events, Arrive_whole_and_in_order) {
    Streams streams;
    const auto server = start(stream_router(streams));
    RawClient client(server->port());
    EXPECT_EQ(client.ask(kAskEvents).header("Content-Type"), "text/event-stream");
    const auto stream = streams.wait_for(1);
    ASSERT_TRUE(stream);
    std::string expected;
    for (int i = 0; i < 2000; ++i) {
        const std::string id = std::to_string(i);
        expected += "id: " + id + "\nevent: song\ndata: {\"n\":" + id + "}\n\n";
        ASSERT_TRUE(stream->send(id, "song", "{\"n\":" + id + "}"));
    }
    stream->close();
    EXPECT_FALSE(stream->send("x", "x", "x"));
    while (client.read_more()) {
    }
    EXPECT_EQ(client.unread(), expected);
}

TEST(Events, Silence_is_filled_with_heartbeats) {
    Streams streams;
    ServerSettings settings = test_settings();
    settings.heartbeat_interval = 50ms;
    const auto server = start(stream_router(streams), settings);
    RawClient client(server->port());
    client.ask(kAskEvents);
    EXPECT_EQ(client.read_until(":\n\n"), ":\n\n");
    EXPECT_EQ(client.read_until(":\n\n"), ":\n\n");
    streams.wait_for(1)->send("", "late", "x");
    EXPECT_TRUE(client.read_until("event: late\ndata: x\n\n").ends_with("data: x\n\n"));
}

TEST(Events, A_client_that_goes_is_noticed) {
    Streams streams;
    const auto server = start(stream_router(streams));
    RawClient client(server->port());
    client.ask(kAskEvents);
    const auto stream = streams.wait_for(1);
    EXPECT_EQ(server->counts().streams_open, 1);
    EXPECT_TRUE(stream->is_open());
    client.close();
    EXPECT_TRUE(eventually([&] { return !stream->is_open(); }));
    EXPECT_FALSE(stream->send("", "", "x"));
    EXPECT_TRUE(eventually([&] { return server->counts().streams_open == 0; }));
}

TEST(Events, A_client_that_does_not_keep_up_is_dropped) {
    Streams streams;
    const auto server = start(stream_router(streams));
    RawClient client(server->port(), 4096);
    client.ask(kAskEvents);
    const auto stream = streams.wait_for(1);
    const std::string data(100'000, 'x');
    int sent = 0;
    while (stream->send("", "", data) && sent < 1000) ++sent;
    EXPECT_GE(sent, 9);
    EXPECT_LT(sent, 200);  // the backlog and what the sockets hold
    EXPECT_FALSE(stream->is_open());
}

TEST(Events, End_when_the_server_drains_after_what_was_sent) {
    Streams streams;
    const auto server = start(stream_router(streams));
    RawClient client(server->port());
    client.ask(kAskEvents);
    const auto stream = streams.wait_for(1);
    stream->send("9", "last", "x");
    const auto began = std::chrono::steady_clock::now();
    server->drain(5s);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
    while (client.read_more()) {
    }
    EXPECT_EQ(client.unread(), "id: 9\nevent: last\ndata: x\n\n");
    EXPECT_FALSE(stream->send("", "", "x"));
}

TEST(Events, A_holder_may_outlive_the_server) {
    Streams streams;
    auto server = start(stream_router(streams));
    RawClient client(server->port());
    client.ask(kAskEvents);
    const auto stream = streams.wait_for(1);
    server.reset();
    EXPECT_FALSE(stream->send("", "", "x"));
    stream->close();
}

base::EmbeddedFile embedded(const char* path, std::string_view bytes) {
    return {path, bytes.data(), bytes.data() + bytes.size()};
}

TEST(StaticFiles, Come_with_type_tag_caching_and_the_best_encoding) {
    const StaticFiles files(std::vector{embedded("index.html", "<html>"), embedded("index.html.gz", "GZ"),
                                        embedded("index.html.br", "BR"), embedded("app-B3xK9q2f.js", "js"),
                                        embedded("site-description.css", "css"), embedded("orphan.gz", "?")});
    const auto ask = [&](std::string_view path, std::string encodings = {}) {
        Request request;
        request.headers.add("Accept-Encoding", std::move(encodings));
        return files.answer(request, path);
    };
    const auto body = [](const Response& response) {
        return *std::get<std::shared_ptr<const std::string>>(response.body);
    };
    const Response page = ask("index.html");
    EXPECT_EQ(body(page), "<html>");
    EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.get("Cache-Control"), "no-cache");
    EXPECT_EQ(page.headers.get("Vary"), "Accept-Encoding");
    EXPECT_FALSE(page.headers.has("Content-Encoding"));
    EXPECT_EQ(body(ask("index.html", "gzip, deflate, br")), "BR");
    EXPECT_EQ(body(ask("index.html", "gzip;q=1.0, br;q=0")), "GZ");
    EXPECT_EQ(body(ask("index.html", "*;q=0.5, br;q=0.000")), "GZ");
    EXPECT_EQ(body(ask("index.html", "identity")), "<html>");
    EXPECT_EQ(ask("index.html", "br").headers.get("Content-Encoding"), "br");
    EXPECT_NE(ask("index.html", "br").headers.get("ETag"), page.headers.get("ETag"));
    EXPECT_EQ(ask("app-B3xK9q2f.js").headers.get("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(ask("site-description.css").headers.get("Cache-Control"), "no-cache");
    EXPECT_FALSE(ask("app-B3xK9q2f.js").headers.has("Vary"));
    EXPECT_EQ(ask("missing.html").status, 404);
    EXPECT_FALSE(files.has("orphan.gz"));
    EXPECT_FALSE(files.has("index.html.gz"));
}

}  // namespace
}  // namespace mmx::net
