// Mails leave through a table: written in the caller's transaction, so that none is lost and none is sent for
// what never happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::mail {

struct Mail {
    std::string kind;  // "reset_password": what stays of it once it is sent
    std::string to;    // one address
    std::string subject, text, html;
    std::string account_id = {};  // erasing that account takes the mail along; empty: nobody's
};

// Wakes those who wait for kChannel once the transaction commits.
base::Status enqueue(store::Transaction& transaction, const Mail& mail);
inline constexpr std::string_view kChannel = "mail";
// The same work and no mail, so that the time an answer takes does not tell whether one was written: a row
// without an address, never due, that the sweep removes.
base::Status enqueue_nothing(store::Transaction& transaction, const Mail& mail);

// How a mail leaves. Errors with Retry::may_help are tried again later, all others are final.
class Sender {
  public:
    virtual ~Sender() = default;
    virtual base::Status send(const Mail& mail) = 0;  // blocks; one thread at a time
};

struct Deliveries {
    int sent = 0, put_off = 0, dead = 0;
};
// Sends what is due, one after the other, at most that many. Several servers may do it at once: each mail is
// leased to one of them for two minutes. A mail that failed waits 30 s, then twice as long each time (at most
// two hours, give or take a quarter); after ten tries it is dead. What was sent forgets its address and text
// at once.
base::Result<Deliveries> deliver_some(store::Database& database, Sender& sender, int at_most = 20);

// Queues the dead ones again whose text is still there, for after the mail server's settings were mended;
// says how many.
base::Result<std::int64_t> retry_dead(store::Database& database);

struct Swept {
    std::int64_t erased = 0;   // dead for a week: address and text forgotten
    std::int64_t removed = 0;  // sent or dead for 30 days, or never meant for anybody: the row itself
};
base::Result<Swept> sweep(store::Database& database);

}  // namespace mmx::mail
