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

std::string term_words(int term) {
  return "Vigencia " + std::to_string(term);
}

Data with_term(Data data, int term) {
  data.emplace_back("vigencia", std::to_string(term));
  return data;
}

// The same card of the other vigencia, from its beginning.
void add_other_term(std::vector<Button>& buttons, const char* verb, Data data, int other_term) {
  if (other_term == 0) return;
  data.emplace_back("pagina", "0");
  buttons.push_back(
      {"Ver la vigencia " + std::to_string(other_term), verb, with_term(std::move(data), other_term)});
}

Button plans_button(Data data) {
  data.emplace_back("pagina", "0");
  return {"Planes del proceso", verb::oversight_plan, std::move(data)};
}

}  // namespace

Card oversight_list_card(const OversightListView& view) {
  Blocks body = {heading("Planes de los procesos"), text(term_words(view.term))};
  add_notice(body, view.notice);
  for (const auto& [id, name] : view.processes) {
    body.push_back(
        separated(side_by_side({text(name), text(id, subtle_small)},
                               {button_row({{"Planes", verb::oversight_plan,
                                             with_term({{"proceso", id}, {"pagina", "0"}}, view.term)},
                                            {"Reportes", verb::oversight_reports, {{"proceso", id}}}})})));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_list, with_term({}, view.term), view.page, oversight_list_size,
            view.processes.size(), view.total);
  add_other_term(buttons, verb::oversight_list, {}, view.other_term);
  return finish({"Planes de los procesos", std::move(body), std::move(buttons)});
}

Card plan_overview_card(const PlanOverview& view) {
  Blocks body = {heading("Planes de " + view.process_name), text(term_words(view.term)), text(view.summary),
                 text("Corte: " + long_instant(view.as_of), subtle_small)};
  add_notice(body, view.notice);
  for (const PlanLine& line : view.activities) {
    body.push_back(separated(
        side_by_side({text(line.id + ": " + shorten(line.name, 200), {.bold = true}),
                      text(line.figures, {.tight = true}), text(line.detail, subtle_small)},
                     {button_row({{"Detalle", verb::oversight_activity,
                                   with_term({{"elemento", line.id}, {"pagina", "0"}}, view.term)}})})));
  }
  if (view.activities.empty()) {
    body.push_back(text("El proceso no tiene actividades en sus planes de esta vigencia."));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_plan, with_term({{"proceso", view.process_id}}, view.term), view.page,
            plan_page_size, view.activities.size(), view.total);
  add_other_term(buttons, verb::oversight_plan, {{"proceso", view.process_id}}, view.other_term);
  buttons.push_back({"Reportes finales", verb::oversight_reports, {{"proceso", view.process_id}}});
  return finish({"Planes de " + view.process_name, std::move(body), std::move(buttons)});
}

Card plan_activity_card(const PlanActivityView& view) {
  Blocks body = {heading(view.activity.id + ": " + shorten(view.activity.name, 200)),
                 text(view.process_name, subtle_small), text(term_words(view.term)),
                 text(view.activity.figures), text(view.activity.detail, subtle_small)};
  add_notice(body, view.notice);
  for (const PlanRecordLine& line : view.records) {
    body.push_back(separated(container({text(line.title, {.bold = true}), text(line.figures, {.tight = true}),
                                        facts({{"Descripción", shorten(line.description, shown_bytes)},
                                               {"Justificación", shorten(line.justification, shown_bytes)},
                                               {"Evidencia", shorten(line.evidence, shown_bytes)}})})));
  }
  if (view.records.empty()) body.push_back(text("Todavía no hay periodos por registrar."));
  std::vector<Button> buttons;
  add_pages(buttons, verb::oversight_activity, with_term({{"elemento", view.activity.id}}, view.term),
            view.page, plan_records_size, view.records.size(), view.total);
  add_other_term(buttons, verb::oversight_activity, {{"elemento", view.activity.id}}, view.other_term);
  buttons.push_back(plans_button(with_term({{"proceso", view.process_id}}, view.term)));
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
  return finish({"Reportes finales de " + view.process_name,
                 std::move(body),
                 {plans_button({{"proceso", view.process_id}})}});
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
