#include "cards/answer_card.hpp"
#include "cards/basic_card.hpp"
#include "cards/consult_card.hpp"
#include "cards/several_answers_card.hpp"
#include "cards/verbs.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

procedure::Criterion cutoff() {
  return {"PLA-05",
          "planes",
          "Cuándo se registra",
          "Periodicidad mensual y fecha de corte",
          "El avance de las actividades y tareas de los planes se registra cada mes. El plazo son los "
          "primeros cinco "
          "(5) días hábiles del mes siguiente al que se reporta. Nombre el archivo como "
          "`PAI-TES-03_2026-03.pdf`.",
          2026,
          1};
}
procedure::Criterion minimum_content() {
  return {"PLA-08", "planes", "Qué se registra", "Contenido mínimo del avance", "", 2026, 1};
}
procedure::Criterion risk_content() {
  return {"RIE-09", "riesgos", "Qué se registra", "Seguimiento a los controles", "", 2026, 1};
}

std::vector<HelpDoor> liaison_doors() {
  return {{"Pendientes",
           "Le muestro qué le toca, cuándo vence y por qué en esa fecha.",
           "Mis pendientes",
           verb::my_status,
           {{"pagina", "0"}}},
          {"Avances",
           "Le ayudo a registrar los avances de su proceso.",
           "Registrar avance",
           verb::progress_list,
           {{"practica", ""}}},
          {"Solicitudes SS",
           "Preparo con usted la solicitud cuando algo debe cambiar.",
           "Pedir cambio (SS)",
           verb::request_start,
           {{"asunto", ""}, {"elemento", ""}}},
          {"Asesoría",
           "Le paso su pregunta a la persona que asesora a su proceso.",
           "Mi asesor",
           verb::advisor_form,
           {{"pregunta", ""}, {"respuesta_id", ""}, {"practica", ""}}}};
}

std::vector<HelpDoor> advisor_doors() {
  return {{"Su bandeja",
           "Le muestro las consultas de sus procesos. Puede responder aquí mismo.",
           "Mis consultas",
           verb::my_status,
           {{"pagina", "0"}}}};
}

OwnDueDate own_due(const char* period, Date due_on, int business_days_left) {
  OwnDueDate own;
  own.obligation.practice = procedure::practice::plans;
  own.obligation.item_id = "PAI-COM-02-T2";
  own.obligation.period = period;
  own.obligation.due_on = due_on;
  own.process_name = "Comunicaciones";
  own.business_days_left = business_days_left;
  return own;
}

OwnDates own_dates() {
  OwnDates dates;
  dates.overdue = own_due("2026-10", make_date(2026, 11, 9), -3);
  dates.overdue_count = 2;
  dates.due = own_due("2026-12", make_date(2027, 1, 8), 37);
  dates.windows = {{"REP-COM-2026-T3", "2026-T3", "Comunicaciones", make_date(2026, 11, 20), 5}};
  return dates;
}

}  // namespace

void add_conversation_cards(std::vector<Sample>& all) {
  const std::string question = "¿Hasta cuándo puedo registrar el avance de octubre?";
  all.push_back({"greeting_liaison", greeting_card({"Ana Guayacán (demo)", liaison_doors(), true})});
  all.push_back({"greeting_unknown", greeting_card({"", {}, false})});
  all.push_back({"help_advisor", help_card({"Bruno Páramo (demo)", advisor_doors(), false})});
  all.push_back({"notice", notice_card("Aval registrado", "La solicitud SS-2026-0070 ya puede estudiarse.")});
  all.push_back({"error", error_card("En este momento no puedo completar la acción.", "E-7F3A")});

  AnswerView answer;
  answer.question = question;
  answer.criterion = cutoff();
  answer.practice_name = "Planes";
  all.push_back({"answer", answer_card(answer)});
  answer.own_dates = own_dates();
  all.push_back({"answer_own_dates", answer_card(answer)});
  answer.own_dates = {};
  answer.answer_id = "R-4f1b2c3d4e5f60718293";
  answer.sample = true;
  answer.fallback_for_term = 2027;
  answer.see_also = {minimum_content(), risk_content()};
  answer.suggestions = {{Suggestion::Kind::register_progress, "PAI-DIR-01-T2"},
                        {Suggestion::Kind::open_request, "PAI-DIR-01-T2"},
                        {Suggestion::Kind::talk_to_advisor}};
  answer.opens_guideline = true;
  all.push_back({"answer_earlier_term", answer_card(answer)});
  answer.question = hostile;
  answer.criterion.title = hostile;
  for (int i = 0; i < 60; ++i) answer.criterion.text += std::string(" ") + hostile;
  answer.see_also[0].title = std::string(900, '*');
  all.push_back({"answer_hostile_long", answer_card(answer)});

  AnswerView past;
  past.question = "¿Qué regía el 15 de marzo de 2026 para registrar el avance?";
  past.criterion = cutoff();
  past.practice_name = "Planes";
  past.see_also = {minimum_content()};
  past.as_of = make_date(2026, 3, 15);
  all.push_back({"answer_past", answer_card(past)});

  SeveralAnswersView several;
  several.parts = {{question, {cutoff()}, "Planes"},
                   {"¿Qué debo escribir?", {minimum_content()}, "Planes"},
                   {"¿Puedo firmar con lápiz?"}};
  several.parts[1].criteria[0].text =
      "La descripción responde tres preguntas: qué se hizo, qué resultado dejó y qué falta.";
  several.left_out = 2;
  several.sample = true;
  all.push_back({"several_answers", several_answers_card(several)});
  several.parts[0].question = std::string(2000, '"') + hostile;
  several.parts[0].criteria[0].title = hostile;
  for (int i = 0; i < 60; ++i) several.parts[0].criteria[0].text += std::string(" ") + hostile;
  several.parts[2].question = hostile;
  several.left_out = 1;
  all.push_back({"several_answers_hostile_long", several_answers_card(several)});

  SeveralAnswersView kinds;
  kinds.parts = {
      {.question = question, .criteria = {cutoff()}, .practice_name = "Planes", .fallback_for_term = 2027},
      {.question = "¿Qué se registra?", .criteria = {minimum_content(), risk_content()}},
      {.question = "¿Me abre una SS?",
       .sentence = "Ese cambio se pide por SS.",
       .next = Suggestion{Suggestion::Kind::open_request}}};
  kinds.question = "Varias cosas";
  kinds.answer_id = "R-4f1b2c3d4e5f60718293";
  kinds.talks_to_advisor = true;
  kinds.as_of = make_date(2027, 1, 4);
  all.push_back({"several_answers_kinds", several_answers_card(kinds)});

  all.push_back(
      {"clarify", clarify_card({"¿Qué debo escribir?", {cutoff(), minimum_content(), risk_content()}})});
  all.push_back({"clarify_hostile", clarify_card({std::string(20000, '"') + hostile, {cutoff()}})});
  all.push_back({"abstain", abstain_card({"¿Puedo firmar con lápiz?", false, "", "Bruno Páramo (demo)"})});
  all.push_back({"abstain_no_advisor", abstain_card({hostile, false, "la mesa de ayuda de TIC", ""})});
  all.push_back({"abstain_out_of_scope", abstain_card({"¿Cuándo pagan la nómina?", true,
                                                       "la Subdirección de Recursos Humanos", ""})});
  all.push_back({"abstain_past", abstain_card({.question = "¿Qué regía el 15 de marzo de 2025?",
                                               .advisor_name = "Bruno Páramo (demo)",
                                               .as_of = make_date(2025, 3, 15),
                                               .no_guideline_then = true,
                                               .practice = "planes",
                                               .today = {cutoff()}})});

  AdvisorFormView form{question,
                       "R-4f1b2c3d4e5f60718293",
                       "Criterio PLA-05 (Planes, vigencia 2026)",
                       "planes",
                       {{"DIR", "Direccionamiento Estratégico"}},
                       "Bruno Páramo (demo)",
                       ""};
  all.push_back({"advisor_form", advisor_form_card(form)});
  form.processes.emplace_back("COM", "Gestión de Comunicaciones");
  form.advisor_name.clear();
  form.question.clear();
  form.problem = "Escriba su pregunta con al menos diez letras.";
  all.push_back({"advisor_form_problem", advisor_form_card(form)});
}

}  // namespace pao::cards::gallery
