// Text from anywhere, made fit for a column: a part upstream may answer with any bytes.
#pragma once

#include <string>
#include <string_view>

namespace mmx::jobs {

// At most so many bytes, never half a character; what is not UTF-8, and NUL, becomes '?'.
std::string storable(std::string_view text, std::size_t most_bytes);

}  // namespace mmx::jobs
