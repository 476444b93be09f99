// The follow-up cycle by job (activity 5 and 6): drafts when a quarter's cut-offs have passed, windows closed
// at their second, reminders.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <string_view>
#include <vector>

namespace pao::handlers::reports {

// The last cut-off of a quarter is the minutes of the review meeting, on business day 15; the report
// has to leave by business day 25 (procedure section 4).
inline constexpr int drafts_on_business_day = 16;
inline constexpr int send_by_business_day = 25;

// A draft for each process that has no report of that cycle; gives how many (C-03).
Result<int> build_drafts(storage::Database& database, const Reference& reference, std::string_view cycle,
                         Instant now);

// The same for the last cycle that has closed, once its day has come.
Result<int> build_due_drafts(storage::Database& database, const Reference& reference, Instant now);

struct WindowsDone {
  int extended = 0;    // a non-working day was declared inside them
  int closed = 0;      // validations that ended
  int unanswered = 0;  // recommendations without a response
  int settled = 0;     // whose last open matter was decided
};
// What the calendar, the clock and decided SS-4 have changed. Running twice changes nothing.
Result<WindowsDone> look_after_windows(storage::Database& database, const Reference& reference, Instant now);

// The digest's lines: days 5, 8 and 10 for whoever has not answered; for advisors drafts to send,
// answers to decide and final reports to publish.
Result<std::vector<DigestLine>> validation_lines(storage::Session& session, const Reference& reference,
                                                 std::string_view person_id, Instant now);

}  // namespace pao::handlers::reports
