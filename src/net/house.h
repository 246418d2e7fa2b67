// What all connections of one server share.
#pragma once

#include <atomic>

#include "net/crew.h"
#include "net/inquiry.h"
#include "net/server.h"

namespace mmx::net {

// Settings, routes and hooks do not change while it serves. Any thread.
struct House {
    House(const ServerSettings& its_settings, Router its_router, ServerHooks its_hooks,
          InquiryRules its_rules)
        : settings(its_settings),
          router(std::move(its_router)),
          hooks(std::move(its_hooks)),
          rules(std::move(its_rules)),
          database(settings.database_threads, static_cast<std::size_t>(settings.database_queue)),
          hashing(settings.hashing_threads, static_cast<std::size_t>(settings.hashing_queue)),
          reading(settings.reading_threads, 0) {}

    // An answer of the server itself, in the words of hooks.make_error.
    Response refuse(const Request& request, const Refusal& refusal) const;
    // Runs the handler; what it throws becomes 500 and a line in the log.
    Response call(const Handler& handler, const Request& request) const;
    // Adds what every answer carries.
    void finish(const Request& request, Response& response) const;

    const ServerSettings settings;
    const Router router;
    const ServerHooks hooks;
    const InquiryRules rules;
    Crew database, hashing, reading;
    std::atomic<bool> draining{false};
    std::atomic<std::int64_t> connections_open{0}, requests{0}, refused_busy{0}, streams_open{0};
};

}  // namespace mmx::net
