// Commitments, of a REPAC or of a working session: the open ones, the form that says when and
// how one was fulfilled, its receipt.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/commitments.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct CommitmentLine {
  std::string id;
  std::string what;
  std::string owner_name;  // empty: the process as a whole
  std::string process_name;
  std::optional<Date> due_on;
  int business_days_left = 0;  // negative: days late
};

struct CommitmentListView {
  std::vector<CommitmentLine> lines;  // the earliest date first; the page shown
  int page = 0;                       // 0-based
  int total = 0;                      // in all pages
};
inline constexpr int commitment_page_size = 8;
Card commitment_list_card(const CommitmentListView& view);

struct CommitmentFormView {
  CommitmentLine commitment;
  std::string day;       // "2026-11-12"
  std::string evidence;  // as typed
  std::string problem;   // why it was not stored; may be empty
};
Card commitment_form_card(const CommitmentFormView& view);

struct CommitmentReceiptView {
  CommitmentLine commitment;
  Date fulfilled_on;
  std::string evidence;
  std::string marked_by_name;
};
Card commitment_receipt_card(const CommitmentReceiptView& view);

// The sentence for who filled in the form; empty for none.
std::string fulfilment_problem_sentence(procedure::FulfilmentProblem problem);

}  // namespace pao::cards
