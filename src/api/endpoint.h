// One row an endpoint: what it takes, who may call it, how often. The rows feed the router, the checks before
// each handler and the OpenAPI document, so that the three cannot disagree.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accounts/sessions.h"
#include "base/result.h"
#include "net/http.h"
#include "store/database.h"

namespace mmx::api {

struct Context;

enum class Needs {
    nothing,
    session,        // a signed-in, active account
    administrator,  // and the role; a refusal is written to the audit
};

// Routes of one class share a limit for each network address (and account where there is one).
enum class Rate {
    none,       // health
    reading,    // lists, songs, audio
    changing,   // whatever alters something
    ordering,   // work for the engine
    signing_in  // passwords, tokens, mails
};

enum class Type { text, integer, number, flag, record };  // record: a song request, by its own field table

struct Field {
    std::string_view name;
    Type type;
    bool required;
    double low, high;  // of numbers; of text: least and most characters (code points)
    std::string_view help;
    std::vector<std::string_view> choices = {};
};

// A call that has passed the checks of its row.
struct Call {
    const net::Request& request;
    const Context& context;
    const accounts::Session* session;    // null where none is needed
    const nlohmann::ordered_json& body;  // an object; checked against the row's fields

    std::string text(std::string_view field) const;  // empty when left out
    bool has(std::string_view field) const;
    std::int64_t integer(std::string_view field, std::int64_t otherwise) const;
    std::int64_t query_integer(std::string_view name, std::int64_t otherwise) const;  // checked by the row
    std::string id() const;                                                           // the route's {id}
};

using Outcome = base::Result<net::Response>;
// A handler that only reads, in the transaction in which the session was looked up: one visit to the
// database.
using Look = std::function<Outcome(const Call&, store::Transaction&)>;

struct Endpoint {
    std::string_view method, path, group, summary;
    Needs needs;
    Rate rate;
    std::vector<Field> body;
    std::vector<Field> query;
    int status;                // when it goes well
    std::string_view answers;  // schema name in the OpenAPI document, or empty
    std::function<Outcome(const Call&)> run;
    net::Pool pool = net::Pool::database;
    bool counts_as_activity = true;  // polling and event streams do not keep a session alive
    std::string_view content_type = "application/json";  // of the answer
    Look look = {};                                      // in place of run; for GET with a session
};

// 200 with the object; private answers are never stored by a cache.
net::Response json_answer(const nlohmann::ordered_json& body, int status = 200);
net::Response text_answer(std::string json, int status = 200);  // the object as text

// Checks every field of the row; unknown fields are refused by name. Gives all faults, not the first only.
std::vector<base::Error> check_body(const Endpoint& endpoint, const nlohmann::ordered_json& body);
// Query values are text; numbers must parse whole.
std::vector<base::Error> check_query(const Endpoint& endpoint, const net::Request& request);

// Strict JSON: UTF-8, no repeated names, nesting to 8.
base::Result<nlohmann::ordered_json> parse_body(std::string_view text);

}  // namespace mmx::api
