// The program: everything it can be asked for stands in the cli room.
#include "cli/cli.h"

int main(int argc, char** argv) {
    return mmx::cli::run(argc, argv);
}
