// A commitment from the minutes to its end: listed, marked as fulfilled with date and evidence, alerted no
// more (R-10, R-22, R-23, 5.6).
#include "handlers/procedure/commitments.hpp"

#include "cards/verbs.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

// Of the ministry: U-018 answers for it, of DIR, due on 19 November.
constexpr const char* of_dir = "COMP-DIR-T3-1";

Values fulfilment(const Values& changed = {}) {
  Values values{{"compromiso", of_dir}, {"fecha", "2026-11-11"}, {"evidencia", "https://sig/instructivo"}};
  for (const auto& [name, value] : changed) values[name] = value;
  return values;
}

procedure::Item item(const Assistant& assistant, const std::string& id) {
  const auto found =
      reading(assistant.database(), [&](storage::Session& s) { return storage::find_item(s, id); });
  REQUIRE_MESSAGE(found, id);
  return *found;
}

void add_commitment(const Assistant& assistant, const std::string& id, const char* owner,
                    const char* ends_on) {
  assistant.change(
      "INSERT INTO items (id, position, kind, practice, process_id, name, owner_id, ends_on, attributes)"
      " VALUES ('" +
      id + "', 99999, 'compromiso', 'repac', 'DIR', 'Entregar el plan', '" + owner + "', '" + ends_on +
      "', '{}')");
}

std::vector<DigestLine> told_of(const Assistant& assistant, const std::string& id) {
  auto lines = reading(assistant.database(), [&](storage::Session& s) {
    return alerts::rule_lines(s, *assistant.reference().current(), "", assistant.now());
  });
  std::erase_if(lines, [&](const DigestLine& line) { return line.key.find(id) == std::string::npos; });
  return lines;
}

}  // namespace

TEST_CASE("who answers for a commitment marks it with its day and its evidence, and both are kept (R-10)") {
  const Assistant assistant;
  const Said form = assistant.presses(other_owner_dir, verb::commitment_form, {{"compromiso", of_dir}});
  REQUIRE_MESSAGE(form.outcome() == "commitment_form_shown", form.outcome());
  CHECK(form.shows("Actualizar el instructivo del proceso"));
  CHECK(form.shows(verb::commitment_save));
  const Said said = assistant.presses(other_owner_dir, verb::commitment_save, fulfilment());
  REQUIRE_MESSAGE(said.outcome() == "commitment_fulfilled", said.outcome() << said.shown());
  CHECK(said.shows("11 de noviembre de 2026"));
  CHECK(said.field("to") == "cumplido");
  const procedure::Item stored = item(assistant, of_dir);
  CHECK(procedure::fulfilled_on(stored) == make_date(2026, 11, 11));
  CHECK(stored.attributes.at(procedure::commitment_field::evidence) == "https://sig/instructivo");
  CHECK(stored.ends_on == make_date(2026, 11, 19));  // what was agreed stays
  const auto changes =
      reading(assistant.database(), [](storage::Session& s) { return storage::changes_of_item(s, of_dir); });
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].field == procedure::commitment_field::fulfilled_on);
  CHECK(changes[0].new_value == "2026-11-11");
  CHECK(changes[1].field == procedure::commitment_field::evidence);
  CHECK(changes[0].changed_by == other_owner_dir);
  CHECK(changes[0].request_id == "REPAC-DIR-2026-T3");
  // It is marked once.
  CHECK(assistant.presses(liaison_dir, verb::commitment_save, fulfilment()).error);
}

TEST_CASE("liaison and leader mark the commitments of their process, and nobody else (R-16, R-46, R-51)") {
  const Assistant assistant;
  for (const char* person :
       {owner_dir, liaison_com, leader_com, advisor_dir, coordination, internal_control}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::commitment_form, {{"compromiso", of_dir}}).error);
    CHECK(assistant.presses(person, verb::commitment_save, fulfilment()).error);
  }
  CHECK(assistant.presses(liaison_dir, verb::commitment_form, {{"compromiso", "PAI-DIR-01-T1"}}).error);
  CHECK(procedure::is_open_commitment(item(assistant, of_dir)));
  CHECK(assistant.presses(leader_dir, verb::commitment_form, {{"compromiso", of_dir}}).outcome() ==
        "commitment_form_shown");
  CHECK(assistant.presses(liaison_dir, verb::commitment_save, fulfilment()).outcome() ==
        "commitment_fulfilled");
}

TEST_CASE("a form of fulfilment with something wrong comes back with what was typed (R-10)") {
  const Assistant assistant;
  struct Row {
    Values changed;
    const char* sentence;
  };
  const Row rows[] = {{{{"fecha", ""}}, "Elija el día"},
                      {{{"fecha", "ayer"}}, "Elija el día"},
                      {{{"fecha", "2026-11-13"}}, "aún no llega"},
                      {{{"evidencia", "  "}}, "Escriba la evidencia"},
                      {{{"evidencia", std::string(1001, 'x')}}, "es muy larga"}};
  for (const Row& row : rows) {
    CAPTURE(row.sentence);
    const Said said = assistant.presses(other_owner_dir, verb::commitment_save, fulfilment(row.changed));
    CHECK(said.outcome() == "form_incomplete");
    CHECK(said.shows(row.sentence));
    if (row.changed.contains("fecha")) CHECK(said.shows("https://sig/instructivo"));
  }
  CHECK(procedure::is_open_commitment(item(assistant, of_dir)));
}

TEST_CASE("«cumplí el compromiso …» opens the form, and an order to change one does not (R-10, R-39)") {
  const Assistant assistant;
  for (const char* words :
       {"cumplí el compromiso COMP-DIR-T3-1", "marque el compromiso COMP-DIR-T3-1 como cumplido",
        "ya cumplimos COMP-DIR-T3-1", "registrar cumplimiento del compromiso COMP-DIR-T3-1"}) {
    CAPTURE(words);
    const Said said = assistant.says(liaison_dir, words);
    CHECK(said.route == "commitment.start");
    CHECK(said.outcome() == "commitment_form_shown");
    CHECK(said.shows(of_dir));
  }
  // The only open one of the process; with two of them it asks which.
  CHECK(assistant.says(liaison_dir, "marque el compromiso como cumplido").outcome() ==
        "commitment_form_shown");
  add_commitment(assistant, "COMP-DIR-NEW-1", other_owner_dir, "2026-11-10");
  const Said which = assistant.says(liaison_dir, "marque el compromiso como cumplido");
  CHECK(which.outcome() == "commitments_shown");
  CHECK(which.field("open") == "2");
  for (const char* words : {"cambie la fecha del compromiso COMP-DIR-T3-1 para diciembre",
                            "¿ya se cumplió el compromiso COMP-DIR-T3-1?"}) {
    CAPTURE(words);
    CHECK(assistant.says(liaison_dir, words).route != "commitment.start");
  }
}

TEST_CASE("open commitments are among what is pending, of the process and of who answers for them (R-22)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir, other_owner_dir}) {
    CAPTURE(person);
    const Said said = assistant.says(person, "qué me toca");
    CHECK(said.field("commitments") == "1");
    CHECK(said.shows("Actualizar el instructivo del proceso"));
    CHECK(said.shows("Vence el 19 de noviembre de 2026"));
    CHECK(said.shows(verb::commitment_form));
  }
  CHECK(assistant.says(owner_dir, "qué me toca").field("commitments") == "0");
  add_commitment(assistant, "COMP-DIR-NEW-1", other_owner_dir, "2026-11-10");
  const Said late = assistant.says(liaison_dir, "que compromisos tengo vencidos");
  CHECK(late.outcome() == "status_shown");
  CHECK(late.shows("COMP-DIR-NEW-1"));
  CHECK(late.shows("Venció el 10 de noviembre de 2026"));
  CHECK_FALSE(late.shows("Está al día"));
  // Somebody without a role in the process, and an advisor, who took one on in a working session.
  for (const char* person : {professional, advisor_com}) {
    add_commitment(assistant, std::string("COMP-MESA-2026-001-") + person, person, "2026-10-01");
    CAPTURE(person);
    const Said own = assistant.says(person, "qué me toca");
    CHECK(own.shows(std::string("COMP-MESA-2026-001-") + person));
    CHECK(own.shows(verb::commitment_form));
  }
}

TEST_CASE("many open commitments are all reached, a page at a time (R-22)") {
  const Assistant assistant;
  for (int number = 10; number < 30; ++number)
    add_commitment(assistant, "COMP-DIR-NEW-" + std::to_string(number), owner_dir, "2026-11-30");
  CHECK(assistant.says(liaison_dir, "qué me toca").shows(verb::commitment_list));
  std::set<std::string> seen;
  for (const char* page : {"0", "1", "2"}) {
    const Said said = assistant.presses(liaison_dir, verb::commitment_list, {{"pagina", page}});
    CHECK(said.field("open") == "21");
    for (int number = 10; number < 30; ++number) {
      const std::string id = "COMP-DIR-NEW-" + std::to_string(number);
      if (said.shows(id)) seen.insert(id);
    }
  }
  CHECK(seen.size() == 20);
}

TEST_CASE("the alert of a commitment has the button that ends it for who may, and stops then (R-22, R-23)") {
  Assistant assistant;
  assistant.move_to("2026-11-26T09:00:00-05:00");  // five business days late: up to the coordination
  const auto lines = told_of(assistant, of_dir);
  REQUIRE(!lines.empty());
  std::set<std::string> may_end, others;
  for (const DigestLine& line : lines) {
    REQUIRE(line.button);
    const bool ends = std::string(line.button->verb) == verb::commitment_form;
    (ends ? may_end : others).insert(line.person_id);
    if (ends) CHECK(line.button->values.at("compromiso") == of_dir);
  }
  CHECK(may_end.contains(other_owner_dir));
  CHECK(may_end.contains(liaison_dir));
  CHECK_FALSE(may_end.contains(coordination));
  REQUIRE(assistant.presses(other_owner_dir, verb::commitment_save, fulfilment()).outcome() ==
          "commitment_fulfilled");
  CHECK(told_of(assistant, of_dir).empty());
  CHECK(assistant.says(other_owner_dir, "qué me toca").field("commitments") == "0");
}

TEST_CASE("the card of a working session marks its commitments and says which are fulfilled (R-10)") {
  Assistant assistant;
  const Said convened = assistant.presses(advisor_dir, verb::session_convene,
                                          {{"asunto", "Metas"},
                                           {"agenda", "Metas"},
                                           {"proceso", "DIR"},
                                           {"lugar", "Sala 3"},
                                           {"fecha", "2026-11-20"},
                                           {"hora", "09:00"},
                                           {"duracion", "60"}});
  REQUIRE_MESSAGE(convened.outcome() == "session_convened", convened.shown());
  const std::string id = convened.field("session");
  assistant.move_to("2026-11-20T11:00:00-05:00");
  REQUIRE(assistant
              .presses(advisor_dir, verb::session_record,
                       {{"mesa", id},
                        {"asistentes", assistant.person(liaison_dir).name},
                        {"acta", "Se acordó cargar las actas."},
                        {"compromiso_1", "Cargar las actas"},
                        {"responsable_1", owner_dir},
                        {"plazo_1", "2026-11-30"}})
              .outcome() == "session_recorded");
  const std::string commitment = "COMP-" + id + "-1";
  const Said before = assistant.presses(liaison_dir, verb::session_view, {{"mesa", id}});
  CHECK(before.shows(verb::commitment_form));
  CHECK_FALSE(
      assistant.presses(advisor_dir, verb::session_view, {{"mesa", id}}).shows(verb::commitment_form));
  CHECK(assistant.says(owner_dir, "cumplí el compromiso " + commitment).outcome() == "commitment_form_shown");
  // Not before it was agreed.
  CHECK(assistant
            .presses(owner_dir, verb::commitment_save,
                     fulfilment({{"compromiso", commitment}, {"fecha", "2026-11-19"}}))
            .shows("anterior a la mesa"));
  REQUIRE(assistant
              .presses(owner_dir, verb::commitment_save,
                       fulfilment({{"compromiso", commitment}, {"fecha", "2026-11-20"}}))
              .outcome() == "commitment_fulfilled");
  const Said after = assistant.presses(liaison_dir, verb::session_view, {{"mesa", id}});
  CHECK(after.shows("cumplido el 20 de noviembre de 2026"));
  CHECK_FALSE(after.shows(verb::commitment_form));
}
