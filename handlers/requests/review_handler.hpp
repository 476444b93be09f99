// The steps of a filed SS in the chat: review, questions, decision, application, closing,
// withdrawal, reassignment, the SMGI's number; and the lists that people work from.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::requests {

class ReviewHandler {
 public:
  ReviewHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // What an advisor has, the next due first; the coordination sees everybody's (`pagina`).
  Result<Decision> on_queue(const Turn& turn) const;
  // The open ones of the processes for which the person may file (`pagina`).
  Result<Decision> on_mine(const Turn& turn) const;
  // The form of a step (`ss`, `paso`: a word of RequestEvent, or "radicado").
  Result<Decision> on_step(const Turn& turn) const;

  Result<Decision> on_take(const Turn& turn) const;
  Result<Decision> on_ask(const Turn& turn) const;     // `pregunta`: the clock stands still
  Result<Decision> on_inform(const Turn& turn) const;  // `informacion`, `evidencia`: it goes on
  Result<Decision> on_decide(const Turn& turn) const;  // what was said, what the evidence shows, why
  Result<Decision> on_apply(const Turn& turn) const;   // only what was approved
  Result<Decision> on_close(const Turn& turn) const;
  Result<Decision> on_withdraw(const Turn& turn) const;
  Result<Decision> on_reassign(const Turn& turn) const;  // `asesor`
  Result<Decision> on_confirm(const Turn& turn) const;   // `numero_smgi`: now it is "Radicada"

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::requests
