// A style: everything the program knows about one genre, read from a folder of data/genres.
//
// This is the one place where taste (files written by hand), trained tables (data/trained) and, later,
// learned models meet: rooms above ask a Style and do not care which of the three answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "style/band_style.h"
#include "style/composition_style.h"
#include "style/genre_style.h"
#include "style/mix_style.h"
#include "style/sound_style.h"

namespace mmx::style {

// data/genres/<id>/: genre.toml, composition.toml, band.toml, sound.toml, mix.toml.
struct Style {
    std::string id;                // "lofi-hip-hop": the folder's name
    GenreStyle genre;              // names, tempo, metre, modes: what the prompt reader needs
    CompositionStyle composition;  // form, harmony, melody
    BandStyle band;                // players, grooves, fills
    SoundStyle sound;              // which patch each player uses
    MixStyle mix;                  // strips, sends, pump, tonal balance
};

// All styles, parsed and checked once, at first use; any thread may call. A broken file of ours is a defect:
// the first call fails with the file, line and reason.
base::Result<const std::vector<Style>*> all_styles();
const Style* find_style(std::string_view id);  // null when there is none (or all_styles() fails)

}  // namespace mmx::style
