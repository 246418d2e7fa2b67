#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace mmx::cli {
namespace {

// How the time of a whole song is shared out, about: playing is most of it.
struct Share {
    double start, length;
};
constexpr Share kShares[] = {{0.00, 0.01}, {0.01, 0.06}, {0.07, 0.73}, {0.80, 0.12}, {0.92, 0.08}};
constexpr int kCells = 32;

}  // namespace

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) == 1), last_(std::chrono::steady_clock::now()) {}

ProgressBar::~ProgressBar() {
    if (terminal_ && shown_) std::fputs("\r\x1b[2K", stderr);
}

void ProgressBar::show(engine::Stage stage, double done) {
    const auto number = static_cast<int>(stage);
    if (!terminal_) {
        // In a log, one line for each stage is enough.
        if (number == stage_) return;
        stage_ = number;
        std::fprintf(stderr, "%s\n", std::string(engine::stage_name(stage)).c_str());
        return;
    }
    const Share& share = kShares[std::clamp(number, 0, 4)];
    const double whole = share.start + share.length * std::clamp(done, 0.0, 1.0);
    const int percent = static_cast<int>(whole * 100);
    const auto now = std::chrono::steady_clock::now();
    if (number == stage_ && (percent == percent_ || now - last_ < std::chrono::milliseconds(40))) return;
    stage_ = number;
    percent_ = percent;
    last_ = now;
    shown_ = true;
    const int full = static_cast<int>(whole * kCells);
    std::string bar;
    for (int i = 0; i < kCells; ++i) bar += i < full ? "█" : "░";
    std::fprintf(stderr, "\r\x1b[2K%s %3d %%  %s", bar.c_str(), percent,
                 std::string(engine::stage_name(stage)).c_str());
    std::fflush(stderr);
}

}  // namespace mmx::cli
