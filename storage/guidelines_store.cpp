#include "storage/guidelines_store.hpp"

#include "storage/database_failure.hpp"
#include "storage/knowledge/guideline_file.hpp"

namespace pao::storage {
namespace {

// $1: the term, $2: the instant.
#define PAO_VALID_AT(version)                                                                     \
  version ".state IN ('published', 'replaced') AND " version ".in_force_from <= $2 AND (" version \
          ".replaced_at IS NULL OR " version ".replaced_at > $2)"
#define PAO_IN_FORCE                                                                                    \
  PAO_VALID_AT("g")                                                                                     \
  " AND g.term = (SELECT MAX(o.term) FROM guidelines o WHERE o.practice = g.practice AND o.term <= $1 " \
  "AND " PAO_VALID_AT("o") ")"
#define PAO_CRITERION_COLUMNS "c.code, c.practice, c.section, c.title, c.text, c.term, c.version"

Value value_of(std::optional<Instant> at) {
  return to_value(at.value_or(Instant::max()));
}

procedure::PracticeRules rules_of(const Row& row) {
  auto guideline = knowledge::parse_guideline(row.text(0));
  // It was read before it was stored; a later program that cannot is a mistake of ours.
  if (!guideline) throw DatabaseFailure(ErrorCode::internal, "a published guideline cannot be read");
  return std::move(guideline->rules);
}

procedure::Criterion criterion_of(const Row& row) {
  return {.code = row.string(0),
          .practice = row.string(1),
          .section = row.string(2),
          .title = row.string(3),
          .text = row.string(4),
          .term = static_cast<int>(row.integer(5)),
          .version = static_cast<int>(row.integer(6))};
}

}  // namespace

std::vector<GuidelineKey> versions_in_force(Session& session, int term, std::optional<Instant> at) {
  return session.all("SELECT g.practice, g.term, g.version FROM guidelines g WHERE " PAO_IN_FORCE
                     " ORDER BY g.practice",
                     {to_value(term), value_of(at)}, [](const Row& row) {
                       return GuidelineKey{row.string(0), static_cast<int>(row.integer(1)),
                                           static_cast<int>(row.integer(2))};
                     });
}

std::vector<procedure::PracticeRules> rules_in_force(Session& session, int term, std::optional<Instant> at) {
  return session.all("SELECT g.document FROM guidelines g WHERE " PAO_IN_FORCE " ORDER BY g.practice",
                     {to_value(term), value_of(at)}, rules_of);
}

std::vector<procedure::Criterion> criteria_in_force(Session& session, int term, std::optional<Instant> at) {
  return session.all("SELECT " PAO_CRITERION_COLUMNS
                     " FROM guidelines g JOIN criteria c ON c.practice = g.practice AND c.term = g.term"
                     " AND c.version = g.version WHERE " PAO_IN_FORCE " ORDER BY g.practice, c.position",
                     {to_value(term), value_of(at)}, criterion_of);
}

std::optional<procedure::Criterion> find_criterion(Session& session, int term, std::string_view code) {
  return session.first("SELECT " PAO_CRITERION_COLUMNS
                       " FROM guidelines g JOIN criteria c ON c.practice = g.practice AND c.term = g.term"
                       " AND c.version = g.version WHERE c.code = $3 AND " PAO_IN_FORCE,
                       {to_value(term), value_of(std::nullopt), code}, criterion_of);
}

std::vector<procedure::Criterion> criteria_of(Session& session, const GuidelineKey& key) {
  return session.all("SELECT " PAO_CRITERION_COLUMNS
                     " FROM criteria c WHERE c.practice = $1 AND c.term = $2 AND c.version = $3"
                     " ORDER BY c.position",
                     {std::string_view(key.practice), to_value(key.term), to_value(key.version)},
                     criterion_of);
}

}  // namespace pao::storage
