// Which process a turn is about, looked up from what its card carries: what the guard asks the permission
// for.
#pragma once

#include "handlers/route.hpp"

#include <string>

namespace pao::handlers {

// `invalid` when the card carries nothing that exists.
Result<std::string> item_process(storage::Session& session, const Reference& reference, const Turn& turn);
Result<std::string> chosen_process(storage::Session& session, const Reference& reference, const Turn& turn);
Result<std::string> request_process(storage::Session& session, const Reference& reference, const Turn& turn);
Result<std::string> report_process(storage::Session& session, const Reference& reference, const Turn& turn);
Result<std::string> recommendation_process(storage::Session& session, const Reference& reference,
                                           const Turn& turn);
Result<std::string> response_process(storage::Session& session, const Reference& reference, const Turn& turn);
Result<std::string> record_process(storage::Session& session, const Reference& reference, const Turn& turn);

}  // namespace pao::handlers
