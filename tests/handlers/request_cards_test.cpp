// The buttons of every card about an SS: what whoever reads it may do in that state, and nothing else (5.2).
#include "tests/handlers/request_steps.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

namespace {

using Titles = std::vector<std::string>;

const Titles all_steps = {"Dar el aval",
                          "Tomar en revisión",
                          "Pedir información",
                          "Completar la información",
                          "Decidir",
                          "Aplicar el cambio",
                          "Cerrar",
                          "Retirar la solicitud",
                          "Reasignar"};

Titles buttons(const std::string& card) {
  Titles found;
  for (const std::string& title : all_steps) {
    if (card.find("\"title\":\"" + title + "\"") != std::string::npos) found.push_back(title);
  }
  return found;
}

// The card that this person was sent.
std::string sent_to(const Assistant& assistant, const Said& said, const char* person) {
  const std::string aad = assistant.person(person).aad_object_id;
  const auto found = std::find_if(said.reply.notices.begin(), said.reply.notices.end(),
                                  [&](const Notice& notice) { return notice.aad_object_id == aad; });
  REQUIRE_MESSAGE(found != said.reply.notices.end(), person);
  REQUIRE(found->content.card);
  return found->content.card->json;
}

}  // namespace

TEST_CASE("in every state each person's card has the buttons of the moves that are hers or his (R-44)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-2");
  struct Row {
    const char* state;
    bool waits_for_aval;
    const char* person;
    Titles expected;
  };
  const Titles decides = {"Pedir información", "Decidir"},
               decides_and_assigns = {"Pedir información", "Decidir", "Reasignar"};
  const Row rows[] = {
      {"radicada", true, liaison_dir, {"Retirar la solicitud"}},
      {"radicada", true, leader_dir, {"Dar el aval"}},
      {"radicada", true, advisor_dir, {}},
      {"radicada", true, coordination, {"Reasignar"}},
      {"radicada", false, liaison_dir, {"Retirar la solicitud"}},
      {"radicada", false, leader_dir, {}},
      {"radicada", false, advisor_dir, {"Tomar en revisión"}},
      {"radicada", false, coordination, {"Tomar en revisión", "Reasignar"}},
      {"radicada", false, head, {}},
      {"en_revision", false, liaison_dir, {}},
      {"en_revision", false, advisor_dir, decides},
      {"en_revision", false, coordination, decides_and_assigns},
      {"en_espera_informacion", false, liaison_dir, {"Completar la información"}},
      {"en_espera_informacion", false, leader_dir, {"Completar la información"}},
      {"en_espera_informacion", false, advisor_dir, {}},
      {"aprobada", false, liaison_dir, {}},
      {"aprobada", false, advisor_dir, {"Aplicar el cambio"}},
      {"rechazada", false, advisor_dir, {"Cerrar"}},
      {"rechazada", false, liaison_dir, {}},
      {"aplicada", false, advisor_dir, {"Cerrar"}},
      {"cerrada", false, advisor_dir, {}},
      {"cerrada", false, coordination, {}},
      {"cerrada_sin_respuesta", false, advisor_dir, {}},
      {"anulada", false, liaison_dir, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.state);
    CAPTURE(row.waits_for_aval);
    CAPTURE(row.person);
    assistant.change("UPDATE service_requests SET state = '" + std::string(row.state) +
                     "', endorsement_pending = " + (row.waits_for_aval ? "1" : "0") + " WHERE id = '" +
                     ss.id + "'");
    const Said seen = ss.press(row.person, verb::request_view);
    REQUIRE_MESSAGE(seen.outcome() == "request_shown", seen.outcome());
    CHECK(buttons(seen.shown()) == row.expected);
  }
}

TEST_CASE("the cards that a new SS sends can be acted on at once") {
  const Assistant assistant;
  const Said waiting = assistant.presses(liaison_dir, verb::request_file, complete_request("SS-2"));
  REQUIRE(waiting.outcome() == "request_filed");
  CHECK(buttons(waiting.shown()) == Titles{"Retirar la solicitud"});
  CHECK(buttons(sent_to(assistant, waiting, leader_dir)) == Titles{"Dar el aval"});

  const Filed ss{assistant, waiting.field("request")};
  const Said endorsed = ss.endorse();
  REQUIRE(endorsed.outcome() == "request_endorsed");
  CHECK(buttons(endorsed.shown()).empty());
  CHECK(buttons(sent_to(assistant, endorsed, advisor_dir)) == Titles{"Tomar en revisión"});
  CHECK(buttons(sent_to(assistant, endorsed, liaison_dir)) == Titles{"Retirar la solicitud"});

  const Said filed = assistant.presses(leader_dir, verb::request_file, complete_request("SS-1"));
  REQUIRE(filed.outcome() == "request_filed");
  const std::string card = sent_to(assistant, filed, advisor_dir);
  CHECK(card.find("Tiene una nueva solicitud") != std::string::npos);
  CHECK(buttons(card) == Titles{"Tomar en revisión"});
  CHECK(ss.take().outcome() == "request_taken");
}

TEST_CASE("the form of a step is shown to who may take it, and only in its state") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  const auto form = [&](const char* person, const char* step) {
    return ss.press(person, verb::request_step, {{"paso", step}});
  };
  CHECK(form(advisor_dir, "aprobar").error);  // nobody has taken it yet
  REQUIRE_FALSE(ss.take().error);
  for (const char* step : {"aprobar", "pedir_informacion"}) CHECK_FALSE(form(advisor_dir, step).error);
  CHECK(form(advisor_dir, "aplicar").error);
  CHECK(form(advisor_com, "aprobar").error);
  CHECK(form(liaison_dir, "aprobar").error);
  CHECK_FALSE(form(coordination, "reasignar").error);
  CHECK(form(coordination, "borrar").error);
}

TEST_CASE(
    "what was applied is told with its old and new value in words: dates, people, shares (R-38, R-40)") {
  struct Case {
    const char* field;
    const char* value;
    const char* told;
  };
  const Case cases[] = {
      {"fecha_fin", "2027-01-29",
       "PAI-DIR-01-T2, Fecha final: 30 de diciembre de 2026 → 29 de enero de 2027"},
      {"responsable_id", "U-017", "PAI-DIR-01-T2, Responsable: "},
      {"peso", "55,5", "PAI-DIR-01-T2, Peso, en porcentaje: 60 % → 55,5 %"},
  };
  const Assistant assistant;
  const std::string before = assistant.person("U-018").name, after = assistant.person("U-017").name;
  for (const Case& each : cases) {
    CAPTURE(each.field);
    const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
    REQUIRE_FALSE(ss.take().error);
    REQUIRE_FALSE(ss.decide("aprobada").error);
    const Said applied =
        ss.press(advisor_dir, verb::request_apply,
                 {{"elemento", "PAI-DIR-01-T2"}, {"campo", each.field}, {"valor_nuevo", each.value}});
    REQUIRE_MESSAGE(applied.outcome() == "request_applied", applied.outcome());
    std::string told = each.told;
    if (told.ends_with(": ")) told += before + " → " + after;
    CHECK(sent_to(assistant, applied, liaison_dir).find(told) != std::string::npos);
    CHECK(applied.shows("Cambio aplicado, " + assistant.person(advisor_dir).name + ". " + told));
    CHECK(ss.press(leader_dir, verb::request_view).shows(told));
  }
  const Filed removal = file_request_of(assistant, leader_dir, "SS-3");
  REQUIRE_FALSE(removal.take().error);
  REQUIRE_FALSE(removal.decide("aprobada").error);
  CHECK(
      removal.press(advisor_dir, verb::request_apply, {{"accion", "eliminar"}, {"elemento", "PAI-DIR-01-T2"}})
          .shows("PAI-DIR-01-T2, eliminación (fecha final): 29 de enero de 2027 → 12 de noviembre de 2026"));
}

TEST_CASE("an applied SS-5 says until when the period is open (R-40)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-5");
  CHECK(ss.press(advisor_dir, verb::request_view).shows("octubre de 2026"));  // what it asks for
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.decide("aprobada").error);
  const Said applied =
      ss.press(advisor_dir, verb::request_apply, {{"elemento", "PAI-DIR-01-T2"}, {"periodo", "octubre"}});
  REQUIRE_MESSAGE(applied.outcome() == "request_applied", applied.outcome());
  for (const char* person : {leader_dir, liaison_dir}) {
    CHECK(sent_to(assistant, applied, person)
              .find("PAI-DIR-01-T2, octubre de 2026: Periodo cerrado → Abierto hasta el 17 de noviembre de "
                    "2026") != std::string::npos);
  }
  CHECK(ss.press(liaison_dir, verb::request_view).shows("Abierto hasta el 17 de noviembre de 2026"));
}
