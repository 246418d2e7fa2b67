// The commands of the service: serve, worker, admin, migrate, doctor.
#pragma once

#include <string_view>

namespace mmx::service {

bool is_command(std::string_view word);
// Exit status 0 done, 1 failed, 2 the request is wrong.
int run(int argc, char** argv);

}  // namespace mmx::service
