// Early alerts: which reminder of which obligation is due today, for whom and why (R-21 to R-24, GEN-19).
// A pure decision; nothing is sent here. Sending stores the key of what was sent, which makes a second run on
// the same day yield nothing.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/obligations.hpp"

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace pao::procedure {

// Who is told, by role; who that is in person is looked up when the message is built, because roles change.
enum class Recipient { owner, liaison, leader, advisor, coordination };

// Business days late from which the leader and the coordination are told too.
inline constexpr int leader_from_days_late = 3;
inline constexpr int coordination_from_days_late = 5;

struct AlertDue {
  Obligation obligation;
  int step = 0;  // +5, +2: business days before the due date; 0: the day itself; −1, −3, −5: after it
  Date planned_for;            // the day of the step; before today when it is caught up
  int business_days_left = 0;  // today; negative: late
  std::string key;             // alert_key(obligation, step)
  std::string reason;  // Spanish: "faltan 5 días hábiles", "venció hace 3 días hábiles; se informa al líder"
  std::vector<Recipient> recipients;
  std::string rule;  // whose usefulness is asked for: "planes.proxima" before and on the due date, else
                     // "planes.vencida"
};

// "planes/PAI-DIR-01-T1/2026-03|+5": the same for the same obligation and step, whenever it is computed.
std::string alert_key(const Obligation& obligation, int step);

// The day on which a step falls: |step| business days before or after the due date, always a business day.
// A due date that is no business day (a commitment due on a Sunday) has its step 0 on the business day before
// it.
Date step_day(Date due_on, int step, const Calendar& calendar);

// What is due today, in the order of the obligations; nothing on a day that is not a business day,
// nothing for an obligation that is met or asks for no record.
//
// Of each obligation only the newest step whose day has come counts, once: a missed day is caught up with
// that step alone, older ones are dropped. A practice whose rules state no days gets 5, 2, 0 before
// and 1, 3, 5 after; one without rules gets these too.
//
// `sent` holds the keys of alerts already sent. `first_day`: steps planned before it are not ours to catch up
// (the day the assistant began to alert); none: all are.
std::vector<AlertDue> alerts_due(const std::vector<AssessedObligation>& obligations,
                                 const std::vector<PracticeRules>& rules, const Calendar& calendar,
                                 Date today, const std::unordered_set<std::string>& sent,
                                 std::optional<Date> first_day = std::nullopt);

}  // namespace pao::procedure
