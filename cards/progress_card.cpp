#include "cards/progress_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/record_facts.hpp"
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

}  // namespace

Card progress_choice_card(const std::vector<ProgressChoice>& choices, int truncated,
                          const std::vector<ProgressGroup>& groups) {
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
  std::vector<Button> buttons;
  for (const ProgressGroup& group : groups) {
    buttons.push_back(
        {"Varios: " + practice_name(group.practice) + " (" + std::to_string(group.count) + ")",
         verb::progress_several,
         {{"proceso", group.process_id}, {"practica", group.practice}, {"periodo", group.period}}});
  }
  buttons.push_back({"Mis avances", verb::progress_recent, {}});
  buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish({"¿Qué avance va a registrar?", std::move(body), std::move(buttons)});
}

Card progress_receipt_card(const ProgressReceiptView& view) {
  const procedure::ProgressRecord& record = view.record;
  const bool late = view.timeliness == procedure::Timeliness::late;
  std::string timeliness = timeliness_name(view.timeliness);
  if (!timeliness.empty())
    timeliness += std::string(late ? ": el plazo era el " : ": dentro del plazo, que vence el ") +
                  long_date(view.due_on);
  Blocks body = {
      heading(view.corrected ? "Avance corregido" : "Avance registrado"),
      text(shorten(view.item_name, 200), {.bold = true}),
      text(practice_name(record.practice) + " · " + record.item_id + " · " + period_name(record.period),
           subtle_small),
      facts({{"Comprobante", record.id},
             {"Proceso", view.process_name},
             {"Registró", view.author_name},
             {"Fecha y hora", long_instant(record.recorded_at)},
             {"Canal", channel_text(record.channel)},
             {"Oportunidad", timeliness},
             {"Verificación", review_text(record.review)},
             {"Estado", filing_text(record.filing)}}),
      section("Lo que quedó guardado"),
      facts(recorded_values(record))};
  for (const std::string& remark : view.remarks) body.push_back(text(remark, {.small = true}));
  if (view.corrected)
    body.push_back(text("Lo que decía antes se conserva en el historial del avance.", subtle_small));
  return finish(
      {(view.corrected ? "Avance corregido. Comprobante " : "Avance registrado. Comprobante ") + record.id,
       std::move(body),
       {{"Registrar otro", verb::progress_list, {{"practica", ""}}},
        {"Mis avances", verb::progress_recent, {}},
        {"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
}

Card recent_records_card(const std::vector<RecentRecord>& records) {
  if (records.empty()) {
    return finish({"No tiene avances recientes",
                   {heading("Sus avances"), text("No encuentro avances registrados por usted.")},
                   {{"Registrar avance", verb::progress_list, {{"practica", ""}}}}});
  }
  Blocks body = {heading("Sus avances recientes")};
  for (const RecentRecord& one : records) {
    Blocks shown = {text(shorten(one.item_name, 160), {.bold = true}),
                    text(practice_name(one.record.practice) + " · " + one.record.item_id + " · " +
                             period_name(one.record.period) + " · " + one.record.id,
                         subtle_small),
                    text(review_text(one.record.review) + ". " + filing_text(one.record.filing) +
                             (one.smgi_number.empty() ? "" : ", número " + one.smgi_number) + "." +
                             (one.author_name.empty() ? "" : " Registró " + one.author_name + "."),
                         {.small = true, .tight = true})};
    if (!one.smgi_reason.empty())
      shown.push_back(text("El SMGI no lo recibió: " + shorten(one.smgi_reason, 200),
                           {.small = true, .tight = true, .tone = Tone::attention}));
    if (!one.correction.empty())
      shown.push_back(text("Debe corregir: " + shorten(one.correction, 300),
                           {.small = true, .tight = true, .tone = Tone::attention}));
    if (one.can_change) {
      body.push_back(separated(
          side_by_side(std::move(shown),
                       {button_row({{"Corregir", verb::progress_correct, {{"registro", one.record.id}}}})})));
    } else {
      body.push_back(separated(container(std::move(shown))));
    }
  }
  return finish(
      {"Sus avances recientes", std::move(body), {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
}

}  // namespace pao::cards
