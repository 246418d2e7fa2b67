// What each bar is for: fills where phrases end, builds, breaks and stops where sections change.
#pragma once

#include <vector>

#include "compose/form.h"
#include "compose/outline.h"

namespace mmx::compose {

std::vector<BarRole> bar_roles(const music::Plan& plan, const style::CompositionStyle& style,
                               const Form& form);

}  // namespace mmx::compose
