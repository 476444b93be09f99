// The SMGI through files alone.
#include "bot/smgi/exchange_job.hpp"
#include "bot/smgi/file_gateway.hpp"
#include "tests/storage/demo_store.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

using namespace pao;
using namespace pao::bot;
using storage::test::instant;
namespace fs = std::filesystem;

namespace {

handlers::Filing filing(const std::string& key) {
  return {.key = key,
          .kind = "avance",
          .id = "AV-2026-000001",
          .process_id = "COM",
          .practice = "planes",
          .item_id = "PAI-COM-02-T2",
          .period = "2026-10",
          .values = {{"descripcion_cualitativa", "Con \"comillas\",\ny otra línea"}},
          .submitted_at = instant("2026-11-09T23:59:59-05:00"),
          .submitted_by = "U-020",
          .channel = "pao_teams"};
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("each filing is one file with the time of submission, however often it is handed over (R-55)") {
  const storage::test::TemporaryFolder folder;
  FileSmgiGateway gateway(folder.path());
  REQUIRE(gateway.hand_over(filing("AV-2026-000001.r1")));
  REQUIRE(gateway.hand_over(filing("AV-2026-000001.r1")));
  CHECK(files_in(folder.path() / "salida") == 1);
  const auto json = nlohmann::json::parse(content(folder.path() / "salida/AV-2026-000001.r1.json"));
  CHECK(json.at("presentado") == "2026-11-09T23:59:59-05:00");
  CHECK(json.at("valores").at("descripcion_cualitativa") == "Con \"comillas\",\ny otra línea");
  for (const char* bad : {"", "../fuera", ".oculto", "a/b"}) {
    CAPTURE(bad);
    CHECK_FALSE(gateway.hand_over(filing(bad)));
  }
}

TEST_CASE("answers are read until they are stored; a file that cannot be read is put aside whole (R-55)") {
  const storage::test::TemporaryFolder folder;
  FileSmgiGateway gateway(folder.path());
  CHECK(gateway.answers()->empty());
  put(folder.path() / "entrada/uno.csv",
      "clave,numero_smgi,motivo\nAV-2026-000001.r1,SMGI-1,\nPAO-2026-0001,,\"falta, firma\"\n");
  put(folder.path() / "entrada/malo.csv", "clave;numero_smgi\nAV-2026-000001.r1;SMGI-2\n");
  put(folder.path() / "entrada/corto.csv", "clave,numero_smgi,motivo\nAV-2026-000001.r1\n");
  put(folder.path() / "entrada/otro.txt", "nada");
  for (int times : {1, 2}) {
    CAPTURE(times);
    const auto answers = gateway.answers();
    REQUIRE(answers);
    REQUIRE(answers->size() == 2);
    CHECK(answers->front().smgi_number == "SMGI-1");
    CHECK(answers->back().smgi_number.empty());
    CHECK(answers->back().reason == "falta, firma");
  }
  CHECK(files_in(folder.path() / "rechazados") == 2);
  REQUIRE(gateway.mark_read());
  CHECK(gateway.answers()->empty());
  CHECK(fs::exists(folder.path() / "procesados/uno.csv"));
  CHECK(fs::exists(folder.path() / "entrada/otro.txt"));
}

TEST_CASE("a folder that cannot be written is said as a failure that is tried again (R-55)") {
  const storage::test::TemporaryFolder folder;
  put(folder.path() / "salida", "a file stands where the folder should be");
  FileSmgiGateway gateway(folder.path());
  const auto refused = gateway.hand_over(filing("AV-2026-000001.r1"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
}

TEST_CASE("the job says what it handed over and what was confirmed") {
  const storage::test::TemporaryFolder folder;
  const storage::test::DemoStore store;
  FileSmgiGateway gateway(folder.path());
  const handlers::Job job = smgi_job(*store.database, &gateway);
  const Instant now = instant(storage::test::demo_morning);
  const auto first = job.run(now);
  REQUIRE(first);
  CHECK(first->find(" handed over, 0 confirmed, 0 refused, 0 answers not understood") != std::string::npos);
  put(folder.path() / "entrada/uno.csv", "clave,numero_smgi,motivo\nX.r1,SMGI-1,\n");
  const auto second = job.run(now);
  REQUIRE(second);
  CHECK(*second == "0 handed over, 0 confirmed, 0 refused, 1 answers not understood");
}
