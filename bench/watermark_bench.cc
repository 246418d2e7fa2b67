// How many seconds of sound a second of one core marks and examines.
#include <benchmark/benchmark.h>

#include "watermark/detect.h"
#include "watermark/embed.h"
#include "watermark/test_music.h"

namespace {

using namespace mmx::watermark;
constexpr double kSeconds = 60;

const KeyRing& ring() {
    static const KeyRing keys(std::string(32, 'k'), 1);
    return keys;
}
const mmx::audio::StereoBuffer& plain(int rate) {
    static const auto at_48 = test_music(kSeconds, 48000), at_44 = test_music(kSeconds, 44100);
    return rate == 48000 ? at_48 : at_44;
}
void tell(benchmark::State& state) {
    state.counters["times_real_time"] =
        benchmark::Counter(kSeconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void embedding(benchmark::State& state) {
    mmx::audio::StereoBuffer sound = plain(static_cast<int>(state.range(0)));
    for (auto _ : state) embed(sound, ring().newest(), 1);
    tell(state);
}
BENCHMARK(embedding)->Arg(48000)->Arg(44100);

// What a page does in the visitor's browser, and what the service does with it.
void extracting(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(extract(plain(static_cast<int>(state.range(0)))));
    tell(state);
}
BENCHMARK(extracting)->Arg(48000)->Arg(44100);

// A marked sound is found at once; one without a mark goes through the whole search.
void detecting(benchmark::State& state) {
    mmx::audio::StereoBuffer sound = plain(48000);
    if (state.range(0) != 0) embed(sound, ring().newest(), 1);
    const auto search = state.range(1) != 0 ? Search::changed : Search::as_made;
    for (auto _ : state) benchmark::DoNotOptimize(detect(extract(sound), ring(), search));
    tell(state);
}
BENCHMARK(detecting)->ArgNames({"marked", "search"})->Args({1, 0})->Args({0, 0})->Args({1, 1})->Args({0, 1});

}  // namespace
