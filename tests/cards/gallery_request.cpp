#include "cards/request_card.hpp"
#include "cards/request_step_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

std::vector<procedure::ServiceLevel> types() {
  return {{"SS-1", "correccion_registro", 3},
          {"SS-2", "modificacion", 5},
          {"SS-3", "creacion_eliminacion", 8},
          {"SS-4", "ajuste_reporte_seguimiento", 5},
          {"SS-5", "reapertura_periodo", 2},
          {"SS-6", "documento", 10},
          {"SS-7", "asesoria", 3}};
}

RequestView request() {
  RequestView view;
  procedure::ServiceRequest& request = view.request;
  request.id = "PAO-2026-0001";
  request.process_id = "DIR";
  request.practice = "planes";
  request.type = "SS-2";
  request.subject = "Mover la fecha final de la actividad 3";
  request.item_id = "PAI-DIR-01-T2";
  request.current_value = "30 de septiembre de 2026";
  request.requested_value = "30 de noviembre de 2026";
  request.justification = "El contratista entregó el insumo con retraso.\nSe acordó un nuevo cronograma.";
  request.evidence = "Acta_mesa_12.pdf";
  request.filed_at = at_local_time(make_date(2026, 11, 11), std::chrono::hours(0) + std::chrono::minutes(7));
  request.state = procedure::RequestState::filed;
  request.due_on = make_date(2026, 11, 19);
  view.process_name = "Direccionamiento Estratégico";
  view.advisor_name = "Bruno Páramo (demo)";
  view.filed_by_name = "Ana Guayacán (demo)";
  view.leader_name = "Lucía Yarumo (demo)";
  view.service_level_business_days = 5;
  view.business_days_left = 4;
  return view;
}

void add_step_cards(std::vector<Sample>& all) {
  RequestView view = request();
  view.request.state = procedure::RequestState::in_review;
  view.steps = {procedure::RequestEvent::ask_information, procedure::RequestEvent::approve,
                procedure::RequestEvent::reject, procedure::RequestEvent::reassign};
  view.may_confirm_filing = true;
  view.history = {{view.request.filed_at, "Presentada", view.filed_by_name},
                  {view.request.filed_at + std::chrono::hours(30), "Tomada en revisión", view.advisor_name},
                  {view.request.filed_at + std::chrono::hours(31), "Reasignada", "Sol Frailejón (demo)",
                   "Silvestre Ceiba (demo) → Bruno Páramo (demo)"}};
  all.push_back({"request_status_in_review", request_status_card(view)});
  const EvidenceFile file{.id = "AR-0123456789abcdef",
                          .name = "Acta del comité 3.pdf",
                          .size = 2'202'010,
                          .sha256 = std::string(64, 'b')};
  view.files = {file};
  all.push_back({"request_status_with_file", request_status_card(view)});
  view.files.assign(8, file);
  view.files[0].name = std::string(hostile) + ".pdf";
  all.push_back({"request_status_with_files", request_status_card(view)});
  view.files.clear();
  view.request.state = procedure::RequestState::approved;
  view.request.decision = "aprobada_parcial";
  view.request.reason = "Se acepta el primer dato; el segundo no tiene soporte.";
  view.report_said = "Dos tareas sin registro.";
  view.evidence_shows = "Una se registró a tiempo.";
  view.steps = {procedure::RequestEvent::apply};
  all.push_back({"request_news_partly_approved",
                 request_news_card(view, "La solicitud PAO-2026-0001 fue aprobada en parte")});
  RequestView applied = view;
  applied.request.state = procedure::RequestState::applied;
  applied.request.decision = "aprobada";
  applied.steps = {};
  applied.applied = "PAI-DIR-01-T2, Fecha final: 30 de diciembre de 2026 → 29 de enero de 2027";
  all.push_back({"request_news_applied",
                 request_news_card(applied, "Se aplicó el cambio de la solicitud PAO-2026-0001")});
  RequestStepView step{
      .request = view, .title = "Decidir la solicitud", .advice = "El motivo es obligatorio."};
  step.fields = {{.name = "decia_reporte"},
                 {.name = "muestra_evidencia"},
                 {.name = "decision", .choices = {{"aprobada", "Aprobar"}, {"rechazada", "Rechazar"}}},
                 {.name = "motivo", .required = false}};
  step.verb = "ss.decidir";
  step.button = "Guardar decisión";
  all.push_back({"request_step_decide", request_step_card(step)});
  step.request.request.justification = hostile + std::string(30000, '*');
  step.advice = hostile;
  step.title = "Aplicar el cambio";
  step.fields = {{.name = "elemento", .value = hostile},
                 {.name = "campo", .choices = {{"fecha_fin", "Fecha final"}}},
                 {.name = "valor_nuevo", .value = hostile}};
  step.verb = "ss.aplicar";
  step.button = "Aplicar";
  all.push_back({"request_step_apply_hostile", request_step_card(step)});
  RequestListView list{.title = "Solicitudes SS por atender", .empty = "No hay.", .verb = "ss.bandeja"};
  all.push_back({"request_list_empty", request_list_card(list)});
  list.lines = {{request().request, "Direccionamiento Estratégico", "Bruno Páramo (demo)", 4},
                {view.request, hostile, hostile, 0}};
  list.lines[1].request.due_on.reset();
  list.total = 9;
  all.push_back({"request_list", request_list_card(list)});
}

}  // namespace

void add_request_cards(std::vector<Sample>& all) {
  all.push_back({"request_types", request_types_card({types(), "", "", false})});
  all.push_back({"request_types_change_order",
                 request_types_card(
                     {types(), "Cambie la fecha de la actividad 3 para noviembre", "PAI-DIR-01-T2", true})});
  all.push_back({"request_types_hostile", request_types_card({types(), hostile, hostile, true})});

  const std::vector<std::pair<std::string, std::string>> one_process = {
      {"DIR", "Direccionamiento Estratégico"}};
  const std::vector<std::pair<std::string, std::string>> practices = {{"planes", "Planes"},
                                                                      {"riesgos", "Riesgos"}};
  RequestFormView form{
      types()[1], one_process, practices, {{"asunto", "Mover la fecha final"}, {"practica", "planes"}}, {}};
  all.push_back({"request_form", request_form_card(form)});
  form.processes.emplace_back("COM", "Gestión de Comunicaciones");
  form.problems = {{"valor_actual", "Escriba el valor que tiene hoy."}, {"proceso", "Elija el proceso."}};
  form.values["justificacion"] = hostile;
  all.push_back({"request_form_problems", request_form_card(form)});
  all.push_back(
      {"request_form_advice", request_form_card({types()[6], one_process, {{"planes", "Planes"}}, {}, {}})});

  form = RequestFormView{
      types()[1], one_process, practices, {{"asunto", "Cambie la fecha de la actividad 3"}}, {}};
  form.values["elemento"] = "PAI-DIR-03";
  form.values["campo"] = "fecha_fin";
  form.values["valor_actual"] = "31 de diciembre de 2026";
  form.fields = {"fecha_fin", "fecha_inicio", "meta", "peso", "responsable_id", "nombre"};
  form.from_change_order = true;
  all.push_back({"request_form_change_order", request_form_card(form)});
  all.push_back({"request_form_reopening", request_form_card({types()[4], one_process, practices, {}, {}})});
  add_step_cards(all);

  RequestView view = request();
  view.steps = {procedure::RequestEvent::withdraw};
  all.push_back({"request_receipt_provisional", request_receipt_card(view)});
  all.push_back({"request_status_provisional", request_status_card(view)});
  view.steps = {procedure::RequestEvent::take};
  view.may_confirm_filing = true;
  all.push_back({"request_assigned_provisional", request_assigned_card(view)});
  view = request();
  view.request.endorsement_pending = true;
  view.request.due_on.reset();
  all.push_back({"request_receipt_provisional_endorsement", request_receipt_card(view)});
  all.push_back({"request_endorsement_provisional", request_endorsement_card(view)});
  view.request.endorsement_pending = false;
  view.request.endorsed_at = at_local_time(make_date(2026, 11, 12), std::chrono::hours(16));
  view.request.due_on = make_date(2026, 11, 20);
  all.push_back({"request_endorsement_given_provisional", request_endorsement_card(view)});

  view = request();
  view.request.provisional = false;
  view.request.id = "SS-2026-0086";
  all.push_back({"request_receipt_filed", request_receipt_card(view)});
  view.steps = {procedure::RequestEvent::take};
  all.push_back({"request_assigned", request_assigned_card(view)});
  view.steps.clear();
  view.request.state = procedure::RequestState::waiting_information;
  view.request.due_on.reset();
  all.push_back({"request_status_waiting", request_status_card(view)});
  view = request();
  view.request.provisional = false;
  view.request.id = "SS-2026-0070";
  view.request.state = procedure::RequestState::rejected;
  view.request.decision = "Rechazada";
  view.request.reason = "La fecha ya venció y no se demostró fuerza mayor.";
  view.request.answered_on = make_date(2026, 11, 18);
  all.push_back({"request_status_rejected", request_status_card(view)});
  for (std::string* text : {&view.request.subject, &view.request.current_value, &view.request.requested_value,
                            &view.request.evidence, &view.request.reason, &view.request.decision}) {
    *text = hostile;
  }
  view.request.justification = hostile + std::string(30000, '*');
  all.push_back({"request_status_hostile_long", request_status_card(view)});
}

}  // namespace pao::cards::gallery
