// Activity 2 in the chat: "enterado" on a publication, who has it, socialisation events with their
// attendance from a list or from a Teams meeting, coverage of every process.
#pragma once

#include "cards/guideline_notice.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/socialisation_store.hpp"

#include <string>
#include <vector>

namespace pao::handlers::socialisation {

class SocialisationHandler {
 public:
  SocialisationHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_acknowledge(const Turn& turn) const;  // `practica`, `vigencia`, `version`
  Result<Decision> on_delivery(const Turn& turn) const;     // + `pagina`

  Result<Decision> on_form(const Turn& turn) const;
  // `asunto`, `modalidad`, `fecha`, `asistentes`, `reunion`
  Result<Decision> on_save(const Turn& turn) const;

  Result<Decision> on_coverage(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::socialisation
