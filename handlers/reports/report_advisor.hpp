// What the advisor does with the follow-up reports of the assigned processes (activities 5, 6, 7): edit,
// send, decide what the process said, finish, publish, correct by errata. Only the advisor of the
// process: the routes ask for it.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::reports {

class ReportAdvisor {
 public:
  ReportAdvisor(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_edit(const Turn& turn) const;  // `reporte`
  // `reporte`, `introduccion`; of a draft only: what was sent changes by sending it again
  Result<Decision> on_save(const Turn& turn) const;
  // Sends a draft, or a corrected version of what is being validated, with its `introduccion`.
  Result<Decision> on_send(const Turn& turn) const;
  Result<Decision> on_resolve(const Turn& turn) const;  // `respuesta`, `decision`, `motivo`
  Result<Decision> on_settle(const Turn& turn) const;   // `reporte`
  Result<Decision> on_publish(const Turn& turn) const;  // `reporte`
  Result<Decision> on_erratum(const Turn& turn) const;  // `reporte`, `texto`

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::reports
