#include "storage/import/guideline_import.hpp"

#include "storage/guideline_versions_store.hpp"
#include "storage/import/csv_reader.hpp"
#include "storage/sha256.hpp"

#include <set>
#include <tuple>

namespace pao::storage::import {
namespace {

bool has_guidelines(Session& session) {
  return session.first("SELECT 1 FROM guidelines LIMIT 1", {}, [](const Row&) { return true; }).has_value();
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
    add_draft(session,
              {.guideline = &source.guideline,
               .document = source.document,
               .source = source.file,
               .author_id = {},
               .channel = "cli"},
              now);
    if (initial) publish_initial(session, {rules.practice, rules.term, rules.version}, now);
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
