// A publication takes effect within a second, without a restart and whatever the jobs do.
#include "bot/reference_watch.hpp"

#include "storage/guideline_versions_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <thread>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;
using namespace std::chrono_literals;

TEST_CASE("what is published while the service runs answers within a second (R-01)") {
  DemoStore store;
  Database& database = *store.database;
  std::ifstream in(std::filesystem::path(pao::tests::source_dir) / "tests/data/guidelines/riesgos.md",
                   std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  text.replace(text.find("version: 1"), 10, "version: 2");
  TemporaryFolder folder;
  std::ofstream(folder.path() / "riesgos.md") << text;
  const std::array paths = {folder.path()};
  REQUIRE(import::import_paths(database, paths, {.now = instant(demo_morning)})->stored);

  handlers::ReferenceSource source(database);
  const Instant now = instant("2026-11-12T09:05:00-05:00");
  REQUIRE(source.refresh(now));
  bot::ReferenceWatch watch(source, [now] { return now; });
  watch.start();
  writing(database, [&](Session& session) -> Result<void> {
    GuidelineState from = GuidelineState::draft;
    for (const auto to : {GuidelineState::in_review, GuidelineState::approved, GuidelineState::published}) {
      const Result<void> moved =
          move_guideline(session, {{"riesgos", 2026, 2}, from, to, "U-002", "teams", "", now});
      if (!moved) return moved;
      from = to;
    }
    return {};
  });
  const auto published = std::chrono::steady_clock::now();
  while (source.current()->rules_of("riesgos")->version != 2 &&
         std::chrono::steady_clock::now() - published < 5s) {
    std::this_thread::sleep_for(5ms);
  }
  CHECK(source.current()->rules_of("riesgos")->version == 2);
  CHECK(std::chrono::steady_clock::now() - published < 1s);
}
