#include "store/test_database.h"

#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "base/secrets.h"
#include "store/postgres_server.h"
#include "store/temporary_folder.h"

namespace mmx::store {
namespace {

namespace fs = std::filesystem;

template <class T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().tell_user + " " + result.error().tell_log);
    return std::move(*result);
}

std::unique_ptr<Database> open(const std::string& address, int readers = 4) {
    return must(Database::open({address, readers}));
}

PostgresServer& server() {
    static PostgresServer only;
    return only;
}

// Databases are copied from one that was migrated once.
void make_postgres(const std::string& name, Schema schema) {
    static const std::unique_ptr<Database> desk = open(server().address("postgres"), 2);
    if (schema == Schema::migrated) {
        static std::once_flag once;
        std::call_once(once, [] {
            must(desk->execute("CREATE DATABASE migrated"));
            must(migrate(*open(server().address("migrated"))));
        });
    }
    must(desk->execute("CREATE DATABASE " + name +
                       (schema == Schema::migrated ? " TEMPLATE migrated" : " TEMPLATE template0")));
}

struct MigratedFile {
    std::string folder = temporary_folder("mmx-test");
    MigratedFile() { must(migrate(*open("sqlite:" + folder + "/migrated.db", 1))); }
    ~MigratedFile() { fs::remove_all(folder); }
};

void make_sqlite(const std::string& path, Schema schema) {
    if (schema == Schema::empty) return;
    static const MigratedFile migrated;
    fs::copy_file(migrated.folder + "/migrated.db", path);
}

}  // namespace

FreshDatabase::FreshDatabase(Dialect dialect, Schema schema)
    : dialect_(dialect), folder_(temporary_folder("mmx-test")), name_("t" + base::random_id()) {
    if (dialect == Dialect::sqlite) {
        make_sqlite(folder_ + "/test.db", schema);
        address_ = "sqlite:" + folder_ + "/test.db";
    } else {
        make_postgres(name_, schema);
        address_ = server().address(name_);
    }
    database_ = open(address_);
}

FreshDatabase::~FreshDatabase() {
    database_.reset();
    std::error_code trouble;
    fs::remove_all(folder_, trouble);
    if (dialect_ == Dialect::postgresql) {
        if (auto desk = Database::open({server().address("postgres"), 1}))
            (void)(*desk)->execute("DROP DATABASE " + name_ + " WITH (FORCE)");
    }
}

std::unique_ptr<Database> FreshDatabase::open_another(int readers) const {
    return open(address_, readers);
}

void stop_postgres() {
    server().stop();
}

void start_postgres() {
    server().start();
}

}  // namespace mmx::store
