#include "api/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

TEST(JsonText, Reads_back_as_what_was_written) {
    JsonText json;
    json.open('{').name("list").open('[');
    for (int i = 0; i < 2; ++i) {
        json.open('{').name("number").number(i).name("real").real(92.5).name("flag").flag(i == 1);
        json.name("nothing").null().name("empty").text_or_null("").close('}');
    }
    json.close(']').name("none").open('[').close(']').name("last").number(-9'007'199'254'740'993).close('}');
    const Json read = Json::parse(json.take());
    EXPECT_EQ(read.dump(), R"({"list":[{"number":0,"real":92.5,"flag":false,"nothing":null,"empty":null},)"
                           R"({"number":1,"real":92.5,"flag":true,"nothing":null,"empty":null}],"none":[],)"
                           R"("last":-9007199254740993})");
}

TEST(JsonText, Any_text_comes_back_as_it_was_and_broken_UTF8_as_a_sign_of_replacement) {
    for (const std::string& text :
         {std::string(), std::string("plain"), std::string("\"quoted\" \\ and </script>"),
          std::string("line\nbreak\ttab\0nul", 17),
          std::string("Gr\xC3\xB6\xC3\x9F"
                      "e \xF0\x9F\x8E\xB5"),
          std::string("\x7f"), std::string("exactly8"), std::string("the ninth\""), std::string("seven \x1f"),
          std::string(3000, 'x') + "\\"}) {
        JsonText json;
        json.text(text);
        EXPECT_EQ(Json::parse(json.take()).get<std::string>(), text);
    }
    JsonText json;
    json.text(
        "a\xff"
        "b");
    EXPECT_EQ(Json::parse(json.take()).get<std::string>(),
              "a\xEF\xBF\xBD"
              "b");
}

TEST(JsonText, Numbers_come_back_as_they_were) {
    for (const double value : {0.0, 92.0, 92.5, -3.0, 0.1, 183.456, 1e9, 1e15, 1e300, -1e-300, 1e21}) {
        JsonText json(1);
        json.real(value);
        EXPECT_EQ(Json::parse(json.take()).get<double>(), value);
    }
}

TEST(JsonText, Times_are_UTC_to_the_millisecond) {
    EXPECT_EQ(iso_time(1), "1970-01-01T00:00:00.001Z");
    EXPECT_EQ(iso_time(951'827'696'789), "2000-02-29T12:34:56.789Z");
    EXPECT_EQ(iso_time(4'102'444'799'999), "2099-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace mmx::api
