#include "cards/oversight_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t shown_bytes = 500;
constexpr std::size_t adjustments_shown = 4;
constexpr std::size_t reports_shown = 8;

void add_notice(Blocks& body, const std::string& notice) {
  body.push_back(container({text(notice, {.small = true})}, Box::emphasis));
}

void add_pages(std::vector<Button>& buttons, const char* verb, Data data, int page, int page_size,
               std::size_t shown, int total) {
  const int last = page * page_size + static_cast<int>(shown);
  const auto go = [&](const char* title, int to) {
    Data with = data;
    with.emplace_back("pagina", std::to_string(to));
    buttons.push_back({title, verb, std::move(with)});
  };
  if (page > 0) go("Anteriores", page - 1);
  if (last < total) go("Siguientes", page + 1);
}

Button plans_button(const std::string& process_id) {
  return {"Planes del proceso", verb::oversight_plan, {{"proceso", process_id}, {"pagina", "0"}}};
}

}  // namespace

Card oversight_list_card(const OversightListView& view) {
  Blocks body = {heading("Planes de los procesos")};
  add_notice(body, view.notice);
  for (const auto& [id, name] : view.processes) {
    body.push_back(separated(
        side_by_side({text(name), text(id, subtle_small)},
                     {button_row({{"Planes", verb::oversight_plan, {{"proceso", id}, {"pagina", "0"}}},
                                  {"Reportes", verb::oversight_reports, {{"proceso", id}}}})})));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_list, {}, view.page, oversight_list_size, view.processes.size(),
            view.total);
  return finish({"Planes de los procesos", std::move(body), std::move(buttons)});
}

Card plan_overview_card(const PlanOverview& view) {
  Blocks body = {heading("Planes de " + view.process_name), text(view.summary),
                 text("Corte: " + long_instant(view.as_of), subtle_small)};
  add_notice(body, view.notice);
  for (const PlanLine& line : view.activities) {
    body.push_back(separated(side_by_side(
        {text(line.id + ": " + shorten(line.name, 200), {.bold = true}), text(line.figures, {.tight = true}),
         text(line.detail, subtle_small)},
        {button_row({{"Detalle", verb::oversight_activity, {{"elemento", line.id}, {"pagina", "0"}}}})})));
  }
  if (view.activities.empty()) body.push_back(text("El proceso no tiene actividades en sus planes."));
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_plan, {{"proceso", view.process_id}}, view.page, plan_page_size,
            view.activities.size(), view.total);
  buttons.push_back({"Reportes finales", verb::oversight_reports, {{"proceso", view.process_id}}});
  return finish({"Planes de " + view.process_name, std::move(body), std::move(buttons)});
}

Card plan_activity_card(const PlanActivityView& view) {
  Blocks body = {heading(view.activity.id + ": " + shorten(view.activity.name, 200)),
                 text(view.process_name, subtle_small), text(view.activity.figures),
                 text(view.activity.detail, subtle_small)};
  add_notice(body, view.notice);
  for (const PlanRecordLine& line : view.records) {
    body.push_back(separated(container({text(line.title, {.bold = true}), text(line.figures, {.tight = true}),
                                        facts({{"Descripción", shorten(line.description, shown_bytes)},
                                               {"Justificación", shorten(line.justification, shown_bytes)},
                                               {"Evidencia", shorten(line.evidence, shown_bytes)}})})));
  }
  if (view.records.empty()) body.push_back(text("Todavía no hay periodos por registrar."));
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_activity, {{"elemento", view.activity.id}}, view.page, plan_records_size,
            view.records.size(), view.total);
  buttons.push_back(plans_button(view.process_id));
  return finish({view.activity.id + ": " + view.activity.name, std::move(body), std::move(buttons)});
}

Card finished_reports_card(const FinishedReportsView& view) {
  Blocks body = {heading("Reportes finales de " + view.process_name)};
  add_notice(body, view.notice);
  if (view.reports.empty()) body.push_back(text("El proceso no tiene reportes finales."));
  for (std::size_t i = 0; i < view.reports.size() && i < reports_shown; ++i) {
    const FinishedReportLine& line = view.reports[i];
    body.push_back(separated(
        container({text(line.title, {.bold = true}), text(line.detail), text(line.id, subtle_small)})));
  }
  if (!view.adjustments.empty()) body.push_back(section("Ajustes que pidió el proceso"));
  for (std::size_t i = 0; i < view.adjustments.size() && i < adjustments_shown; ++i) {
    body.push_back(separated(container({text(view.adjustments[i].title, {.bold = true}),
                                        text(shorten(view.adjustments[i].detail, 2 * shown_bytes))})));
  }
  return finish(
      {"Reportes finales de " + view.process_name, std::move(body), {plans_button(view.process_id)}});
}

Card oversight_reads_card(const OversightReadsView& view) {
  Blocks body = {heading("Lo que consultó Control Interno")};
  if (view.reads.empty()) body.push_back(text("No hay consultas registradas."));
  for (const OversightReadLine& line : view.reads) {
    body.push_back(text(long_instant(line.at) + ": " + line.who + ", " + line.what, {.small = true}));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_reads, {}, view.page, oversight_reads_size, view.reads.size(),
            view.total);
  return finish({"Lo que consultó Control Interno", std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
