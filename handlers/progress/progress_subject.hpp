// The one obligation that a form or a save is for, with everything that decides about it.
#pragma once

#include "cards/progress_card.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "handlers/procedure/record_quality.hpp"
#include "handlers/record_context.hpp"
#include "handlers/reference.hpp"
#include "handlers/tracking.hpp"
#include "handlers/turn.hpp"
#include "storage/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::progress {

struct Subject {
  Tracked tracked;
  procedure::Item item;
  const procedure::PracticeRules* rules = nullptr;    // of the period's year; points into the Reference
  std::string origin = {};                            // see improvement_origin
  std::optional<procedure::ProgressRecord> previous;  // latest record of an earlier period
  std::string owner_name;                             // who answers for the item; nobody: the person
};

// `invalid` when item or period is unknown, `refused` when the person may not or nothing is due. A document
// has the obligation of its process, and its own record.
Result<Subject> find_subject(storage::Session& session, const Reference& reference, const Turn& turn,
                             std::string_view item_id, std::string_view period);

// The same, and it can be recorded now: not recorded yet, the period open or reopened by an SS-5.
Result<Subject> find_open_subject(storage::Session& session, const Reference& reference, const Turn& turn,
                                  std::string_view item_id, std::string_view period);

// Whether it is recorded document by document, in the form of several (DOC-08).
bool is_recorded_by_document(storage::Session& session, const Subject& subject);

// What the assistant knows and the form shows already: who answers for it, a document's version.
std::map<std::string, std::string> known_values(const Subject& subject);

// What a save of these values would be: problems that refuse it, findings to confirm or to tell.
struct Checked {
  procedure::ProgressCheck check;
  std::vector<procedure::QualityFinding> findings;  // empty while there are problems
};
Checked check_values(const Subject& subject, const std::map<std::string, std::string>& typed);

// The record of what was checked, by this person and now.
procedure::ProgressRecord record_of(const Subject& subject, const Turn& turn, const Checked& checked);
// Stores it; `conflict` when the period has its record.
Result<procedure::ProgressRecord> store_record(storage::Session& session,
                                               const procedure::ProgressRecord& record);

cards::ProgressFormView form_view(const Subject& subject, const Reference& reference);
// The form again, with what was typed and what is wrong or doubtful.
cards::ProgressFormView form_view(const Subject& subject, const Reference& reference,
                                  const std::map<std::string, std::string>& typed, const Checked& checked);

// What the card carries besides the fields of the practice.
std::map<std::string, std::string> typed_values(const Turn& turn);

// Sentences of findings that need no answer.
std::vector<std::string> remarks_of(const std::vector<procedure::QualityFinding>& findings);

}  // namespace pao::handlers::progress
