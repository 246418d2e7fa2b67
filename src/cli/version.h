// What this program calls itself.
#pragma once

#include <string>

namespace mmx::cli {

std::string version_text();  // "MusicMageX 0.1.0"

}  // namespace mmx::cli
