// A commitment is marked as fulfilled (R-10, R-22, 5.6): the open ones, the form with date and evidence, the
// receipt. What was agreed, by whom and for when, only an SS changes.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <string>
#include <vector>

namespace pao::handlers::sessions {

class CommitmentHandler {
 public:
  CommitmentHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The first of these ids that is a commitment's; "" when none is.
  std::string among(const std::vector<std::string>& ids) const;

  Result<Decision> on_list(const Turn& turn) const;  // `pagina`
  // `compromiso`; without it the list, or the form of the only open one.
  Result<Decision> on_form(const Turn& turn, const std::string& id) const;
  Result<Decision> on_save(const Turn& turn) const;  // `compromiso`, `fecha`, `evidencia`

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::sessions
