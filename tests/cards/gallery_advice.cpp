#include "cards/consult_card.hpp"
#include "cards/consult_desk_card.hpp"
#include "cards/entry_card.hpp"
#include "cards/learning_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::ConsultState;

ConsultView consult() {
  ConsultView view;
  view.id = "C-2026-0012";
  view.question = "¿Puedo registrar como evidencia el acta de una mesa de trabajo sin firma?";
  view.answer_shown = "Criterio PLA-11 · Planes, vigencia 2026, versión 1: Evidencias aceptadas";
  view.asked_by_name = "Ana Guayacán (demo)";
  view.process_name = "Direccionamiento Estratégico";
  view.practice_name = "Planes";
  view.advisor_name = "Bruno Páramo (demo)";
  view.due_on = make_date(2026, 11, 13);
  view.business_days_left = 1;
  view.asked_on = make_date(2026, 11, 12);
  return view;
}

std::vector<ConsultStepView> long_way() {
  const Instant at = at_local_time(make_date(2026, 11, 12), std::chrono::hours{9});
  const std::string asker = "Ana Guayacán (demo)", first = "Bruno Páramo (demo)",
                    second = "Celia Nevado (demo)";
  return {{at, "preguntada", asker, first, 1, "¿Puedo registrar…?"},
          {at, "informacion_pedida", first, first, 1, "¿De qué mesa?"},
          {at, "informacion_recibida", asker, first, 1, "De la del 4 de noviembre."},
          {at, "escalada_por_silencio", "PAO Teams", second, 2, ""},
          {at, "reasignada", "Sol Frailejón (demo)", first, 2, first},
          {at, "respondida", first, first, 2, "Sí, con lista de asistencia."},
          {at, "no_sirvio", asker, second, 3, "No dice si va firmada."},
          {at, "no_sirvio", asker, second, 3, ""},
          {at, "remitida", second, second, 3, "Escriba al archivo central."},
          {at, "sirvio", asker, second, 3, ""}};
}

ConsultLine line(ConsultState state, int days_left) {
  return {.id = "C-2026-0012",
          .question = "¿Puedo registrar como evidencia el acta de una mesa de trabajo sin firma?",
          .asked_by_name = "Ana Guayacán (demo)",
          .holder_name = "Bruno Páramo (demo)",
          .process_name = "Direccionamiento Estratégico",
          .asked_on = make_date(2026, 11, 12),
          .due_on = make_date(2026, 11, 13),
          .business_days_left = days_left,
          .state = state};
}

void add_moves(std::vector<Sample>& all) {
  ConsultView view = consult();
  view.replied_by_name = view.advisor_name;
  all.push_back({"consult_moved_asker", consult_moved_card(view, true)});
  all.push_back({"consult_moved_before", consult_moved_card(view, false)});
  all.push_back({"consult_asked_back", consult_asked_back_card(view, "¿De qué fecha es el acta?")});
  all.push_back({"consult_asked_back_hostile", consult_asked_back_card(view, hostile)});
  all.push_back({"consult_waiting", consult_waiting_card(view, "¿De qué fecha es el acta?")});
  all.push_back({"consult_referred", consult_referred_card(view, "Eso lo atiende la mesa de ayuda de TIC.")});
  view.state = ConsultState::referred;
  all.push_back({"consult_acted", consult_acted_card(view, "Eso lo atiende la mesa de ayuda de TIC.")});
}

void add_states(std::vector<Sample>& all) {
  ConsultView view = consult();
  view.history = long_way();
  for (const auto& [state, name] :
       {std::pair{ConsultState::assigned, "assigned"}, std::pair{ConsultState::waiting, "waiting"},
        std::pair{ConsultState::answered, "answered"}, std::pair{ConsultState::closed, "closed"},
        std::pair{ConsultState::unanswered, "unanswered"}}) {
    view.state = state;
    view.reply = state == ConsultState::answered ? "Sí, con lista de asistencia." : "";
    all.push_back({std::string("consult_state_") + name, consult_state_card(view, true)});
  }
  view.question = view.reply = hostile;
  for (ConsultStepView& step : view.history) step.words = std::string(3000, '*') + hostile;
  all.push_back({"consult_state_hostile_long", consult_state_card(view, false)});
}

EntryView entry(procedure::EntryState state) {
  return {.id = "RES-0001",
          .practice_name = "Planes",
          .term = 2026,
          .title = "¿Sirve un acta con firma electrónica?",
          .text = "Sí, si muestra fecha y nombre de quien firma.",
          .consult_id = "C-2026-0012",
          .proposed_by_name = "Bruno Páramo (demo)",
          .state = state};
}

void add_entries(std::vector<Sample>& all) {
  EntryFormView form{.consult_id = "C-2026-0012",
                     .practice = "planes",
                     .practices = {{"planes", "Planes"}, {"riesgos", "Riesgos"}},
                     .title = "¿Sirve un acta con firma electrónica?",
                     .text = "Sí, si muestra fecha y nombre de quien firma."};
  all.push_back({"entry_form", entry_form_card(form)});
  form.problem = "La pregunta es muy larga. Use máximo 250 caracteres.";
  form.title = form.text = hostile;
  all.push_back({"entry_form_hostile", entry_form_card(form)});
  EntryView view = entry(procedure::EntryState::proposed);
  view.may_decide = true;
  all.push_back({"entry_to_approve", entry_card(view)});
  view = entry(procedure::EntryState::returned);
  view.reason = "Quite el nombre de la mesa.";
  view.may_correct = true;
  all.push_back({"entry_returned", entry_card(view)});
  view = entry(procedure::EntryState::approved);
  view.may_decide = true;
  view.title = view.text = hostile;
  all.push_back({"entry_approved_hostile", entry_card(view)});
  view = entry(procedure::EntryState::approved);
  view.may_decide = true;
  view.renew_for = 2027;
  const Instant proposed_at = at_local_time(make_date(2026, 11, 12), std::chrono::hours{9});
  view.history = {{proposed_at, "propuesta", "Bruno Páramo (demo)", view.text},
                  {proposed_at + std::chrono::days{1}, "aprobada", "Sol Frailejón (demo)", ""}};
  all.push_back({"entry_to_renew", entry_card(view)});
  all.push_back(
      {"entry_list", entry_list_card(std::vector<EntryView>(10, entry(procedure::EntryState::approved)))});
  all.push_back({"entry_list_none", entry_list_card({})});
}

void add_learning(std::vector<Sample>& all) {
  const FeedbackView feedback{"R-4f1b2c3d4e5f60718293", "¿Hasta cuándo registro?",
                              "Criterio PLA-05: el quinto día hábil.", "planes"};
  all.push_back({"feedback_reason", feedback_reason_card(feedback)});
  all.push_back({"feedback_thanks", feedback_thanks_card(feedback)});
  const Date day = make_date(2026, 10, 5);
  ProposalView missing{.practice_name = "Planes",
                       .shared = {"acta", "firm"},
                       .questions = {{"¿Puedo firmar con lápiz?", day, "sin_respuesta"},
                                     {"¿El acta se firma?", day, "no_sirvio"},
                                     {"¿Quién firma el acta?", day, "reformulada"},
                                     {hostile, day, "escalada"},
                                     {"¿Y la firma?", day, "escalada"}}};
  ProposalView unclear = missing;
  unclear.criterion = "PLA-05";
  all.push_back({"proposals", proposals_card({"2026-10", "2026-09", 120, {missing, unclear}})});
  all.push_back({"proposals_none", proposals_card({"2026-10", "2026-09", 12, {}})});
  all.push_back({"proposals_many",
                 proposals_card({"2026-10", "2026-09", 900, std::vector<ProposalView>(40, missing)})});
}

}  // namespace

void add_advice_cards(std::vector<Sample>& all) {
  ConsultView view = consult();
  all.push_back({"consult_sent", consult_sent_card(view)});
  all.push_back({"consult_assigned", consult_assigned_card(view)});
  view.problem = "Escriba la respuesta antes de enviarla.";
  view.level = 2;
  view.question = hostile;
  view.history = long_way();
  view.may_go_to = {{"U-005", "Celia Nevado (demo)"}, {"U-006", "Darío Laguna (demo)"}};
  all.push_back({"consult_assigned_problem", consult_assigned_card(view)});
  view = consult();
  view.reply = "Sí, si la acompaña con la lista de asistencia.\nFirme el acta antes del corte.";
  view.replied_by_name = view.advisor_name;
  all.push_back({"consult_answered", consult_answered_card(view)});
  all.push_back({"consult_reply", consult_reply_card(view)});
  add_moves(all);
  add_states(all);
  add_entries(all);
  add_learning(all);

  ConsultQueueView queue{.may_see_all = true, .total = 9, .page = 0};
  for (int i = 0; i < consult_page_size; ++i) queue.lines.push_back(line(ConsultState::assigned, i - 2));
  queue.lines[1].question = std::string(4000, '#') + hostile;
  queue.lines[2].state = ConsultState::waiting;
  all.push_back({"consult_queue", consult_queue_card(queue)});
  all.push_back({"consult_queue_empty", consult_queue_card({})});
  queue.of_everybody = true;
  queue.may_see_all = false;
  queue.page = 1;
  queue.lines.resize(3);
  all.push_back({"consult_queue_all", consult_queue_card(queue)});
  all.push_back(
      {"my_questions", my_questions_card({line(ConsultState::assigned, 1), line(ConsultState::closed, -3)})});
  all.push_back({"my_questions_none", my_questions_card({})});
}

}  // namespace pao::cards::gallery
