// Moves a follow-up report through its states (procedure 5.4) and stores what belongs to each move.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"
#include "handlers/reference.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::reports {

// Leader and active liaisons of the process on that day, each once: who receives its reports (R-28, C-04).
std::vector<procedure::Person> audience_of(storage::Session& session, const Reference& reference,
                                           std::string_view process_id, Date today);

// Applies the event and stores the report, the end of its window, and its final lines when it becomes final;
// recommendations that are still drafts then are dropped, and the advisor is told.
// Gives the state word before. Fails as procedure::next_state does, or with `conflict`.
Result<std::string> advance(storage::Session& session, const Reference& reference,
                            storage::FollowUpReport& report, procedure::ReportEvent event, Instant now);

// Stores the window of the report's version as it now is; nothing for a report that was never sent.
// `outcome`: "abierta", "cerrada" or "sustituido".
void keep_window(storage::Session& session, const storage::FollowUpReport& report, const char* outcome,
                 std::optional<Instant> closed_at);

// What blocks sending: the language of the introduction and of each recommendation. Spanish sentences.
std::vector<std::string> language_problems(storage::Session& session, const storage::FollowUpReport& report);

// Sends the report, or a corrected version while it is validated: freezes lines and window, marks the
// recommendations as sent, enqueues card and mail for the audience. `refused` while nobody has confirmed that
// what was recorded in the cycle is verified (control point of activity 4). Gives to how many people.
struct Sent {
  std::string from;  // state word before
  int people = 0;
};
Result<Sent> send_preventive(storage::Session& session, const Reference& reference,
                             storage::FollowUpReport& report, const std::string& advisor_id, Instant now);

// Whether publishing waits for the advisor's comment on it (procedure 5.5): the process set it aside here.
bool needs_comment(const storage::Recommendation& recommendation);

// Whether the advisor may comment on it: also after the publication, while its comment is missing, since the
// process may answer until the last day of its window.
bool takes_comment(const storage::FollowUpReport& report, const storage::Recommendation& recommendation);

// Stores the document with its fingerprint and enqueues card and mail of the final report (activity 7).
Result<Sent> publish(storage::Session& session, const Reference& reference, storage::FollowUpReport& report,
                     const std::string& advisor_id, Instant now);

// What the keys of its deliveries begin with, before ":teams:" or ":mail:" and the person.
std::string delivery_stem(const storage::FollowUpReport& report, procedure::ReportKind kind);

// Messages that are rendered when sent: `subject` is the report, `text` the version.
inline constexpr const char* preventive_kind = "report.preventive";
inline constexpr const char* final_kind = "report.final";

}  // namespace pao::handlers::reports
