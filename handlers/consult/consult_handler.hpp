// Questions: understood, answered from the guideline in force with its citation, asked back, or honestly not
// answered.
#pragma once

#include "cards/answer_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/context_store.hpp"
#include "storage/database.hpp"

#include <memory>
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

  // The button that a typed text amounts to, as a turn with that button's values: the option of a question
  // back that it means ("la primera", "riesgos"), or a yes to the offer to pass the question on to the
  // advisor. Nothing when nothing of the kind was asked or offered just before.
  std::optional<Turn> chosen_in_words(const Turn& turn) const;
  std::optional<Turn> offer_accepted(const Turn& turn) const;

  // One of the options of a question back (`codigo`, `pregunta`, `dia`).
  Result<handlers::Decision> on_choose(const Turn& turn) const;

 private:
  // The guidelines that answer.
  struct InForce {
    std::shared_ptr<const Reference> reference;
    std::optional<Date> as_of;  // the past day that they are of; none: today
  };
  struct Asked {
    std::string words;          // as the person put it
    std::string question = {};  // that it amounts to; what a follow-up goes on from
    int follow_ups = 0;         // since a question that stood on its own
    std::optional<Date> as_of = std::nullopt;
  };

  Result<InForce> in_force(std::optional<Date> day, Instant now) const;
  std::optional<storage::ConversationContext> context_of(const Turn& turn) const;
  std::string advisor_of(const Turn& turn, const Reference& reference) const;  // name; empty when unknown
  Result<handlers::Decision> answer(const Turn& turn, const Reference& reference,
                                    const Understanding& understood, const Asked& asked) const;
  // `understood`: what led to it; null when it was picked from a list.
  handlers::Decision answer_from(const Turn& turn, const Reference& reference,
                                 const procedure::Criterion& criterion, const Asked& asked,
                                 const std::vector<procedure::Criterion>& see_also,
                                 const Understanding* understood) const;
  // Nothing when the message does not hold several questions that the guidelines answer.
  std::optional<handlers::Decision> answer_several(const Turn& turn, const InForce& then) const;
  handlers::Decision abstain(const Turn& turn, const Reference& reference, const Understanding& understood,
                             const std::string& reason, const Asked& asked) const;
  // That nothing is published that was in force that day, of the practice asked about or at all, with what
  // answers it today; nothing when there is a guideline. `now`: the question by the guidelines of today,
  // which are those of `current`.
  std::optional<handlers::Decision> without_guideline(const Turn& turn, const InForce& then,
                                                      const Reference& current, const Understanding& now,
                                                      const Asked& asked) const;
  Reply answer_with(const Turn& turn, const Reference& reference, const procedure::Criterion& criterion,
                    const Asked& asked, const std::vector<procedure::Criterion>& see_also) const;
  cards::OwnDates own_dates_of(const Turn& turn, const Reference& reference,
                               const procedure::Criterion& criterion, const std::string& question) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
