// Questions handed over to an advisor: a follow-up with attention level and due date.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
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
};

// Gives the consult its number and stores it.
Result<Consult> add_consult(Session& session, Consult consult);

std::optional<Consult> find_consult(Session& session, std::string_view id);

// Unanswered consults of an advisor, oldest first.
std::vector<Consult> open_consults_of(Session& session, std::string_view advisor_id);

// Stores the advisor's reply; `conflict` when it was already answered.
Result<void> answer_consult(Session& session, std::string_view id, std::string_view replied_by,
                            std::string_view reply, Instant at);

}  // namespace pao::storage
