#include "storage/guideline_versions_store.hpp"

#include "storage/columns.hpp"
#include "storage/reference_revision.hpp"
#include "storage/sha256.hpp"
#include "storage/words.hpp"

#include <algorithm>

namespace pao::storage {
namespace {

#define PAO_VERSION_COLUMNS                                                                             \
  "g.practice, g.term, g.version, g.state, g.source, g.author_id, g.loaded_at, g.submitted_at,"         \
  " g.approved_by, g.approved_at, g.published_by, g.published_at, g.in_force_from, g.replaced_at,"      \
  " (SELECT COUNT(*) FROM criteria c WHERE c.practice = g.practice AND c.term = g.term AND c.version =" \
  " g.version)"
#define PAO_BY_KEY "practice = $1 AND term = $2 AND version = $3"

GuidelineVersion version_of(const Row& row) {
  return {.key = {row.string(0), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))},
          .state = known(value_of(guideline_state_words, row.text(3))),
          .source = row.string(4),
          .author_id = row.string(5),
          .loaded_at = row.instant(6),
          .submitted_at = row.optional_instant(7),
          .approved_by = row.string(8),
          .approved_at = row.optional_instant(9),
          .published_by = row.string(10),
          .published_at = row.optional_instant(11),
          .in_force_from = row.optional_instant(12),
          .replaced_at = row.optional_instant(13),
          .criteria = row.integer(14)};
}

Value practice_of(const GuidelineKey& key) {
  return std::string_view(key.practice);
}

std::string_view word(GuidelineState state) {
  return word_of(guideline_state_words, state);
}

void add_history(Session& session, const GuidelineKey& key, std::string_view from, GuidelineState to,
                 std::string_view actor, std::string_view channel, std::string_view reason, Instant at) {
  session.run(
      "INSERT INTO guideline_events (practice, term, version, number, at, actor, channel, from_state,"
      " to_state, reason) VALUES ($1, $2, $3, (SELECT COUNT(*) + 1 FROM guideline_events"
      " WHERE " PAO_BY_KEY "), $4, $5, $6, $7, $8, $9)",
      {practice_of(key), to_value(key.term), to_value(key.version), to_value(at), actor, channel, from,
       word(to), reason});
}

void insert_criteria(Session& session, const GuidelineKey& key, const knowledge::Guideline& guideline) {
  int position = 0;
  for (const procedure::Criterion& criterion : guideline.criteria) {
    session.run(
        "INSERT INTO criteria (practice, term, version, position, code, section, title, text)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {practice_of(key), to_value(key.term), to_value(key.version), to_value(++position),
         std::string_view(criterion.code), std::string_view(criterion.section),
         std::string_view(criterion.title), std::string_view(criterion.text)});
  }
}

tl::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict, "the guideline version is no longer in the expected state",
              "Esta versión cambió mientras usted la miraba. Ábrala de nuevo y revise cómo está.");
}

// Which columns a step writes besides the state.
std::int64_t update_state(Session& session, const GuidelineStep& step) {
  const std::string_view from = word(step.from), to = word(step.to);
  const GuidelineKey& key = step.key;
  if (step.to == GuidelineState::in_review) {
    return session.run(
        "UPDATE guidelines SET state = $5, submitted_at = $6 WHERE " PAO_BY_KEY " AND state = $4",
        {practice_of(key), to_value(key.term), to_value(key.version), from, to, to_value(step.at)});
  }
  if (step.to == GuidelineState::approved) {
    return session.run(
        "UPDATE guidelines SET state = $5, approved_by = $6, approved_at = $7 WHERE " PAO_BY_KEY
        " AND state = $4",
        {practice_of(key), to_value(key.term), to_value(key.version), from, to, step.actor,
         to_value(step.at)});
  }
  if (step.to == GuidelineState::published) {
    return session.run(
        "UPDATE guidelines SET state = $5, published_by = $6, published_at = $7,"
        " in_force_from = $7 WHERE " PAO_BY_KEY " AND state = $4",
        {practice_of(key), to_value(key.term), to_value(key.version), from, to, step.actor,
         to_value(step.at)});
  }
  if (step.to == GuidelineState::replaced) {
    return session.run(
        "UPDATE guidelines SET state = $5, replaced_at = $6 WHERE " PAO_BY_KEY " AND state = $4",
        {practice_of(key), to_value(key.term), to_value(key.version), from, to, to_value(step.at)});
  }
  return session.run("UPDATE guidelines SET state = $5 WHERE " PAO_BY_KEY " AND state = $4",
                     {practice_of(key), to_value(key.term), to_value(key.version), from, to});
}

std::optional<GuidelineKey> published_version(Session& session, const GuidelineKey& key) {
  return session.first(
      "SELECT version FROM guidelines WHERE practice = $1 AND term = $2"
      " AND state = 'published'",
      {practice_of(key), to_value(key.term)}, [&](const Row& row) {
        return GuidelineKey{key.practice, key.term, static_cast<int>(row.integer(0))};
      });
}

}  // namespace

std::vector<GuidelineVersion> guideline_versions(Session& session, std::string_view practice, int term) {
  return session.all("SELECT " PAO_VERSION_COLUMNS
                     " FROM guidelines g WHERE ($1 = '' OR g.practice = $1) AND ($2 = 0 OR g.term = $2)"
                     " ORDER BY g.practice, g.term DESC, g.version DESC",
                     {practice, to_value(term)}, version_of);
}

std::optional<GuidelineVersion> find_version(Session& session, const GuidelineKey& key) {
  return session.first("SELECT " PAO_VERSION_COLUMNS
                       " FROM guidelines g WHERE g.practice = $1 AND g.term = $2 AND g.version = $3",
                       {practice_of(key), to_value(key.term), to_value(key.version)}, version_of);
}

std::string guideline_document(Session& session, const GuidelineKey& key) {
  return session
      .first("SELECT document FROM guidelines WHERE " PAO_BY_KEY,
             {practice_of(key), to_value(key.term), to_value(key.version)},
             [](const Row& row) { return row.string(0); })
      .value_or("");
}

int next_version_number(Session& session, std::string_view practice, int term) {
  return session
      .first("SELECT COALESCE(MAX(version), 0) + 1 FROM guidelines WHERE practice = $1 AND term = $2",
             {practice, to_value(term)}, [](const Row& row) { return static_cast<int>(row.integer(0)); })
      .value_or(1);
}

void add_draft(Session& session, const NewGuideline& draft, Instant now) {
  const procedure::PracticeRules& rules = draft.guideline->rules;
  const GuidelineKey key{rules.practice, rules.term, rules.version};
  const std::string checksum = sha256_hex(draft.document);
  session.run(
      "INSERT INTO guidelines (practice, term, version, state, document, checksum, source, loaded_at,"
      " author_id) VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8)",
      {practice_of(key), to_value(key.term), to_value(key.version), draft.document,
       std::string_view(checksum), draft.source, to_value(now), text_or_null(draft.author_id)});
  insert_criteria(session, key, *draft.guideline);
  add_history(session, key, "", GuidelineState::draft,
              draft.author_id.empty() ? draft.channel : draft.author_id, draft.channel, draft.source, now);
}

Result<void> replace_draft(Session& session, const GuidelineKey& key, const knowledge::Guideline& guideline,
                           std::string_view document) {
  const std::string checksum = sha256_hex(document);
  const std::int64_t changed = session.run(
      "UPDATE guidelines SET document = $4, checksum = $5 WHERE " PAO_BY_KEY " AND state = 'draft'",
      {practice_of(key), to_value(key.term), to_value(key.version), document, std::string_view(checksum)});
  if (changed != 1) return changed_meanwhile();
  session.run("DELETE FROM criteria WHERE " PAO_BY_KEY,
              {practice_of(key), to_value(key.term), to_value(key.version)});
  insert_criteria(session, key, guideline);
  return {};
}

Result<void> take_draft(Session& session, const GuidelineKey& key, std::string_view author_id, Instant at) {
  const std::int64_t changed = session.run(
      "UPDATE guidelines SET author_id = $4 WHERE " PAO_BY_KEY " AND state = 'draft' AND author_id IS NULL",
      {practice_of(key), to_value(key.term), to_value(key.version), author_id});
  if (changed != 1) return changed_meanwhile();
  add_history(session, key, word(GuidelineState::draft), GuidelineState::draft, author_id, "teams",
              "toma el borrador", at);
  return {};
}

Result<void> move_guideline(Session& session, const GuidelineStep& step) {
  if (step.to == GuidelineState::published) {
    if (const std::optional<GuidelineKey> before = published_version(session, step.key)) {
      if (before->version >= step.key.version) {
        return fail(ErrorCode::conflict, "a later version of this vigencia is published",
                    "Ya está publicada la versión " + std::to_string(before->version) +
                        " de esta vigencia. Esta versión ya no se puede publicar.");
      }
      GuidelineStep replaced = step;
      replaced.key = *before;
      replaced.from = GuidelineState::published;
      replaced.to = GuidelineState::replaced;
      if (const Result<void> moved = move_guideline(session, replaced); !moved) return moved;
    }
  }
  if (update_state(session, step) != 1) return changed_meanwhile();
  add_history(session, step.key, word(step.from), step.to, step.actor, step.channel, step.reason, step.at);
  if (step.to == GuidelineState::published) touch_reference(session);
  return {};
}

void publish_initial(Session& session, const GuidelineKey& key, Instant now) {
  const Instant first_day = start_of_day(make_date(key.term, 1, 1));
  session.run(
      "UPDATE guidelines SET state = 'published', published_at = $4, in_force_from = $5 WHERE " PAO_BY_KEY,
      {practice_of(key), to_value(key.term), to_value(key.version), to_value(now),
       to_value(std::min(now, first_day))});
  add_history(session, key, word(GuidelineState::draft), GuidelineState::published, "cli", "cli",
              "carga inicial", now);
}

void set_reasons(Session& session, const GuidelineKey& key,
                 std::span<const procedure::ReviewReason> reasons) {
  session.run("DELETE FROM guideline_reasons WHERE " PAO_BY_KEY,
              {practice_of(key), to_value(key.term), to_value(key.version)});
  int position = 0;
  for (const procedure::ReviewReason& reason : reasons) {
    session.run(
        "INSERT INTO guideline_reasons (practice, term, version, position, kind, detail, report_id)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {practice_of(key), to_value(key.term), to_value(key.version), to_value(++position),
         procedure::to_word(reason.kind), std::string_view(reason.detail), text_or_null(reason.report_id)});
  }
}

std::vector<procedure::ReviewReason> reasons_of(Session& session, const GuidelineKey& key) {
  return session.all("SELECT kind, detail, report_id FROM guideline_reasons WHERE " PAO_BY_KEY
                     " ORDER BY position",
                     {practice_of(key), to_value(key.term), to_value(key.version)}, [](const Row& row) {
                       return procedure::ReviewReason{known(procedure::parse_review_reason(row.text(0))),
                                                      row.string(1), row.string(2)};
                     });
}

std::vector<GuidelineHistoryEntry> history_of(Session& session, const GuidelineKey& key) {
  return session.all(
      "SELECT at, actor, channel, from_state, to_state, reason FROM guideline_events"
      " WHERE " PAO_BY_KEY " ORDER BY number",
      {practice_of(key), to_value(key.term), to_value(key.version)}, [](const Row& row) {
        return GuidelineHistoryEntry{row.instant(0),
                                     row.string(1),
                                     row.string(2),
                                     value_of(guideline_state_words, row.text(3)),
                                     known(value_of(guideline_state_words, row.text(4))),
                                     row.string(5)};
      });
}

}  // namespace pao::storage
