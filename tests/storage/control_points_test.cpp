// Confirmations, the monthly sample and the records of an evidence pack in the store.
#include "storage/control_evidence.hpp"
#include "storage/control_points_store.hpp"
#include "storage/guidelines_store.hpp"
#include "storage/registro_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;
using procedure::ControlPoint;
using procedure::ControlResult;

void confirm(Database& database, ControlPoint control, const std::string& subject, ControlResult result,
             std::string_view at, const std::string& note = "") {
  writing(database, [&](Session& session) {
    add_confirmation(session, {.control = control,
                               .subject = subject,
                               .result = result,
                               .note = note,
                               .confirmed_by = "U-002",
                               .confirmed_at = instant(at)});
  });
}

bool confirmed(Database& database, const std::string& subject) {
  return reading(database, [&](Session& session) { return is_control_confirmed(session, subject); });
}

procedure::Period period(const char* text) {
  return procedure::parse_period(text).value();
}

void add_turn(Database& database, std::string_view at, const std::string& content) {
  writing(database, [&](Session& session) {
    (void)append_registro(session, {.at = instant(at),
                                    .actor = "U-015",
                                    .channel = "teams",
                                    .kind = "turn",
                                    .subject = "a:1",
                                    .content = content});
  });
}

}  // namespace

TEST_CASE("the last confirmation counts, and only one that lets the next step follow is a confirmation") {
  DemoStore store;
  Database& database = *store.database;
  const std::string subject = procedure::request_subject("SS-2026-0070");
  CHECK(!confirmed(database, subject));
  confirm(database, ControlPoint::adjustment, subject, ControlResult::not_conforming,
          "2026-11-12T09:00:00-05:00", "Falta la evidencia.");
  CHECK(!confirmed(database, subject));
  confirm(database, ControlPoint::adjustment, subject, ControlResult::with_remarks,
          "2026-11-12T10:00:00-05:00", "Llegó incompleta.");
  CHECK(confirmed(database, subject));
  CHECK(!confirmed(database, procedure::request_subject("SS-2026-0071")));
  CHECK(reading(database, [&](Session& session) { return latest_confirmation(session, subject); })->note ==
        "Llegó incompleta.");
  for (const char* sql :
       {"UPDATE control_confirmations SET result = 'conforme'", "DELETE FROM control_confirmations"}) {
    CHECK(!database.write([&](Session& session) { (void)session.run(sql); }));
  }
}

TEST_CASE("confirmations belong to the month they were given in, or to the period they are about") {
  DemoStore store;
  Database& database = *store.database;
  const char* given = "2026-11-12T09:00:00-05:00";
  confirm(database, ControlPoint::guidelines, procedure::guideline_subject("riesgos", 2026, 2),
          ControlResult::conforming, given);
  confirm(database, ControlPoint::verification, procedure::verification_subject("DIR", "2026-10"),
          ControlResult::conforming, given);
  const auto count = [&](ControlPoint control, const char* text) {
    return reading(database,
                   [&](Session& session) { return confirmations_in(session, control, period(text)); })
        .size();
  };
  CHECK(count(ControlPoint::guidelines, "2026-11") == 1);
  CHECK(count(ControlPoint::guidelines, "2026-10") == 0);
  CHECK(count(ControlPoint::guidelines, "2026") == 1);
  CHECK(count(ControlPoint::verification, "2026-11") == 0);
  CHECK(count(ControlPoint::verification, "2026-10") == 1);
  CHECK(count(ControlPoint::verification, "2026-T4") == 1);
  CHECK(count(ControlPoint::verification, "2026-T3") == 0);
  confirm(database, ControlPoint::verification, procedure::verification_subject("DIR", "2026-C2"),
          ControlResult::conforming, given);
  CHECK(count(ControlPoint::verification, "2026-T3") == 1);  // it ends in August
}

TEST_CASE("a sample holds answered questions, without who asked, and is drawn once a month (R-08)") {
  DemoStore store;
  Database& database = *store.database;
  add_turn(
      database, "2026-10-01T08:00:00-05:00",
      R"({"outcome":"answered","question":"¿Cuándo vence?","card":"Riesgos: RIE-07","criteria":"RIE-07"})");
  add_turn(database, "2026-10-02T08:00:00-05:00", R"({"outcome":"recorded","verb":"avance.guardar"})");
  add_turn(database, "2026-10-03T08:00:00-05:00",
           R"({"outcome":"abstained","question":"¿Y eso?","answer":"No."})");
  add_turn(database, "2026-11-01T00:00:00-05:00", R"({"outcome":"answered","question":"¿Noviembre?"})");
  const auto turns = reading(database, [](Session& session) {
    return answered_turns(session, instant("2026-10-01T00:00:00-05:00"),
                          instant("2026-11-01T00:00:00-05:00"));
  });
  REQUIRE(turns.size() == 2);
  CHECK(turns[0].answer == "Riesgos: RIE-07");
  CHECK(turns[1].outcome == "abstained");

  const std::array numbers = {turns[0].number, turns[1].number};
  const auto draw = [&](const char* advisor) {
    return writing(database, [&](Session& session) {
      return add_sample(session, "2026-10", advisor, numbers, instant("2026-11-03T08:00:00-05:00"));
    });
  };
  CHECK(draw("U-003"));
  CHECK(!draw("U-004"));
  const auto sample = reading(database, [](Session& session) { return sample_of(session, "2026-10"); });
  REQUIRE(sample);
  CHECK(sample->advisor_id == "U-003");
  CHECK(sample->turns.size() == 2);
  CHECK(!reading(database, [](Session& session) { return sample_of(session, "2026-09"); }));

  confirm(database, ControlPoint::advice, procedure::register_subject("2026-10"), ControlResult::with_remarks,
          "2026-11-04T08:00:00-05:00", "Una respuesta es muy larga.");
  const auto tables = reading(database, [](Session& session) {
    return control_evidence(session, ControlPoint::advice, period("2026-10"));
  });
  REQUIRE(tables.size() == 2);
  REQUIRE(tables[0].rows.size() == 1);
  CHECK(tables[0].rows[0][3] == "con_observaciones");
  CHECK(tables[0].rows[0][7] == "2026-11-04T08:00:00-05:00");
  CHECK(tables[1].rows.size() == 2);
  for (const auto& table : tables) {
    for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
  }
}

TEST_CASE("an evidence pack of activities 1, 4 and 6 holds what was confirmed") {
  DemoStore store;
  Database& database = *store.database;
  const char* given = "2026-11-12T09:00:00-05:00";
  confirm(database, ControlPoint::guidelines, procedure::guideline_subject("riesgos", 2026, 1),
          ControlResult::conforming, given);
  confirm(database, ControlPoint::verification, procedure::verification_subject("DIR", "2026-10"),
          ControlResult::conforming, given);
  confirm(database, ControlPoint::adjustment, procedure::request_subject("SS-2026-0001"),
          ControlResult::conforming, given);
  const auto tables = [&](ControlPoint control, const char* text) {
    auto found =
        reading(database, [&](Session& session) { return control_evidence(session, control, period(text)); });
    for (const auto& table : found) {
      for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
    }
    return found;
  };
  const auto guidelines = tables(ControlPoint::guidelines, "2026-11");
  REQUIRE(guidelines.size() == 4);
  CHECK(guidelines[1].rows.at(0)[3] == "publicado");
  CHECK(guidelines[3].rows.size() == 2);  // made and published by the initial load
  const auto records = tables(ControlPoint::verification, "2026-10");
  CHECK(records[1].rows.size() > 0);
  const auto counts = reading(database, [](Session& session) {
    return review_counts(session, "DIR", period("2026-10"), rules_in_force(session, 2026));
  });
  CHECK(static_cast<std::size_t>(counts.unreviewed + counts.accepted + counts.returned) ==
        records[1].rows.size());
  // Of a quarter also what was recorded for its months.
  const auto total = [&](const char* text) {
    const ReviewCounts of = reading(database, [&](Session& session) {
      return review_counts(session, "DIR", period(text), rules_in_force(session, 2026));
    });
    return of.unreviewed + of.accepted + of.returned;
  };
  CHECK(total("2026-T3") >= total("2026-07") + total("2026-08") + total("2026-09"));
  CHECK(total("2026-09") > 0);
  CHECK(tables(ControlPoint::adjustment, "2026-11")[1].rows.size() == 1);
  CHECK(tables(ControlPoint::adjustment, "2026-10")[0].rows.empty());
}

TEST_CASE(
    "a quarter counts what ends in it, also of four months, a half and a year, and documentos in the third "
    "(R-19)") {
  DemoStore store;
  Database& database = *store.database;
  writing(database, [](Session& session) {
    session.run("DELETE FROM progress_records WHERE process_id = 'DIR'");
    const std::pair<const char*, const char*> records[] = {
        {"riesgos", "2026-C1"}, {"riesgos", "2026-C2"},  {"continuidad-del-negocio", "2026-S1"},
        {"riesgos", "2026-C3"}, {"indicadores", "2026"}, {"documentos", "2026"}};
    for (const auto& [practice, period] : records)
      session.run(
          "INSERT INTO progress_records (id, practice, item_id, process_id, period, recorded_values,"
          " recorded_at, channel, review, filing) VALUES ('AV-' || $1 || $2, $1, $1, 'DIR', $2, '{}',"
          " 1794000000000, 'pao_teams', 'registrado', 'capturado')",
          {std::string_view(practice), std::string_view(period)});
  });
  const auto waiting = [&](const char* text) {
    return reading(database, [&](Session& session) {
      return review_counts(session, "DIR", period(text), rules_in_force(session, 2026)).unreviewed;
    });
  };
  CHECK(waiting("2026-T1") == 0);
  CHECK(waiting("2026-T2") == 2);  // C1 ends in April, S1 in June
  CHECK(waiting("2026-T3") == 2);  // C2 ends in August; documentos are recorded in October
  CHECK(waiting("2026-T4") == 2);  // C3 and the year
}
