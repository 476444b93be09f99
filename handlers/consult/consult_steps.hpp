// What every move of a consult shares: who has which level, how it is shown, how a step is stored (R-09,
//
#pragma once

#include "cards/consult_card.hpp"
#include "handlers/procedure/attention.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "storage/consult_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::handlers::consult {

// A level and the person who answers at it.
struct Holder {
  int level = procedure::assigned_advisor_level;
  procedure::Person person;
};

// Who answers a question of that process and practice at `level`: the advisor of the process (1), the advisor
// of the practice (2), the coordination (3). Where that person does not exist, does not work here any more or
// is `not_this_one`, the next level above; after the coordination the head of the office. Nothing when nobody
// is left.
std::optional<Holder> holder_from(storage::Session& session, const Reference& reference,
                                  std::string_view process_id, std::string_view practice, int level,
                                  Date today, std::string_view not_this_one = {});

// The head of the office, who has what the coordination was silent on; nothing when there is none.
std::optional<procedure::Person> head_of_office(storage::Session& session, Date today);

// Whether this person may answer it: whoever has it, the advisor of its process, the coordination.
Result<void> may_answer(const procedure::Person& person, const storage::Consult& consult, Date today);

// Whether this person may give it to somebody else: whoever has it, the coordination.
Result<void> may_reassign(const procedure::Person& person, const storage::Consult& consult, Date today);

// Who could have it instead, by id and name: the advisors and the coordination.
std::vector<std::pair<std::string, std::string>> possible_holders(const Reference& reference,
                                                                  const storage::Consult& consult,
                                                                  Date today);

// The view of the consult as it stands, history included.
cards::ConsultView view_of(storage::Session& session, const Reference& reference,
                           const storage::Consult& consult, Instant now);

// The same for somebody who may give it to somebody else: with the people it could be given to.
cards::ConsultView holder_view(storage::Session& session, const Reference& reference,
                               const storage::Consult& consult, Instant now);

// The consult of a card, or `invalid` with what to do.
Result<storage::Consult> consult_of(storage::Session& session, std::string_view id);

// Gives the consult to somebody at a level: a new clock from today.
void hand_to(storage::Consult& consult, const Reference& reference, const Holder& holder, Instant now);

// Makes the move and stores it with its history. `conflict` with a sentence when it cannot happen any more.
// `consult` is as it shall be after the move, except for its state. Gives the number of the step.
Result<int> make_move(storage::Session& session, storage::Consult& consult, procedure::ConsultEvent event,
                      std::string_view actor, Instant now, std::string_view words);

// A message about step `step` of the consult, to that person; told once whatever happens.
Notice notice_to(storage::Session& session, const storage::Consult& consult, int step,
                 std::string_view person_id, cards::Card card);
// The same into the conversation where it was asked.
Notice notice_to_asker(storage::Session& session, const storage::Consult& consult, int step,
                       cards::Card card);

// What the registro keeps of a move.
Trace trace_of(const storage::Consult& consult, std::string_view outcome, std::string_view from_state,
               int step);

}  // namespace pao::handlers::consult
