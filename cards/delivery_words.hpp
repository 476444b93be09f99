// Why a message did not arrive, for the people of the office who sent it.
#pragma once

#include <string_view>

namespace pao::cards {

// By the first word of the stored reason ("mail_off", "blocked: HTTP 403"): "el servicio no tiene un servidor
// de correo". What only an operator can make sense of is a technical failure; empty without a reason.
std::string_view delivery_cause(std::string_view stored_reason);

}  // namespace pao::cards
