// PostgreSQL behind the Database's door.
#include "store/open_database.h"

namespace mmx::store {

base::Result<std::unique_ptr<Database>> open_postgres(const DatabaseSettings&) {
    return base::fail(base::Kind::missing_part, "PostgreSQL is not part of this build yet.");
}

}  // namespace mmx::store
