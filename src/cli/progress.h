// How far the song is: a bar on a terminal, plain lines elsewhere; always on standard error.
#pragma once

#include <chrono>

#include "engine/engine.h"

namespace mmx::cli {

class ProgressBar {
  public:
    ProgressBar();
    ~ProgressBar();  // leaves a clean line behind
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(engine::Stage stage, double done);

  private:
    bool terminal_;
    bool shown_ = false;
    int stage_ = -1, percent_ = -1;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace mmx::cli
