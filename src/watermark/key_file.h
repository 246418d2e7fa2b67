// The master key on disk: made once, readable by its owner only.
#pragma once

#include <string>

#include "watermark/keys.h"

namespace mmx::watermark {

struct OpenedKeys {
    KeyRing keys;
    bool made_now = false;  // tell the owner: who loses the file can never read its marks again
};

// A file of a comment, "epoch N" and "master " with 64 hexadecimal digits. Where there is none, one is made
// of random bytes, 0600, in a folder that is made with it; two programs that start at once agree on one. To
// begin an epoch, raise the number: marks of earlier ones stay detectable. Errors: Kind::unreadable (not such
// a file), not_allowed (others may read it), io.
base::Result<OpenedKeys> load_or_make_keys(const std::string& path);

// $MMX_WATERMARK_KEY, or mmx/watermark.key in $XDG_DATA_HOME or ~/.local/share.
std::string default_key_path();

}  // namespace mmx::watermark
