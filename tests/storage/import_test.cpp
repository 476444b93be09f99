#include "storage/guidelines_store.hpp"
#include "storage/import/csv_reader.hpp"
#include "storage/import/entity_import.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reference_revision.hpp"
#include "storage/requests_store.hpp"
#include "tests/paths.hpp"
#include "tests/storage/temporary_store.hpp"

#include <algorithm>
#include <fstream>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::import;
using namespace pao::storage::test;

namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(pao::tests::source_dir) / "tests/data";
const Instant now = parse_instant("2026-11-12T09:00:00-05:00").value();

ImportReport import_all(Database& database, const std::vector<fs::path>& paths, bool check_only = false) {
  Result<ImportReport> report = import_paths(database, paths, {.check_only = check_only, .now = now});
  if (!report) FAIL(report.error().detail);
  return std::move(*report);
}

std::vector<fs::path> whole_demo() {
  return {data / "ministry", data / "guidelines"};
}

// A copy of the ministry in which one file reads otherwise.
struct ChangedMinistry {
  TemporaryFolder folder;

  ChangedMinistry() { fs::copy(data / "ministry", folder.path()); }

  std::string text(const std::string& file) const {
    std::ifstream in(folder.path() / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& file, const std::string& bytes) const {
    fs::remove(folder.path() / file);
    std::ofstream(folder.path() / file, std::ios::binary) << bytes;
  }
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string bytes = text(file);
    const std::size_t at = bytes.find(from);
    REQUIRE(at != std::string::npos);
    bytes.replace(at, from.size(), to);
    write(file, bytes);
  }
};

std::int64_t count_rows(Database& database, std::string_view table) {
  const std::string sql = "SELECT COUNT(*) FROM " + std::string(table);
  return reading(database, [&](Session& session) {
    return session.first(sql, {}, [](const Row& row) { return row.integer(0); }).value();
  });
}

}  // namespace

TEST_CASE("the whole sample ministry is imported without a problem") {
  TemporaryStore store;
  const ImportReport report = import_all(*store.database, whole_demo());
  for (const ImportProblem& problem : report.problems) {
    MESSAGE(problem.file << ":" << problem.line << " " << problem.column << " " << problem.reason);
  }
  REQUIRE(report.problem_count == 0);
  CHECK(report.stored);
  CHECK(report.notices.size() == 2);
  struct Expected {
    const char* table;
    std::int64_t rows;
  };
  for (const Expected& expected : {Expected{"people", 119},
                                   {"processes", 24},
                                   {"items", 72 + 144 + 48 + 48 + 96 + 10 + 126 + 30 + 24 + 120},
                                   {"review_meetings", 64},
                                   {"service_requests", 85},
                                   {"follow_up_reports", 72},
                                   {"recommendations", 99},
                                   {"working_sessions", 40},
                                   {"guidelines", 9}}) {
    CAPTURE(expected.table);
    CHECK(count_rows(*store.database, expected.table) == expected.rows);
  }
  // 551 + 203 + 166 + 86 + 150 from files of records, 64 minutes, and 21 processes that reviewed every
  // document.
  CHECK(count_rows(*store.database, "progress_records") >= 551 + 203 + 166 + 86 + 150 + 64 + 21);
}

TEST_CASE("importing the same again changes nothing") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const ImportReport again = import_all(*store.database, whole_demo());
  REQUIRE(again.problem_count == 0);
  for (const FileCounts& counts : again.files) {
    CAPTURE(counts.file);
    CHECK(counts.inserted == 0);
    CHECK(counts.updated == 0);
    CHECK(counts.removed == 0);
    CHECK(counts.unchanged == counts.rows);
  }
}

TEST_CASE("a check finds what would change and stores nothing") {
  TemporaryStore store;
  const ImportReport report = import_all(*store.database, whole_demo(), true);
  CHECK(report.problem_count == 0);
  CHECK_FALSE(report.stored);
  CHECK(report.files.front().inserted == 119);
  CHECK(count_rows(*store.database, "people") == 0);
  CHECK(count_rows(*store.database, "guidelines") == 0);
}

TEST_CASE("one bad cell of any kind refuses the whole import and is named") {
  struct Case {
    const char* file;
    const char* from;
    const char* to;
    std::size_t line;
    const char* column;
  };
  const Case cases[] = {
      {"personas.csv", "U-001,", "U 001,", 2, "persona_id"},
      {"personas.csv", "jefe_oap", "jefe", 2, "rol"},
      {"personas.csv", "demo-aad-0001,si", "demo-aad-0001,quizas", 2, "activo"},
      {"actividades_plan.csv", "2026-01-01", "2026-02-30", 2, "fecha_inicio"},
      {"actividades_plan.csv", ",40,12 reportes", ",140,12 reportes", 2, "peso"},
      {"actividades_plan.csv", "PAI-DIR-01,DIR", "PAI-DIR-01,XXX", 2, "proceso_id"},
      {"actividades_plan.csv", ",U-017", ",U-999", 2, "responsable_id"},
      {"tareas_plan.csv", "02 04 06 08 09", "02 04 13", 2, "meses_programados"},
      {"tareas_plan.csv", "PAI-DIR-01-T1,PAI-DIR-01", "PAI-DIR-01-T1,PAI-DIR-99", 2, "actividad_id"},
      {"avances_plan.csv", "2026-02,20", "2026-13,20", 2, "periodo"},
      {"avances_plan.csv", "2026-03-05T17:03:51-05:00", "2026-03-05 17:03", 2, "registrado_en"},
      {"avances_proyectos.csv", "637625000", "637625000.5", 2, "compromisos_cop"},
      {"mediciones_indicadores.csv", ",127,142", ",127a,142", 2, "numerador"},
      {"repac.csv", ",9,REPAC", ",nueve,REPAC", 2, "asistentes"},
      {"documentos.csv", "PR-DIR-002", "CA-DIR-001", 3, "codigo"},
      {"riesgos.csv", "tratamiento", "semaforo", 1, "semaforo"},
  };
  for (const Case& bad : cases) {
    CAPTURE(bad.file);
    CAPTURE(bad.to);
    ChangedMinistry ministry;
    ministry.replace(bad.file, bad.from, bad.to);
    TemporaryStore store;
    const ImportReport report = import_all(*store.database, {ministry.folder.path()});
    CHECK_FALSE(report.stored);
    REQUIRE(report.problem_count >= 1);
    const bool named =
        std::any_of(report.problems.begin(), report.problems.end(), [&](const ImportProblem& problem) {
          return problem.file == bad.file && problem.line == bad.line && problem.column == bad.column &&
                 !problem.reason.empty();
        });
    CHECK(named);
    CHECK(count_rows(*store.database, "people") == 0);
  }
}

TEST_CASE("files that cannot be imported are named") {
  TemporaryStore store;
  TemporaryFolder folder;
  std::ofstream(folder.path() / "otra.csv") << "a,b\n1,2\n";
  std::ofstream(folder.path() / "lineamiento.md") << "no front matter\n";
  std::ofstream(folder.path() / "libro.xlsx") << "PK";
  const ImportReport report = import_all(
      *store.database,
      {folder.path() / "otra.csv", folder.path() / "libro.xlsx", folder.path() / "lineamiento.md"});
  CHECK_FALSE(report.stored);
  CHECK(report.problems.at(0).reason == "this file is not known");
  CHECK(report.problems.at(1).reason == "only CSV, Markdown and Word (.docx) files can be imported");
  CHECK(report.problems.at(2).file == "lineamiento.md");
  const std::vector<fs::path> missing{folder.path() / "no.csv"};
  const auto failed = import_paths(*store.database, missing, {.check_only = false, .now = now});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::not_found);
}

TEST_CASE("every problem is counted and the first thousand are shown") {
  TemporaryStore store;
  TemporaryFolder folder;
  std::ofstream out(folder.path() / "personas.csv");
  out << "persona_id,nombre,rol,proceso_id,correo,teams_user_id,activo\n";
  for (int i = 0; i < 1500; ++i) out << "U-" << i << ",Nombre,ninguno,,a@b.co,aad-" << i << ",si\n";
  out.close();
  const ImportReport report = import_all(*store.database, {folder.path()});
  CHECK(report.problem_count == 1500);
  CHECK(report.problems.size() == ImportReport::max_problems_shown);
}

TEST_CASE("a changed cell updates its row only") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  ChangedMinistry ministry;
  ministry.replace("tareas_plan.csv", "02 04 06 08 09", "02 04 06");
  const ImportReport report = import_all(*store.database, {ministry.folder.path()});
  REQUIRE(report.problem_count == 0);
  std::size_t updated = 0;
  for (const FileCounts& counts : report.files) updated += counts.updated + counts.inserted;
  CHECK(updated == 1);
  const auto task = reading(*store.database, [](Session& s) { return find_item(s, "PAI-DIR-01-T1"); });
  REQUIRE(task);
  CHECK(task->planned_months == std::vector<int>{2, 4, 6});
}

TEST_CASE("an account that two people claim is a problem of the second row") {
  ChangedMinistry ministry;
  ministry.replace("personas.csv", "demo-aad-0002", "demo-aad-0001");
  TemporaryStore store;
  const ImportReport report = import_all(*store.database, {ministry.folder.path()});
  CHECK_FALSE(report.stored);
  REQUIRE(report.problem_count == 1);
  CHECK(report.problems.front().line == 3);
}

TEST_CASE("roles come from the list that is the authority for them") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const Date today = make_date(2026, 11, 12);
  const auto ids = [&](procedure::Role role, const char* process, Date day) {
    std::vector<std::string> found;
    const auto people =
        reading(*store.database, [&](Session& s) { return people_with_role(s, role, process, day); });
    for (const procedure::Person& person : people) found.push_back(person.id);
    return found;
  };
  using Ids = std::vector<std::string>;
  CHECK(ids(procedure::Role::leader, "DIR", today) == Ids{"U-014"});
  CHECK(ids(procedure::Role::advisor, "DIR", today) == Ids{"U-003"});
  CHECK(ids(procedure::Role::liaison, "DIR", today) == Ids{"U-015", "U-016"});
  CHECK(ids(procedure::Role::coordination, "", today) == Ids{"U-002"});
  SUBCASE("a liaison's term begins and ends on its days") {
    CHECK(ids(procedure::Role::liaison, "ADM", today) == Ids{"U-098"});
    CHECK(ids(procedure::Role::liaison, "ADM", make_date(2026, 7, 1)) == Ids{"U-098"});
  }
  SUBCASE("an advisor holds the role in the assigned processes only") {
    const auto advisor = reading(*store.database, [](Session& s) { return find_person(s, "U-003"); });
    REQUIRE(advisor);
    CHECK(advisor->roles.size() == 4);
    for (const procedure::RoleGrant& grant : advisor->roles) CHECK_FALSE(grant.process_id.empty());
  }
  SUBCASE("a liaison who is no longer listed loses the role") {
    ChangedMinistry ministry;
    ministry.replace("enlaces.csv", "DIR,U-016,no,2026-01-01,\r\n", "");
    const ImportReport report = import_all(*store.database, {ministry.folder.path()});
    REQUIRE(report.problem_count == 0);
    CHECK(ids(procedure::Role::liaison, "DIR", today) == Ids{"U-015"});
  }
  SUBCASE("a new leader replaces the old one") {
    ChangedMinistry ministry;
    ministry.replace("procesos.csv", "U-014,U-003", "U-015,U-003");
    (void)import_all(*store.database, {ministry.folder.path()});
    CHECK(ids(procedure::Role::leader, "DIR", today) == Ids{"U-015"});
  }
  SUBCASE("somebody whose role is another one loses the first, and the report says so") {
    ChangedMinistry ministry;
    ministry.replace("personas.csv", "coordinador_gesfo", "profesional_gesfo");
    const ImportReport report = import_all(*store.database, {ministry.folder.path()});
    CHECK(ids(procedure::Role::coordination, "", today).empty());
    CHECK(report.files.front().removed == 1);
  }
}

TEST_CASE("a process has reviewed its documents when each of them was reviewed") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const auto records = [&](const char* item) {
    return reading(*store.database, [&](Session& s) { return records_of_item(s, item); });
  };
  REQUIRE(records("DOC-DIR").size() == 1);
  CHECK(records("DOC-DIR").front().period == "2026");
  CHECK(records("DOC-DIR").front().recorded_at == instant("2026-10-08T10:38:50-05:00"));
  CHECK(records("DOC-CTR").empty());
}

TEST_CASE("minutes are the progress record of the quarter") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const auto records = reading(*store.database, [](Session& s) { return records_of_item(s, "REPAC-DIR"); });
  REQUIRE(records.size() == 3);
  CHECK(records.front().period == "2026-T1");
  CHECK(records.front().recorded_at == instant("2026-04-22T15:52:08-05:00"));
  CHECK(records.front().values.at("modalidad") == "mixta");
}

TEST_CASE("the due date of a request counts its level and its suspension") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  // The sample files hold the expected date beside each request; the import does not read it.
  const auto table = [] {
    std::ifstream in(data / "ministry" / "solicitudes_ss.csv", std::ios::binary);
    return read_csv(std::string(std::istreambuf_iterator<char>(in), {})).value();
  }();
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(table.header.begin(), table.header.end(), name) -
                                    table.header.begin());
  };
  for (const CsvRow& row : table.rows) {
    const std::string& id = row.cells[column("ss_id")];
    const auto request = reading(*store.database, [&](Session& s) { return find_request(s, id); });
    REQUIRE(request);
    CAPTURE(id);
    CHECK(request->due_on == parse_date(row.cells[column("esperado_vence")]));
    CHECK_FALSE(request->provisional);
  }
}

TEST_CASE("a record made here is confirmed by the official one and keeps its receipt and time") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const auto made = writing(*store.database, [](Session& s) {
    return add_record(s, {.id = {},
                          .practice = "planes",
                          .item_id = "PAI-DIR-01-T2",
                          .process_id = "DIR",
                          .period = "2026-12",
                          .values = {{"porcentaje_avance", "100"}},
                          .recorded_at = now,
                          .recorded_by = "U-015",
                          .channel = "pao_teams"});
  });
  ChangedMinistry ministry;
  std::string text = ministry.text("avances_plan.csv");
  text +=
      "AVP-9001,PAI-DIR-01-T2,DIR,2026-12,100,100,Listo.,,a.pdf,2026-11-13T10:00:00-05:00,U-015,smgi,"
      "aceptado\r\n";
  ministry.write("avances_plan.csv", text);
  const ImportReport report = import_all(*store.database, {ministry.folder.path()});
  REQUIRE(report.problem_count == 0);
  const auto records =
      reading(*store.database, [](Session& s) { return records_of_item(s, "PAI-DIR-01-T2"); });
  const procedure::ProgressRecord& last = records.back();
  CHECK(last.id == made.id);
  CHECK(last.recorded_at == now);
  CHECK(last.filing == procedure::FilingState::confirmed);
  CHECK(last.review == procedure::ReviewState::accepted);
  const ImportReport again = import_all(*store.database, {ministry.folder.path()});
  for (const FileCounts& counts : again.files) CHECK(counts.updated + counts.inserted == 0);
}

TEST_CASE("the review of documents and minutes that were recorded here are confirmed by the official ones") {
  TemporaryStore store;
  (void)import_all(*store.database, whole_demo());
  const auto record_here = [&](const char* practice, const char* item, const char* period) {
    return writing(*store.database, [&](Session& s) {
      s.run("DELETE FROM progress_records WHERE item_id = $1 AND period = $2",
            {std::string_view(item), std::string_view(period)});
      return add_record(s, {.id = {},
                            .practice = practice,
                            .item_id = item,
                            .process_id = "DIR",
                            .period = period,
                            .values = {},
                            .recorded_at = now,
                            .recorded_by = "U-015",
                            .channel = "pao_teams"});
    });
  };
  const auto documents = record_here("documentos", "DOC-DIR", "2026");
  const auto minutes = record_here("repac", "REPAC-DIR", "2026-T3");
  const ImportReport report = import_all(*store.database, whole_demo());
  REQUIRE(report.problem_count == 0);
  for (const auto& made : {documents, minutes}) {
    CAPTURE(made.item_id);
    const auto records =
        reading(*store.database, [&](Session& s) { return records_of_item(s, made.item_id); });
    CHECK(records.back().id == made.id);
    CHECK(records.back().recorded_at == now);
    CHECK(records.back().filing == procedure::FilingState::confirmed);
  }
}

TEST_CASE("guidelines of the initial load are published, later ones are drafts") {
  TemporaryStore store;
  (void)import_all(*store.database, {data / "guidelines"});
  CHECK(reading(*store.database, [](Session& s) { return rules_in_force(s, 2026); }).size() == 9);
  CHECK(reading(*store.database, [](Session& s) { return criteria_in_force(s, 2026); }).size() > 100);
  const auto criterion =
      reading(*store.database, [](Session& s) { return find_criterion(s, 2026, "CON-09"); });
  REQUIRE(criterion);
  CHECK(criterion->title == "Registro semestral y fecha de corte");
  CHECK(criterion->term == 2026);
  SUBCASE("a year without its own guideline answers with the one before") {
    CHECK(reading(*store.database, [](Session& s) { return rules_in_force(s, 2027); }).front().term == 2026);
    CHECK(reading(*store.database, [](Session& s) { return rules_in_force(s, 2025); }).empty());
  }
  SUBCASE("the next version arrives as a draft") {
    TemporaryFolder folder;
    std::ifstream in(data / "guidelines" / "planes.md", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const std::size_t at = text.find("version: 1");
    REQUIRE(at != std::string::npos);
    std::ofstream(folder.path() / "planes.md") << text.replace(at, 10, "version: 2");
    const ImportReport report = import_all(*store.database, {folder.path()});
    CHECK(report.stored);
    CHECK(count_rows(*store.database, "guidelines") == 10);
    CHECK(reading(*store.database, reference_revision) == 2);
    for (const auto& rules : reading(*store.database, [](Session& s) { return rules_in_force(s, 2026); })) {
      CHECK(rules.version == 1);
    }
  }
  SUBCASE("a version cannot be loaded again with other content") {
    TemporaryFolder folder;
    std::ifstream in(data / "guidelines" / "planes.md", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    std::ofstream(folder.path() / "planes.md") << text.replace(text.rfind('.'), 1, "!");
    const ImportReport report = import_all(*store.database, {folder.path()});
    CHECK_FALSE(report.stored);
    CHECK(report.problems.front().column == "version");
  }
  SUBCASE("the database refuses to change what is published") {
    for (const char* sql : {"UPDATE guidelines SET document = 'x'", "DELETE FROM guidelines",
                            "UPDATE criteria SET text = 'x'", "DELETE FROM criteria"}) {
      CAPTURE(sql);
      CHECK_FALSE(store.database->write([&](Session& s) { s.run(sql); }));
    }
  }
}
