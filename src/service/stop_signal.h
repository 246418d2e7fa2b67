// Waiting for the signals that stop the program or make it read its settings anew.
#pragma once

namespace mmx::service {

// SIGTERM, SIGINT and SIGHUP are taken from every thread made after this and given to wait(). SIGPIPE and
// SIGXFSZ are ignored.
class Signals {
  public:
    Signals();
    enum class What { stop, reload };
    What wait();  // blocks
};

}  // namespace mmx::service
