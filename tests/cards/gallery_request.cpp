#include "cards/request_card.hpp"
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

  RequestView view = request();
  all.push_back({"request_receipt_provisional", request_receipt_card(view)});
  all.push_back({"request_status_provisional", request_status_card(view)});
  all.push_back({"request_assigned_provisional", request_assigned_card(view)});
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
  all.push_back({"request_assigned", request_assigned_card(view)});
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
