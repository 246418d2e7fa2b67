// Counting tries at a thing, so that guessing takes years and owners wait minutes. For this room only.
#pragma once

#include <string>

#include "base/result.h"
#include "store/database.h"

namespace mmx::accounts {

// Counts a try before it is made, so that many at once cannot outrun the counter; clear_tries() takes it back
// when it succeeds. Kind::too_many with the seconds left while a pause lasts. The tenth failure within 15
// minutes brings the first pause, of 30 s; each further one doubles it, up to 15 minutes.
base::Status claim_try(store::Database& database, const std::string& key);
base::Status clear_tries(store::Transaction& transaction, const std::string& key);

// Whether one more mail may go there: five an hour.
base::Result<bool> may_mail(store::Transaction& transaction, const std::string& key);

}  // namespace mmx::accounts
