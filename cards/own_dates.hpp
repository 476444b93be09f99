// The person's own dates beside a general answer: until when his or her process records, or answers a report.
#pragma once

#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

// When the person's own process has to record what an answer is about.
struct OwnDueDate {
  procedure::Obligation obligation;
  std::string process_name;
  int business_days_left = 0;  // negative: that many ago
  bool recorded = false;
  std::optional<Date> reopened_until = std::nullopt;  // an SS-5 opened its closed period again
};

// Until when the process answers the report that it was sent.
struct OwnWindow {
  std::string report_id;
  std::string cycle;  // "2026-T3"
  std::string process_name;
  Date last_day;
  int business_days_left = 0;
};

struct OwnDates {
  std::optional<OwnDueDate> overdue;  // the oldest one that is late and not recorded
  int overdue_count = 0;              // how many are
  std::optional<OwnDueDate> due;      // the next one, or the one that was asked about
  std::vector<OwnWindow> windows;     // open ones

  bool empty() const { return !overdue && !due && windows.empty(); }
};

// "Su proceso (Comunicaciones), octubre de 2026. Venció el 9 de noviembre de 2026, hace 3 días hábiles. Para
// registrarlo (PAI-COM-02-T2) pida una SS-5, que reabre el periodo."
std::string own_due_sentence(const OwnDueDate& own);

// "Reporte de su proceso (Comunicaciones), tercer trimestre de 2026. Vence el 20 de noviembre de 2026, le
// quedan 5 días hábiles."
std::string own_window_sentence(const OwnWindow& own);

// "Es el más antiguo de 7 registros vencidos."; empty when it is the only one.
std::string overdue_count_sentence(const OwnDates& dates);

}  // namespace pao::cards
