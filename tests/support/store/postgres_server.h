// A PostgreSQL server for this test program alone.
#pragma once

#include <sys/types.h>

#include <string>

namespace mmx::store {

// Started in a temporary folder that only its unprivileged user can enter, reached by a socket there. A shell
// watches over it: when the program ends, by whatever cause, server and folder go. Throws with the server's
// log when it does not come up.
class PostgresServer {
  public:
    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    std::string address(const std::string& database) const;
    void stop();   // at once, as a crash would
    void start();  // on the same data

  private:
    void launch();
    void wait_until_ready() const;

    std::string folder_;
    pid_t watcher_ = -1;
    int lifeline_ = -1;  // the watcher reads the other end
};

}  // namespace mmx::store
