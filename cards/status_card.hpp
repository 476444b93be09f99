// "¿Qué me toca?": obligations by urgency, and why a due date is what it is.
#pragma once

#include "cards/card.hpp"
#include "cards/commitment_card.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct StatusLine {
  procedure::Obligation obligation;
  std::string item_name;
  std::string owner_name;  // empty: the process as a whole
  procedure::ObligationState state;
  int business_days_left = 0;               // negative: days late
  bool can_register = false;                // shows "Registrar"
  std::optional<Date> reopened_until = {};  // by an SS-5, to the end of that day
};

struct StatusView {
  std::string person_name;
  std::vector<std::string> process_names;
  std::vector<StatusLine> lines;                          // most urgent first; the page shown
  int page = 0;                                           // 0-based
  int total = 0;                                          // lines in all pages
  int reopened = 0, overdue = 0, due_soon = 0, open = 0;  // over all pages; each line counts once
  std::vector<procedure::ServiceRequest> requests;        // open SS of the person's processes
  Instant as_of;                                          // cut-off shown to the person
  std::vector<CommitmentLine> commitments = {};           // open ones, the earliest date first
};
inline constexpr int status_page_size = 6;
Card status_card(const StatusView& view);

// One row of the explanation of a due date (design principle 4).
struct ExplainedDay {
  Date day;
  std::string reason;  // "día hábil 3", "sábado", "Viernes Santo (Ley 51 de 1983)"
};
struct DueView {
  std::string what;  // "Avance de octubre de 2026, tarea PAI-DIR-01-T2"
  Date due_on;
  std::string rule;                // "primeros 5 días hábiles del mes siguiente"
  std::string criterion_code;      // may be empty
  std::vector<ExplainedDay> days;  // from the first counted day to the due date
};
Card due_card(const DueView& view);

}  // namespace pao::cards
