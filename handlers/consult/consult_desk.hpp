// The consults that somebody has and those that somebody asked, and everything that can be done with one:
// answer, ask for more, refer, give to somebody else, say whether it helped (R-07, R-09, R-50; GEN-10).
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/consult_store.hpp"
#include "storage/database.hpp"

namespace pao::handlers::consult {

class ConsultDesk {
 public:
  ConsultDesk(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // "Mis consultas": what waits for this person, oldest first (`pagina`). With `de` = "todas" the open ones
  // of everybody, for the coordination.
  Result<Decision> on_queue(const Turn& turn) const;

  // "Mis preguntas": what this person asked, and how it stands.
  Result<Decision> on_mine(const Turn& turn) const;

  // One consult (`consulta`): for whoever answers with what can be done, for the asker with its state.
  Result<Decision> on_view(const Turn& turn) const;

  // By whoever has it, the advisor of the process or the coordination (`consulta`, `respuesta`).
  Result<Decision> on_reply(const Turn& turn) const;     // the answer reaches who asked
  Result<Decision> on_ask_back(const Turn& turn) const;  // asks the person for more; the clock stands still
  Result<Decision> on_refer(const Turn& turn) const;     // says which other channel answers this

  // By whoever has it or the coordination, to somebody who answers (`consulta`, `asesor`). Level and date
  // stay.
  Result<Decision> on_reassign(const Turn& turn) const;

  // By who asked (`consulta`; `respuesta`: what was asked for; `motivo`: why it did not help, may be empty).
  Result<Decision> on_inform(const Turn& turn) const;
  Result<Decision> on_helped(const Turn& turn) const;
  Result<Decision> on_not_helped(const Turn& turn) const;  // the level above takes it, with a new clock

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
