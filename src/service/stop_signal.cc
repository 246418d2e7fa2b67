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
    // A client that goes, and a file that may not grow, are errors of one call, not the end of the program.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

Signals::What Signals::wait() {
    const sigset_t set = our_signals();
    int number = 0;
    sigwait(&set, &number);
    return number == SIGHUP ? What::reload : What::stop;
}

}  // namespace mmx::service
