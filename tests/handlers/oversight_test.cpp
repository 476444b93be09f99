// What internal control reads, that each read is kept, and that it can write nothing.
#include "cards/verbs.hpp"
#include "handlers/oversight/plan_view.hpp"
#include "storage/oversight_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

std::int64_t reads_kept(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](storage::Session& session) { return storage::count_oversight_reads(session); });
}

storage::OversightRead last_read(const Assistant& assistant) {
  const auto reads = reading(assistant.database(), [](storage::Session& session) {
    return storage::oversight_reads(session, 1, 0);
  });
  REQUIRE(reads.size() == 1);
  return reads[0];
}

constexpr const char* notice = "No es la evaluación de la Oficina de Control";

}  // namespace

TEST_CASE(
    "internal control reads the plans of every process, and each read is kept once (R-45, R-46, C-14)") {
  const Assistant assistant;
  std::int64_t kept = 0;
  for (const procedure::Process& process : assistant.reference().current()->processes) {
    CAPTURE(process.id);
    const Said plan = assistant.presses(internal_control, verb::oversight_plan, {{"proceso", process.id}});
    REQUIRE_MESSAGE(plan.outcome() == "oversight_shown", plan.outcome());
    CHECK(plan.shows(process.name));
    CHECK(plan.shows("Programado"));
    CHECK(plan.shows(notice));
    CHECK(reads_kept(assistant) == ++kept);
    const storage::OversightRead read = last_read(assistant);
    CHECK(read.reader == internal_control);
    CHECK(read.subject == process.id);
    CHECK(read.at == assistant.now());
    CHECK(read.content.find("planes") != std::string::npos);
    const Said reports =
        assistant.presses(internal_control, verb::oversight_reports, {{"proceso", process.id}});
    REQUIRE(reports.outcome() == "oversight_shown");
    CHECK(reports.shows(notice));
    CHECK(reads_kept(assistant) == ++kept);
  }
  CHECK(kept >= 48);
}

TEST_CASE(
    "an activity shows percentages, timeliness, descriptions and evidence of its records (R-45, C-14)") {
  const Assistant assistant;
  const Said first =
      assistant.presses(internal_control, verb::oversight_activity, {{"elemento", "PAI-DIR-01"}});
  REQUIRE_MESSAGE(first.outcome() == "oversight_shown", first.outcome());
  CHECK(first.shows("Programado"));
  CHECK(first.shows("reportado"));
  CHECK(first.shows("Oportuno"));
  CHECK(first.shows("PAI-DIR-01-T1"));
  CHECK(first.shows("Se realizaron las sesiones de trabajo"));
  CHECK(first.shows("2026-04.pdf"));
  CHECK(first.shows(notice));
  CHECK(last_read(assistant).content.find("PAI-DIR-01") != std::string::npos);
  const Said second = assistant.presses(internal_control, verb::oversight_activity,
                                        {{"elemento", "PAI-DIR-01"}, {"pagina", "1"}});
  CHECK(second.shows("PAI-DIR-01-T2"));
  CHECK(reads_kept(assistant) == 2);
}

TEST_CASE("the figures of a plan are those of its records (R-45)") {
  const Assistant assistant;
  const auto plan = reading(assistant.database(), [&](storage::Session& session) {
    return oversight::plan_of(session, *assistant.reference().current(), "DIR", 2026, assistant.now());
  });
  const oversight::PlanActivity* activity = nullptr;
  for (const auto& one : plan.activities) {
    if (one.id == "PAI-DIR-01") activity = &one;
  }
  REQUIRE(activity);
  REQUIRE(activity->tasks.size() == 2);
  CHECK(activity->plan == "PAI");
  CHECK(activity->goal == "12 reportes");
  // T1 weighs 40 and is done; T2 weighs 60 and reported 83 in October.
  REQUIRE(activity->tasks[0].reported);
  CHECK(*activity->tasks[0].reported == doctest::Approx(100));
  REQUIRE(activity->tasks[1].reported);
  CHECK(*activity->tasks[1].reported == doctest::Approx(83));
  REQUIRE(activity->reported);
  CHECK(*activity->reported == doctest::Approx(0.4 * 100 + 0.6 * 83));
  CHECK(plan.counts.on_time > 0);
  for (const auto& task : activity->tasks) {
    for (const auto& period : task.periods) {
      if (period.reported) CHECK_FALSE(period.evidence.empty());
    }
  }
}

TEST_CASE(
    "until 31 March internal control finds the year before, with its December, and a way to the new one "
    "(R-45, C-14)") {
  Assistant assistant("2027-01-04T09:00:00-05:00");
  const Said list = assistant.presses(internal_control, verb::oversight_list);
  CHECK(list.shows("Vigencia 2026"));
  CHECK(list.shows("Ver la vigencia 2027"));
  const Said plan = assistant.presses(internal_control, verb::oversight_plan, {{"proceso", "DIR"}});
  CHECK(plan.shows("Vigencia 2026"));
  CHECK(plan.shows("PAI-DIR-01"));
  // What is due in January is of December.
  const Said december =
      assistant.presses(internal_control, verb::oversight_activity,
                        {{"elemento", "PAI-DIR-01"}, {"pagina", "2"}, {"vigencia", "2026"}});
  CHECK(december.shows("PAI-DIR-01-T2, diciembre de 2026"));
  CHECK(assistant.presses(coordination, verb::oversight_reads)
            .shows("planes de Direccionamiento Estratégico, vigencia 2026"));
  assistant.move_to("2027-03-31T23:59:59-05:00");
  CHECK(assistant.presses(internal_control, verb::oversight_list).shows("Vigencia 2026"));
  assistant.move_to("2027-04-01T00:00:00-05:00");
  const Said spring = assistant.presses(internal_control, verb::oversight_list);
  CHECK(spring.shows("Vigencia 2027"));
  CHECK(spring.shows("Ver la vigencia 2026"));
  // Nothing was recorded in 2025, so the first quarter of 2026 looks at its own year.
  const Assistant beginning("2026-02-02T09:00:00-05:00");
  CHECK(beginning.presses(internal_control, verb::oversight_list).shows("Vigencia 2026"));
}

TEST_CASE("a plan has the activities that run in its vigencia, and no other ones (R-45)") {
  const Assistant assistant;
  assistant.change(
      "UPDATE items SET starts_on = '2027-01-01', ends_on = '2027-12-31' WHERE id LIKE 'PAI-DIR-02%'");
  const auto plan = [&](const char* term) {
    return assistant.presses(internal_control, verb::oversight_plan,
                             {{"proceso", "DIR"}, {"vigencia", term}});
  };
  CHECK(plan("2026").shows("PAI-DIR-01"));
  CHECK_FALSE(plan("2026").shows("PAI-DIR-02"));
  CHECK(plan("2027").shows("PAI-DIR-02"));
  CHECK_FALSE(plan("2027").shows("PAI-DIR-01"));
  CHECK(plan("2024").shows("El proceso no tiene actividades en sus planes de esta vigencia."));
  const std::int64_t kept = reads_kept(assistant);
  const Said gone = assistant.presses(internal_control, verb::oversight_activity,
                                      {{"elemento", "PAI-DIR-02"}, {"vigencia", "2026"}});
  REQUIRE(gone.error);
  CHECK(gone.error->message.find("no es de la vigencia 2026") != std::string::npos);
  CHECK(reads_kept(assistant) == kept);
}

TEST_CASE("what is no vigencia is refused with the years that are (R-45)") {
  const Assistant assistant;
  for (const char* term : {"1999", "2028", "-2026", "26", "2026-03", "dos mil", "99999999999999999999"}) {
    CAPTURE(term);
    for (const Said& said :
         {assistant.presses(internal_control, verb::oversight_list, {{"vigencia", term}}),
          assistant.presses(internal_control, verb::oversight_plan, {{"proceso", "DIR"}, {"vigencia", term}}),
          assistant.presses(internal_control, verb::oversight_activity,
                            {{"elemento", "PAI-DIR-01"}, {"vigencia", term}})}) {
      REQUIRE(said.error);
      CHECK(said.error->code == ErrorCode::invalid);
      CHECK(said.error->message.find("Elija un año entre 2000 y 2027.") != std::string::npos);
    }
  }
  CHECK(reads_kept(assistant) == 0);
}

TEST_CASE(
    "averages go by weight; what was not reported counts as nothing done, what was not planned not at all") {
  using oversight::weighted;
  CHECK_FALSE(weighted({}));
  CHECK_FALSE(weighted({{40, std::nullopt}}));
  CHECK(*weighted({{40, 100.0}, {60, 50.0}}) == doctest::Approx(70));
  CHECK(*weighted({{40, 100.0}, {60, std::nullopt}}) == doctest::Approx(100));
  CHECK(*weighted({{0, 100.0}, {0, 50.0}}) == doctest::Approx(75));
}

TEST_CASE("the list is read page by page, and what is no page is the nearest one (R-46)") {
  const Assistant assistant;
  std::set<std::string> cards;
  for (const char* page : {"0", "1", "7", "-3", "x"}) {
    const Said list = assistant.presses(internal_control, verb::oversight_list, {{"pagina", page}});
    CHECK(list.outcome() == "oversight_shown");
    CHECK(list.shows(notice));
    cards.insert(list.shown());
  }
  CHECK(cards.size() == 2);  // 24 processes are two pages
  CHECK(reads_kept(assistant) == 5);
}

TEST_CASE("internal control opens plans and reports in words, the others ask about the practice (R-45)") {
  const Assistant assistant;
  for (const char* words : {"ver los planes", "planes", "planes de comunicaciones"}) {
    CAPTURE(words);
    CHECK(assistant.says(internal_control, words).outcome() == "oversight_shown");
  }
  const Said named = assistant.says(internal_control, "ver planes de Gestión de Comunicaciones");
  CHECK(named.outcome() == "oversight_shown");
  CHECK(named.shows("Programado"));
  CHECK(last_read(assistant).subject == "COM");
  CHECK(assistant.says(internal_control, "planes de comunicaciones").shown() == named.shown());
  CHECK(assistant.says(internal_control, "reportes publicados").route == "report.said");
  CHECK(assistant.says(liaison_dir, "planes de comunicaciones").outcome() != "oversight_shown");
}

TEST_CASE("the people of a process read their plans without an entry of internal control (R-46)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir, advisor_dir, coordination, head}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::oversight_plan, {{"proceso", "DIR"}}).outcome() ==
          "oversight_shown");
  }
  CHECK(reads_kept(assistant) == 0);
  for (const char* person : {liaison_com, owner_com}) {
    const Said refused = assistant.presses(person, verb::oversight_plan, {{"proceso", "DIR"}});
    REQUIRE(refused.error);
    CHECK(refused.error->code == ErrorCode::refused);
  }
}

TEST_CASE("internal control's reading of a report is kept once, whatever card shows it (R-46, C-14)") {
  const Assistant assistant;
  const Values report = {{"reporte", "REP-COM-2026-T2"}};
  struct Case {
    const char* verb;
    Values values;
    const char* words;  // in the list of what was read
  };
  const Case cases[] = {
      {verb::report_list, {}, "lista de reportes"},
      {verb::report_view, report, "reporte de Gestión de Comunicaciones, REP-COM-2026-T2"},
      {verb::report_final, report, "reporte de Gestión de Comunicaciones, REP-COM-2026-T2"},
      {verb::report_recommendations, report, "recomendaciones de Gestión de Comunicaciones, REP-COM-2026-T2"},
  };
  std::int64_t kept = 0;
  for (const Case& each : cases) {
    CAPTURE(each.verb);
    REQUIRE_FALSE(assistant.presses(internal_control, each.verb, each.values).error);
    CHECK(reads_kept(assistant) == ++kept);
    CHECK(last_read(assistant).reader == internal_control);
    CHECK(assistant.presses(coordination, verb::oversight_reads).shows(each.words));
    for (const char* person : {leader_com, liaison_com, advisor_com, coordination})
      REQUIRE_FALSE(assistant.presses(person, each.verb, each.values).error);
    CHECK(reads_kept(assistant) == kept);
  }
  REQUIRE_FALSE(assistant.says(internal_control, "reportes publicados").error);
  CHECK(reads_kept(assistant) == ++kept);
  // What is refused was not read.
  CHECK(assistant.presses(internal_control, verb::report_view, {{"reporte", "REP-COM-2026-T3"}}).error);
  CHECK(reads_kept(assistant) == kept);
}

TEST_CASE("internal control reads planes and finished reports, and nothing else (R-46, R-51, decision 16)") {
  const Assistant assistant;
  struct Case {
    const char* name;
    const char* verb;
    Values values;
  };
  const Case cases[] = {
      {"an item of another practice", verb::oversight_activity, {{"elemento", "RIE-DIR-01"}}},
      {"a task by itself", verb::oversight_activity, {{"elemento", "PAI-DIR-01-T1"}}},
      {"what does not exist", verb::oversight_activity, {{"elemento", "PAI-XXX"}}},
      {"a process that does not exist", verb::oversight_plan, {{"proceso", "XXX"}}},
      {"what was read", verb::oversight_reads, {}},
      {"the team", verb::team_view, {{"proceso", "DIR"}}},
      {"what has nobody", verb::ownership_gaps, {}},
      {"the queue of SS", verb::request_queue, {}},
      {"the queue of consults", verb::consult_queue, {}},
      {"an SS", verb::request_view, {{"ss", "SS-2026-0070"}}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Said said = assistant.presses(internal_control, each.verb, each.values);
    CHECK(said.error);
  }
  CHECK(reads_kept(assistant) == 0);
}

TEST_CASE("every write of internal control is refused with no autorizado and changes nothing (R-46, C-14)") {
  const Assistant assistant;
  const Said asked = assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", "¿Qué hago?"}});
  REQUIRE(asked.outcome() == "escalated");
  struct Case {
    const char* verb;
    Values values;
  };
  const Case writes[] = {
      {verb::progress_save, {{"elemento", "PAI-DIR-01-T2"}, {"periodo", "2026-10"}}},
      {verb::request_file, {{"tipo", "SS-2"}, {"proceso", "DIR"}, {"practica", "planes"}}},
      {verb::designate, {{"proceso", "DIR"}, {"persona", owner_dir}}},
      {verb::liaison_ending, {{"proceso", "DIR"}, {"persona", liaison_dir}}},
      {verb::request_take, {{"ss", "SS-2026-0070"}}},
      {verb::request_decide, {{"ss", "SS-2026-0070"}, {"decision", "aprobada"}}},
      {verb::request_apply, {{"ss", "SS-2026-0070"}}},
      {verb::request_reassign, {{"ss", "SS-2026-0070"}, {"asesor", advisor_com}}},
      {verb::request_endorse, {{"ss", "SS-2026-0070"}}},
      {verb::advisor_send, {{"pregunta", "¿Qué hago?"}}},
      {verb::consult_reply, {{"consulta", "C-2026-0001"}, {"respuesta", "Haga esto"}}},
      {verb::control_confirm, {{"punto", "1"}, {"asunto", "guideline:riesgos:2026:1"}}},
      {verb::guideline_publish, {{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "1"}}},
  };
  for (const Case& each : writes) {
    CAPTURE(each.verb);
    const Said said = assistant.presses(internal_control, each.verb, each.values);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::refused);
    CHECK_MESSAGE(said.error->message.rfind("No autorizado", 0) == 0, said.error->message);
  }
}

TEST_CASE("the coordination sees who of internal control read what, newest first (R-46)") {
  Assistant assistant;
  assistant.presses(internal_control, verb::oversight_plan, {{"proceso", "DIR"}});
  assistant.move_to("2026-11-12T10:00:00-05:00");
  assistant.presses(internal_control, verb::oversight_reports, {{"proceso", "COM"}});
  const Said reads = assistant.says(coordination, "qué leyó OCI");
  REQUIRE_MESSAGE(reads.outcome() == "oversight_reads_shown", reads.outcome());
  CHECK(reads.field("reads") == "2");
  CHECK(reads.shows(assistant.person(internal_control).name));
  const std::string shown = reads.shown();
  const auto com = shown.find("reportes de Gestión de Comunicaciones");
  const auto dir = shown.find("planes de Direccionamiento Estratégico");
  REQUIRE(com != std::string::npos);
  REQUIRE(dir != std::string::npos);
  CHECK(com < dir);
}

TEST_CASE(
    "finished reports show what was answered in the window and what was adjusted, and no draft (R-35)") {
  const Assistant assistant;
  std::size_t with_reports = 0;
  for (const procedure::Process& process : assistant.reference().current()->processes) {
    const auto finished = reading(assistant.database(), [&](storage::Session& session) {
      return storage::finished_reports(session, process.id);
    });
    with_reports += finished.empty() ? 0 : 1;
    for (const storage::FinishedReport& report : finished) {
      CAPTURE(report.id);
      CHECK((report.state == "final" || report.state == "publicado"));
      const Said shown =
          assistant.presses(internal_control, verb::oversight_reports, {{"proceso", process.id}});
      CHECK(shown.shows(report.id));
      CHECK((shown.shows("El proceso") || shown.shows("no se pronunció")));
    }
  }
  CHECK(with_reports > 0);
}
