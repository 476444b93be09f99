#include "handlers/procedure/request_rules.hpp"

#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/period.hpp"

#include <algorithm>

namespace pao::procedure {
namespace {

struct Field {
  const char* name;
  const std::string ServiceRequest::*member;
  const char* missing;
};

constexpr Field all_fields[] = {
    {request_field::subject, &ServiceRequest::subject, "Escriba el asunto en una frase."},
    {request_field::item, &ServiceRequest::item_id,
     "Escriba el código de lo que quiere cambiar, por ejemplo PAI-DIR-01."},
    {request_field::current_value, &ServiceRequest::current_value,
     "Escriba el valor actual, como está en el SMGI."},
    {request_field::requested_value, &ServiceRequest::requested_value, "Escriba el valor que solicita."},
    {request_field::justification, &ServiceRequest::justification, "Explique por qué lo solicita."},
    {request_field::evidence, &ServiceRequest::evidence,
     "Indique la evidencia: nombre del archivo o enlace."},
};

}  // namespace

std::vector<std::string> required_request_fields(std::string_view type) {
  using namespace request_field;
  if (type == "SS-1" || type == "SS-2") {
    return {subject, item, current_value, requested_value, justification, evidence};
  }
  if (type == "SS-3" || type == "SS-4") return {subject, requested_value, justification, evidence};
  if (type == "SS-5") return {subject, item, requested_value, justification};
  if (type == "SS-6") return {subject, item, justification};
  return {subject, justification};
}

std::vector<RequestProblem> check_request(const ServiceRequest& request) {
  const std::vector<std::string> required = required_request_fields(request.type);
  std::vector<RequestProblem> problems;
  for (const Field& field : all_fields) {
    const std::string& value = request.*field.member;
    const bool needed = std::find(required.begin(), required.end(), field.name) != required.end();
    if (needed && is_blank(value)) problems.push_back({field.name, field.missing});
    if (count_characters(value) > max_request_text_length) {
      problems.push_back({field.name, "El texto es muy largo. Use máximo 2.000 caracteres."});
    }
  }
  if (request.type == "SS-5" && !is_blank(request.requested_value) &&
      !parse_period(request.requested_value)) {
    problems.push_back({request_field::requested_value,
                        "Escriba el periodo que quiere reabrir, por ejemplo octubre de 2026 o 2026-10."});
  }
  return problems;
}

}  // namespace pao::procedure
