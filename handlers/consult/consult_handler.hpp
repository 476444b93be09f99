// Questions: understood, answered from the guideline in force with its citation, asked back, or honestly not
// answered.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::consult {

class ConsultHandler {
 public:
  ConsultHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<handlers::Decision> on_question(const Turn& turn, const Understanding& understood) const;

  // One of the options of a question back (`codigo`, `pregunta`).
  Result<handlers::Decision> on_choose(const Turn& turn) const;

 private:
  Reply answer_with(const Turn& turn, const Reference& reference, const procedure::Criterion& criterion,
                    const std::string& question, const std::vector<procedure::Criterion>& see_also) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
