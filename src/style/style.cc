#include "style/style.h"

#include <fmt/format.h>

#include "base/data_files.h"
#include "style/toml_reader.h"

namespace mmx::style {
namespace {

base::Result<toml::table> read_toml(const std::string& path) {
    const auto text = base::data_file(path);
    if (!text)
        return base::fail(base::Kind::internal, "The program's own style files are incomplete.",
                          path + " is missing");
    try {
        return toml::parse(*text, path);
    } catch (const toml::parse_error& error) {
        return base::fail(base::Kind::internal,
                          "The program's own style files are damaged; please reinstall it.",
                          fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
}

// Puts the file's name in front of what went wrong in it.
template <class T>
base::Result<T> in_file(const std::string& path, base::Result<T> (*read)(const toml::table&)) {
    auto result = read(TRY(read_toml(path)));
    if (!result) result.error().tell_log = path + ": " + result.error().tell_log;
    return result;
}

base::Result<Style> read_style(const std::string& id) {
    const std::string folder = "genres/" + id + "/";
    Style style;
    style.id = id;
    style.genre = TRY(in_file(folder + "genre.toml", read_genre_style));
    style.composition = TRY(in_file(folder + "composition.toml", read_composition_style));
    style.band = TRY(in_file(folder + "band.toml", read_band_style));
    style.sound = TRY(in_file(folder + "sound.toml", read_sound_style));
    style.mix = TRY(in_file(folder + "mix.toml", read_mix_style));
    return style;
}

base::Result<std::vector<Style>> read_styles() {
    constexpr std::string_view kPrefix = "genres/", kFile = "/genre.toml";
    std::vector<Style> styles;
    for (const std::string_view path : base::data_files(kPrefix))
        if (path.ends_with(kFile))
            styles.push_back(TRY(read_style(
                std::string(path.substr(kPrefix.size(), path.size() - kPrefix.size() - kFile.size())))));
    return styles;
}

}  // namespace

base::Result<const std::vector<Style>*> all_styles() {
    static const base::Result<std::vector<Style>> styles = read_styles();
    if (!styles) return tl::unexpected(styles.error());
    return &*styles;
}

const Style* find_style(std::string_view id) {
    const auto styles = all_styles();
    if (!styles) return nullptr;
    for (const Style& style : **styles)
        if (style.id == id) return &style;
    return nullptr;
}

}  // namespace mmx::style
