#include "service/stop_signal.h"

#include <pthread.h>

#include <csignal>
#include <initializer_list>

namespace mmx::service {
namespace {

sigset_t our_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
    return set;
}

}  // namespace

Signals::Signals() {
    const sigset_t set = our_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

Signals::What Signals::wait() {
    const sigset_t set = our_signals();
    int number = 0;
    sigwait(&set, &number);
    return number == SIGHUP ? What::reload : What::stop;
}

}  // namespace mmx::service
