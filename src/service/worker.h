// A worker with the service's own chores, on a thread of its own.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "base/result.h"
#include "service/runtime.h"
#include "service/settings.h"
#include "store/access_log.h"
#include "work/worker.h"

namespace mmx::service {

class RunningWorker {
  public:
    // slots: songs at once; 0 leaves only mail and chores.
    static base::Result<std::unique_ptr<RunningWorker>> start(Runtime& runtime, const Settings& settings,
                                                              int slots, store::AccessLog& access_log);
    ~RunningWorker();  // hands jobs back and waits for the thread

  private:
    explicit RunningWorker(std::unique_ptr<work::Worker> worker);
    std::unique_ptr<work::Worker> worker_;
    std::thread thread_;
};

}  // namespace mmx::service
