#include "handlers/procedure/designation_rules.hpp"

#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"

#include <algorithm>
#include <utility>

namespace pao::procedure {
namespace {

constexpr std::size_t max_document_length = 200;

bool is_liaison_throughout(const Person& person, const DesignationRequest& request) {
  return std::any_of(person.roles.begin(), person.roles.end(), [&](const RoleGrant& grant) {
    if (grant.role != Role::liaison || grant.process_id != request.process_id) return false;
    const bool begins = !grant.since || *grant.since <= request.since;
    const bool lasts = !grant.until || (request.until && *request.until <= *grant.until);
    return begins && lasts;
  });
}

}  // namespace

Result<void> check_designation(const Person& designated, const DesignationRequest& request, Date today) {
  if (!designated.active) {
    return fail(ErrorCode::invalid, "the person is no longer active",
                "Esa persona ya no está activa en el directorio.");
  }
  if (holds_role(designated, Role::advisor, request.process_id, request.since)) {
    return fail(ErrorCode::refused, "an advisor never records in the own process",
                "Esa persona asesora al proceso y no puede registrar en su nombre. Designe a otra.");
  }
  if (request.since < today) {
    return fail(ErrorCode::invalid, "a designation begins today or later",
                "La designación empieza hoy o después. Revise la fecha.");
  }
  if (request.until && *request.until < request.since) {
    return fail(ErrorCode::invalid, "the designation ends before it begins",
                "La fecha final no puede ser anterior a la de inicio.");
  }
  if (request.document.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(ErrorCode::invalid, "a designation without a document",
                "Escriba el documento de la designación, por ejemplo el memorando o el correo y su fecha.");
  }
  if (count_characters(request.document) > max_document_length) {
    return fail(ErrorCode::invalid, "the document's name is too long",
                "El nombre del documento es muy largo. Use máximo 200 caracteres.");
  }
  if (is_liaison_throughout(designated, request)) {
    return fail(ErrorCode::conflict, "the person is liaison already",
                "Esa persona ya es enlace del proceso en esas fechas.");
  }
  return {};
}

Result<void> check_ending(Date last_day, Date today) {
  if (last_day >= today) return {};
  return fail(ErrorCode::invalid, "a role ends today or later",
              "El último día es hoy o después. Lo que ya se hizo como enlace queda como está.");
}

std::vector<Lack> lacks_of(std::string_view process_id, const std::vector<Person>& people, Date day) {
  constexpr std::pair<Role, Lack> needed[] = {
      {Role::leader, Lack::leader}, {Role::liaison, Lack::liaison}, {Role::advisor, Lack::advisor}};
  std::vector<Lack> lacks;
  for (const auto& [role, lack] : needed) {
    const bool held = std::any_of(people.begin(), people.end(), [&, wanted = role](const Person& person) {
      return holds_role(person, wanted, process_id, day);
    });
    if (!held) lacks.push_back(lack);
  }
  return lacks;
}

}  // namespace pao::procedure
