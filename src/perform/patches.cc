#include "perform/patches.h"

#include <fmt/format.h>

#include <set>

#include "base/data_files.h"
#include "perform/drum_machine/drum_player.h"
#include "perform/patch_reader.h"
#include "perform/plucked/plucked_player.h"
#include "perform/sampler/sampler_player.h"
#include "perform/synth/synth_player.h"

namespace mmx::perform {
namespace {

base::Result<Patch> read_patch(const std::string& id, const toml::table& table, const toml::table& file) {
    constexpr std::array<std::string_view, 4> kEngines = {"sampler", "synth", "drum-machine", "plucked"};
    Patch patch;
    patch.id = id;
    patch.instrument = TRY(style::read_text(table, "instrument", std::string()));
    patch.alternative = TRY(style::read_flag(table, "alternative", false));
    switch (TRY(read_choice(table, "engine", kEngines, "sampler"))) {
        case 0:
            patch.sound = TRY(read_sampler_patch(id, table));
            break;
        case 1:
            patch.sound = TRY(synth::read_synth_patch(id, table));
            break;
        case 2:
            patch.sound = TRY(drum_machine::read_kit_patch(id, table, file));
            break;
        default:
            patch.sound = TRY(plucked::read_plucked_patch(id, table));
            break;
    }
    return patch;
}

base::Result<std::vector<Patch>> read_file(std::string_view path) {
    toml::table file;
    try {
        file = toml::parse(*base::data_file(path), path);
    } catch (const toml::parse_error& error) {
        return base::fail(base::Kind::internal,
                          "The program's own sound files are damaged; please reinstall it.",
                          fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
    // toml++ sorts tables by name; "the first" means the first line.
    std::vector<std::pair<toml::source_index, std::string>> order;
    for (const auto& [key, node] : file) {
        if (!node.is_table())
            return base::fail(base::Kind::internal,
                              "The program's own sound files are damaged; please reinstall it.",
                              fmt::format("{}: {} is no patch", path, key.str()));
        order.emplace_back(key.source().begin.line, std::string(key.str()));
    }
    std::sort(order.begin(), order.end());
    std::vector<Patch> patches;
    for (const auto& [line, id] : order) {
        auto patch = read_patch(id, *file.get_as<toml::table>(id), file);
        if (!patch) {
            patch.error().tell_log = fmt::format("{}: {}: {}", path, id, patch.error().tell_log);
            return tl::unexpected(patch.error());
        }
        patches.push_back(std::move(*patch));
    }
    return patches;
}

base::Result<std::vector<Patch>> read_all() {
    std::vector<Patch> all;
    std::set<std::string> ids;
    for (const std::string_view path : base::data_files("patches/")) {
        if (!path.ends_with(".toml")) continue;
        for (Patch& patch : TRY(read_file(path))) {
            if (!ids.insert(patch.id).second)
                return base::fail(base::Kind::internal,
                                  "The program's own sound files are damaged; please reinstall it.",
                                  fmt::format("{}: {} is there twice", path, patch.id));
            all.push_back(std::move(patch));
        }
    }
    return all;
}

}  // namespace

base::Result<const std::vector<Patch>*> all_patches() {
    static const base::Result<std::vector<Patch>> patches = read_all();
    if (!patches) return tl::unexpected(patches.error());
    return &*patches;
}

const Patch* find_patch(std::string_view id) {
    const auto patches = all_patches();
    if (!patches) return nullptr;
    for (const Patch& patch : **patches)
        if (patch.id == id) return &patch;
    return nullptr;
}

const Patch* default_patch(std::string_view instrument) {
    const auto patches = all_patches();
    if (!patches || instrument.empty()) return nullptr;
    for (const Patch& patch : **patches)
        if (patch.instrument == instrument && !patch.alternative) return &patch;
    return nullptr;
}

std::unique_ptr<Player> make_player(const Patch& patch, std::vector<PlayedNote> notes, int sample_rate,
                                    std::uint64_t seed, const std::shared_ptr<const SoundBank>& bank) {
    struct Maker {
        std::vector<PlayedNote>& notes;
        int rate;
        std::uint64_t seed;
        const std::shared_ptr<const SoundBank>& bank;
        std::unique_ptr<Player> operator()(const SamplerPatch& p) {
            return make_sampler_player(bank, p, std::move(notes), rate, seed);
        }
        std::unique_ptr<Player> operator()(const synth::SynthPatch& p) {
            return synth::make_synth_player(p, std::move(notes), rate, seed);
        }
        std::unique_ptr<Player> operator()(const drum_machine::KitPatch& p) {
            return drum_machine::make_drum_player(p, std::move(notes), rate, seed);
        }
        std::unique_ptr<Player> operator()(const plucked::PluckedPatch& p) {
            return plucked::make_plucked_player(p, std::move(notes), rate, seed);
        }
    };
    return std::visit(Maker{notes, sample_rate, seed, bank}, patch.sound);
}

}  // namespace mmx::perform
