// A consult from hand to hand: asked back, referred, given to somebody else, silent, not helpful (R-07,
//
#include "cards/verbs.hpp"
#include "handlers/consult/silence.hpp"
#include "storage/consult_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::ConsultState;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* thematic_plans = "U-003";  // asesores_tematicos.csv
constexpr const char* thematic_risks = "U-006";

storage::Consult stored(const Assistant& assistant, const std::string& id) {
  const auto found = reading(assistant.database(),
                             [&](storage::Session& session) { return storage::find_consult(session, id); });
  REQUIRE(found);
  return *found;
}

std::vector<storage::ConsultStep> steps(const Assistant& assistant, const std::string& id) {
  return reading(assistant.database(),
                 [&](storage::Session& session) { return storage::steps_of(session, id); });
}

std::string asked(const Assistant& assistant, const char* person = liaison_com,
                  const char* practice = "riesgos") {
  const Said sent = assistant.presses(person, verb::advisor_send,
                                      {{"pregunta", "¿Puedo unir dos riesgos?"}, {"practica", practice}});
  REQUIRE_MESSAGE(sent.outcome() == "escalated", sent.outcome());
  return sent.field("consult");
}

int escalate(const Assistant& assistant) {
  const auto moved =
      consult::escalate_silence(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(moved);
  return *moved;
}

std::vector<storage::OutboxMessage> sent(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](storage::Session& session) { return storage::list_outbox(session, std::nullopt, 100); });
}

std::set<std::string> told(const Assistant& assistant, const Reply& reply) {
  std::set<std::string> people;
  for (const Notice& notice : reply.notices) {
    for (const char* id : {liaison_com, advisor_com, coordination, head, thematic_risks, thematic_plans}) {
      if (assistant.person(id).aad_object_id == notice.aad_object_id) people.insert(id);
    }
  }
  CHECK(people.size() == reply.notices.size());
  return people;
}

}  // namespace

TEST_CASE(
    "more is asked of the person, the clock stands still, and the answer comes back into the thread (R-09)") {
  Assistant assistant;  // Thursday 12 November 2026; Monday 16 is a holiday
  const std::string id = asked(assistant);
  CHECK(stored(assistant, id).due_on == make_date(2026, 11, 13));

  const Said back = assistant.presses(advisor_com, verb::consult_ask_back,
                                      {{"consulta", id}, {"respuesta", "¿Cuáles dos?"}});
  REQUIRE_MESSAGE(back.outcome() == "consult_asked_back", back.outcome());
  CHECK(told(assistant, back.reply) == std::set<std::string>{liaison_com});
  CHECK(back.reply.notices.front().conversation_id == "a:U-020");
  CHECK(back.reply.notices.front().content.card->json.find("¿Cuáles dos?") != std::string::npos);
  CHECK(stored(assistant, id).state == ConsultState::waiting);
  CHECK(
      assistant.presses(advisor_com, verb::consult_ask_back, {{"consulta", id}, {"respuesta", "¿Y?"}}).error);

  assistant.move_to("2026-11-17T10:00:00-05:00");
  CHECK(escalate(assistant) == 0);  // past the first due date, but it is not us who owe
  CHECK(assistant
            .presses(liaison_dir, verb::consult_inform, {{"consulta", id}, {"respuesta", "Yo no pregunté."}})
            .error);
  const Said given = assistant.presses(liaison_com, verb::consult_inform,
                                       {{"consulta", id}, {"respuesta", "RIE-COM-01 y RIE-COM-02."}});
  REQUIRE_MESSAGE(given.outcome() == "consult_informed", given.outcome());
  CHECK(told(assistant, given.reply) == std::set<std::string>{advisor_com});
  CHECK(given.reply.notices.front().content.card->json.find("RIE-COM-01 y RIE-COM-02") != std::string::npos);
  const storage::Consult resumed = stored(assistant, id);
  CHECK(resumed.state == ConsultState::assigned);
  CHECK(resumed.waited_days == 2);                   // 13 and 17
  CHECK(resumed.due_on == make_date(2026, 11, 18));  // two business days later

  CHECK(assistant.presses(advisor_com, verb::consult_reply, {{"consulta", id}, {"respuesta", "Sí, puede."}})
            .outcome() == "consult_answered");
  std::string kinds;
  for (const auto& step : steps(assistant, id)) kinds += step.kind + " ";
  CHECK(kinds == "preguntada informacion_pedida informacion_recibida respondida ");
}

TEST_CASE("data that never come close the consult after five business days, and can still reopen it") {
  Assistant assistant;
  const std::string id = asked(assistant);
  assistant.presses(advisor_com, verb::consult_ask_back, {{"consulta", id}, {"respuesta", "¿Cuáles dos?"}});
  assistant.move_to("2026-11-20T08:00:00-05:00");
  CHECK(escalate(assistant) == 0);
  assistant.move_to("2026-11-23T08:00:00-05:00");
  CHECK(escalate(assistant) == 1);
  CHECK(escalate(assistant) == 0);
  CHECK(stored(assistant, id).state == ConsultState::unanswered);
  CHECK(sent(assistant).size() == 2);  // who asked and who had it
  CHECK(assistant.presses(liaison_com, verb::consult_inform, {{"consulta", id}, {"respuesta", "Estos dos."}})
            .outcome() == "consult_informed");
}

TEST_CASE("silence lifts a consult to the practice, the coordination and the head, each told once (R-09)") {
  Assistant assistant;
  const std::string id = asked(assistant);
  const auto holder = [&] { return stored(assistant, id).advisor_id; };
  CHECK(escalate(assistant) == 0);
  assistant.move_to("2026-11-13T17:59:00-05:00");
  CHECK(escalate(assistant) == 0);

  assistant.move_to("2026-11-17T08:00:00-05:00");
  CHECK(escalate(assistant) == 1);
  CHECK(escalate(assistant) == 0);
  CHECK(holder() == thematic_risks);
  CHECK(stored(assistant, id).level == 2);
  CHECK(stored(assistant, id).due_on == make_date(2026, 11, 20));  // three business days
  const auto messages = sent(assistant);
  REQUIRE(messages.size() == 3);
  int to_asker = 0;
  for (const storage::OutboxMessage& message : messages) {
    if (message.aad_object_id != assistant.person(liaison_com).aad_object_id) continue;
    ++to_asker;
    CHECK(message.conversation_id == "a:U-020");
    CHECK(message.summary == "Su consulta " + id + " la tiene ahora " +
                                 assistant.person(thematic_risks).name +
                                 " y la responde a más tardar el viernes 20 de noviembre de 2026.");
  }
  CHECK(to_asker == 1);

  // Who has it may answer although the process is not theirs; the one before still sees it as its advisor.
  CHECK(assistant.says(thematic_risks, "mis consultas").shows("unir dos riesgos"));
  CHECK_FALSE(assistant.says(advisor_com, "mis consultas").shows("unir dos riesgos"));

  assistant.move_to("2026-11-23T08:00:00-05:00");
  CHECK(escalate(assistant) == 1);
  CHECK(holder() == coordination);
  CHECK(stored(assistant, id).due_on == make_date(2026, 11, 30));
  assistant.move_to("2026-12-01T08:00:00-05:00");
  CHECK(escalate(assistant) == 1);
  CHECK(holder() == head);
  CHECK(stored(assistant, id).level == 3);
  assistant.move_to("2026-12-31T08:00:00-05:00");
  CHECK(escalate(assistant) == 0);  // nobody is left above
  CHECK(sent(assistant).size() == 9);

  CHECK(assistant.presses(head, verb::consult_reply, {{"consulta", id}, {"respuesta", "Sí."}}).outcome() ==
        "consult_answered");
  int kept = 0;
  reading(assistant.database(), [&](storage::Session& session) {
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      kept += entry.kind == "consult.escalada_por_silencio" ? 1 : 0;
      return true;
    });
    return 0;
  });
  CHECK(kept == 3);
}

TEST_CASE("the coordination gives a consult to somebody else with the date that was promised") {
  const Assistant assistant;
  const std::string id = asked(assistant);
  const Values to_other = {{"consulta", id}, {"asesor", "U-005"}};
  CHECK(assistant.presses(advisor_dir, verb::consult_reassign, to_other).error);  // she does not have it
  CHECK(assistant.presses(liaison_com, verb::consult_reassign, to_other).error);
  for (const char* nobody : {"U-020", "U-004", "U-999", ""})
    CHECK(assistant.presses(coordination, verb::consult_reassign, {{"consulta", id}, {"asesor", nobody}})
              .error);

  const Said given = assistant.presses(coordination, verb::consult_reassign, to_other);
  REQUIRE_MESSAGE(given.outcome() == "consult_reassigned", given.outcome());
  CHECK(given.reply.notices.size() == 3);  // the new one, who asked, the one before
  CHECK(stored(assistant, id).advisor_id == "U-005");
  CHECK(stored(assistant, id).due_on == make_date(2026, 11, 13));
  CHECK(steps(assistant, id).back().actor == coordination);
  CHECK(assistant.presses("U-005", verb::consult_view, {{"consulta", id}}).shows("Enviar respuesta"));
  CHECK(assistant.says(coordination, "mis consultas").shows("Ver las de todos"));
  CHECK(assistant.presses(coordination, verb::consult_queue, {{"de", "todas"}}).shows("unir dos riesgos"));
  CHECK_FALSE(
      assistant.presses(advisor_com, verb::consult_queue, {{"de", "todas"}}).shows("unir dos riesgos"));
}

TEST_CASE("whoever has a consult gives it to somebody else, who gets it with the same date (R-09)") {
  const Assistant assistant;
  const std::string id = asked(assistant);
  const Said card = assistant.presses(advisor_com, verb::consult_view, {{"consulta", id}});
  CHECK(card.shows("Asignar a otra persona"));
  CHECK(card.shows(assistant.person("U-005").name));
  CHECK_FALSE(assistant.presses(liaison_com, verb::consult_view, {{"consulta", id}}).shows("Asignar a otra"));

  const Said given =
      assistant.presses(advisor_com, verb::consult_reassign, {{"consulta", id}, {"asesor", "U-005"}});
  REQUIRE_MESSAGE(given.outcome() == "consult_reassigned", given.outcome());
  REQUIRE(given.reply.notices.size() == 2);  // the new one and who asked
  CHECK(given.reply.notices[0].aad_object_id == assistant.person("U-005").aad_object_id);
  CHECK(given.reply.notices[0].content.card->json.find("Asignar a otra persona") != std::string::npos);
  CHECK(given.reply.notices[1].aad_object_id == assistant.person(liaison_com).aad_object_id);
  const storage::Consult consult = stored(assistant, id);
  CHECK(consult.advisor_id == "U-005");
  CHECK(consult.level == 1);
  CHECK(consult.due_on == make_date(2026, 11, 13));

  // It is no longer hers to give, and the new one gives it back.
  const Values back = {{"consulta", id}, {"asesor", coordination}};
  const Said again = assistant.presses(advisor_com, verb::consult_reassign, back);
  REQUIRE(again.error);
  CHECK(again.error->code == ErrorCode::refused);
  CHECK(assistant.presses("U-005", verb::consult_reassign, back).outcome() == "consult_reassigned");
}

TEST_CASE("an answer that did not help goes one level up with a new clock (GEN-10)") {
  const Assistant assistant;
  const std::string id = asked(assistant);
  CHECK(assistant.presses(liaison_com, verb::consult_not_helped, {{"consulta", id}})
            .error);  // not answered yet
  assistant.presses(advisor_com, verb::consult_reply, {{"consulta", id}, {"respuesta", "Lea RIE-03."}});
  CHECK(assistant.presses(leader_com, verb::consult_not_helped, {{"consulta", id}}).error);
  const Said reopened = assistant.presses(liaison_com, verb::consult_not_helped,
                                          {{"consulta", id}, {"motivo", "Eso ya lo leí."}});
  REQUIRE_MESSAGE(reopened.outcome() == "consult_reopened", reopened.outcome());
  CHECK(told(assistant, reopened.reply) == std::set<std::string>{thematic_risks, advisor_com});
  const storage::Consult consult = stored(assistant, id);
  CHECK(consult.level == 2);
  CHECK(consult.due_on == make_date(2026, 11, 18));
  CHECK_FALSE(consult.replied_at);
  CHECK(assistant.presses(thematic_risks, verb::consult_reply, {{"consulta", id}, {"respuesta", "Sí."}})
            .outcome() == "consult_answered");
  CHECK(assistant.presses(liaison_com, verb::consult_helped, {{"consulta", id}}).outcome() ==
        "consult_helped");
  CHECK(assistant.presses(liaison_com, verb::consult_helped, {{"consulta", id}}).error);
  CHECK(stored(assistant, id).state == ConsultState::closed);
}

TEST_CASE("another channel is named to who asked, and that can be said not to help") {
  const Assistant assistant;
  const std::string id = asked(assistant);
  const Said referred = assistant.presses(
      coordination, verb::consult_refer, {{"consulta", id}, {"respuesta", "Eso lo atiende la mesa de TIC."}});
  REQUIRE_MESSAGE(referred.outcome() == "consult_referred", referred.outcome());
  CHECK(told(assistant, referred.reply) == std::set<std::string>{liaison_com, advisor_com});
  CHECK(assistant.says(liaison_com, "mis preguntas").shows("Remitida a otro canal"));
  CHECK(assistant.says(advisor_com, "mis consultas").shows("No hay consultas por responder."));
  CHECK(
      assistant.presses(advisor_com, verb::consult_reply, {{"consulta", id}, {"respuesta", "Tarde."}}).error);
  CHECK(assistant.presses(liaison_com, verb::consult_not_helped, {{"consulta", id}}).outcome() ==
        "consult_reopened");
}

TEST_CASE("a consult is seen by who asked and who answers, and by nobody else (R-51)") {
  const Assistant assistant;
  const std::string id = asked(assistant);
  for (const char* person : {liaison_com, advisor_com, coordination})
    CHECK(assistant.presses(person, verb::consult_view, {{"consulta", id}}).shows("unir dos riesgos"));
  for (const char* person : {liaison_dir, leader_dir, advisor_dir, internal_control, owner_com}) {
    CAPTURE(person);
    const Said said = assistant.presses(person, verb::consult_view, {{"consulta", id}});
    CHECK(said.error);
    CHECK_FALSE(said.shows("unir dos riesgos"));
  }
  CHECK(assistant.presses(advisor_com, verb::consult_view, {{"consulta", "C-2026-9999"}}).error);
  CHECK(assistant.says(internal_control, "mis consultas").error);
}
