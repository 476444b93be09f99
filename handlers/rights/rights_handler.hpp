// Roles in a process from the chat: who has which, the leader's designation of liaisons, leavers, and the
// coordination's view of what has nobody (procedure section 2, seed 5, GEN-07).
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::rights {

class RightsHandler {
 public:
  RightsHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The people of a process (`proceso`, or named in the text); without one, of the first in which the person
  // has a role.
  Result<Decision> on_team(const Turn& turn) const;

  Result<Decision> on_designation_form(const Turn& turn) const;  // `proceso`
  // `proceso`, `persona` (mail, id or full name), `desde`, `hasta`, `documento`, `principal`, `reemplaza`.
  Result<Decision> on_designate(const Turn& turn) const;

  Result<Decision> on_ending_form(const Turn& turn) const;  // `proceso`
  Result<Decision> on_ending(const Turn& turn) const;       // `proceso`, `persona`, `ultimo_dia`, `motivo`

  Result<Decision> on_gaps(const Turn& turn) const;  // `pagina`

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::rights
