#include "cards/status_card.hpp"

#include "cards/commitment_block.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;
using procedure::ObligationState;

constexpr std::size_t requests_shown = 4;
constexpr std::size_t commitments_shown = 3;
constexpr std::size_t explained_days_shown = 60;

struct Group {
  const char* title;
  int count;  // over all pages; 0: not told
  Tone tone;
};

Group group_of(const StatusView& view, const StatusLine& line) {
  if (line.reopened_until) return {"Reabiertas", view.reopened, Tone::warning};
  switch (line.state) {
    case ObligationState::overdue:
      return {"Vencidas", view.overdue, Tone::attention};
    case ObligationState::due_soon:
      return {"Vencen pronto", view.due_soon, Tone::warning};
    case ObligationState::open:
      return {"Abiertas", view.open, Tone::normal};
    case ObligationState::met:
    case ObligationState::met_late:
    case ObligationState::no_record_due:
      return {"Sin pendiente", 0, Tone::normal};
    case ObligationState::future:
      break;
  }
  return {"Más adelante", 0, Tone::normal};
}

std::vector<Button> line_buttons(const StatusLine& line) {
  const procedure::Obligation& due = line.obligation;
  std::vector<Button> buttons;
  if (line.can_register)
    buttons.push_back(
        {"Registrar", verb::progress_form, {{"elemento", due.item_id}, {"periodo", due.period}}});
  buttons.push_back({"¿Por qué esta fecha?",
                     verb::explain_due,
                     {{"practica", due.practice}, {"elemento", due.item_id}, {"periodo", due.period}}});
  return buttons;
}

Json line_block(const StatusView& view, const StatusLine& line) {
  const procedure::Obligation& due = line.obligation;
  std::string about = practice_name(due.practice) + " · " + due.item_id + " · " + period_name(due.period);
  if (view.process_names.size() > 1) about += " · proceso " + due.process_id;
  Blocks items = {text(shorten(line.item_name, 160), {.bold = true}), text(about, subtle_small)};
  if (!line.owner_name.empty()) items.push_back(text("Responsable: " + line.owner_name, subtle_small));
  items.push_back(text(due_phrase(due.due_on, line.business_days_left),
                       {.tight = true, .tone = group_of(view, line).tone}));
  if (line.reopened_until)
    items.push_back(text(
        "Reabierto hasta el " + long_date(*line.reopened_until) + ". El registro quedará como extemporáneo.",
        {.bold = true, .tight = true}));
  items.push_back(button_row(line_buttons(line)));
  return separated(container(std::move(items)));
}

std::string counts(const StatusView& view) {
  std::vector<std::string> parts;
  const auto add = [&](int count, const char* one, const char* many) {
    if (count > 0) parts.push_back(std::to_string(count) + " " + (count == 1 ? one : many));
  };
  add(view.reopened, "reabierta", "reabiertas");
  add(view.overdue, "vencida", "vencidas");
  add(view.due_soon, "vence pronto", "vencen pronto");
  add(view.open, "abierta", "abiertas");
  add(static_cast<int>(view.commitments.size()), "compromiso abierto", "compromisos abiertos");
  return enumerate(parts);
}

void add_lines(Blocks& body, const StatusView& view) {
  std::string_view shown_group;
  bool closed_period = false;  // of the group being shown
  const auto end_group = [&] {
    if (closed_period)
      body.push_back(text("Si el periodo ya cerró, pida la reapertura con una SS-5 y explique la razón.",
                          {.subtle = true, .small = true}));
    closed_period = false;
  };
  for (const StatusLine& line : view.lines) {
    const Group group = group_of(view, line);
    if (group.title != shown_group) {
      end_group();
      shown_group = group.title;
      const std::string count = group.count > 0 ? " (" + std::to_string(group.count) + ")" : "";
      body.push_back(section(group.title + count, group.tone));
    }
    body.push_back(line_block(view, line));
    closed_period = closed_period || (line.state == ObligationState::overdue && !line.can_register);
  }
  end_group();
}

std::string who(const StatusView& view) {
  return view.process_names.empty() ? view.person_name
                                    : view.person_name + " · " + enumerate(view.process_names);
}

bool owes_nothing(const StatusView& view) {
  return view.lines.empty() &&
         std::none_of(view.commitments.begin(), view.commitments.end(),
                      [](const CommitmentLine& line) { return line.business_days_left < 0; });
}

void add_commitments(Blocks& body, const StatusView& view) {
  if (view.commitments.empty()) return;
  body.push_back(section("Compromisos por cumplir (" + std::to_string(view.commitments.size()) + ")"));
  const std::size_t shown = std::min(view.commitments.size(), commitments_shown);
  for (std::size_t i = 0; i < shown; ++i) body.push_back(commitment_block(view.commitments[i]));
  if (view.commitments.size() > shown)
    body.push_back(
        text(more_line(static_cast<int>(view.commitments.size() - shown)) + ", en «Mis compromisos».",
             {.subtle = true}));
}

Json request_row(const procedure::ServiceRequest& request) {
  std::string about = std::string(request.provisional ? "Número provisional " : "") + request.id + " · " +
                      request_type_name(request.type) + " · " + request_state_text(request);
  if (request.endorsement_pending) about += " · falta el aval del líder";
  if (request.due_on) about += " · vence el " + long_date(*request.due_on);
  return separated(
      side_by_side({text(shorten(request.subject, 160), {.bold = true}), text(about, subtle_small)},
                   {button_row({{"Ver solicitud", verb::request_view, {{"ss", request.id}}}})}));
}

// "lunes 9 de noviembre": the year stands in the heading, and in the list only when it is another one.
std::string day_in_list(Date day, Date due_on) {
  const auto year = [](Date of) { return std::chrono::year_month_day{of}.year(); };
  const std::string full = weekday_date(day);
  return year(day) == year(due_on) ? full.substr(0, full.rfind(" de ")) : full;
}

std::vector<Button> page_buttons(const StatusView& view, int pages) {
  std::vector<Button> buttons;
  if (view.page > 0)
    buttons.push_back({"Anteriores", verb::my_status, {{"pagina", std::to_string(view.page - 1)}}});
  if (view.page + 1 < pages)
    buttons.push_back({"Siguientes", verb::my_status, {{"pagina", std::to_string(view.page + 1)}}});
  if (buttons.empty()) buttons.push_back({"Actualizar", verb::my_status, {{"pagina", "0"}}});
  if (view.commitments.size() > commitments_shown)
    buttons.push_back({"Mis compromisos", verb::commitment_list, {{"pagina", "0"}}});
  return buttons;
}

}  // namespace

Card status_card(const StatusView& view) {
  const int pages = std::max(1, (view.total + status_page_size - 1) / status_page_size);
  const std::string count = counts(view);
  Blocks body = {heading("Sus pendientes"), text(shorten(who(view), 400), subtle_small)};
  if (owes_nothing(view))
    body.push_back(text("Está al día: no tiene nada por registrar en este momento.", {.bold = true}));
  if (!count.empty()) body.push_back(text("En total: " + count + "."));
  if (!view.lines.empty()) {
    add_lines(body, view);
    if (pages > 1)
      body.push_back(text("Página " + std::to_string(view.page + 1) + " de " + std::to_string(pages) + ", " +
                              std::to_string(view.total) + " pendientes en total.",
                          {.subtle = true, .small = true}));
  }
  add_commitments(body, view);
  if (!view.requests.empty()) {
    body.push_back(section("Solicitudes SS en curso"));
    const std::size_t shown = std::min(view.requests.size(), requests_shown);
    for (std::size_t i = 0; i < shown; ++i) body.push_back(request_row(view.requests[i]));
    if (view.requests.size() > shown)
      body.push_back(text(more_line(static_cast<int>(view.requests.size() - shown)) + ".", {.subtle = true}));
  }
  body.push_back(text("Información al " + long_instant(view.as_of), {.subtle = true, .small = true}));
  return finish({count.empty() ? "Sus pendientes: está al día" : "Sus pendientes: " + count, std::move(body),
                 page_buttons(view, pages)});
}

Card due_card(const DueView& view) {
  Blocks body = {heading("Vence el " + weekday_date(view.due_on)),
                 text(shorten(view.what, 300), {.bold = true}),
                 text("Regla: " + without_final_period(shorten(view.rule, 400)) + ".")};
  const std::size_t shown = std::min(view.days.size(), explained_days_shown);
  if (shown > 0) body.push_back(section("Así se cuentan los días"));
  for (std::size_t i = 0; i < shown; ++i) {
    const bool counts_as_day = view.days[i].reason.rfind("día hábil", 0) == 0;
    body.push_back(
        text(day_in_list(view.days[i].day, view.due_on) + " · " + shorten(view.days[i].reason, 160),
             {.bold = counts_as_day, .subtle = !counts_as_day, .tight = i > 0}));
  }
  if (view.days.size() > shown)
    body.push_back(text(more_line(static_cast<int>(view.days.size() - shown)) + ".", {.subtle = true}));
  body.push_back(
      text("El plazo cierra a las 11:59 p. m. de ese día, hora de Bogotá.", {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (!view.criterion_code.empty())
    buttons.push_back({"Ver " + view.criterion_code,
                       verb::choose_criterion,
                       {{"codigo", view.criterion_code}, {"pregunta", ""}, {"dia", ""}}});
  buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish({"Vence el " + weekday_date(view.due_on), std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
