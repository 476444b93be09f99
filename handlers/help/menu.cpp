#include "handlers/help/menu.hpp"

#include "cards/verbs.hpp"
#include "handlers/procedure/permissions.hpp"

#include <optional>

namespace pao::handlers::help {
namespace {

using procedure::Action;
namespace verb = cards::verb;

struct MenuLine {
  Action needs;  // in at least one process
  cards::HelpDoor door;
  std::optional<Action> unless = std::nullopt;  // who may do this has a better door
};

const std::vector<MenuLine>& menu() {
  // clang-format off: a table
  static const std::vector<MenuLine> lines = {
      {Action::see_own_status,
       {"Pendientes",
        "Le muestro qué le toca, cuándo vence y por qué en esa fecha.",
        "Mis pendientes",
        verb::my_status,
        {{"pagina", "0"}}}},
      {Action::verify_records,
       {"Pendientes",
        "Le muestro todo lo que espera por usted, lo más urgente primero.",
        "Mis pendientes",
        verb::my_status,
        {{"pagina", "0"}}},
       Action::see_own_status},
      {Action::read_plans,
       {"Planes",
        "Le muestro cómo va la ejecución de los planes de cada proceso.",
        "Ver planes",
        verb::oversight_list,
        {{"pagina", "0"}}},
       Action::see_process_detail},
      {Action::see_process_detail,
       {"Alertas",
        "Le muestro las que siguen abiertas: puede posponerlas o explicar qué pasa.",
        "Mis alertas",
        verb::alert_list,
        {{"pagina", "0"}}}},
      {Action::record_progress,
       {"Avances",
        "Le ayudo a registrar los avances de su proceso.",
        "Registrar avance",
        verb::progress_list,
        {{"practica", ""}}}},
      {Action::verify_records,
       {"Verificación",
        "Le muestro los avances que esperan su verificación, el más antiguo primero.",
        "Verificar avances",
        verb::verify_queue,
        {{"pagina", "0"}}}},
      {Action::file_request,
       {"Solicitudes SS",
        "Preparo con usted la solicitud cuando algo debe cambiar.",
        "Pedir cambio (SS)",
        verb::request_start,
        {{"asunto", ""}, {"elemento", ""}}}},
      {Action::decide_request,
       {"Solicitudes por atender",
        "Le muestro las SS que tiene, primero las que vencen antes.",
        "Bandeja SS",
        verb::request_queue,
        {{"pagina", "0"}}}},
      {Action::read_published_reports,
       {"Reportes", "Le muestro los reportes de seguimiento y hasta cuándo se responden.", "Ver reportes",
        verb::report_list}},
      {Action::designate_liaison,
       {"Equipo del proceso",
        "Le muestro quién tiene cada rol y registro la designación del enlace.",
        "Ver el equipo",
        verb::team_view,
        {{"proceso", ""}}}},
      {Action::see_all_processes,
       {"Sin nadie a cargo",
        "Le muestro los procesos sin líder, enlace o asesor activo.",
        "Revisar cargos",
        verb::ownership_gaps,
        {{"pagina", "0"}}}},
      {Action::ask_advisor,
       {"Asesoría",
        "Le paso su pregunta a la persona que asesora a su proceso.",
        "Mi asesor",
        verb::advisor_form,
        {{"pregunta", ""}, {"respuesta_id", ""}, {"practica", ""}}}},
      {Action::ask_advisor,
       {"Sus preguntas",
        "Le muestro qué preguntó, quién lo tiene y hasta cuándo.",
        "Mis preguntas",
        verb::my_questions,
        {}}},
      {Action::answer_consult,
       {"Consultas",
        "Le muestro las consultas que esperan su respuesta.",
        "Mis consultas",
        verb::consult_queue,
        {{"pagina", "0"}, {"de", ""}}}},
      {Action::hold_session,
       {"Mesas de trabajo", "Le ayudo a convocarlas y a registrar el acta con sus compromisos.",
        "Mesas de trabajo", verb::session_list}},
      {Action::see_guideline_board,
       {"Lineamientos", "Le muestro cuáles faltan, cuáles esperan decisión y quién los recibió.",
        "Lineamientos", verb::guideline_board}},
      {Action::confirm_control,
       {"Puntos de control", "Le muestro lo que espera su confirmación.", "Puntos de control",
        verb::control_list}},
  };
  // clang-format on
  return lines;
}

}  // namespace

std::vector<cards::HelpDoor> doors_of(const procedure::Person& person, Date today) {
  std::vector<cards::HelpDoor> doors;
  for (const MenuLine& line : menu()) {
    if (!procedure::may(person, line.needs, "", "", today)) continue;
    if (line.unless && procedure::may(person, *line.unless, "", "", today)) continue;
    doors.push_back(line.door);
  }
  return doors;
}

}  // namespace pao::handlers::help
