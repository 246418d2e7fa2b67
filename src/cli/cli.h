// The command line's front door.
#pragma once

namespace mmx::cli {

// Returns the exit status: 0 done, 1 failed, 2 the request is wrong (and what is allowed was said).
int run(int argc, char** argv);

}  // namespace mmx::cli
