// Denormal numbers off for a scope: decaying filters are full of them, and each costs a hundred additions.
#pragma once

#include <xmmintrin.h>

#include "base/tasks.h"

namespace mmx::audio {

// Puts the calling thread's floating-point mode back at the end of the scope.
class DenormalsOff {
  public:
    DenormalsOff() { base::flush_denormals_on_this_thread(); }
    ~DenormalsOff() { _mm_setcsr(mode_); }
    DenormalsOff(const DenormalsOff&) = delete;
    DenormalsOff& operator=(const DenormalsOff&) = delete;

  private:
    unsigned mode_ = _mm_getcsr();
};

}  // namespace mmx::audio
