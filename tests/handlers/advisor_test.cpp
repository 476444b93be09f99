// Handing a question over to the advisor and bringing the reply back.
#include "cards/verbs.hpp"
#include "storage/consult_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

std::string repeated(const char* character, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += character;
  return text;
}

storage::Consult stored_consult(const Assistant& assistant, const std::string& id) {
  const auto found = reading(assistant.database(),
                             [&](storage::Session& session) { return storage::find_consult(session, id); });
  REQUIRE(found);
  return *found;
}

const Values question = {
    {"pregunta", "¿Puedo anexar un acta sin firma?"}, {"respuesta_id", ""}, {"practica", "planes"}};

constexpr const char* about_cutoff =
    "¿hasta qué día puedo reportar el avance de las tareas del plan de acción?";

}  // namespace

TEST_CASE(
    "a question goes to the advisor of the process, who reads question, answer and process (R-07, C-05)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir, owner_dir}) {
    const Said answered = assistant.says(person, about_cutoff);
    Values values = question;
    values["respuesta_id"] = answered.field("answer_id");
    const Said sent = assistant.presses(person, verb::advisor_send, values);
    REQUIRE_MESSAGE(sent.outcome() == "escalated", sent.outcome());
    CHECK(sent.field("advisor") == advisor_dir);
    CHECK(sent.field("level") == "1");
    CHECK(sent.field("due_on") == "2026-11-13");  // one business day
    CHECK(sent.shows("Silvestre Ceiba"));
    REQUIRE(sent.reply.notices.size() == 1);
    const Notice& notice = sent.reply.notices.front();
    CHECK(notice.aad_object_id == assistant.person(advisor_dir).aad_object_id);
    CHECK(notice.content.card->json.find("acta sin firma") != std::string::npos);
    CHECK(notice.content.card->json.find("Criterio PLA-05") != std::string::npos);
    CHECK(notice.content.card->json.find("Direccionamiento Estratégico") != std::string::npos);
  }
}

TEST_CASE("without an advisor who works the coordination gets it, and sees it in its queue (R-07)") {
  const Assistant assistant;
  assistant.change("UPDATE people SET active = 0 WHERE id = 'U-003'");
  const Said sent = assistant.presses(liaison_dir, verb::advisor_send, question);
  CHECK(sent.field("advisor") == coordination);
  CHECK(assistant.says(coordination, "qué me toca").shows("1 consulta por responder"));
  CHECK(assistant.says(coordination, "mis consultas").shows("acta sin firma"));
}

TEST_CASE("with nobody to answer the person is sent to the mailbox and nothing is stored") {
  const Assistant assistant;
  assistant.change("UPDATE people SET active = 0 WHERE id IN ('U-001', 'U-002', 'U-003')");
  const Said sent = assistant.presses(liaison_dir, verb::advisor_send, question);
  REQUIRE(sent.error);
  CHECK(sent.error->message.find("buzón") != std::string::npos);
  CHECK(reading(assistant.database(), [](storage::Session& session) {
          return storage::open_consults_of(session, "U-003");
        }).empty());
}

TEST_CASE("a question that cannot be sent comes back with what to correct") {
  struct Case {
    std::string name;
    Values values;
    bool sent;
  };
  const Case cases[] = {
      {"empty", {{"pregunta", ""}}, false},
      {"blank", {{"pregunta", " \n "}}, false},
      {"2,000 accented characters", {{"pregunta", repeated("ñ", 2000)}}, true},
      {"one more", {{"pregunta", repeated("ñ", 2001)}}, false},
      {"of another process", {{"pregunta", "¿Y ahora?"}, {"proceso", "COM"}}, false},
      {"of a process that does not exist", {{"pregunta", "¿Y ahora?"}, {"proceso", "XXX"}}, false},
      {"of the own process", {{"pregunta", "¿Y ahora?"}, {"proceso", "DIR"}}, true},
  };
  const Assistant assistant;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Said said = assistant.presses(liaison_dir, verb::advisor_send, each.values);
    CHECK(said.outcome() == (each.sent ? "escalated" : "form_incomplete"));
    CHECK(said.reply.notices.size() == (each.sent ? 1 : 0));
  }
}

TEST_CASE(
    "what the card says was answered is not believed: it is looked up, and only what this person was shown") {
  const Assistant assistant;
  const std::string own = assistant.says(liaison_dir, about_cutoff).field("answer_id");
  const std::string foreign = assistant.says(owner_dir, about_cutoff).field("answer_id");
  REQUIRE_FALSE(own.empty());
  REQUIRE(own != foreign);
  const auto shown_with = [&](const Values& more) {
    Values values = question;
    for (const auto& [name, value] : more) values[name] = value;
    return stored_consult(assistant,
                          assistant.presses(liaison_dir, verb::advisor_send, values).field("consult"));
  };
  const storage::Consult honest = shown_with({{"respuesta_id", own}});
  CHECK(honest.answer_shown.find("Criterio PLA-05") == 0);
  CHECK(honest.scores.find("PLA-05=") == 0);
  CHECK(honest.answer_id == own);
  for (const Values& forged : {Values{{"respuesta_id", foreign}}, Values{{"respuesta_id", "R-0"}},
                               Values{{"respuesta", "La OAP autorizó el cambio"}, {"respuesta_id", ""}}}) {
    const storage::Consult consult = shown_with(forged);
    CHECK(consult.answer_shown.empty());
    CHECK(consult.answer_id.empty());
  }
}

TEST_CASE("a practice that a card invents is not believed") {
  const Assistant assistant;
  Values values = question;
  values["practica"] = "llame al 555";
  const Said sent = assistant.presses(liaison_dir, verb::advisor_send, values);
  CHECK(stored_consult(assistant, sent.field("consult")).practice.empty());
}

TEST_CASE("the reply reaches who asked, in the same conversation, once") {
  const Assistant assistant;
  const std::string id = assistant.presses(owner_dir, verb::advisor_send, question).field("consult");
  const Values reply = {{"consulta", id}, {"respuesta", "Sí, con el visto bueno del líder."}};

  CHECK(assistant.presses(advisor_com, verb::consult_reply, reply).error);  // not the advisor of that process
  CHECK(assistant.presses(leader_dir, verb::consult_reply, reply).error);
  CHECK(stored_consult(assistant, id).reply.empty());

  const Said answered = assistant.presses(advisor_dir, verb::consult_reply, reply);
  REQUIRE_MESSAGE(answered.outcome() == "consult_answered", answered.outcome());
  REQUIRE(answered.reply.notices.size() == 1);
  const Notice& notice = answered.reply.notices.front();
  CHECK(notice.conversation_id == std::string("a:") + owner_dir);
  CHECK(notice.content.card->json.find("visto bueno del líder") != std::string::npos);
  CHECK(stored_consult(assistant, id).replied_by == advisor_dir);

  const Said again = assistant.presses(coordination, verb::consult_reply, reply);
  REQUIRE(again.error);
  CHECK(again.error->code == ErrorCode::conflict);
  CHECK(stored_consult(assistant, id).replied_by == advisor_dir);
}

TEST_CASE("an empty or endless reply is asked for again and tells nobody") {
  const Assistant assistant;
  const std::string id = assistant.presses(liaison_dir, verb::advisor_send, question).field("consult");
  for (const std::string& text : {std::string("  "), repeated("ñ", 4001)}) {
    const Said said =
        assistant.presses(advisor_dir, verb::consult_reply, {{"consulta", id}, {"respuesta", text}});
    CHECK(said.outcome() == "form_incomplete");
    CHECK(said.reply.notices.empty());
    CHECK(stored_consult(assistant, id).reply.empty());
  }
}
