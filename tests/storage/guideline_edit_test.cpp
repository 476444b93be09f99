// Changing the text of a draft: what somebody types is never more than the text of its criterion.
#include "storage/knowledge/guideline_edit.hpp"

#include "storage/knowledge/guideline_file.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pao;
using namespace pao::storage::knowledge;

const std::string document =
    "---\npractice: riesgos\nname: Riesgos\nprefix: RIE\nvigencia: 2026\nversion: 1\nperiodicity: monthly\n"
    "due_dates:\n  - 2026-01 2026-02-06\nalert_days_before: 5, 2\n---\n\n# Riesgos\n\n## Uno\n\n### RIE-01 "
    "A\n\n"
    "Texto a.\n\n### RIE-02 B\n\nTexto b.\n\n## Dos\n\n### RIE-03 C\n\nTexto c.\n";

Guideline parsed(const std::string& text) {
  auto guideline = parse_guideline(text);
  REQUIRE(guideline);
  return *guideline;
}

procedure::Criterion criterion(const std::string& code, const std::string& title, const std::string& text,
                               const std::string& section) {
  return {.code = code, .section = section, .title = title, .text = text};
}

}  // namespace

TEST_CASE("another version keeps its due dates, another vigencia works out its own") {
  const Guideline second = parsed(with_version(document, 2026, 2));
  CHECK(second.rules.version == 2);
  CHECK(second.due_dates.size() == 1);
  const Guideline next = parsed(with_version(document, 2027, 1));
  CHECK(next.rules.term == 2027);
  CHECK(next.due_dates.empty());
  CHECK(next.rules.alert_days_before == std::vector<int>{5, 2});
  CHECK(next.criteria.size() == 3);
}

TEST_CASE("a criterion is replaced in its place, or added at the end of its section") {
  const auto replaced = with_criterion(document, criterion("RIE-01", "A nuevo", "Otro.", "Uno"));
  REQUIRE(replaced);
  Guideline guideline = parsed(*replaced);
  CHECK(guideline.criteria[0].title == "A nuevo");
  CHECK(guideline.criteria[0].text == "Otro.");
  CHECK(guideline.criteria[1].code == "RIE-02");

  const auto added = with_criterion(document, criterion("RIE-04", "D", "Texto d.", "Uno"));
  REQUIRE(added);
  guideline = parsed(*added);
  REQUIRE(guideline.criteria.size() == 4);
  CHECK(guideline.criteria[2].code == "RIE-04");
  CHECK(guideline.criteria[2].section == "Uno");
  CHECK(guideline.criteria[3].code == "RIE-03");

  const auto elsewhere = with_criterion(document, criterion("RIE-04", "D", "Texto d.", "Tres"));
  REQUIRE(elsewhere);
  CHECK(parsed(*elsewhere).criteria[3].section == "Tres");
}

TEST_CASE("a text with headings, front matter or several lines stays one paragraph of its criterion (R-52)") {
  const auto changed = with_criterion(
      document,
      criterion("RIE-01", "# A\n## B", "---\nversion: 9\n---\n### RIE-09 Otro\n\n> aviso\n\nfin", "Uno"));
  REQUIRE(changed);
  const Guideline guideline = parsed(*changed);
  CHECK(guideline.rules.version == 1);
  CHECK(guideline.criteria.size() == 3);
  CHECK(guideline.notice.empty());
  CHECK(guideline.criteria[0].text.find("### RIE-09 Otro > aviso fin") != std::string::npos);
}

TEST_CASE("what cannot be a guideline any more is refused with a sentence") {
  for (const auto& wrong :
       {criterion("RIE-1", "A", "Texto.", "Uno"), criterion("PLA-01", "A", "Texto.", "Uno"),
        criterion("RIE-01", " ", "Texto.", "Uno"), criterion("RIE-01", "A", "\n", "Uno"),
        criterion("", "A", "Texto.", "Uno")}) {
    CAPTURE(wrong.code);
    const auto changed = with_criterion(document, wrong);
    REQUIRE(!changed);
    CHECK(changed.error().message.find("no quedó guardado") != std::string::npos);
  }
  CHECK(without_criterion(document, "RIE-09").error().code == ErrorCode::not_found);
  const auto one = without_criterion(document, "RIE-02");
  REQUIRE(one);
  CHECK(parsed(*one).criteria.size() == 2);
  const auto two = without_criterion(*one, "RIE-03");
  REQUIRE(two);
  CHECK(!without_criterion(*two, "RIE-01"));
}
