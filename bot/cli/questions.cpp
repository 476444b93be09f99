// The register of questions of a month, for people who count and for archives.
#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/learning/month.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iostream>
#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::learning::RegisterLine;

constexpr std::array columns{
    "id",        "fecha",     "persona",       "proceso",   "practica",         "pregunta",
    "respuesta", "criterios", "coincidencias", "resultado", "redactada_por_ia", "consulta",
    "nivel",     "sirvio",    "motivo",        "razon",     "elegida"};

std::string helped_word(const RegisterLine& line) {
  if (!line.helped) return "";
  return *line.helped ? "si" : "no";
}

std::array<std::string, columns.size()> cells_of(const RegisterLine& line) {
  const storage::ShownAnswer& shown = line.shown;
  return {shown.id,
          iso_instant(shown.at),
          shown.asked_by,
          shown.process_id,
          shown.practice,
          shown.question,
          shown.answer,
          shown.criteria,
          shown.scores,
          shown.outcome,
          line.generated ? "si" : "no",
          line.consult_id,
          std::to_string(line.level),
          helped_word(line),
          line.reason,
          shown.reason,
          shown.chosen ? "si" : "no"};
}

// A cell that a spreadsheet would run as a formula is kept as text.
std::string csv_cell(const std::string& text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  std::string cell = formula ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

void write_csv(std::ostream& out, const std::vector<RegisterLine>& lines) {
  for (std::size_t at = 0; at < columns.size(); ++at) out << (at ? "," : "") << columns[at];
  out << "\r\n";
  for (const RegisterLine& line : lines) {
    const auto cells = cells_of(line);
    for (std::size_t at = 0; at < cells.size(); ++at) out << (at ? "," : "") << csv_cell(cells[at]);
    out << "\r\n";
  }
}

void write_json_lines(std::ostream& out, const std::vector<RegisterLine>& lines) {
  for (const RegisterLine& line : lines) {
    Json row = Json::object();
    const auto cells = cells_of(line);
    for (std::size_t at = 0; at < cells.size(); ++at) row[columns[at]] = cells[at];
    row["nivel"] = line.level;
    row["redactada_por_ia"] = line.generated;
    row["elegida"] = line.shown.chosen;
    row["sirvio"] = line.helped ? Json(*line.helped) : Json(nullptr);
    out << row.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
  }
}

struct Options {
  std::string month, out;
  bool json = false;
};

void export_questions(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto month = options.month.empty() ? handlers::learning::month_of(workspace->clock())
                                           : handlers::learning::parse_month(options.month);
  if (!month) {
    report(context, {ErrorCode::invalid, "--month: \"" + options.month + "\" is not a month like 2026-10"});
    context.status = usage;
    return;
  }
  const auto lines = workspace->database->read(
      [&](storage::Session& session) { return handlers::learning::register_of(session, *month); });
  if (!lines) return report(context, lines.error());
  std::ofstream file;
  if (!options.out.empty()) file.open(options.out, std::ios::binary | std::ios::trunc);
  if (!options.out.empty() && !file)
    return report(context, {ErrorCode::unavailable, options.out + ": cannot be written"});
  std::ostream& out = options.out.empty() ? std::cout : file;
  (options.json ? write_json_lines : write_csv)(out, *lines);
  if (!out.flush()) report(context, {ErrorCode::unavailable, "the export could not be written to its end"});
}

}  // namespace

void add_questions(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* questions = app.add_subcommand("questions", "the register of questions");
  questions->require_subcommand(1);
  CLI::App* exported =
      questions->add_subcommand("export", "a month's questions with what became of each, as CSV");
  exported->add_option("--month", options->month, "the month, 2026-10; this one when left out");
  exported->add_option("--out", options->out, "file; standard output when left out");
  exported->add_flag("--json", options->json, "one JSON object a line");
  exported->callback([&context, options] { export_questions(context, *options); });
}

}  // namespace pao::bot::cli
