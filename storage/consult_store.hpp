// Questions handed over to a person: a follow-up with attention level, due date and a history of
// every hand it went through.
#pragma once

#include "handlers/procedure/attention.hpp"
#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Consult {
  std::string id;          // "C-2026-0001"
  std::string asked_by;    // person id; empty when the person is not in the directory
  std::string process_id;  // empty when it could not be told
  std::string practice;    // empty when it could not be told
  std::string question;
  std::string answer_shown;     // what the assistant had answered; empty when nothing
  std::string conversation_id;  // where the reply must arrive
  std::string reply_to;         // activity id of the question in that conversation
  std::string advisor_id;       // who has it
  int level = 1;                // attention level
  Instant asked_at;
  Date due_on;
  std::string reply;  // empty while unanswered
  std::string replied_by;
  std::optional<Instant> replied_at;
  procedure::ConsultState state = procedure::ConsultState::assigned;
  std::string answer_id;                 // of the answer shown (answers_store.hpp); empty when there was none
  std::string scores;                    // of its criteria: "PLA-05=0.82 PLA-08=0.41"
  Instant level_since;                   // when this level got it
  std::optional<Instant> waiting_since;  // since when the asker owes information
  int waited_days = 0;                   // business days spent waiting for the asker so far
};

// One step of a consult's history: never changed.
struct ConsultStep {
  int number = 0;  // 1, 2, 3 … within the consult
  Instant at;
  std::string actor;  // person id or "job:…"
  std::string kind;   // "preguntada", otherwise a word of ConsultEvent
  std::string from_state;
  std::string to_state;
  int level = 1;           // after it
  std::string advisor_id;  // who has it after it
  std::string due_on;      // after it, "2026-11-13"
  std::string words;       // question, answer, reason; empty when there are none
};

// Gives the consult its number and stores it with the first step of its history.
Result<Consult> add_consult(Session& session, Consult consult);

std::optional<Consult> find_consult(Session& session, std::string_view id);

// Stores the consult as it is after the step, and the step. Gives the number of the step. `conflict` when the
// consult is no longer in the state `step.from_state`. Level, holder, due date and state of the step are
// taken from the consult.
Result<int> move_consult(Session& session, const Consult& consult, ConsultStep step);

std::vector<ConsultStep> steps_of(Session& session, std::string_view consult_id);

// Open consults that this person has, oldest first.
std::vector<Consult> open_consults_of(Session& session, std::string_view advisor_id);

// Every open consult, oldest first.
std::vector<Consult> open_consults(Session& session);

// What this person asked, newest first.
std::vector<Consult> consults_asked_by(Session& session, std::string_view person_id, int limit);

// Those asked in [from, until), oldest first.
std::vector<Consult> consults_between(Session& session, Instant from, Instant until);

// Of those, the ids of which somebody said that an answer did not help, however they stand now.
std::set<std::string> reopened_consults(Session& session, Instant from, Instant until);

// The advisor of a practice for level 2; empty when none is named.
std::string thematic_advisor_of(Session& session, std::string_view practice);

}  // namespace pao::storage
