// What must be recorded, until when, and how it stands (R-11, R-18, procedure 5.3). Nobody types a due date:
// obligations follow from the items, their periodicity, the guideline in force and the calendar.
//
// Which items oblige, by practice:
//   planes                   each task, in the months with planned progress (PLA-06)
//   indicadores              each indicator with an approved sheet (IND-04), by its own periodicity (IND-07)
//   riesgos                  each control (RIE-09)
//   proyectos-de-inversion   each project
//   repac                    each process: item id "REPAC-" and the process id
//   mejoras-por-autocontrol  each improvement action, from the month in which it starts to the month in which
//   it
//                            ends (MEJ-07)
//   continuidad-del-negocio  each process: "CON-DIR"
//   documentos               each process: "DOC-DIR"
//   any other practice       each process, under the prefix of its criteria: "INN-DIR"
// An item with dates of its own has only the periods that overlap them.
//
// Due: the closing of the N-th business day of the cut-off month, N from the guideline. The cut-off month is
// the one after the period, except where the guideline names a month of the year itself
// (PracticeRules::cutoff_month; October for documentos, DOC-07). The obligation opens on the first day of
// that month.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/procedure/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pao::procedure {

// An obligation is `due_soon` with this many business days left or fewer (5.3).
inline constexpr int due_soon_business_days = 5;

// ---- Deriving ----

// Every obligation of the year's periods. Practices that have no rules in `rules` yield nothing (R-01 shows
// them as pending); of several rules of a practice the latest term up to the year is used, and of that its
// last version. `invalid` when a guideline asks for a business day that its month does not have.
//
// Order: by practice as listed above, others in the order of their rules; within it the items in the order
// given (for repac, continuidad and documentos the processes in the order given); then by period.
Result<std::vector<Obligation>> derive_obligations(const std::vector<Process>& processes,
                                                   const std::vector<Item>& items,
                                                   const std::vector<PracticeRules>& rules, int year,
                                                   const Calendar& calendar);

// Whether the item's own dates touch the period; an item without dates is in every one.
bool overlaps(const Item& item, const Period& period);

// The first day on which a record of that period is taken, by the practice's rules. The day before it the
// period has ended: by it the period belongs to a cycle (follow_up_report.hpp).
Date opens_on(const PracticeRules& rules, const Period& period);

// When a record of that period is due, by the practice's rules. `invalid` as above.
Result<Date> due_date(const PracticeRules& rules, const Period& period, const Calendar& calendar);

// The same, day by day (design principle 4). `start` is the day before the cut-off month.
Result<CountExplanation> explain_due_date(const PracticeRules& rules, const Period& period,
                                          const Calendar& calendar);

// The rules that apply to the practice in that year; null when there are none. Points into `rules`.
const PracticeRules* rules_in_force(const std::vector<PracticeRules>& rules, std::string_view practice,
                                    int year);

// The item id under which a process as a whole records ("REPAC-DIR"); empty for practices with items.
std::string process_item_id(std::string_view practice, std::string_view process_id);
// The same for a practice that is known by its guideline only; empty for one without periodicity.
std::string process_item_id(const PracticeRules& rules, std::string_view process_id);
// Whether the item has such an id: it stands for its process and is none of the things the practice lists.
bool stands_for_process(const Item& item);

// Cumulative percentage planned for the period: equal steps over the task's planned months, rounded to whole
// percents. Nothing for an item without planned months or a period that is not a month.
std::optional<double> planned_percentage(const Item& item, const Period& period);

// "planes/PAI-DIR-01-T1/2026-03": one obligation, as text.
std::string obligation_key(const Obligation& obligation);

// ---- Settling ----

// Finds when an obligation was met. A record settles the obligation of its practice, item and period; of
// several the first counts, also when it was returned later, because timeliness is fixed by the first save
// (5.3). A task recorded at 100 % settles its later months too (PLA-06). Immutable after construction.
class RecordIndex {
 public:
  explicit RecordIndex(const std::vector<ProgressRecord>& records);

  std::optional<Instant> recorded_at(const Obligation& obligation) const;

  // As it was fixed by the first save; none when the record does not say.
  Timeliness timeliness(const Obligation& obligation) const;

 private:
  struct First {
    Instant recorded_at;
    Timeliness timeliness;
  };
  struct Completion {
    std::string period;
    Instant recorded_at;
  };
  std::unordered_map<std::string, First> first_record_;    // by obligation_key
  std::unordered_map<std::string, Completion> completed_;  // task id → first period at 100 %
};

// ---- Standing ----

struct Assessment {
  ObligationState state = ObligationState::future;
  Timeliness timeliness = Timeliness::none;
  std::optional<int> business_days_left;  // 0: due today; negative: business days late; none when recorded
};

// State at `now`, to the second: recorded at 23:59:59 of the due day is on time, at 00:00:00 of the next day
// it is late. A record made after `now` does not count yet. `open` begins on `opens_on`; before it the
// obligation is `future`, however near its due date.
Assessment assess(const Obligation& obligation, std::optional<Instant> recorded_at, Instant now,
                  const Calendar& calendar);

struct AssessedObligation {
  Obligation obligation;
  std::optional<Instant> recorded_at;
  Assessment assessment;
};

// All of them, in the order given. A timeliness that was fixed by the first save stands, also when the
// calendar or the guideline has changed since.
std::vector<AssessedObligation> assess_all(const std::vector<Obligation>& obligations,
                                           const RecordIndex& records, Instant now, const Calendar& calendar);

}  // namespace pao::procedure
