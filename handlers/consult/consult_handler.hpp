// Questions: understood, answered from the guideline in force with its citation, asked back, or honestly not
// answered.
#pragma once

#include "cards/answer_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/context_store.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::consult {

class ConsultHandler {
 public:
  ConsultHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<handlers::Decision> on_question(const Turn& turn, const Understanding& understood) const;

  // Whether the text goes on from what this person was answered in this conversation a moment ago.
  bool goes_on(const Turn& turn) const;

  // That question, with what was asked before as context.
  Result<handlers::Decision> on_follow_up(const Turn& turn) const;

  // One of the options of a question back (`codigo`, `pregunta`).
  Result<handlers::Decision> on_choose(const Turn& turn) const;

 private:
  struct Asked {
    std::string question;  // that it amounts to; what a follow-up goes on from
    int follow_ups = 0;    // since a question that stood on its own
    std::optional<Date> as_of = std::nullopt;
  };

  std::optional<storage::ConversationContext> context_of(const Turn& turn) const;
  Result<handlers::Decision> answer(const Turn& turn, const Reference& reference,
                                    const Understanding& understood, const Asked& asked) const;
  // Nothing when the message does not hold several questions that the guidelines answer.
  std::optional<handlers::Decision> answer_several(const Turn& turn, const Reference& reference) const;
  Reply abstain(const Turn& turn, const Reference& reference, const Understanding& understood,
                const std::string& reason) const;
  Reply answer_with(const Turn& turn, const Reference& reference, const procedure::Criterion& criterion,
                    const Asked& asked, const std::vector<procedure::Criterion>& see_also) const;
  cards::OwnDates own_dates_of(const Turn& turn, const Reference& reference,
                               const procedure::Criterion& criterion, const std::string& question) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
