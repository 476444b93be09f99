// What counts as told: it follows the outcome of the message.
#include "storage/alerts_store.hpp"

#include "storage/outbox_store.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;
using procedure::AlertState;

namespace {

const Instant at = instant("2026-11-12T08:00:00-05:00");
const Instant expiry = instant("2026-11-12T18:00:00-05:00");
const Date today = make_date(2026, 11, 12);
const Date long_ago = make_date(2026, 1, 1);

Alert alert(const std::string& key, const std::string& message = "digest:1") {
  return {.key = key,
          .person_id = "U-015",
          .rule = "planes.proxima",
          .process_id = "DIR",
          .practice = "planes",
          .title = "Una tarea",
          .due_on = make_date(2026, 11, 19),
          .message = message,
          .told_at = at};
}

bool told(Database& database, const char* key, Date day = today) {
  return reading(database, [&](Session& s) { return told_alert_keys(s, "", long_ago, day); })
      .contains(std::string(key) + "|U-015");
}

std::int64_t put(Database& database, const std::string& key) {
  return writing(database, [&](Session& s) {
    enqueue(s, {.key = key,
                .kind = "digest",
                .lane = "l",
                .not_before = at,
                .expires_at = expiry,
                .created_at = at});
    return list_outbox(s, std::nullopt, 1).front().id;
  });
}

}  // namespace

TEST_CASE("an alert is told once and forgotten by its due date only") {
  TemporaryStore store;
  const auto tell_it = [&](const char* key) {
    return writing(*store.database, [&](Session& s) { return tell(s, alert(key)); });
  };
  CHECK(tell_it("a|5"));
  CHECK_FALSE(tell_it("a|5"));
  CHECK(told(*store.database, "a|5"));
  CHECK_FALSE(told(*store.database, "a|2"));
  CHECK(reading(*store.database, [](Session& s) {
          return told_alert_keys(s, "", make_date(2026, 11, 20), today);
        }).empty());
  for (const auto& [process, alerts] : {std::pair("DIR", 1u), std::pair("COM", 0u)}) {
    CAPTURE(process);
    CHECK(reading(*store.database, [&](Session& s) {
            return told_alert_keys(s, process, long_ago, today);
          }).size() == alerts);
  }
}

TEST_CASE("whoever a digest did not reach was not told, whatever the reason (R-23)") {
  struct Case {
    OutboxState end;
    Instant ended_at;
    bool told;
  };
  const Case cases[] = {{OutboxState::unreachable, at, false}, {OutboxState::dead, at, false},
                        {OutboxState::cancelled, at, false},   {OutboxState::obsolete, expiry, false},
                        {OutboxState::obsolete, at, true},     {OutboxState::sent, at, true},
                        {OutboxState::pending, at, true}};
  for (const Case& each : cases) {
    CAPTURE(static_cast<int>(each.end));
    TemporaryStore store;
    const std::int64_t id = put(*store.database, "digest:1");
    writing(*store.database, [&](Session& s) {
      tell(s, alert("a|5"));
      if (each.end == OutboxState::sent)
        mark_sent(s, id, "r", each.ended_at);
      else if (each.end != OutboxState::pending)
        mark_ended(s, id, each.end, "why", each.ended_at);
    });
    CHECK(told(*store.database, "a|5") == each.told);
    const auto settled = reading(*store.database, [](Session& s) { return settled_alerts(s); });
    REQUIRE(settled.size() == (each.end == OutboxState::pending ? 0 : 1));
    if (!settled.empty()) CHECK(settled.front().delivered == each.told);
  }
}

TEST_CASE("what failed or was put off is told again, once, under the same key") {
  TemporaryStore store;
  writing(*store.database, [&](Session& s) {
    tell(s, alert("a|5"));
    Alert failed = *find_alert(s, "a|5", "U-015");
    failed.state = AlertState::failed;
    save_alert(s, failed, at);
    tell(s, alert("b|5"));
    Alert later = *find_alert(s, "b|5", "U-015");
    later.state = AlertState::postponed;
    later.postponed_until = make_date(2026, 11, 13);
    later.postponements = 1;
    save_alert(s, later, at);
  });
  CHECK_FALSE(told(*store.database, "a|5"));
  CHECK(told(*store.database, "b|5"));
  CHECK_FALSE(told(*store.database, "b|5", make_date(2026, 11, 13)));
  writing(*store.database, [&](Session& s) {
    CHECK(tell(s, alert("a|5", "digest:2")));
    CHECK_FALSE(tell(s, alert("a|5", "digest:3")));
    CHECK(find_alert(s, "a|5", "U-015")->state == AlertState::retrying);
    CHECK(find_alert(s, "a|5", "U-015")->message == "digest:2");
    CHECK(tell(s, alert("b|5", "digest:2")));
    CHECK(find_alert(s, "b|5", "U-015")->state == AlertState::planned);
    CHECK(find_alert(s, "b|5", "U-015")->postponements == 1);
  });
}

TEST_CASE("alerts are counted by rule, those that reached nobody apart (R-26)") {
  TemporaryStore store;
  writing(*store.database, [&](Session& s) {
    for (const char* key : {"a|5", "b|5", "c|5"}) tell(s, alert(key));
    Alert one = *find_alert(s, "a|5", "U-015");
    one.useful = true;
    one.state = AlertState::seen;
    save_alert(s, one, at);
    Alert other = *find_alert(s, "b|5", "U-015");
    other.state = AlertState::failed;
    save_alert(s, other, at);
  });
  const auto counts = reading(
      *store.database, [](Session& s) { return count_alerts(s, "DIR", today, make_date(2026, 11, 13)); });
  REQUIRE(counts.size() == 1);
  CHECK(counts.front().told == 2);
  CHECK(counts.front().failed == 1);
  CHECK(counts.front().useful == 1);
  CHECK(counts.front().not_useful == 0);
  CHECK(reading(*store.database, [](Session& s) {
          return count_alerts(s, "COM", today, make_date(2026, 11, 13));
        }).empty());
}
