#include "cards/entry_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using procedure::EntryState;

constexpr std::size_t shown_bytes = 4000;

FieldSpec named(const char* field, const char* label, FieldKind kind) {
  FieldSpec spec = field_spec(field);
  spec.label = label;
  spec.kind = kind;
  return spec;
}

std::string terms_of(const EntryView& view) {
  const std::string first = std::to_string(view.term);
  return view.last_term > view.term ? first + " a " + std::to_string(view.last_term) : first;
}

std::string step_words(const EntryStepView& step, bool is_first) {
  const std::string because = step.words.empty() ? "" : ": " + without_final_period(step.words);
  const std::string what = step.kind == "propuesta"    ? (is_first ? " la propuso" : " la propuso de nuevo")
                           : step.kind == "aprobada"   ? " la aprobó"
                           : step.kind == "devuelta"   ? " la devolvió" + because
                           : step.kind == "descartada" ? " la descartó" + because
                           : step.kind == "mantenida"  ? " la mantuvo para " + step.words
                                                       : " la retiró" + because;
  return long_date(local_date(step.at)) + ": " + shorten(step.actor_name + what, 400) + ".";
}

void add_history(Blocks& body, const EntryView& view) {
  constexpr std::size_t steps_shown = 8;
  if (view.history.empty()) return;
  body.push_back(section("Lo que se ha hecho"));
  const std::size_t first = view.history.size() > steps_shown ? view.history.size() - steps_shown : 0;
  for (std::size_t i = first; i < view.history.size(); ++i)
    body.push_back(text(step_words(view.history[i], i == 0), subtle_small));
}

// It answers nobody until somebody decides.
std::string renewal_sentence(const EntryView& view) {
  return "Ya rigen los lineamientos de " + std::to_string(view.renew_for) +
         ". Esta respuesta no se usa hasta que se mantenga.";
}

std::string entry_title(const EntryView& view) {
  return view.id + ": " + entry_state_name(view.state);
}

}  // namespace

std::string entry_state_name(EntryState state) {
  switch (state) {
    case EntryState::proposed:
      return "Espera aprobación";
    case EntryState::returned:
      return "Devuelta para corregir";
    case EntryState::approved:
      return "Aprobada";
    case EntryState::rejected:
      return "Descartada";
    case EntryState::retired:
      return "Retirada";
  }
  return "";
}

std::string approved_answer_source(Date approved_on) {
  return "Respuesta aprobada por GESFO, " + long_date(approved_on);
}

Card entry_form_card(const EntryFormView& view) {
  Blocks body = {
      heading("Proponer una respuesta para todos"),
      text("Si otra persona la aprueba, PAO Teams la usará cuando alguien pregunte lo mismo. Quite nombres "
           "y datos del caso.")};
  if (!view.problem.empty())
    body.push_back(text("Corrija: " + view.problem, {.bold = true, .tone = Tone::attention}));
  FieldSpec practice = named("practica", "Práctica", FieldKind::choice);
  for (const auto& [id, name] : view.practices) practice.choices.push_back({id, name});
  add_field_input(body, practice, view.practice, true, {});
  add_field_input(body, named("titulo", "La pregunta, como la haría cualquiera", FieldKind::paragraph),
                  view.title, true, {});
  add_field_input(body, named("texto", "La respuesta", FieldKind::paragraph), view.text, true, {});
  return finish({"Proponer una respuesta para todos",
                 std::move(body),
                 {{"Proponer",
                   verb::entry_propose,
                   {{"consulta", view.consult_id}, {"entrada", view.entry_id}},
                   Button::Kind::primary}}});
}

Card entry_card(const EntryView& view) {
  Blocks body = {heading(entry_title(view)), text(shorten(view.title, 400), {.bold = true}),
                 text(shorten(view.text, shown_bytes)),
                 facts({{"Práctica", view.practice_name},
                        {"Vigencia", terms_of(view)},
                        {"La propuso", view.proposed_by_name},
                        {"Consulta", view.consult_id},
                        {"Motivo", shorten(view.reason, 600)}})};
  if (view.renew_for > 0) body.push_back(container({text(renewal_sentence(view))}, Box::warning));
  add_history(body, view);
  std::vector<Button> buttons;
  const Data data = {{"entrada", view.id}};
  if (view.may_decide) {
    add_field_input(body, named("motivo", "Motivo, si la devuelve o la retira", FieldKind::paragraph), "",
                    false, {});
    if (view.state == EntryState::proposed) {
      buttons.push_back({"Aprobar", verb::entry_approve, data, Button::Kind::primary});
      buttons.push_back({"Devolver", verb::entry_return, data});
    }
    if (view.renew_for > 0) {
      const std::string vigencia = std::to_string(view.renew_for);
      buttons.push_back({"Mantener para " + vigencia,
                         verb::entry_renew,
                         {{"entrada", view.id}, {"vigencia", vigencia}},
                         Button::Kind::primary});
    }
    if (view.state == EntryState::approved) buttons.push_back({"Retirar", verb::entry_retire, data});
  }
  if (view.may_correct && view.state == EntryState::returned)
    buttons.push_back(
        {"Corregir y proponer", verb::entry_form, {{"consulta", view.consult_id}}, Button::Kind::primary});
  if (buttons.empty()) buttons.push_back({"Respuestas para todos", verb::entry_list, {}});
  return finish({entry_title(view) + ". " + view.title, std::move(body), std::move(buttons)});
}

Card entry_list_card(const std::vector<EntryView>& entries) {
  constexpr std::size_t shown = 8;
  const bool waits = !entries.empty() && entries.front().renew_for > 0;
  Blocks body = {
      heading("Respuestas para todos"),
      text(entries.empty() ? "Nadie ha propuesto una. Después de responder una consulta puede proponerla."
           : waits ? "Primero las que hay que mantener o retirar; luego, de la más reciente a la más antigua."
                   : "Las que se propusieron, de la más reciente a la más antigua.")};
  for (std::size_t i = 0; i < entries.size() && i < shown; ++i) {
    const EntryView& entry = entries[i];
    Blocks row = {
        text(shorten(entry.title, 160), {.bold = true}),
        text(entry.id + " · " + entry.practice_name + " · " + entry_state_name(entry.state), subtle_small)};
    if (entry.renew_for > 0)
      row.push_back(text(renewal_sentence(entry), {.small = true, .tone = Tone::warning}));
    body.push_back(separated(
        side_by_side(std::move(row), {button_row({{"Abrir", verb::entry_view, {{"entrada", entry.id}}}})})));
  }
  if (entries.size() > shown)
    body.push_back(text(more_line(static_cast<int>(entries.size() - shown)), subtle_small));
  return finish({"Respuestas para todos", std::move(body)});
}

}  // namespace pao::cards
