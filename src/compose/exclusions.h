// What "no drums", "without strings" keep out: catalogue ids and the classes people name.
#pragma once

#include <string>
#include <vector>

#include "music/score.h"
#include "style/instruments.h"

namespace mmx::compose {

// `role` because a contrabass is a bass only while it plays one.
bool is_excluded(const std::vector<std::string>& excluded, const style::Instrument& instrument,
                 music::Role role);

}  // namespace mmx::compose
