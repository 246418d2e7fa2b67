// Eight floats side by side: one register where the processor has AVX2, two or eight operations where it has
// not. The order of additions is the same everywhere, and so is the result.
#pragma once

namespace mmx::watermark {

typedef float Eight __attribute__((vector_size(32)));

[[gnu::always_inline]] inline Eight load(const float* from) {  // need not be aligned
    Eight value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}

[[gnu::always_inline]] inline float sum_of(Eight x) {
    const Eight y = x + __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3);
    return (y[0] + y[1]) + (y[2] + y[3]);
}

}  // namespace mmx::watermark
