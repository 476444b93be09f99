// Handing a question over to the assigned advisor (R-07, R-09; attention level 1).
#pragma once

#include "cards/consult_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/consult_store.hpp"
#include "storage/database.hpp"

namespace pao::handlers::consult {

class AdvisorHandler {
 public:
  AdvisorHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The form, with the question and what we showed under `respuesta_id` (`pregunta`, `respuesta_id`,
  // `practica`).
  Result<handlers::Decision> on_form(const Turn& turn) const;

  // Stores the consult and tells whoever has it (`pregunta`, `respuesta_id`, `practica`, `proceso`).
  Result<handlers::Decision> on_send(const Turn& turn) const;

 private:
  Result<cards::AdvisorFormView> form_for(const Turn& turn, const Reference& reference) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
