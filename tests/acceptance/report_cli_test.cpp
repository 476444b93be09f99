// The verb `report`: same inputs give identical bytes, every format that does not exist is refused with the
// ones that do, all reports of the ministry within seconds.
#include "tests/acceptance/program.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>

namespace pao::tests {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Office {
  storage::test::TemporaryFolder folder;
  Settings settings{{"storage.url", folder.url()}, {"clock.start", demo_morning}, {"log.level", "error"}};

  Office() { copy_demo_store(folder.path() / "store.db"); }
  Ran report(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    return run_program(arguments, settings);
  }
};

}  // namespace

TEST_CASE("a report is written to a file, twice the same bytes") {
  const Office office;
  for (const char* kind : {"preventivo", "final"}) {
    for (const char* format : {"html", "json"}) {
      CAPTURE(kind);
      CAPTURE(format);
      std::string first;
      for (const char* name : {"a", "b"}) {
        const fs::path out = office.folder.path() / name;
        const Ran ran = office.report({"--process", "DIR", "--cycle", "2026-T2", "--kind", kind, "--format",
                                       format, "--out", out.string()});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        const std::string bytes = bytes_of(out);
        CHECK(bytes.size() > 2000);
        if (first.empty()) first = bytes;
        CHECK(bytes == first);
      }
      if (std::string(format) == "json") {
        const auto json = nlohmann::json::parse(first);
        CHECK(json["reporte_id"] == "REP-DIR-2026-T2");
        CHECK(json["fecha_limite"].is_string());
        CHECK(json["lineas"].size() > 5);
      }
    }
  }
}

TEST_CASE("what cannot be written is refused with what can") {
  const Office office;
  const std::string out = (office.folder.path() / "x").string();
  struct Case {
    std::vector<std::string> arguments;
    int status;
    const char* says;
  };
  const Case cases[] = {
      {{"--process", "DIR", "--cycle", "2026-T3", "--format", "pdf", "--out", out}, 2, "html and json"},
      {{"--process", "DIR", "--cycle", "2026-T3", "--format", "xlsx", "--out", out}, 2, "html and json"},
      {{"--process", "DIR", "--cycle", "2026-T3", "--kind", "otro", "--out", out}, 2, "preventivo or final"},
      {{"--process", "DIR", "--cycle", "2026-T3"}, 2, "--out"},
      {{"--process", "XXX", "--cycle", "2026-T3", "--out", out}, 1, "there is no process"},
      {{"--process", "DIR", "--cycle", "2026-08", "--out", out}, 1, "a cycle is a quarter"},
      {{"verify", "--process", "DIR", "--cycle", "2026-T3"}, 1, "no published report"},
  };
  for (const Case& each : cases) {
    const Ran ran = office.report(each.arguments);
    CAPTURE(ran.err);
    CHECK(ran.status == each.status);
    CHECK(ran.err.find(each.says) != std::string::npos);
    CHECK_FALSE(fs::exists(out));
  }
}

TEST_CASE("all reports of the ministry take less than ten seconds and grade nobody") {
  const Office office;
  const fs::path into = office.folder.path() / "all";
  fs::create_directory(into);
  const auto started = std::chrono::steady_clock::now();
  const Ran ran = office.report({"--cycle", "2026-T3", "--all-into", into.string()});
  const auto took = std::chrono::steady_clock::now() - started;
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  CHECK(took < std::chrono::seconds{10});
  MESSAGE("24 reports in " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
  const std::regex grading(
      "calificaci|puntaje|puntuaci|ranking|evaluaci.{1,2}n de desempe|[^a-z]notas?[^a-z]", std::regex::icase);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(into)) {
    ++files;
    CAPTURE(entry.path().filename().string());
    std::smatch found;
    const std::string page = bytes_of(entry.path());
    CHECK_FALSE(std::regex_search(page, found, grading));
  }
  CHECK(files == 24);
}

}  // namespace pao::tests
