// An answer to one person becomes an answer for everybody: whoever answers proposes it, somebody of the
// coordination approves it, and from then on it is found and cited (activity 3; four eyes). With the
// guideline of the next vigencia it is decided anew.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::consult {

class EntryHandler {
 public:
  EntryHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The form, filled from an answered consult (`consulta`), or from its entry that was returned.
  Result<Decision> on_form(const Turn& turn) const;
  // `consulta`, `entrada` (of one that is proposed again, otherwise empty), `practica`, `titulo`, `texto`.
  Result<Decision> on_propose(const Turn& turn) const;
  Result<Decision> on_list(const Turn& turn) const;  // those of an earlier vigencia first, then newest first
  Result<Decision> on_view(const Turn& turn) const;  // `entrada`

  // By the coordination, never by who proposed it (`entrada`, `motivo`).
  Result<Decision> on_approve(const Turn& turn) const;
  Result<Decision> on_return(const Turn& turn) const;  // needs a reason
  Result<Decision> on_retire(const Turn& turn) const;  // needs a reason
  // Keeps it for the vigencia of the guideline in force (`entrada`, `vigencia`).
  Result<Decision> on_renew(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
