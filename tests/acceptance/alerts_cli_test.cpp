// What an operator sees of alerts and jobs on the command line.
#include "handlers/alerts/digest.hpp"
#include "storage/alerts_store.hpp"
#include "tests/acceptance/ministry.hpp"
#include "tests/acceptance/program.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace pao::tests {
namespace {

using nlohmann::json;
using storage::test::instant;

struct DemoStore {
  storage::test::TemporaryFolder folder;
  Settings settings{{"storage.url", folder.url()}, {"clock.start", demo_morning}, {"log.level", "error"}};

  DemoStore() { copy_demo_store(folder.path() / "store.db"); }
  json document(const std::vector<std::string>& arguments) const {
    const Ran ran = run_program(arguments, settings);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    return json::parse(ran.out);
  }
};

}  // namespace

TEST_CASE("alerts precision tells of each rule what people said of its alerts") {
  const DemoStore demo;
  CHECK(demo.document({"alerts", "precision", "--json"})["reglas"].empty());
  {
    const auto store = storage::test::open_store(demo.folder.url());
    handlers::ReferenceSource reference(*store);
    const Instant now = instant(demo_morning);
    REQUIRE(reference.refresh(now));
    REQUIRE(handlers::alerts::send_digests(*store, *reference.current(), now));
    storage::test::writing(*store, [&](storage::Session& session) {
      int judged = 0;
      for (const char* person : {"U-020", "U-022", "U-019"}) {
        for (storage::Alert alert : storage::open_alerts_of(session, person, make_date(2026, 11, 1))) {
          if (alert.rule != "planes.vencida") continue;
          alert.useful = judged++ % 2 == 0;
          storage::save_alert(session, alert, now);
        }
      }
      REQUIRE(judged >= 2);
      return judged;
    });
  }
  const json told = demo.document({"alerts", "precision", "--json"});
  CHECK(told["hasta"] == "2026-11-12");
  bool found = false;
  for (const json& rule : told["reglas"]) {
    if (rule["regla"] != "planes.vencida") {
      CHECK(rule["precision"].is_null());
      continue;
    }
    found = true;
    const double useful = rule["utiles"].get<double>(), not_useful = rule["no_utiles"].get<double>();
    CHECK(rule["avisadas"].get<int>() >= 2);
    CHECK(rule["precision"].get<double>() == doctest::Approx(useful / (useful + not_useful)));
  }
  CHECK(found);
  CHECK(demo.document({"alerts", "precision", "--until", "2026-11-11", "--json"})["reglas"].empty());
}

}  // namespace pao::tests
