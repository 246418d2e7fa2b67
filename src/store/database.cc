#include "store/database.h"

#include "store/open_database.h"

namespace mmx::store {

base::Result<std::unique_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    const std::string_view address = settings.address;
    constexpr std::string_view sqlite = "sqlite:";
    if (address.starts_with(sqlite) && address.size() > sqlite.size())
        return open_sqlite(std::string(address.substr(sqlite.size())), settings);
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return open_postgres(settings);
    // The address itself may hold a password, so it is not repeated.
    return base::fail_field("database",
                            "The database's address must begin with sqlite: or postgresql://, for example "
                            "sqlite:/var/lib/mmx/mmx.db or postgresql://mmx@db.example/mmx.");
}

}  // namespace mmx::store
