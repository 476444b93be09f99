// Control points of activities 3, 4 and 6 in the chat: who confirms, what stops the next step, the sample.
#include "cards/verbs.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/period_control.hpp"
#include "storage/control_points_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/request_events_store.hpp"
#include "tests/handlers/request_steps.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

Values about(const std::string& control, const std::string& subject, const std::string& result = "",
             const std::string& note = "") {
  return {{"punto", control}, {"asunto", subject}, {"resultado", result}, {"observacion", note}};
}

void add_questions(const Assistant& assistant, int count) {
  writing(assistant.database(), [&](storage::Session& session) {
    for (int i = 0; i < count; ++i) {
      storage::append_registro(
          session, {.at = instant("2026-10-05T10:00:00-05:00"),
                    .actor = liaison_dir,
                    .channel = "teams",
                    .kind = "turn",
                    .subject = "a:1",
                    .content = R"({"outcome":"answered","question":"Pregunta )" + std::to_string(i) +
                               R"(","card":"Riesgos","criteria":"RIE-07"})"});
    }
  });
}

bool confirmed(const Assistant& assistant, const std::string& subject) {
  return reading(assistant.database(),
                 [&](storage::Session& session) { return storage::is_control_confirmed(session, subject); });
}

}  // namespace

TEST_CASE("the sample of a month is drawn once, for one advisor, who confirms it; another cannot") {
  Assistant assistant("2026-11-03T09:00:00-05:00");
  const auto draw = [&] {
    return controls::draw_monthly_sample(assistant.database(), *assistant.reference().current(),
                                         assistant.now())
        .value();
  };
  CHECK(draw() == 0);  // nobody asked anything in October
  add_questions(assistant, 40);
  CHECK(draw() == static_cast<int>(controls::sample_size));
  CHECK(draw() == 0);
  const auto sample = reading(
      assistant.database(), [](storage::Session& session) { return storage::sample_of(session, "2026-10"); });
  REQUIRE(sample);
  const std::string subject = procedure::register_subject("2026-10");
  const std::string advisor = sample->advisor_id;
  const std::string other = advisor == advisor_dir ? advisor_com : advisor_dir;

  const Said listed = assistant.says(advisor, "puntos de control");
  CHECK(listed.shows("muestra de octubre de 2026"));
  const Said opened = assistant.presses(advisor, verb::control_open, about("3", subject));
  CHECK(opened.shows("RIE-07"));
  CHECK(!opened.shows(liaison_dir));  // not who asked
  CHECK(assistant.presses(other, verb::control_open, about("3", subject)).error->code == ErrorCode::refused);
  CHECK(assistant.presses(other, verb::control_confirm, about("3", subject, "conforme")).error->code ==
        ErrorCode::refused);

  // What the job sent shows the same, until it is confirmed.
  storage::OutboxMessage message{.kind = controls::sample_kind, .subject = subject};
  const auto rendered = [&] {
    return reading(assistant.database(), [&](storage::Session& session) {
      return controls::render_sample(session, *assistant.reference().current(), message, assistant.now());
    });
  };
  CHECK(rendered().has_value());
  CHECK(assistant.presses(advisor, verb::control_confirm, about("3", subject, "con_observaciones", ""))
            .outcome() == "form_incomplete");
  const Said done =
      assistant.presses(advisor, verb::control_confirm,
                        about("3", subject, "con_observaciones", "Dos respuestas son muy largas."));
  CHECK(done.outcome() == "control_confirmed");
  CHECK(done.field("from") == "pendiente");
  CHECK(done.field("to") == "con_observaciones");
  CHECK(confirmed(assistant, subject));
  CHECK(!rendered().has_value());
  CHECK(!assistant.says(advisor, "puntos de control").shows("muestra de octubre"));
}

TEST_CASE(
    "the verification of a process is confirmed by its advisor, and not as conforming while records wait") {
  Assistant assistant;
  const std::string subject = procedure::verification_subject("DIR", "2026-10");
  assistant.change(
      "UPDATE progress_records SET review = 'registrado' WHERE process_id = 'DIR' AND period = '2026-10'");
  CHECK(assistant.says(advisor_dir, "puntos de control").shows("octubre de 2026"));
  const Said waiting = assistant.presses(advisor_dir, verb::control_confirm, about("4", subject, "conforme"));
  CHECK(waiting.outcome() == "form_incomplete");
  CHECK(waiting.shows("registros sin revisar"));
  for (const char* who : {advisor_com, liaison_dir, leader_dir, internal_control}) {
    CAPTURE(who);
    CHECK(assistant.presses(who, verb::control_confirm, about("4", subject, "conforme")).error->code ==
          ErrorCode::refused);
  }
  CHECK(!confirmed(assistant, subject));
  assistant.change(
      "UPDATE progress_records SET review = 'aceptado' WHERE process_id = 'DIR' AND period = '2026-10'");
  CHECK(assistant.presses(advisor_dir, verb::control_confirm, about("4", subject, "conforme")).outcome() ==
        "control_confirmed");
  CHECK(confirmed(assistant, subject));
}

TEST_CASE("a quarter with risks that wait for review has its control, and is not conforming (R-19)") {
  Assistant assistant;
  const std::string subject = procedure::verification_subject("DIR", "2026-T2");
  assistant.change("DELETE FROM progress_records WHERE process_id = 'DIR'");
  assistant.change(
      "INSERT INTO progress_records (id, practice, item_id, process_id, period, recorded_values, recorded_at,"
      " channel, review, filing) VALUES ('AV-RISK', 'riesgos', 'CTL-DIR-01-1', 'DIR', '2026-C1', '{}',"
      " 1794000000000, 'pao_teams', 'registrado', 'capturado')");
  const auto missing = [&] {
    return reading(assistant.database(), [&](storage::Session& session) {
      return unconfirmed_verification(session, *assistant.reference().current(), "DIR", "2026-T2");
    });
  };
  CHECK(missing() == subject);
  CHECK(assistant.presses(advisor_dir, verb::control_confirm, about("4", subject, "conforme"))
            .shows("registros sin revisar"));
  assistant.change("UPDATE progress_records SET review = 'aceptado' WHERE id = 'AV-RISK'");
  CHECK(assistant.presses(advisor_dir, verb::control_confirm, about("4", subject, "conforme")).outcome() ==
        "control_confirmed");
  CHECK_FALSE(missing());
}

TEST_CASE(
    "the pertinence of an SS is confirmed once it is decided, by the advisor of the process or the "
    "coordination, never by who filed or decided it (R-44)") {
  Assistant assistant;
  const std::string id =
      reading(assistant.database(), [](storage::Session& session) {
        return session.first("SELECT id FROM service_requests WHERE process_id = 'DIR' ORDER BY id LIMIT 1",
                             {}, [](const storage::Row& row) { return row.string(0); });
      }).value();
  const std::string subject = procedure::request_subject(id);
  const auto becomes = [&](const std::string& state, const std::string& filed_by) {
    assistant.change("UPDATE service_requests SET type = 'SS-4', state = '" + state + "', filed_by = '" +
                     filed_by + "', decision = 'aprobada' WHERE id = '" + id + "'");
  };
  const auto decided_by = [&](const char* person) {
    writing(assistant.database(), [&](storage::Session& session) {
      storage::save_review(session, {.request_id = id,
                                     .reviewed_by = person,
                                     .reviewed_at = assistant.now(),
                                     .report_said = "Sin registro",
                                     .evidence_shows = "Estaba a tiempo",
                                     .decision = procedure::RequestDecision::accepted});
    });
  };
  const auto confirm = [&](const char* person) {
    return assistant.presses(person, verb::control_confirm,
                             about("6", subject, "con_observaciones", "La evidencia llegó después."));
  };
  becomes("en_revision", liaison_dir);
  CHECK(confirm(advisor_dir).error->code == ErrorCode::refused);  // there is no decision yet
  becomes("aplicada", liaison_dir);
  decided_by(advisor_dir);
  CHECK(confirm(advisor_com).error->code == ErrorCode::refused);
  CHECK(confirm(advisor_dir).error->code == ErrorCode::refused);
  // The number of another activity on the card is no way in.
  CHECK(assistant.presses(coordination, verb::control_confirm, about("1", subject, "conforme")).error->code ==
        ErrorCode::invalid);
  becomes("aplicada", coordination);
  CHECK(confirm(coordination).error->code == ErrorCode::refused);
  becomes("aplicada", liaison_dir);
  CHECK(!confirmed(assistant, subject));
  CHECK(confirm(coordination).outcome() == "control_confirmed");
  CHECK(confirmed(assistant, subject));
  // What the coordination decides, the advisor confirms.
  decided_by(coordination);
  CHECK(confirm(coordination).error->code == ErrorCode::refused);
  CHECK(confirm(advisor_dir).outcome() == "control_confirmed");
}

TEST_CASE(
    "that a decision waits for its confirmation is told once, also when the SMGI gives the number (R-44)") {
  const Assistant assistant;
  const Filed ss = file_request_of(assistant, leader_dir, "SS-4");
  REQUIRE_FALSE(ss.take().error);
  REQUIRE_FALSE(ss.decide("rechazada").error);
  const auto key_of = [&](const std::string& number) {
    for (const DigestLine& line : reading(assistant.database(), [&](storage::Session& session) {
           return controls::adjustment_lines(session, *assistant.reference().current(), coordination,
                                             assistant.now());
         })) {
      if (line.title.find(number) != std::string::npos) return line.key;
    }
    return std::string();
  };
  const std::string told = key_of(ss.id);
  CHECK_FALSE(told.empty());
  REQUIRE_FALSE(ss.press(advisor_dir, verb::request_confirm, {{"numero_smgi", "SS-2026-0999"}}).error);
  CHECK(key_of("SS-2026-0999") == told);
}

TEST_CASE("what a card claims about a control point is looked up") {
  Assistant assistant;
  for (const char* subject : {"", "guideline:riesgos:2026:99", "verification:ZZZ:2026-10",
                              "request:PAO-9999-0001", "register:2020-01", "'; DROP TABLE people"}) {
    CAPTURE(subject);
    for (const char* control : {"1", "3", "4", "6", "9"}) {
      CHECK(assistant.presses(coordination, verb::control_open, about(control, subject)).error->code ==
            ErrorCode::invalid);
      CHECK(assistant.presses(coordination, verb::control_confirm, about(control, subject, "conforme"))
                .error->code == ErrorCode::invalid);
    }
  }
}
