#include "service/node.h"

#include <unistd.h>

#include <chrono>

#include "log/log.h"

namespace mmx::service {

std::string process_name() {
    char host[256] = "host";
    gethostname(host, sizeof host - 1);
    return std::string(host) + "-" + std::to_string(getpid());
}

base::Result<std::unique_ptr<NodePresence>> NodePresence::announce(store::Database& database,
                                                                   store::Node node) {
    TRY_VOID(store::announce_node(database, node));
    return std::unique_ptr<NodePresence>(new NodePresence(database, std::move(node)));
}

NodePresence::NodePresence(store::Database& database, store::Node node)
    : database_(database), node_(std::move(node)), thread_([this] { beat(); }) {}

NodePresence::~NodePresence() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        wake_.notify_all();
    }
    thread_.join();
    if (const auto status = store::forget_node(database_, node_.id); !status)
        log::failure("this process could not sign off", status.error());
}

void NodePresence::beat() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::seconds(store::kNodeGoneSeconds / 4),
                           [this] { return ending_; })) {
        const auto known = store::beat_node(database_, node_.id);
        if (known && !*known) {
            if (const auto status = store::announce_node(database_, node_); !status)
                log::failure("this process could not announce itself", status.error());
        }
    }
}

}  // namespace mmx::service
