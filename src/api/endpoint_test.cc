#include "api/endpoint.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "api/api.h"
#include "api/problem.h"
#include "api/routes.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

Endpoint grant() {
    return {"POST",
            "/x",
            "",
            "",
            Needs::nothing,
            Rate::none,
            {{"amount", Type::integer, true, -10, 10, ""},
             {"reason", Type::text, true, 1, 5, ""},
             {"kind", Type::text, false, 0, 20, "", {"gift", "refund"}},
             {"silent", Type::flag, false, 0, 0, ""}},
            {},
            200,
            "",
            nullptr};
}

std::vector<std::string> faulty_fields(const Json& body) {
    std::vector<std::string> fields;
    for (const auto& error : check_body(grant(), body)) fields.push_back(error.field);
    return fields;
}

TEST(Body, Every_fault_is_named_at_once) {
    EXPECT_EQ(faulty_fields({{"amount", 3}, {"reason", "ok"}}), std::vector<std::string>{});
    EXPECT_EQ(faulty_fields({{"amount", 11}, {"reason", ""}, {"kind", "loan"}, {"silent", 1}, {"extra", 0}}),
              (std::vector<std::string>{"amount", "reason", "kind", "silent", "extra"}));
    EXPECT_EQ(faulty_fields({{"amount", 1.5}}), (std::vector<std::string>{"amount", "reason"}));
    EXPECT_EQ(faulty_fields({{"amount", nullptr}, {"reason", "ok"}}), std::vector<std::string>{"amount"});
}

TEST(Body, Text_is_counted_in_characters_not_bytes) {
    EXPECT_TRUE(faulty_fields({{"amount", 1}, {"reason", "äöüäö"}}).empty());
    EXPECT_EQ(faulty_fields({{"amount", 1}, {"reason", "äöüäöü"}}), std::vector<std::string>{"reason"});
}

int status_for(std::string_view text) {
    const auto body = parse_body(text);
    return body ? 200 : status_of(body.error());
}

TEST(Body, Broken_deep_and_repeated_JSON_is_refused) {
    EXPECT_EQ(status_for("{\"a\":[1,{\"b\":2}]}"), 200);
    EXPECT_EQ(status_for("{\"a\":"), 400);
    EXPECT_EQ(status_for("[1]"), 400);
    EXPECT_EQ(status_for("{\"a\":1} x"), 400);
    EXPECT_EQ(status_for("{\"a\":\"\xff\"}"), 400);
    EXPECT_EQ(status_for(std::string(100'000, '[')), 400);
    EXPECT_EQ(status_for("{\"a\":" + std::string(9, '[') + std::string(9, ']') + "}"), 400);
    EXPECT_EQ(status_for("{\"a\":\"" + std::string(20, '[') + "\"}"), 200) << "brackets in text are text";
    EXPECT_EQ(status_for("{\"a\":1,\"a\":2}"), 422);
}

TEST(Problem, Nothing_from_inside_is_told) {
    const base::Error error{base::Kind::internal, "at line 5", "SELECT secret FROM accounts", "", {}, 0};
    const auto response = problem(error, "req1");
    EXPECT_EQ(response.status, 500);
    const std::string body = std::get<std::string>(response.body);
    EXPECT_EQ(body.find("secret"), std::string::npos);
    EXPECT_EQ(body.find("at line 5"), std::string::npos);
    EXPECT_NE(body.find("req1"), std::string::npos);
}

TEST(Routes, Are_all_different_and_those_that_change_something_need_no_less_than_an_origin) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const Endpoint& row : endpoints()) {
        EXPECT_TRUE(seen.emplace(row.method, row.path).second) << row.method << " " << row.path;
        EXPECT_TRUE(row.path.starts_with("/api/v1/")) << row.path;
        EXPECT_NE(row.run != nullptr, row.look != nullptr) << row.path;
        EXPECT_TRUE(!row.look || (row.method == "GET" && row.needs == Needs::session)) << row.path;
        if (row.path.starts_with("/api/v1/admin/")) {
            EXPECT_EQ(row.needs, Needs::administrator) << row.path;
        }
    }
    EXPECT_GT(seen.size(), 45u);
}

TEST(Hosts, Are_those_of_the_public_url) {
    EXPECT_EQ(hosts_of("https://music.example"),
              (std::vector<std::string>{"music.example", "music.example:443"}));
    EXPECT_EQ(hosts_of("http://127.0.0.1:8420"), (std::vector<std::string>{"127.0.0.1:8420"}));
}

}  // namespace
}  // namespace mmx::api
