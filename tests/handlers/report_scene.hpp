// Reports of the sample ministry as the tests of the follow-up cycle look at them.
#pragma once

#include "cards/verbs.hpp"
#include "handlers/procedure/control_points.hpp"
#include "handlers/report_lines.hpp"
#include "handlers/reports/cycle.hpp"
#include "handlers/reports/report_model.hpp"
#include "storage/people_store.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pao::handlers::test {

using procedure::ReportState;
using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

inline constexpr const char* com = "REP-COM-2026-T3";
inline constexpr const char* last_second = "2026-11-23T23:59:59-05:00";
inline constexpr const char* too_late = "2026-11-24T00:00:00-05:00";

inline storage::FollowUpReport report(const Assistant& assistant, const std::string& id = com) {
  const auto found =
      reading(assistant.database(), [&](Session& session) { return storage::find_report(session, id); });
  REQUIRE(found);
  return *found;
}

inline std::vector<storage::Recommendation> recommendations(const Assistant& assistant,
                                                            const std::string& id = com) {
  return reading(assistant.database(),
                 [&](Session& session) { return storage::recommendations_of(session, id); });
}

inline reports::WindowsDone look(const Assistant& assistant) {
  const auto done =
      reports::look_after_windows(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(done);
  return *done;
}

inline procedure::ReportModel model(const Assistant& assistant, procedure::ReportKind kind,
                                    const std::string& id = com) {
  const auto built = reading(assistant.database(), [&](Session& session) {
    return reports::build_model(session, *assistant.reference().current(), *storage::find_report(session, id),
                                kind, assistant.now());
  });
  return built;
}

// As the card of a report carries it; a draft is version 0.
inline Values of(const char* id = com) {
  return {{"reporte", id}, {"version", std::string_view(id) == com ? "1" : "0"}};
}

inline std::string missing_line(const Assistant& assistant) {
  for (const auto& line : model(assistant, procedure::ReportKind::preventive).lines) {
    if (line.state == procedure::ObligationState::overdue) return line_value(line);
  }
  FAIL("the sample report has no missing line");
  return "";
}

inline Values justification(const std::string& line, const std::string& evidence = "incapacidad.pdf") {
  Values values = of();
  values.insert({{"linea", line}, {"texto", "La persona estuvo incapacitada"}, {"evidencia", evidence}});
  return values;
}

inline Values adjustment_request() {
  return {{"tipo", "SS-4"},
          {"proceso", "COM"},
          {"practica", "planes"},
          {"asunto", "Ajustar el reporte REP-COM-2026-T3"},
          {"elemento", "REP-COM-2026-T3"},
          {"valor_actual", "sin registro"},
          {"valor_solicitado", "registrado a tiempo"},
          {"justificacion", "El registro estaba en el SMGI"},
          {"evidencia", "pantalla.png"}};
}

inline bool tells(const Said& said, const procedure::Person& person) {
  return std::any_of(said.reply.notices.begin(), said.reply.notices.end(),
                     [&](const Notice& notice) { return notice.aad_object_id == person.aad_object_id; });
}

// An SS-4 as the leader files it, with its number.
inline std::string contests(const Assistant& assistant, const char* person = leader_com) {
  const Said filed = assistant.presses(person, verb::request_file, adjustment_request());
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  return filed.field("request");
}

// The advisor's steps: take, decide with the review of pertinence.
inline void decides(const Assistant& assistant, const std::string& ss, const char* decision) {
  REQUIRE(assistant.presses(advisor_com, verb::request_take, {{"ss", ss}}).outcome() == "request_taken");
  const Said decided =
      assistant.presses(advisor_com, verb::request_decide,
                        {{"ss", ss},
                         {"decision", decision},
                         {"decia_reporte", "Sin registro"},
                         {"muestra_evidencia", "El registro estaba en el SMGI a tiempo."},
                         {"motivo", decision == std::string("aprobada") ? "" : "No procede."}});
  REQUIRE_MESSAGE(decided.outcome() == "request_decided", decided.outcome());
}

// The control point of activity 6: by the coordination, since the advisor has decided.
inline Said confirms(const Assistant& assistant, const std::string& ss, const char* result = "conforme",
                     const char* person = coordination) {
  return assistant.presses(person, verb::control_confirm,
                           {{"punto", "6"},
                            {"asunto", "request:" + ss},
                            {"resultado", result},
                            {"observacion", "Se revisó con el proceso."}});
}

// The control point of activity 4 of what was recorded in the cycle, before its report is sent.
inline void verifies(const Assistant& assistant, const std::string& report_id) {
  const storage::FollowUpReport one = report(assistant, report_id);
  REQUIRE(assistant
              .presses(one.advisor_id, verb::control_confirm,
                       {{"punto", "4"},
                        {"asunto", procedure::verification_subject(one.process_id, one.cycle)},
                        {"resultado", "con_observaciones"},
                        {"observacion", "Se revisó con el proceso."}})
              .outcome() == "control_confirmed");
}

}  // namespace pao::handlers::test
