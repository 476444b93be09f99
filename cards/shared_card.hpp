// Cards that a person puts into a conversation with others, or that Teams shows in its own dialogs. They hold
// nothing but what stands in them: no pending list, no names that the person did not choose to share.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <string>

namespace pao::cards {

struct SharedCriterionView {
  procedure::Criterion criterion;
  std::string practice_name;
  bool sample = false;
};
// The criterion's own words with its citation. Its buttons open dialogs that only who presses them sees.
Card shared_criterion_card(const SharedCriterionView& view);

struct SharedRequestView {
  procedure::ServiceRequest request;
  std::string process_name;
  int business_days_left = 0;  // meaningful when due_on is set
};
// Number, state and term of an SS; neither values nor reasons.
Card shared_request_card(const SharedRequestView& view);

// Why an answer did or did not help; `reaction` is "like" or "dislike".
Card feedback_form_card(const std::string& reaction);

}  // namespace pao::cards
