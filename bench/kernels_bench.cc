// Nanoseconds a frame of the engine's busiest kernels, one thread: build the preset `bench`, run
// build/bench/bench/kernels_bench.
#include <benchmark/benchmark.h>

#include "base/tasks.h"
#include "mix/reverb.h"
#include "mix/strip.h"
#include "perform/patches.h"
#include "perform/player.h"
#include "perform/plucked/plucked_player.h"
#include "perform/synth/synth_player.h"
#include "perform/tone.h"

namespace mmx {
namespace {

constexpr int kRate = 48000;
constexpr std::size_t kFrames = 96000;  // the engine's chunk

audio::StereoBuffer noise() {
    audio::StereoBuffer buffer(kFrames, kRate);
    std::uint32_t random = 1;
    for (std::size_t i = 0; i < kFrames; ++i)
        for (auto* channel : {&buffer.left, &buffer.right}) {
            random = random * 1664525u + 1013904223u;
            (*channel)[i] = 0.1f * static_cast<float>(static_cast<std::int32_t>(random)) / 2147483648.0f;
        }
    return buffer;
}

// `process` works on a chunk in place.
template <class Process>
void each_frame(benchmark::State& state, Process process) {
    base::flush_denormals_on_this_thread();
    const audio::StereoBuffer sound = noise();
    audio::StereoBuffer chunk = sound;
    for (auto _ : state) {
        chunk.left = sound.left;
        chunk.right = sound.right;
        process(chunk.view());
    }
    state.counters["frame"] =
        benchmark::Counter(static_cast<double>(kFrames),
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void strip(benchmark::State& state) {
    music::Score score;
    score.tempo = music::TempoMap::steady(120, base::kQuarter);
    const mix::Song song{mix::Automation(score, {}, kRate), mix::Pump(score, {}, kRate), kRate};
    mix::Channel channel;
    channel.style.high_pass = 90;
    channel.style.low_shelf.db = -2;
    channel.style.peaks = {{400, -2, 1}, {2500, 1.5, 0.8}};
    channel.style.high_shelf.db = 1;
    channel.style.compress = 0.4;
    channel.style.drive = 0.1;
    channel.style.spread = state.range(0) != 0 ? 0.4 : 0;
    mix::Strip one(channel, music::Role::chords, -0.4, song);
    each_frame(state, [&](audio::StereoView chunk) { one.process(chunk); });
}
BENCHMARK(strip)->ArgName("spread")->Arg(0)->Arg(1);

void reverb(benchmark::State& state) {
    style::ReverbStyle style;
    style.kind = static_cast<style::ReverbKind>(state.range(0));
    mix::Reverb room(style, kRate);
    each_frame(state, [&](audio::StereoView chunk) { room.process(chunk); });
}
BENCHMARK(reverb)->ArgName("kind")->DenseRange(0, 3);

void tone(benchmark::State& state) {
    style::Tone tone;
    tone.lowpass_hz = 9000;
    tone.highpass_hz = 60;
    tone.drive = 0.3;
    tone.brightness_db = -1;
    tone.wobble = state.range(0) != 0 ? 0.3 : 0;
    tone.ensemble = state.range(0) != 0 ? 0.3 : 0;
    perform::ToneBox box(tone, kRate, 1);
    each_frame(state, [&](audio::StereoView chunk) { box.process(chunk); });
}
BENCHMARK(tone)->ArgName("tape")->Arg(0)->Arg(1);

// Four voices that sound all the time, as pads and rhythm guitars do.
std::vector<perform::PlayedNote> chords() {
    std::vector<perform::PlayedNote> notes;
    for (int bar = 0; bar < 2000; ++bar)
        for (const int pitch : {45, 52, 57, 61}) {
            perform::PlayedNote note;
            note.start = base::Frames(bar * 48000);
            note.length = base::Frames(47000);
            note.pitch = pitch;
            note.serial = static_cast<std::uint32_t>(notes.size());
            notes.push_back(note);
        }
    return notes;
}

void plucked(benchmark::State& state, const char* id) {
    const auto player = perform::plucked::make_plucked_player(
        std::get<perform::plucked::PluckedPatch>(perform::find_patch(id)->sound), chords(), kRate, 1);
    each_frame(state, [&](audio::StereoView chunk) { player->render(chunk); });
}
BENCHMARK_CAPTURE(plucked, steel, "steel-strings");
BENCHMARK_CAPTURE(plucked, distorted, "distorted-strings");

void synth(benchmark::State& state, const char* id) {
    const auto player = perform::synth::make_synth_player(
        std::get<perform::synth::SynthPatch>(perform::find_patch(id)->sound), chords(), kRate, 1);
    each_frame(state, [&](audio::StereoView chunk) { player->render(chunk); });
}
BENCHMARK_CAPTURE(synth, warm_pad, "warm-pad");

}  // namespace
}  // namespace mmx
