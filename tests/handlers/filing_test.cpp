// What is captured here and how it becomes official in the SMGI (R-55, R-50, design principle 2).
#include "cards/verbs.hpp"
#include "handlers/filing/exchange.hpp"
#include "storage/filings_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/verification_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/recorded_task.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::FilingState;
using storage::test::instant;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

// An SMGI that keeps what it is given by key, can be away, and answers what a test puts there.
class Smgi : public SmgiGateway {
 public:
  Result<void> hand_over(const Filing& filing) override {
    if (away) return fail(ErrorCode::unavailable, "the SMGI is away");
    ++handed;
    kept[filing.key] = filing;
    return {};
  }
  Result<std::vector<FilingAnswer>> answers() override {
    if (away) return fail(ErrorCode::unavailable, "the SMGI is away");
    return said;
  }
  Result<void> mark_read() override {
    said.clear();
    return {};
  }

  bool away = false;
  int handed = 0;
  std::map<std::string, Filing> kept;
  std::vector<FilingAnswer> said;
};

// What the demo captured before does not matter here.
void hand_over_the_demo(const Assistant& assistant, Smgi& smgi) {
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  smgi = {};
}

std::vector<DigestLine> lines(const Assistant& assistant, const char* person) {
  return reading(assistant.database(), [&](storage::Session& s) {
    return filing::filing_lines(s, *assistant.reference().current(), person, assistant.now());
  });
}

}  // namespace

TEST_CASE("a record is captured, handed over once and confirmed with the SMGI's number (R-13, R-50, R-55)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  Smgi smgi;
  hand_over_the_demo(assistant, smgi);
  const std::string id = save_task(assistant);
  CHECK(stored(assistant, id).record.filing == FilingState::captured);
  CHECK(assistant.says(liaison_com, "mis avances").shows("pendiente de pasar al SMGI"));

  const auto first = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE(first);
  CHECK(first->sent == 1);
  CHECK(stored(assistant, id).record.filing == FilingState::sent);
  CHECK(smgi.kept.at(id + ".r1").values.at("porcentaje_avance") == "90");
  const auto again = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE(again);
  CHECK(again->sent == 0);
  CHECK(smgi.handed == 1);

  smgi.said = {{id + ".r1", "SMGI-55012", ""}};
  const auto confirmed = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE(confirmed);
  CHECK(confirmed->confirmed == 1);
  CHECK(stored(assistant, id).record.filing == FilingState::confirmed);
  CHECK(stored(assistant, id).smgi_number == "SMGI-55012");
  CHECK(assistant.says(liaison_com, "mis avances").shows("SMGI-55012"));
  smgi.said = {{id + ".r1", "SMGI-55012", ""}};  // told twice
  CHECK(filing::exchange(assistant.database(), smgi, assistant.now())->confirmed == 0);

  int sent = 0, settled = 0;
  reading(assistant.database(), [&](storage::Session& s) {
    storage::each_registro(s, 1, [&](const storage::RegistroEntry& entry) {
      sent += entry.subject == id && entry.kind == "smgi.sent";
      settled += entry.subject == id && entry.kind == "smgi.confirmed";
      return true;
    });
    return 0;
  });
  CHECK(sent == 1);
  CHECK(settled == 1);
}

TEST_CASE("while the SMGI is away the record waits with its own time, and is handed over once (R-18, R-55)") {
  Assistant assistant("2026-11-09T23:59:59-05:00");
  Smgi smgi;
  hand_over_the_demo(assistant, smgi);
  const std::string id = save_task(assistant);
  smgi.away = true;
  const auto failed = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::unavailable);
  CHECK(stored(assistant, id).record.filing == FilingState::captured);

  assistant.move_to("2026-11-12T09:00:00-05:00");
  smgi.away = false;
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  CHECK(smgi.handed == 1);
  CHECK(smgi.kept.at(id + ".r1").submitted_at == instant("2026-11-09T23:59:59-05:00"));
  CHECK(stored(assistant, id).record.recorded_at == instant("2026-11-09T23:59:59-05:00"));
}

TEST_CASE(
    "what the SMGI refuses says why to who recorded it, and its correction is handed over anew (R-55)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  Smgi smgi;
  hand_over_the_demo(assistant, smgi);
  const std::string id = save_task(assistant);
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  smgi.said = {{id + ".r1", "", "La tarea está bloqueada en el SMGI"}};
  const auto refused = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE(refused);
  CHECK(refused->refused == 1);
  CHECK(stored(assistant, id).record.filing == FilingState::sent);
  CHECK(assistant.says(liaison_com, "mis avances").shows("La tarea está bloqueada en el SMGI"));
  const auto told = lines(assistant, liaison_com);
  REQUIRE(told.size() == 1);
  CHECK(told.front().text.find("La tarea está bloqueada en el SMGI") != std::string::npos);
  CHECK(lines(assistant, liaison_dir).empty());

  Values changed = plan_values();
  changed["registro"] = id;
  changed["porcentaje_avance"] = "95";
  REQUIRE(assistant.presses(liaison_com, verb::progress_correct_save, changed).outcome() ==
          "progress_corrected");
  CHECK(stored(assistant, id).record.filing == FilingState::captured);
  smgi.said = {{id + ".r1", "SMGI-1", ""}};  // late word about the old content
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  CHECK(smgi.kept.at(id + ".r2").values.at("porcentaje_avance") == "95");
  CHECK(stored(assistant, id).record.filing == FilingState::sent);  // the new content is not confirmed yet
  smgi.said = {{id + ".r2", "SMGI-1", ""}};
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  CHECK(stored(assistant, id).record.filing == FilingState::confirmed);
  CHECK(lines(assistant, liaison_com).empty());
}

TEST_CASE("an SS keeps its provisional number until the SMGI gives one, and its filer is told (R-40, R-55)") {
  Assistant assistant;
  Smgi smgi;
  hand_over_the_demo(assistant, smgi);
  const Said filed = assistant.presses(leader_dir, verb::request_file,
                                       {{"tipo", "SS-1"},
                                        {"proceso", "DIR"},
                                        {"practica", "planes"},
                                        {"asunto", "Corregir el porcentaje de octubre"},
                                        {"elemento", "PAI-DIR-01-T2"},
                                        {"valor_actual", "80"},
                                        {"valor_solicitado", "85"},
                                        {"justificacion", "Se digitó mal"},
                                        {"evidencia", "acta.pdf"}});
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  const std::string provisional = filed.field("request");
  REQUIRE(provisional.starts_with("PAO-2026-"));
  REQUIRE(filing::exchange(assistant.database(), smgi, assistant.now()));
  CHECK(smgi.kept.at(provisional).values.at("tipo") == "SS-1");
  CHECK(smgi.kept.at(provisional).submitted_at == assistant.now());
  const auto find = [&](const std::string& number) {
    return reading(assistant.database(),
                   [&](storage::Session& s) { return storage::find_request(s, number); });
  };
  CHECK(find(provisional)->provisional);
  smgi.said = {{provisional, "PAO-2026-9999", ""}};  // a provisional number is no filing number
  CHECK(filing::exchange(assistant.database(), smgi, assistant.now())->unknown == 1);
  smgi.said = {{provisional, "SS-2026-9901", ""}, {"nadie.r1", "SMGI-7", ""}};
  const auto done = filing::exchange(assistant.database(), smgi, assistant.now());
  REQUIRE(done);
  CHECK(done->confirmed == 1);
  CHECK(done->unknown == 1);
  REQUIRE(find("SS-2026-9901"));
  CHECK_FALSE(find("SS-2026-9901")->provisional);
  CHECK(find(provisional)->id == "SS-2026-9901");
  const auto told = lines(assistant, leader_dir);
  REQUIRE(told.size() == 1);
  CHECK(told.front().title.find("SS-2026-9901") != std::string::npos);
  CHECK(filing::exchange(assistant.database(), smgi, assistant.now())->sent == 0);
}
