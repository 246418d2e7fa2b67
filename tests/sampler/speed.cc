// How long a voice takes: prints nanoseconds of processor time for one frame of one voice.
#include <cstdio>
#include <ctime>

#include "perform/sampler/sound_bank.h"
#include "sounds.h"

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main() {
    using namespace mmx::perform;
    constexpr int kNotes = 48, kSeconds = 3;
    for (const char* id :
         {"clarinet", "violin", "hammond-organ", "string-ensemble", "grand-piano", "flute"}) {
        const Patch* patch = find_patch(id);
        const auto& sampled = std::get<SamplerPatch>(patch->sound);
        const auto regions = sounds()->font(sampled.font).regions(sampled.bank, sampled.program);
        std::vector<PlayedNote> notes;
        int voices = 0;
        for (int i = 0; i < kNotes; ++i) {
            PlayedNote note;
            note.start = mmx::base::Frames(i);
            note.length = mmx::base::Frames(kRate * kSeconds);
            note.pitch = 55 + i % 24;
            note.serial = static_cast<std::uint32_t>(i);
            for (const Region& region : regions)
                voices += note.pitch >= region.low_key && note.pitch <= region.high_key &&
                          89 >= region.low_velocity && 89 <= region.high_velocity;
            notes.push_back(note);
        }
        double best = 1e9;
        for (int run = 0; run < 4; ++run) {
            const auto player = make_sampler_player(sounds(), sampled, notes, kRate, 1);
            mmx::audio::StereoBuffer sound(static_cast<std::size_t>(kRate * kSeconds), kRate);
            const double before = cpu_seconds();
            player->render(sound.view());
            best = std::min(best, cpu_seconds() - before);
        }
        std::printf("%-16s %3d voices, %.2f ns a voice and frame\n", id, voices,
                    best * 1e9 / (voices * static_cast<double>(kRate * kSeconds)));
    }
}
