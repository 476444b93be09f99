// The cards of a follow-up report explain the acronyms that they show, whoever wrote them.
#include "cards/report_card.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::cards;

namespace {

bool explains(const Card& card, const char* meaning) {
  return card.json.find(meaning) != std::string::npos;
}

}  // namespace

TEST_CASE("the preventive card explains the acronyms of the advisor's introduction (R-27)") {
  ReportCardView view;
  view.report.cycle = "2026-T3";
  view.report.introduction = "Revise el BIA antes del viernes.";
  CHECK(explains(report_card(view), "BIA: análisis de impacto en el negocio."));
  view.report.introduction = "Revise lo que falta.";
  CHECK_FALSE(explains(report_card(view), "análisis de impacto"));
}

TEST_CASE("the final card explains the acronyms of its practices, answers and errata (R-27)") {
  ReportCardView view;
  view.report.cycle = "2026-T3";
  view.report.practices = {{.practice = "repac"}};
  view.report.answers = {
      {.id = "RSP-1", .text = "El PEI cambió.", .resolution_reason = "Lo muestra la PIIP."}};
  view.report.errata = {"Dice BIA."};
  const Card card = final_report_card(view);
  for (const char* meaning :
       {"REPAC: Reunión de Evaluación del Proceso", "PEI: Plan Estratégico Institucional.",
        "PIIP: Plataforma Integrada de Inversión Pública.", "BIA: análisis de impacto en el negocio.",
        "SS: solicitud del Sistema Único de Gestión.", "OCI: Oficina de Control Interno."}) {
    CAPTURE(meaning);
    CHECK(explains(card, meaning));
  }
}
