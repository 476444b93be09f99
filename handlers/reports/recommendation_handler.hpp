// Recommendations of follow-up reports (procedure 5.5, R-27, R-34, R-48): the advisor writes them while the
// report is a draft or is corrected, the process answers each, the advisor comments what it set aside.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::reports {

class RecommendationHandler {
 public:
  RecommendationHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_list(const Turn& turn) const;  // `reporte`, `pagina`
  Result<Decision> on_form(const Turn& turn) const;  // `recomendacion`
  // `recomendacion`, `respuesta` (aplicada, convertida_en_mejora, no_procede), `mejora`, `motivo`
  Result<Decision> on_answer(const Turn& turn) const;

  // The advisor of the process; the routes ask for it.
  Result<Decision> on_edit(const Turn& turn) const;  // `reporte`, `recomendacion`
  // `reporte`, `recomendacion`, `practica`, `observado`, `sugerencia`, `fecha`
  Result<Decision> on_save(const Turn& turn) const;
  Result<Decision> on_remove(const Turn& turn) const;   // `recomendacion`
  Result<Decision> on_comment(const Turn& turn) const;  // `recomendacion`, `comentario`

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::reports
