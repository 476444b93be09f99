// The service clock of an SS, day by day: start, stop, resume, warnings, silence, days declared later, and
// that everything follows from its events (R-41, R-42, GEN-16, GEN-17).
#include "handlers/alerts/digest.hpp"
#include "handlers/requests/clock_job.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"
#include "tests/handlers/request_steps.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

std::string at_nine(const char* day) {
  return std::string(day) + "T09:00:00-05:00";
}

int run_clock(const Assistant& assistant) {
  const auto moved =
      requests::run_clock(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(moved);
  return *moved;
}

// What the digest would say of the request: person → last part of the key, only those lines of this SS.
std::map<std::string, std::string> warnings(const Filed& ss) {
  std::map<std::string, std::string> by_person;
  const auto lines = reading(ss.assistant.database(), [&](storage::Session& session) {
    return requests::clock_lines(session, *ss.assistant.reference().current(), "", ss.assistant.now());
  });
  for (const DigestLine& line : lines) {
    if (line.key.find("/" + ss.id + "|") == std::string::npos) continue;
    CHECK(line.button);
    CHECK(by_person.emplace(line.person_id, line.key.substr(line.key.find('|') + 1)).second);
  }
  return by_person;
}

std::vector<requests::ClockFault> faults(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](storage::Session& session) { return requests::check_clocks(session); });
}

std::size_t news_of(const Filed& ss, const std::string& word) {
  const auto messages = reading(ss.assistant.database(), [](storage::Session& session) {
    return storage::list_outbox(session, std::nullopt, 1000);
  });
  return static_cast<std::size_t>(
      std::count_if(messages.begin(), messages.end(), [&](const storage::OutboxMessage& message) {
        return message.subject == "request:" + ss.id &&
               (message.card + message.text).find(word) != std::string::npos;
      }));
}

using Told = std::map<std::string, std::string>;

}  // namespace

TEST_CASE(
    "the clock starts with the aval, stands still while information is awaited, goes on, and ends (R-41)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-2");  // five business days
  CHECK(ss.due() == "none");
  CHECK_FALSE(ss.clock().started_on);
  assistant.move_to(at_nine("2026-11-13"));
  REQUIRE_FALSE(ss.endorse().error);
  CHECK(ss.due() == "2026-11-23");  // 17, 18, 19, 20, 23; the 16th is a holiday
  assistant.move_to(at_nine("2026-11-17"));
  REQUIRE_FALSE(ss.take().error);
  CHECK(ss.due() == "2026-11-23");
  assistant.move_to(at_nine("2026-11-18"));
  REQUIRE_FALSE(ss.ask().error);
  CHECK(ss.due() == "none");
  CHECK(ss.clock().stopped);
  const Said why = ss.press(liaison_dir, verb::request_why);
  REQUIRE(why.error);
  CHECK(why.error->message.find("detenido") != std::string::npos);
  assistant.move_to(at_nine("2026-11-20"));
  REQUIRE_FALSE(ss.inform().error);
  CHECK(ss.due() == "2026-11-25");  // 19 and 20 do not count
  CHECK(ss.clock().suspended == 2);
  const Said explained = ss.press(liaison_dir, verb::request_why);
  REQUIRE_FALSE(explained.error);
  CHECK(explained.shows("25 de noviembre de 2026"));
  CHECK(explained.shows("se esperaba información"));
  CHECK(explained.field("due_on") == "2026-11-25");
  assistant.move_to(at_nine("2026-11-24"));
  REQUIRE_FALSE(ss.decide("aprobada").error);
  REQUIRE_FALSE(ss.apply().error);
  REQUIRE_FALSE(ss.close().error);
  CHECK(ss.due() == "2026-11-25");  // what it was stays to be read
  CHECK(iso_date(*ss.clock().ended_on) == "2026-11-24");
  CHECK(procedure::used_business_days(ss.clock(), make_date(2026, 12, 31)) == 4);  // 17, 18, 23, 24
  CHECK(faults(assistant).empty());
}

TEST_CASE(
    "half, four fifths, the day before, the day and after it: who has it is told, then the coordination too "
    "(R-42)") {
  struct Day {
    const char* day;
    const char* ss2;  // five business days from the 12th: due on the 20th
    const char* ss6;  // ten: due on the 27th
  };
  const Day days[] = {{"2026-11-12", "", ""},           {"2026-11-13", "", ""},
                      {"2026-11-17", "", ""},           {"2026-11-18", "50", ""},
                      {"2026-11-19", "vispera", ""},    {"2026-11-20", "100", "50"},
                      {"2026-11-23", "vencida", "50"},  {"2026-11-24", "vencida", "50"},
                      {"2026-11-25", "vencida", "80"},  {"2026-11-26", "vencida", "vispera"},
                      {"2026-11-27", "vencida", "100"}, {"2026-11-30", "vencida", "vencida"}};
  Assistant assistant;
  const Filed ss2 = file_request_of(assistant, leader_dir, "SS-2");
  const Filed ss6 = file_request_of(assistant, leader_dir, "SS-6");
  REQUIRE(ss2.due() == "2026-11-20");
  REQUIRE(ss6.due() == "2026-11-27");
  for (const Day& day : days) {
    CAPTURE(day.day);
    assistant.move_to(at_nine(day.day));
    for (const auto& [ss, step] :
         {std::pair(&ss2, std::string(day.ss2)), std::pair(&ss6, std::string(day.ss6))}) {
      Told expected;
      if (!step.empty()) expected[advisor_dir] = step;
      if (step == "vencida") expected[coordination] = step;
      CHECK(warnings(*ss) == expected);
    }
  }
  // Decided, it is over.
  REQUIRE_FALSE(ss2.take().error);
  REQUIRE_FALSE(ss2.decide("rechazada").error);
  CHECK(warnings(ss2).empty());
}

TEST_CASE("each warning reaches a person in one digest and in no other (R-23, R-42)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  std::map<std::string, int> told;  // step → digests of the advisor that hold it
  for (const char* day : {"2026-11-13", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23",
                          "2026-11-24", "2026-11-25"}) {
    assistant.move_to(at_nine(day));
    const auto& reference = *assistant.reference().current();
    for (int times = 0; times < 2; ++times)
      REQUIRE(alerts::send_digests(assistant.database(), reference, assistant.now()));
  }
  for (const storage::OutboxMessage& message : reading(assistant.database(), [](storage::Session& session) {
         return storage::list_outbox(session, std::nullopt, 10'000);
       })) {
    if (message.subject != advisor_dir) continue;
    for (const char* step : {"50", "vispera", "100", "vencida"}) {
      const std::string line = "+ reloj-ss/" + ss.id + "|" + step + "\n";
      if ((message.text + "\n").find(line) != std::string::npos) ++told[step];
    }
  }
  CHECK(told == std::map<std::string, int>{{"50", 1}, {"vispera", 1}, {"100", 1}, {"vencida", 1}});
}

TEST_CASE("a warning that was given is not given again under the number of the SMGI (R-23, R-42)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-6");  // half of its time on the 20th
  assistant.move_to(at_nine("2026-11-20"));
  REQUIRE(alerts::send_digests(assistant.database(), *assistant.reference().current(), assistant.now()));
  REQUIRE_FALSE(ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", "SS-2026-0999"}}).error);
  assistant.move_to(at_nine("2026-11-23"));
  REQUIRE(alerts::send_digests(assistant.database(), *assistant.reference().current(), assistant.now()));
  int told = 0;
  for (const storage::OutboxMessage& message : reading(assistant.database(), [](storage::Session& session) {
         return storage::list_outbox(session, std::nullopt, 10'000);
       })) {
    if (message.subject != advisor_dir) continue;
    for (const std::string& number : {ss.id, std::string("SS-2026-0999")})
      told += (message.text + "\n").find("+ reloj-ss/" + number + "|50\n") != std::string::npos;
  }
  CHECK(told == 1);
}

TEST_CASE(
    "information that never comes closes the request after the fifth business day, once (5.2, GEN-17)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-1");
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.ask().error);  // on the 12th: until the 20th
  assistant.move_to("2026-11-20T18:00:00-05:00");
  CHECK(run_clock(assistant) == 0);
  CHECK(ss.state() == "en_espera_informacion");
  CHECK(warnings(ss) == Told{{liaison_dir, "informacion-hoy"}, {"U-016", "informacion-hoy"}});
  assistant.move_to("2026-11-21T00:00:00-05:00");  // nobody has looked yet, and it is too late all the same
  const Said late = ss.inform();
  REQUIRE(late.error);
  CHECK(late.error->code == ErrorCode::refused);
  CHECK(late.error->message.find("20 de noviembre de 2026") != std::string::npos);
  assistant.move_to("2026-11-23T07:00:00-05:00");
  CHECK(run_clock(assistant) == 1);
  CHECK(ss.state() == "cerrada_sin_respuesta");
  CHECK(news_of(ss, "falta de respuesta") == 4);  // leader, two liaisons, advisor
  CHECK(run_clock(assistant) == 0);
  CHECK(news_of(ss, "falta de respuesta") == 4);
  const storage::RequestEventRow last = ss.events().back();
  CHECK(last.actor == "job:requests.clock");
  CHECK(last.channel == "job");
  CHECK(last.from_state == "en_espera_informacion");
  CHECK(last.to_state == "cerrada_sin_respuesta");
  CHECK_FALSE(last.reason.empty());
  int kept = 0;
  reading(assistant.database(), [&](storage::Session& session) {
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      if (entry.kind == "request.closed_unanswered" && entry.subject == ss.id) ++kept;
      return true;
    });
    return 0;
  });
  CHECK(kept == 1);
  CHECK(ss.inform().error);
  CHECK(faults(assistant).empty());
}

TEST_CASE(
    "a non-working day declared later moves the date once and tells everybody; taken off, nothing comes "
    "nearer (R-41)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  REQUIRE(ss.due() == "2026-11-20");
  assistant.move_to(at_nine("2026-11-13"));
  CHECK(run_clock(assistant) == 0);
  assistant.change(
      "INSERT INTO entity_days (day, name, norm, working) VALUES ('2026-11-19', 'Día cívico', 'Decreto 9', "
      "0)");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to(at_nine("2026-11-17"));
  CHECK(run_clock(assistant) >= 1);  // others of the ministry are moved too
  CHECK(ss.due() == "2026-11-23");
  CHECK(run_clock(assistant) == 0);
  CHECK(news_of(ss, "23 de noviembre de 2026") == 4);
  const storage::RequestEventRow event = ss.events().back();
  CHECK(event.old_value == "2026-11-20");
  CHECK(event.new_value == "2026-11-23");
  CHECK(event.reason.find("Decreto 9") != std::string::npos);
  CHECK(ss.press(leader_dir, verb::request_why).shows("Día cívico"));
  assistant.change("DELETE FROM entity_days WHERE day = '2026-11-19'");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to(at_nine("2026-11-18"));
  CHECK(run_clock(assistant) == 0);
  CHECK(ss.due() == "2026-11-23");
  CHECK(faults(assistant).empty());
}

TEST_CASE("a leader is reminded of the aval after two business days, and the clock has not begun (5.2)") {
  Assistant assistant;
  const Filed ss = file_request_of(assistant, liaison_dir, "SS-2");
  assistant.move_to(at_nine("2026-11-13"));
  CHECK(warnings(ss).empty());
  assistant.move_to(at_nine("2026-11-17"));
  CHECK(warnings(ss) == Told{{leader_dir, "aval"}});
  assistant.move_to(at_nine("2026-12-15"));
  CHECK(warnings(ss) == Told{{leader_dir, "aval"}});  // no level has passed
  REQUIRE_FALSE(ss.endorse().error);
  CHECK(warnings(ss).empty());
  CHECK(ss.due() == "2026-12-22");
}

TEST_CASE("every SS of the sample ministry is what its events replay to, and a false date is seen (R-41)") {
  const Assistant assistant;
  CHECK(faults(assistant).empty());
  const Filed ss = file_request_of(assistant, leader_dir, "SS-2");
  CHECK(faults(assistant).empty());
  assistant.change("UPDATE service_requests SET due_on = '2026-11-27' WHERE id = '" + ss.id + "'");
  REQUIRE(faults(assistant).size() == 1);
  CHECK(faults(assistant)[0].request_id == ss.id);
  CHECK(faults(assistant)[0].what.find("2026-11-20") != std::string::npos);
  assistant.change("UPDATE service_requests SET due_on = '2026-11-20', state = 'aprobada' WHERE id = '" +
                   ss.id + "'");
  CHECK(faults(assistant).size() == 1);
  assistant.change("DELETE FROM request_events WHERE request_id = '" + ss.id + "'");
  CHECK(faults(assistant).size() == 1);
}
