// This process in the list of the service's processes: announced, beating, forgotten when it ends.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.h"
#include "store/database.h"
#include "store/nodes.h"

namespace mmx::service {

class NodePresence {
  public:
    static base::Result<std::unique_ptr<NodePresence>> announce(store::Database& database, store::Node node);
    ~NodePresence();

  private:
    NodePresence(store::Database& database, store::Node node);
    void beat();

    store::Database& database_;
    store::Node node_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

// "host-4711": names the process to administrators.
std::string process_name();

}  // namespace mmx::service
