// "¿Qué me toca?" and "¿por qué esa fecha?".
#include "cards/status_card.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/service_level.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::ObligationState;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

Tracked tracked(const char* item, ObligationState state, const char* due_on) {
  Tracked one;
  one.obligation.item_id = item;
  one.obligation.due_on = *parse_date(due_on);
  one.assessment.state = state;
  return one;
}

int number(const Said& said, const char* field) {
  return std::stoi(said.field(field));
}

}  // namespace

TEST_CASE(
    "what was opened again comes first, then what can be done in time, then the latest overdue, then what is "
    "open for longer") {
  std::vector<Tracked> all = {tracked("open-late", ObligationState::open, "2026-12-20"),
                              tracked("overdue-old", ObligationState::overdue, "2026-03-01"),
                              tracked("soon-later", ObligationState::due_soon, "2026-11-16"),
                              tracked("open-early", ObligationState::open, "2026-12-01"),
                              tracked("overdue-new", ObligationState::overdue, "2026-11-09"),
                              tracked("soon-today", ObligationState::due_soon, "2026-11-12")};
  Tracked reopened = tracked("reopened", ObligationState::overdue, "2026-02-01");
  reopened.reopened_until = make_date(2026, 11, 13);
  all.push_back(reopened);
  sort_by_urgency(all);
  std::vector<std::string> order;
  for (const Tracked& one : all) order.push_back(one.obligation.item_id);
  CHECK(order == std::vector<std::string>{"reopened", "soon-today", "soon-later", "overdue-new",
                                          "overdue-old", "open-early", "open-late"});
}

TEST_CASE("leader and liaison see the whole process, counted as the oracle of the demo counts it") {
  const Assistant assistant;
  for (const char* person : {leader_com, liaison_com}) {
    const Said said = assistant.says(person, "qué me toca");
    CHECK(said.route == "status");
    REQUIRE(said.outcome() == "status_shown");
    CHECK(number(said, "overdue") == 19);
    CHECK(number(said, "due_soon") == 1);
    CHECK(number(said, "open") == 0);
    CHECK(said.shown().find("IND-COM-01") <
          said.shown().find("PAI-COM-02-T2"));  // due today, then the latest
    CHECK(said.shows("Página 1 de 4"));
    CHECK(said.shows("se valida hasta el 23 de noviembre de 2026"));
  }
}

TEST_CASE("an owner sees own items only, and nothing of other processes") {
  const Assistant assistant;
  const Said said = assistant.presses(owner_com, verb::my_status);  // U-021
  REQUIRE(said.outcome() == "status_shown");
  CHECK(number(said, "overdue") + number(said, "due_soon") < 20);
  CHECK(said.shows("PAI-COM-03-T2"));
  CHECK_FALSE(said.shows("PAI-COM-02-T2"));  // of U-022
  CHECK_FALSE(said.shows("-DIR-"));
  CHECK_FALSE(said.shows("se valida hasta"));  // an owner does not validate reports
}

TEST_CASE("pages hold together: each line once, whatever page a card asks for") {
  const Assistant assistant;
  int lines = 0;
  for (const char* page : {"0", "1", "2", "3"}) {
    const Said said = assistant.presses(liaison_com, verb::my_status, {{"pagina", page}});
    std::size_t at = 0;
    const std::string shown = said.shown();
    while ((at = shown.find(verb::explain_due, at)) != std::string::npos) {
      ++lines;
      ++at;
    }
  }
  CHECK(lines % 20 == 0);  // once in the button, perhaps once more in its fallback
  CHECK(lines > 0);
  for (const char* page : {"999", "-5", "dos", "", "99999999999999999999"}) {
    const Said said = assistant.presses(liaison_com, verb::my_status, {{"pagina", page}});
    CHECK(said.outcome() == "status_shown");
    CHECK(said.shows(std::string(page) == "999" ? "Página 4 de 4" : "Página 1 de 4"));
  }
}

TEST_CASE("who has nothing pending, or no role that records, is told so") {
  const Assistant assistant;
  CHECK(assistant.says(liaison_dir, "qué me toca").shows("Está al día"));
  const Said none = assistant.says(internal_control, "qué me toca");
  CHECK(none.outcome() == "status_empty");
  CHECK(none.shows("No tiene pendientes de registro"));
}

TEST_CASE("an advisor sees everything that waits, the most urgent first, with the way to it") {
  Assistant assistant;
  CHECK_FALSE(assistant.says(advisor_dir, "qué me toca").shows("por responder"));
  CHECK(assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", "La primera"}}).outcome() ==
        "escalated");
  assistant.move_to("2026-11-12T10:00:00-05:00");
  CHECK(assistant.presses(leader_dir, verb::advisor_send, {{"pregunta", "La segunda"}}).outcome() ==
        "escalated");
  const Said desk = assistant.says(advisor_dir, "qué me toca");
  CHECK(desk.shows("2 consultas por responder"));
  CHECK(desk.shows("La más próxima: Vence el"));
  CHECK(desk.shows(verb::consult_queue));
  CHECK_FALSE(assistant.says(advisor_com, "mis pendientes").shows("consultas por responder"));
  // What the digest tells is here too, also on the pages after the first.
  const Said com = assistant.says(advisor_com, "mis pendientes");
  CHECK(com.shows("avances por verificar"));
  CHECK(com.shows(verb::verify_queue));
  CHECK(assistant.presses(advisor_com, verb::my_status, {{"pagina", "1"}}).outcome() == "status_shown");
}

TEST_CASE("a due date is explained by its rule, its month and each day that counts or does not") {
  struct Case {
    std::string practice;
    const char* period;
    const char* rule;
    const char* due;
    const char* skipped;
  };
  const Case cases[] = {
      {"planes", "2026-10", "Primeros 5 días hábiles de noviembre de 2026", "9 de noviembre de 2026",
       "(Ley 51"},
      {"documentos", "2026", "Primeros 10 días hábiles de octubre de 2026", "15 de octubre de 2026",
       "(Ley 51"},
      {"riesgos", "2026-C2", "Primeros 5 días hábiles de septiembre de 2026", "7 de septiembre de 2026",
       "no cuenta"},
      {"planes", "2026-12", "Primeros 5 días hábiles de enero de 2027", "8 de enero de 2027", "no cuenta"},
  };
  const Assistant assistant;
  for (const Case& each : cases) {
    CAPTURE(each.practice);
    const Said said =
        assistant.presses(coordination, verb::explain_due,
                          {{"practica", each.practice}, {"elemento", ""}, {"periodo", each.period}});
    REQUIRE_MESSAGE(said.outcome() == "due_explained", said.outcome());
    CHECK(said.shows(each.rule));
    CHECK(said.shows(each.due));
    CHECK(said.shows(each.skipped));
  }
}

TEST_CASE("the windows in which a report can be answered are told with their last day (R-30)") {
  Assistant assistant;
  const Said open = assistant.says(liaison_dir, "quiero validar el reporte de seguimiento");
  CHECK(open.route == "report.windows");
  CHECK(open.field("open") == "1");
  CHECK(open.shows("20 de noviembre de 2026"));
  CHECK(assistant.says("U-024", "quiero validar el reporte de seguimiento").field("open") ==
        "0");  // accepted
  assistant.move_to("2026-11-20T23:59:59-05:00");
  CHECK(assistant.says(liaison_dir, "quiero validar el reporte de seguimiento").shows("Vence hoy"));
  assistant.move_to("2026-11-21T00:00:00-05:00");
  CHECK(assistant.says(liaison_dir, "quiero validar el reporte de seguimiento").field("open") == "0");
}
