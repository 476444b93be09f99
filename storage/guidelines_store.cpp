#include "storage/guidelines_store.hpp"

#include "storage/database_failure.hpp"
#include "storage/knowledge/guideline_file.hpp"

namespace pao::storage {
namespace {

struct Published {
  std::string practice;
  std::int64_t term = 0;
  std::int64_t version = 0;
  std::string document;
};

// Of every practice the published version of the term, or else of the latest earlier one (C-01).
std::vector<Published> published_for(Session& session, int term) {
  return session.all(
      "SELECT g.practice, g.term, g.version, g.document FROM guidelines g WHERE g.state = 'published'"
      " AND g.term = (SELECT MAX(o.term) FROM guidelines o WHERE o.practice = g.practice"
      " AND o.state = 'published' AND o.term <= $1) ORDER BY g.practice",
      {to_value(term)}, [](const Row& row) {
        return Published{row.string(0), row.integer(1), row.integer(2), row.string(3)};
      });
}

procedure::PracticeRules rules_of(const Published& published) {
  auto guideline = knowledge::parse_guideline(published.document);
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

std::vector<procedure::PracticeRules> rules_in_force(Session& session, int term) {
  std::vector<procedure::PracticeRules> rules;
  for (const Published& published : published_for(session, term)) rules.push_back(rules_of(published));
  return rules;
}

std::vector<procedure::Criterion> criteria_in_force(Session& session, int term) {
  return session.all(
      "SELECT c.code, c.practice, c.section, c.title, c.text, c.term, c.version FROM guidelines g"
      " JOIN criteria c ON c.practice = g.practice AND c.term = g.term AND c.version = g.version"
      " WHERE g.state = 'published' AND g.term = (SELECT MAX(o.term) FROM guidelines o"
      " WHERE o.practice = g.practice AND o.state = 'published' AND o.term <= $1)"
      " ORDER BY g.practice, c.position",
      {to_value(term)}, criterion_of);
}

std::optional<procedure::Criterion> find_criterion(Session& session, int term, std::string_view code) {
  return session.first(
      "SELECT c.code, c.practice, c.section, c.title, c.text, c.term, c.version FROM guidelines g"
      " JOIN criteria c ON c.practice = g.practice AND c.term = g.term AND c.version = g.version"
      " WHERE c.code = $2 AND g.state = 'published' AND g.term = (SELECT MAX(o.term) FROM guidelines o"
      " WHERE o.practice = g.practice AND o.state = 'published' AND o.term <= $1)",
      {to_value(term), code}, criterion_of);
}

}  // namespace pao::storage
