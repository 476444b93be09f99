// Internal control (OCI): reads the plans of every process and what came of the reports, each read kept, and
// writes nothing.
#include "storage/items_store.hpp"
#include "storage/oversight_store.hpp"
#include "storage/people_store.hpp"
#include "tests/acceptance/program.hpp"

#include <doctest/doctest.h>

#include <set>

namespace pao::tests {
namespace {

using storage::test::reading;

constexpr const char* notice = "No es la evaluación de la Oficina de Control";

std::int64_t reads_kept(Ministry& ministry) {
  return reading(ministry.store(),
                 [](storage::Session& session) { return storage::count_oversight_reads(session); });
}

// The buttons of the list, page by page, as they are pressed to the last one.
std::vector<SeenButton> every_process(const Person& oci, int& reads) {
  std::vector<SeenButton> plans;
  Seen page = oci.says("planes de los procesos");
  ++reads;
  while (true) {
    CHECK(page.shows(notice));
    for (const SeenButton& button : page.buttons()) {
      if (button.title == "Planes") plans.push_back(button);
    }
    if (!page.offers("Siguientes")) return plans;
    page = oci.presses(page.button("Siguientes")).shown;
    ++reads;
  }
}

}  // namespace

TEST_CASE(
    "C-14: internal control reads the plans of every process, each read kept, every write refused (R-46)") {
  // 9:00: it goes through the plans of all 24 processes, and into one activity of each.
  Ministry ministry;
  const Person oci = ministry.person("U-011"), coordination = ministry.person("U-002");
  int reads = 0;
  std::set<std::string> seen;
  for (const SeenButton& process : every_process(oci, reads)) {
    CAPTURE(process.data.at("proceso"));
    const Pressed plan = oci.presses(process);
    ++reads;
    REQUIRE(plan.shown.shows("Programado"));
    CHECK(plan.shown.shows("sin registrar"));  // timeliness in figures
    CHECK(plan.shown.shows(notice));
    seen.insert(process.data.at("proceso"));
  }
  CHECK(seen.size() == 24);

  // Percentages, timeliness, descriptions and evidence of an activity; it is followed, not graded.
  const Pressed plan = oci.presses("oci.planes", {{"proceso", "DIR"}, {"pagina", "0"}});
  const Pressed activity = oci.presses(plan.shown.button("Detalle"));
  reads += 2;
  for (const char* part : {"Programado 20 %, reportado 20 %", "Oportuno", "Se entregó la versión preliminar",
                           "PAI-DIR-01-T1_2026-02.pdf", notice}) {
    CAPTURE(part);
    CHECK(activity.shown.shows(part));
  }

  // What came of the published reports; a preventive one that is still open is nobody's but the process'.
  const Pressed reports = oci.presses("oci.reportes", {{"proceso", "COM"}});
  ++reads;
  CHECK(reports.shown.shows("REP-COM-2026-T2"));
  CHECK(reports.shown.shows("El proceso justificó con evidencias"));
  CHECK_FALSE(reports.shown.shows("REP-COM-2026-T3"));
  for (const char* verb : {"reporte.ver", "reporte.final", "reporte.recomendaciones"}) {
    CAPTURE(verb);
    CHECK_FALSE(oci.presses(verb, {{"reporte", "REP-COM-2026-T2"}}).shown.shows("No autorizado"));
    ++reads;
  }
  CHECK_FALSE(oci.presses("reporte.ver", {{"reporte", "REP-COM-2026-T3"}}).shown.shows("Reporte preventivo"));

  // Each read is in the registro under the reader's name, and the coordination sees them.
  CHECK(reads_kept(ministry) == reads);
  CHECK(coordination.says("qué leyó OCI").shows("Amparo Caracolí (demo)"));
  CHECK(reads_kept(ministry) == reads);

  // Every write is refused, in whatever it is tried.
  const std::pair<const char*, Values> writes[] = {
      {"avance.guardar", {{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-10"}}},
      {"ss.radicar", {{"tipo", "SS-7"}, {"proceso", "COM"}, {"practica", "planes"}}},
      {"ss.decidir", {{"ss", "SS-2026-0070"}, {"decision", "aprobada"}}},
      {"ss.aplicar", {{"ss", "SS-2026-0070"}}},
      {"reporte.aceptar", {{"reporte", "REP-COM-2026-T3"}, {"version", "1"}}},
      {"reporte.justificar", {{"reporte", "REP-COM-2026-T3"}, {"linea", "todo"}}},
      {"reporte.errata", {{"reporte", "REP-COM-2026-T2"}, {"texto", "Dice A"}}},
      {"reporte.publicar", {{"reporte", "REP-COM-2026-T2"}}},
      {"recomendacion.responder", {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "aplicada"}}},
      {"verificar.aceptar", {{"registro", "AVP-0001"}}},
      {"enlace.guardar", {{"proceso", "COM"}, {"persona", "U-011"}}},
      {"mesa.convocar", {{"proceso", "COM"}, {"asunto", "Visita"}}},
      {"control.confirmar", {{"punto", "1"}, {"asunto", "guideline:riesgos:2026:1"}}},
      {"lineamientos.publicar", {{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "1"}}},
      {"asesor.enviar", {{"pregunta", "¿Qué hago?"}, {"proceso", "COM"}}},
  };
  for (const auto& [verb, values] : writes) {
    CAPTURE(verb);
    const Pressed refused = oci.presses(verb, values);
    CHECK_MESSAGE(refused.shown.shows("No autorizado"), refused.shown.words());
  }
  // Neither do words in the chat.
  for (const char* order : {"registrar avance", "quiero radicar una SS", "hablar con mi asesor"})
    CHECK_MESSAGE(oci.says(order).shows("No autorizado"), order);
  CHECK(reads_kept(ministry) == reads);
}

TEST_CASE("in January the plans of the year that ended are exported, and any year by its number (R-45)") {
  const storage::test::TemporaryFolder folder;
  copy_demo_store(folder.path() / "store.db");
  const Settings settings{
      {"storage.url", folder.url()}, {"clock.start", "2027-01-04T09:00:00-05:00"}, {"log.level", "error"}};
  const auto exported = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"oci", "export", "--process", "DIR"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, settings);
  };
  const auto usual = nlohmann::json::parse(exported({}).out);
  CHECK(usual["vigencia"] == 2026);
  CHECK(usual["actividades"].size() == 3);
  CHECK(usual["oportunos"] > 0);
  CHECK(usual["actividades"] == nlohmann::json::parse(exported({"--year", "2026"}).out)["actividades"]);
  const auto new_year = nlohmann::json::parse(exported({"--year", "2027"}).out);
  CHECK(new_year["vigencia"] == 2027);
  CHECK(new_year["actividades"].empty());
  for (const char* wrong : {"1999", "2029", "ayer"}) {
    CAPTURE(wrong);
    const Ran refused = exported({"--year", wrong});
    CHECK(refused.status == 2);
    CHECK(refused.err.find("--year: not a year from 2000 to 2028") != std::string::npos);
  }
  const auto store = storage::test::open_store(folder.url());
  CHECK(reading(*store, [](storage::Session& session) { return storage::count_oversight_reads(session); }) ==
        3);
}

}  // namespace pao::tests
