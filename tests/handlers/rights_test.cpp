// Who is who in a process: naming the liaison, temporary replacements, leavers, and what has nobody
// (procedure section 2, seed 5, GEN-07).
#include "cards/verbs.hpp"
#include "handlers/ownership.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/designations_store.hpp"
#include "storage/people_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

using procedure::Action;
using procedure::Role;

constexpr const char* second_liaison_dir = "U-016";

Values designation(const std::string& person, const std::string& since, const std::string& until = "") {
  return {{"proceso", "DIR"},
          {"persona", person},
          {"desde", since},
          {"hasta", until},
          {"documento", "Memorando 31 del 12 de noviembre"},
          {"principal", "si"}};
}

bool is_liaison(const Assistant& assistant, const char* person, const char* day) {
  const bool holds = procedure::holds_role(assistant.person(person), Role::liaison, "DIR", *parse_date(day));
  // The right follows from the role.
  CHECK(procedure::may(assistant.person(person), Action::file_request, "DIR", "", *parse_date(day))
            .has_value() == holds);
  return holds;
}

std::set<std::string> told(const Assistant& assistant, const Said& said) {
  std::set<std::string> people;
  for (const Notice& notice : said.reply.notices) {
    const auto person = reading(assistant.database(), [&](storage::Session& session) {
      return storage::find_person_by_aad(session, notice.aad_object_id);
    });
    REQUIRE(person);
    CHECK(people.insert(person->id).second);  // once
  }
  return people;
}

std::vector<std::string> gaps_of(const Assistant& assistant, Unowned::Kind kind) {
  std::vector<std::string> processes;
  for (const Unowned& gap : reading(assistant.database(), [&](storage::Session& session) {
         return unowned(session, *assistant.reference().current(), local_date(assistant.now()));
       })) {
    if (gap.kind == kind) processes.push_back(gap.process_id);
  }
  return processes;
}

using People = std::set<std::string>;

}  // namespace

TEST_CASE("the leader names a liaison with date and document; the right begins that day (section 2, R-50)") {
  const Assistant assistant;
  CHECK_FALSE(is_liaison(assistant, other_owner_dir, "2026-11-17"));
  const Said named =
      assistant.presses(leader_dir, verb::designate, designation(other_owner_dir, "2026-11-17"));
  REQUIRE_MESSAGE(named.outcome() == "liaison_designated", named.outcome());
  CHECK_FALSE(is_liaison(assistant, other_owner_dir, "2026-11-16"));
  CHECK(is_liaison(assistant, other_owner_dir, "2026-11-17"));
  CHECK(is_liaison(assistant, other_owner_dir, "2027-11-17"));
  CHECK(is_liaison(assistant, liaison_dir, "2027-11-17"));  // nobody was replaced
  CHECK(named.field("designation") == "DES-2026-0001");
  CHECK(named.field("reason") == "Memorando 31 del 12 de noviembre");
  CHECK(named.field("to") == other_owner_dir);
  CHECK(told(assistant, named) == People{other_owner_dir, liaison_dir, second_liaison_dir, advisor_dir});
  const auto kept = reading(assistant.database(), [](storage::Session& session) {
    return storage::designations_of(session, "DIR");
  });
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].designated_by == leader_dir);
  CHECK(kept[0].designated_at == assistant.now());
  const Said team = assistant.presses(leader_dir, verb::team_view, {{"proceso", "DIR"}});
  CHECK(team.shows("DES-2026-0001"));
}

TEST_CASE("a person is named by id, by mail or by full name") {
  const procedure::Person person = Assistant().person(other_owner_dir);
  for (const std::string& named : {person.id, person.email, person.name}) {
    CAPTURE(named);
    const Assistant assistant;
    const Said said = assistant.presses(leader_dir, verb::designate, designation(named, "2026-11-17"));
    CHECK(said.outcome() == "liaison_designated");
    CHECK(said.field("person") == other_owner_dir);
  }
}

TEST_CASE("a replacement takes over on its day, and the former liaison keeps the day before (section 2)") {
  const Assistant assistant;
  Values values = designation(other_owner_dir, "2026-11-17");
  values["reemplaza"] = liaison_dir;
  const Said named = assistant.presses(leader_dir, verb::designate, values);
  REQUIRE_MESSAGE(named.outcome() == "liaison_designated", named.outcome());
  CHECK(is_liaison(assistant, liaison_dir, "2026-11-16"));
  CHECK_FALSE(is_liaison(assistant, liaison_dir, "2026-11-17"));
  CHECK_FALSE(is_liaison(assistant, liaison_dir, "2027-06-01"));
  CHECK(is_liaison(assistant, other_owner_dir, "2026-11-17"));
  CHECK(named.field("from") == liaison_dir);
}

TEST_CASE("a temporary replacement ends by its date, and who was replaced is back the next day (section 2)") {
  const Assistant assistant;
  Values values = designation(other_owner_dir, "2026-11-17", "2026-12-18");
  values["reemplaza"] = liaison_dir;
  const Said named = assistant.presses(leader_dir, verb::designate, values);
  REQUIRE_MESSAGE(named.outcome() == "liaison_designated", named.outcome());
  CHECK(named.shows("19 de diciembre de 2026"));
  struct Day {
    const char* day;
    bool former, substitute;
  };
  for (const Day& day :
       {Day{"2026-11-16", true, false}, Day{"2026-11-17", false, true}, Day{"2026-12-18", false, true},
        Day{"2026-12-19", true, false}, Day{"2027-03-01", true, false}}) {
    CAPTURE(day.day);
    CHECK(is_liaison(assistant, liaison_dir, day.day) == day.former);
    CHECK(is_liaison(assistant, other_owner_dir, day.day) == day.substitute);
  }
  // A list imported again does not undo it.
  writing(assistant.database(), [](storage::Session& session) { storage::reapply_liaison_endings(session); });
  CHECK(is_liaison(assistant, liaison_dir, "2027-03-01"));
}

TEST_CASE("what a designation must say: dates, document, somebody who may be it (section 2, R-16)") {
  const Assistant assistant;
  struct Case {
    std::string name;
    Values values;
    ErrorCode code;
  };
  const auto with = [](const char* field, const std::string& value) {
    Values values = designation(other_owner_dir, "2026-11-17");
    values[field] = value;
    return values;
  };
  const Case cases[] = {
      {"no date", with("desde", ""), ErrorCode::invalid},
      {"not a date", with("desde", "mañana"), ErrorCode::invalid},
      {"begins in the past", with("desde", "2026-11-11"), ErrorCode::invalid},
      {"ends before it begins", with("hasta", "2026-11-16"), ErrorCode::invalid},
      {"no document", with("documento", "  "), ErrorCode::invalid},
      {"a long document", with("documento", std::string(201, 'x')), ErrorCode::invalid},
      {"nobody", with("persona", "Nadie Conocido"), ErrorCode::invalid},
      {"the advisor", with("persona", advisor_dir), ErrorCode::refused},
      {"already liaison", with("persona", liaison_dir), ErrorCode::conflict},
      {"replaces somebody who is none", with("reemplaza", owner_com), ErrorCode::invalid},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Said said = assistant.presses(leader_dir, verb::designate, each.values);
    REQUIRE(said.error);
    CHECK(said.error->code == each.code);
    CHECK_FALSE(said.error->message.empty());
    CHECK(reading(assistant.database(), [](storage::Session& session) {
            return storage::designations_of(session, "DIR");
          }).empty());
    CHECK(is_liaison(assistant, liaison_dir, "2026-12-01"));
  }
}

TEST_CASE("only the leader of that process names or ends a liaison (R-51)") {
  const Assistant assistant;
  const Values ending = {{"proceso", "DIR"},
                         {"persona", liaison_dir},
                         {"ultimo_dia", "2026-11-30"},
                         {"motivo", "Cambio de dependencia"}};
  for (const char* person :
       {liaison_dir, owner_dir, advisor_dir, leader_com, coordination, head, internal_control}) {
    CAPTURE(person);
    for (const Said& said :
         {assistant.presses(person, verb::designate, designation(other_owner_dir, "2026-11-17")),
          assistant.presses(person, verb::liaison_ending, ending)}) {
      REQUIRE(said.error);
      CHECK(said.error->code == ErrorCode::refused);
    }
  }
  CHECK(is_liaison(assistant, liaison_dir, "2026-12-01"));
}

TEST_CASE(
    "a leaver keeps the role to the last day, and what stays open is told to who goes on (decision 21)") {
  const Assistant assistant;
  const Said filed = assistant.presses(liaison_dir, verb::request_file,
                                       {{"tipo", "SS-7"},
                                        {"proceso", "DIR"},
                                        {"practica", "planes"},
                                        {"asunto", "Una mesa de trabajo"},
                                        {"justificacion", "Hay dudas del cierre"}});
  REQUIRE(filed.outcome() == "request_filed");
  const Said ended = assistant.presses(leader_dir, verb::liaison_ending,
                                       {{"proceso", "DIR"},
                                        {"persona", liaison_dir},
                                        {"ultimo_dia", "2026-11-30"},
                                        {"motivo", "Cambio de dependencia"}});
  REQUIRE_MESSAGE(ended.outcome() == "liaison_ended", ended.outcome());
  CHECK(ended.shows(filed.field("request")));
  CHECK(ended.shows(assistant.person(second_liaison_dir).name));
  CHECK(told(assistant, ended) == People{liaison_dir, second_liaison_dir, advisor_dir});
  CHECK(ended.field("reason") == "Cambio de dependencia");
  CHECK(is_liaison(assistant, liaison_dir, "2026-11-30"));
  CHECK_FALSE(is_liaison(assistant, liaison_dir, "2026-12-01"));
  // The list that once gave the role, imported again, does not give it back.
  assistant.change("UPDATE role_grants SET until = NULL WHERE person_id = 'U-015' AND role = 'enlace'");
  writing(assistant.database(), [](storage::Session& session) { storage::reapply_liaison_endings(session); });
  CHECK_FALSE(is_liaison(assistant, liaison_dir, "2026-12-01"));
}

TEST_CASE("an ending must say a day to come, a reason, and somebody who is liaison beyond it") {
  const Assistant assistant;
  const Values good = {
      {"proceso", "DIR"}, {"persona", liaison_dir}, {"ultimo_dia", "2026-11-12"}, {"motivo", "Retiro"}};
  for (const auto& [field, value] :
       {std::pair("ultimo_dia", "2026-11-11"), std::pair("ultimo_dia", ""), std::pair("motivo", " "),
        std::pair("persona", owner_dir), std::pair("persona", "U-999")}) {
    CAPTURE(field);
    Values values = good;
    values[field] = value;
    const Said said = assistant.presses(leader_dir, verb::liaison_ending, values);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::invalid);
  }
  CHECK(assistant.presses(leader_dir, verb::liaison_ending, good).outcome() == "liaison_ended");
  CHECK(assistant.presses(leader_dir, verb::liaison_ending, good).error);  // once
}

TEST_CASE("a process without a liaison is told to the coordination, and so is an SS without an advisor") {
  Assistant assistant;
  CHECK(gaps_of(assistant, Unowned::Kind::no_liaison).empty());
  for (const char* person : {liaison_dir, second_liaison_dir}) {
    const Said ended = assistant.presses(
        leader_dir, verb::liaison_ending,
        {{"proceso", "DIR"}, {"persona", person}, {"ultimo_dia", "2026-11-12"}, {"motivo", "Retiro"}});
    REQUIRE_FALSE(ended.error);
    CHECK(ended.shows("El proceso queda sin enlace") == (person == std::string(second_liaison_dir)));
  }
  CHECK(gaps_of(assistant, Unowned::Kind::no_liaison).empty());  // today there still are
  assistant.move_to("2026-11-13T09:00:00-05:00");
  CHECK(gaps_of(assistant, Unowned::Kind::no_liaison) == std::vector<std::string>{"DIR"});
  const Said told = assistant.says(coordination, "sin nadie a cargo");
  CHECK(told.shows("No tiene enlace activo"));
  CHECK(assistant.presses(leader_dir, verb::team_view, {{"proceso", "DIR"}}).shows("No tiene enlace activo"));

  const auto open = gaps_of(assistant, Unowned::Kind::request_without_advisor).size();
  assistant.change("UPDATE people SET active = 0 WHERE id = 'U-004'");
  const auto after = gaps_of(assistant, Unowned::Kind::request_without_advisor).size();
  CHECK(after >= open);
  CHECK_FALSE(gaps_of(assistant, Unowned::Kind::no_advisor).empty());
}

TEST_CASE("the team of a process is shown to its people, and to nobody else's (R-51)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir, advisor_dir, coordination, head}) {
    const Said team = assistant.presses(person, verb::team_view, {{"proceso", "DIR"}});
    CHECK(team.outcome() == "team_shown");
    CHECK(team.shows(assistant.person(leader_dir).name));
    CHECK(team.shows(verb::designate) == false);
    CHECK(team.shows(verb::designation_form) == (std::string(person) == leader_dir));
  }
  for (const char* person : {liaison_com, leader_com, internal_control}) {
    const Said refused = assistant.presses(person, verb::team_view, {{"proceso", "DIR"}});
    REQUIRE(refused.error);
    CHECK(refused.error->code == ErrorCode::refused);
  }
}

TEST_CASE("who holds which role in the own process can be asked in words") {
  const Assistant assistant;
  for (const char* words : {"¿Quién es el enlace de mi proceso?", "quien es mi lider", "mi equipo"}) {
    CAPTURE(words);
    const Said said = assistant.says(liaison_dir, words);
    CHECK(said.route == "rights.team.text");
    CHECK(said.outcome() == "team_shown");
  }
  CHECK(assistant.says(stranger, "¿Quién es el enlace de mi proceso?").error);
}

TEST_CASE("the team of a process is shown by naming the process, to who may see it (R-51)") {
  const Assistant assistant;
  for (const char* words :
       {"equipo de Gestión de Comunicaciones", "Ver el equipo de comunicaciones", "equipo de COM"}) {
    CAPTURE(words);
    const Said shown = assistant.says(coordination, words);
    CHECK(shown.outcome() == "team_shown");
    CHECK(shown.field("process") == "COM");
    const Said refused = assistant.says(liaison_dir, words);
    REQUIRE(refused.error);
    CHECK(refused.error->code == ErrorCode::refused);
  }
  // Who has no process of his or her own is told how to say which.
  const Said asked = assistant.says(coordination, "mi equipo");
  REQUIRE(asked.error);
  CHECK(asked.error->message.find("equipo de gestión de comunicaciones") != std::string::npos);
}
