#include "cards/progress_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/fields.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t choices_shown = 8;

Json choice_row(const ProgressChoice& choice) {
  return separated(side_by_side(
      {text(shorten(choice.item_name, 160), {.bold = true}),
       text(practice_name(choice.practice) + " · " + choice.item_id + " · " + period_name(choice.period),
            subtle_small),
       text(due_phrase(choice.due_on, choice.business_days_left),
            {.small = true,
             .tight = true,
             .tone = choice.business_days_left < 0 ? Tone::attention : Tone::normal})},
      {button_row({{"Registrar",
                    verb::progress_form,
                    {{"elemento", choice.item_id}, {"periodo", choice.period}}}})}));
}

std::string filing_text(procedure::FilingState filing) {
  switch (filing) {
    case procedure::FilingState::sent:
      return "Enviado al SMGI; falta su confirmación";
    case procedure::FilingState::confirmed:
      return "Confirmado en el SMGI";
    case procedure::FilingState::captured:
      break;
  }
  return "Guardado en PAO Teams; pendiente de pasar al SMGI";
}

std::string channel_text(const std::string& channel) {
  if (channel == "pao_teams") return "PAO Teams";
  if (channel == "smgi") return "SMGI";
  return channel;
}

// As the forms ask them; long texts last, because the short values are what people check.
Facts recorded_values(const procedure::ProgressRecord& record) {
  std::vector<std::pair<std::string, std::string>> values(record.values.begin(), record.values.end());
  const auto rank = [](const auto& value) {
    return std::pair(field_spec(value.first).kind == FieldKind::paragraph, field_position(value.first));
  };
  std::stable_sort(values.begin(), values.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  Facts rows;
  for (const auto& [field, value] : values) {
    const FieldSpec spec = field_spec(field);
    if (spec.kind != FieldKind::identity)
      rows.emplace_back(spec.label, shorten(value_text(field, value), 600));
  }
  return rows;
}

}  // namespace

Card progress_choice_card(const std::vector<ProgressChoice>& choices, int truncated) {
  if (choices.empty()) {
    return finish({"No tiene avances por registrar",
                   {heading("Está al día"), text("No tiene avances por registrar en este momento.")},
                   {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
  }
  Blocks body = {heading("¿Qué avance va a registrar?")};
  const std::size_t shown = std::min(choices.size(), choices_shown);
  for (std::size_t i = 0; i < shown; ++i) body.push_back(choice_row(choices[i]));
  const int hidden = truncated + static_cast<int>(choices.size() - shown);
  if (hidden > 0) body.push_back(text(more_line(hidden) + ". Véalos en sus pendientes.", {.subtle = true}));
  return finish({"¿Qué avance va a registrar?",
                 std::move(body),
                 {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
}

Card progress_receipt_card(const ProgressReceiptView& view) {
  const procedure::ProgressRecord& record = view.record;
  const bool late = view.timeliness == procedure::Timeliness::late;
  std::string timeliness = timeliness_name(view.timeliness);
  if (!timeliness.empty())
    timeliness += std::string(late ? ": el plazo era el " : ": dentro del plazo, que vence el ") +
                  long_date(view.due_on);
  Blocks body = {
      heading("Avance registrado"),
      text(shorten(view.item_name, 200), {.bold = true}),
      text(practice_name(record.practice) + " · " + record.item_id + " · " + period_name(record.period),
           subtle_small),
      facts({{"Comprobante", record.id},
             {"Proceso", view.process_name},
             {"Registró", view.author_name},
             {"Fecha y hora", long_instant(record.recorded_at)},
             {"Canal", channel_text(record.channel)},
             {"Oportunidad", timeliness},
             {"Estado", filing_text(record.filing)}}),
      section("Lo que quedó guardado"),
      facts(recorded_values(record))};
  return finish({"Avance registrado. Comprobante " + record.id,
                 std::move(body),
                 {{"Registrar otro", verb::progress_list, {{"practica", ""}}},
                  {"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
}

}  // namespace pao::cards
