// Whether an answer helped, and what the questions of a month say about the guidelines.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct FeedbackView {
  std::string answer_id;
  std::string question;
  std::string answer;  // still shown: the card takes the place of the one that was pressed
  std::string practice;
};
Card feedback_reason_card(const FeedbackView& view);
Card feedback_thanks_card(const FeedbackView& view);

struct ProposalQuestion {
  std::string question;
  Date asked_on;
  std::string concern;  // a word of procedure::Concern
};

struct ProposalView {
  std::string practice_name;  // empty: it could not be told
  std::string criterion;      // that should be clearer; empty: a new one is missing
  std::vector<std::string> shared;
  std::vector<ProposalQuestion> questions;
};

struct ProposalsView {
  std::string month;         // "2026-10"
  std::string month_before;  // "2026-09"
  int questions = 0;         // asked in the month
  std::vector<ProposalView> proposals;
};
Card proposals_card(const ProposalsView& view);

// "no tuvo respuesta en los lineamientos"; for a word of procedure::Concern.
std::string concern_phrase(const std::string& concern);
// One sentence: what is proposed.
std::string proposal_sentence(const ProposalView& view);

}  // namespace pao::cards
