#include "handlers/procedure/permissions.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace pao::procedure {
namespace {

// Whether a role is held process by process, or for the whole entity.
bool is_of_a_process(Role role) {
  return role == Role::leader || role == Role::liaison || role == Role::owner || role == Role::advisor;
}

bool in_force(const RoleGrant& grant, Date today) {
  return (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
}

bool covers(const RoleGrant& grant, std::string_view process_id) {
  if (!is_of_a_process(grant.role)) return grant.process_id.empty() || grant.process_id == process_id;
  return !grant.process_id.empty() && (process_id.empty() || grant.process_id == process_id);
}

bool holds_any(const Person& person, std::initializer_list<Role> roles, std::string_view process_id,
               Date today) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role role) { return holds_role(person, role, process_id, today); });
}

bool may_read_plans(const Person& person, std::string_view process_id, std::string_view practice,
                    Date today) {
  if (!practice.empty() && practice != practice::plans) return false;
  return holds_role(person, Role::internal_control, process_id, today) ||
         may(person, Action::see_process_detail, process_id, practice, today).has_value();
}

bool may_record_in(const Person& person, std::string_view process_id, Date today) {
  const bool advises_it = !process_id.empty() && holds_role(person, Role::advisor, process_id, today);
  return !advises_it && holds_any(person, {Role::leader, Role::liaison, Role::owner}, process_id, today);
}

bool allowed(const Person& person, Action action, std::string_view process_id, std::string_view practice,
             Date today) {
  switch (action) {
    case Action::ask:
      return true;
    case Action::see_own_status:
    case Action::ask_advisor:
      return holds_any(person, {Role::leader, Role::liaison, Role::owner}, process_id, today);
    case Action::see_process_detail:
      return holds_any(person, {Role::leader, Role::liaison, Role::advisor, Role::coordination, Role::head},
                       process_id, today);
    case Action::see_all_processes:
      return holds_any(person, {Role::coordination, Role::head}, "", today);
    case Action::read_plans:
      return may_read_plans(person, process_id, practice, today);
    case Action::record_progress:
      return may_record_in(person, process_id, today);
    case Action::file_request:
    case Action::respond_report:
      return holds_any(person, {Role::leader, Role::liaison}, process_id, today);
    case Action::endorse_request:
    case Action::designate_liaison:
      return holds_role(person, Role::leader, process_id, today);
    case Action::verify_records:
    case Action::send_report:
      return holds_role(person, Role::advisor, process_id, today);
    case Action::answer_consult:
    case Action::decide_request:
    case Action::hold_session:
      return holds_any(person, {Role::advisor, Role::coordination}, process_id, today);
    case Action::reassign:
    case Action::approve_guideline:
      return holds_role(person, Role::coordination, "", today);
    case Action::read_report:
      return holds_any(person, {Role::leader, Role::liaison, Role::advisor, Role::coordination, Role::head},
                       process_id, today);
    case Action::read_published_reports:
      return holds_role(person, Role::internal_control, process_id, today) ||
             allowed(person, Action::read_report, process_id, practice, today);
    case Action::draft_guideline:
      return holds_role(person, Role::advisor, "", today);
    case Action::hold_socialisation:
      return holds_any(person, {Role::advisor, Role::professional, Role::coordination}, "", today);
    case Action::see_guideline_board:
      return holds_any(person, {Role::advisor, Role::professional, Role::coordination, Role::head}, "",
                       today);
    case Action::confirm_control:
      return holds_any(person, {Role::advisor, Role::coordination}, "", today);
    case Action::see_control_board:
      return holds_any(person, {Role::coordination, Role::head}, "", today);
  }
  return false;
}

struct Refusal {
  const char* detail;
  const char* sentence;
};

Refusal refusal_of(Action action) {
  switch (action) {
    case Action::ask:
      break;
    case Action::see_own_status:
      return {"no role in the process",
              "Usted no tiene un rol en este proceso, por eso no tiene pendientes en él."};
    case Action::see_process_detail:
      return {"process detail needs a role in the process",
              "Solo puede ver el detalle de los procesos en los que tiene un rol."};
    case Action::see_all_processes:
      return {"all processes are for coordination and head",
              "La vista de todos los procesos es para la coordinación del GESFO y la jefatura de la OAP."};
    case Action::read_plans:
      return {"plans are read by internal control and the process",
              "No está autorizado para consultar esta información."};
    case Action::record_progress:
      return {"recording needs leader, liaison or owner of the process",
              "Solo el líder, el enlace o el responsable del proceso puede registrar avances. Un asesor no "
              "registra en "
              "nombre del proceso."};
    case Action::file_request:
      return {"filing needs leader or liaison of the process",
              "La solicitud la radica el líder o el enlace del proceso. Pídale que la presente."};
    case Action::endorse_request:
      return {"endorsing needs the leader of the process", "El aval lo da el líder del proceso."};
    case Action::designate_liaison:
      return {"designating needs the leader of the process", "Al enlace lo designa el líder del proceso."};
    case Action::respond_report:
      return {"responding needs leader or liaison of the process",
              "El reporte lo valida el líder o el enlace del proceso."};
    case Action::verify_records:
      return {"verifying needs the advisor of the process",
              "Los registros los verifica el asesor asignado al proceso."};
    case Action::send_report:
      return {"reports are made by the advisor of the process",
              "El reporte lo elabora y envía el asesor asignado al proceso."};
    case Action::read_report:
    case Action::read_published_reports:
      return {"reports need a role in the process",
              "No está autorizado para consultar los reportes de este proceso."};
    case Action::decide_request:
      return {"deciding needs the assigned advisor or coordination",
              "Esta solicitud la decide el asesor asignado o la coordinación del GESFO."};
    case Action::reassign:
      return {"reassigning is for coordination", "La reasignación la hace la coordinación del GESFO."};
    case Action::hold_session:
      return {"working sessions are held by the assigned advisor or coordination",
              "La mesa de trabajo la convoca y registra el asesor del proceso o la coordinación."};
    case Action::draft_guideline:
      return {"guidelines are drafted by advisors", "Los lineamientos los prepara un asesor del GESFO."};
    case Action::approve_guideline:
      return {"guidelines are approved by coordination",
              "Los lineamientos los aprueba y publica la coordinación del GESFO."};
    case Action::hold_socialisation:
      return {"socialisation is for advisors and professionals",
              "La socialización la registran los asesores y profesionales del GESFO."};
    case Action::see_guideline_board:
      return {"the guideline board is for the planning office",
              "Esta vista es para el GESFO y la jefatura de la OAP. Los lineamientos vigentes los puede "
              "consultar todo el mundo."};
    case Action::confirm_control:
      return {"control points are confirmed by advisors and coordination",
              "El punto de control lo confirma un asesor o la coordinación del GESFO."};
    case Action::see_control_board:
      return {"the control board is for coordination and head",
              "Esta vista es para la coordinación del GESFO y la jefatura de la OAP."};
    case Action::answer_consult:
      return {"answering needs the assigned advisor or coordination",
              "Esta consulta la responde el asesor asignado o la coordinación del GESFO."};
    case Action::ask_advisor:
      return {"asking an advisor needs a role in the process",
              "Para pedir asesoría necesita ser líder, enlace o responsable de un proceso."};
  }
  return {"not allowed", "No está autorizado."};
}

tl::unexpected<Error> reads_only() {
  return fail(ErrorCode::refused, "internal control reads plans and final reports only",
              "No autorizado: Control Interno consulta el módulo Planes y los reportes finales de los "
              "procesos, y no modifica nada.");
}

}  // namespace

bool holds_role(const Person& person, Role role, std::string_view process_id, Date today) {
  return person.active && std::any_of(person.roles.begin(), person.roles.end(), [&](const RoleGrant& grant) {
           return grant.role == role && in_force(grant, today) && covers(grant, process_id);
         });
}

Result<void> may(const Person& person, Action action, std::string_view process_id, std::string_view practice,
                 Date today) {
  if (allowed(person, action, process_id, practice, today)) return {};
  if (holds_role(person, Role::internal_control, "", today)) return reads_only();
  const Refusal refusal = refusal_of(action);
  return fail(ErrorCode::refused, refusal.detail, refusal.sentence);
}

Result<void> may_write(const Person& person, Date today) {
  if (!holds_role(person, Role::internal_control, "", today)) return {};
  const bool has_another = std::any_of(person.roles.begin(), person.roles.end(), [&](const RoleGrant& grant) {
    return grant.role != Role::internal_control && in_force(grant, today);
  });
  if (has_another) return {};
  return reads_only();
}

Result<void> may_record(const Person& person, const Item& item, Date today) {
  if (auto in_process = may(person, Action::record_progress, item.process_id, item.practice, today);
      !in_process) {
    return in_process;
  }
  if (item.owner_id.empty() || item.owner_id == person.id) return {};
  if (holds_any(person, {Role::leader, Role::liaison}, item.process_id, today)) return {};
  return fail(
      ErrorCode::refused, "an owner records own items only",
      "Este elemento está a cargo de otra persona. Lo registra su responsable, el enlace o el líder.");
}

}  // namespace pao::procedure
