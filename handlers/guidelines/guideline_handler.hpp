// Activity 1 in the chat: what is pending, a review with its reasons, the draft and what it changes,
// approval, return and publication by four eyes (procedure 5.1, R-01 to R-03), and any version read again
// later.
#pragma once

#include "cards/guideline_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/guideline_versions_store.hpp"

namespace pao::handlers::guidelines {

class GuidelineHandler {
 public:
  GuidelineHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_board(const Turn& turn) const;

  // Buttons that carry `practica`, `vigencia`, `version`.
  Result<Decision> on_view(const Turn& turn) const;
  Result<Decision> on_text(const Turn& turn) const;  // + `pagina`
  Result<Decision> on_diff(const Turn& turn) const;  // + `pagina`
  // "lineamiento de riesgos 2025 versión 1"; without version the latest published one of that vigencia
  //
  Result<Decision> on_named(const Turn& turn) const;

  // The form of a review (`practica`), or to take a loaded draft (+ `vigencia`, `version`).
  Result<Decision> on_start(const Turn& turn) const;
  // A draft made from the version in force (`practica`, `vigencia`, `motivo`, `detalle`, `reporte`).
  Result<Decision> on_open(const Turn& turn) const;
  Result<Decision> on_take(const Turn& turn) const;  // + `motivo`, `detalle`, `reporte`

  Result<Decision> on_criterion(const Turn& turn) const;  // + `codigo`
  Result<Decision> on_save(const Turn& turn) const;       // + `codigo`, `titulo`, `texto`, `seccion`
  Result<Decision> on_remove(const Turn& turn) const;     // + `codigo`

  // One step of 5.1; the next one to act and the author are told.
  Result<Decision> on_step(const Turn& turn, procedure::GuidelineEvent event) const;  // + `razon`

 private:
  Result<Decision> change_draft(const Turn& turn, const storage::GuidelineKey& key,
                                const std::string& document, const std::string& code) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::guidelines
