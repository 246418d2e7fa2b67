// The mastering presets: what each is for, in figures.
#include "master/master.h"

namespace mmx::master {

const std::vector<Preset>& presets() {
    static const std::vector<Preset> kPresets = [] {
        Preset streaming;
        streaming.name = "streaming";
        streaming.help = "-14 LUFS, -1 dBTP: as loud as the streaming services play everything";
        Preset natural;
        natural.name = "natural";
        natural.help = "at most -18 LUFS, -1 dBTP: the dynamics stay as played, only the gain is set";
        natural.loudness_lufs = -18;
        natural.natural = true;
        return std::vector<Preset>{streaming, natural};
    }();
    return kPresets;
}

const Preset* find_preset(std::string_view name) {
    for (const Preset& preset : presets()) {
        if (preset.name == name) return &preset;
    }
    return nullptr;
}

}  // namespace mmx::master
