// Handing a question over to the assigned advisor and bringing the reply back into the same conversation
// (R-07, R-09; attention level 1).
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

  // The form, with the question and the answer shown carried along (`pregunta`, `respuesta`, `practica`).
  Result<handlers::Decision> on_form(const Turn& turn) const;

  // Stores the consult and tells the advisor (`pregunta`, `respuesta`, `practica`, `proceso`).
  Result<handlers::Decision> on_send(const Turn& turn) const;

  // The advisor's reply (`consulta`, `respuesta`) reaches who asked, in the conversation where it was asked.
  Result<handlers::Decision> on_reply(const Turn& turn) const;

 private:
  cards::AdvisorFormView form_for(const Turn& turn, const Reference& reference) const;
  cards::ConsultView view_of(storage::Session& session, const Reference& reference,
                             const storage::Consult& consult) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
