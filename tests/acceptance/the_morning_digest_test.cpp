// Early alerts: at eight on a business day at most one digest a person, with what is due or late and why
// . Clear of what was done meanwhile, and never twice.
#include "bot/scheduler.hpp"
#include "handlers/alerts/digest.hpp"
#include "storage/items_store.hpp"
#include "storage/outbox_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <thread>

namespace pao::tests {
namespace {

using storage::test::instant;
using storage::test::reading;

std::vector<storage::OutboxMessage> digests_in(storage::Database& store) {
  auto all = reading(
      store, [](storage::Session& session) { return storage::list_outbox(session, std::nullopt, 10000); });
  std::erase_if(all,
                [](const storage::OutboxMessage& one) { return one.kind != handlers::alerts::digest_kind; });
  return all;
}

// One look of the scheduler with all its jobs, at that moment; nothing is sent.
void tick(Ministry& ministry, const std::string& at) {
  handlers::ReferenceSource reference(ministry.store());
  REQUIRE(reference.refresh(instant(at)));
  bot::Scheduler scheduler(
      ministry.store(), reference, handlers::make_jobs(ministry.store(), reference),
      [&] { return instant(at); }, [] {});
  scheduler.tick(instant(at));
}

std::vector<handlers::alerts::Digest> due_at(Ministry& ministry, const std::string& at) {
  handlers::ReferenceSource reference(ministry.store());
  REQUIRE(reference.refresh(instant(at)));
  return reading(ministry.store(), [&](storage::Session& session) {
    return handlers::alerts::digests_due(session, *reference.current(), instant(at));
  });
}

const handlers::alerts::Digest* of(const std::vector<handlers::alerts::Digest>& digests,
                                   const std::string& person) {
  const auto found = std::find_if(digests.begin(), digests.end(),
                                  [&](const auto& digest) { return digest.person.id == person; });
  return found == digests.end() ? nullptr : &*found;
}

bool speaks_of(const handlers::alerts::Digest* digest, const std::string& item) {
  return digest && std::any_of(digest->lines.begin(), digest->lines.end(),
                               [&](const auto& line) { return line.alert.obligation.item_id == item; });
}

}  // namespace

TEST_CASE("at eight on a business day each person gets at most one digest (R-21, R-23)") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  ministry.day_begins_at("2026-11-12T08:00:00-05:00");
  const Seen card = liaison.receives("por atender");
  CHECK(card.shows("Hola, Tobías. Resumen del jueves 12 de noviembre de 2026."));
  CHECK(card.shows("IND-COM-01"));
  CHECK(card.shows("Le aviso porque vence hoy."));
  CHECK(card.offers("Registrar"));
  CHECK(liaison.hears_nothing_more());

  std::map<std::string, int> digests;
  for (const Delivered& one : ministry.teams().delivered()) {
    if (Seen::message(one.body).shows("Resumen del jueves 12 de noviembre de 2026"))
      ++digests[one.conversation];
  }
  CHECK(digests.size() > 10);
  for (const auto& [conversation, count] : digests) {
    CAPTURE(conversation);
    CHECK(count == 1);
  }

  SUBCASE("another start on the same day sends nothing again") {
    const std::size_t sent = ministry.teams().delivered().size();
    ministry.day_begins_at("2026-11-12T08:30:00-05:00");
    CHECK(liaison.says("eco uno").text() == "Eco: uno");
    ministry.settles();
    CHECK(ministry.teams().delivered().size() == sent + 1);
  }
  SUBCASE("the next day tells only what has come to its next step") {
    ministry.day_begins_at("2026-11-13T08:00:00-05:00");
    const Seen next = liaison.receives("Resumen del viernes 13 de noviembre de 2026");
    CHECK(next.shows("IND-COM-01"));  // a day late
    CHECK(card.shows("PAI-COM-02-T2"));
    CHECK_FALSE(next.shows("PAI-COM-02-T2"));  // told yesterday; again when it is five days late
  }
}

TEST_CASE("nothing goes out before eight, after six, on a holiday or on a Sunday (R-24)") {
  Ministry ministry;
  for (const char* moment :
       {"2026-11-12T07:59:59-05:00", "2026-11-12T18:00:00-05:00", "2026-11-16T09:00:00-05:00",
        "2026-11-15T09:00:00-05:00", "2026-11-14T09:00:00-05:00"}) {
    CAPTURE(moment);
    tick(ministry, moment);
    CHECK(digests_in(ministry.store()).empty());
  }
  tick(ministry, "2026-11-17T08:00:00-05:00");
  CHECK_FALSE(digests_in(ministry.store()).empty());
}

TEST_CASE("the scheduler's look twice, and its job twice, send nothing twice (R-23)") {
  Ministry ministry;
  tick(ministry, "2026-11-12T08:00:00-05:00");
  const std::size_t enqueued = digests_in(ministry.store()).size();
  REQUIRE(enqueued > 0);
  tick(ministry, "2026-11-12T08:00:01-05:00");
  CHECK(digests_in(ministry.store()).size() == enqueued);

  handlers::ReferenceSource reference(ministry.store());
  REQUIRE(reference.refresh(instant("2026-11-12T08:00:02-05:00")));
  for (const handlers::Job& job : handlers::make_jobs(ministry.store(), reference))
    CHECK(job.run(instant("2026-11-12T08:00:02-05:00")));
  CHECK(digests_in(ministry.store()).size() == enqueued);
}

TEST_CASE("what was done meanwhile is not in the card (R-23)") {
  Ministry ministry("2026-11-12T07:30:00-05:00");
  const Person liaison = ministry.person("U-020");
  REQUIRE(speaks_of(of(due_at(ministry, "2026-11-12T08:00:00-05:00"), "U-020"), "IND-COM-01"));
  SUBCASE("done before the digest is decided") {
    liaison.presses("avance.guardar", {{"elemento", "IND-COM-01"},
                                       {"periodo", "2026-10"},
                                       {"numerador", "45"},
                                       {"denominador", "50"},
                                       {"analisis", "Se cumplió."},
                                       {"evidencia", "p.xlsx"},
                                       {"tipo_evidencia", "hoja_de_calculo"}});
    ministry.day_begins_at("2026-11-12T08:00:00-05:00");
  }
  SUBCASE("done between the decision and the sending") {
    ministry.stops();
    tick(ministry, "2026-11-12T08:00:00-05:00");
    REQUIRE(storage::test::writing(ministry.store(), [](storage::Session& session) {
              return storage::add_record(session, {.practice = "indicadores",
                                                   .item_id = "IND-COM-01",
                                                   .process_id = "COM",
                                                   .period = "2026-10",
                                                   .values = {{"numerador", "45"}, {"denominador", "50"}},
                                                   .recorded_at = instant("2026-11-12T08:00:01-05:00"),
                                                   .recorded_by = "U-020",
                                                   .channel = "smgi"});
            }).id != "");
    ministry.continues_at("2026-11-12T08:00:05-05:00");
  }
  ministry.settles();
  for (const Delivered& one : ministry.teams().delivered_to(liaison.conversation())) {
    CAPTURE(one.body);
    CHECK_FALSE(Seen::message(one.body).shows("IND-COM-01"));
  }
}

TEST_CASE("a person who opens the app later that day still receives the card") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  ministry.continues_at("2026-11-12T08:00:00-05:00",
                        {{"jobs.enabled", "true"}, {"connector.fallback_service_url", ""}});
  // Nobody can be reached: no conversation is known, and none may be opened.
  while (digests_in(ministry.store()).empty()) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  ministry.settles();
  CHECK(ministry.teams().delivered().empty());

  CHECK(liaison.opens_conversation() == 200);
  liaison.receives("Soy PAO Teams");
  CHECK(liaison.receives("por atender").shows("IND-COM-01"));
  CHECK(liaison.hears_nothing_more());
}

TEST_CASE("the leader is told from the third day late, the coordination from the fifth (R-22)") {
  Ministry ministry;
  // PAI-COM-02-T2 was due on 9 November.
  const char* item = "PAI-COM-02-T2";
  struct Day {
    const char* at;
    bool leader, coordination;
  };
  const Day days[] = {{"2026-11-09T08:00:00-05:00", false, false},
                      {"2026-11-10T08:00:00-05:00", false, false},
                      {"2026-11-11T08:00:00-05:00", false, false},
                      {"2026-11-12T08:00:00-05:00", true, false},
                      {"2026-11-17T08:00:00-05:00", true, true}};
  for (const Day& day : days) {
    CAPTURE(day.at);
    ministry.continues_at(day.at);
    // Everything told so far lies behind: what is looked at is who belongs to the step of this day.
    const auto digests = due_at(ministry, day.at);
    CHECK(speaks_of(of(digests, "U-019"), item) == day.leader);
    CHECK(speaks_of(of(digests, "U-002"), item) == day.coordination);
    tick(ministry, day.at);
  }
}

TEST_CASE(
    "an alert climbs level by level, day by day, and is silent once the record is made (R-21 to R-24)") {
  Ministry ministry("2026-10-30T08:00:00-05:00");
  // PAI-COM-02-T2 of October: due on 9 November; owner U-022, liaison U-020, leader U-019, coordination
  // U-002.
  const char* item = "PAI-COM-02-T2/2026-10";
  struct Day {
    const char* at;
    const char* why;
    bool owner, liaison, leader, coordination;
  };
  const Day days[] = {
      {"2026-10-30T08:00:00-05:00", "five business days before", true, true, false, false},
      {"2026-11-03T08:00:00-05:00", "four days before: told already", false, false, false, false},
      {"2026-11-05T08:00:00-05:00", "two days before", true, true, false, false},
      {"2026-11-06T08:00:00-05:00", "the day before", false, false, false, false},
      {"2026-11-07T09:00:00-05:00", "a Saturday", false, false, false, false},
      {"2026-11-09T07:59:59-05:00", "the last day, before eight", false, false, false, false},
      {"2026-11-09T08:00:00-05:00", "the last day", true, true, false, false},
      {"2026-11-10T08:00:00-05:00", "one day late", true, true, false, false},
      {"2026-11-11T08:00:00-05:00", "two days late", false, false, false, false},
      {"2026-11-12T08:00:00-05:00", "three days late", true, true, true, false},
      {"2026-11-13T08:00:00-05:00", "four days late", false, false, false, false},
      {"2026-11-16T09:00:00-05:00", "a holiday", false, false, false, false},
      {"2026-11-17T08:00:00-05:00", "five days late", true, true, true, true},
      {"2026-11-18T08:00:00-05:00", "after the last step", false, false, false, false},
  };
  const auto told_on = [&](const std::string& day, const char* person) {
    for (const storage::OutboxMessage& message : digests_in(ministry.store())) {
      if (message.subject == person && message.key.starts_with("digest:" + day) &&
          message.text.find(item) != std::string::npos)
        return true;
    }
    return false;
  };
  for (const Day& day : days) {
    CAPTURE(day.at);
    CAPTURE(day.why);
    const std::string date = std::string(day.at).substr(0, 10);
    tick(ministry, day.at);
    CHECK(told_on(date, "U-022") == day.owner);
    CHECK(told_on(date, "U-020") == day.liaison);
    CHECK(told_on(date, "U-019") == day.leader);
    CHECK(told_on(date, "U-002") == day.coordination);
  }
}

TEST_CASE("after the record is made no further alert of it goes out (R-23)") {
  Ministry ministry("2026-11-05T08:00:00-05:00");
  const auto speaking = [&] {
    const auto all = digests_in(ministry.store());
    return std::count_if(all.begin(), all.end(), [](const storage::OutboxMessage& message) {
      return message.text.find("PAI-COM-02-T2/2026-10") != std::string::npos;
    });
  };
  tick(ministry, "2026-11-05T08:00:00-05:00");
  const auto told = speaking();
  REQUIRE(told > 0);
  storage::test::writing(ministry.store(), [](storage::Session& session) {
    return storage::add_record(session, {.practice = "planes",
                                         .item_id = "PAI-COM-02-T2",
                                         .process_id = "COM",
                                         .period = "2026-10",
                                         .values = {{"porcentaje_avance", "80"}},
                                         .recorded_at = instant("2026-11-05T09:00:00-05:00"),
                                         .recorded_by = "U-020",
                                         .channel = "pao_teams"});
  });
  for (const char* day : {"2026-11-06", "2026-11-09", "2026-11-10", "2026-11-12", "2026-11-17", "2026-11-18"})
    tick(ministry, std::string(day) + "T08:00:00-05:00");
  CHECK(speaking() == told);
}

}  // namespace pao::tests
