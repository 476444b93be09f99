#include "cards/rights_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/fields.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t matters_shown = 12;
constexpr std::size_t documents_shown = 5;

std::string term_text(const std::optional<Date>& since, const std::optional<Date>& until) {
  if (since && until) return "del " + long_date(*since) + " al " + long_date(*until);
  if (until) return "hasta el " + long_date(*until);
  if (since) return "desde el " + long_date(*since);
  return "";
}

Json member_block(const TeamMember& member) {
  std::string role = role_name(member.role);
  if (member.role == procedure::Role::liaison && !member.principal) role += " adicional";
  std::string detail = term_text(member.since, member.until);
  if (!member.in_force) detail += detail.empty() ? "no está vigente" : ", no está vigente hoy";
  Blocks lines = {text(member.name, {.bold = member.in_force}), text(role, subtle_small)};
  if (!detail.empty()) lines.push_back(text(detail, subtle_small));
  return separated(container(std::move(lines)));
}

void add_list(Blocks& body, const char* title, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::vector<std::string> shown(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), matters_shown)));
  std::string words = enumerate(shown);
  if (names.size() > shown.size()) words += ", " + more_line(static_cast<int>(names.size() - shown.size()));
  body.push_back(facts({{title, words}}));
}

void add_field(Blocks& body, const char* name, const char* label, const char* hint, FieldKind kind,
               bool required, const std::string& value = "",
               const std::vector<std::pair<std::string, std::string>>& choices = {}) {
  FieldSpec spec{.name = name, .label = label, .kind = kind, .hint = hint};
  for (const auto& [id, title] : choices) spec.choices.push_back({id, title});
  if (!required) spec.label += " (opcional)";
  add_field_input(body, spec, value, required, {});
}

Button team_button(const std::string& process_id) {
  return {"Ver el equipo", verb::team_view, {{"proceso", process_id}}, Button::Kind::normal, false};
}

}  // namespace

std::string role_name(procedure::Role role) {
  switch (role) {
    case procedure::Role::leader:
      return "Líder";
    case procedure::Role::liaison:
      return "Enlace";
    case procedure::Role::owner:
      return "Responsable";
    case procedure::Role::advisor:
      return "Asesor GESFO";
    case procedure::Role::professional:
      return "Profesional GESFO";
    case procedure::Role::coordination:
      return "Coordinación GESFO";
    case procedure::Role::head:
      return "Jefatura de la OAP";
    case procedure::Role::internal_control:
      return "Control Interno";
    case procedure::Role::administrator:
      return "Administración técnica";
  }
  return "";
}

Card team_card(const TeamView& view) {
  Blocks body = {heading("Equipo de " + view.process_name)};
  for (const std::string& lack : view.lacking) {
    body.push_back(container({text(lack, {.bold = true})}, Box::attention));
  }
  for (const TeamMember& member : view.members) body.push_back(member_block(member));
  if (!view.documents.empty()) {
    body.push_back(section("Designaciones"));
    for (std::size_t i = 0; i < view.documents.size() && i < documents_shown; ++i)
      body.push_back(text(view.documents[i], {.small = true, .tight = true}));
  }
  std::vector<Button> buttons;
  if (view.may_designate) {
    buttons.push_back(
        {"Designar enlace", verb::designation_form, {{"proceso", view.process_id}}, Button::Kind::primary});
    buttons.push_back({"Retirar un enlace", verb::liaison_ending_form, {{"proceso", view.process_id}}});
  }
  return finish({"Equipo de " + view.process_name, std::move(body), std::move(buttons)});
}

Card designation_form_card(const DesignationFormView& view) {
  Blocks body = {heading("Designar enlace"), facts({{"Proceso", view.process_name}}),
                 text("El enlace es el primer contacto con los asesores: registra, presenta las SS y recibe "
                      "alertas y reportes. Mientras empieza el nuevo, sigue activo el anterior.")};
  add_field(body, "persona", "Persona", "Su correo institucional o su nombre completo.", FieldKind::line,
            true);
  add_field(body, "desde", "Desde", "", FieldKind::date, true, iso_date(view.today));
  add_field(body, "hasta", "Hasta", "Solo si es un reemplazo temporal.", FieldKind::date, false);
  add_field(body, "documento", "Documento de la designación", "Por ejemplo, memorando 12 del 9 de abril.",
            FieldKind::line, true);
  add_field(body, "principal", "¿Es el enlace principal?", "", FieldKind::choice, true, "si",
            {{"si", "Sí"}, {"no", "No"}});
  if (!view.liaisons.empty()) {
    add_field(body, "reemplaza", "¿A quién reemplaza?",
              "Deja de serlo cuando empieza el nuevo. Si es temporal, vuelve al terminar.", FieldKind::choice,
              false, "", view.liaisons);
  }
  return finish({"Designar enlace de " + view.process_name,
                 std::move(body),
                 {{"Designar", verb::designate, {{"proceso", view.process_id}}, Button::Kind::primary},
                  team_button(view.process_id)}});
}

Card liaison_ending_form_card(const DesignationFormView& view) {
  Blocks body = {heading("Retirar un enlace"), facts({{"Proceso", view.process_name}})};
  if (view.liaisons.empty()) {
    body.push_back(text("El proceso no tiene enlaces activos."));
    return finish({"Retirar un enlace", std::move(body), {team_button(view.process_id)}});
  }
  add_field(body, "persona", "Enlace", "", FieldKind::choice, true, "", view.liaisons);
  add_field(body, "ultimo_dia", "Último día", "", FieldKind::date, true, iso_date(view.today));
  add_field(body, "motivo", "Motivo", "", FieldKind::line, true);
  return finish({"Retirar un enlace de " + view.process_name,
                 std::move(body),
                 {{"Retirar", verb::liaison_ending, {{"proceso", view.process_id}}, Button::Kind::primary},
                  team_button(view.process_id)}});
}

Card designation_card(const DesignationView& view) {
  Blocks body = {heading("Enlace designado: " + view.person_name)};
  body.push_back(facts({{"Proceso", view.process_name},
                        {"Calidad", view.principal ? "Enlace principal" : "Enlace adicional"},
                        {"Vigencia", term_text(view.since, view.until)},
                        {"Documento", view.document},
                        {"Lo designó", view.leader_name},
                        {"Reemplaza a", view.replaced_name},
                        {"Vuelve el", view.returns_on ? long_date(*view.returns_on) : ""},
                        {"Constancia", view.id}}));
  body.push_back(text("Los plazos en curso no cambian: quien llega continúa con lo que está abierto.",
                      {.subtle = true, .small = true}));
  return finish({view.person_name + " es enlace de " + view.process_name, std::move(body)});
}

Card liaison_ending_card(const LiaisonEndingView& view) {
  Blocks body = {heading("Termina como enlace: " + view.person_name)};
  body.push_back(facts({{"Proceso", view.process_name},
                        {"Último día", long_date(view.last_day)},
                        {"Motivo", view.reason},
                        {"Continúa", enumerate(view.heirs)}}));
  if (view.heirs.empty()) {
    body.push_back(
        container({text("El proceso queda sin enlace. Designe uno: mientras tanto, todo lo abierto "
                        "lo atiende el líder.")},
                  Box::attention));
  }
  if (view.requests.empty() && view.items.empty()) {
    body.push_back(text("No deja asuntos abiertos."));
  } else {
    body.push_back(section("Lo que queda abierto"));
    add_list(body, "Solicitudes SS", view.requests);
    add_list(body, "Elementos a su cargo", view.items);
    if (!view.items.empty())
      body.push_back(text("Para cambiar el responsable de un elemento presente una SS-2.", subtle_small));
  }
  return finish({view.person_name + " termina como enlace de " + view.process_name, std::move(body)});
}

Card gaps_card(const GapsView& view) {
  Blocks body = {heading("Lo que no tiene a nadie a cargo")};
  if (view.lines.empty()) {
    body.push_back(
        text("Todos los procesos tienen líder, enlace y asesor activos, y todo lo abierto tiene a "
             "alguien a cargo."));
    return finish({"Todo tiene a alguien a cargo", std::move(body)});
  }
  for (const GapsView::Line& line : view.lines) {
    body.push_back(
        separated(container({text(line.process_name, {.bold = true}), text(line.what, subtle_small)})));
  }
  std::vector<Button> buttons;
  const int last = view.page * gaps_page_size + static_cast<int>(view.lines.size());
  if (view.page > 0)
    buttons.push_back({"Anteriores", verb::ownership_gaps, {{"pagina", std::to_string(view.page - 1)}}});
  if (last < view.total)
    buttons.push_back({"Siguientes", verb::ownership_gaps, {{"pagina", std::to_string(view.page + 1)}}});
  return finish({"Sin nadie a cargo: " + std::to_string(view.total), std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
