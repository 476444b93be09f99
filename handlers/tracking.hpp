// How the obligations of a process stand right now: derived from items, guideline, calendar and records,
// never stored. Shared by status, progress, alerts and the command line.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/obligations.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

struct Tracked {
  procedure::Obligation obligation;
  procedure::Assessment assessment;
  std::optional<Instant> recorded_at;
  std::string item_name;
  std::string parent_id;               // the activity of a task, the risk of a control; may be empty
  std::string owner_id;                // empty: the process as a whole
  std::optional<Date> reopened_until;  // an SS-5 opened its closed period again, to the end of that day
};

// The obligations of one year's periods, of one process or of all when the id is empty; in the order of
// derive_obligations.
Result<std::vector<Tracked>> track_year(storage::Session& session, const Reference& reference,
                                        std::string_view process_id, int year, Instant now);

// Those of the current year, and those of the year before that fall due in this one or that an SS-5 opened
// again for these days.
Result<std::vector<Tracked>> track(storage::Session& session, const Reference& reference,
                                   std::string_view process_id, Instant now);

// Those of one item (find_recorded_item) in that year's periods: what is asked for when one progress is
// recorded or corrected.
Result<std::vector<Tracked>> track_item(storage::Session& session, const Reference& reference,
                                        const procedure::Item& item, int year, Instant now);

// The item with that id, or the process itself for the practices that it records as a whole ("REPAC-DIR").
std::optional<procedure::Item> find_recorded_item(storage::Session& session, const Reference& reference,
                                                  std::string_view item_id);

// Whether somebody still has to do something about it: open, due soon or overdue.
bool is_pending(const Tracked& tracked);

// Whether a record of it is taken now: the period is open, or reopened by an SS-5 (5.3).
bool is_open_now(const Tracked& tracked, Instant now);

// What an SS-5 opened again comes first, because it closes soonest; then what can still be done in time, by
// due date; then what is overdue, the latest first, because the oldest needs an SS and not a reminder; then
// what is open for longer.
void sort_by_urgency(std::vector<Tracked>& tracked);

}  // namespace pao::handlers
