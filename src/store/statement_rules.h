// What holds for statements on both dialects, so that both refuse and fail alike.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

// Kind::invalid_request for text that PostgreSQL would not take: a NUL, or bytes that are not UTF-8.
base::Status check_parameters(const Parameters& parameters);
bool is_utf8(std::string_view text);

// The errors in the service's words. The log's part says what the database said.
tl::unexpected<base::Error> conflict(std::string tell_log);
tl::unexpected<base::Error> busy(std::string tell_log);
tl::unexpected<base::Error> disk_full(std::string tell_log);
tl::unexpected<base::Error> connection_lost(std::string tell_log);
tl::unexpected<base::Error> defect(std::string tell_log);

// A transaction over a connection of either kind: the first error ends it, notifications are kept until it
// has committed.
template <class Connection>
class OneTransaction : public Transaction {
  public:
    OneTransaction(Connection& connection, Dialect dialect) : connection_(connection), dialect_(dialect) {}

    Dialect dialect() const override { return dialect_; }
    base::Result<Rows> query(std::string_view sql, const Parameters& parameters) override {
        return attempt<base::Result<Rows>>(parameters, [&] { return connection_.query(sql, parameters); });
    }
    base::Status each(std::string_view sql, const Parameters& parameters,
                      const std::function<void(const Row&)>& take) override {
        return attempt<base::Status>(parameters, [&] { return connection_.each(sql, parameters, take); });
    }
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters) override {
        return attempt<base::Result<std::int64_t>>(parameters,
                                                   [&] { return connection_.execute(sql, parameters); });
    }
    base::Status run_script(std::string_view sql) override {
        return attempt<base::Status>({}, [&] { return connection_.run_script(sql); });
    }
    void notify(std::string_view channel) override { notifications_.emplace_back(channel); }

    const std::optional<base::Error>& first_error() const { return first_error_; }
    const std::vector<std::string>& notifications() const { return notifications_; }

  private:
    template <class Outcome, class Work>
    Outcome attempt(const Parameters& parameters, Work work) {
        if (!first_error_) {
            if (const auto checked = check_parameters(parameters); !checked) {
                first_error_ = checked.error();
            } else {
                Outcome outcome = work();
                if (!outcome) first_error_ = outcome.error();
                return outcome;
            }
        }
        return tl::unexpected(*first_error_);
    }

    Connection& connection_;
    Dialect dialect_;
    std::optional<base::Error> first_error_;
    std::vector<std::string> notifications_;
};

// Says whether this thread is inside a transaction of the database already.
class Inside {
  public:
    explicit Inside(const Database* database) : outer_(current_), refused_(current_ == database) {
        current_ = database;
    }
    ~Inside() { current_ = outer_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    bool refused() const { return refused_; }

  private:
    static thread_local const Database* current_;
    const Database* outer_;
    bool refused_;
};

}  // namespace mmx::store
