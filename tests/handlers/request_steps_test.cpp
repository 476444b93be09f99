// The steps of an SS in the chat: every state by every step, who may take it, who is told, what is kept
// (procedure 5.2, R-38 to ).
#include "tests/handlers/request_steps.hpp"

#include "storage/consult_store.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

struct Step {
  const char* name;
  std::function<Said(const Filed&)> take;
};

const std::vector<Step>& steps() {
  static const std::vector<Step> all = {
      {"endorse", [](const Filed& ss) { return ss.endorse(); }},
      {"take", [](const Filed& ss) { return ss.take(); }},
      {"ask", [](const Filed& ss) { return ss.ask(); }},
      {"inform", [](const Filed& ss) { return ss.inform(); }},
      {"approve", [](const Filed& ss) { return ss.decide("aprobada"); }},
      {"reject", [](const Filed& ss) { return ss.decide("rechazada"); }},
      {"apply", [](const Filed& ss) { return ss.apply(); }},
      {"close", [](const Filed& ss) { return ss.close(); }},
      {"withdraw", [](const Filed& ss) { return ss.withdraw(); }},
      {"reassign", [](const Filed& ss) { return ss.reassign(); }},
  };
  return all;
}

struct Row {
  const char* name;
  std::vector<const char*> way;  // the steps that lead there
  const char* state;
  const char* allowed;  // per step in the order of `steps`
};

// A draft is the form on the screen: it is never stored, so nothing can be pressed on it.
const std::vector<Row>& rows() {
  //                                                      endorse take ask inform approve reject apply close
  //                                                      withdraw reassign
  static const std::vector<Row> all = {
      {"waits for the aval", {}, "radicada", "x-------xx"},
      {"filed", {"endorse"}, "radicada", "-x------xx"},
      {"in review", {"endorse", "take"}, "en_revision", "--x-xx---x"},
      {"waits for information", {"endorse", "take", "ask"}, "en_espera_informacion", "---x-----x"},
      {"approved", {"endorse", "take", "approve"}, "aprobada", "------x--x"},
      {"rejected", {"endorse", "take", "reject"}, "rechazada", "-------x--"},
      {"applied", {"endorse", "take", "approve", "apply"}, "aplicada", "-------x--"},
      {"closed", {"endorse", "take", "reject", "close"}, "cerrada", "----------"},
      {"withdrawn", {"withdraw"}, "anulada", "----------"},
  };
  return all;
}

const Step& step_named(const std::string& name) {
  for (const Step& step : steps()) {
    if (step.name == name) return step;
  }
  FAIL("no step " << name);
  return steps().front();
}

procedure::Item item_of(const Assistant& assistant, const char* id) {
  const auto item = reading(assistant.database(),
                            [&](storage::Session& session) { return storage::find_item(session, id); });
  REQUIRE(item);
  return *item;
}

using People = std::set<std::string>;

}  // namespace

TEST_CASE("every state by every step: what 5.2 does not name is refused and changes nothing (R-38, C-12)") {
  const Assistant assistant;
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    for (std::size_t i = 0; i < steps().size(); ++i) {
      const Step& step = steps()[i];
      CAPTURE(step.name);
      // PAI-DIR-01-T2 is moved by each application: back, so that the next one changes something.
      assistant.change("UPDATE items SET ends_on = '2026-12-30' WHERE id = 'PAI-DIR-01-T2'");
      const Filed ss = file_request_of(assistant, liaison_dir, "SS-2");
      for (const char* before : row.way) {
        const Said led = step_named(before).take(ss);
        REQUIRE_MESSAGE(!led.error, led.outcome());
      }
      REQUIRE(ss.state() == row.state);
      const procedure::ServiceRequest before = ss.now();
      const std::size_t events = ss.events().size();
      const Said said = step.take(ss);
      const bool allowed = row.allowed[i] == 'x';
      CHECK_MESSAGE(said.error.has_value() == !allowed, said.outcome());
      CHECK(ss.events().size() == events + (allowed ? 1 : 0));
      if (allowed) continue;
      CHECK(said.error->code == ErrorCode::conflict);
      CHECK(said.error->message.find(ss.id) != std::string::npos);
      CHECK(said.reply.notices.empty());
      CHECK(ss.now().state == before.state);
      CHECK(ss.now().due_on == before.due_on);
      CHECK(ss.now().advisor_id == before.advisor_id);
    }
  }
}

TEST_CASE("a whole request: each step tells whom it concerns, once, and keeps who, from and to (R-50)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-2");
  struct Moment {
    const char* at;
    std::function<Said()> step;
    const char* from;
    const char* to;
    People told;
  };
  const Moment moments[] = {
      {"2026-11-13T10:00:00-05:00",
       [&] { return ss.endorse(); },
       "aval_pendiente",
       "avalada",
       {advisor_dir, liaison_dir}},
      {"2026-11-17T09:00:00-05:00", [&] { return ss.take(); }, "radicada", "en_revision", {}},
      {"2026-11-18T11:00:00-05:00",
       [&] { return ss.ask(); },
       "en_revision",
       "en_espera_informacion",
       {leader_dir, liaison_dir, "U-016"}},
      {"2026-11-20T15:00:00-05:00",
       [&] { return ss.inform(); },
       "en_espera_informacion",
       "en_revision",
       {advisor_dir}},
      {"2026-11-23T09:00:00-05:00",
       [&] { return ss.decide("aprobada"); },
       "en_revision",
       "aprobada",
       {leader_dir, liaison_dir, "U-016"}},
      {"2026-11-24T09:00:00-05:00",
       [&] { return ss.apply(); },
       "aprobada",
       "aplicada",
       {leader_dir, liaison_dir, "U-016"}},
      {"2026-11-24T09:01:00-05:00", [&] { return ss.close(); }, "aplicada", "cerrada", {}},
  };
  People keys;
  for (const Moment& moment : moments) {
    CAPTURE(moment.to);
    assistant.move_to(moment.at);
    const Said said = moment.step();
    REQUIRE_MESSAGE(!said.error, said.outcome());
    CHECK(said.field("from") == moment.from);
    CHECK(said.field("to") == moment.to);
    CHECK(said.field("request") == ss.id);
    CHECK(told(assistant, said) == moment.told);
    for (const Notice& notice : said.reply.notices) CHECK(keys.insert(notice.key).second);
  }
  // The history names every step with who did it, and each begins where the one before ended.
  const std::vector<storage::RequestEventRow> events = ss.events();
  REQUIRE(events.size() == 8);
  std::string state = "borrador";
  for (const storage::RequestEventRow& event : events) {
    CHECK(event.from_state == state);
    CHECK_FALSE(event.actor.empty());
    CHECK(event.channel == "teams");
    state = event.to_state;
  }
  CHECK(state == "cerrada");
  CHECK(events[6].old_value == "2026-12-30");
  CHECK(events[6].new_value == "2027-01-29");
}

TEST_CASE("an application keeps old and new value, by whom and for which SS, and happens once (R-38, C-12)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  REQUIRE_FALSE(ss.take().error);
  const Said early = ss.apply();
  REQUIRE(early.error);
  CHECK(early.error->code == ErrorCode::conflict);
  CHECK(iso_date(*item_of(assistant, "PAI-DIR-01-T2").ends_on) == "2026-12-30");
  REQUIRE_FALSE(ss.decide("aprobada").error);
  const Said applied = ss.apply();
  REQUIRE_MESSAGE(!applied.error, applied.outcome());
  CHECK(applied.field("old_value") == "2026-12-30");
  CHECK(applied.field("new_value") == "2027-01-29");
  CHECK(iso_date(*item_of(assistant, "PAI-DIR-01-T2").ends_on) == "2027-01-29");
  CHECK(ss.apply().error);
  const auto changes = reading(assistant.database(), [&](storage::Session& session) {
    return storage::changes_of_request(session, ss.id);
  });
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].item_id == "PAI-DIR-01-T2");
  CHECK(changes[0].field == "fecha_fin");
  CHECK(changes[0].changed_by == advisor_dir);
}

TEST_CASE("an application that cannot be read or names a foreign item leaves everything as it was (C-12)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.decide("aprobada").error);
  const Values wrong[] = {
      {{"elemento", "PAI-COM-01-T2"}, {"campo", "fecha_fin"}, {"valor_nuevo", "2027-01-29"}},
      {{"elemento", "PAI-XXX"}, {"campo", "fecha_fin"}, {"valor_nuevo", "2027-01-29"}},
      {{"elemento", "PAI-DIR-01-T2"}, {"campo", "fecha_fin"}, {"valor_nuevo", "pronto"}},
      {{"elemento", "PAI-DIR-01-T2"}, {"campo", "fecha_fin"}, {"valor_nuevo", "2026-12-30"}},
      {{"elemento", "PAI-DIR-01-T2"}, {"campo", "process_id"}, {"valor_nuevo", "COM"}},
      {{"elemento", "PAI-DIR-01-T2"}, {"campo", "responsable_id"}, {"valor_nuevo", "Nadie Conocido"}},
      {},
  };
  for (const Values& values : wrong) {
    const Said said = ss.press(advisor_dir, verb::request_apply, values);
    REQUIRE(said.error);
    CHECK_FALSE(said.error->message.empty());
    CHECK(ss.state() == "aprobada");
    CHECK(iso_date(*item_of(assistant, "PAI-DIR-01-T2").ends_on) == "2026-12-30");
    CHECK(item_of(assistant, "PAI-DIR-01-T2").process_id == "DIR");
  }
}

TEST_CASE("nobody decides what he or she filed; the coordination can (R-44)") {
  const Assistant assistant;
  struct Case {
    const char* name;
    std::vector<const char*> way;
  };
  for (const Case& each :
       {Case{"take", {}}, Case{"ask", {"take"}}, Case{"approve", {"take"}}, Case{"reject", {"take"}},
        Case{"apply", {"take", "approve"}}, Case{"close", {"take", "reject"}}}) {
    CAPTURE(each.name);
    const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
    for (const char* before : each.way) REQUIRE_FALSE(step_named(before).take(ss).error);
    assistant.change("UPDATE service_requests SET filed_by = 'U-003' WHERE id = '" + ss.id + "'");
    const std::string state = ss.state();
    const Said said = step_named(each.name).take(ss);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::refused);
    CHECK(said.error->message.find("Usted presentó esta solicitud") != std::string::npos);
    CHECK(ss.state() == state);
  }
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  assistant.change("UPDATE service_requests SET filed_by = 'U-003' WHERE id = '" + ss.id + "'");
  CHECK_FALSE(ss.take(coordination).error);
  CHECK_FALSE(ss.decide("aprobada", coordination).error);
}

TEST_CASE("the review says what the report said and what the evidence shows, with a reason (R-44, R-36)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  REQUIRE_FALSE(ss.take().error);
  const Values good = {{"decision", "rechazada"},
                       {"decia_reporte", "Termina en diciembre."},
                       {"muestra_evidencia", "El oficio es de otro proceso."},
                       {"motivo", "No hay soporte."}};
  for (const char* missing : {"decision", "decia_reporte", "muestra_evidencia", "motivo"}) {
    CAPTURE(missing);
    Values values = good;
    values[missing] = " ";
    const Said said = ss.press(advisor_dir, verb::request_decide, values);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::invalid);
    CHECK(ss.state() == "en_revision");
  }
  Values partly = good;
  partly["decision"] = "aprobada_parcial";
  CHECK(ss.press(advisor_dir, verb::request_decide, partly).error);  // of an SS-4 only
  const Said decided = ss.press(advisor_dir, verb::request_decide, good);
  REQUIRE_FALSE(decided.error);
  const auto review = reading(
      assistant.database(), [&](storage::Session& session) { return storage::find_review(session, ss.id); });
  REQUIRE(review);
  CHECK(review->reviewed_by == advisor_dir);
  CHECK(review->report_said == good.at("decia_reporte"));
  CHECK(review->evidence_shows == good.at("muestra_evidencia"));
  CHECK(review->reason == good.at("motivo"));
  CHECK(decided.shows("No hay soporte."));
}

TEST_CASE("an SS-4 can be accepted in part, with the reason (R-36)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-4");
  REQUIRE_FALSE(ss.take().error);
  const Said decided = ss.decide("aprobada_parcial");
  REQUIRE_MESSAGE(!decided.error, decided.outcome());
  CHECK(ss.now().decision == "aprobada_parcial");
  CHECK(ss.state() == "aprobada");
}

TEST_CASE("only who filed it withdraws it, before it is in review, and the clock ends") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-1");
  for (const char* other : {leader_dir, "U-016", advisor_dir, coordination}) {
    const Said said = ss.withdraw(other);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::refused);
  }
  CHECK(ss.press(liaison_dir, verb::request_withdraw, {{"motivo", ""}}).error);
  const Said withdrawn = ss.withdraw();
  REQUIRE_FALSE(withdrawn.error);
  CHECK(told(assistant, withdrawn) == People{leader_dir, "U-016", advisor_dir});
  CHECK(ss.state() == "anulada");
  CHECK(ss.clock().ended_on);
  CHECK(ss.take().error);
}

TEST_CASE("a reassigned request is of the new advisor alone, and its clock runs on") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-1");
  const std::string due = ss.due();
  CHECK(ss.take(advisor_com).error);
  CHECK(ss.reassign(advisor_dir).error);               // has it already
  CHECK(ss.reassign(liaison_com).error);               // no advisor
  CHECK(ss.reassign("U-999").error);                   // nobody
  CHECK(ss.reassign(advisor_com, advisor_dir).error);  // the coordination alone reassigns
  const Said moved = ss.reassign();
  REQUIRE_MESSAGE(!moved.error, moved.outcome());
  CHECK(told(assistant, moved) == People{advisor_dir, advisor_com, liaison_dir});
  CHECK(moved.field("advisor_from") == advisor_dir);
  CHECK(moved.field("advisor_to") == advisor_com);
  CHECK(ss.due() == due);
  const Said former = ss.take(advisor_dir);
  REQUIRE(former.error);
  CHECK(former.error->code == ErrorCode::refused);
  CHECK_FALSE(ss.take(advisor_com).error);
}

TEST_CASE("an approved SS-5 opens its period for two business days (GEN-18, R-41)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-5");
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.decide("aprobada").error);
  const Said applied = ss.press(advisor_dir, verb::request_apply,
                                {{"elemento", "PAI-DIR-01-T2"}, {"periodo", "octubre de 2026"}});
  REQUIRE_MESSAGE(!applied.error, applied.outcome());
  CHECK(applied.field("new_value").find("17 de noviembre de 2026") != std::string::npos);  // the 16th is none
  CHECK(ss.state() == "aplicada");
}

TEST_CASE("an approved SS-7 becomes a consult of its filer, whose level begins now (R-09)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-7");
  assistant.move_to("2026-11-13T10:00:00-05:00");
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.decide("aprobada").error);
  const Said applied = ss.press(advisor_dir, verb::request_apply);
  REQUIRE_MESSAGE(!applied.error, applied.outcome());
  const std::string said = applied.field("new_value");  // "Consulta C-2026-0001"
  const auto consult = reading(assistant.database(), [&](storage::Session& session) {
    return storage::find_consult(session, said.substr(said.rfind(' ') + 1));
  });
  REQUIRE(consult);
  CHECK(consult->asked_by == liaison_dir);
  CHECK(consult->advisor_id == advisor_dir);
  CHECK(consult->level == 1);
  CHECK(consult->asked_at == assistant.now());
  CHECK(consult->level_since == assistant.now());
  CHECK(consult->due_on > local_date(assistant.now()));
}

TEST_CASE("the number of the SMGI takes the place of the provisional one, once (R-40)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  for (const char* wrong : {"", "PAO-2026-0009", "x y", "SS"})
    CHECK(ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", wrong}}).error);
  const Said confirmed = ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", "SS-2026-0999"}});
  REQUIRE_FALSE(confirmed.error);
  CHECK(told(assistant, confirmed) == People{leader_dir});
  CHECK(ss.now().id == "SS-2026-0999");  // found by the old number too
  const Said again = ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", "SS-2026-0999"}});
  CHECK_FALSE(again.error);
  CHECK(again.reply.notices.empty());
  CHECK(ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", "SS-2026-0998"}}).error);
}
