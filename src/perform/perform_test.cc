// Every patch sounds, whoever asks in whatever chunks; every style has sounds of its own.
#include "perform/perform.h"

#include <gtest/gtest.h>
#include <time.h>

#include <set>

#include "base/tasks.h"
#include "perform/listening_test.h"
#include "perform/patches.h"
#include "style/instruments.h"

namespace mmx::perform {
namespace {

using namespace listening;

const std::vector<Patch>& patches() {
    const auto all = all_patches();
    if (!all) throw std::runtime_error(all.error().tell_log);
    return **all;
}

bool sampled(const Patch& patch) {
    return std::holds_alternative<SamplerPatch>(patch.sound);
}
bool kit(const Patch& patch) {
    return std::holds_alternative<drum_machine::KitPatch>(patch.sound);
}
bool effects(const Patch& patch) {
    return kit(patch) && std::get<drum_machine::KitPatch>(patch.sound).effects;
}

std::shared_ptr<const SoundBank> bank() {
    static const auto opened = open_sound_bank();
    return opened ? *opened : nullptr;
}

int low_note(const Patch& patch) {
    if (effects(patch)) return 28;
    if (kit(patch)) return 36;
    return patch.instrument.find("bass") != std::string::npos ? 33 : 57;
}

audio::StereoBuffer hear(const Patch& patch, int rate, std::size_t chunk, double seconds = 1.2,
                         float velocity = 0.9f) {
    const int pitch = low_note(patch);
    const auto player = make_player(patch,
                                    in_order({note(0.01, 0.7, pitch, velocity, rate),
                                              note(0.3, 0.5, kit(patch) ? 38 : pitch + 7, velocity, rate)}),
                                    rate, 5, nullptr);
    return play(*player, seconds, rate, chunk);
}

TEST(Patches, Every_one_sounds_without_clipping_or_offset_at_both_rates) {
    for (const Patch& patch : patches()) {
        if (sampled(patch)) continue;  // tests/sampler
        for (const int rate : {44100, 48000}) {
            const auto audio = hear(patch, rate, 4096, 3.0, 1.0f);
            EXPECT_GT(db(peak(audio)), -36) << patch.id;
            EXPECT_LT(db(peak(audio)), 6) << patch.id;
            EXPECT_LT(db(std::abs(mean(audio.left, 0, audio.frames()))), -60) << patch.id;
            for (const float x : audio.left) ASSERT_TRUE(std::isfinite(x)) << patch.id;
        }
    }
}

TEST(Patches, The_chunk_size_is_not_heard) {
    for (const Patch& patch : patches()) {
        if (sampled(patch)) continue;
        const auto big = hear(patch, 48000, 100000, 0.9), small = hear(patch, 48000, 331, 0.9);
        EXPECT_EQ(big.left, small.left) << patch.id;
        EXPECT_EQ(big.right, small.right) << patch.id;
    }
}

TEST(Patches, Every_instrument_of_the_catalogue_has_a_sound) {
    const auto instruments = style::all_instruments();
    ASSERT_TRUE(instruments.has_value());
    for (const style::Instrument& instrument : **instruments)
        EXPECT_NE(default_patch(instrument.id), nullptr) << instrument.id;
    for (const Patch& patch : patches())
        if (!patch.instrument.empty()) {
            EXPECT_NE(style::find_instrument(patch.instrument), nullptr) << patch.id;
        }
}

TEST(Patches, Sustained_synthesiser_sounds_lie_near_one_loudness) {
    // Between notes a fifth apart and patches with moving filters there is some spread; a slip of the file is
    // larger.
    for (const Patch& patch : patches()) {
        const auto* synth = std::get_if<synth::SynthPatch>(&patch.sound);
        if (synth == nullptr || synth->amp.sustain < 0.8 || synth->amp.attack > 0.5) continue;
        const int pitch = patch.instrument.find("bass") != std::string::npos   ? 36
                          : patch.instrument.find("lead") != std::string::npos ? 72
                                                                               : 60;
        const auto player = make_player(patch, {note(0, 3, pitch)}, 48000, 5, nullptr);
        const auto audio = play(*player, 2);
        const double level = db(std::hypot(rms(audio.left, 48000, 48000), rms(audio.right, 48000, 48000)));
        EXPECT_GT(level, -28) << patch.id;
        EXPECT_LT(level, -11) << patch.id;
    }
}

music::Score little_song() {
    music::Score score;
    score.genre = "synthwave";
    score.seed = 3;
    score.tempo = music::TempoMap::steady(120, base::kQuarter);
    for (int b = 0; b < 2; ++b) score.bars.push_back({base::Ticks(3840 * b), base::Ticks(3840), 0});
    score.sections.push_back({});
    score.end = base::Ticks(7680);
    score.length = base::Seconds(5.5);
    const auto add = [&](const char* id, music::Role role, const char* instrument, std::vector<int> pitches,
                         int step) {
        music::Part part;
        part.id = id;
        part.role = role;
        part.instrument = instrument;
        for (int at = 0, i = 0; at < 7680; at += step, ++i)
            part.notes.push_back({base::Ticks(at), base::Ticks(step - 20),
                                  pitches[static_cast<std::size_t>(i) % pitches.size()], 0.7f,
                                  music::Articulation::normal});
        score.parts.push_back(part);
    };
    add("drums", music::Role::drums, "synthwave-kit", {36, 42, 38, 42}, 480);
    add("bass", music::Role::bass, "synth-bass", {33, 33, 45, 33}, 480);
    add("pad", music::Role::pad, "synth-pad", {57, 60}, 3840);
    add("lead", music::Role::lead, "synth-lead", {69, 72, 76}, 960);
    add("guitar", music::Role::chords, "distorted-guitar", {40, 47}, 1920);
    if (bank()) add("piano", music::Role::chords, "grand-piano", {60, 64, 67}, 960);
    return score;
}

std::vector<audio::StereoBuffer> perform(unsigned threads, std::size_t chunk) {
    auto performance =
        Performance::prepare(little_song(), {}, *style::find_style("synthwave"), 48000, bank());
    if (!performance) throw std::runtime_error(performance.error().tell_log);
    const auto frames = static_cast<std::size_t>(performance->length().value);
    std::vector<audio::StereoBuffer> stems(performance->stems(), audio::StereoBuffer(frames, 48000));
    base::Tasks tasks(threads);
    for (std::size_t at = 0; at < frames; at += chunk)
        tasks.run(stems.size(), [&](std::size_t s) {
            performance->render(s, stems[s].view().part(at, std::min(chunk, frames - at)));
        });
    return stems;
}

TEST(Performance, Is_as_long_as_the_score_and_a_loop_has_its_tail_behind_it) {
    music::Score score = little_song();
    const style::Style& style = *style::find_style("synthwave");
    EXPECT_EQ(Performance::prepare(score, {}, style, 48000, bank())->length().value, 264000);
    score.ending = music::Ending::loop;
    EXPECT_EQ(Performance::prepare(score, {}, style, 44100, bank())->length().value, 242550 + 4 * 44100);
}

TEST(Performance, Gives_the_same_bits_with_any_chunks_and_threads) {
    base::flush_denormals_on_this_thread();
    const auto one = perform(1, 96000), two = perform(2, 1000);
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t s = 0; s < one.size(); ++s) {
        EXPECT_GT(db(peak(one[s])), -40) << s;
        EXPECT_EQ(one[s].left, two[s].left) << s;
        EXPECT_EQ(one[s].right, two[s].right) << s;
    }
}

TEST(Performance, Says_which_instrument_has_no_sound) {
    music::Score score = little_song();
    score.parts[0].instrument = "kazoo";
    const auto performance = Performance::prepare(score, {}, *style::find_style("pop"), 48000, bank());
    ASSERT_FALSE(performance.has_value());
    EXPECT_NE(performance.error().tell_log.find("kazoo"), std::string::npos);
}

TEST(SoundStyles, Name_patches_that_exist_for_the_instruments_they_name) {
    const auto styles = style::all_styles();
    ASSERT_TRUE(styles.has_value()) << styles.error().tell_log;
    for (const style::Style& style : **styles) {
        for (const auto& [instrument, id] : style.sound.patches) {
            const Patch* patch = find_patch(id);
            ASSERT_NE(patch, nullptr) << style.id << " " << id;
            EXPECT_EQ(patch->instrument, instrument) << style.id << " " << id;
        }
        for (const auto& [part, sound] : style.sound.parts)
            if (!sound.patch.empty()) {
                EXPECT_NE(find_patch(sound.patch), nullptr) << style.id << " " << sound.patch;
            }
    }
}

TEST(SoundStyles, No_two_share_their_sounds_or_their_pocket) {
    const auto styles = style::all_styles();
    ASSERT_TRUE(styles.has_value());
    std::set<std::map<std::string, std::string, std::less<>>> patches_seen;
    std::set<std::vector<double>> pockets_seen;
    for (const style::Style& style : **styles) {
        const style::Pocket& pocket = style.sound.pocket;
        std::vector<double> numbers = {pocket.spread_ms, pocket.drum_spread_ms, pocket.velocity_spread,
                                       pocket.accent};
        for (const auto& [role, ms] : pocket.role_ms) numbers.push_back(ms);
        EXPECT_TRUE(patches_seen.insert(style.sound.patches).second) << style.id;
        EXPECT_TRUE(pockets_seen.insert(numbers).second) << style.id;
    }
}

TEST(Cost, Of_a_voice_and_a_frame_is_printed) {
    const auto cpu = [] {
        timespec now;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
    };
    base::flush_denormals_on_this_thread();
    std::printf("%-22s %7s %16s\n", "patch", "voices", "ns/voice-sample");
    for (const char* id : {"analogue-saw-bass", "juno-pad", "supersaw", "evolving-pad", "fm-electric-piano",
                           "steel-strings", "distorted-strings", "kit-909"}) {
        const Patch& patch = *find_patch(id);
        const bool drums = kit(patch);
        std::vector<PlayedNote> notes;
        const int voices = std::holds_alternative<synth::SynthPatch>(patch.sound) &&
                                   std::get<synth::SynthPatch>(patch.sound).mono
                               ? 1
                           : drums ? 4
                                   : 8;
        for (int v = 0; v < voices; ++v)
            notes.push_back(note(drums ? 0.1 * v : 0, 2, drums ? 36 + 2 * v : 48 + 3 * v));
        const auto player = make_player(patch, in_order(notes), 48000, 5, nullptr);
        audio::StereoBuffer out(48000, 48000);
        const double before = cpu();
        player->render(out.view());
        const double each = (cpu() - before) / 48000 / voices;
        std::printf("%-22s %7d %16.1f\n", id, voices, each);
        EXPECT_LT(each, 5000);
    }
}

}  // namespace
}  // namespace mmx::perform
