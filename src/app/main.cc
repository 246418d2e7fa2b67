// The program: songs on the command line stand in the cli room, everything that serves in the service room.
#include <cstdio>
#include <string_view>

#include "cli/cli.h"
#ifdef MMX_WITH_SERVICE
#include "service/service.h"
#endif

int main(int argc, char** argv) {
    const std::string_view command = argc > 1 ? argv[1] : "";
#ifdef MMX_WITH_SERVICE
    if (mmx::service::is_command(command)) return mmx::service::run(argc, argv);
#else
    for (const char* name : {"serve", "worker", "admin", "migrate", "doctor"})
        if (command == name) {
            std::fprintf(stderr, "mmx: this program was built without the service; './mmx %s' builds it.\n",
                         name);
            return 1;
        }
#endif
    return mmx::cli::run(argc, argv);
}
