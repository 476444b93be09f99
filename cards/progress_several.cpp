// Several records in one form, each item with its own inputs.
#include "cards/card_builder.hpp"
#include "cards/progress_card.hpp"
#include "cards/progress_fields.hpp"
#include "cards/record_facts.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards {
namespace {

using namespace build;

// A turn takes 64 values; the button itself carries a few.
constexpr std::size_t most_inputs = 56;

// Known without asking: who is responsible is told by the item.
std::vector<AskedField> fields_of(const ProgressFormView& item) {
  std::vector<AskedField> fields = asked_fields(item);
  std::erase_if(fields, [](const AskedField& asked) { return asked.field == "responsable"; });
  return fields;
}

std::size_t items_that_fit(const ProgressSeveralView& view) {
  std::size_t inputs = 0;
  std::size_t items = 0;
  for (const ProgressFormView& item : view.items) {
    inputs += fields_of(item).size() + 1;
    if (inputs > most_inputs || items == most_items_at_once) break;
    ++items;
  }
  return items;
}

// "Porcentaje de avance acumulado: 90 % · Evidencia: octubre.pdf"
std::string values_line(const procedure::ProgressRecord& record) {
  std::string line;
  for (const auto& [label, value] : recorded_values(record))
    line += (line.empty() ? "" : " · ") + label + ": " + shorten(value, 120);
  return shorten(line, 500);
}

void add_saved(Blocks& body, const ProgressSeveralView& view) {
  if (view.saved.empty()) return;
  Blocks items = {
      text(view.saved.size() == 1 ? "Quedó registrado:" : "Quedaron registrados:", {.bold = true})};
  for (const SavedItem& one : view.saved) {
    const std::string timeliness = timeliness_name(one.record.timeliness);
    items.push_back(text(shorten(one.item_name, 120) + ": comprobante " + one.record.id +
                             (timeliness.empty() ? "" : ", " + timeliness),
                         {.small = true, .tight = true}));
    items.push_back(text(values_line(one.record), subtle_small));
    for (const std::string& remark : one.remarks)
      items.push_back(text(shorten(remark, 300), {.small = true, .tight = true}));
  }
  const procedure::ProgressRecord& last = view.saved.back().record;
  items.push_back(text((view.author_name.empty() ? "" : "Registró " + view.author_name + ". ") +
                           long_instant(last.recorded_at) + ", por " + channel_text(last.channel) + ". " +
                           filing_text(last.filing) + ".",
                       {.small = true}));
  body.push_back(container(std::move(items), Box::good));
}

void add_item(Blocks& body, const ProgressFormView& item, std::size_t number) {
  const std::string suffix = "_" + std::to_string(number);
  body.push_back(separated(
      container({text(std::to_string(number) + ". " + shorten(item.item.name, 160), {.bold = true}),
                 text(item.item.id +
                          (item.planned.empty()
                               ? ""
                               : " · programado " + value_text("porcentaje_programado", item.planned)) +
                          (item.last_known.empty() ? "" : " · antes: " + item.last_known),
                      subtle_small)})));
  for (const FormProblem& doubt : item.doubts)
    body.push_back(text("Revise " + field_label(doubt.field) + ": " + shorten(doubt.sentence, 300),
                        {.small = true, .tone = Tone::warning}));
  for (const AskedField& asked : fields_of(item)) add_progress_field(body, item, asked, suffix);
}

Card form_of(const ProgressSeveralView& view, std::size_t shown, bool doubtful) {
  const std::string title = "Registrar varios avances: " + practice_name(view.practice);
  Blocks body = {heading(title), facts({{"Proceso", view.process_name},
                                        {"Periodo", period_name(view.period)},
                                        {"Plazo", due_phrase(view.due_on, view.business_days_left)}})};
  add_saved(body, view);
  body.push_back(text("Llene los que quiera registrar ahora. Los que deje en blanco no se registran.",
                      {.subtle = true, .small = true}));
  Data data = {{"proceso", view.process_id}, {"practica", view.practice}, {"periodo", view.period}};
  for (std::size_t i = 0; i < shown; ++i) {
    data.emplace_back("elemento_" + std::to_string(i + 1), view.items[i].item.id);
    add_item(body, view.items[i], i + 1);
  }
  if (doubtful) data.emplace_back("confirmado", "si");
  if (shown < view.items.size())
    body.push_back(
        text(more_line(static_cast<int>(view.items.size() - shown)) + ", en el formulario siguiente.",
             {.subtle = true}));
  return finish({title,
                 std::move(body),
                 {{doubtful ? "Guardar así" : "Guardar los que llené", verb::progress_several_save,
                   std::move(data), Button::Kind::primary},
                  {"Más tarde", verb::my_status, {{"pagina", "0"}}, Button::Kind::normal, false}}});
}

Card receipt_of(const ProgressSeveralView& view) {
  Blocks body = {heading("Avances registrados"),
                 text(practice_name(view.practice) + " · " + period_name(view.period), subtle_small)};
  add_saved(body, view);
  return finish(
      {"Avances registrados: " + std::to_string(view.saved.size()),
       std::move(body),
       {{"Mis avances", verb::progress_recent, {}}, {"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
}

}  // namespace

Card progress_several_card(const ProgressSeveralView& view) {
  if (view.items.empty()) return receipt_of(view);
  const bool doubtful = std::any_of(view.items.begin(), view.items.end(),
                                    [](const ProgressFormView& item) { return !item.doubts.empty(); });
  for (std::size_t shown = items_that_fit(view); shown > 1; --shown) {
    Card card = form_of(view, shown, doubtful);
    if (card.json.find(verb::progress_several_save) != std::string::npos) return card;
  }
  return form_of(view, 1, doubtful);
}

}  // namespace pao::cards
