// Bringing the schema up to date, with the numbered SQL files that the program carries.
#include "store/migrations.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/embedded_files.h"
#include "base/secrets.h"
#include "store/database.h"

namespace mmx::store {

// Written by cmake/embed.cmake: "sqlite/0001_accounts.sql" and so on, sorted.
extern const base::EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {

using base::Kind;
namespace fs = std::filesystem;

struct Applied {
    std::string name, checksum;
};
using AppliedFiles = std::map<int, Applied>;

// Any number, as long as no other program takes it for its own lock.
constexpr std::int64_t kLock = 0x6d6d782d736368;  // "mmx-sch"

// Servers that start together wait this often for the busy limit until the one that migrates is done.
constexpr int kPatience = 6;

// Each file's transaction takes the lock anew and looks again at what is applied, so two servers that start
// together take turns and apply each file once. On SQLite the transaction that writes is the lock.
base::Status lock_schema(Transaction& transaction) {
    if (transaction.dialect() == Dialect::postgresql) {
        TRY_VOID(transaction.execute("SET LOCAL statement_timeout = 0"));
        TRY_VOID(transaction.query("SELECT pg_advisory_xact_lock(?)", {kLock}));
        // STABLE, so that an index may serve "expires_at < now_ms()".
        TRY_VOID(
            transaction.execute("CREATE OR REPLACE FUNCTION now_ms() RETURNS BIGINT LANGUAGE SQL STABLE AS "
                                "$$ SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint $$"));
    }
    TRY_VOID(
        transaction.execute("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name "
                            "TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)"));
    return {};
}

base::Result<AppliedFiles> read_applied(Transaction& transaction) {
    AppliedFiles applied;
    for (const Row& row : TRY(transaction.query("SELECT number, name, checksum FROM schema_migrations")))
        applied[static_cast<int>(row.integer(0))] = {row.text(1), row.text(2)};
    return applied;
}

base::Status check_applied(const AppliedFiles& applied, const std::vector<Migration>& carried) {
    for (const auto& [number, file] : applied) {
        const auto own = std::find_if(carried.begin(), carried.end(),
                                      [&, wanted = number](const auto& m) { return m.number == wanted; });
        if (own == carried.end()) {
            return base::fail(Kind::conflict,
                              "The database was brought up to date by a newer release of this program: it "
                              "has the migration " +
                                  file.name + ". Start that release, or restore the database from before.");
        }
        if (own->checksum != file.checksum) {
            return base::fail(Kind::conflict,
                              "The migration " + file.name +
                                  " was applied with other contents than this program carries. Start the "
                                  "release that the database was made with.");
        }
    }
    return {};
}

const Migration* first_missing(const AppliedFiles& applied, const std::vector<Migration>& carried) {
    for (const Migration& migration : carried)
        if (!applied.contains(migration.number)) return &migration;
    return nullptr;
}

base::Result<bool> has_schema(Transaction& transaction) {
    const auto* sql = transaction.dialect() == Dialect::postgresql
                          ? "SELECT 1 WHERE to_regclass('schema_migrations') IS NOT NULL"
                          : "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'";
    return !TRY(transaction.query(sql)).empty();
}

// A copy of the whole SQLite file beside it, before a release changes the data in it. Only the last is kept.
base::Status keep_snapshot(Database& database, const std::string& before) {
    const auto rows = TRY(database.query("SELECT file FROM pragma_database_list WHERE name = 'main'"));
    const fs::path file = rows.empty() ? "" : rows.front().text(0);
    if (file.empty()) return {};
    const std::string mark = file.filename().string() + ".before-";
    const fs::path kept = file.parent_path() / (mark + before);
    const fs::path making = kept.string() + ".making";
    std::error_code trouble;
    fs::remove(making, trouble);
    TRY_VOID(database.execute("VACUUM INTO ?", {making.string()}));
    ::chmod(making.c_str(), 0600);
    fs::rename(making, kept, trouble);
    if (trouble) {
        return base::fail_for_now(Kind::unavailable, "The database could not be copied before its migration.",
                                  kept.string() + ": " + trouble.message());
    }
    std::vector<fs::path> older;
    for (const auto& entry : fs::directory_iterator(file.parent_path(), trouble))
        if (entry.path().filename().string().starts_with(mark) && entry.path() != kept)
            older.push_back(entry.path());
    for (const auto& path : older) fs::remove(path, trouble);
    return {};
}

// The name of the file that was applied; empty when nothing is missing.
base::Result<std::string> apply_next(Database& database, const std::vector<Migration>& carried,
                                     bool snapshot) {
    if (snapshot && database.dialect() == Dialect::sqlite) {
        const auto next = TRY(database.read([&](Transaction& t) -> base::Result<std::string> {
            if (!TRY(has_schema(t))) return std::string();
            const auto applied = TRY(read_applied(t));
            const auto* missing = first_missing(applied, carried);
            return applied.empty() || missing == nullptr ? std::string() : missing->name;
        }));
        if (!next.empty()) TRY_VOID(keep_snapshot(database, next));
    }
    return database.write([&](Transaction& t) -> base::Result<std::string> {
        TRY_VOID(lock_schema(t));
        const auto applied = TRY(read_applied(t));
        TRY_VOID(check_applied(applied, carried));
        const auto* missing = first_missing(applied, carried);
        if (missing == nullptr) return std::string();
        TRY_VOID(t.run_script(missing->sql));
        TRY_VOID(
            t.execute("INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?, ?, "
                      "?, now_ms())",
                      {missing->number, missing->name, missing->checksum}));
        return missing->name;
    });
}

}  // namespace

std::vector<Migration> carried_migrations(Dialect dialect) {
    const std::string folder = dialect == Dialect::sqlite ? "sqlite/" : "postgresql/";
    std::vector<Migration> migrations;
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i) {
        const std::string_view path = kEmbeddedFiles[i].path;
        if (!path.starts_with(folder)) continue;
        migrations.push_back(make_migration(path.substr(folder.size()), kEmbeddedFiles[i].contents()));
    }
    return migrations;
}

Migration make_migration(std::string_view file_name, std::string_view sql) {
    const std::string name(file_name.substr(0, file_name.rfind('.')));
    return {std::atoi(name.c_str()), name, base::to_hex(base::sha256(sql)), std::string(sql)};
}

base::Result<std::vector<std::string>> migrate(Database& database, const std::vector<Migration>& carried) {
    std::vector<std::string> names;
    for (int busy = 0;;) {
        auto name = apply_next(database, carried, names.empty());
        if (!name && name.error().kind == Kind::unavailable && ++busy < kPatience) continue;
        if (!name) return tl::unexpected(name.error());
        if (name->empty()) return names;
        names.push_back(std::move(*name));
    }
}

base::Result<std::vector<std::string>> migrate(Database& database) {
    return migrate(database, carried_migrations(database.dialect()));
}

base::Status check_schema(Database& database) {
    const auto carried = carried_migrations(database.dialect());
    const auto applied = TRY(database.read([&](Transaction& t) -> base::Result<AppliedFiles> {
        if (!TRY(has_schema(t))) return AppliedFiles();
        return read_applied(t);
    }));
    TRY_VOID(check_applied(applied, carried));
    if (const auto* missing = first_missing(applied, carried)) {
        return base::fail(Kind::conflict, "The database lacks the migration " + missing->name +
                                              ". Run mmx migrate once, then start again.");
    }
    return {};
}

}  // namespace mmx::store
