// Opens both fonts and makes sure, once, that they are the very files this engine was tuned for.
#include "perform/sampler/sound_bank.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/sha256.h"

namespace mmx::perform {
namespace {

constexpr FontFile kFontFiles[] = {
    {"MuseScore_General_Full.sf2", "musescore-general-soundfont-lossless",
     "59287cbb0f424ec76d1bc269eee40dfe0b02252588d72eb016b5d2382e710a8f"},
    {"FluidR3_GM.sf2", "fluid-soundfont-gm",
     "74594e8f4250680adf590507a306655a299935343583256f3b722c48a1bc1cb0"},
};

std::string hash_of(std::span<const std::byte> bytes) {
    base::Sha256 hash;
    constexpr std::size_t kPortion = 1 << 20;
    for (std::size_t at = 0; at < bytes.size(); at += kPortion)
        hash.add(bytes.subspan(at, std::min(kPortion, bytes.size() - at)));
    return hash.hex();
}

// Where a verified hash is remembered; empty when there is no home.
std::filesystem::path memory_of(const FontFile& font) {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::filesystem::path folder;
    if (cache != nullptr && *cache == '/')
        folder = cache;
    else if (home != nullptr && *home == '/')
        folder = std::filesystem::path(home) / ".cache";
    else
        return {};
    return folder / "mmx" / (std::string(font.name) + ".verified");
}

bool is_remembered(const std::filesystem::path& place, const std::string& line) {
    if (place.empty()) return false;
    std::ifstream file(place);
    std::string found;
    return std::getline(file, found) && found == line;
}

// Written aside and renamed, so that two programs at once leave a whole line. A cache that cannot be written
// costs time at the next start, nothing else.
void remember(const std::filesystem::path& place, const std::string& line) {
    if (place.empty()) return;
    std::error_code ignored;
    std::filesystem::create_directories(place.parent_path(), ignored);
    const std::filesystem::path aside = place.string() + fmt::format(".{}", static_cast<const void*>(&line));
    {
        std::ofstream file(aside);
        file << line << '\n';
        if (!file.flush()) {
            std::filesystem::remove(aside, ignored);
            return;
        }
    }
    std::filesystem::rename(aside, place, ignored);
}

base::Status verify(const MappedFile& file, const FontFile& font, const std::string& path) {
    const std::filesystem::path place = memory_of(font);
    const std::string line = fmt::format("{} {}", font.sha256, file.identity());
    if (is_remembered(place, line)) return {};
    const std::string hash = hash_of(file.bytes());
    if (hash != font.sha256)
        return base::fail(
            base::Kind::unreadable,
            fmt::format(
                "The sound font {} is damaged or of another version; reinstall it with: apt-get install "
                "--reinstall {}",
                path, font.package),
            fmt::format("{}: SHA-256 is {}, expected {}", path, hash, font.sha256));
    remember(place, line);
    return {};
}

}  // namespace

const FontFile& font_file(Font font) {
    return kFontFiles[static_cast<std::size_t>(font)];
}

base::Result<SoundBank> SoundBank::open(const std::string& folder) {
    SoundBank bank;
    for (std::size_t i = 0; i < std::size(kFontFiles); ++i) {
        const FontFile& known = kFontFiles[i];
        const std::string path = folder + "/" + std::string(known.name);
        auto file = MappedFile::open(path);
        if (!file) {
            base::Error error = std::move(file).error();
            error.tell_user =
                error.kind == base::Kind::missing_part
                    ? fmt::format("The sound font {} is missing; install it with: apt-get install {}", path,
                                  known.package)
                    : fmt::format(
                          "The sound font {} cannot be read; reinstall it with: apt-get install "
                          "--reinstall {}",
                          path, known.package);
            return tl::unexpected(std::move(error));
        }
        bank.files_[i] = std::move(*file);
        TRY_VOID(verify(bank.files_[i], known, path));
        auto font = SoundFont::parse(bank.files_[i].bytes());
        if (!font)
            return base::fail(base::Kind::unreadable,
                              fmt::format("The sound font {} is damaged; reinstall it with: apt-get install "
                                          "--reinstall {}",
                                          path, known.package),
                              path + ": " + font.error().tell_log);
        bank.fonts_[i] = std::move(*font);
    }
    return bank;
}

base::Result<SoundBank> SoundBank::read(std::span<const std::byte> musescore,
                                        std::span<const std::byte> fluid) {
    SoundBank bank;
    bank.fonts_ = {TRY(SoundFont::parse(musescore)), TRY(SoundFont::parse(fluid))};
    return bank;
}

base::Result<std::shared_ptr<const SoundBank>> open_sound_bank(const std::string& folder) {
    SoundBank bank = TRY(SoundBank::open(folder));
    return std::make_shared<const SoundBank>(std::move(bank));
}

// Every open bank has passed verification, so the files' hashes are the expected ones.
std::string sounds_hash(const SoundBank&) {
    base::Sha256 hash;
    for (const FontFile& font : kFontFiles) hash.add(std::string(font.sha256));
    return hash.hex();
}

}  // namespace mmx::perform
