// An answer to one person becomes an answer for everybody (activity 3; four eyes).
#include "cards/verbs.hpp"
#include "handlers/consult/entry_renewal.hpp"
#include "storage/entries_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/consult/second_risks.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* question =
    "¿El acta de la mesa de trabajo con firma electrónica sirve como soporte del plan?";
constexpr const char* answer =
    "Sí. Vale la firma electrónica si el documento muestra fecha y nombre de quien firma.";

std::string answered_consult(const Assistant& assistant) {
  const std::string id =
      assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", question}, {"practica", "planes"}})
          .field("consult");
  REQUIRE(assistant.presses(advisor_dir, verb::consult_reply, {{"consulta", id}, {"respuesta", answer}})
              .outcome() == "consult_answered");
  return id;
}

Values proposal(const std::string& consult) {
  return {{"consulta", consult},
          {"entrada", ""},
          {"practica", "planes"},
          {"titulo", question},
          {"texto", answer}};
}

std::string proposed(const Assistant& assistant, const char* practice = "planes") {
  Values values = proposal(answered_consult(assistant));
  values["practica"] = practice;
  const Said said = assistant.presses(advisor_dir, verb::entry_propose, values);
  REQUIRE_MESSAGE(said.outcome() == "entry_proposed", said.outcome());
  return said.field("entry");
}

// The vigencia under which an answer is cited; 0: nobody gets it.
int cited_for(const Reference& reference, const std::string& entry) {
  for (const procedure::Criterion& criterion : reference.criteria) {
    if (criterion.code == entry) return criterion.term;
  }
  return 0;
}

}  // namespace

TEST_CASE("abstain, advisor, answer, approved entry: the next person who asks gets it, cited (R-06, R-09)") {
  Assistant assistant;
  CHECK(assistant.says(liaison_com, question).shown().find("RES-") == std::string::npos);
  const std::string consult = answered_consult(assistant);
  const Said form = assistant.presses(advisor_dir, verb::entry_form, {{"consulta", consult}});
  CHECK(form.shows("Proponer una respuesta para todos"));
  CHECK(form.shows("firma electrónica"));

  const Said said = assistant.presses(advisor_dir, verb::entry_propose, proposal(consult));
  REQUIRE_MESSAGE(said.outcome() == "entry_proposed", said.outcome());
  const std::string entry = said.field("entry");
  CHECK(entry == "RES-0001");
  REQUIRE(said.reply.notices.size() == 1);
  CHECK(said.reply.notices.front().aad_object_id == assistant.person(coordination).aad_object_id);
  assistant.move_to("2026-11-13T10:00:00-05:00");
  CHECK(assistant.says(liaison_com, question).shown().find("RES-0001") == std::string::npos);  // not yet

  CHECK(assistant.presses(advisor_dir, verb::entry_approve, {{"entrada", entry}}).error);  // his own
  const Said approved = assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}});
  REQUIRE_MESSAGE(approved.outcome() == "entry_approved", approved.outcome());
  assistant.move_to("2026-11-13T10:00:01-05:00");
  const Said next = assistant.says(liaison_com, question);
  CHECK(next.outcome() == "answered");
  CHECK(next.shows("muestra fecha y nombre"));
  CHECK(next.shows("RES-0001"));
  CHECK(next.shows("Respuesta aprobada por GESFO, 13 de noviembre de 2026"));
  CHECK(next.field("criteria").find("RES-0001") == 0);

  CHECK(assistant.presses(coordination, verb::entry_retire, {{"entrada", entry}}).error);  // no reason
  CHECK(assistant
            .presses(coordination, verb::entry_retire, {{"entrada", entry}, {"motivo", "Cambió la norma."}})
            .outcome() == "entry_retired");
  assistant.move_to("2026-11-13T10:00:02-05:00");
  CHECK(assistant.says(liaison_com, question).shown().find("RES-0001") == std::string::npos);
  const auto steps = reading(assistant.database(),
                             [&](storage::Session& session) { return storage::entry_steps(session, entry); });
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].actor == coordination);
  CHECK(steps[2].words == "Cambió la norma.");
}

TEST_CASE("a returned entry is corrected by who proposed it and decided again") {
  const Assistant assistant;
  const std::string entry = proposed(assistant);
  const Values back = {{"entrada", entry}, {"motivo", "Quite el nombre de la mesa."}};
  CHECK(assistant.presses(advisor_com, verb::entry_return, back).error);
  const Said returned = assistant.presses(coordination, verb::entry_return, back);
  REQUIRE_MESSAGE(returned.outcome() == "entry_returned", returned.outcome());
  CHECK(returned.reply.notices.front().content.card->json.find("Quite el nombre") != std::string::npos);
  CHECK(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).error);

  Values again = proposal("C-2026-0001");
  again["entrada"] = entry;
  again["titulo"] = "¿Sirve un acta con firma electrónica?";
  CHECK(assistant.presses(advisor_dir, verb::entry_propose, again).outcome() == "entry_proposed");
  CHECK(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).outcome() ==
        "entry_approved");
  CHECK(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).error);
}

TEST_CASE("an entry needs an answered consult, its practice and words within limits") {
  const Assistant assistant;
  const std::string open =
      assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", question}, {"practica", "planes"}})
          .field("consult");
  CHECK(assistant.presses(advisor_dir, verb::entry_propose, proposal(open)).error);
  const std::string consult = answered_consult(assistant);
  for (const auto& [field, value] : {std::pair<std::string, std::string>{"practica", "magia"},
                                     {"titulo", "  "},
                                     {"texto", ""},
                                     {"texto", std::string(1501, 'x')},
                                     {"titulo", std::string(251, 'x')}}) {
    Values values = proposal(consult);
    values[field] = value;
    CAPTURE(field);
    CHECK(assistant.presses(advisor_dir, verb::entry_propose, values).outcome() == "form_incomplete");
  }
  CHECK(
      assistant.presses(advisor_com, verb::entry_propose, proposal(consult)).error);  // not a consult of hers
  CHECK(assistant.presses(liaison_dir, verb::entry_propose, proposal(consult)).error);
  CHECK(assistant.presses(advisor_dir, verb::entry_view, {{"entrada", "RES-0099"}}).error);
}

TEST_CASE(
    "an approved answer goes into the next vigencia when the coordination keeps it (R-06, R-49, R-50)") {
  Assistant assistant;
  const std::string entry = proposed(assistant, "riesgos");
  const auto presses = [&](const char* who, const char* vigencia) {
    return assistant.presses(who, verb::entry_renew, {{"entrada", entry}, {"vigencia", vigencia}});
  };
  REQUIRE_FALSE(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).error);
  CHECK(presses(coordination, "2027").error);  // the guideline of 2026 is in force
  publish_risks(assistant, 2027, 1);
  assistant.move_to("2026-12-29T09:00:00-05:00");
  CHECK(cited_for(*assistant.reference().current(), entry) == 2026);
  // The guidelines of March are those of December; the answer was not approved yet.
  const auto march = assistant.reference().as_of(make_date(2026, 3, 15));
  REQUIRE(march);
  CHECK((*march)->versions == assistant.reference().current()->versions);
  CHECK(cited_for(**march, entry) == 0);

  assistant.move_to("2027-01-13T09:00:00-05:00");
  CHECK(cited_for(*assistant.reference().current(), entry) == 0);
  CHECK(assistant.says(coordination, "respuestas para todos").shows("no se usa hasta que se mantenga"));
  const Said card = assistant.presses(coordination, verb::entry_view, {{"entrada", entry}});
  CHECK(card.shows("Mantener para 2027"));
  CHECK(card.shows("Retirar"));
  CHECK_FALSE(assistant.presses(advisor_dir, verb::entry_view, {{"entrada", entry}}).shows("Mantener para"));
  CHECK(presses(advisor_com, "2027").error);
  CHECK(presses(coordination, "2028").error);

  const Said kept = presses(coordination, "2027");
  REQUIRE_MESSAGE(kept.outcome() == "entry_renewed", kept.outcome());
  CHECK(kept.shows("2026 a 2027"));
  assistant.move_to("2027-01-13T09:00:01-05:00");
  CHECK(cited_for(*assistant.reference().current(), entry) == 2027);
  const auto then = assistant.reference().as_of(make_date(2026, 12, 1));
  REQUIRE(then);
  CHECK(cited_for(**then, entry) == 2026);
  CHECK(presses(coordination, "2027").error);  // nothing more to decide
}

TEST_CASE("the coordination is told once a vigencia that approved answers wait for its decision (R-49)") {
  Assistant assistant;
  const std::string entry = proposed(assistant, "riesgos");
  REQUIRE_FALSE(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).error);
  publish_risks(assistant, 2027, 1);
  const auto lines = [&] {
    return reading(assistant.database(), [&](storage::Session& session) {
      return consult::renewal_lines(session, *assistant.reference().current(), "", assistant.now());
    });
  };
  CHECK(lines().empty());
  assistant.move_to("2027-01-13T09:00:00-05:00");
  const std::vector<DigestLine> waiting = lines();
  REQUIRE(waiting.size() == 1);
  CHECK(waiting.front().person_id == coordination);
  CHECK(waiting.front().key == "respuestas/riesgos|2027");
  CHECK(waiting.front().text.find("Hay 1 respuesta aprobada que ya no uso.") != std::string::npos);
  REQUIRE_FALSE(
      assistant.presses(coordination, verb::entry_renew, {{"entrada", entry}, {"vigencia", "2027"}}).error);
  CHECK(lines().empty());
}

TEST_CASE(
    "an entry shows who proposed, returned and decided it; a retired one makes room for another (R-50)") {
  const Assistant assistant;
  const std::string entry = proposed(assistant);
  REQUIRE_FALSE(assistant
                    .presses(coordination, verb::entry_return,
                             {{"entrada", entry}, {"motivo", "Quite el nombre de la mesa."}})
                    .error);
  REQUIRE_FALSE(assistant.presses(advisor_dir, verb::entry_propose, proposal("C-2026-0001")).error);
  REQUIRE_FALSE(assistant.presses(coordination, verb::entry_approve, {{"entrada", entry}}).error);
  const std::string advisor = assistant.person(advisor_dir).name;
  const std::string head_of_group = assistant.person(coordination).name;
  const Said card = assistant.presses(advisor_dir, verb::entry_view, {{"entrada", entry}});
  CHECK(card.shows("12 de noviembre de 2026: " + advisor + " la propuso."));
  CHECK(card.shows(head_of_group + " la devolvió: Quite el nombre de la mesa."));
  CHECK(card.shows(advisor + " la propuso de nuevo."));
  CHECK(card.shows(head_of_group + " la aprobó."));

  CHECK(assistant.presses(advisor_dir, verb::entry_propose, proposal("C-2026-0001")).error);
  REQUIRE_FALSE(
      assistant
          .presses(coordination, verb::entry_retire, {{"entrada", entry}, {"motivo", "Cambió la norma."}})
          .error);
  const Said another = assistant.presses(advisor_dir, verb::entry_propose, proposal("C-2026-0001"));
  REQUIRE_MESSAGE(another.outcome() == "entry_proposed", another.outcome());
  CHECK(another.field("entry") == "RES-0002");
}
