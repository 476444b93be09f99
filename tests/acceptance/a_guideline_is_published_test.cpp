// The command line around the guidelines: a Word file arrives as a draft, versions are listed and compared,
// and the evidence of a control point is packed with its fingerprints.
#include "storage/sha256.hpp"
#include "tests/acceptance/program.hpp"
#include "tests/storage/word_file.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace pao::tests {
namespace {

using nlohmann::json;
using storage::test::TemporaryFolder;
using storage::test::word_file;
using storage::test::word_paragraph;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

TEST_CASE(
    "a Word guideline arrives as a draft, is compared with the version in force, and versions are told apart "
    "(R-03)") {
  TemporaryFolder folder;
  const Settings settings{
      {"storage.url", folder.url()}, {"clock.start", demo_morning}, {"log.level", "error"}};
  copy_demo_store(folder.path() / "store.db");
  std::ofstream(folder.path() / "riesgos-2027.docx", std::ios::binary)
      << word_file(word_paragraph("Lineamientos 2027", "Title") + word_paragraph("Texto suelto") +
                   word_paragraph("RIE-01 Qué comprende la práctica", "Heading1") +
                   word_paragraph("La gestión del riesgo ayuda a prever."));
  const Ran imported = run_program({"import", folder.path() / "riesgos-2027.docx"}, settings);
  INFO(imported.err);
  REQUIRE(imported.status == 0);
  CHECK(imported.out.find("riesgos-2027.docx, párrafo 2: Texto fuera de un criterio: «Texto suelto».") !=
        std::string::npos);

  const json versions =
      json::parse(run_program({"guidelines", "list", "--practice", "riesgos", "--json"}, settings).out);
  REQUIRE(versions.size() == 2);
  CHECK(versions[0]["vigencia"] == 2027);
  CHECK(versions[0]["state"] == "borrador");
  CHECK(versions[1]["state"] == "publicado");
  const json diff =
      json::parse(run_program({"guidelines", "diff", "riesgos", "2027", "1", "--json"}, settings).out);
  CHECK(diff["before"]["vigencia"] == 2026);
  CHECK(diff["changes"][0]["code"] == "RIE-01");
  CHECK(diff["changes"][0]["change"] == "changed");
  CHECK(diff["changes"].back()["change"] == "removed");
  const Ran shown = run_program({"guidelines", "show", "riesgos", "2026", "1"}, settings);
  CHECK(shown.out.find("### RIE-02 Marco de referencia") != std::string::npos);
  CHECK(run_program({"guidelines", "show", "riesgos", "2026", "9"}, settings).status == 1);
  CHECK(run_program({"guidelines"}, settings).status == 2);

  // A day before the first guideline is answered honestly; a day of the vigencia by its version.
  const json before = json::parse(
      run_program({"ask", "--on", "2025-03-15", "--json", "¿Qué evidencia sirve para un control de riesgos?"},
                  settings)
          .out);
  CHECK(before["kind"] == "abstain");
  CHECK(before["criteria"].empty());
  const json then = json::parse(
      run_program({"ask", "--on", "2026-03-15", "--json", "¿Qué evidencia sirve para un control de riesgos?"},
                  settings)
          .out);
  CHECK(then["criteria"][0]["vigencia"] == 2026);
}

TEST_CASE("evidence packs hold the records of a control point and the fingerprint of each file") {
  TemporaryFolder folder;
  const Settings settings{
      {"storage.url", folder.url()}, {"clock.start", demo_morning}, {"log.level", "error"}};
  copy_demo_store(folder.path() / "store.db");
  for (const char* control : {"1", "3", "4", "6"}) {
    CAPTURE(control);
    const std::filesystem::path out = folder.path() / (std::string("pack") + control);
    const Ran ran =
        run_program({"evidence-pack", "--control", control, "--period", "2026-10", "--out", out}, settings);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    const std::string index = bytes_of(out / "indice.md");
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(out)) {
      const std::string name = entry.path().filename().string();
      if (name == "indice.md") continue;
      ++files;
      CAPTURE(name);
      CHECK(index.find("`" + name + "`") != std::string::npos);
      CHECK(index.find(storage::sha256_hex(bytes_of(entry.path()))) != std::string::npos);
    }
    CHECK(files >= 4);
  }
  CHECK(run_program({"evidence-pack", "--control", "2", "--period", "2026-10", "--out", folder.path() / "x"},
                    settings)
            .status == 2);
  CHECK(run_program({"evidence-pack", "--control", "1", "--period", "ayer", "--out", folder.path() / "x"},
                    settings)
            .status == 2);
}

}  // namespace pao::tests
