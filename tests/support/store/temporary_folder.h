// Where tests keep their files.
#pragma once

#include <string>

namespace mmx::store {

// A new folder, 0700; in memory where there is plenty of it, since tests need no disk that survives a power
// cut. The caller removes it. Throws when it cannot be made.
std::string temporary_folder(const std::string& name);

}  // namespace mmx::store
