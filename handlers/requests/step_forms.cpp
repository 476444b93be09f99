#include "handlers/requests/step_forms.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/requests/apply_change.hpp"
#include "storage/people_store.hpp"
#include "storage/request_events_store.hpp"

#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::Person;
using procedure::RequestEvent;
using procedure::ServiceRequest;
namespace verb = cards::verb;

constexpr const char* confirm_word = "radicado";

const char* to_do(procedure::RequestDecision decision) {
  switch (decision) {
    case procedure::RequestDecision::accepted:
      return "Aprobar";
    case procedure::RequestDecision::partly_accepted:
      return "Aprobar en parte";
    case procedure::RequestDecision::rejected:
      return "Rechazar";
  }
  return "";
}

std::vector<std::pair<std::string, std::string>> decision_choices(const ServiceRequest& request) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const procedure::RequestDecision decision : procedure::decisions_on(request.type))
    choices.emplace_back(procedure::to_word(decision), to_do(decision));
  return choices;
}

std::vector<std::pair<std::string, std::string>> advisors(storage::Session& session,
                                                          const ServiceRequest& request, Date today) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const Person& person : storage::active_people(session)) {
    if (person.id == request.advisor_id || person.id == request.filed_by) continue;
    if (procedure::holds_role(person, procedure::Role::advisor, "", today))
      choices.emplace_back(person.id, person.name);
  }
  return choices;
}

}  // namespace

Result<cards::RequestStepView> step_view(storage::Session& session, const Reference& reference,
                                         const ServiceRequest& request, std::string_view word,
                                         cards::RequestView view, Instant now) {
  cards::RequestStepView step{.request = std::move(view)};
  const auto event = procedure::parse_request_event(word);
  if (word == confirm_word) {
    step.title = "Registrar número SMGI";
    step.advice = "Con el número del SMGI la solicitud deja de estar pendiente de radicar.";
    step.fields = {{.name = "numero_smgi"}};
    step.verb = verb::request_confirm;
    step.button = "Registrar número";
  } else if (event == RequestEvent::ask_information) {
    step.title = "Pedir información";
    step.advice = "El plazo se detiene mientras llega, máximo cinco (5) días hábiles.";
    step.fields = {{.name = "pregunta", .label = "Qué hace falta"}};
    step.verb = verb::request_ask;
    step.button = "Pedir información";
  } else if (event == RequestEvent::provide_information) {
    step.title = "Completar la información";
    for (const storage::RequestEventRow& row : storage::events_of_request(session, request.id)) {
      if (row.event == "pedir_informacion") step.advice = "Le pidieron: " + cards::shorten(row.reason, 800);
    }
    step.fields = {{.name = "informacion"}, {.name = "evidencia", .required = false}};
    step.verb = verb::request_inform;
    step.button = "Enviar información";
  } else if (event == RequestEvent::approve || event == RequestEvent::reject) {
    step.title = "Decidir la solicitud";
    step.advice = "El motivo es obligatorio si rechaza o aprueba en parte. Lo verá quien la presentó.";
    step.fields = {{.name = "decia_reporte"},
                   {.name = "muestra_evidencia"},
                   {.name = "decision", .choices = decision_choices(request)},
                   {.name = "motivo", .required = false}};
    step.verb = verb::request_decide;
    step.button = "Guardar decisión";
  } else if (event == RequestEvent::apply) {
    Result<ApplyForm> form = apply_form(session, reference, request, now);
    if (!form) return tl::unexpected<Error>(form.error());
    step.title = "Aplicar el cambio";
    step.advice = std::move(form->advice);
    step.fields = std::move(form->fields);
    step.verb = verb::request_apply;
    step.button = "Aplicar";
  } else if (event == RequestEvent::withdraw) {
    step.title = "Retirar la solicitud";
    step.fields = {{.name = "motivo"}};
    step.verb = verb::request_withdraw;
    step.button = "Retirar";
  } else if (event == RequestEvent::reassign) {
    step.title = "Reasignar la solicitud";
    step.fields = {{.name = "asesor", .choices = advisors(session, request, local_date(now))},
                   {.name = "motivo", .required = false}};
    step.verb = verb::request_reassign;
    step.button = "Reasignar";
  } else {
    return fail(ErrorCode::invalid, "no form for that step",
                "Esta tarjeta ya no es válida. Escriba «bandeja ss» para ver las solicitudes.");
  }
  return step;
}

}  // namespace pao::handlers::requests
