// The alerts of one person: the list, and one of them with what can be done about it (procedure 5.6).
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/alert_states.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct OwnAlertLine {
  std::string key;
  std::string title;
  std::string process_name;
  procedure::AlertState state{};
  std::optional<Date> due_on;
  Instant told_at;
};

struct OwnAlertsView {
  std::vector<OwnAlertLine> lines;  // newest first; the page shown
  int page = 0;                     // 0-based
  int total = 0;                    // open ones in all pages
};
inline constexpr int own_alerts_page_size = 8;
Card own_alerts_card(const OwnAlertsView& view);

struct OwnAlertView {
  OwnAlertLine alert;
  std::string practice;
  std::string criterion;            // "PLA-05"; may be empty
  std::string next_step;            // Spanish sentence; may be empty
  std::optional<Date> postpone_to;  // none: it cannot be put off
  std::string why_not_postponed;    // Spanish sentence; empty while it can
  std::optional<bool> useful;       // what the person said of it
  std::string justification;        // stored, or typed and not stored
  std::string problem;              // why the justification was not stored; may be empty
  std::string done;                 // what was just done, a Spanish sentence; may be empty
};
Card own_alert_card(const OwnAlertView& view);

}  // namespace pao::cards
