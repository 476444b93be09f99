#include "cards/request_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/evidence_files.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using procedure::ServiceRequest;

constexpr std::size_t shown_value_bytes = 600;

std::string days(int count) {
  return std::to_string(count) + (count == 1 ? " día hábil" : " días hábiles");
}

bool still_open(const ServiceRequest& request) {
  using enum procedure::RequestState;
  return request.state == draft || request.state == filed || request.state == in_review ||
         request.state == waiting_information;
}

std::string due_text(const RequestView& view) {
  const ServiceRequest& request = view.request;
  if (!request.due_on) {
    return request.endorsement_pending ? "Empieza a contar con el aval del líder"
           : request.state == procedure::RequestState::waiting_information
               ? "Detenido mientras llega la información pedida"
               : "";
  }
  return still_open(request) ? due_phrase(*request.due_on, view.business_days_left)
                             : long_date(*request.due_on);
}

// Why the date is what it is, in one sentence (design principle 4).
std::string due_reason(const RequestView& view) {
  const ServiceRequest& request = view.request;
  if (!request.due_on || view.service_level_business_days <= 0) return "";
  const std::string start = request.endorsed_at
                                ? "al aval, dado el " + long_date(local_date(*request.endorsed_at))
                                : "al envío, hecho el " + long_date(local_date(request.filed_at));
  return "Por qué esa fecha: una " + request.type + " se responde en " +
         days(view.service_level_business_days) + ", contados desde el día hábil siguiente " + start + ".";
}

Facts state_facts(const RequestView& view) {
  const ServiceRequest& request = view.request;
  return {{request.provisional ? "Número provisional" : "Número", request.id},
          {"Estado", request_state_text(request)},
          {"Tipo", request.type + ", " + request_type_name(request.type)},
          {"Nivel de servicio",
           view.service_level_business_days > 0 ? days(view.service_level_business_days) : std::string()},
          {"Plazo", due_text(view)},
          {"Proceso", view.process_name},
          {"Práctica", practice_name(request.practice)},
          {"La presentó", view.filed_by_name + ", " + long_instant(request.filed_at)},
          {"La tiene", request.endorsement_pending && !view.leader_name.empty()
                           ? view.leader_name + " (falta su aval)"
                       : view.advisor_name.empty() ? "La coordinación del GESFO"
                                                   : view.advisor_name}};
}

Facts content_facts(const ServiceRequest& request) {
  const bool reopens = request.type == "SS-5";  // what it asks for is a period
  const std::string asked = reopens ? period_name(request.requested_value) : request.requested_value;
  return {{"Elemento", request.item_id},
          {"Valor actual", shorten(request.current_value, shown_value_bytes)},
          {"Valor solicitado", shorten(asked, shown_value_bytes)},
          {"Justificación", shorten(request.justification, 2 * shown_value_bytes)},
          {"Evidencia", shorten(request.evidence, shown_value_bytes)}};
}

void add_provisional_notice(Blocks& body, const ServiceRequest& request) {
  if (!request.provisional) return;
  body.push_back(
      container({text("Pendiente de radicar", {.bold = true}),
                 text("El número de radicado lo da el SMGI. Mientras tanto, use el número provisional " +
                      request.id + ". Para los plazos vale la fecha de su envío.")},
                Box::warning));
}

void add_endorsement_notice(Blocks& body, const RequestView& view) {
  if (!view.request.endorsement_pending) return;
  const std::string leader = view.leader_name.empty() ? "el líder del proceso" : view.leader_name;
  body.push_back(text("Falta el aval de " + leader + ". El plazo empieza a contar cuando lo dé."));
}

void add_due_reason(Blocks& body, const RequestView& view) {
  const std::string reason = due_reason(view);
  if (!reason.empty()) body.push_back(text(reason, {.subtle = true, .small = true}));
}

// As it stands in the store, or in words ("aprobada_parcial" is "Aprobada en parte").
std::string decision_text(const std::string& decision) {
  const auto known = procedure::parse_request_decision(decision);
  if (!known) return shorten(decision, shown_value_bytes);
  switch (*known) {
    case procedure::RequestDecision::accepted:
      return "Aprobada";
    case procedure::RequestDecision::partly_accepted:
      return "Aprobada en parte";
    case procedure::RequestDecision::rejected:
      return "Rechazada";
  }
  return decision;
}

void add_wait_notice(Blocks& body, const RequestView& view) {
  if (!view.information_until) return;
  body.push_back(text("La información se recibe hasta el " + long_date(*view.information_until) +
                      ". Después la solicitud se cierra por falta de respuesta y puede presentar otra."));
}

void add_review(Blocks& body, const RequestView& view) {
  if (view.report_said.empty() && view.evidence_shows.empty()) return;
  body.push_back(section("Estudio de la solicitud"));
  body.push_back(facts({{"Qué decía", shorten(view.report_said, 2 * shown_value_bytes)},
                        {"Qué muestra la evidencia", shorten(view.evidence_shows, 2 * shown_value_bytes)}}));
}

void add_history(Blocks& body, const RequestView& view) {
  constexpr std::size_t most_lines = 8;
  if (view.history.empty()) return;
  body.push_back(section("Lo que ha pasado"));
  const std::size_t hidden = view.history.size() > most_lines ? view.history.size() - most_lines : 0;
  if (hidden > 0) body.push_back(text("Antes: " + std::to_string(hidden) + " pasos más.", subtle_small));
  for (std::size_t i = hidden; i < view.history.size(); ++i) {
    const RequestHistoryLine& line = view.history[i];
    std::string words = long_instant(line.at) + ": " + line.what;
    if (!line.who.empty()) words += ", " + line.who;
    if (!line.detail.empty()) words += ". " + shorten(line.detail, shown_value_bytes);
    body.push_back(text(words, {.small = true, .tight = true}));
  }
}

// What can be done now, the next step first.
std::vector<Button> step_buttons(const RequestView& view) {
  using procedure::RequestEvent;
  std::vector<Button> buttons;
  const Data id = {{"ss", view.request.id}};
  const auto form = [&](const char* title, RequestEvent event, Button::Kind kind = Button::Kind::normal) {
    Data data = id;
    data.emplace_back("paso", std::string(procedure::to_word(event)));
    buttons.push_back({title, verb::request_step, std::move(data), kind});
  };
  constexpr auto primary = Button::Kind::primary;
  for (const RequestEvent event : view.steps) {
    switch (event) {
      case RequestEvent::endorse:
        buttons.push_back({"Dar el aval", verb::request_endorse, id, primary});
        break;
      case RequestEvent::take:
        buttons.push_back({"Tomar en revisión", verb::request_take, id, primary});
        break;
      case RequestEvent::ask_information:
        form("Pedir información", event);
        break;
      case RequestEvent::provide_information:
        form("Completar la información", event, primary);
        break;
      case RequestEvent::approve:
        form("Decidir", event, primary);
        break;
      case RequestEvent::apply:
        form("Aplicar el cambio", event, primary);
        break;
      case RequestEvent::close:
        buttons.push_back({"Cerrar", verb::request_close, id, primary});
        break;
      case RequestEvent::withdraw:
        form("Retirar la solicitud", event);
        break;
      case RequestEvent::reassign:
        form("Reasignar", event);
        break;
      case RequestEvent::file:
      case RequestEvent::reject:
      case RequestEvent::close_unanswered:
        break;  // the form itself, part of deciding, done by the calendar
    }
  }
  if (view.may_confirm_filing) {
    Data data = id;
    data.emplace_back("paso", "radicado");
    buttons.push_back({"Registrar número SMGI", verb::request_step, std::move(data)});
  }
  return buttons;
}

Button view_button(const ServiceRequest& request, const char* title) {
  return {title, verb::request_view, {{"ss", request.id}}};
}

}  // namespace

Card request_receipt_card(const RequestView& view) {
  const ServiceRequest& request = view.request;
  const std::string title =
      request.provisional ? "Solicitud guardada, pendiente de radicar" : "Solicitud radicada: " + request.id;
  Blocks body = {heading(title), text(shorten(request.subject, 300), {.bold = true})};
  add_provisional_notice(body, request);
  body.push_back(facts(state_facts(view)));
  add_endorsement_notice(body, view);
  add_due_reason(body, view);
  std::vector<Button> buttons = step_buttons(view);
  buttons.push_back(view_button(request, "Ver el estado"));
  buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish({request.provisional ? title + ". Número provisional " + request.id : title, std::move(body),
                 std::move(buttons)});
}

Card request_status_card(const RequestView& view) {
  const ServiceRequest& request = view.request;
  Blocks body = {heading("Solicitud " + request.id + ": " + request_state_text(request)),
                 text(shorten(request.subject, 300), {.bold = true})};
  add_provisional_notice(body, request);
  Facts rows = state_facts(view);
  rows.emplace_back("Decisión", decision_text(request.decision));
  rows.emplace_back("Motivo", shorten(request.reason, 2 * shown_value_bytes));
  rows.emplace_back("Respondida el", request.answered_on ? long_date(*request.answered_on) : "");
  body.push_back(facts(rows));
  add_endorsement_notice(body, view);
  add_due_reason(body, view);
  add_wait_notice(body, view);
  body.push_back(section("Lo que se pide"));
  body.push_back(facts(content_facts(request)));
  add_evidence_files(body, view.files);
  add_review(body, view);
  add_history(body, view);
  std::vector<Button> buttons = step_buttons(view);
  buttons.push_back(view_button(request, "Actualizar"));
  if (request.due_on) buttons.push_back({"¿Por qué esa fecha?", verb::request_why, {{"ss", request.id}}});
  if (view.steps.empty()) buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish(
      {"Solicitud " + request.id + ": " + request_state_text(request), std::move(body), std::move(buttons)});
}

Card request_news_card(const RequestView& view, const std::string& title) {
  const ServiceRequest& request = view.request;
  Blocks body = {heading(title), text(shorten(request.subject, 300), {.bold = true})};
  if (!view.applied.empty()) body.push_back(text(shorten(view.applied, shown_value_bytes)));
  Facts rows = state_facts(view);
  rows.emplace_back("Decisión", decision_text(request.decision));
  rows.emplace_back("Motivo", shorten(request.reason, 2 * shown_value_bytes));
  body.push_back(facts(rows));
  add_wait_notice(body, view);
  add_review(body, view);
  std::vector<Button> buttons = step_buttons(view);
  buttons.push_back(view_button(request, "Ver la solicitud"));
  return finish({title + ", " + view.process_name, std::move(body), std::move(buttons)});
}

Card request_endorsement_card(const RequestView& view) {
  const ServiceRequest& request = view.request;
  const bool given = !request.endorsement_pending;
  const std::string title = given ? "Aval dado: solicitud " + request.id : "Una solicitud necesita su aval";
  Blocks body = {heading(title), text(shorten(request.subject, 300), {.bold = true})};
  if (given) {
    body.push_back(text(request.endorsed_at
                            ? "El aval quedó registrado el " + long_instant(*request.endorsed_at) + "."
                            : "Esta solicitud ya no espera un aval."));
  } else {
    body.push_back(text(view.filed_by_name + " presentó esta solicitud. Sin su aval no se estudia."));
  }
  body.push_back(facts(state_facts(view)));
  body.push_back(section("Lo que se pide"));
  body.push_back(facts(content_facts(request)));
  std::vector<Button> buttons;
  if (!given) {
    body.push_back(text("Si no está de acuerdo, no dé el aval y háblelo con quien la presentó.",
                        {.subtle = true, .small = true}));
    buttons.push_back({"Dar el aval", verb::request_endorse, {{"ss", request.id}}, Button::Kind::primary});
  }
  buttons.push_back(view_button(request, "Ver el estado"));
  return finish({title + ": " + request.subject, std::move(body), std::move(buttons)});
}

Card request_assigned_card(const RequestView& view) {
  const ServiceRequest& request = view.request;
  const std::string title = "Tiene una nueva solicitud: " + request_type_name(request.type);
  Blocks body = {heading(title), text(shorten(request.subject, 300), {.bold = true}),
                 facts(state_facts(view))};
  add_endorsement_notice(body, view);
  add_due_reason(body, view);
  body.push_back(section("Lo que se pide"));
  body.push_back(facts(content_facts(request)));
  std::vector<Button> buttons = step_buttons(view);
  buttons.push_back(view_button(request, "Ver la solicitud"));
  return finish({title + ", " + view.process_name, std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
