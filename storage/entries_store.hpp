// Approved answers ("RES-0001"): they join the criteria of the guidelines as a series of codes of their own,
// with their history.
#pragma once

#include "handlers/procedure/entry_states.hpp"
#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Entry {
  std::string id;  // "RES-0001"; also the code under which it is cited
  std::string practice;
  int term = 0;            // vigencia whose guideline it explains
  std::string title;       // the question, as it will be found
  std::string text;        // the answer
  std::string consult_id;  // where it comes from; may be empty
  procedure::EntryState state = procedure::EntryState::proposed;
  std::string proposed_by;
  Instant proposed_at;
  std::string decided_by;  // who approved, returned, discarded or retired it
  std::optional<Instant> approved_at;
  std::optional<Instant> retired_at;
  int last_term = 0;  // the latest vigencia for which it was approved or kept
};

struct EntryStep {
  Instant at;
  std::string actor;
  std::string kind;   // a word of EntryEvent; "propuesta" for the first
  std::string words;  // reason; of a proposal its text, of one that is kept the vigencia
};

// Gives the entry its number and stores it with the first step of its history.
Entry add_entry(Session& session, Entry entry);

std::optional<Entry> find_entry(Session& session, std::string_view id);

// The entry made from that consult that was neither discarded nor retired; nothing when there is none.
std::optional<Entry> entry_of_consult(Session& session, std::string_view consult_id);

// Stores the entry as it is after the step, and the step. `conflict` when it is no longer in `from`.
Result<void> move_entry(Session& session, const Entry& entry, procedure::EntryState from,
                        const EntryStep& step);

// It holds for that vigencia too, from now on.
void renew_entry(Session& session, std::string_view id, int term, std::string_view actor, Instant at);

std::vector<EntryStep> entry_steps(Session& session, std::string_view id);

// Newest first; nothing for `state`: all.
std::vector<Entry> list_entries(Session& session, std::optional<procedure::EntryState> state, int limit);

// As criteria, those approved and not retired at that instant, by code; one for each vigencia for which it
// was approved or kept until then. Their section says who approved them and when: "Respuesta aprobada por
// GESFO, 13 de noviembre de 2026" is made from it where they are shown.
struct ApprovedEntry {
  procedure::Criterion criterion;
  Date approved_on;  // or kept
};
std::vector<ApprovedEntry> entries_in_force(Session& session, Instant at);
// The same without their texts: "RES-0001 2026" for each.
std::vector<std::string> entry_keys_in_force(Session& session, Instant at);

}  // namespace pao::storage
