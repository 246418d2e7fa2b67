// One connection to PostgreSQL, with its prepared statements.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "store/database.h"

struct pg_conn;
struct pg_result;

namespace mmx::store {

// One thread at a time.
class PostgresConnection {
  public:
    static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& address);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    base::Result<Rows> query(std::string_view sql, const Parameters& parameters = {});
    base::Status each(std::string_view sql, const Parameters& parameters,
                      const std::function<void(const Row&)>& take);
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters = {});
    base::Status run_script(std::string_view sql);
    base::Status commit();

    // Looks whether the other side has hung up meanwhile; asks it nothing.
    bool alive();
    bool in_transaction() const;
    // Since begin_attempt(): the transaction lost against another one (or its statement was prepared for a
    // schema that has changed), so the same work can succeed when it runs again.
    bool lost_race() const { return lost_race_; }
    void begin_attempt() { lost_race_ = false; }

    // For the one that listens.
    int socket() const;
    // Reads what has come; the payloads of notifications. Nothing when the connection is lost.
    std::optional<std::vector<std::string>> notifications();

  private:
    PostgresConnection() = default;
    using Answer = std::unique_ptr<pg_result, void (*)(pg_result*)>;
    base::Result<Answer> run(std::string_view sql, const Parameters& parameters);
    base::Status walk(std::string_view sql, const Parameters& parameters,
                      const std::function<void(Row&)>& take);
    base::Result<std::string> prepare(std::string_view sql, std::string_view types, const unsigned* oids,
                                      int count);
    base::Status check(const pg_result* answer);

    pg_conn* handle_ = nullptr;
    bool lost_race_ = false;
    bool outdated_ = false;  // prepared for a schema that has changed: not used again
    // By the types of the parameters and the text, since both decide the plan.
    std::unordered_map<std::string, std::string> statements_;
};

}  // namespace mmx::store
