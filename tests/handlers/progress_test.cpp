// Recording progress from the chat.
#include "cards/verbs.hpp"
#include "storage/items_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <sstream>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

// COM, 5 November 2026: the plans of October close on the 9th, the monthly indicator on the 12th.
constexpr const char* open_morning = "2026-11-05T09:00:00-05:00";
constexpr const char* task = "PAI-COM-02-T2";  // of U-022, not recorded for October
constexpr const char* indicator = "IND-COM-01";

Values good_plan_values() {
  return {{"elemento", task},
          {"periodo", "2026-10"},
          {"porcentaje_avance", "90"},
          {"descripcion_cualitativa", "Se publicaron los boletines de octubre"},
          {"evidencia", "boletin-octubre.pdf"},
          {"tipo_evidencia", "informe"},
          {"responsable", "Rocío"}};
}

std::size_t records_of(const Assistant& assistant, const char* item) {
  return reading(assistant.database(),
                 [&](storage::Session& session) { return storage::records_of_item(session, item); })
      .size();
}

}  // namespace

TEST_CASE("the form asks the practice's own fields and knows what is known") {
  const Assistant assistant(open_morning);
  const Said form =
      assistant.presses(liaison_com, verb::progress_form, {{"elemento", task}, {"periodo", "2026-10"}});
  REQUIRE(form.outcome() == "progress_form_shown");
  for (const char* field : {"porcentaje_avance", "descripcion_cualitativa", "evidencia", "tipo_evidencia"}) {
    CAPTURE(field);
    CHECK(form.shows(std::string("\"id\":\"") + field + "\""));
  }
  CHECK_FALSE(form.shows("\"id\":\"numerador\""));
  CHECK(form.shows("Rocío Sietecueros"));       // who is responsible for the task
  CHECK(form.shows("80"));                      // planned for October
  CHECK(form.shows("agosto de 2026"));          // the last record
  CHECK(form.shows("9 de noviembre de 2026"));  // until when
}

TEST_CASE("a good record is stored once and confirmed with receipt, author and time (R-13, R-17)") {
  const Assistant assistant(open_morning);
  const std::size_t before = records_of(assistant, task);
  const Said saved = assistant.presses(liaison_com, verb::progress_save, good_plan_values());
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(records_of(assistant, task) == before + 1);
  CHECK(saved.shows(saved.field("record")));
  CHECK(saved.shows("Tobías Arrayán"));
  CHECK(saved.shows("5 de noviembre de 2026"));
  CHECK(saved.shows("Oportuno"));
  CHECK(saved.field("to") == "registrado");
  const auto stored = reading(assistant.database(), [&](storage::Session& session) {
    return storage::records_of_item(session, task);
  });
  CHECK(stored.back().recorded_by == liaison_com);
  CHECK(stored.back().channel == "pao_teams");
  CHECK(stored.back().values.at("porcentaje_avance") == "90");

  const Said again = assistant.presses(liaison_com, verb::progress_save, good_plan_values());
  REQUIRE(again.error);
  CHECK(again.error->code == ErrorCode::conflict);
  CHECK(again.error->message.find("SS-1") != std::string::npos);
  CHECK(records_of(assistant, task) == before + 1);
}

TEST_CASE("a record that cannot be saved comes back with what was typed and what to correct (R-12, R-14)") {
  struct Case {
    std::string field;
    std::string value;
    const char* kept;
  };
  const Case cases[] = {{"descripcion_cualitativa", "", "boletin-octubre.pdf"},
                        {"porcentaje_avance", "101", "101"},
                        {"porcentaje_avance", "1", "Se publicaron los boletines de octubre"},
                        {"porcentaje_avance", "mucho", "boletin-octubre.pdf"},
                        {"evidencia", "", "Se publicaron los boletines de octubre"},
                        {"tipo_evidencia", "foto", "boletin-octubre.pdf"}};
  const Assistant assistant(open_morning);
  const std::size_t before = records_of(assistant, task);
  for (const Case& each : cases) {
    CAPTURE(each.field);
    CAPTURE(each.value);
    Values values = good_plan_values();
    values[each.field] = each.value;
    const Said said = assistant.presses(liaison_com, verb::progress_save, values);
    CHECK(said.outcome() == "form_incomplete");
    CHECK(said.shows(each.kept));
    CHECK(said.shows(verb::progress_save));
    CHECK(records_of(assistant, task) == before);
  }
}

TEST_CASE("below the plan the delay must be explained (R-14)") {
  const Assistant assistant(open_morning);
  Values values = good_plan_values();
  values["porcentaje_avance"] = "70";
  const Said asked = assistant.presses(liaison_com, verb::progress_save, values);
  CHECK(asked.outcome() == "form_incomplete");
  CHECK(asked.shows("\"id\":\"justificacion_atraso\""));
  values["justificacion_atraso"] = "Un proveedor entregó tarde";
  CHECK(assistant.presses(liaison_com, verb::progress_save, values).outcome() == "progress_recorded");
}

TEST_CASE("an indicator's result is computed, whatever the card says") {
  const Assistant assistant(open_morning);
  const Said saved = assistant.presses("U-022", verb::progress_save,
                                       {{"elemento", indicator},
                                        {"periodo", "2026-10"},
                                        {"numerador", "45"},
                                        {"denominador", "50"},
                                        {"resultado", "100"},
                                        {"analisis", "Se mantiene la tendencia"},
                                        {"evidencia", "octubre.xlsx"},
                                        {"tipo_evidencia", "hoja_de_calculo"}});
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  const auto stored = reading(assistant.database(), [&](storage::Session& session) {
    return storage::records_of_item(session, indicator);
  });
  CHECK(stored.back().values.at("resultado") == "90");
}

TEST_CASE("only what is due and open can be recorded") {
  struct Case {
    std::string name;
    const char* now;
    const char* item;
    const char* period;
    ErrorCode code;
    const char* words;
  };
  const Case cases[] = {
      {"last second", "2026-11-09T23:59:59-05:00", task, "2026-10", ErrorCode::internal, ""},
      {"one second later", "2026-11-10T00:00:00-05:00", task, "2026-10", ErrorCode::refused, "SS-5"},
      {"not yet open", "2026-11-30T23:59:59-05:00", task, "2026-12", ErrorCode::refused,
       "todavía no termina"},
      {"nothing planned", open_morning, task, "2026-09", ErrorCode::refused, "no tiene avance programado"},
      {"another kind of period", open_morning, task, "2026-T3", ErrorCode::refused,
       "no tiene avance programado"},
      {"recorded already", open_morning, "PAI-COM-02-T2", "2026-08", ErrorCode::conflict,
       "ya está registrado"},
  };
  Assistant assistant(open_morning);
  for (const Case& each : cases) {
    CAPTURE(each.name);
    assistant.move_to(each.now);
    const Values values = {{"elemento", each.item}, {"periodo", each.period}};
    for (const char* pressed : {verb::progress_form, verb::progress_save}) {
      const Said said = assistant.presses(liaison_com, pressed, values);
      CHECK(said.error.has_value() == (*each.words != 0));
      if (!said.error) continue;
      CHECK(said.error->code == each.code);
      CHECK(said.error->message.find(each.words) != std::string::npos);
    }
  }
}

TEST_CASE("when two people save the same record at once the second is told so, and it is stored once") {
  const Assistant assistant(open_morning);
  const std::size_t before = records_of(assistant, task);
  const Handled first =
      assistant.decide(assistant.press(liaison_com, verb::progress_save, good_plan_values()));
  const Handled second =
      assistant.decide(assistant.press(leader_com, verb::progress_save, good_plan_values()));
  CHECK(assistant.commit(first).outcome() == "progress_recorded");
  const Said late = assistant.commit(second);
  REQUIRE(late.error);
  CHECK(late.error->code == ErrorCode::conflict);
  CHECK(late.error->message.find("acaba de registrar") != std::string::npos);
  CHECK(records_of(assistant, task) == before + 1);
}

TEST_CASE("an owner records own items and no others; leader and liaison any of the process (R-16)") {
  const Assistant assistant(open_morning);
  const Values values = {{"elemento", task}, {"periodo", "2026-10"}};  // of U-022
  CHECK(assistant.presses("U-022", verb::progress_form, values).outcome() == "progress_form_shown");
  CHECK(assistant.presses(leader_com, verb::progress_form, values).outcome() == "progress_form_shown");
  const Said other = assistant.presses(owner_com, verb::progress_form, values);
  REQUIRE(other.error);
  CHECK(other.error->code == ErrorCode::refused);
  CHECK(other.error->message.find("a cargo de otra persona") != std::string::npos);
  CHECK(assistant.presses(liaison_dir, verb::progress_form, values).error);
  CHECK(assistant.presses(advisor_com, verb::progress_save, good_plan_values()).error);
}

TEST_CASE("the list shows what the person can record now, most urgent first") {
  const Assistant assistant(open_morning);
  const Said all = assistant.presses(liaison_com, verb::progress_list, {{"practica", ""}});
  REQUIRE(all.outcome() == "progress_choices_shown");
  CHECK(all.shown().find(task) < all.shown().find(indicator));  // 9 November before 12 November
  const Said plans = assistant.presses(liaison_com, verb::progress_list, {{"practica", "planes"}});
  CHECK(plans.shows(task));
  CHECK_FALSE(plans.shows(indicator));
  const Said own = assistant.presses(owner_com, verb::progress_list);
  CHECK_FALSE(own.shows(task));
}

TEST_CASE("naming a task opens its form, naming its activity too when one task is open") {
  const Assistant assistant(open_morning);
  for (const char* words : {"registrar avance de PAI-COM-02-T2", "quiero registrar avance de pai-com-02"}) {
    CAPTURE(words);
    const Said said = assistant.says(liaison_com, words);
    CHECK(said.route == "progress.start");
    CHECK(said.outcome() == "progress_form_shown");
    CHECK(said.field("item") == task);
  }
}

TEST_CASE("with nothing open the person is told why and what can be done") {
  const Assistant assistant;  // the plans of October are closed
  for (const char* person : {liaison_dir, owner_dir}) {
    const Said said = assistant.presses(person, verb::progress_list, {{"practica", "planes"}});
    CHECK(said.outcome() == "progress_nothing_open");
    CHECK(said.shows("SS-5"));
  }
}

TEST_CASE("what was recorded in time stays so when the calendar changes afterwards (5.3, R-18)") {
  Assistant assistant("2026-11-09T16:00:00-05:00");  // the last day
  const Said saved = assistant.presses(liaison_com, verb::progress_save, good_plan_values());
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  // A Saturday that is worked after all: the fifth business day was the 7th.
  assistant.change(
      "INSERT INTO entity_days (day, name, norm, working) VALUES ('2026-11-07', 'Compensación', "
      "'Resolución 2', 1)");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to("2026-11-12T09:00:00-05:00");
  const auto tracked = reading(assistant.database(), [&](storage::Session& session) {
    return track(session, *assistant.reference().current(), "COM", assistant.now());
  });
  const auto october = std::find_if(tracked.begin(), tracked.end(), [](const Tracked& one) {
    return one.obligation.item_id == task && one.obligation.period == "2026-10";
  });
  REQUIRE(october != tracked.end());
  CHECK(iso_date(october->obligation.due_on) == "2026-11-07");
  CHECK(october->assessment.timeliness == procedure::Timeliness::on_time);
  CHECK(assistant.presses(advisor_com, verb::verify_record, {{"registro", saved.field("record")}})
            .shows("Oportuno"));
}

TEST_CASE("the last periods of a year are recorded by that year's guideline, also when a new one is out") {
  // The plans guideline again, for 2027 and with another cut-off; both published from the start.
  const std::filesystem::path data = std::filesystem::path(pao::tests::source_dir) / "tests" / "data";
  storage::test::TemporaryFolder folder;
  std::ifstream original(data / "guidelines" / "planes.md");
  std::stringstream text;
  text << original.rdbuf();
  std::string next = text.str();
  const auto replace = [&](const std::string& from, const std::string& to) {
    const auto at = next.find(from);
    REQUIRE(at != std::string::npos);
    next.replace(at, from.size(), to);
  };
  replace("vigencia: 2026", "vigencia: 2027");
  replace("cutoff_business_day: 5", "cutoff_business_day: 2");
  std::ofstream(folder.path() / "planes-2027.md") << next;
  const std::array paths = {data / "ministry", data / "guidelines", folder.path() / "planes-2027.md"};
  storage::test::import_into(folder.url(), paths);

  const auto database = storage::test::open_store(folder.url());
  ReferenceSource source(*database);
  const Instant now = storage::test::instant("2027-01-06T09:00:00-05:00");
  REQUIRE(source.refresh(now));
  const auto reference = source.current();
  REQUIRE(reference->rules_of("planes")->term == 2027);
  const auto tracked =
      reading(*database, [&](storage::Session& session) { return track(session, *reference, "DIR", now); });
  const auto december = std::find_if(tracked.begin(), tracked.end(), [](const Tracked& one) {
    return one.obligation.item_id == "PAI-DIR-01-T2" && one.obligation.period == "2026-12";
  });
  REQUIRE(december != tracked.end());
  CHECK(iso_date(december->obligation.due_on) == "2027-01-08");  // fifth business day, not second
  CHECK(is_pending(*december));
}
