// The versions of the guidelines: who wrote, approved and published them, why, and how they change state
// (procedure 5.1, R-01 to ). What may happen is decided in procedure/guideline_states.hpp; here it
// is written. Published versions are kept as they are by the database itself (migrations 0002 and 0007).
#pragma once

#include "storage/guidelines_store.hpp"
#include "storage/knowledge/guideline_file.hpp"

#include <cstdint>
#include <span>

namespace pao::storage {

struct GuidelineVersion {
  GuidelineKey key;
  GuidelineState state = GuidelineState::draft;
  std::string source;     // name of the file, or what it was made from
  std::string author_id;  // empty: the initial load, or a loaded draft that nobody has taken
  Instant loaded_at;
  std::optional<Instant> submitted_at;
  std::string approved_by;
  std::optional<Instant> approved_at;
  std::string published_by;  // empty: the initial load
  std::optional<Instant> published_at;
  // When it answers questions: from … until another replaced it. The initial load was in force before it was
  // loaded: from the first day of its vigencia.
  std::optional<Instant> in_force_from;
  std::optional<Instant> replaced_at;
  std::int64_t criteria = 0;  // how many
};

// Newest vigencia and version first. Empty practice: all; term 0: every vigencia.
std::vector<GuidelineVersion> guideline_versions(Session& session, std::string_view practice = {},
                                                 int term = 0);
std::optional<GuidelineVersion> find_version(Session& session, const GuidelineKey& key);
// The file as stored; empty when there is no such version.
std::string guideline_document(Session& session, const GuidelineKey& key);

// The number that a new version of that practice and vigencia gets.
int next_version_number(Session& session, std::string_view practice, int term);

struct NewGuideline {
  const knowledge::Guideline* guideline;
  std::string_view document;
  std::string_view source;
  std::string_view author_id;  // may be empty
  std::string_view channel;    // "cli", "teams"
};
// Stores a draft. The key is that of its rules, which must be free.
void add_draft(Session& session, const NewGuideline& draft, Instant now);

// The draft's text and criteria become these; the key stays. `conflict` when it is no draft any more.
Result<void> replace_draft(Session& session, const GuidelineKey& key, const knowledge::Guideline& guideline,
                           std::string_view document);

// A loaded draft without author gets one; `conflict` when it has one or is no draft.
Result<void> take_draft(Session& session, const GuidelineKey& key, std::string_view author_id, Instant at);

// One step of 5.1, already decided. `conflict` when the version is not in `from` any more. Publishing moves
// the version that was published for the vigencia to `replaced` at the same instant.
struct GuidelineStep {
  GuidelineKey key;
  GuidelineState from;
  GuidelineState to;
  std::string_view actor;
  std::string_view channel;
  std::string_view reason;
  Instant at;
};
Result<void> move_guideline(Session& session, const GuidelineStep& step);

// The initial load: published at once, in force since the first day of its vigencia (or now, when that is to
// come).
void publish_initial(Session& session, const GuidelineKey& key, Instant now);

void set_reasons(Session& session, const GuidelineKey& key, std::span<const procedure::ReviewReason> reasons);
std::vector<procedure::ReviewReason> reasons_of(Session& session, const GuidelineKey& key);

struct GuidelineHistoryEntry {
  Instant at;
  std::string actor;
  std::string channel;
  std::optional<GuidelineState> from;  // none: it was made
  GuidelineState to;
  std::string reason;
};
std::vector<GuidelineHistoryEntry> history_of(Session& session, const GuidelineKey& key);

}  // namespace pao::storage
