// The small parsers: addresses, cookies, ranges, targets, routes.
#include <gtest/gtest.h>

#include "net/address.h"
#include "net/cookie.h"
#include "net/event_queue.h"
#include "net/http.h"
#include "net/range.h"
#include "net/text.h"
#include "net/url.h"

namespace mmx::net {
namespace {

TEST(Paths, Are_decoded_and_normal_or_refused) {
    EXPECT_EQ(normal_path("/a%20b/%C3%A4"), "/a b/\xC3\xA4");
    EXPECT_EQ(normal_path("/a..b/.c"), "/a..b/.c");
    EXPECT_EQ(normal_path("/a+b"), "/a+b");
    for (const char* bad :
         {"", "a", "/../x", "/x/..", "/x/%2e%2E/y", "/.", "/x/%2e", "/%00", "/a%2Fb", "/a\\b", "/a%5Cb", "/%",
          "/%4", "/%zz", "/%C3", "/%ED%A0%80", "/%C0%AF", "/%0d%0a", "/%7f"})
        EXPECT_FALSE(normal_path(bad)) << bad;
}

TEST(Queries, Are_decoded_and_the_last_of_a_name_counts) {
    const auto query = parse_query("a=1&b=x%26y+z&a=2&&c&=d");
    ASSERT_TRUE(query);
    EXPECT_EQ(query->at("a"), "2");
    EXPECT_EQ(query->at("b"), "x&y z");
    EXPECT_EQ(query->at("c"), "");
    EXPECT_EQ(query->at(""), "d");
    EXPECT_TRUE(parse_query("")->empty());
    for (const char* bad : {"a=%", "a=%00", "%FF=1", "a=%ED%B0%80"}) EXPECT_FALSE(parse_query(bad)) << bad;
}

TEST(Targets, May_name_their_host) {
    EXPECT_EQ(split_target("/a?b=c?d")->query, "b=c?d");
    const auto absolute = split_target("HTTP://music.example:80/a?b");
    ASSERT_TRUE(absolute);
    EXPECT_EQ(absolute->authority, "music.example:80");
    EXPECT_EQ(absolute->path, "/a");
    EXPECT_EQ(split_target("https://music.example")->path, "/");
    EXPECT_EQ(split_target("https://music.example?a=b")->query, "a=b");
    for (const char* bad : {"*", "music.example:443", "http://", "", "ftp://x/"})
        EXPECT_FALSE(split_target(bad));
}

TEST(Text, Utf8_is_well_formed_or_refused) {
    EXPECT_TRUE(is_utf8("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x8E\xB5"));
    for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"})
        EXPECT_FALSE(is_utf8(bad));
}

TEST(Cookies, Are_read_tolerantly) {
    Cookies cookies;
    parse_cookies("a=1;b=\"2\" ; c = 3;nonsense;=x;a=9; d=x=y; e=", cookies);
    EXPECT_EQ(cookies, (Cookies{{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "x=y"}, {"e", ""}}));
}

TEST(P22_Cookies, Are_written_with_their_protection_and_cannot_be_split) {
    CookieSettings settings;
    settings.max_age_seconds = 3600;
    EXPECT_EQ(set_cookie("session_token", "abc", settings),
              "session_token=abc; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax");
    settings.path = "/x; Domain=evil.example\r\n";
    const std::string hostile = set_cookie("a\r\nb", "v; Domain=x\r\nSet-Cookie: y=1", settings);
    EXPECT_EQ(hostile.find('\r'), std::string::npos);
    EXPECT_EQ(hostile.find('\n'), std::string::npos);
    EXPECT_EQ(hostile.find("; Domain"), std::string::npos);
}

TEST(Ranges, Give_one_part_the_whole_or_nothing) {
    struct Row {
        const char* header;
        std::uint64_t size;
        ByteRange::Kind kind;
        std::uint64_t first, length;
    };
    using enum ByteRange::Kind;
    for (const Row& row :
         {Row{"bytes=0-99", 1000, part, 0, 100}, Row{"bytes=0-0", 1000, part, 0, 1},
          Row{"BYTES=900-", 1000, part, 900, 100}, Row{"bytes=-100", 1000, part, 900, 100},
          Row{"bytes=-5000", 1000, part, 0, 1000}, Row{"bytes=500-5000", 1000, part, 500, 500},
          Row{"bytes=0-99999999999999999999999", 1000, part, 0, 1000},
          Row{"bytes=1000-", 1000, unsatisfiable, 0, 0},
          Row{"bytes=99999999999999999999999-", 1000, unsatisfiable, 0, 0},
          Row{"bytes=-0", 1000, unsatisfiable, 0, 0}, Row{"bytes=0-", 0, unsatisfiable, 0, 0},
          Row{"bytes=-1", 0, unsatisfiable, 0, 0}, Row{"bytes=5-2", 1000, whole, 0, 0},
          Row{"bytes=0-1,5-6", 1000, whole, 0, 0}, Row{"bytes=a-b", 1000, whole, 0, 0},
          Row{"bytes=-", 1000, whole, 0, 0}, Row{"lines=0-1", 1000, whole, 0, 0},
          Row{"bytes=1-2-3", 1000, whole, 0, 0}, Row{"", 1000, whole, 0, 0}}) {
        const ByteRange range = parse_range(row.header, row.size);
        EXPECT_EQ(range.kind, row.kind) << row.header;
        EXPECT_EQ(range.first, row.first) << row.header;
        EXPECT_EQ(range.length, row.length) << row.header;
    }
}

TEST(Conditions, Compare_tags_weakly_for_304_and_strongly_for_ranges) {
    EXPECT_TRUE(any_tag_matches("\"a\", W/\"b,c\"", "\"b,c\""));
    EXPECT_TRUE(any_tag_matches("*", "\"a\""));
    EXPECT_FALSE(any_tag_matches("*", ""));
    EXPECT_FALSE(any_tag_matches("\"a", "\"a\""));
    EXPECT_TRUE(if_range_holds("\"a\"", "\"a\"", ""));
    EXPECT_FALSE(if_range_holds("W/\"a\"", "W/\"a\"", ""));
    EXPECT_TRUE(if_range_holds("Wed, 25 Nov 2026 17:00:00 GMT", "", "Wed, 25 Nov 2026 17:00:00 GMT"));
    EXPECT_FALSE(if_range_holds("Wed, 25 Nov 2026 17:00:00 GMT", "\"a\"", ""));
}

TEST(Addresses, Ranges_hold_what_they_say) {
    const auto holds = [](const char* range, const char* address) {
        return parse_address_range(range)->contains(*parse_address(address));
    };
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
    EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
    EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.100"));
    EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
    EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.7"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(holds("::1", "::1"));
    for (const char* bad :
         {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10.0.0/8", "host", "1.2.3.4/8x"})
        EXPECT_FALSE(parse_address_range(bad)) << bad;
}

TEST(Addresses, Only_what_a_trusted_proxy_wrote_is_believed) {
    const std::vector<AddressRange> trusted = {*parse_address_range("10.0.0.0/8"),
                                               *parse_address_range("::1")};
    const auto client = [&](const char* peer, const char* forwarded) {
        return client_address(*parse_address(peer), forwarded, trusted).text();
    };
    EXPECT_EQ(client("203.0.113.7", "198.51.100.1"), "203.0.113.7");
    EXPECT_EQ(client("10.0.0.1", ""), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(client("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2"), "198.51.100.1");
    EXPECT_EQ(client("::1", "2001:db8::5"), "2001:db8::5");
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1:4711"), "198.51.100.1");
    EXPECT_EQ(client("10.0.0.1", "[2001:db8::5]:4711"), "2001:db8::5");
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1, nonsense"), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", "10.0.0.3, 10.0.0.2"), "10.0.0.3");
    EXPECT_EQ(client("::ffff:10.0.0.1", "198.51.100.1"), "198.51.100.1");
}

TEST(Router, Prefers_literal_steps_then_parameters_then_the_rest) {
    Router router;
    const auto handler = [](const Request&) { return Response::empty(204); };
    router.add("GET", "/songs/{id}", Pool::database, handler);
    router.add("PATCH", "/songs/{id}", Pool::database, handler);
    router.add("POST", "/songs/estimate", Pool::none, handler);
    router.add("GET", "/songs/{id}/stems/{name}", Pool::none, handler);
    router.add("GET", "/", Pool::none, handler);
    router.add("GET", "/{rest...}", Pool::none, handler);
    EXPECT_EQ(router.find("GET", "/songs/7").route, "/songs/{id}");
    EXPECT_EQ(router.find("HEAD", "/songs/7").status, 200);
    EXPECT_EQ(router.find("POST", "/songs/estimate").route, "/songs/estimate");
    const auto stem = router.find("GET", "/songs/7/stems/bass");
    EXPECT_EQ(stem.parameters.at("id"), "7");
    EXPECT_EQ(stem.parameters.at("name"), "bass");
    EXPECT_EQ(router.find("GET", "/").route, "/");
    EXPECT_EQ(router.find("GET", "/a/b.js").parameters.at("rest"), "a/b.js");
    const auto wrong = router.find("DELETE", "/songs/7");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.allow, "GET, HEAD, PATCH");
    EXPECT_EQ(wrong.handler, nullptr);
    EXPECT_EQ(Router().find("GET", "/x").status, 404);
}

TEST(Headers, Replace_all_of_a_name) {
    Headers headers;
    headers.add("A", "1");
    headers.add("b", "2");
    headers.add("a", "3");
    headers.set("a", "4");
    EXPECT_EQ(headers.all().size(), 2u);
    EXPECT_EQ(headers.get("A"), "4");
    EXPECT_FALSE(headers.has("c"));
}

TEST(Events, Have_a_field_for_each_line_and_none_can_be_forged) {
    EXPECT_EQ(format_event("7", "song", "one\ntwo\r\nthree"),
              "id: 7\nevent: song\ndata: one\ndata: two\ndata: three\n\n");
    EXPECT_EQ(format_event("", "a\ndata: forged", ""), "event: adata: forged\ndata: \n\n");
}

}  // namespace
}  // namespace mmx::net
