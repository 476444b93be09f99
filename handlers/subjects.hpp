// Which process a turn is about: looked up from what its card carries, which is what the guard asks the
// permission for, or named in its text.
#pragma once

#include "handlers/route.hpp"

#include <string>
#include <string_view>

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

// The process whose name or id stands in the text: "Gestión de Comunicaciones", "comunicaciones", "COM"; ""
// when there is none. One name may be part of another: the longest counts.
std::string process_in(const Reference& reference, std::string_view text);

}  // namespace pao::handlers
