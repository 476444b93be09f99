// The same activity twice, and a disk that does not answer: each activity has one effect, and a 200 means
// that it is stored.
#include "storage/items_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/acceptance/door.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <thread>

namespace pao::tests {
namespace {

json filing(const Person& liaison) {
  json invoke = liaison.activity("invoke");
  invoke["name"] = "adaptiveCard/action";
  invoke["value"] = {{"action",
                      {{"type", "Action.Execute"},
                       {"verb", "ss.radicar"},
                       {"data",
                        {{"tipo", "SS-7"},
                         {"proceso", "COM"},
                         {"practica", "planes"},
                         {"asunto", "Mesa de trabajo"},
                         {"justificacion", "Revisar el plan."}}}}}};
  return invoke;
}

std::size_t open_requests(Ministry& ministry) {
  return storage::test::reading(
             ministry.store(),
             [](storage::Session& session) { return storage::requests_of(session, "COM", true); })
      .size();
}

}  // namespace

TEST_CASE("a message that Teams sends again is answered once") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  json message = liaison.activity("message");
  message["text"] = "eco una vez";
  for (int i = 0; i < 3; ++i) CHECK(ministry.post(message.dump()).status == 200);
  liaison.receives("Eco: una vez");
  CHECK(liaison.hears_nothing_more());
  CHECK(ministry.registro_length() == 1);

  SUBCASE("also after the service was started again") {
    ministry.continues_at("2026-11-12T09:05:00-05:00");
    CHECK(ministry.post(message.dump()).status == 200);
    CHECK(liaison.hears_nothing_more());
    CHECK(ministry.registro_length() == 1);
  }
  SUBCASE("while another id is another message") {
    message["id"] = "another";
    CHECK(ministry.post(message.dump()).status == 200);
    liaison.receives("Eco: una vez");
  }
}

TEST_CASE("a button pressed once and sent twice gives the stored answer and one effect (checklist 6)") {
  Ministry ministry;
  const json invoke = filing(ministry.person("U-020"));
  const Answered first = ministry.post(invoke.dump()), second = ministry.post(invoke.dump());
  CHECK(first.status == 200);
  CHECK(second.status == 200);
  CHECK(second.body == first.body);
  CHECK(open_requests(ministry) == 1);
}

TEST_CASE("the same activity arriving several times at once has one effect and one answer (checklist 7)") {
  Ministry ministry;
  const std::string body = filing(ministry.person("U-020")).dump();
  std::vector<Answered> answers(8);
  std::vector<std::thread> senders;
  for (Answered& answer : answers)
    senders.emplace_back([&ministry, &body, &answer] { answer = ministry.post(body); });
  for (std::thread& sender : senders) sender.join();
  for (const Answered& answer : answers) {
    CHECK(answer.status == 200);
    CHECK(answer.body == answers.front().body);
  }
  CHECK(open_requests(ministry) == 1);
  CHECK(ministry.registro_length() == 1);
  ministry.person("U-004").receives("Tiene una nueva solicitud");
  CHECK(ministry.person("U-004").hears_nothing_more());
}

TEST_CASE("two people who register the same period at once: one is recorded, the other is told") {
  Ministry ministry;
  const Values values{{"elemento", "IND-COM-01"},
                      {"periodo", "2026-10"},
                      {"numerador", "45"},
                      {"denominador", "50"},
                      {"analisis", "Se cumplió."},
                      {"evidencia", "p.xlsx"},
                      {"tipo_evidencia", "hoja_de_calculo"}};
  const Person people[] = {ministry.person("U-020"), ministry.person("U-022")};
  Pressed answers[2];
  std::thread other([&] { answers[1] = people[1].presses("avance.guardar", values); });
  answers[0] = people[0].presses("avance.guardar", values);
  other.join();
  int recorded = 0, told = 0;
  for (const Pressed& answer : answers) {
    CHECK(answer.status == 200);
    INFO(answer.shown.words());
    recorded += answer.shown.shows("Avance registrado");
    const bool is_told =
        answer.shown.shows("ya está registrado") || answer.shown.shows("Alguien más acaba de registrar");
    CHECK(is_told != answer.shown.shows("Avance registrado"));
    told += is_told;
  }
  CHECK(recorded == 1);
  CHECK(told == 1);
}

TEST_CASE("a disk that does not take the turn: 503, nothing half done, and the repetition succeeds") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  json message = liaison.activity("message");
  message["text"] = "eco a pesar de todo";
  {
    SQLite::Database held((ministry.folder() / "store.db").string(), SQLite::OPEN_READWRITE, 5000);
    held.exec("BEGIN IMMEDIATE");
    const Answered refused = ministry.post(message.dump());
    CHECK(refused.status == 503);
    CHECK(refused.headers.at("retry-after") == "5");
    CHECK(refused.body.empty());
    held.exec("ROLLBACK");
  }
  CHECK(ministry.registro_length() == 0);
  CHECK(ministry.teams().delivered().empty());
  CHECK(ministry.post(message.dump()).status == 200);
  liaison.receives("Eco: a pesar de todo");
  CHECK(ministry.registro_length() == 1);
}

}  // namespace pao::tests
