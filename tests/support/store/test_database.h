// Fresh databases of both kinds for tests: an SQLite file, and a database of a real PostgreSQL server.
//
//     class P22_Sessions : public testing::TestWithParam<store::Dialect> {
//         store::FreshDatabase fresh_{GetParam()};
//     };
//     INSTANTIATE_TEST_SUITE_P(On, P22_Sessions, testing::ValuesIn(store::test_databases()),
//     store::test_name);
//
// PostgreSQL is started once a test program, as an unprivileged user, in a temporary folder, and ends with
// the program however that ends. Where it is missing, tests fail and say which package they need.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "store/database.h"

namespace mmx::store {

inline std::vector<Dialect> test_databases() {
    return {Dialect::sqlite, Dialect::postgresql};
}
inline std::string test_name(const testing::TestParamInfo<Dialect>& info) {
    return info.param == Dialect::sqlite ? "sqlite" : "postgresql";
}

enum class Schema { migrated, empty };

// Removed when it ends. Throws when it cannot be made, which a test shows as its failure.
class FreshDatabase {
  public:
    explicit FreshDatabase(Dialect dialect, Schema schema = Schema::migrated);
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    Database& operator*() const { return *database_; }
    Database* operator->() const { return database_.get(); }
    const std::string& address() const { return address_; }
    const std::string& folder() const { return folder_; }  // for other files; removed with it
    // Another one over the same data, as another server has.
    std::unique_ptr<Database> open_another(int readers = 4) const;
    void close() { database_.reset(); }

  private:
    Dialect dialect_;
    std::string folder_, name_, address_;
    std::unique_ptr<Database> database_;
};

// Stops and starts again the whole PostgreSQL server behind this program's tests.
void stop_postgres();
void start_postgres();

}  // namespace mmx::store
