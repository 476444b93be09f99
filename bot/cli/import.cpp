#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "storage/import/entity_import.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace pao::bot::cli {
namespace {

using storage::import::FileCounts;
using storage::import::ImportProblem;
using storage::import::ImportReport;

Json to_json(const ImportReport& import_report) {
  Json files = Json::array(), problems = Json::array();
  for (const FileCounts& file : import_report.files) {
    files.push_back({{"file", file.file},
                     {"rows", file.rows},
                     {"inserted", file.inserted},
                     {"updated", file.updated},
                     {"unchanged", file.unchanged},
                     {"removed", file.removed}});
  }
  for (const ImportProblem& problem : import_report.problems) {
    problems.push_back({{"file", problem.file},
                        {"line", problem.line},
                        {"column", problem.column},
                        {"reason", problem.reason}});
  }
  return {{"stored", import_report.stored},
          {"files", files},
          {"problem_count", import_report.problem_count},
          {"problems", problems},
          {"notices", import_report.notices}};
}

void print_report(const ImportReport& import_report, bool check_only) {
  for (const FileCounts& file : import_report.files) {
    fmt::print("{:<32} {:>6} rows: {} new, {} changed, {} as before\n", file.file, file.rows, file.inserted,
               file.updated, file.unchanged);
  }
  for (const std::string& notice : import_report.notices) fmt::print("{}\n", notice);
  for (const ImportProblem& problem : import_report.problems) {
    fmt::print(stderr, "{}:{}: {}{}{}\n", problem.file, problem.line, problem.column,
               problem.column.empty() ? "" : ": ", problem.reason);
  }
  if (import_report.problem_count > 0) {
    fmt::print(stderr, "Nothing was stored: {} problems.\n", import_report.problem_count);
  } else {
    fmt::print("{}\n", check_only ? "No problems; nothing was stored (--check)." : "Stored.");
  }
}

void import(Context& context, const std::vector<std::string>& names, bool check_only, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::vector<std::filesystem::path> paths(names.begin(), names.end());
  const Result<ImportReport> done = storage::import::import_paths(
      *workspace->database, paths, {.check_only = check_only, .now = workspace->clock()});
  if (!done) return report(context, done.error());
  if (done->problem_count > 0) context.status = failed;
  if (as_json) return print(to_json(*done));
  print_report(*done, check_only);
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  struct Options {
    std::vector<std::string> paths;
    bool check = false, json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("import", "loads entity data (CSV) and guidelines (Markdown, Word); all or nothing");
  command->add_option("path", options->paths, "folders and files")->required();
  command->add_flag("--check", options->check, "finds problems, changes nothing");
  command->add_flag("--json", options->json, "one JSON document");
  command->callback([&context, options] { import(context, options->paths, options->check, options->json); });
}

}  // namespace pao::bot::cli
