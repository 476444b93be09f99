// Confirmations of the control points, and the monthly sample of the register (procedure section 4).
// Subjects as in handlers/procedure/control_points.hpp.
#pragma once

#include "handlers/procedure/control_points.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ControlConfirmation {
  std::int64_t number = 0;  // 1, 2, 3 …, given when stored
  procedure::ControlPoint control = procedure::ControlPoint::guidelines;
  std::string subject;
  std::string process_id;  // may be empty
  procedure::ControlResult result = procedure::ControlResult::conforming;
  std::string note;
  std::string confirmed_by;  // person id
  Instant confirmed_at;
};

// Already checked with procedure::check_confirmation. None is ever changed: a later one of the same subject
// counts instead of it.
void add_confirmation(Session& session, const ControlConfirmation& confirmation);

// The one that counts; nothing when nobody has confirmed.
std::optional<ControlConfirmation> latest_confirmation(Session& session, std::string_view subject);

// Whether a person has confirmed it with a result that lets the next step follow: what the publication of a
// guideline, the sending of a follow-up report and a final report ask.
bool is_control_confirmed(Session& session, std::string_view subject);

// Oldest first. Of activities 1 and 6 those confirmed in the period, of 3 and 4 those about a period that
// ends in it.
std::vector<ControlConfirmation> confirmations_in(Session& session, procedure::ControlPoint control,
                                                  const procedure::Period& period);

// One answered turn of the register, as the reviewer sees it: without who asked.
struct RegisterTurn {
  std::int64_t number = 0;  // of the registro entry
  Instant at;
  std::string outcome;  // "answered", "abstained", "clarified", "escalated"
  std::string question;
  std::string answer;
  std::string criteria;  // "RIE-07 RIE-08"
};

// The questions of those days, oldest first.
std::vector<RegisterTurn> answered_turns(Session& session, Instant from, Instant until);

// What was drawn for a month; empty when nothing was yet.
struct RegisterSample {
  std::string period;
  std::string advisor_id;
  std::vector<RegisterTurn> turns;
};
std::optional<RegisterSample> sample_of(Session& session, std::string_view period);
// False when a sample of that month is stored already.
bool add_sample(Session& session, std::string_view period, std::string_view advisor_id,
                std::span<const std::int64_t> registro_numbers, Instant at);

// How many records of the process there are in each state of review, of the periods that end in that one, as
// a follow-up report counts them: of a quarter also those of its months, and of the four months, the half or
// the year that ends in it. `rules`: of that year.
struct ReviewCounts {
  std::int64_t unreviewed = 0;  // registered or being reviewed
  std::int64_t accepted = 0;
  std::int64_t returned = 0;
};
ReviewCounts review_counts(Session& session, std::string_view process_id, const procedure::Period& period,
                           const std::vector<procedure::PracticeRules>& rules);

}  // namespace pao::storage
