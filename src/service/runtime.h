// Everything a running service holds, opened in order and handed to the rooms that need it.
#pragma once

#include <memory>
#include <string>

#include "accounts/registry.h"
#include "base/result.h"
#include "billing/plans.h"
#include "library/order.h"
#include "mail/outbox.h"
#include "service/settings.h"
#include "store/access_log.h"
#include "store/database.h"
#include "store/objects.h"
#include "store/secrets.h"
#include "watermark/keys.h"

namespace mmx::service {

// The address that links and the Origin check use: public_url, or http:// and the address listened on.
std::string public_url_of(const Settings& settings, int port);
std::string database_address(const Settings& settings);

enum class Schema { bring_up_to_date, check_only };

class Runtime {
  public:
    // Makes the data folder (0700), opens the database and brings its schema up to date, makes or checks the
    // keys, opens the objects, reads the plans. Errors say what to do.
    static base::Result<std::unique_ptr<Runtime>> open(const Settings& settings,
                                                       const std::string& public_url, Schema schema);

    store::Database& database() { return *database_; }
    store::Objects& objects() { return *objects_; }
    accounts::Registry& registry() { return *registry_; }
    billing::PlanBook& plans() { return *plans_; }
    mail::Sender& sender() { return *sender_; }
    const store::Secrets& secrets() const { return *secrets_; }
    const watermark::KeyRing& marks() const { return *marks_; }
    const library::Runs& runs() const { return runs_; }

  private:
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<store::Secrets> secrets_;
    std::unique_ptr<watermark::KeyRing> marks_;
    std::unique_ptr<store::Objects> objects_;
    std::unique_ptr<billing::PlanBook> plans_;
    std::unique_ptr<accounts::Registry> registry_;
    std::unique_ptr<mail::Sender> sender_;
    library::Runs runs_;
};

}  // namespace mmx::service
