// What an SS must contain before it can be filed (R-38 to R-40, GEN-15, GEN-16), by type.
#pragma once

#include "handlers/procedure/model.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

// The values of an SS form, by the names that forms and guidelines use.
namespace request_field {
inline constexpr const char* subject = "asunto";
inline constexpr const char* item = "elemento";
inline constexpr const char* current_value = "valor_actual";
inline constexpr const char* requested_value = "valor_solicitado";
inline constexpr const char* justification = "justificacion";
inline constexpr const char* evidence = "evidencia";
inline constexpr const char* changed_field = "campo";  // what of the item changes; never required
}  // namespace request_field

// Fields that may not be empty for that type ("SS-2"); subject and justification always are among them. The
// one source: cards mark these and filing refuses without them. An SS-3 or SS-4 need not name an item (it may
// not exist yet, or be the report); the requested value of an SS-5 is the period to open.
std::vector<std::string> required_request_fields(std::string_view type);

struct RequestProblem {
  std::string field;
  std::string sentence;  // Spanish, what to do
};

// What is missing or too long in the request; empty when it can be filed.
std::vector<RequestProblem> check_request(const ServiceRequest& request);

// Characters (not bytes) that each text may have at most.
inline constexpr std::size_t max_request_text_length = 2000;

}  // namespace pao::procedure
