// The simulated SMGI and the checks of the exchange with it: over real files, with the product's own gateway
// and job.
#include "bot/simulation/smgi_invariants.hpp"

#include "bot/smgi/exchange_job.hpp"
#include "bot/smgi/file_gateway.hpp"
#include "storage/columns.hpp"
#include "storage/filings_store.hpp"
#include "storage/jobs_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

struct Scene {
  storage::test::DemoStore store;
  Instant now = instant("2026-11-12T20:00:00-05:00");
  Smgi smgi;
  FileSmgiGateway gateway{store.folder.path() / "smgi"};

  // The last records of the sample are our own, and wait to be handed over.
  explicit Scene(Faults faults = {}) : smgi(store.folder.path() / "smgi", faults, Dice(3)) {
    writing(*store.database, [](Session& session) {
      session.run(
          "UPDATE progress_records SET channel = 'pao_teams', filing = 'capturado' WHERE id IN"
          " (SELECT id FROM progress_records ORDER BY recorded_at DESC, id LIMIT 20)");
    });
  }

  // Both sides work for so long, twice a day.
  void live(std::chrono::days time) {
    for (const Instant end = now + time; now < end; now += 12h) {
      exchange();
      smgi.work(now);
    }
    exchange();
  }
  void exchange() {
    const auto done = smgi_job(*store.database, &gateway).run(now);
    if (!done) return;
    writing(*store.database, [&](Session& session) {
      storage::save_run(session,
                        {.name = "smgi.exchange", .started_at = now, .result = *done, .succeeded_at = now});
    });
  }

  std::map<std::string, int> violations() {
    std::map<std::string, int> found;
    const Expect expect = [&](const char* name, bool holds, const std::string& example) {
      CAPTURE(example);
      CHECK_FALSE(invariant_text(name).empty());
      found[name] += !holds;
    };
    SmgiInvariants invariants;
    reading(*store.database, [&](Session& session) {
      storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
        invariants.see(entry, expect);
        return true;
      });
      invariants.check(session, smgi, now, true, expect);
      return true;
    });
    return found;
  }
};

void say_in_registro(Session& session, const char* kind, const std::string& key) {
  storage::append_registro(session, {.at = instant("2026-11-20T09:00:00-05:00"),
                                     .actor = "job:smgi.exchange",
                                     .channel = "smgi",
                                     .kind = kind,
                                     .subject = key,
                                     .content = storage::texts_to_json({{"filing", key}})});
}

std::string confirmed_key(Session& session) {
  return *session.first(
      "SELECT key FROM smgi_filings WHERE state = 'confirmado' AND kind = 'avance' ORDER BY key", {},
      [](const storage::Row& row) { return row.string(0); });
}

}  // namespace

TEST_CASE("the SMGI takes, refuses and answers what is handed over, whatever fails (R-55)") {
  Scene scene({.answers_twice = 0.5, .answers_broken = 0.3, .answers_stray = 0.5});
  scene.live(std::chrono::days{2});
  scene.smgi.away_until(scene.now + 30h, scene.now);
  const auto while_away = smgi_job(*scene.store.database, &scene.gateway).run(scene.now);
  REQUIRE_FALSE(while_away);
  CHECK(while_away.error().code == ErrorCode::unavailable);
  scene.live(std::chrono::days{14});
  CHECK(scene.smgi.filings().size() > 10);
  CHECK_FALSE(scene.smgi.is_away());
  for (const auto& [name, violations] : scene.violations()) {
    CAPTURE(name);
    CHECK(violations == 0);
  }
}

TEST_CASE("the checks of the exchange find each thing that is wrong (R-50, R-55)") {
  struct Case {
    const char* wrong;
    const char* invariant;
    std::function<void(Session&)> happens;
  };
  const Case cases[] = {
      {"another number than the SMGI gave", "smgi_confirmed_as_given",
       [](Session& session) {
         session.run("UPDATE smgi_filings SET smgi_number = 'SMGI-0' WHERE key = $1",
                     {std::string_view(confirmed_key(session))});
       }},
      {"refused although the SMGI took it", "smgi_refused_as_given",
       [](Session& session) {
         session.run("UPDATE smgi_filings SET state = 'rechazado' WHERE key = $1",
                     {std::string_view(confirmed_key(session))});
       }},
      {"handed over and unknown there", "smgi_knows_what_was_handed_over",
       [](Session& session) {
         storage::mark_request_sent(session, "PAO-2026-9999", "PAO-2026-9999",
                                    instant("2026-11-20T09:00:00-05:00"));
       }},
      {"an answer that nobody took", "smgi_answers_taken",
       [](Session& session) {
         session.run("UPDATE smgi_filings SET state = 'enviado', smgi_number = '' WHERE key = $1",
                     {std::string_view(confirmed_key(session))});
       }},
      {"confirmed twice", "smgi_confirmed_once",
       [](Session& session) { say_in_registro(session, "smgi.confirmed", confirmed_key(session)); }},
      {"refused after it was confirmed", "smgi_confirmed_once",
       [](Session& session) { say_in_registro(session, "smgi.refused", confirmed_key(session)); }},
      {"handed over twice", "smgi_handed_over_once",
       [](Session& session) { say_in_registro(session, "smgi.sent", confirmed_key(session)); }},
      {"a record that does not show its number", "smgi_number_shown",
       [](Session& session) {
         session.run(
             "UPDATE progress_records SET smgi_number = NULL WHERE id ="
             " (SELECT subject_id FROM smgi_filings WHERE key = $1)",
             {std::string_view(confirmed_key(session))});
       }},
      {"a record that stays enviado", "smgi_record_confirmed",
       [](Session& session) {
         session.run(
             "UPDATE progress_records SET filing = 'enviado' WHERE id ="
             " (SELECT subject_id FROM smgi_filings WHERE key = $1)",
             {std::string_view(confirmed_key(session))});
       }},
      {"a record that was left behind", "smgi_nothing_left_behind",
       [](Session& session) {
         session.run("DELETE FROM smgi_filings WHERE key = $1", {std::string_view(confirmed_key(session))});
         session.run(
             "UPDATE progress_records SET filing = 'capturado' WHERE id ="
             " (SELECT MIN(id) FROM progress_records WHERE channel = 'pao_teams')");
       }},
  };
  for (const Case& each : cases) {
    CAPTURE(each.wrong);
    Scene scene;
    scene.live(std::chrono::days{14});
    writing(*scene.store.database, each.happens);
    CHECK(scene.violations()[each.invariant] > 0);
  }
}

}  // namespace pao::bot::simulation
