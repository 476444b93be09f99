// Progress records on their way through verification: the advisor's queue, decisions, and what a record was
// before each change (activity 4, R-19, R-20, R-50).
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

// A record with what verification knows of it.
struct StoredRecord {
  procedure::ProgressRecord record;
  std::optional<Instant> returned_at;  // last time it was returned; none: never
  std::string smgi_number;             // once confirmed
  std::string smgi_reason;             // when the SMGI refused it
};

std::optional<StoredRecord> find_record(Session& session, std::string_view record_id);

// Registered or being verified, in those processes, the oldest first.
std::vector<procedure::ProgressRecord> records_to_verify(Session& session,
                                                         const std::vector<std::string>& process_ids);

// Saved by that person or, with `process_ids`, in those processes through this service; newest first.
std::vector<StoredRecord> recent_records(Session& session, std::string_view person_id,
                                         const std::vector<std::string>& process_ids, int limit);

// Moves the review on; false when it is not `from` any more. `returned` keeps the instant.
bool set_review(Session& session, std::string_view record_id, procedure::ReviewState from,
                procedure::ReviewState to, Instant at);

struct RecordRevision {
  int revision = 0;
  std::map<std::string, std::string> values;
  Instant recorded_at;
  std::string recorded_by;
  procedure::ReviewState review{};
  Instant changed_at;
  std::string changed_by;
  std::string reason;
};

// Replaces values, instant and review of the record, and keeps what it was. `conflict` when it is not in
// `from` any more. It waits for the SMGI again.
Result<void> change_record(Session& session, const procedure::ProgressRecord& changed,
                           procedure::ReviewState from, std::string_view changed_by, std::string_view reason,
                           Instant at);

// What it was before each change, oldest first.
std::vector<RecordRevision> revisions_of(Session& session, std::string_view record_id);

struct Verification {
  std::string record_id;
  int round = 0;
  std::string verified_by;
  Instant verified_at;
  bool accepted = false;
  procedure::Timeliness timeliness{};
  std::map<std::string, std::string> checklist;  // check: "cumple", "no_cumple"
  std::string note;
  std::string correction;
  std::optional<Date> correct_until;
};

// Stores it as the next round of its record; gives the round.
int add_verification(Session& session, const Verification& verification);
// Oldest first.
std::vector<Verification> verifications_of(Session& session, std::string_view record_id);

}  // namespace pao::storage
