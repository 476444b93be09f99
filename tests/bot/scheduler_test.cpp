// What the scheduler does in one look, at a time that the test gives.
#include "bot/scheduler.hpp"

#include "storage/jobs_store.hpp"
#include "tests/bot/captured_log.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::bot;
using namespace std::chrono_literals;
using storage::test::instant;
using storage::test::reading;

namespace {

struct Scene {
  storage::test::DemoStore store;
  handlers::ReferenceSource reference{*store.database};
  std::vector<std::string> ran;
  int wakes = 0;

  Scene() { REQUIRE(reference.refresh(instant(storage::test::demo_morning))); }

  handlers::Job job(const char* name, bool fails = false) {
    return {name, {8h, 18h, true}, [this, name, fails](Instant) -> Result<std::string> {
              ran.emplace_back(name);
              if (fails) return fail(ErrorCode::unavailable, "the disk is full");
              return std::string("did it");
            }};
  }
  Scheduler scheduler(std::vector<handlers::Job> jobs) {
    return {*store.database, reference, std::move(jobs), [] { return instant(storage::test::demo_morning); },
            [this] { ++wakes; }};
  }
  std::optional<storage::JobRun> last(const char* name) {
    return reading(*store.database,
                   [&](storage::Session& session) { return storage::last_run(session, name); });
  }
};

}  // namespace

TEST_CASE("each job that is due runs once, is recorded, and delivery is woken") {
  Scene scene;
  Scheduler scheduler = scene.scheduler({scene.job("one"), scene.job("two")});
  scheduler.tick(instant("2026-11-12T07:59:59-05:00"));
  CHECK(scene.ran.empty());
  CHECK_FALSE(scene.last("one"));
  scheduler.tick(instant("2026-11-12T08:00:00-05:00"));
  scheduler.tick(instant("2026-11-12T08:00:01-05:00"));
  scheduler.tick(instant("2026-11-12T17:00:00-05:00"));
  CHECK(scene.ran == std::vector<std::string>{"one", "two"});
  CHECK(scene.wakes == 2);
  REQUIRE(scene.last("one"));
  CHECK(scene.last("one")->result == "did it");
  CHECK(iso_instant(scene.last("one")->started_at) == "2026-11-12T08:00:00-05:00");
  scheduler.tick(instant("2026-11-13T09:00:00-05:00"));
  CHECK(scene.ran.size() == 4);
}

TEST_CASE("a job that fails is recorded with its reason and logged, and the others run") {
  Scene scene;
  const test::CapturedLog log;
  Scheduler scheduler = scene.scheduler({scene.job("bad", true), scene.job("good")});
  scheduler.tick(instant("2026-11-12T09:00:00-05:00"));
  CHECK(scene.ran == std::vector<std::string>{"bad", "good"});
  CHECK(scene.last("bad")->result == "failed: the disk is full");
  CHECK(scene.last("good")->result == "did it");
  CHECK(log.text().find("job.failed job=bad") != std::string::npos);
}

TEST_CASE("a job that fails is tried again the same day with a growing pause, until it works (R-23)") {
  Scene scene;
  int failures = 3;
  handlers::Job job{"digest", {8h, 18h, true}, [&](Instant) -> Result<std::string> {
                      scene.ran.emplace_back("digest");
                      if (failures-- > 0) return fail(ErrorCode::unavailable, "the disk is away");
                      return std::string("did it");
                    }};
  Scheduler scheduler = scene.scheduler({job});
  const Instant start = instant("2026-11-12T08:00:00-05:00");
  for (int second = 0; second < 3600; ++second) scheduler.tick(start + std::chrono::seconds{second});
  CHECK(scene.ran.size() == 4);  // at 0, 1, 3 and 7 minutes
  REQUIRE(scene.last("digest"));
  CHECK(scene.last("digest")->result == "did it");
  CHECK(scene.last("digest")->failures == 0);
  CHECK(scene.last("digest")->started_at == start + 7min);
  // A clock that was ahead and went back does not keep it from running.
  scheduler.tick(instant("2026-12-01T09:00:00-05:00"));
  scheduler.tick(instant("2026-11-13T09:00:00-05:00"));
  CHECK(scene.ran.size() == 6);
}

TEST_CASE("the scheduler says once a minute that it is alive") {
  Scene scene;
  Scheduler scheduler = scene.scheduler({});
  for (const char* at : {"2026-11-12T08:00:00-05:00", "2026-11-12T08:00:59-05:00"})
    scheduler.tick(instant(at));
  CHECK(iso_instant(scene.last(storage::heartbeat_name)->started_at) == "2026-11-12T08:00:00-05:00");
  scheduler.tick(instant("2026-11-12T08:01:00-05:00"));
  CHECK(iso_instant(scene.last(storage::heartbeat_name)->started_at) == "2026-11-12T08:01:00-05:00");
}

TEST_CASE("another scheduler, after a restart, knows what has run") {
  Scene scene;
  scene.scheduler({scene.job("one")}).tick(instant("2026-11-12T09:00:00-05:00"));
  scene.scheduler({scene.job("one")}).tick(instant("2026-11-12T15:00:00-05:00"));
  CHECK(scene.ran.size() == 1);
  scene.scheduler({scene.job("one")}).tick(instant("2026-11-18T15:00:00-05:00"));
  CHECK(scene.ran.size() == 2);
}

TEST_CASE("the new year brings a new reference") {
  Scene scene;
  Scheduler scheduler = scene.scheduler({});
  CHECK(scene.reference.current()->term == 2026);
  scheduler.tick(instant("2026-12-31T23:59:59-05:00"));
  CHECK(scene.reference.current()->term == 2026);
  scheduler.tick(instant("2027-01-01T00:00:00-05:00"));
  CHECK(scene.reference.current()->term == 2027);
}

TEST_CASE("a scheduler that was started stops when it goes away") {
  Scene scene;
  {
    Scheduler scheduler = scene.scheduler({scene.job("one")});
    scheduler.start();
  }
  CHECK(scene.ran.size() <= 1);
}
