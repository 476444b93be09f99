#include "cards/verification_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/evidence_files.hpp"
#include "cards/field_input.hpp"
#include "cards/record_facts.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/control_points.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards {
namespace {

using namespace build;
using procedure::CheckItem;
using procedure::CheckKind;

std::string labels_of(const std::vector<std::string>& fields) {
  std::vector<std::string> labels;
  for (const std::string& field : fields) labels.push_back("«" + field_label(field) + "»");
  return enumerate(labels);
}

std::string check_text(const CheckItem& check) {
  switch (check.kind) {
    case CheckKind::on_time:
      return "Oportunidad: se guardó dentro del plazo";
    case CheckKind::complete:
      return check.fields.empty() ? "Están los datos obligatorios"
                                  : "Están los datos obligatorios. No encuentro " + labels_of(check.fields);
    case CheckKind::evidence:
      return "La evidencia es de una clase aceptada, del periodo y del elemento";
    case CheckKind::texts:
      return "Es claro y del periodo: " + labels_of(check.fields);
    case CheckKind::figures:
      return "Es coherente con lo descrito: " + labels_of(check.fields);
    case CheckKind::condition:
      return "Es suficiente: " + labels_of(check.fields);
  }
  return {};
}

std::string waiting_phrase(int business_days) {
  if (business_days <= 0) return "Registrado hoy";
  return "Espera desde hace " + std::to_string(business_days) +
         (business_days == 1 ? " día hábil" : " días hábiles");
}

std::string subject_line(const procedure::ProgressRecord& record) {
  return practice_name(record.practice) + " · " + record.item_id + " · " + period_name(record.period);
}

Json queue_row(const VerificationQueueLine& line) {
  const std::string timeliness = timeliness_name(line.timeliness);
  return separated(side_by_side(
      {text(shorten(line.item_name, 160), {.bold = true}), text(subject_line(line.record), subtle_small),
       text(shorten(line.process_name, 120), subtle_small),
       text(waiting_phrase(line.business_days_waiting) + (timeliness.empty() ? "" : " · " + timeliness) +
                (line.record.review == procedure::ReviewState::in_review
                     ? " · " + review_text(line.record.review)
                     : ""),
            {.small = true, .tight = true})},
      {button_row({{"Verificar", verb::verify_record, {{"registro", line.record.id}}}})}));
}

Blocks criteria_blocks(const std::vector<procedure::Criterion>& criteria) {
  Blocks items;
  for (const procedure::Criterion& criterion : criteria) {
    items.push_back(text(criterion.code + " " + criterion.title, {.bold = true, .small = true}));
    items.push_back(text(shorten(criterion.text, 600), subtle_small));
  }
  return items;
}

void add_list(Blocks& body, const std::string& title, const std::vector<std::string>& lines, Box box) {
  if (lines.empty()) return;
  Blocks items = {text(title, {.bold = true})};
  for (const std::string& line : lines)
    items.push_back(text("• " + shorten(line, 400), {.small = true, .tight = true}));
  body.push_back(container(std::move(items), box));
}

void add_previous(Blocks& body, const std::map<std::string, std::string>& previous) {
  Facts rows;
  for (const auto& [field, value] : previous) rows.emplace_back(field_label(field), shorten(value, 300));
  if (rows.empty()) return;
  body.push_back(section("El periodo anterior decía"));
  body.push_back(facts(rows));
}

void add_check(Blocks& body, const VerificationView& view, const CheckItem& check) {
  const auto mark = view.marks.find(check.id);
  std::string value = mark == view.marks.end() ? "" : mark->second;
  if (value.empty() && check.known) value = *check.known ? procedure::check_met : procedure::check_not_met;
  body.push_back(choice_input({.id = "punto_" + check.id,
                               .label = check_text(check),
                               .value = value,
                               .required = true,
                               .error = "Elija «cumple» o «no cumple»."},
                              {{procedure::check_met, "Cumple"}, {procedure::check_not_met, "No cumple"}},
                              ChoiceLook::buttons));
}

// Who knows of it and until when; the advisor has to see when nobody does.
std::string told_sentence(const VerificationDoneView& view) {
  const std::string until = view.correct_until ? weekday_date(*view.correct_until) : "";
  if (view.told.empty())
    return "El proceso no tiene enlace ni líder activos: nadie recibe el aviso. El plazo para corregir va "
           "hasta el " +
           until + ".";
  const bool one = view.told.size() == 1;
  return enumerate(view.told) + (one ? " recibe qué debe corregir" : " reciben qué deben corregir") +
         ", con plazo hasta el " + until + ".";
}

}  // namespace

Card verification_queue_card(const VerificationQueueView& view) {
  if (view.total == 0) {
    return finish({"No hay avances por verificar",
                   {heading("Está al día"), text("No hay avances por verificar en sus procesos.")},
                   {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
  }
  const std::string title =
      view.total == 1 ? "1 avance por verificar" : std::to_string(view.total) + " avances por verificar";
  Blocks body = {heading(title), text("El más antiguo va primero.", {.subtle = true, .tight = true})};
  for (const VerificationQueueLine& line : view.lines) body.push_back(queue_row(line));
  std::vector<Button> buttons;
  if (view.page > 0)
    buttons.push_back({"Anteriores", verb::verify_queue, {{"pagina", std::to_string(view.page - 1)}}});
  if ((view.page + 1) * verification_page_size < view.total)
    buttons.push_back({"Siguientes", verb::verify_queue, {{"pagina", std::to_string(view.page + 1)}}});
  return finish({title, std::move(body), std::move(buttons)});
}

Card verification_card(const VerificationView& view) {
  Blocks body = {heading("Verificar avance"), text(shorten(view.item_name, 200), {.bold = true}),
                 text(subject_line(view.record), subtle_small),
                 facts({{"Comprobante", view.record.id},
                        {"Nace de", view.origin},
                        {"Proceso", view.process_name},
                        {"Registró", view.author_name},
                        {"Guardado", long_instant(view.record.recorded_at)},
                        {"Plazo", long_date(view.due_on)},
                        {"Oportunidad", timeliness_name(view.timeliness)},
                        {"SMGI", filing_text(view.record.filing)}})};
  if (!view.problem.empty()) body.push_back(container({text(view.problem, {.bold = true})}, Box::attention));
  body.push_back(section("Lo registrado"));
  body.push_back(facts(recorded_values(view.record)));
  add_evidence_files(body, view.files);
  add_previous(body, view.previous);
  add_list(body, "Señales para revisar", view.signals, Box::warning);
  add_list(body, "Verificaciones anteriores", view.earlier, Box::emphasis);
  body.push_back(section("Lista de verificación"));
  for (Json& block : criteria_blocks(view.criteria)) body.push_back(std::move(block));
  for (const CheckItem& check : view.checklist) add_check(body, view, check);
  body.push_back(paragraph_input(
      {.id = "nota", .label = "Observación (opcional)", .value = shorten(view.note, 1500), .required = false},
      1500));
  body.push_back(paragraph_input({.id = "correccion",
                                  .label = "Si lo devuelve: qué debe corregir",
                                  .value = shorten(view.correction, 1500),
                                  .required = false},
                                 1500));
  body.push_back(text("Si lo devuelve hoy, el proceso tiene hasta el " + weekday_date(view.correct_until) +
                          " para corregir sin que cambie su oportunidad.",
                      subtle_small));
  const Data data = {{"registro", view.record.id}};
  return finish({"Verificar avance: " + view.item_name,
                 std::move(body),
                 {{"Aceptar", verb::verify_accept, data, Button::Kind::primary},
                  {"Devolver", verb::verify_return, data}}});
}

Card verification_done_card(const VerificationDoneView& view) {
  const std::string title = view.accepted ? "Avance aceptado" : "Avance devuelto";
  std::string sentence = "Comprobante " + view.record_id + ".";
  if (!view.accepted) sentence = told_sentence(view) + " " + sentence;
  const std::string left = view.waiting == 0 ? "No quedan avances por verificar."
                           : view.waiting == 1
                               ? "Queda 1 avance por verificar."
                               : "Quedan " + std::to_string(view.waiting) + " avances por verificar.";
  std::vector<Button> buttons;
  if (view.waiting > 0) buttons.push_back({"Ver la cola", verb::verify_queue, {{"pagina", "0"}}});
  Blocks body = {heading(title), text(shorten(view.item_name, 200), {.bold = true}), text(sentence),
                 text(left)};
  if (!view.control_subject.empty()) {
    body.push_back(container({text("Falta el punto de control", {.bold = true}),
                              text("Ya revisó todo lo de " + view.control_name +
                                   ". Confirme la verificación con fecha, resultado y observación.")},
                             Box::emphasis));
    buttons.push_back({"Confirmar punto de control",
                       verb::control_open,
                       {{"punto", std::string(procedure::to_word(procedure::ControlPoint::verification))},
                        {"asunto", view.control_subject}},
                       Button::Kind::primary});
  }
  return finish({title, std::move(body), std::move(buttons)});
}

Card record_returned_card(const RecordReturnedView& view) {
  std::vector<std::string> unmet;
  for (const CheckItem& check : view.unmet) unmet.push_back(check_text(check));
  Blocks body = {heading("Le devolvieron un avance para corregir"),
                 text(shorten(view.item_name, 200), {.bold = true}),
                 text(subject_line(view.record), subtle_small),
                 facts({{"Comprobante", view.record.id},
                        {"Proceso", view.process_name},
                        {"Verificó", view.advisor_name},
                        {"Plazo", due_phrase(view.correct_until, view.business_days_left)}}),
                 container({text("Qué debe corregir", {.bold = true}), text(shorten(view.correction, 1500))},
                           Box::warning)};
  add_list(body, "No cumple todavía", unmet, Box::plain);
  if (!view.note.empty()) body.push_back(text("Observación: " + shorten(view.note, 800), {.small = true}));
  for (Json& block : criteria_blocks(view.criteria)) body.push_back(std::move(block));
  body.push_back(
      text("Si corrige dentro del plazo, el avance conserva la oportunidad que tenía.", subtle_small));
  return finish(
      {"Avance devuelto: " + view.item_name,
       std::move(body),
       {{"Corregir", verb::progress_correct, {{"registro", view.record.id}}, Button::Kind::primary}}});
}

}  // namespace pao::cards
