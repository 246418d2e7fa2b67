// Whether a password is one that everybody tries first.
#pragma once

#include <string_view>

namespace mmx::accounts {

// A word of data/common_passwords.txt with whatever digits and signs around it, one piece repeated, or a run
// of letters or digits. Any thread.
bool is_common_password(std::string_view password);

// The word without the digits and signs around it, in lower case: "Someone2024!" is "someone".
std::string_view without_ornaments(std::string_view text);

}  // namespace mmx::accounts
