#include "api/pages.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "base/embedded_files.h"

namespace mmx::api {

extern const base::EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {

class Pages : public testing::Test {
  protected:
    Pages() { add_pages(router_); }

    net::Response get(const std::string& path, const std::string& encodings = "") {
        net::Request request;
        request.method = "GET";
        request.path = path;
        if (!encodings.empty()) request.headers.add("Accept-Encoding", encodings);
        const auto match = router_.find("GET", path);
        return match.handler != nullptr ? (*match.handler)(request) : net::Response::empty(match.status);
    }
    static std::string text_of(const net::Response& response) {
        if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
        return *std::get<std::shared_ptr<const std::string>>(response.body);
    }
    static std::string find_file(std::string_view ending) {
        for (std::size_t i = 0; i < kEmbeddedFileCount; ++i)
            if (std::string_view(kEmbeddedFiles[i].path).ends_with(ending)) return kEmbeddedFiles[i].path;
        return {};
    }
    static std::string contents_of(std::string_view path) {
        for (std::size_t i = 0; i < kEmbeddedFileCount; ++i)
            if (path == kEmbeddedFiles[i].path) return std::string(kEmbeddedFiles[i].contents());
        return {};
    }

    net::Router router_;
};

std::string nonce_in(const net::Response& response) {
    const std::string policy(response.headers.get("Content-Security-Policy"));
    const auto at = policy.find("script-src 'self' 'nonce-") + 25;
    return policy.substr(at, policy.find('\'', at) - at);
}

TEST_F(Pages, Every_address_of_the_studio_gives_its_page) {
    std::istringstream addresses(contents_of("addresses.txt"));
    int count = 0;
    for (std::string address; std::getline(addresses, address); ++count) {
        std::string path;  // "/songs/{id}" is asked for as "/songs/x"
        bool in_braces = false;
        for (const char c : address) {
            if (c == '{') path += 'x';
            in_braces = c == '{' || (in_braces && c != '}');
            if (!in_braces && c != '}') path += c;
        }
        const auto response = get(path);
        EXPECT_EQ(response.status, 200) << path;
        EXPECT_NE(text_of(response).find("<div id=\"app\">"), std::string::npos) << path;
        EXPECT_EQ(response.headers.get("Cache-Control"), "no-store") << path;
    }
    EXPECT_GE(count, 10);
}

TEST_F(Pages, P49_Each_answer_has_a_number_of_its_own_and_no_unsafe_policy) {
    std::set<std::string> numbers;
    for (int i = 0; i < 20; ++i) {
        const auto response = get("/");
        const std::string nonce = nonce_in(response), text = text_of(response);
        EXPECT_EQ(nonce.size(), 24U);
        numbers.insert(nonce);
        EXPECT_NE(text.find("nonce=\"" + nonce + "\""), std::string::npos);
        EXPECT_EQ(text.find("__MMX_NONCE__"), std::string::npos);
        EXPECT_EQ(response.headers.get("Content-Security-Policy").find("unsafe"), std::string_view::npos);
        EXPECT_EQ(text.find(" style="), std::string::npos);
    }
    EXPECT_EQ(numbers.size(), 20U);
}

TEST_F(Pages, P30_Nothing_on_the_page_comes_from_elsewhere) {
    const std::string text = text_of(get("/"));
    for (const char* outside : {"src=\"http", "href=\"http", "src=\"//", "href=\"//"})
        EXPECT_EQ(text.find(outside), std::string::npos) << outside;
}

TEST_F(Pages, Files_named_by_their_contents_are_kept_for_a_year_and_come_compressed) {
    const std::string script = find_file(".js"), style = find_file(".css");
    ASSERT_FALSE(script.empty() || style.empty());
    for (const std::string& file : {script, style}) {
        const auto plain = get("/" + file), gzip = get("/" + file, "gzip"),
                   brotli = get("/" + file, "gzip, br");
        EXPECT_NE(plain.headers.get("Cache-Control").find("immutable"), std::string_view::npos) << file;
        EXPECT_EQ(gzip.headers.get("Content-Encoding"), "gzip");
        EXPECT_EQ(brotli.headers.get("Content-Encoding"), "br");
        EXPECT_LT(text_of(gzip).size(), text_of(plain).size());
        EXPECT_LT(text_of(brotli).size(), text_of(gzip).size());
    }
    EXPECT_EQ(get("/" + script).headers.get("Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(Pages, What_is_only_for_the_server_has_no_address) {
    EXPECT_EQ(get("/addresses.txt").status, 404);
    EXPECT_EQ(get("/" + find_file(".js") + ".gz").status, 404);
    EXPECT_EQ(get("/index.html").status, 404);
}

TEST_F(Pages, A_person_at_an_unknown_address_is_told_so_by_the_studio_and_a_program_by_problem_details) {
    const auto answer = [](const std::string& path, const std::string& accept,
                           const std::string& route = "") {
        net::Request request;
        request.method = "GET";
        request.path = path;
        request.route = route;
        request.headers.add("Accept", accept);
        auto response = net::Response::text(404, "application/problem+json", "{}");
        show_not_found(request, response);
        return response;
    };
    const auto person = answer("/no/such/page", "text/html,application/xhtml+xml,*/*;q=0.8");
    EXPECT_EQ(person.status, 404);
    EXPECT_EQ(person.headers.get("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(nonce_in(person).size(), 24U);
    for (const auto& kept : {answer("/no/such/page", "*/*"), answer("/api/v1/no/such", "text/html"),
                             answer("/api/v1/songs/x", "text/html", "/api/v1/songs/{id}")})
        EXPECT_EQ(kept.headers.get("Content-Type"), "application/problem+json");
}

}  // namespace
}  // namespace mmx::api
