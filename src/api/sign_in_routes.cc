// Set-up, registering, signing in and out, and links from mails.
#include <nlohmann/json.hpp>

#include "accounts/accounts.h"
#include "api/context.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "log/log.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

const Field kEmail{"email", Type::text, true, 1, 254, "email address"};
const Field kPassword{"password", Type::text, true, 1, 1024, "10 to 1024 bytes, none of the common ones"};
const Field kAnyPassword{"password", Type::text, true, 1, 1024, "the account's password"};
const Field kDisplayName{"display_name", Type::text, true, 1, 60, "the name that others may see"};
const Field kToken{"token", Type::text, true, 1, 200, "from the link, behind #token="};

net::Response with_session(const Call& call, const accounts::SignedIn& signed_in, int status) {
    auto response = json_answer(to_json(signed_in.session), status);
    net::CookieSettings cookie;
    cookie.secure = call.context.is_secure();
    cookie.max_age_seconds = accounts::kAbsoluteEnd_ms / 1000;
    response.headers.add("Set-Cookie", net::set_cookie(kSessionCookie, signed_in.token, cookie));
    return response;
}

// The same words whether something was sent or not (checks 15 and 16).
net::Response accepted(std::string_view words) {
    return json_answer({{"message", words}}, 202);
}

Outcome set_up(const Call& call) {
    const auto signed_in = TRY(accounts::set_up(
        call.context.registry,
        {call.text("token"), call.text("email"), call.text("display_name"), call.text("password")},
        call.request.headers.get("User-Agent")));
    // The administrator exists and is signed in; a welcome that fails must not take that back.
    if (const auto status = call.context.welcome(signed_in.session.account_id); !status)
        log::failure("the first songs could not be ordered", status.error());
    return with_session(call, signed_in, 201);
}

Outcome register_account(const Call& call) {
    accounts::Registration registration;
    registration.email = call.text("email");
    registration.display_name = call.text("display_name");
    registration.password = call.text("password");
    registration.age_confirmed = call.body.value("age_confirmed", false);
    registration.terms_version = call.text("terms_version");
    TRY_VOID(accounts::register_account(call.context.registry, registration));
    return accepted("If this address can have an account, a link was sent to it; it works for 24 hours.");
}

Outcome log_in(const Call& call) {
    const auto signed_in =
        TRY(accounts::log_in(call.context.registry, call.text("email"), call.text("password"),
                             call.request.headers.get("User-Agent")));
    return with_session(call, signed_in, 200);
}

Outcome log_out(const Call& call) {
    TRY_VOID(accounts::log_out(call.context.registry, call.request.cookie(kSessionCookie)));
    auto response = net::Response::empty(204);
    net::CookieSettings cookie;
    cookie.secure = call.context.is_secure();
    cookie.max_age_seconds = 0;
    response.headers.add("Set-Cookie", net::set_cookie(kSessionCookie, "", cookie));
    return response;
}

Outcome verify(const Call& call) {
    TRY(accounts::verify(call.context.registry, call.text("token")));
    return json_answer({{"message", "The address is confirmed; you can sign in now."}});
}

Outcome resend(const Call& call) {
    TRY_VOID(accounts::resend_verification(call.context.registry, call.text("email")));
    return accepted("If this address waits for its confirmation, another link was sent.");
}

Outcome forgot(const Call& call) {
    TRY_VOID(accounts::forgot_password(call.context.registry, call.text("email")));
    return accepted("If there is an account with this address, a link was sent; it works for an hour.");
}

Outcome reset(const Call& call) {
    TRY_VOID(accounts::reset_password(call.context.registry, call.text("token"), call.text("password")));
    return json_answer(
        {{"message", "The password is changed and every session ended; sign in with the new one."}});
}

}  // namespace

void add_sign_in_routes(std::vector<Endpoint>& rows) {
    const auto row = [&](std::string_view path, std::string_view summary, std::vector<Field> body, int status,
                         std::string_view answers, auto run, net::Pool pool) {
        rows.push_back({"POST",
                        path,
                        "signing in",
                        summary,
                        Needs::nothing,
                        Rate::signing_in,
                        std::move(body),
                        {},
                        status,
                        answers,
                        run,
                        pool});
    };
    using enum net::Pool;
    row("/api/v1/setup", "Make the first administrator with the set-up link, and sign in",
        {kToken, kEmail, kDisplayName, kPassword}, 201, "Session", set_up, hashing);
    row("/api/v1/auth/register", "Ask for an account; the address gets a link",
        {kEmail,
         kDisplayName,
         kPassword,
         {"age_confirmed", Type::flag, true, 0, 0, "13 or older, 16 in the EU, EEA and UK"},
         {"terms_version", Type::text, true, 1, 60, "version of the terms that are accepted"}},
        202, "Message", register_account, hashing);
    row("/api/v1/auth/login", "Sign in: sets the cookie session_token", {kEmail, kAnyPassword}, 200,
        "Session", log_in, hashing);
    row("/api/v1/auth/verify", "Confirm the address with the mail's link", {kToken}, 200, "Message", verify,
        database);
    row("/api/v1/auth/resend", "Send the confirmation link again", {kEmail}, 202, "Message", resend,
        database);
    row("/api/v1/auth/forgot", "Send a link to choose a new password", {kEmail}, 202, "Message", forgot,
        database);
    row("/api/v1/auth/reset", "Choose a new password with the mail's link", {kToken, kPassword}, 200,
        "Message", reset, hashing);
    rows.push_back({"POST",
                    "/api/v1/auth/logout",
                    "signing in",
                    "End this session",
                    Needs::nothing,
                    Rate::changing,
                    {},
                    {},
                    204,
                    "",
                    log_out,
                    database});
}

}  // namespace mmx::api
