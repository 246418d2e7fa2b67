// Each command as a function of its settings.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "service/runtime.h"
#include "service/settings.h"

namespace mmx::service {

// Until SIGTERM or SIGINT; SIGHUP reads plans and limits anew. `reload` gives the settings as they are now.
base::Status serve(const Settings& settings, const std::function<base::Result<Settings>()>& reload);
base::Status work(const Settings& settings, const std::function<base::Result<Settings>()>& reload);
// What SIGHUP asks for: plans anew, and the settings for whoever has more to change (nothing when they cannot
// be read). A broken file is logged and changes nothing.
std::optional<Settings> reload_plans(Runtime& runtime, const std::function<base::Result<Settings>()>& reload);
base::Result<std::unique_ptr<store::AccessLog>> open_access_log(const Settings& settings);

base::Status migrate(const Settings& settings);
// Prints one line a check; an error when one of them failed.
base::Status doctor(const Settings& settings);

struct NewAdministrator {
    std::string email, display_name;
};
// Asks for the password on the terminal, or reads one line of standard input.
base::Status create_administrator(const Settings& settings, const NewAdministrator& wanted);
base::Status print_setup_link(const Settings& settings);

}  // namespace mmx::service
