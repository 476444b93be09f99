// `ask`: the answer that the chat would give, and why.
#include "tests/acceptance/ministry.hpp"
#include "tests/acceptance/program.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace pao::tests {
namespace {

using nlohmann::json;

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

TEST_CASE("ask counts the day that the question names, each of several questions, and who asks") {
  const DemoStore store;
  const json then = store.document(
      {"ask", "--json",
       "¿Qué decían los lineamientos el 15 de marzo de 2026 sobre cómo se redacta un riesgo?"});
  CHECK(then["on"] == "2026-03-15");
  CHECK(then["text"].get<std::string>().find("Esto regía el 15 de marzo de 2026.") == 0);

  const json two = store.document(
      {"ask", "--json", "¿Hasta cuándo se sube el acta de la REPAC? ¿Quién convoca la REPAC?"});
  REQUIRE(two["answers"].size() == 2);
  CHECK(two["criteria"][0]["code"] == "REP-07");
  CHECK(two["criteria"][1]["code"] == "REP-03");

  const char* until_when = "hasta qué día reporto el avance del plan de acción";
  const json own = store.document({"ask", "--as", "U-020", "--on", "2026-11-12", "--json", until_when});
  REQUIRE(own["own_dates"].size() == 2);
  CHECK(own["own_dates"][0]["period"] == "2026-02");
  CHECK(own["own_dates"][1]["due_on"] == "2027-01-08");
  CHECK(own["text"].get<std::string>().find("pida una SS-5") != std::string::npos);
  CHECK(store.document({"ask", "--on", "2026-11-12", "--json", until_when})["own_dates"].empty());
}

TEST_CASE("ask --json says why it answers, and why it does not (R-06)") {
  const DemoStore store;
  for (const char* text : {"hasta qué día reporto el avance del plan de acción",
                           "¿De qué color debe ser la carpeta de evidencias?", "cuándo pagan la prima"}) {
    CAPTURE(text);
    const json why = store.document({"ask", "--json", text})["understanding"];
    CHECK(why["in_scope"].is_number());
    CHECK(why["answered"].is_number());
    CHECK(why["limits"]["in_scope"] == 0.5);
    CHECK(why["limits"]["answered"] == 0.5);
    CHECK(why["signs"].contains("utterance"));
    CHECK(why["passage"].contains("complete"));
    CHECK(why["nearest"].is_array());
  }
}

}  // namespace pao::tests
