// What the assistant answered to whom: one row a question that was answered, asked back or not
// answered, and one for each criterion that was picked from the list under an answer. Consults, feedback and
// the monthly figures refer to it by its id, which is ours; what a card says it showed is not believed.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ShownAnswer {
  std::string id;  // answer_id()
  Instant at;
  std::string asked_by;  // person id, or "aad:…" for somebody not in the directory
  std::string conversation_id;
  std::string question;
  std::string answer;       // what was shown, in plain words
  std::string outcome;      // "answered", "clarified", "abstained"
  std::string practice;     // empty when it could not be told
  std::string process_id;   // the asker's, when it is only one
  std::string criteria;     // codes, separated by spaces
  std::string scores;       // "PLA-05=0.82 PLA-08=0.41"
  std::string reason = {};  // of an abstention: "no_criterion", "payroll", …
  bool chosen = false;      // picked from the list under an earlier answer: no question of its own
};

// The id of the answer that is given to that activity: the same whenever it is asked for.
std::string answer_id(std::string_view conversation_id, std::string_view activity_id);

// Does nothing when that answer is there already.
void add_answer(Session& session, const ShownAnswer& answer);

// What was shown in the end, when it is not what was kept first.
void change_answer(Session& session, std::string_view id, std::string_view answer);

std::optional<ShownAnswer> find_answer(Session& session, std::string_view id);

// The newest one given to that person in that conversation at `since` or later.
std::optional<ShownAnswer> latest_answer(Session& session, std::string_view asked_by,
                                         std::string_view conversation_id, Instant since);

// Those given in [from, until), oldest first.
std::vector<ShownAnswer> answers_between(Session& session, Instant from, Instant until);

}  // namespace pao::storage
