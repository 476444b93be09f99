#include "handlers/procedure/obligations.hpp"

#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

const Instant demo_noon = at_local_time(make_date(2026, 11, 12), std::chrono::hours{12});

// The oracle does not tell `futura` from `abierta`.
std::string oracle_state(ObligationState state) {
  return std::string(to_word(state == ObligationState::open ? ObligationState::future : state));
}

std::vector<Obligation> derive(const std::vector<Item>& items, const std::vector<PracticeRules>& rules,
                               int year = 2026) {
  auto derived = derive_obligations({}, items, rules, year, sample::entity_calendar());
  REQUIRE(derived);
  return *derived;
}

Item item_of(ItemKind kind, std::string id) {
  Item item;
  item.id = std::move(id);
  item.kind = kind;
  item.process_id = "DIR";
  return item;
}

Obligation planes_of_february() {
  return {"DIR", practice::plans, "T1", "2026-02", make_date(2026, 3, 6), make_date(2026, 3, 1)};
}

}  // namespace

TEST_CASE("every obligation of the sample ministry is the expected one, in the expected order (R-11, R-18)") {
  const Calendar calendar = sample::entity_calendar();
  const auto derived =
      derive_obligations(sample::processes(), sample::items(), sample::guidelines_2026(), 2026, calendar);
  REQUIRE(derived);
  const auto expected = sample::ministry("oraculo_obligaciones.csv");
  REQUIRE(expected.size() == 1712);
  REQUIRE(derived->size() == expected.size());
  const auto assessed = assess_all(*derived, RecordIndex(sample::records()), demo_noon, calendar);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& row = expected[i];
    const auto& [obligation, recorded_at, assessment] = assessed[i];
    CAPTURE(i);
    CAPTURE(obligation_key(obligation));
    CHECK(obligation.process_id == row.at("proceso_id"));
    CHECK(obligation.practice == row.at("practica"));
    CHECK(obligation.item_id == row.at("elemento_id"));
    CHECK(obligation.period == row.at("periodo"));
    CHECK(iso_date(obligation.due_on) == row.at("fecha_limite"));
    CHECK((recorded_at ? iso_instant(*recorded_at) : "") == row.at("registrado_en"));
    CHECK(oracle_state(assessment.state) == row.at("esperado_estado"));
    CHECK(to_word(assessment.timeliness) == row.at("esperado_oportunidad"));
    const auto left = assessment.business_days_left;
    CHECK((left ? std::to_string(*left) : "") == row.at("dias_habiles_para_vencer"));
  }
}

// The summary counts as on time only what has fallen due: a record made ahead of its date is not in it yet.
TEST_CASE("the counts per process are the expected ones") {
  const Calendar calendar = sample::entity_calendar();
  const auto derived =
      derive_obligations(sample::processes(), sample::items(), sample::guidelines_2026(), 2026, calendar);
  REQUIRE(derived);
  struct Counts {
    std::map<ObligationState, int> fallen_due;
    int due_soon = 0;
    int fallen = 0;
    int total = 0;
  };
  std::map<std::string, Counts> counts;
  for (const auto& one : assess_all(*derived, RecordIndex(sample::records()), demo_noon, calendar)) {
    Counts& of_process = counts[one.obligation.process_id];
    ++of_process.total;
    if (one.assessment.state == ObligationState::due_soon) ++of_process.due_soon;
    if (one.obligation.due_on >= local_date(demo_noon)) continue;
    ++of_process.fallen;
    ++of_process.fallen_due[one.assessment.state];
  }
  for (const auto& row : sample::ministry("oraculo_resumen_procesos.csv")) {
    CAPTURE(row.at("proceso_id"));
    Counts& of_process = counts[row.at("proceso_id")];
    CHECK(std::to_string(of_process.total) == row.at("obligaciones_2026"));
    CHECK(std::to_string(of_process.fallen) == row.at("exigibles_a_la_fecha"));
    CHECK(std::to_string(of_process.fallen_due[ObligationState::met]) == row.at("oportunas"));
    CHECK(std::to_string(of_process.fallen_due[ObligationState::met_late]) == row.at("extemporaneas"));
    CHECK(std::to_string(of_process.fallen_due[ObligationState::overdue]) == row.at("vencidas"));
    CHECK(std::to_string(of_process.due_soon) == row.at("por_vencer"));
  }
}

TEST_CASE("the planned percentage of every sample record is derived from the planned months") {
  std::map<std::string, Item> tasks;
  for (const auto& item : sample::items()) tasks[item.id] = item;
  for (const auto& row : sample::ministry("avances_plan.csv")) {
    CAPTURE(row.at("avance_id"));
    const auto planned = planned_percentage(tasks.at(row.at("tarea_id")), *parse_period(row.at("periodo")));
    REQUIRE(planned);
    CHECK(stored_number(*planned) == row.at("porcentaje_programado"));
  }
  CHECK_FALSE(planned_percentage(Item{}, *parse_period("2026-03")));
}

TEST_CASE("a record counts to the second (R-18)") {
  const Calendar calendar = sample::entity_calendar();
  struct Case {
    const char* recorded_at;
    ObligationState state;
    Timeliness timeliness;
  };
  for (const Case& c : {Case{"2026-03-06T23:59:59-05:00", ObligationState::met, Timeliness::on_time},
                        Case{"2026-03-06T23:59:59.999-05:00", ObligationState::met, Timeliness::on_time},
                        Case{"2026-03-07T04:59:59Z", ObligationState::met, Timeliness::on_time},
                        Case{"2026-03-07T00:00:00-05:00", ObligationState::met_late, Timeliness::late},
                        Case{"2026-02-10T10:00:00-05:00", ObligationState::met, Timeliness::on_time}}) {
    CAPTURE(c.recorded_at);
    const auto assessment = assess(planes_of_february(), parse_instant(c.recorded_at), demo_noon, calendar);
    CHECK(assessment.state == c.state);
    CHECK(assessment.timeliness == c.timeliness);
    CHECK_FALSE(assessment.business_days_left);
  }
}

TEST_CASE("an obligation without a record goes from future to overdue at midnight") {
  const Calendar calendar = sample::entity_calendar();
  const Obligation repac{"DIR",     practice::review_meeting, "REPAC-DIR",
                         "2026-T3", make_date(2026, 10, 22),  make_date(2026, 10, 1)};
  struct Case {
    const char* now;
    ObligationState state;
    int left;
  };
  for (const Case& c : {Case{"2026-09-30T23:59:59-05:00", ObligationState::future, 15},
                        Case{"2026-10-01T00:00:00-05:00", ObligationState::open, 14},
                        Case{"2026-10-14T12:00:00-05:00", ObligationState::open, 6},
                        Case{"2026-10-15T00:00:00-05:00", ObligationState::due_soon, 5},
                        Case{"2026-10-22T23:59:59-05:00", ObligationState::due_soon, 0},
                        Case{"2026-10-23T00:00:00-05:00", ObligationState::overdue, -1},
                        Case{"2026-10-24T12:00:00-05:00", ObligationState::overdue, -1},
                        Case{"2026-10-26T12:00:00-05:00", ObligationState::overdue, -2}}) {
    CAPTURE(c.now);
    const auto assessment = assess(repac, std::nullopt, *parse_instant(c.now), calendar);
    CHECK(assessment.state == c.state);
    CHECK(assessment.business_days_left == c.left);
    CHECK(assessment.timeliness == Timeliness::none);
  }
}

TEST_CASE("before the period ends an obligation is future, however near the due date") {
  const Obligation project{"DIR",     practice::projects,     "P",
                           "2026-10", make_date(2026, 11, 5), make_date(2026, 11, 1)};
  const auto assessment =
      assess(project, std::nullopt, *parse_instant("2026-10-30T12:00:00-05:00"), sample::entity_calendar());
  CHECK(assessment.business_days_left == 3);
  CHECK(assessment.state == ObligationState::future);
}

TEST_CASE("a record made after the moment asked about does not count yet") {
  const auto recorded = parse_instant("2026-03-05T10:00:00-05:00");
  const auto before = assess(planes_of_february(), recorded, *recorded - std::chrono::seconds{1}, Calendar{});
  CHECK(before.state == ObligationState::due_soon);
  CHECK(assess(planes_of_february(), recorded, *recorded, Calendar{}).state == ObligationState::met);
}

TEST_CASE("a task obliges only in its planned months of its own dates") {
  Item task = item_of(ItemKind::plan_task, "T1");
  task.planned_months = {3, 9, 12};
  task.starts_on = make_date(2026, 1, 1);
  task.ends_on = make_date(2026, 9, 30);
  const auto obligations = derive({task}, sample::guidelines_2026());
  REQUIRE(obligations.size() == 2);
  CHECK(obligations[0].period == "2026-03");
  CHECK(obligations[1].period == "2026-09");
  CHECK(derive({task}, sample::guidelines_2026(), 2027).empty());
}

TEST_CASE("an improvement action obliges in each month it touches") {
  Item action = item_of(ItemKind::improvement, "M1");
  CHECK(derive({action}, sample::guidelines_2026()).empty());
  action.starts_on = make_date(2026, 10, 31);
  auto obligations = derive({action}, sample::guidelines_2026());
  REQUIRE(obligations.size() == 3);
  CHECK(obligations.front().period == "2026-10");
  action.ends_on = make_date(2026, 11, 1);
  obligations = derive({action}, sample::guidelines_2026());
  REQUIRE(obligations.size() == 2);
  CHECK(obligations.back().period == "2026-11");
  CHECK(iso_date(obligations.back().due_on) == "2026-12-07");
}

TEST_CASE("an indicator without an approved sheet is not measured, another keeps its own periodicity") {
  Item indicator = item_of(ItemKind::indicator, "I1");
  indicator.attributes["hoja_de_vida"] = "borrador";
  CHECK(derive({indicator}, sample::guidelines_2026()).empty());
  indicator.attributes["hoja_de_vida"] = "aprobada";
  CHECK(derive({indicator}, sample::guidelines_2026()).size() == 4);
  indicator.periodicity = Periodicity::semiannual;
  CHECK(derive({indicator}, sample::guidelines_2026()).size() == 2);
}

TEST_CASE("a task recorded at 100 % settles its later months") {
  ProgressRecord done;
  done.practice = practice::plans;
  done.item_id = "T1";
  done.period = "2026-03";
  done.recorded_at = *parse_instant("2026-04-08T10:00:00-05:00");
  done.values["porcentaje_avance"] = "100";
  const RecordIndex records({done});
  Obligation obligation = planes_of_february();
  CHECK_FALSE(records.recorded_at(obligation));
  obligation.period = "2026-06";
  CHECK(records.recorded_at(obligation) == done.recorded_at);
  done.values["porcentaje_avance"] = "99,9";
  CHECK_FALSE(RecordIndex({done}).recorded_at(obligation));
}

TEST_CASE("of several records of one period the first save counts (R-18)") {
  ProgressRecord first;
  first.practice = practice::plans;
  first.item_id = "T1";
  first.period = "2026-02";
  first.recorded_at = *parse_instant("2026-03-06T10:00:00-05:00");
  ProgressRecord correction = first;
  correction.recorded_at = *parse_instant("2026-03-10T10:00:00-05:00");
  CHECK(RecordIndex({correction, first}).recorded_at(planes_of_february()) == first.recorded_at);
}

TEST_CASE("a timeliness that the first save fixed stands, whatever the calendar says now (5.3, R-18)") {
  ProgressRecord record;
  record.practice = practice::plans;
  record.item_id = "T1";
  record.period = "2026-02";
  struct Case {
    const char* recorded_at;
    Timeliness fixed;
    ObligationState state;
    Timeliness timeliness;
  };
  using enum Timeliness;
  for (const Case& each : {Case{"2026-03-07T10:00:00-05:00", on_time, ObligationState::met, on_time},
                           Case{"2026-03-06T10:00:00-05:00", late, ObligationState::met_late, late},
                           Case{"2026-03-06T10:00:00-05:00", none, ObligationState::met, on_time},
                           Case{"2026-03-07T10:00:00-05:00", none, ObligationState::met_late, late}}) {
    CAPTURE(each.recorded_at);
    record.recorded_at = *parse_instant(each.recorded_at);
    record.timeliness = each.fixed;
    const auto assessed =
        assess_all({planes_of_february()}, RecordIndex({record}), demo_noon, sample::entity_calendar());
    CHECK(assessed.front().assessment.state == each.state);
    CHECK(assessed.front().assessment.timeliness == each.timeliness);
  }
  record.timeliness = on_time;
  const auto before = assess_all({planes_of_february()}, RecordIndex({record}),
                                 *parse_instant("2026-03-02T10:00:00-05:00"), sample::entity_calendar());
  CHECK(before.front().assessment.timeliness == none);  // not recorded yet
}

TEST_CASE("rules: the latest term up to the year and its last version apply") {
  auto old_term = sample::rules_of(practice::plans, Periodicity::monthly, 5);
  old_term.term = 2025;
  auto second = sample::rules_of(practice::plans, Periodicity::monthly, 6);
  second.version = 2;
  const std::vector<PracticeRules> rules{sample::rules_of(practice::plans, Periodicity::monthly, 5), second,
                                         old_term};
  REQUIRE(rules_in_force(rules, practice::plans, 2026) != nullptr);
  CHECK(rules_in_force(rules, practice::plans, 2026)->version == 2);
  CHECK(rules_in_force(rules, practice::plans, 2027)->version == 2);
  CHECK(rules_in_force(rules, practice::plans, 2025)->term == 2025);
  CHECK(rules_in_force(rules, practice::plans, 2024) == nullptr);
  CHECK(rules_in_force(rules, practice::risks, 2026) == nullptr);
}

TEST_CASE("documentos is due in October of its year, or in the month its guideline names") {
  auto rules = sample::rules_of(practice::documents, Periodicity::annual, 10);
  const Calendar calendar = sample::entity_calendar();
  CHECK(iso_date(due_date(rules, *parse_period("2026"), calendar).value()) == "2026-10-15");
  rules.cutoff_month = 9;
  CHECK(iso_date(due_date(rules, *parse_period("2026"), calendar).value()) == "2026-09-14");
}

TEST_CASE("a due date is explained from the last day of the period (R-11)") {
  const auto rules = sample::rules_of(practice::plans, Periodicity::monthly, 5);
  const auto explanation = explain_due_date(rules, *parse_period("2026-03"), sample::entity_calendar());
  REQUIRE(explanation);
  CHECK(iso_date(explanation->start) == "2026-03-31");
  CHECK(iso_date(explanation->end) == "2026-04-09");
  CHECK(explanation->skipped_weekdays().size() == 2);
}

TEST_CASE("a guideline that asks for a business day its month does not have is refused") {
  const auto rules = sample::rules_of(practice::risks, Periodicity::four_monthly, 25);
  CHECK_FALSE(derive_obligations({}, {item_of(ItemKind::risk_control, "C1")}, {rules}, 2026, Calendar{}));
}
