// Figures, differences and suggested recommendations of a follow-up report, and its language.
#include "handlers/procedure/follow_up_report.hpp"

#include "handlers/procedure/plain_language.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pao;
using namespace pao::procedure;

namespace {

ReportLine line(const std::string& item, ObligationState state, const std::string& practice = "planes") {
  ReportLine one{.practice = practice, .item_id = item, .period = "2026-09", .item_name = "Tarea " + item};
  one.due_on = make_date(2026, 10, 7);
  one.state = state;
  if (state == ObligationState::met || state == ObligationState::met_late) {
    one.record_id = "AV-" + item;
    one.recorded_at = at_local_time(make_date(2026, 10, 6), std::chrono::hours{9});
    one.review = ReviewState::accepted;
  }
  return one;
}

std::vector<ReportLine> some_lines() {
  std::vector<ReportLine> lines = {
      line("A", ObligationState::met),           line("B", ObligationState::met_late),
      line("C", ObligationState::overdue),       line("D", ObligationState::overdue),
      line("E", ObligationState::open),          line("F", ObligationState::no_record_due),
      line("R", ObligationState::met, "riesgos")};
  lines[0].alerts = 2;
  lines[2].alerts = 3;
  lines[1].review = ReviewState::returned;
  return lines;
}

}  // namespace

TEST_CASE("the figures of a practice are those of its lines (R-26)") {
  const auto figures = figures_of(some_lines(), {{.practice = "planes"}, {.practice = "documentos"}});
  REQUIRE(figures.size() == 3);
  const PracticeFigures& plans = figures[0];
  CHECK(plans.practice == "planes");
  CHECK(plans.obligations == 4);
  CHECK(plans.on_time == 1);
  CHECK(plans.late == 1);
  CHECK(plans.missing == 2);
  CHECK(plans.returned == 1);
  CHECK(plans.alerts == 5);
  CHECK(plans.recommendations == 1);
  CHECK(plans.not_yet_due == 1);
  CHECK(plans.obligations == plans.on_time + plans.late + plans.missing);
  CHECK(figures[1].practice == "riesgos");
  CHECK(figures[2].practice == "documentos");
  CHECK(figures[2].recommendations == 1);
}

TEST_CASE("each change of the final report says field, before, after and why (R-36)") {
  const std::vector<ReportLine> before = some_lines();
  std::vector<ReportLine> after = before;
  after[2].treatment = "justificada";
  after[2].reason = "Fuerza mayor probada.";
  after[3].state = ObligationState::met_late;
  after[3].record_id = "AV-D";
  after[3].recorded_at = at_local_time(make_date(2026, 11, 9), std::chrono::hours{9});
  after.pop_back();
  after.push_back(line("N", ObligationState::met));
  const auto changes = changes_between(before, after);
  REQUIRE(changes.size() == 5);
  CHECK(changes[0].field == "tratamiento");
  CHECK(changes[0].after == "justificada");
  CHECK(changes[0].reason == "Fuerza mayor probada.");
  CHECK(changes[1].field == "estado");
  CHECK(changes[1].before == "sin registro");
  CHECK(changes[1].after == "registrado fuera de plazo");
  CHECK(changes[1].reason == "Se registró el 2026-11-09, después del corte.");
  CHECK(changes[2].field == "registro");
  CHECK(changes[3].before == "no estaba");
  CHECK(changes[4].after == "ya no está");
  CHECK(changes_between(before, before).empty());
}

TEST_CASE("an obligation belongs to the quarter in which its period ended") {
  const auto of = [](Date opens_on) {
    Obligation obligation;
    obligation.opens_on = opens_on;
    return obligation;
  };
  CHECK(belongs_to_cycle(of(make_date(2026, 8, 1)), "2026-T3"));
  CHECK(belongs_to_cycle(of(make_date(2026, 10, 1)), "2026-T3"));  // also documentos, recorded in October
  CHECK_FALSE(belongs_to_cycle(of(make_date(2026, 7, 1)), "2026-T3"));
  CHECK_FALSE(belongs_to_cycle(of(make_date(2026, 11, 1)), "2026-T3"));
  CHECK_FALSE(belongs_to_cycle(of(make_date(2026, 8, 1)), "nada"));
  CHECK(last_closed_cycle(make_date(2026, 11, 12)) == "2026-T3");
  CHECK(last_closed_cycle(make_date(2027, 1, 4)) == "2026-T4");
}

TEST_CASE("what the product suggests by itself is in plain language (R-27)") {
  std::vector<ReportLine> lines = some_lines();
  for (int i = 0; i < 30; ++i)
    lines.push_back(line("PAI-COM-0" + std::to_string(i), ObligationState::overdue));
  const auto suggested = suggested_recommendations(lines, make_date(2026, 12, 15));
  REQUIRE(suggested.size() == 3);
  for (const ReportRecommendation& one : suggested) {
    CAPTURE(one.observed);
    CHECK(check_recommendation(one.observed, one.suggestion, one.target_on).empty());
  }
  CHECK(suggested[0].observed == "Faltan 32 registros del periodo. Se trata de C, D y 30 más.");
}

TEST_CASE("plain language: long sentences, unexplained acronyms, words of grading, missing parts (R-27)") {
  struct Case {
    const char* text;
    std::size_t problems;
  };
  const Case cases[] = {
      {"Falta un registro. Regístrelo.", 0},
      {"Use una SS-5 o entre al SMGI.", 0},  // every report explains these
      {"Revise PAI-DIR-01-T2 y AV-2026-000123.", 0},
      {"El plan de contingencia (PCN) no tiene prueba. Programe la prueba del PCN.", 0},
      {"El PCN no tiene prueba.", 1},
      {"Su calificación fue baja y su puntaje también.", 2},
      {"uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
       "diecisiete dieciocho diecinueve veinte",
       0},
      {"uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
       "diecisiete dieciocho diecinueve veinte veintiuno",
       1},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(check_language(each.text).size() == each.problems);
  }
  CHECK(check_recommendation("", "", std::nullopt).size() == 3);
  CHECK(acronyms_in("Use la SS-4 del SMGI").size() == 2);
}
