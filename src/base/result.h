// Errors are values with two readers: the person who asked, and the operator's log.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace mmx::base {

enum class Kind {
    invalid_request,  // the request is wrong: exit status 2, HTTP 400 or, where a field is named, 422
    not_found,        // something named does not exist, or is not the asker's to see
    missing_part,     // a required file or package is not installed
    unreadable,       // a file is there but is not what it should be
    io,               // reading or writing failed
    cancelled,        // the one who asked took it back
    not_signed_in,    // no session, or one that has ended: HTTP 401
    not_allowed,      // signed in, but this needs another role or state: HTTP 403
    conflict,         // it contradicts what is already there: HTTP 409
    over_quota,       // the plan's count, credits or storage are used up: HTTP 402
    too_many,         // too often; retry_after_seconds says when again: HTTP 429
    unavailable,      // a part of the service is busy or out of reach: HTTP 503
    internal,         // a defect of ours: HTTP 500
};

// Whether doing the same again later can succeed without anything being changed.
enum class Retry { useless, may_help };

struct Error {
    Kind kind = Kind::internal;
    std::string tell_user;  // safe in a browser; says what to do next
    std::string tell_log;   // details for the operator: paths, upstream replies
    std::string field;      // the request's field at fault, or empty
    Retry retry = Retry::useless;
    int retry_after_seconds = 0;  // with too_many and unavailable; 0: not known
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

inline tl::unexpected<Error> fail(Kind kind, std::string tell_user, std::string tell_log = {}) {
    return tl::unexpected(Error{kind, std::move(tell_user), std::move(tell_log), {}, Retry::useless, 0});
}

// A field of the request is wrong: the message says what came and what is allowed.
inline tl::unexpected<Error> fail_field(std::string field, std::string tell_user) {
    return tl::unexpected(
        Error{Kind::invalid_request, std::move(tell_user), {}, std::move(field), Retry::useless, 0});
}

// Trying the same again later can succeed.
inline tl::unexpected<Error> fail_for_now(Kind kind, std::string tell_user, std::string tell_log = {},
                                          int retry_after_seconds = 1) {
    return tl::unexpected(
        Error{kind, std::move(tell_user), std::move(tell_log), {}, Retry::may_help, retry_after_seconds});
}

}  // namespace mmx::base

// Gives the value of a Result, or returns its error from the enclosing function. Each use has a name of its
// own, so that one may stand inside another.
#define TRY(expression) MMX_TRY_NAMED(expression, __COUNTER__)
#define TRY_VOID(expression) MMX_TRY_VOID_NAMED(expression, __COUNTER__)

#define MMX_TRY_JOIN_(a, b) a##b
#define MMX_TRY_JOIN(a, b) MMX_TRY_JOIN_(a, b)
#define MMX_TRY_NAMED(expression, number) MMX_TRY_AS(expression, MMX_TRY_JOIN(try_result_, number))
#define MMX_TRY_VOID_NAMED(expression, number) MMX_TRY_VOID_AS(expression, MMX_TRY_JOIN(try_result_, number))
#define MMX_TRY_AS(expression, result)                                 \
    __extension__({                                                    \
        auto result = (expression);                                    \
        if (!result) return tl::unexpected(std::move(result).error()); \
        std::move(result).value();                                     \
    })
#define MMX_TRY_VOID_AS(expression, result)                            \
    do {                                                               \
        auto result = (expression);                                    \
        if (!result) return tl::unexpected(std::move(result).error()); \
    } while (false)
