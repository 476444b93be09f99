// Versions of a guideline in the store: what is in force when, what is kept, what the database refuses.
#include "storage/guideline_versions_store.hpp"
#include "storage/import/guideline_import.hpp"
#include "storage/reference_revision.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

std::string document(int term, int version, const std::string& text) {
  return "---\npractice: riesgos\nname: Riesgos\nprefix: RIE\nvigencia: " + std::to_string(term) +
         "\nversion: " + std::to_string(version) +
         "\nperiodicity: four_monthly\ncutoff_business_day: 5\n---\n# Riesgos\n\n## Qué es\n\n### RIE-01 Qué "
         "comprende\n\n" +
         text + "\n";
}

void load(Database& database, const std::string& text, Instant at) {
  writing(database, [&](Session& session) -> Result<void> {
    import::ImportReport report;
    const auto source = import::read_guideline_file("riesgos.md", text, report);
    if (!source) return fail(ErrorCode::invalid, "cannot be read");
    import::store_guidelines(session, {&*source, 1}, at, report);
    if (report.problem_count > 0) return fail(ErrorCode::invalid, report.problems.front().reason);
    return {};
  });
}

Result<void> step(Database& database, int version, GuidelineState from, GuidelineState to,
                  const std::string& actor, std::string_view at, int term = 2026) {
  return database.write([&](Session& session) {
    return move_guideline(session, {.key = {"riesgos", term, version},
                                    .from = from,
                                    .to = to,
                                    .actor = actor,
                                    .channel = "teams",
                                    .reason = "motivo",
                                    .at = instant(at)});
  });
}

void publish(Database& database, int version, std::string_view at, int term = 2026) {
  using S = GuidelineState;
  REQUIRE(database.write([&](Session& session) {
    return take_draft(session, {"riesgos", term, version}, "U-003", instant(at));
  }));
  REQUIRE(step(database, version, S::draft, S::in_review, "U-003", at, term));
  REQUIRE(step(database, version, S::in_review, S::approved, "U-002", at, term));
  REQUIRE(step(database, version, S::approved, S::published, "U-002", at, term));
}

std::string text_on(Database& database, int term, std::optional<std::string_view> at = {}) {
  const auto criteria = reading(database, [&](Session& session) {
    return criteria_in_force(session, term, at ? std::optional(instant(*at)) : std::nullopt);
  });
  return criteria.empty() ? "nada" : criteria.front().text;
}

}  // namespace

TEST_CASE(
    "a version answers from its publication until the next one, and never for an earlier vigencia (R-03, "
    "C-01, C-02)") {
  TemporaryStore store;
  Database& database = *store.database;
  load(database, document(2025, 1, "Uno."), instant("2025-02-03T08:00:00-05:00"));
  load(database, document(2026, 1, "Dos."), instant("2025-12-01T08:00:00-05:00"));
  publish(database, 1, "2025-12-10T08:00:00-05:00");
  load(database, document(2026, 2, "Tres."), instant("2026-05-01T08:00:00-05:00"));
  publish(database, 2, "2026-05-04T10:00:00-05:00");

  CHECK(text_on(database, 2024, "2024-12-31T23:59:59-05:00") == "nada");
  // The initial load was in force before anybody loaded it.
  CHECK(text_on(database, 2025, "2025-01-01T00:00:00-05:00") == "Uno.");
  CHECK(text_on(database, 2025, "2025-12-20T08:00:00-05:00") == "Uno.");
  CHECK(text_on(database, 2026, "2026-01-01T00:00:00-05:00") == "Dos.");
  CHECK(text_on(database, 2026, "2026-05-04T09:59:59-05:00") == "Dos.");
  CHECK(text_on(database, 2026, "2026-05-04T10:00:00-05:00") == "Tres.");
  CHECK(text_on(database, 2027, "2027-02-01T08:00:00-05:00") == "Tres.");
  CHECK(text_on(database, 2026) == "Tres.");
  CHECK(text_on(database, 2025) == "Uno.");

  const auto first = reading(database, [](Session& s) { return find_version(s, {"riesgos", 2026, 1}); });
  REQUIRE(first);
  CHECK(first->state == GuidelineState::replaced);
  CHECK(first->replaced_at == instant("2026-05-04T10:00:00-05:00"));
  CHECK(first->author_id == "U-003");
  CHECK(first->approved_by == "U-002");
  CHECK(reading(database,
                [](Session& s) {
                  return criteria_of(s, {"riesgos", 2026, 1});
                })
            .front()
            .text == "Dos.");
  CHECK(reading(database, [](Session& s) {
          return guideline_document(s, {"riesgos", 2026, 1});
        }) == document(2026, 1, "Dos."));
  CHECK(reading(database, reference_revision) > 0);
}

TEST_CASE(
    "a second published version of the same number, and an older one after a newer, are refused (C-02)") {
  TemporaryStore store;
  Database& database = *store.database;
  using S = GuidelineState;
  load(database, document(2026, 1, "Uno."), instant("2026-01-02T08:00:00-05:00"));
  load(database, document(2026, 2, "Dos."), instant("2026-02-02T08:00:00-05:00"));
  load(database, document(2026, 3, "Tres."), instant("2026-02-02T08:00:00-05:00"));
  publish(database, 3, "2026-03-02T08:00:00-05:00");
  // Again, by a card that was pressed twice.
  CHECK(step(database, 3, S::approved, S::published, "U-002", "2026-03-02T08:00:01-05:00").error().code ==
        ErrorCode::conflict);
  REQUIRE(database.write([&](Session& session) {
    return take_draft(session, {"riesgos", 2026, 2}, "U-003", instant("2026-03-03T08:00:00-05:00"));
  }));
  REQUIRE(step(database, 2, S::draft, S::in_review, "U-003", "2026-03-03T08:00:00-05:00"));
  REQUIRE(step(database, 2, S::in_review, S::approved, "U-002", "2026-03-03T08:00:00-05:00"));
  CHECK(step(database, 2, S::approved, S::published, "U-002", "2026-03-03T08:00:00-05:00").error().code ==
        ErrorCode::conflict);
  CHECK(text_on(database, 2026) == "Tres.");
}

TEST_CASE("what was published is kept as it is by the database itself (R-03)") {
  TemporaryStore store;
  Database& database = *store.database;
  load(database, document(2026, 1, "Uno."), instant("2026-01-02T08:00:00-05:00"));
  load(database, document(2026, 2, "Dos."), instant("2026-02-02T08:00:00-05:00"));
  publish(database, 2, "2026-03-02T08:00:00-05:00");
  for (const char* sql : {"UPDATE guidelines SET author_id = 'U-009' WHERE version = 2",
                          "UPDATE guidelines SET approved_by = 'U-009' WHERE version = 2",
                          "UPDATE guidelines SET in_force_from = 0 WHERE version = 2",
                          "UPDATE guidelines SET replaced_at = 0 WHERE version = 1",
                          "UPDATE guidelines SET document = 'otro' WHERE version = 1",
                          "UPDATE guideline_events SET reason = 'otro'", "DELETE FROM guideline_events"}) {
    CAPTURE(sql);
    CHECK(!database.write([&](Session& session) { (void)session.run(sql); }));
  }
}

TEST_CASE("reasons and history of a version are kept in order (R-02, R-50)") {
  TemporaryStore store;
  Database& database = *store.database;
  const GuidelineKey key{"riesgos", 2026, 2};
  load(database, document(2026, 1, "Uno."), instant("2026-01-02T08:00:00-05:00"));
  load(database, document(2026, 2, "Dos."), instant("2026-02-02T08:00:00-05:00"));
  const std::vector<procedure::ReviewReason> reasons = {
      {procedure::ReviewReasonKind::directive, "Guía versión 7", ""},
      {procedure::ReviewReasonKind::need, "Controles sin frecuencia", "REP-DIR-2025-T3"}};
  writing(database, [&](Session& session) { set_reasons(session, key, reasons); });
  writing(database, [&](Session& session) { set_reasons(session, key, reasons); });
  const auto stored = reading(database, [&](Session& session) { return reasons_of(session, key); });
  REQUIRE(stored.size() == 2);
  CHECK(stored[1].kind == procedure::ReviewReasonKind::need);
  CHECK(stored[1].report_id == "REP-DIR-2025-T3");

  publish(database, 2, "2026-03-02T08:00:00-05:00");
  const auto history = reading(database, [&](Session& session) { return history_of(session, key); });
  REQUIRE(history.size() == 5);
  CHECK(!history[0].from);
  CHECK(history[0].actor == "cli");
  CHECK(history[2].to == GuidelineState::in_review);
  CHECK(history[4].to == GuidelineState::published);
  CHECK(history[4].actor == "U-002");
  CHECK(history[4].reason == "motivo");
  CHECK(history[4].at == instant("2026-03-02T08:00:00-05:00"));
}

TEST_CASE("a draft's text changes, that of any other version does not") {
  TemporaryStore store;
  Database& database = *store.database;
  load(database, document(2026, 1, "Uno."), instant("2026-01-02T08:00:00-05:00"));
  load(database, document(2026, 2, "Dos."), instant("2026-02-02T08:00:00-05:00"));
  const auto change = [&](int version) {
    const std::string text = document(2026, version, "Otro texto.");
    const auto guideline = knowledge::parse_guideline(text);
    REQUIRE(guideline);
    return database.write([&](Session& session) {
      return replace_draft(session, {"riesgos", 2026, version}, *guideline, text);
    });
  };
  CHECK(change(2));
  CHECK(reading(database,
                [](Session& s) {
                  return criteria_of(s, {"riesgos", 2026, 2});
                })
            .front()
            .text == "Otro texto.");
  CHECK(change(1).error().code == ErrorCode::conflict);
  CHECK(reading(database, [](Session& s) { return next_version_number(s, "riesgos", 2026); }) == 3);
  CHECK(reading(database, [](Session& s) { return next_version_number(s, "riesgos", 2027); }) == 1);
}
