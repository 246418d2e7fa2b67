// Any bytes as a SoundFont: read, flattened, and a note of each region played.
#include <cstddef>
#include <cstdint>

#include "perform/sampler/sampler_player.h"
#include "perform/sampler/sound_bank.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mmx::perform;
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    auto bank = SoundBank::read(bytes, bytes);
    if (!bank) return 0;
    const auto shared = std::make_shared<const SoundBank>(std::move(*bank));
    for (const auto& preset : shared->font(Font::fluid).presets()) {
        SamplerPatch patch;
        patch.font = Font::fluid;
        patch.bank = preset.bank;
        patch.program = preset.program;
        std::vector<PlayedNote> notes(3);
        for (std::size_t i = 0; i < notes.size(); ++i) {
            notes[i].length = mmx::base::Frames(500);
            notes[i].pitch = static_cast<int>(30 + 40 * i);
        }
        mmx::audio::StereoBuffer sound(2000, 48000);
        make_sampler_player(shared, patch, notes, 48000, 1)->render(sound.view());
    }
    return 0;
}
