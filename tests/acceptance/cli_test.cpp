// The command line's contracts: exit status 0 good, 1 refused or failed, 2 usage; with --json one document on
// standard output and nothing else.
#include "handlers/alerts/digest.hpp"
#include "handlers/jobs.hpp"
#include "storage/outbox_store.hpp"
#include "tests/acceptance/program.hpp"
#include "tests/paths.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace pao::tests {
namespace {

using nlohmann::json;
using storage::test::instant;
using storage::test::TemporaryFolder;

const std::filesystem::path data{std::string(pao::tests::source_dir) + "/tests/data"};

struct DemoStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "store.db";
  Settings settings{{"storage.url", folder.url()}, {"clock.start", demo_morning}, {"log.level", "error"}};

  DemoStore() { copy_demo_store(file); }
  Ran run(const std::vector<std::string>& arguments) const { return run_program(arguments, settings); }
  json document(const std::vector<std::string>& arguments) const {
    const Ran ran = run(arguments);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    const json parsed = json::parse(ran.out, nullptr, false);
    REQUIRE_FALSE(parsed.is_discarded());
    return parsed;
  }
};

// Every row of every table, as one text.
std::string contents_of(const std::filesystem::path& file) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  std::vector<std::string> tables;
  SQLite::Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  while (names.executeStep()) {
    // Counters only number rows and revisions.
    if (names.getColumn(0).getString() != "counters") tables.push_back(names.getColumn(0).getString());
  }
  std::string contents;
  for (const std::string& table : tables) {
    SQLite::Statement rows(database, "SELECT * FROM \"" + table + "\"");
    while (rows.executeStep()) {
      contents += table;
      for (int i = 0; i < rows.getColumnCount(); ++i) contents += "|" + rows.getColumn(i).getString();
      contents += "\n";
    }
  }
  return contents;
}

std::vector<std::string> split(const std::string& line, char by) {
  std::vector<std::string> parts;
  std::stringstream stream(line);
  for (std::string part; std::getline(stream, part, by);) parts.push_back(part);
  if (!line.empty() && line.back() == by) parts.emplace_back();
  return parts;
}

void replace_line(const std::filesystem::path& file, int number, const std::string& from,
                  const std::string& to) {
  std::ifstream in(file);
  std::string all;
  int at = 0;
  for (std::string line; std::getline(in, line);) {
    if (++at == number) {
      const auto place = line.find(from);
      REQUIRE(place != std::string::npos);
      line.replace(place, from.size(), to);
    }
    all += line + "\n";
  }
  in.close();
  std::ofstream(file) << all;
}

}  // namespace

TEST_CASE("version and usage") {
  const Ran version = run_program({"version"});
  CHECK(version.status == 0);
  CHECK(version.out == "pao-teams " PAO_VERSION "\n");

  for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                {"nonsense"},
                                                {"business-days"},
                                                {"obligations", "--on", "ayer"},
                                                {"obligations", "--nonsense"},
                                                {"business-days", "explain", "2026-13-01", "3"},
                                                {"import"},
                                                {"ask"}}) {
    CAPTURE(wrong.empty() ? std::string() : wrong.front());
    const TemporaryFolder folder;
    const Ran ran = run_program(wrong, {{"storage.url", folder.url()}});
    CHECK(ran.status == 2);
    CHECK_FALSE(ran.err.empty());
  }
  for (const char* verb : {"serve", "chat", "import", "ask", "evaluate", "business-days", "obligations",
                           "alerts", "registro", "config", "version"}) {
    CAPTURE(verb);
    const Ran help = run_program({verb, "--help"});
    CHECK(help.status == 0);
    CHECK_FALSE(help.out.empty());
  }
}

TEST_CASE("business-days gets every example right, and explains a count") {
  const Ran ran = run_program({"business-days", data / "calendar/business-days-examples.json", "--json"});
  CHECK(ran.status == 0);
  const json document = json::parse(ran.out);
  CHECK(document["cases"] == 32);
  CHECK(document["right"] == 32);

  const Ran explained = run_program({"business-days", "explain", "2026-03-27", "5"});
  CHECK(explained.status == 0);
  CHECK(explained.out.find("2026-04-02") != std::string::npos);
  CHECK(explained.out.find("Jueves Santo") != std::string::npos);
  CHECK(explained.out.find("día hábil 5") != std::string::npos);

  const Ran missing = run_program({"business-days", "/nowhere.json"});
  CHECK(missing.status == 1);
}

TEST_CASE("business-days says when a case is wrong") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "cases.json";
  std::ofstream(file)
      << R"({"cases":[{"id":"x","op":"is_business_day","date":"2026-11-16","expected":true}]})";
  const Ran ran = run_program({"business-days", file});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("0 of 1 cases right") != std::string::npos);
}

TEST_CASE("the demo is imported; importing it again changes nothing") {
  const TemporaryFolder folder;
  const Settings settings{{"storage.url", folder.url()}, {"clock.start", demo_morning}};
  const std::vector<std::string> command{"import", data / "ministry", data / "guidelines"};

  std::vector<std::string> check = command;
  check.emplace_back("--check");
  const Ran checked = run_program(check, settings);
  CHECK(checked.status == 0);
  CHECK(checked.out.find("nothing was stored (--check)") != std::string::npos);
  CHECK(run_program({"obligations", "--on", "2026-11-12", "--json"}, settings).out.find("PAI-") ==
        std::string::npos);

  const Ran first = run_program(command, settings);
  INFO(first.err);
  CHECK(first.status == 0);
  CHECK(first.out.find("oraculo_obligaciones.csv") != std::string::npos);  // skipped, with a notice
  const std::string contents = contents_of(folder.path() / "store.db");
  const Ran again = run_program(command, settings);
  CHECK(again.status == 0);
  CHECK((contents_of(folder.path() / "store.db") == contents));
}

TEST_CASE("one bad cell: nothing is stored, and the cell is named") {
  const DemoStore store;
  const TemporaryFolder folder;
  const auto copy = folder.path() / "ministry";
  std::filesystem::copy(data / "ministry", copy);
  replace_line(copy / "tareas_plan.csv", 5, "2026-12-30", "2026-12-32");
  replace_line(copy / "personas.csv", 21, "Tobías", "Tomás");  // a good change goes down with it
  const std::string before = contents_of(store.file);

  const Ran ran = store.run({"import", copy});
  CHECK(ran.status == 1);
  CHECK(ran.err.find("tareas_plan.csv:5: fecha_fin: ") != std::string::npos);
  CHECK(ran.err.find("Nothing was stored: 1 problems.") != std::string::npos);
  CHECK((contents_of(store.file) == before));

  const json document = json::parse(store.run({"import", copy, "--json"}).out);
  CHECK(document["stored"] == false);
  REQUIRE(document["problems"].size() == 1);
  CHECK(document["problems"][0]["line"] == 5);
  CHECK(document["problems"][0]["column"] == "fecha_fin");
  CHECK(document["problems"][0]["reason"].get<std::string>() != "");
}

// The expected values come from an independent computation over the same data.
TEST_CASE("every obligation of the demo has the state, timeliness, due date and days that are expected") {
  const DemoStore store;
  const json rows = store.document({"obligations", "--on", "2026-11-12", "--json"});
  std::map<std::string, const json*> by_key;
  const auto key_of = [](const std::string& process, const std::string& practice, const std::string& item,
                         const std::string& period) {
    return process + "|" + practice + "|" + item + "|" + period;
  };
  for (const json& row : rows)
    by_key[key_of(row["proceso_id"], row["practica"], row["elemento_id"], row["periodo"])] = &row;

  std::ifstream file(data / "ministry/oraculo_obligaciones.csv");
  std::string line;
  const auto next_line = [&] {
    const bool read = static_cast<bool>(std::getline(file, line));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return read;
  };
  REQUIRE(next_line());
  REQUIRE(line ==
          "proceso_id,practica,elemento_id,periodo,fecha_limite,registrado_en,esperado_estado,esperado_"
          "oportunidad,"
          "dias_habiles_para_vencer");
  std::size_t expected = 0, equal = 0;
  while (next_line()) {
    const std::vector<std::string> cells = split(line, ',');
    REQUIRE(cells.size() == 9);
    ++expected;
    const auto found = by_key.find(key_of(cells[0], cells[1], cells[2], cells[3]));
    if (found == by_key.end()) {
      FAIL_CHECK("missing: " << line);
      continue;
    }
    const json& row = *found->second;
    // The expected file knows no open periods: what is not yet due soon is "futura" there.
    const std::string state = row["estado"] == "abierta" ? "futura" : row["estado"].get<std::string>();
    const std::string days =
        row["dias_habiles_para_vencer"].is_null() ? "" : row["dias_habiles_para_vencer"].dump();
    const bool same = row["fecha_limite"] == cells[4] && state == cells[6] &&
                      row["oportunidad"] == cells[7] && days == cells[8];
    if (!same) FAIL_CHECK("expected " << line << " got " << row.dump());
    equal += same;
  }
  CHECK(expected == 1712);
  CHECK(equal == expected);
  CHECK(rows.size() == expected);

  const json of_one = store.document({"obligations", "--on", "2026-11-12", "--process", "COM", "--json"});
  CHECK(of_one.size() == 76);
  CHECK(store.run({"obligations", "--process", "XXX"}).status == 1);
}

TEST_CASE("ask answers like the chat") {
  const DemoStore store;
  const json answer = store.document({"ask", "--as", "U-020", "--on", "2026-11-12", "--json",
                                      "hasta qué día reporto el avance del plan de acción"});
  CHECK(answer["kind"] == "answer");
  REQUIRE_FALSE(answer["criteria"].empty());
  CHECK(answer["criteria"][0]["code"] == "PLA-05");
  CHECK(answer["criteria"][0]["version"] == 1);
  CHECK(answer["criteria"][0]["vigencia"] == 2026);
  CHECK(answer["criteria"][0]["score"].is_number());
  CHECK(answer["text"].get<std::string>().find("cinco (5) días hábiles") != std::string::npos);

  const json refused = store.document({"ask", "--json", "cuándo pagan la prima de servicios"});
  CHECK(refused["kind"] == "abstain");
  CHECK(refused["criteria"].empty());

  const json action = store.document({"ask", "--json", "quiero radicar una SS para cambiar una fecha"});
  CHECK(action["kind"] == "action");
  CHECK(action["intent"] == "open_ss");

  const Ran spoken = store.run({"ask", "hasta qué día reporto el avance del plan de acción"});
  CHECK(spoken.status == 0);
  CHECK(spoken.out.find("PLA-05") != std::string::npos);
}

TEST_CASE("the development questions are answered as well as promised") {
  const DemoStore store;
  const json scores = store.document({"evaluate", data / "questions/development.jsonl", "--json"});
  CHECK(scores["questions"] == 120);
  CHECK(scores["recall_at_1"].get<double>() >= 0.80);
  CHECK(scores["recall_at_3"].get<double>() >= 0.93);
  CHECK(scores["out_of_scope_refused"].get<double>() >= 0.85);
  CHECK(scores["intent_accuracy"].get<double>() >= 0.90);
  CHECK(scores["practices"].is_object());
  CHECK(scores["mrr"].is_number());
  CHECK(scores["answerable_refused"].is_number());

  const TemporaryFolder folder;
  const auto file = folder.path() / "questions.jsonl";
  std::ofstream(file) << "{\"id\":\"1\",\"question\":\"¿?\",\"kind\":\"answerable\"}\nnot json\n";
  const Ran wrong = store.run({"evaluate", file, "--json"});
  CHECK(wrong.status == 1);
  CHECK(wrong.err.find("questions.jsonl:2: ") != std::string::npos);
}

TEST_CASE("alerts preview sends nothing and shows what the job then sends") {
  const DemoStore demo;
  const std::string before = contents_of(demo.file);
  const json preview = demo.document({"alerts", "preview", "--on", "2026-11-12", "--json"});
  CHECK((contents_of(demo.file) == before));
  CHECK(preview["fecha"] == "2026-11-12");

  std::map<std::string, std::multiset<std::string>> shown, sent;  // by person: process, practice/item/period
  std::map<std::string, std::size_t> further, further_sent;       // notices of other sources
  for (const json& person : preview["personas"]) {
    if (!person["otros_avisos"].empty()) further[person["persona_id"]] = person["otros_avisos"].size();
    for (const json& line : person["alertas"]) {
      shown[person["persona_id"]].insert(
          line["proceso_id"].get<std::string>() + " " + line["practica"].get<std::string>() + "/" +
          line["elemento_id"].get<std::string>() + "/" + line["periodo"].get<std::string>());
      CHECK_FALSE(line["motivo"].get<std::string>().empty());
    }
  }
  const auto store = storage::test::open_store(demo.folder.url());
  handlers::ReferenceSource reference(*store);
  REQUIRE(reference.refresh(instant(demo_morning)));
  for (const handlers::Job& job : handlers::make_jobs(*store, reference))
    REQUIRE(job.run(instant(demo_morning)));
  for (const storage::OutboxMessage& message : storage::test::reading(*store, [](storage::Session& session) {
         return storage::list_outbox(session, std::nullopt, 10000);
       })) {
    if (message.kind != handlers::alerts::digest_kind) continue;  // other jobs of that morning
    std::stringstream lines(message.text);
    for (std::string line; std::getline(lines, line);) {
      if (line[0] == '+') {
        ++further_sent[message.subject];
      } else {
        sent[message.subject].insert(line.substr(0, line.find('|')));
      }
    }
  }
  CHECK(shown.size() > 10);
  CHECK(shown == sent);
  CHECK(further.size() > 1);
  CHECK(further == further_sent);

  CHECK(
      demo.document({"alerts", "preview", "--on", "2026-11-16", "--json"})["personas"].empty());  // a holiday
}

TEST_CASE("registro verify finds one changed byte") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  for (const char* text : {"eco uno", "qué me toca", "eco tres"}) liaison.says(text);
  ministry.settles();
  ministry.stops();
  const Settings settings{{"storage.url", "sqlite:" + (ministry.folder() / "store.db").string()},
                          {"log.level", "error"}};
  const json whole = json::parse(run_program({"registro", "verify", "--json"}, settings).out);
  CHECK(whole["whole"] == true);
  CHECK(whole["entries"] == ministry.registro_length());
  const Ran exported = run_program({"registro", "export"}, settings);
  CHECK(exported.status == 0);
  CHECK(split(exported.out, '\n').size() >= 3);
  CHECK(json::parse(exported.out.substr(0, exported.out.find('\n')))["content"]["question"] == "eco uno");

  const auto tampered = [&](const char* change) {
    const auto copy = ministry.folder() / "copy.db";
    std::filesystem::remove(copy);
    {
      SQLite::Database original((ministry.folder() / "store.db").string(), SQLite::OPEN_READWRITE);
      SQLite::Statement copied(original, "VACUUM INTO ?");
      copied.bind(1, copy.string());
      copied.exec();
    }
    {
      SQLite::Database database(copy.string(), SQLite::OPEN_READWRITE);
      CHECK_THROWS(database.exec(change));  // the triggers stand in the way
      database.exec("DROP TRIGGER registro_is_never_changed; DROP TRIGGER registro_is_never_deleted");
      database.exec(change);
    }
    return run_program({"registro", "verify", "--json"},
                       {{"storage.url", "sqlite:" + copy.string()}, {"log.level", "error"}});
  };
  const Ran changed =
      tampered("UPDATE registro SET content = replace(content, 'eco uno', 'eco unO') WHERE number = 1");
  CHECK(changed.status == 1);
  CHECK(json::parse(changed.out)["first_broken"] == 1);
  const Ran removed = tampered("DELETE FROM registro WHERE number = 2");
  CHECK(removed.status == 1);
  CHECK(json::parse(removed.out)["whole"] == false);
  const Ran cut = tampered("DELETE FROM registro WHERE number = (SELECT MAX(number) FROM registro)");
  CHECK(cut.status == 1);
}

TEST_CASE("a wrong configuration is told by key, problem and remedy, and no secret is shown") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "pao.json";
  const char* secret = "very-secret-value";
  std::ofstream(file) << R"({
    // comments are allowed
    "server": {"port": 99999, "host": "0.0.0.0"},
    "identity": {"mode": "bot-frame", "client_secret": "very-secret-value"},
    "log": {"level": "loud"},
    "nonsense": {"key": 1}
  })";
  const Ran wrong = run_program({"--config", file, "config", "check"});
  CHECK(wrong.status == 1);
  for (const char* part : {"server.port", "is outside 0 to 65535", "identity.mode", "log.level",
                           "nonsense.key", "no such key"}) {
    CAPTURE(part);
    CHECK(wrong.err.find(part) != std::string::npos);
  }
  CHECK((wrong.out + wrong.err).find(secret) == std::string::npos);

  const Ran lacking = run_program({"config", "check"}, {{"identity.client_secret", secret}});
  CHECK(lacking.status == 1);
  CHECK(lacking.err.find("identity.client_id: is missing; it is the app id") != std::string::npos);
  CHECK(lacking.err.find("identity.tenant_id") != std::string::npos);
  CHECK((lacking.out + lacking.err).find(secret) == std::string::npos);
  // The service refuses to start for the same reasons.
  const Ran refused = run_program({"serve"}, {{"identity.client_secret", secret}});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("identity.client_id") != std::string::npos);

  const Settings good{
      {"identity.client_id", "app"}, {"identity.client_secret", secret}, {"identity.tenant_id", "tenant"}};
  CHECK(run_program({"config", "check"}, good).status == 0);
  const Ran shown = run_program({"config", "show"}, good);
  CHECK(shown.status == 0);
  CHECK(shown.out.find("identity.client_id = app") != std::string::npos);
  CHECK(shown.out.find("identity.client_secret = (set, not shown)") != std::string::npos);
  CHECK(shown.out.find(secret) == std::string::npos);

  CHECK(run_program({"--config", "/nowhere.json", "config", "check"}).status == 1);
}

}  // namespace pao::tests
