// Whether an answer helped, and what the month says about the guidelines.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::learning {

class LearningHandler {
 public:
  LearningHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The buttons under an answer (`respuesta_id`), or the same in words, which is about the newest answer:
  // stored at once; of "no" the reason is asked for.
  Result<Decision> on_helped(const Turn& turn) const;
  Result<Decision> on_not_helped(const Turn& turn) const;
  Result<Decision> on_reason(const Turn& turn) const;  // `respuesta_id`, `motivo`

  // Proposals for the guidelines from the questions of a month (`mes`, "2026-10"; empty: this one).
  Result<Decision> on_proposals(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::learning
