// The daily digest.
#include "handlers/alerts/digest.hpp"

#include "cards/verbs.hpp"
#include "storage/alerts_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using alerts::Digest;
using storage::OutboxMessage;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

std::map<std::string, Digest> due(const Assistant& assistant) {
  std::map<std::string, Digest> by_person;
  for (Digest& digest : reading(assistant.database(), [&](storage::Session& session) {
         return alerts::digests_due(session, *assistant.reference().current(), assistant.now());
       })) {
    const std::string id = digest.person.id;
    REQUIRE(by_person.emplace(id, std::move(digest)).second);  // at most one a person
  }
  return by_person;
}

int send(const Assistant& assistant) {
  const auto sent =
      alerts::send_digests(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(sent);
  return *sent;
}

std::vector<OutboxMessage> outbox(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](storage::Session& session) { return storage::list_outbox(session, std::nullopt, 1000); });
}

OutboxMessage message_to(const Assistant& assistant, const std::string& person_id) {
  for (const OutboxMessage& message : outbox(assistant)) {
    if (message.subject == person_id) return message;
  }
  FAIL("no digest for " << person_id);
  return {};
}

std::string rendered(const Assistant& assistant, const OutboxMessage& message) {
  const auto content = reading(assistant.database(), [&](storage::Session& session) {
    return alerts::render_digest(session, *assistant.reference().current(), message, assistant.now());
  });
  return content && content->card ? content->card->json : "";
}

bool mentions(const Digest& digest, const std::string& item) {
  for (const auto& line : digest.lines) {
    if (line.alert.obligation.item_id == item) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("who is told depends on how late it is (R-22)") {
  // PAI-COM-02-T2 of October, owner U-022, closed on 9 November 2026.
  struct Case {
    std::string now;
    bool owner, liaison, leader, coordinated;
  };
  const Case cases[] = {{"2026-11-05T09:00:00-05:00", true, true, false, false},  // two days before
                        {"2026-11-10T09:00:00-05:00", true, true, false, false},  // one day late
                        {"2026-11-12T09:00:00-05:00", true, true, true, false},   // three days late
                        {"2026-11-17T09:00:00-05:00", true, true, true, true}};   // five days late
  for (const Case& each : cases) {
    CAPTURE(each.now);
    const Assistant assistant(each.now);
    const auto digests = due(assistant);
    const auto told = [&](const char* person) {
      return digests.contains(person) && mentions(digests.at(person), "PAI-COM-02-T2");
    };
    CHECK(told("U-022") == each.owner);
    CHECK(told(liaison_com) == each.liaison);
    CHECK(told(leader_com) == each.leader);
    CHECK(told(coordination) == each.coordinated);
    CHECK_FALSE(told(liaison_dir));
    CHECK_FALSE(told(advisor_com));
  }
}

TEST_CASE("a day's run sends one message a person, once, and enters each in the registro (R-23, R-50)") {
  const Assistant assistant;
  const auto digests = due(assistant);
  REQUIRE_FALSE(digests.empty());
  CHECK(send(assistant) == static_cast<int>(digests.size()));
  CHECK(due(assistant).empty());
  CHECK(send(assistant) == 0);
  const auto messages = outbox(assistant);
  CHECK(messages.size() == digests.size());
  std::set<std::string> people;
  for (const OutboxMessage& message : messages) {
    CHECK(people.insert(message.aad_object_id).second);
    CHECK(message.kind == alerts::digest_kind);
    CHECK(message.card.empty());  // made when it is sent
    CHECK(iso_instant(message.expires_at) == "2026-11-12T18:00:00-05:00");
  }
  std::size_t entries = 0;
  reading(assistant.database(), [&](storage::Session& session) {
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      entries += entry.kind == "alert.enqueued" && entry.channel == "job";
      return true;
    });
    CHECK(storage::verify_registro(session).first_broken == 0);
  });
  CHECK(entries == digests.size());
}

TEST_CASE("later on the same day nothing new is sent, and the next day only what is new") {
  Assistant assistant;
  send(assistant);
  assistant.move_to("2026-11-12T17:00:00-05:00");
  CHECK(send(assistant) == 0);
  assistant.move_to("2026-11-13T09:00:00-05:00");
  const auto next = due(assistant);
  for (const auto& [id, digest] : next) {
    CAPTURE(id);
    CHECK_FALSE(mentions(digest, "PAI-COM-02-T2"));  // three days late yesterday, four today: no step
  }
  REQUIRE(next.contains(liaison_com));
  CHECK(mentions(next.at(liaison_com), "IND-COM-01"));  // one day late today
}

TEST_CASE("after a stop of days there is one digest, with the newest step of each line (R-23)") {
  Assistant assistant;
  send(assistant);
  assistant.move_to("2026-11-18T09:00:00-05:00");
  const auto caught_up = due(assistant);
  REQUIRE(caught_up.contains(liaison_com));
  std::set<std::string> keys;
  for (const auto& line : caught_up.at(liaison_com).lines) {
    CHECK(keys.insert(procedure::obligation_key(line.alert.obligation)).second);
  }
  CHECK(mentions(caught_up.at(liaison_com), "PAI-COM-02-T2"));
  send(assistant);
  CHECK(due(assistant).empty());
}

TEST_CASE("the first day ever tells what falls on it and not the whole past") {
  const Assistant assistant;
  const auto digests = due(assistant);
  REQUIRE(digests.contains(liaison_com));
  for (const auto& line : digests.at(liaison_com).lines) {
    CHECK(line.alert.planned_for == local_date(assistant.now()));
  }
  CHECK_FALSE(mentions(digests.at(liaison_com), "PAI-COM-01-T2"));  // overdue since March
}

TEST_CASE("nothing goes out on a day that is not worked (R-24)") {
  for (const char* now : {"2026-11-14T09:00:00-05:00", "2026-11-16T09:00:00-05:00"}) {
    const Assistant assistant(now);
    CHECK(due(assistant).empty());
    CHECK(send(assistant) == 0);
  }
}

TEST_CASE("the payload carries ids only, and the card is made of today's records") {
  const Assistant assistant;
  send(assistant);
  const OutboxMessage message = message_to(assistant, liaison_com);
  CHECK(message.text.find("COM indicadores/IND-COM-01/2026-10|0\n") != std::string::npos);
  CHECK(message.text.find("Tobías") == std::string::npos);
  const std::string card = rendered(assistant, message);
  CHECK(card.find("IND-COM-01") != std::string::npos);
  CHECK(card.find("PAI-COM-02-T2") != std::string::npos);
  CHECK(card.find(verb::progress_form) != std::string::npos);  // due today: can be registered
  const auto told = due(Assistant());
  for (const auto& line : told.at(liaison_com).lines) {
    CHECK(card.find(line.alert.obligation.item_id) != std::string::npos);
  }
}

TEST_CASE("what was done meanwhile is no longer in the card; with all of it done there is none") {
  const Assistant assistant;
  send(assistant);
  OutboxMessage message = message_to(assistant, "U-022");
  // What the rules say of quality and targets is not done by recording: here it is about what is due.
  while (message.text.find("\n+ ") != std::string::npos) message.text.erase(message.text.find("\n+ ") + 1);
  REQUIRE(rendered(assistant, message).find("IND-COM-01") != std::string::npos);
  const Said saved = assistant.presses(liaison_com, verb::progress_save,
                                       {{"elemento", "IND-COM-01"},
                                        {"periodo", "2026-10"},
                                        {"numerador", "45"},
                                        {"denominador", "50"},
                                        {"analisis", "Se mantiene"},
                                        {"evidencia", "octubre.xlsx"},
                                        {"tipo_evidencia", "hoja_de_calculo"}});
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(rendered(assistant, message).find("IND-COM-01") == std::string::npos);
  assistant.change(
      "INSERT INTO progress_records (id, practice, item_id, process_id, period, recorded_values, recorded_at,"
      " recorded_by, channel, review, filing) SELECT 'X-' || id, practice, id, process_id, '2026-10', '{}',"
      " 1794000000000, 'U-022', 'smgi', 'registrado', 'confirmado' FROM items WHERE process_id = 'COM'"
      " AND id NOT IN (SELECT item_id FROM progress_records WHERE period = '2026-10')");
  CHECK(rendered(assistant, message).empty());
}

TEST_CASE("who left, or lost the role, gets nothing any more (R-22, R-51)") {
  const Assistant assistant;
  send(assistant);
  const OutboxMessage to_liaison = message_to(assistant, liaison_com);
  const OutboxMessage to_leader = message_to(assistant, leader_com);
  assistant.change("UPDATE role_grants SET until = '2026-11-11' WHERE person_id = 'U-020'");
  assistant.change("UPDATE people SET active = 0 WHERE id = 'U-019'");
  CHECK(rendered(assistant, to_liaison).empty());
  CHECK(rendered(assistant, to_leader).empty());
}

TEST_CASE("the coordination is told, may ask why, and is offered nothing to register") {
  const Assistant assistant("2026-11-17T09:00:00-05:00");
  send(assistant);
  const std::string card = rendered(assistant, message_to(assistant, coordination));
  CHECK(card.find("PAI-COM-02-T2") != std::string::npos);
  CHECK(card.find(verb::explain_due) != std::string::npos);
  CHECK(card.find(verb::progress_form) == std::string::npos);
}

TEST_CASE("a message that no longer makes sense renders to nothing") {
  const Assistant assistant;
  OutboxMessage message;
  message.subject = "U-999";
  CHECK(rendered(assistant, message).empty());
  message.subject = liaison_com;
  for (const char* payload :
       {"", "COM", "COM \n", "XXX planes/YYY/2026-10|0\n", "COM planes/PAI-COM-02-T2/1999-01|0\n"}) {
    message.text = payload;
    CHECK(rendered(assistant, message).empty());
  }
}

TEST_CASE("whom the digest did not reach gets its lines in the next one, and nobody gets them twice (R-23)") {
  Assistant assistant;
  send(assistant);
  const OutboxMessage lost = message_to(assistant, "U-022");
  const OutboxMessage received = message_to(assistant, liaison_com);
  storage::test::writing(assistant.database(), [&](storage::Session& session) {
    storage::mark_ended(session, lost.id, storage::OutboxState::unreachable, "no conversation",
                        assistant.now());
    storage::mark_sent(session, received.id, "1", assistant.now());
  });
  assistant.move_to("2026-11-13T09:00:00-05:00");
  const auto next = due(assistant);
  REQUIRE(next.contains("U-022"));
  // Three days late yesterday, which only the person whom nothing reached has not heard.
  CHECK(mentions(next.at("U-022"), "PAI-COM-02-T2"));
  REQUIRE(next.contains(liaison_com));
  CHECK_FALSE(mentions(next.at(liaison_com), "PAI-COM-02-T2"));
  send(assistant);
  CHECK(due(assistant).empty());
  const auto state_of = [&](const char* key, const char* person) {
    return reading(assistant.database(), [&](storage::Session& session) {
      const auto alert = storage::find_alert(session, key, person);
      return alert ? std::string(procedure::to_word(alert->state)) : "none";
    });
  };
  CHECK(state_of("planes/PAI-COM-02-T2/2026-10|-3", "U-022") == "reintento");
  CHECK(state_of("planes/PAI-COM-02-T2/2026-10|-3", liaison_com) == "enviada");
}
