// The steps of one SS as people take them in the chat, for the tests of the steps and of the clock.
#pragma once

#include "cards/verbs.hpp"
#include "handlers/procedure/service_clock.hpp"
#include "handlers/requests/request_moves.hpp"
#include "storage/people_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <set>
#include <string>
#include <vector>

namespace pao::handlers::test {

// One SS of the process DIR, whose advisor is U-003, and what was said about it.
struct Filed {
  const Assistant& assistant;
  std::string id;

  Said press(const char* person, const char* verb, Values values = {}) const {
    values["ss"] = id;
    return assistant.presses(person, verb, values);
  }
  Said take(const char* person = advisor_dir) const { return press(person, cards::verb::request_take); }
  Said ask(const char* person = advisor_dir) const {
    return press(person, cards::verb::request_ask, {{"pregunta", "¿Cuál es el acta de la mesa?"}});
  }
  Said inform(const char* person = liaison_dir) const {
    return press(person, cards::verb::request_inform,
                 {{"informacion", "Es el acta 12."}, {"evidencia", "acta-12.pdf"}});
  }
  Said decide(const char* decision, const char* person = advisor_dir) const {
    return press(person, cards::verb::request_decide,
                 {{"decision", decision},
                  {"decia_reporte", "Termina el 30 de diciembre."},
                  {"muestra_evidencia", "El insumo llega en enero."},
                  {"motivo", "El cronograma depende de otra entidad."}});
  }
  Said apply(const char* person = advisor_dir) const {
    return press(person, cards::verb::request_apply,
                 {{"elemento", "PAI-DIR-01-T2"}, {"campo", "fecha_fin"}, {"valor_nuevo", "2027-01-29"}});
  }
  Said close(const char* person = advisor_dir) const { return press(person, cards::verb::request_close); }
  Said withdraw(const char* person = liaison_dir) const {
    return press(person, cards::verb::request_withdraw, {{"motivo", "Ya no hace falta."}});
  }
  Said endorse(const char* person = leader_dir) const { return press(person, cards::verb::request_endorse); }
  Said reassign(const char* to = advisor_com, const char* person = coordination) const {
    return press(person, cards::verb::request_reassign, {{"asesor", to}, {"motivo", "Vacaciones"}});
  }

  procedure::ServiceRequest now() const {
    const auto found = storage::test::reading(
        assistant.database(), [&](storage::Session& session) { return storage::find_request(session, id); });
    REQUIRE_MESSAGE(found, id);
    return *found;
  }
  std::string state() const { return std::string(procedure::to_word(now().state)); }
  std::string due() const { return now().due_on ? iso_date(*now().due_on) : "none"; }
  procedure::ServiceClock clock() const {
    return storage::test::reading(assistant.database(),
                                  [&](storage::Session& session) { return requests::clock_of(session, id); });
  }
  std::vector<storage::RequestEventRow> events() const {
    return storage::test::reading(assistant.database(), [&](storage::Session& session) {
      return storage::events_of_request(session, id);
    });
  }
};

inline Values complete_request(const std::string& type) {
  return {{"tipo", type},
          {"proceso", "DIR"},
          {"practica", "planes"},
          {"asunto", "Mover la fecha final"},
          {"elemento", "PAI-DIR-01-T2"},
          {"valor_actual", "2026-12-30"},
          {"valor_solicitado", type == "SS-5" ? "octubre de 2026" : "2027-01-29"},
          {"justificacion", "El insumo llega en enero."},
          {"evidencia", "oficio-123.pdf"}};
}

inline Filed file_request_of(const Assistant& assistant, const char* person, const std::string& type) {
  const Said filed = assistant.presses(person, cards::verb::request_file, complete_request(type));
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  return {assistant, filed.field("request")};
}

// Ids of the people who were told, each once; fails when somebody is told twice.
inline std::set<std::string> told(const Assistant& assistant, const Said& said) {
  std::set<std::string> people, keys;
  for (const Notice& notice : said.reply.notices) {
    CHECK(keys.insert(notice.key).second);
    const auto person = storage::test::reading(assistant.database(), [&](storage::Session& session) {
      return storage::find_person_by_aad(session, notice.aad_object_id);
    });
    REQUIRE(person);
    CHECK(people.insert(person->id).second);
  }
  return people;
}

}  // namespace pao::handlers::test
