// SS requests from the chat.
#include "cards/verbs.hpp"
#include "storage/requests_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

Values complete(const std::string& type, const std::string& process = "DIR") {
  return {{"tipo", type},
          {"proceso", process},
          {"practica", "planes"},
          {"asunto", "Cambiar la fecha de entrega"},
          {"elemento", "PAI-" + process + "-01-T2"},
          {"valor_actual", "2026-12-30"},
          {"valor_solicitado", "2027-01-30"},
          {"justificacion", "Falta un insumo de otra dependencia"},
          {"evidencia", "oficio-123.pdf"}};
}

std::size_t stored_requests(const Assistant& assistant, const std::string& process = "DIR") {
  return reading(assistant.database(),
                 [&](storage::Session& session) { return storage::requests_of(session, process, false); })
      .size();
}

bool tells(const Said& said, const std::string& aad_object_id) {
  return std::any_of(said.reply.notices.begin(), said.reply.notices.end(),
                     [&](const Notice& notice) { return notice.aad_object_id == aad_object_id; });
}

}  // namespace

TEST_CASE("a request is filed with a provisional number, a due date and who has it (R-40)") {
  const Assistant assistant;
  const Said filed = assistant.presses(liaison_dir, verb::request_file, complete("SS-1"));
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  CHECK(filed.field("request") == "PAO-2026-0001");
  CHECK(filed.field("to") == "radicada");
  CHECK(filed.shows("PAO-2026-0001"));
  CHECK(filed.shows("Pendiente de radicar"));
  CHECK_FALSE(filed.shows("Solicitud radicada"));
  CHECK(filed.shows("18 de noviembre de 2026"));  // three business days, the 16th is a holiday
  CHECK(filed.shows("Silvestre Ceiba"));
  REQUIRE(filed.reply.notices.size() == 1);
  CHECK(tells(filed, assistant.person(advisor_dir).aad_object_id));
}

TEST_CASE("each type asks what it needs before it is filed, and keeps what was written") {
  struct Case {
    std::string type;
    std::vector<std::string> needed;
  };
  const Case cases[] = {
      {"SS-1", {"asunto", "elemento", "valor_actual", "valor_solicitado", "justificacion", "evidencia"}},
      {"SS-2", {"asunto", "elemento", "valor_actual", "valor_solicitado", "justificacion", "evidencia"}},
      {"SS-3", {"asunto", "valor_solicitado", "justificacion", "evidencia"}},
      {"SS-4", {"asunto", "valor_solicitado", "justificacion", "evidencia"}},
      {"SS-5", {"asunto", "elemento", "valor_solicitado", "justificacion"}},
      {"SS-6", {"asunto", "elemento", "justificacion"}},
      {"SS-7", {"asunto", "justificacion"}},
  };
  const Assistant assistant;
  const std::size_t before = stored_requests(assistant);
  Values all = complete("SS-1");
  all["valor_solicitado"] = "2026-10";  // a period, so that an SS-5 can be filed
  for (const Case& each : cases) {
    for (const auto& [field, value] : all) {
      if (field == "tipo" || field == "proceso" || field == "practica") continue;
      CAPTURE(each.type);
      CAPTURE(field);
      Values values = all;
      values["tipo"] = each.type;
      values[field] = "  ";
      const bool needed = std::find(each.needed.begin(), each.needed.end(), field) != each.needed.end();
      if (!needed) continue;
      const Said said = assistant.presses(leader_dir, verb::request_file, values);
      CHECK(said.outcome() == "form_incomplete");
      CHECK(said.shows(field == "asunto" ? "Falta un insumo" : "Cambiar la fecha de entrega"));
    }
    CHECK(stored_requests(assistant) == before);
    Values least = {{"tipo", each.type}, {"proceso", "DIR"}, {"practica", "planes"}};
    for (const std::string& field : each.needed) least[field] = all.at(field);
    CHECK(assistant.decide(assistant.press(leader_dir, verb::request_file, least)).decision->store);
  }
}

TEST_CASE("what the leader must endorse waits for the leader, and its clock too (GEN-15, 5.2)") {
  struct Case {
    std::string type;
    const char* filer;
    bool waits;
  };
  const Case cases[] = {{"SS-1", liaison_dir, false}, {"SS-2", liaison_dir, true},
                        {"SS-3", liaison_dir, true},  {"SS-5", liaison_dir, false},
                        {"SS-2", leader_dir, false},  {"SS-3", leader_dir, false}};
  const Assistant assistant;
  for (const Case& each : cases) {
    CAPTURE(each.type);
    Values values = complete(each.type);
    if (each.type == "SS-5") values["valor_solicitado"] = "octubre de 2026";
    const Said filed = assistant.presses(each.filer, verb::request_file, values);
    REQUIRE(filed.outcome() == "request_filed");
    const auto request = reading(assistant.database(), [&](storage::Session& session) {
      return storage::find_request(session, filed.field("request"));
    });
    CHECK(request->endorsement_pending == each.waits);
    CHECK(request->due_on.has_value() == !each.waits);
    CHECK(tells(filed, assistant.person(each.waits ? leader_dir : advisor_dir).aad_object_id));
    CHECK_FALSE(tells(filed, assistant.person(each.waits ? advisor_dir : leader_dir).aad_object_id));
  }
}

TEST_CASE("the endorsement starts the clock, tells advisor and filer, and is given once") {
  Assistant assistant;
  const std::string id =
      assistant.presses(liaison_dir, verb::request_file, complete("SS-2")).field("request");
  CHECK(assistant.presses(liaison_dir, verb::request_endorse, {{"ss", id}}).error);
  assistant.move_to("2026-11-13T10:00:00-05:00");
  const Said endorsed = assistant.presses(leader_dir, verb::request_endorse, {{"ss", id}});
  REQUIRE_MESSAGE(endorsed.outcome() == "request_endorsed", endorsed.outcome());
  CHECK(endorsed.field("from") == "aval_pendiente");
  CHECK(tells(endorsed, assistant.person(advisor_dir).aad_object_id));
  CHECK(tells(endorsed, assistant.person(liaison_dir).aad_object_id));
  const auto request = reading(assistant.database(),
                               [&](storage::Session& session) { return storage::find_request(session, id); });
  CHECK(iso_date(*request->due_on) == "2026-11-23");  // five business days from the 13th
  const Said again = assistant.presses(leader_dir, verb::request_endorse, {{"ss", id}});
  REQUIRE(again.error);
  CHECK(again.error->code == ErrorCode::conflict);
}

TEST_CASE("nobody endorses the own request, and none that is no longer in course") {
  const Assistant assistant;
  const std::string id =
      assistant.presses(liaison_dir, verb::request_file, complete("SS-2")).field("request");
  assistant.change("UPDATE service_requests SET filed_by = 'U-014' WHERE id = 'PAO-2026-0001'");
  const Said own = assistant.presses(leader_dir, verb::request_endorse, {{"ss", id}});
  REQUIRE(own.error);
  CHECK(own.error->code == ErrorCode::refused);
  assistant.change(
      "UPDATE service_requests SET filed_by = 'U-015', state = 'anulada' WHERE id = 'PAO-2026-0001'");
  const Said withdrawn = assistant.presses(leader_dir, verb::request_endorse, {{"ss", id}});
  REQUIRE(withdrawn.error);
  CHECK(withdrawn.error->code == ErrorCode::conflict);
}

TEST_CASE("an SS-4 is accepted while the window of the report is open, to the second (R-43, C-13)") {
  struct Case {
    std::string name;
    const char* now;
    const char* process;
    const char* person;
    bool accepted;
    const char* words;
  };
  // DIR's report was sent on 5 November and closes on the 20th; MAC's leader accepted it on the way; CID's is
  // a draft, and the one before is published.
  const Case cases[] = {
      {"first days", "2026-11-12T09:00:00-05:00", "DIR", "U-015", true, ""},
      {"last second", "2026-11-20T23:59:59-05:00", "DIR", "U-015", true, ""},
      {"one second later", "2026-11-21T00:00:00-05:00", "DIR", "U-015", false, "20 de noviembre de 2026"},
      {"accepted early", "2026-11-12T09:00:00-05:00", "MAC", "U-024", false, "no tiene un reporte"},
      {"not sent yet", "2026-11-12T09:00:00-05:00", "CID", "U-108", false, "venció el"},
  };
  Assistant assistant;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    assistant.move_to(each.now);
    const std::size_t before = stored_requests(assistant, each.process);
    const Said said = assistant.presses(each.person, verb::request_file, complete("SS-4", each.process));
    CHECK(said.error.has_value() == !each.accepted);
    CHECK(stored_requests(assistant, each.process) == before + (each.accepted ? 1 : 0));
    if (!said.error) continue;
    CHECK(said.error->code == ErrorCode::refused);
    CHECK(said.error->message.find(each.words) != std::string::npos);
    CHECK(said.error->message.find("use otra SS") != std::string::npos);  // the way forward
  }
}

TEST_CASE("an item of another process cannot be named in a request") {
  const Assistant assistant;
  Values values = complete("SS-2");
  values["elemento"] = "PAI-COM-01-T2";
  const Said said = assistant.presses(leader_dir, verb::request_file, values);
  CHECK(said.outcome() == "form_incomplete");
  CHECK(said.shows("no es del proceso elegido"));
  values["elemento"] = "DOC-NUEVO-7";  // what is not in the store yet may be named
  CHECK(assistant.presses(leader_dir, verb::request_file, values).outcome() == "request_filed");
}

TEST_CASE("a text of 2,000 accented characters is filed, one more is not") {
  const Assistant assistant;
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "ñ";
  Values values = complete("SS-2");
  values["justificacion"] = text;
  CHECK(assistant.decide(assistant.press(leader_dir, verb::request_file, values)).decision->store);
  values["justificacion"] = text + "ñ";
  CHECK(assistant.presses(leader_dir, verb::request_file, values).outcome() == "form_incomplete");
}

TEST_CASE("whoever may not see a request does not even learn that it exists (R-51)") {
  const Assistant assistant;
  const std::string id = assistant.presses(leader_dir, verb::request_file, complete("SS-2")).field("request");
  for (const char* person : {leader_dir, liaison_dir, owner_dir, advisor_dir, coordination, head}) {
    CHECK(assistant.presses(person, verb::request_view, {{"ss", id}}).outcome() == "request_shown");
  }
  for (const char* person : {liaison_com, leader_com, advisor_com, internal_control}) {
    const Said hidden = assistant.presses(person, verb::request_view, {{"ss", id}});
    const Said absent = assistant.presses(person, verb::request_view, {{"ss", "PAO-2026-0777"}});
    REQUIRE(hidden.error);
    REQUIRE(absent.error);
    CHECK(hidden.error->code == absent.error->code);
    CHECK(hidden.error->detail == absent.error->detail);
    CHECK_FALSE(hidden.shows("Cambiar la fecha"));
  }
}

TEST_CASE("a request is found by typing its number") {
  const Assistant assistant;
  const Said said = assistant.says("U-089", "¿en qué va mi solicitud ss-2026-0072?");
  CHECK(said.route == "request.status");
  CHECK(said.shows("Solicitud SS-2026-0072"));
}

TEST_CASE("a number that is no number is shown as data, and only its beginning") {
  const Assistant assistant;
  const Said said = assistant.presses(liaison_dir, verb::request_view,
                                      {{"ss", "[x](http://malo) " + std::string(5000, 'y')}});
  REQUIRE(said.error);
  CHECK(said.error->message.size() < 400);
  CHECK(said.error->message.find("[x](http") == std::string::npos);
}

TEST_CASE("an order to change something changes nothing and offers the SS (R-38, R-39, C-11)") {
  const Assistant assistant;
  const Said ordered = assistant.says(liaison_dir, "Cambie la fecha de la actividad 3 para noviembre");
  CHECK(ordered.route == "request.start");
  CHECK(ordered.outcome() == "request_form_shown");
  CHECK(ordered.field("type") == "SS-2");
  CHECK(ordered.field("item") == "PAI-DIR-03");
  CHECK(ordered.shows("31 de diciembre de 2026"));  // the value of today
  CHECK(ordered.shows("No he cambiado nada"));
}

TEST_CASE("an order that names its item by code is understood too (R-39)") {
  const Assistant assistant;
  const Said ordered = assistant.says(liaison_dir, "Cambie la fecha de la PAI-DIR-01-T2 para noviembre");
  CHECK(ordered.route == "request.start");
  CHECK(ordered.shows("Ese cambio se pide por SS"));
  CHECK(ordered.shows("PAI-DIR-01-T2"));
  CHECK(ordered.field("change_order") == "yes");
  CHECK_FALSE(assistant.says(liaison_dir, "quiero abrir una SS").shows("Ese cambio se pide por SS"));
}

TEST_CASE("a long order is cut between characters") {
  const Assistant assistant;
  std::string words = "Cambie la meta del indicador: ";
  while (words.size() < 1000) words += "más ñandúes ";
  const Said said = assistant.take(assistant.text(liaison_dir, words));
  CHECK(said.shown().find("\xEF\xBF\xBD") == std::string::npos);  // no replacement character
}

TEST_CASE("the form offers the person's own processes only") {
  const Assistant assistant;
  const Said form = assistant.presses(liaison_dir, verb::request_form, {{"tipo", "SS-2"}});
  CHECK(form.outcome() == "request_form_shown");
  CHECK(form.shows("Direccionamiento Estratégico"));
  CHECK_FALSE(form.shows("Gestión de Comunicaciones"));
}
