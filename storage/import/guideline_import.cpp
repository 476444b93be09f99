#include "storage/import/guideline_import.hpp"

#include "storage/columns.hpp"
#include "storage/import/csv_reader.hpp"
#include "storage/sha256.hpp"
#include "storage/words.hpp"

#include <set>
#include <tuple>

namespace pao::storage::import {
namespace {

bool has_guidelines(Session& session) {
  return session.first("SELECT 1 FROM guidelines LIMIT 1", {}, [](const Row&) { return true; }).has_value();
}

void insert_guideline(Session& session, const GuidelineSource& source, const std::string& checksum,
                      Instant now) {
  const procedure::PracticeRules& rules = source.guideline.rules;
  session.run(
      "INSERT INTO guidelines (practice, term, version, state, document, checksum, source, loaded_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {std::string_view(rules.practice), to_value(rules.term), to_value(rules.version),
       word_of(guideline_state_words, GuidelineState::draft), std::string_view(source.document),
       std::string_view(checksum), std::string_view(source.file), to_value(now)});
  int position = 0;
  for (const procedure::Criterion& criterion : source.guideline.criteria) {
    session.run(
        "INSERT INTO criteria (practice, term, version, position, code, section, title, text)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {std::string_view(rules.practice), to_value(rules.term), to_value(rules.version),
         to_value(++position), std::string_view(criterion.code), std::string_view(criterion.section),
         std::string_view(criterion.title), std::string_view(criterion.text)});
  }
}

void publish(Session& session, const procedure::PracticeRules& rules, Instant now) {
  session.run(
      "UPDATE guidelines SET state = $4, published_at = $5 WHERE practice = $1 AND term = $2 AND version = "
      "$3",
      {std::string_view(rules.practice), to_value(rules.term), to_value(rules.version),
       word_of(guideline_state_words, GuidelineState::published), to_value(now)});
}

// Two files may not be the same version, nor, in an initial load, both be the published one of a term.
bool is_first(std::set<std::tuple<std::string, int, int>>& seen, const GuidelineSource& source, bool initial,
              ImportReport& report) {
  const procedure::PracticeRules& rules = source.guideline.rules;
  if (seen.emplace(rules.practice, rules.term, initial ? 0 : rules.version).second) return true;
  report.refuse({source.file, 0, "", "another file of this import is the same practice and term"});
  return false;
}

FileCounts store_one(Session& session, const GuidelineSource& source, bool initial, Instant now,
                     ImportReport& report) {
  FileCounts counts{.file = source.file, .rows = 1};
  const procedure::PracticeRules& rules = source.guideline.rules;
  const std::string checksum = sha256_hex(source.document);
  const auto stored =
      session.first("SELECT checksum FROM guidelines WHERE practice = $1 AND term = $2 AND version = $3",
                    {std::string_view(rules.practice), to_value(rules.term), to_value(rules.version)},
                    [](const Row& row) { return row.string(0); });
  if (stored == checksum) {
    counts.unchanged = 1;
  } else if (stored) {
    report.refuse({source.file, 0, "version",
                   "version " + std::to_string(rules.version) +
                       " of this practice and term is stored with other"
                       " content; give the correction the next version"});
  } else {
    insert_guideline(session, source, checksum, now);
    if (initial) publish(session, rules, now);
    counts.inserted = 1;
  }
  return counts;
}

}  // namespace

std::optional<GuidelineSource> read_guideline_file(std::string file, std::string document,
                                                   ImportReport& report) {
  if (!is_utf8(document)) {
    report.refuse({std::move(file), 0, "", "the text is not UTF-8"});
    return std::nullopt;
  }
  auto guideline = knowledge::parse_guideline(document);
  if (!guideline) {
    for (const knowledge::GuidelineProblem& problem : guideline.error()) {
      report.refuse({file, problem.line, "", problem.reason});
    }
    return std::nullopt;
  }
  return GuidelineSource{std::move(file), std::move(document), std::move(*guideline)};
}

void store_guidelines(Session& session, std::span<const GuidelineSource> sources, Instant now,
                      ImportReport& report) {
  const bool initial = !has_guidelines(session);
  std::set<std::tuple<std::string, int, int>> seen;
  for (const GuidelineSource& source : sources) {
    if (!is_first(seen, source, initial, report)) continue;
    report.files.push_back(store_one(session, source, initial, now, report));
  }
}

}  // namespace pao::storage::import
