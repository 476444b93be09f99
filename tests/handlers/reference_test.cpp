// The guidelines in force on a day, for questions and rules (C-01, R-03).
#include "handlers/reference.hpp"

#include "handlers/consult/ask.hpp"
#include "storage/guideline_versions_store.hpp"
#include "storage/reference_revision.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace {

using namespace pao;
using namespace pao::handlers;
using namespace pao::storage;
using namespace pao::storage::test;

// One small guideline a practice: what it says names its subject, vigencia and version.
std::string document(const std::string& practice, const std::string& prefix, int term, int version) {
  const std::string which = std::to_string(term) + " versión " + std::to_string(version);
  return "---\npractice: " + practice + "\nname: " + practice + "\nprefix: " + prefix +
         "\nvigencia: " + std::to_string(term) + "\nversion: " + std::to_string(version) +
         "\nperiodicity: monthly\ncutoff_business_day: 5\n---\n# Lineamientos\n\n## Registro\n\n### " +
         prefix + "-01 " +
         (practice == "riesgos" ? "Mapa de riesgos y controles" : "Registro de " + practice) + "\n\n" +
         (practice == "riesgos" ? "El mapa de riesgos" : "Lo de " + practice) +
         " se revisa según la vigencia " + which + ".\n";
}

const std::vector<std::pair<std::string, std::string>> practices = {{"planes", "PLA"},
                                                                    {"proyectos-de-inversion", "PIN"},
                                                                    {"indicadores", "IND"},
                                                                    {"riesgos", "RIE"},
                                                                    {"repac", "REP"},
                                                                    {"mejoras-por-autocontrol", "MEJ"},
                                                                    {"continuidad-del-negocio", "CON"},
                                                                    {"documentos", "DOC"}};

void load(Database& database, int term, int version, std::string_view at, bool with_risks = true) {
  TemporaryFolder folder;
  for (const auto& [practice, prefix] : practices) {
    if (practice == "riesgos" && !with_risks) continue;
    std::ofstream(folder.path() / (practice + ".md")) << document(practice, prefix, term, version);
  }
  const std::array paths = {folder.path()};
  REQUIRE(import::import_paths(database, paths, {.now = instant(at)})->stored);
}

void publish_all(Database& database, int term, int version, std::string_view at) {
  using S = GuidelineState;
  writing(database, [&](Session& session) -> Result<void> {
    for (const auto& one : guideline_versions(session, "", term)) {
      if (one.key.version != version) continue;
      S from = S::draft;
      for (const S to : {S::in_review, S::approved, S::published}) {
        const Result<void> moved =
            move_guideline(session, {one.key, from, to, "U-002", "teams", "", instant(at)});
        if (!moved) return moved;
        from = to;
      }
    }
    return {};
  });
}

std::string risk_text(const Reference& reference) {
  for (const auto& criterion : reference.criteria) {
    if (criterion.practice == "riesgos") return criterion.text;
  }
  return "nada";
}

struct Years {
  TemporaryStore store;
  Database& database = *store.database;
  ReferenceSource source{database};

  Years() {
    load(database, 2026, 1, "2026-01-05T08:00:00-05:00");
    load(database, 2026, 2, "2026-06-01T08:00:00-05:00");
    publish_all(database, 2026, 2, "2026-06-10T15:00:00-05:00");
    load(database, 2027, 1, "2026-12-01T08:00:00-05:00", false);
    publish_all(database, 2027, 1, "2026-12-14T08:00:00-05:00");
    REQUIRE(source.refresh(instant("2027-01-04T09:00:00-05:00")));
  }
};

}  // namespace

TEST_CASE(
    "with riesgos not approved for 2027, the first business day of 2027 answers from 2026 and says so "
    "(C-01, R-01)") {
  const Years years;
  const auto reference = years.source.current();
  CHECK(reference->term == 2027);
  CHECK(reference->rules.size() == practices.size());
  for (const auto& rules : reference->rules) CHECK(rules.term == (rules.practice == "riesgos" ? 2026 : 2027));
  const auto answer = consult::ask("¿Qué dice el lineamiento del mapa de riesgos y controles?",
                                   {.on = make_date(2027, 1, 4)}, reference->knowledge());
  REQUIRE(answer.kind == consult::AnswerKind::answer);
  CHECK(answer.criteria.front().term == 2026);
  CHECK(answer.text.find(
            "Los lineamientos de 2027 de esta práctica aún no están publicados; rigen los de 2026.") !=
        std::string::npos);
}

TEST_CASE("a question as of a day is answered by the version in force that day (R-03, C-02)") {
  const Years years;
  const auto on = [&](int year, unsigned month, unsigned day) {
    const auto reference = years.source.as_of(make_date(year, month, day));
    REQUIRE(reference);
    return risk_text(**reference);
  };
  CHECK(on(2026, 1, 1) == "El mapa de riesgos se revisa según la vigencia 2026 versión 1.");
  CHECK(on(2026, 6, 9) == "El mapa de riesgos se revisa según la vigencia 2026 versión 1.");
  // Published that day at 15:00: the day ends with it.
  CHECK(on(2026, 6, 10) == "El mapa de riesgos se revisa según la vigencia 2026 versión 2.");
  CHECK(on(2026, 12, 20) == "El mapa de riesgos se revisa según la vigencia 2026 versión 2.");
  CHECK(on(2025, 3, 15) == "nada");
}

TEST_CASE("a day without any guideline abstains and does not invent (R-06)") {
  const Years years;
  const auto nothing = years.source.as_of(make_date(2025, 3, 15));
  REQUIRE(nothing);
  CHECK((*nothing)->rules.empty());
  const auto answer = consult::ask("¿Qué dice el lineamiento del mapa de riesgos?",
                                   {.on = make_date(2025, 3, 15)}, (*nothing)->knowledge());
  CHECK(answer.kind == consult::AnswerKind::abstain);
}

TEST_CASE("days with the same versions share what was made for them, until something is published") {
  Years years;
  const auto spring = years.source.as_of(make_date(2026, 3, 15)).value();
  CHECK(years.source.as_of(make_date(2026, 4, 2)).value() == spring);
  CHECK(years.source.as_of(make_date(2026, 7, 1)).value() != spring);
  CHECK(years.source.as_of(make_date(2027, 1, 4)).value() == years.source.current());
  // More days than are kept, and the first one again: made anew, the same.
  for (const int year : {2020, 2021, 2022, 2023, 2024})
    (void)years.source.as_of(make_date(year, 1, 1)).value();
  const auto again = years.source.as_of(make_date(2026, 3, 15)).value();
  CHECK(again != spring);
  CHECK(risk_text(*again) == risk_text(*spring));

  load(years.database, 2027, 2, "2027-01-04T10:00:00-05:00");
  publish_all(years.database, 2027, 2, "2027-01-04T10:00:00-05:00");
  const Instant later = instant("2027-01-04T10:00:01-05:00");
  REQUIRE(years.source.refresh(later));
  CHECK(risk_text(*years.source.current()) ==
        "El mapa de riesgos se revisa según la vigencia 2027 versión 2.");
}

TEST_CASE("what was learned to answer questions stays when something else changed, and goes when they did") {
  Years years;
  const Instant later = instant("2027-01-04T10:00:00-05:00");
  const auto first = years.source.current();
  const Knowledge* learned = &first->knowledge();

  writing(years.database, [](Session& session) -> Result<void> {
    touch_reference(session);
    return {};
  });
  REQUIRE(years.source.refresh(later));
  REQUIRE(years.source.current() != first);
  CHECK(&years.source.current()->knowledge() == learned);

  load(years.database, 2027, 2, "2027-01-04T10:00:00-05:00");
  publish_all(years.database, 2027, 2, "2027-01-04T10:00:00-05:00");
  REQUIRE(years.source.refresh(later + std::chrono::seconds{1}));
  CHECK(&years.source.current()->knowledge() != learned);
}
