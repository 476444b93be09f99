#include "cards/recommendation_card.hpp"
#include "cards/report_card.hpp"
#include "cards/report_desk_card.hpp"
#include "tests/cards/gallery.hpp"

#include <utility>

namespace pao::cards::gallery {
namespace {

using procedure::ObligationState;
using procedure::RecommendationState;

procedure::ReportLine line(const char* item, const char* period, ObligationState state) {
  procedure::ReportLine one{
      .practice = "planes", .item_id = item, .period = period, .item_name = "Publicar el boletín"};
  one.due_on = make_date(2026, 10, 7);
  one.state = state;
  if (state == ObligationState::met || state == ObligationState::met_late) {
    one.record_id = "AV-2026-000123";
    one.recorded_at = at_local_time(make_date(2026, 10, 6), std::chrono::hours(15));
    one.review = procedure::ReviewState::accepted;
  }
  return one;
}

procedure::ReportModel report() {
  procedure::ReportModel model;
  model.id = "REP-COM-2026-T3";
  model.process_id = "COM";
  model.process_name = "Gestión de Comunicaciones";
  model.cycle = "2026-T3";
  model.state = procedure::ReportState::in_validation;
  model.leader_name = "Aurora Guadua (demo)";
  model.advisor_name = "Damián Yarumo (demo)";
  model.cut_off_at = at_local_time(make_date(2026, 11, 4), std::chrono::hours(9));
  model.sent_at = at_local_time(make_date(2026, 11, 6), std::chrono::hours(16));
  model.deadline_on = make_date(2026, 11, 23);
  model.explanation = "Se cuentan 10 días hábiles desde el 2026-11-09.";
  model.introduction = "Este es su reporte del trimestre. Revise lo que falta.";
  model.lines = {line("PAI-COM-01-T1", "2026-08", ObligationState::met),
                 line("PAI-COM-01-T1", "2026-09", ObligationState::met_late),
                 line("PAI-COM-02-T1", "2026-09", ObligationState::overdue)};
  model.recommendations = {
      {"REC-COM-T3-1", "planes", "Falta 1 registro del periodo. Se trata de PAI-COM-02-T1.",
       "Registre el avance con su evidencia. Si el periodo ya cerró, pida la reapertura con una SS-5.",
       make_date(2026, 12, 7), RecommendationState::sent, "", "", "", ""},
      {"REC-COM-T3-2", "riesgos", "El seguimiento no cubre todos los controles",
       "Registrar la ejecución de cada control con evidencia", make_date(2026, 12, 7),
       RecommendationState::draft, "", "", "", "REC-COM-T2-1"}};
  model.practices = procedure::figures_of(model.lines, model.recommendations);
  return model;
}

procedure::ReportModel final_report() {
  procedure::ReportModel model = report();
  const std::vector<procedure::ReportLine> before = model.lines;
  model.kind = procedure::ReportKind::final_report;
  model.state = procedure::ReportState::published;
  model.outcome = "ajuste_solicitado";
  model.lines[2].treatment = "justificada";
  model.lines[2].reason = "La incapacidad está probada.";
  model.lines[1].state = ObligationState::met;
  model.lines[1].treatment = "ajustada";
  model.lines[1].reason = "El registro estaba a tiempo (SS-2026-0090)";
  model.changes = procedure::changes_between(before, model.lines);
  model.answers = {{.id = "RSP-2026-0001",
                    .kind = procedure::ResponseKind::justified,
                    .person_name = "Aurora Guadua (demo)",
                    .role = procedure::Role::leader,
                    .practice = "planes",
                    .item_id = "PAI-COM-02-T1",
                    .period = "2026-09",
                    .text = "La persona estuvo incapacitada.",
                    .evidence = "incapacidad.pdf",
                    .at = at_local_time(make_date(2026, 11, 10), std::chrono::hours(10)),
                    .resolution = "aceptada",
                    .resolution_reason = "La incapacidad está probada."},
                   {.id = "SS-2026-0090",
                    .kind = procedure::ResponseKind::adjustment_requested,
                    .text = "Ajustar el reporte",
                    .evidence = "pantalla.png",
                    .request_id = "SS-2026-0090",
                    .at = at_local_time(make_date(2026, 11, 11), std::chrono::hours(10))}};
  model.recommendations[0].state = RecommendationState::converted;
  model.recommendations[0].improvement_id = "MEJ-COM-02";
  model.recommendations[1].state = RecommendationState::not_applicable;
  model.recommendations[1].reason = "El proceso ya no tiene ese riesgo.";
  model.recommendations[1].advisor_comment = "Se retira del mapa.";
  model.fingerprint = std::string(64, 'a');
  model.errata = {"Dice «boletín», debe decir «boletín interno»."};
  model.practices = procedure::figures_of(model.lines, model.recommendations);
  return model;
}

procedure::ReportModel hostile_report(procedure::ReportModel model) {
  const std::string text = hostile;
  model.introduction = text + std::string(8000, '*');
  for (auto& one : model.recommendations) {
    one.observed = one.suggestion = one.reason = one.advisor_comment = text;
    one.improvement_id = text;
  }
  for (auto& said : model.answers)
    said.text = said.evidence = said.resolution_reason = said.person_name = text;
  for (auto& change : model.changes) change.reason = change.item_id = text;
  while (model.answers.size() < 40 && !model.answers.empty()) model.answers.push_back(model.answers[0]);
  while (model.changes.size() < 40 && !model.changes.empty()) model.changes.push_back(model.changes[0]);
  return model;
}

RecommendationsView list_of(std::vector<RecommendationView> shown) {
  const int total = static_cast<int>(shown.size());
  return {.report_id = "REP-COM-2026-T3",
          .title = "Del reporte del tercer trimestre de 2026.",
          .shown = std::move(shown),
          .total = total};
}

EvidenceFile file() {
  return {.id = "AR-0123456789abcdef",
          .name = "incapacidad.pdf",
          .size = 2'202'010,
          .sha256 = std::string(64, 'b')};
}

ReportCardView seen_by_leader() {
  return {.report = report(),
          .business_days_left = 6,
          .window_open = true,
          .may_respond = true,
          .is_leader = true,
          .liaison_accepted = true,
          .unanswered_recommendations = 1};
}

}  // namespace

void add_report_cards(std::vector<Sample>& all) {
  ReportCardView view = seen_by_leader();
  all.push_back({"report_preventive_leader", report_card(view)});
  view.business_days_left = 0;
  view.is_leader = false;
  all.push_back({"report_preventive_last_day", report_card(view)});
  view.window_open = false;
  view.business_days_left = -2;
  all.push_back({"report_preventive_closed", report_card(view)});
  view = seen_by_leader();
  view.report = hostile_report(report());
  all.push_back({"report_preventive_hostile", report_card(view)});

  ReportCardView last{.report = final_report(), .is_advisor = true};
  all.push_back({"report_final_published", final_report_card(last)});
  last.report.later = {last.report.recommendations[1]};
  last.report.later[0].advisor_comment.clear();
  last.to_comment = {"REC-COM-T3-2"};
  all.push_back({"report_final_later", final_report_card(last)});
  last.report.later.clear();
  last.to_comment.clear();
  last.report.state = procedure::ReportState::final_version;
  all.push_back({"report_final_to_publish", final_report_card(last)});
  last.to_comment = {"REC-COM-T3-2"};
  last.deliveries = {"Teams: llegó a 3 de 3 personas.",
                     "Correo: llegó a 2 de 3 personas. No llegó a: Aurora Guadua (demo). Causa: falta una "
                     "dirección de correo válida."};
  all.push_back({"report_final_to_comment", final_report_card(last)});
  last.to_comment.clear();
  last.deliveries = {hostile};
  last.report = hostile_report(final_report());
  all.push_back({"report_final_hostile", final_report_card(last)});

  all.push_back(
      {"report_list",
       report_list_card("Reportes de seguimiento", "Uno está en validación.",
                        {{"REP-COM-2026-T3", "Gestión de Comunicaciones", "2026-T3", "En validación",
                          "Vence el 23 de noviembre de 2026, le quedan 6 días hábiles"},
                         {"REP-COM-2026-T2", "Gestión de Comunicaciones", "2026-T2", "Publicado", ""}})});
  JustifyView justify{
      .report_id = "REP-COM-2026-T3",
      .title = "Sobre el reporte del tercer trimestre de 2026.",
      .lines = {{"todo", "Todo el reporte"},
                {"planes|PAI-COM-02-T1|2026-09", "PAI-COM-02-T1, septiembre de 2026: Sin registro"}}};
  all.push_back({"report_justify", report_justify_card(justify)});
  justify.text = hostile;
  justify.problem = "Falta la evidencia. Sin ella no se puede justificar.";
  all.push_back({"report_justify_problem", report_justify_card(justify)});

  std::vector<RecommendationView> answers;
  for (const auto& one : report().recommendations) {
    answers.push_back({.recommendation = one,
                       .process_name = "Gestión de Comunicaciones",
                       .answer_by = make_date(2026, 11, 23),
                       .business_days_left = 6,
                       .can_answer = one.state == RecommendationState::sent});
  }
  all.push_back({"recommendations", recommendations_card(list_of(answers))});
  RecommendationsView second = list_of(answers);
  second.page = 1;
  second.total = 12;
  second.shown[0].files = {file()};
  all.push_back({"recommendations_page_2", recommendations_card(second)});
  all.push_back({"recommendation_form", recommendation_form_card(answers[0])});
  for (RecommendationView& one : answers) one.can_answer = false;
  answers[1].recommendation.state = RecommendationState::not_applicable;
  answers[1].recommendation.reason = "El proceso ya no tiene ese riesgo.";
  answers[1].can_comment = true;
  all.push_back({"recommendations_to_comment", recommendations_card(list_of(answers))});
  answers[1].recommendation.reason = hostile;
  all.push_back({"recommendations_to_comment_hostile", recommendations_card(list_of(answers))});

  const std::vector<std::pair<std::string, std::string>> practices = {{"planes", "Planes"},
                                                                      {"riesgos", "Riesgos"}};
  procedure::ReportModel draft = report();
  draft.state = procedure::ReportState::draft;
  all.push_back(
      {"report_edit",
       report_edit_card(
           {draft, {"Introducción. Explique la sigla PCN."}, "verification:COM:2026-T3", practices})});
  all.push_back({"report_edit_again", report_edit_card({report(), {}, "", practices})});
  all.push_back(
      {"report_edit_hostile", report_edit_card({hostile_report(draft), {hostile}, hostile, practices})});
  all.push_back({"recommendation_edit",
                 recommendation_edit_card("REP-COM-2026-T3", report().recommendations[1], practices, {})});
  all.push_back({"recommendation_new", recommendation_edit_card("REP-COM-2026-T3", {}, practices,
                                                                {"Falta decir qué se observó."})});

  procedure::ReportModel resolving = final_report();
  resolving.state = procedure::ReportState::in_adjustment;
  resolving.answers[0].resolution.clear();
  resolving.answers[0].resolution_reason.clear();
  all.push_back({"report_resolve_justification", report_resolve_card({.report = resolving})});
  all.push_back({"report_resolve_with_file",
                 report_resolve_card({.report = resolving, .files = {{"RSP-2026-0001", {file()}}}})});
  all.push_back({"report_resolve_adjustment",
                 report_resolve_card({.report =
                                          [] {
                                            procedure::ReportModel model = final_report();
                                            model.state = procedure::ReportState::in_adjustment;
                                            return model;
                                          }(),
                                      .adjustments = {{"SS-2026-0090", "Está aprobada. Falta aplicarla.", ""},
                                                      {"SS-2026-0091", "Falta confirmar el punto de control.",
                                                       "request:SS-2026-0091"}},
                                      .to_comment = {"REC-COM-T3-2"}})});
  all.push_back(
      {"report_notice", report_notice_card("Reporte enviado", "Se envió a 3 personas.", "REP-COM-2026-T3")});
}

}  // namespace pao::cards::gallery
