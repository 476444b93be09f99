#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "cards/documents/svg_chart.hpp"
#include "cards/learning_card.hpp"
#include "cards/texts.hpp"
#include "handlers/learning/month.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::learning::Month;
using procedure::AdviceFigures;

constexpr int months_in_plot = 6;

std::string practice_title(const std::string& practice) {
  return practice.empty() ? "Sin práctica definida" : cards::practice_name(practice);
}

Json optional_number(const std::optional<int>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json to_json(const AdviceFigures& figures) {
  Json levels = Json::object(), days = Json::object();
  for (const auto& [level, count] : figures.by_level) levels[std::to_string(level)] = count;
  for (const auto& [business_days, count] : figures.by_answer_days)
    days[std::to_string(business_days)] = count;
  return {{"questions", figures.questions},
          {"answered", figures.answered},
          {"clarified", figures.clarified},
          {"abstained", figures.abstained},
          {"turned_away", figures.turned_away},
          {"escalated", figures.escalated},
          {"resolved", figures.resolved},
          {"helped", figures.helped},
          {"not_helped", figures.not_helped},
          {"satisfaction_percent", optional_number(figures.satisfaction_percent())},
          {"consults", figures.consults},
          {"consults_answered", figures.consults_answered},
          {"consults_in_time", figures.consults_in_time},
          {"consults_by_level", levels},
          {"answer_business_days", days},
          {"median_answer_business_days", optional_number(figures.median_answer_days())}};
}

bool write_file(Context& context, const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  if (file.flush()) return true;
  report(context, {ErrorCode::unavailable, path.string() + ": cannot be written"});
  return false;
}

cards::Chart outcomes_chart(const procedure::MonthlyFigures& figures, const Month& month) {
  cards::Chart chart{
      .title = "Preguntas por práctica, " + cards::period_name(month.word()),
      .description =
          "Cuántas preguntas se resolvieron, no tuvieron respuesta y pasaron a una persona, por práctica.",
      .series = {{"Resueltas", {}}, {"Sin respuesta", {}}, {"Pasaron a una persona", {}}}};
  for (const auto& [practice, each] : figures.by_practice) {
    chart.labels.push_back(practice_title(practice));
    chart.series[0].values.push_back(each.resolved);
    chart.series[1].values.push_back(each.abstained);
    chart.series[2].values.push_back(each.escalated);
  }
  return chart;
}

cards::Chart satisfaction_chart(const procedure::MonthlyFigures& figures, const Month& month) {
  cards::Chart chart{
      .title = "A cuántas personas les sirvió, " + cards::period_name(month.word()),
      .description =
          "De quienes dijeron si la respuesta les sirvió, el porcentaje que dijo que sí, por práctica.",
      .unit = "%",
      .series = {{"Les sirvió", {}}},
      .greatest = 100};
  for (const auto& [practice, each] : figures.by_practice) {
    chart.labels.push_back(practice_title(practice));
    const std::optional<int> percent = each.satisfaction_percent();
    chart.series[0].values.push_back(percent ? std::optional<double>(*percent) : std::nullopt);
  }
  return chart;
}

cards::Chart answer_days_chart(const procedure::MonthlyFigures& figures, const Month& month) {
  cards::Chart chart{
      .title = "Días hábiles hasta la respuesta del asesor, " + cards::period_name(month.word()),
      .description = "Cuántas consultas se respondieron el mismo día, al día hábil siguiente y así.",
      .unit = "consultas",
      .series = {{"Consultas", {}}}};
  for (const auto& [days, count] : figures.all.by_answer_days) {
    chart.labels.push_back(days == 0   ? "El mismo día"
                           : days == 1 ? "1 día hábil"
                                       : std::to_string(days) + " días hábiles");
    chart.series[0].values.push_back(count);
  }
  return chart;
}

cards::Chart trend_chart(const std::vector<std::pair<Month, AdviceFigures>>& months) {
  cards::Chart chart{.title = "Preguntas por mes",
                     .description = "Preguntas hechas y resueltas en los últimos seis meses.",
                     .series = {{"Preguntas", {}}, {"Resueltas", {}}}};
  for (const auto& [month, figures] : months) {
    chart.labels.push_back(month.word());
    chart.series[0].values.push_back(figures.questions);
    chart.series[1].values.push_back(figures.resolved);
  }
  return chart;
}

bool write_plots(Context& context, const std::string& folder, const procedure::MonthlyFigures& figures,
                 const std::vector<std::pair<Month, AdviceFigures>>& months) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) {
    report(context, {ErrorCode::unavailable, folder + ": cannot be made"});
    return false;
  }
  const std::filesystem::path in(folder);
  const Month& month = months.back().first;
  return write_file(context, in / "preguntas.svg", cards::bar_chart_svg(outcomes_chart(figures, month))) &&
         write_file(context, in / "utilidad.svg", cards::bar_chart_svg(satisfaction_chart(figures, month))) &&
         write_file(context, in / "tiempos.svg", cards::bar_chart_svg(answer_days_chart(figures, month))) &&
         write_file(context, in / "meses.svg", cards::line_chart_svg(trend_chart(months)));
}

void print_row(const std::string& name, const AdviceFigures& figures) {
  const auto percent = figures.satisfaction_percent();
  const auto days = figures.median_answer_days();
  fmt::print("{:<28} {:>9} {:>8} {:>9} {:>9} {:>8} {:>8} {:>6}\n", name, figures.questions, figures.resolved,
             figures.abstained, figures.escalated, percent ? std::to_string(*percent) + " %" : "-",
             figures.consults, days ? std::to_string(*days) : "-");
}

// The month written with --month, or the clock's; nothing (reported) when it is none.
std::optional<Month> month_or_this(Context& context, const std::string& text, const Clock& clock) {
  const std::optional<Month> month =
      text.empty() ? handlers::learning::month_of(clock()) : handlers::learning::parse_month(text);
  if (!month) {
    report(context, {ErrorCode::invalid, "--month: \"" + text + "\" is not a month like 2026-10"});
    context.status = usage;
  }
  return month;
}

void figures(Context& context, const std::string& month_word, const std::string& svg, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Month> month = month_or_this(context, month_word, workspace->clock);
  if (!month) return;
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(workspace->clock()); !loaded)
    return report(context, loaded.error());
  std::vector<std::pair<Month, AdviceFigures>> months;
  const auto counted = workspace->database->read([&](storage::Session& session) {
    months.clear();
    for (int back = months_in_plot - 1; back > 0; --back) {
      const Month earlier = month->before(back);
      months.emplace_back(earlier,
                          handlers::learning::figures_of(session, *reference.current(), earlier).all);
    }
    procedure::MonthlyFigures found = handlers::learning::figures_of(session, *reference.current(), *month);
    months.emplace_back(*month, found.all);
    return found;
  });
  if (!counted) return report(context, counted.error());
  if (!svg.empty() && !write_plots(context, svg, *counted, months)) return;
  if (as_json) {
    Json practices = Json::object();
    for (const auto& [practice, each] : counted->by_practice) practices[practice] = to_json(each);
    return print({{"month", month->word()}, {"all", to_json(counted->all)}, {"practices", practices}});
  }
  fmt::print("{:<28} {:>9} {:>8} {:>9} {:>9} {:>8} {:>8} {:>6}\n", month->word(), "questions", "resolved",
             "abstained", "escalated", "helped", "consults", "days");
  for (const auto& [practice, each] : counted->by_practice) print_row(practice_title(practice), each);
  print_row("all", counted->all);
}

Json to_json(const procedure::Proposal& proposal) {
  Json questions = Json::array();
  for (const procedure::Sign& sign : proposal.signs) {
    questions.push_back({{"answer_id", sign.question->id},
                         {"at", iso_instant(sign.question->at)},
                         {"question", sign.question->question},
                         {"concern", procedure::to_word(sign.concern)},
                         {"criterion", sign.question->criterion}});
  }
  const bool is_new = proposal.kind == procedure::ProposalKind::new_criterion;
  return {{"kind", is_new ? "new_criterion" : "clearer_criterion"},
          {"practice", proposal.practice},
          {"criterion", proposal.criterion},
          {"shared", proposal.shared},
          {"questions", questions}};
}

void print_proposal(const procedure::Proposal& proposal) {
  cards::ProposalView view{.practice_name = practice_title(proposal.practice),
                           .criterion = proposal.criterion};
  for (const procedure::Sign& sign : proposal.signs)
    view.questions.push_back({sign.question->question, local_date(sign.question->at),
                              std::string(procedure::to_word(sign.concern))});
  fmt::print("{}\n", cards::proposal_sentence(view));
  for (const cards::ProposalQuestion& question : view.questions)
    fmt::print("  {}  {}: {}\n", iso_date(question.asked_on), question.question,
               cards::concern_phrase(question.concern));
}

void learning(Context& context, const std::string& month_word, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Month> month = month_or_this(context, month_word, workspace->clock);
  if (!month) return;
  const auto questions = workspace->database->read(
      [&](storage::Session& session) { return handlers::learning::questions_of(session, *month); });
  if (!questions) return report(context, questions.error());
  const std::vector<procedure::Proposal> proposals = procedure::proposals_of(procedure::signs_of(*questions));
  if (as_json) {
    Json rows = Json::array();
    for (const procedure::Proposal& proposal : proposals) rows.push_back(to_json(proposal));
    return print({{"month", month->word()},
                  {"questions", handlers::learning::asked_in(*questions)},
                  {"proposals", rows}});
  }
  for (const procedure::Proposal& proposal : proposals) print_proposal(proposal);
  if (proposals.empty()) fmt::print("{}: no three questions ask for the same change.\n", month->word());
}

struct Options {
  std::string month, svg;
  bool json = false;
};

CLI::App* monthly(CLI::App& app, const std::shared_ptr<Options>& options, const char* name,
                  const char* what) {
  CLI::App* command = app.add_subcommand(name, what);
  command->add_option("--month", options->month, "the month, 2026-10; this one when left out");
  command->add_flag("--json", options->json, "one JSON document");
  return command;
}

}  // namespace

void add_figures(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = monthly(app, options, "figures", "the month's advice in numbers");
  command->add_option("--svg", options->svg, "a folder for the plots");
  command->callback([&context, options] { figures(context, options->month, options->svg, options->json); });
}

void add_learning(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      monthly(app, options, "learning", "what the month's questions say about the guidelines");
  command->callback([&context, options] { learning(context, options->month, options->json); });
}

}  // namespace pao::bot::cli
