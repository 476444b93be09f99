// The files of an evidence pack: what people typed stays text, and the index can be checked.
#include "cards/documents/evidence_pack.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pao;
using namespace pao::cards::documents;

TEST_CASE("a table is written as CSV and JSON with every character, and no cell is a formula (R-52)") {
  const procedure::EvidenceTable table{
      "muestra",
      "Muestra",
      {"pregunta", "respuesta"},
      {{"=HYPERLINK(\"https://malo.example.com\")", "dijo \"sí\", y\nmás"}, {"-1", "año"}, {"", "@x"}}};
  CHECK(to_csv(table) ==
        "pregunta,respuesta\r\n\"'=HYPERLINK(\"\"https://malo.example.com\"\")\",\"dijo \"\"sí\"\", "
        "y\nmás\"\r\n"
        "'-1,año\r\n,'@x\r\n");
  const auto json = nlohmann::json::parse(to_json(table));
  REQUIRE(json.size() == 3);
  CHECK(json[0]["pregunta"] == "=HYPERLINK(\"https://malo.example.com\")");
  CHECK(json[1]["respuesta"] == "año");
  CHECK(nlohmann::json::parse(to_json({"vacia", "Vacía", {"a"}, {}})).empty());
}

TEST_CASE("the index names every file with its fingerprint, in Spanish") {
  const std::string index = evidence_index(
      procedure::ControlPoint::advice, "2026-10", parse_instant("2026-11-12T09:00:00-05:00").value(),
      {{"muestra.csv", "Muestra", 15, "ab12"}, {"muestra.json", "Muestra", 15, "cd34"}});
  CHECK(index.find("# Evidencia del punto de control de la actividad 3") == 0);
  CHECK(index.find("Asesorar a los procesos, octubre de 2026.") != std::string::npos);
  CHECK(index.find("12 de noviembre de 2026") != std::string::npos);
  CHECK(index.find("| `muestra.csv` | Muestra | 15 | `ab12` |") != std::string::npos);
  CHECK(index.find("`cd34`") != std::string::npos);
}
