// The simulation itself: its own computation of dates, that the same seed gives the same days, and that its
// checks see what is wrong.
#include "bot/simulation/simulation.hpp"

#include "bot/simulation/independent_dates.hpp"
#include "bot/simulation/invariants.hpp"
#include "handlers/procedure/business_calendar.hpp"
#include "storage/import/entity_import.hpp"
#include "storage/outbox_store.hpp"
#include "tests/paths.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

Options options_in(const fs::path& folder) {
  const fs::path data = fs::path(tests::source_dir) / "tests/data";
  return {.from = make_date(2026, 2, 2),
          .to = make_date(2026, 2, 6),
          .seed = 7,
          .faults = true,
          .ministry = data / "ministry",
          .guidelines = data / "guidelines",
          .folder = folder};
}

const Invariant& of(const std::vector<Invariant>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Invariant& one) { return one.name == name; });
  REQUIRE_MESSAGE(found != all.end(), name);
  return *found;
}

}  // namespace

TEST_CASE("two independent computations agree on every business day of 2024 to 2030") {
  const std::vector<procedure::EntityDay> entity_days = {
      {make_date(2026, 4, 17), "Día Cívico", "Decreto 500", false},
      {make_date(2026, 5, 16), "compensado", "circular", true}};
  const procedure::Calendar calendar(entity_days);
  const IndependentDates dates({make_date(2026, 4, 17)}, {make_date(2026, 5, 16)});
  for (Date day = make_date(2024, 1, 1); day <= make_date(2030, 12, 31); day += std::chrono::days{1}) {
    CAPTURE(iso_date(day));
    REQUIRE(dates.is_business_day(day) == calendar.is_business_day(day));
    REQUIRE(dates.after(day, 10) == calendar.add_business_days(day, 10));
  }
  CHECK(dates.after(make_date(2026, 3, 27), 10) == make_date(2026, 4, 14));
  CHECK(dates.between(make_date(2026, 12, 18), make_date(2027, 1, 5)) == 10);
  CHECK(dates.record_due("2026-12", 5, 0) == make_date(2027, 1, 8));
  CHECK(dates.record_due("2026-T1", 8, 0) == *calendar.nth_business_day_of_month(2026, 4, 8));
  CHECK(dates.record_due("2026", 10, 10) == *calendar.nth_business_day_of_month(2026, 10, 10));
}

TEST_CASE("a simulated week with faults holds, and the same seed gives the same week") {
  const storage::test::TemporaryFolder folder;
  const Result<Outcome> first = simulate(options_in(folder.path() / "a"));
  REQUIRE_MESSAGE(first, first.error().detail);
  for (const Invariant& one : first->invariants) {
    CAPTURE(one.name);
    CHECK(one.checks > 0);
    CHECK_FALSE(one.says.empty());
    CHECK_MESSAGE(one.violations == 0, one.examples.front());
  }
  CHECK(first->hold);
  const Result<Outcome> second = simulate(options_in(folder.path() / "b"));
  REQUIRE(second);
  CHECK(second->fingerprint == first->fingerprint);
  CHECK(second->counts == first->counts);

  Options other = options_in(folder.path() / "c");
  other.seed = 8;
  other.to = make_date(2026, 2, 3);
  CHECK(simulate(other)->fingerprint != first->fingerprint);
}

TEST_CASE("the checks of the simulation see what is wrong") {
  const storage::test::TemporaryFolder folder;
  const std::string url = "sqlite:" + (folder.path() / "wrong.db").string();
  const Options options = options_in(folder.path());
  {
    auto store = storage::Database::open(url);
    REQUIRE(store);
    const std::vector<fs::path> paths = {options.ministry, options.guidelines};
    REQUIRE(storage::import::import_paths(**store, paths, {.now = at_local_time(options.from, 0h)})->stored);
  }
  const Date sunday = make_date(2026, 8, 9);  // since July every process of the sample has its liaison
  MailServer mail({}, Dice(4));
  Smgi smgi(folder.path() / "smgi", {}, Dice(5));
  Service service({url, folder.path() / "smgi", mail}, at_local_time(sunday, 9h), {}, Dice(1));
  Channel channel({}, Dice(2));
  Clients clients(service, channel, {}, Dice(3));
  Invariants invariants({service, clients, channel, mail, smgi});
  const procedure::Person person = service.current_reference()->people.front();
  clients.install(person);
  storage::test::writing(service.store(), [&](storage::Session& session) {
    // What no job would do: two digests for one person, on a Sunday; and a row of the registro altered.
    for (const char* key : {"digest:one", "digest:two"}) {
      storage::enqueue(session, {.key = key,
                                 .kind = "notice",
                                 .lane = "person:" + person.aad_object_id,
                                 .aad_object_id = person.aad_object_id,
                                 .text = "hola",
                                 .not_before = service.now(),
                                 .expires_at = service.now() + 1h,
                                 .created_at = service.now()});
    }
    session.run("DROP TRIGGER registro_is_never_changed");
    session.run("UPDATE registro SET actor = 'U-000' WHERE number = 1");
    session.run("DELETE FROM role_grants WHERE role = 'lider' AND process_id = 'DIR'");
  });
  clients.begin_day();
  channel.deliver(service, 1min);
  clients.read_deliveries();
  std::vector<Delivered> arrived = clients.delivered_today();
  REQUIRE(arrived.size() >= 2);
  invariants.check_day(sunday, DayEnd::of_the_span);
  CHECK(of(invariants.results(), "registro_chain").violations == 1);
  CHECK(of(invariants.results(), "nobody_without_owner").violations == 1);
  CHECK_FALSE(invariants.hold());
}

}  // namespace pao::bot::simulation
