// Prints a digest of libm's sine: it must change when the processor's FMA is masked, or the masking does
// nothing.
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>

int main() {
    std::uint64_t digest = 1469598103934665603ULL;
    volatile double x = 0.1;
    for (int i = 0; i < 200000; ++i) {
        digest = (digest ^ std::bit_cast<std::uint64_t>(std::sin(x))) * 1099511628211ULL;
        x = x + 0.000731;
    }
    std::printf("%016llx\n", static_cast<unsigned long long>(digest));
}
