#include "cards/commitment_card.hpp"

#include "cards/commitment_block.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards {
namespace {

using namespace build;

std::string about(const CommitmentLine& line) {
  std::string words = line.id;
  if (!line.process_name.empty()) words += " · " + line.process_name;
  if (!line.owner_name.empty()) words += " · Responsable: " + line.owner_name;
  return words;
}

Button list_button(const char* title, int page) {
  return {title, verb::commitment_list, {{"pagina", std::to_string(page)}}, Button::Kind::normal, false};
}

}  // namespace

Button fulfil_button(const std::string& commitment_id) {
  return {"Marcar como cumplido", verb::commitment_form, {{"compromiso", commitment_id}}};
}

Json commitment_block(const CommitmentLine& line) {
  Blocks items = {text(shorten(line.what, 160), {.bold = true}),
                  text(shorten(about(line), 300), subtle_small)};
  if (line.due_on)
    items.push_back(
        text(due_phrase(*line.due_on, line.business_days_left),
             {.tight = true, .tone = line.business_days_left < 0 ? Tone::attention : Tone::normal}));
  items.push_back(button_row({fulfil_button(line.id)}));
  return separated(container(std::move(items)));
}

Card commitment_list_card(const CommitmentListView& view) {
  const std::string title = "Compromisos abiertos";
  if (view.lines.empty()) {
    return finish({title,
                   {heading(title), text("No tiene compromisos por cumplir.")},
                   {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
  }
  const int pages = std::max(1, (view.total + commitment_page_size - 1) / commitment_page_size);
  Blocks body = {heading(title), text("Marque el que ya cumplió: pido la fecha y la evidencia.",
                                      {.subtle = true, .tight = true})};
  for (const CommitmentLine& line : view.lines) body.push_back(commitment_block(line));
  if (pages > 1)
    body.push_back(text("Página " + std::to_string(view.page + 1) + " de " + std::to_string(pages) + ", " +
                            std::to_string(view.total) + " compromisos en total.",
                        {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (view.page > 0) buttons.push_back(list_button("Anteriores", view.page - 1));
  if (view.page + 1 < pages) buttons.push_back(list_button("Siguientes", view.page + 1));
  buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish({title + ": " + std::to_string(view.total), std::move(body), std::move(buttons)});
}

Card commitment_form_card(const CommitmentFormView& view) {
  const CommitmentLine& line = view.commitment;
  const std::string title = "Marcar como cumplido";
  Blocks body = {heading(title), text(shorten(line.what, 300), {.bold = true}),
                 text(shorten(about(line), 300), subtle_small)};
  if (line.due_on)
    body.push_back(text(due_phrase(*line.due_on, line.business_days_left), {.small = true, .tight = true}));
  if (!view.problem.empty())
    body.push_back(container({text(view.problem, {.bold = true, .tone = Tone::attention})}, Box::attention));
  body.push_back(date_input({"fecha", "Qué día se cumplió", view.day}));
  body.push_back(
      paragraph_input({"evidencia", "Evidencia: qué lo muestra y dónde está", shorten(view.evidence, 4000)},
                      static_cast<int>(procedure::longest_fulfilment_evidence)));
  return finish({title + ": " + line.id,
                 std::move(body),
                 {{"Guardar", verb::commitment_save, {{"compromiso", line.id}}, Button::Kind::primary},
                  list_button("Mis compromisos", 0)}});
}

Card commitment_receipt_card(const CommitmentReceiptView& view) {
  const std::string title = "Compromiso cumplido";
  return finish({title + ": " + view.commitment.id,
                 {heading(title), text(shorten(view.commitment.what, 300), {.bold = true}),
                  facts({{"Compromiso", view.commitment.id},
                         {"Proceso", view.commitment.process_name},
                         {"Responsable", view.commitment.owner_name},
                         {"Plazo", view.commitment.due_on ? long_date(*view.commitment.due_on) : ""},
                         {"Cumplido el", long_date(view.fulfilled_on)},
                         {"Evidencia", shorten(view.evidence, 1200)},
                         {"Lo marcó", view.marked_by_name}}),
                  text("No vuelvo a avisarle de este compromiso.", {.subtle = true, .small = true})},
                 {list_button("Mis compromisos", 0)}});
}

std::string fulfilment_problem_sentence(procedure::FulfilmentProblem problem) {
  using procedure::FulfilmentProblem;
  switch (problem) {
    case FulfilmentProblem::none:
      return "";
    case FulfilmentProblem::no_date:
      return "Elija el día en que se cumplió.";
    case FulfilmentProblem::in_the_future:
      return "Ese día aún no llega. Elija hoy o un día anterior.";
    case FulfilmentProblem::before_it_began:
      return "Ese día es anterior a la mesa en que se acordó. Elija otro.";
    case FulfilmentProblem::no_evidence:
      return "Escriba la evidencia: qué muestra que se cumplió, o el enlace donde está.";
    case FulfilmentProblem::long_evidence:
      return "La evidencia es muy larga. Use máximo 1.000 caracteres.";
  }
  return "";
}

}  // namespace pao::cards
