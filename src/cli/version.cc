#include "cli/version.h"

namespace mmx::cli {

std::string version_text() {
    return "MusicMageX " MMX_VERSION;
}

}  // namespace mmx::cli
