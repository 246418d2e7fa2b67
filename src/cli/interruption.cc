#include "cli/interruption.h"

#include <atomic>
#include <csignal>

namespace mmx::cli {
namespace {

std::atomic<engine::Cancellation*> in_force{nullptr};
static_assert(std::atomic<engine::Cancellation*>::is_always_lock_free,
              "a signal handler may use nothing else");

void on_signal(int number) {
    if (auto* cancellation = in_force.load()) cancellation->cancel();
    std::signal(number, SIG_DFL);
}

}  // namespace

Interruption::Interruption(engine::Cancellation& cancellation) {
    in_force = &cancellation;
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

Interruption::~Interruption() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    in_force = nullptr;
}

}  // namespace mmx::cli
