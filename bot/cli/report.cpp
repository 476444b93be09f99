#include "bot/cli/commands.hpp"
#include "cards/documents/report_html.hpp"
#include "cards/documents/report_json.hpp"
#include "handlers/reports/report_model.hpp"
#include "storage/registro_store.hpp"
#include "storage/sha256.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using procedure::ReportKind;
using storage::Session;

struct Options {
  std::string process_id, cycle, kind = "preventivo", format = "html", out, all_into;
};

bool write_file(Context& context, const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  if (file) return true;
  report(context, {ErrorCode::unavailable, path + ": cannot be written"});
  return false;
}

// What was published is given as it was published, byte by byte.
Result<std::string> document_of(Session& session, const handlers::Reference& reference,
                                const Options& options, const std::string& process_id, Instant now) {
  const auto kind = procedure::parse_report_kind(options.kind);
  if (*kind == ReportKind::final_report && options.format == "json") {
    const auto report = storage::report_of_cycle(session, process_id, options.cycle);
    const auto published = report ? storage::find_publication(session, report->id) : std::nullopt;
    if (published) return published->document;
  }
  const auto model =
      handlers::reports::model_of_cycle(session, reference, process_id, options.cycle, *kind, now);
  if (!model) return tl::unexpected<Error>(model.error());
  return options.format == "json" ? cards::report_json(*model) : cards::report_html(*model);
}

bool check_words(Context& context, const Options& options) {
  std::string problem;
  if (!procedure::parse_report_kind(options.kind)) problem = "--kind must be preventivo or final";
  if (options.format == "pdf" || options.format == "xlsx") {
    problem = "--format " + options.format + " does not exist yet; the formats are html and json";
  } else if (options.format != "html" && options.format != "json") {
    problem = "--format must be html or json";
  }
  if (options.out.empty() == options.all_into.empty()) problem = "give --out FILE, or --all-into FOLDER";
  if (options.all_into.empty() && options.process_id.empty()) problem = "--process is missing";
  if (problem.empty()) return true;
  report(context, {ErrorCode::invalid, problem});
  context.status = usage;
  return false;
}

void make(Context& context, const Options& options) {
  if (!check_words(context, options)) return;
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Instant now = workspace->clock();
  handlers::ReferenceSource source(*workspace->database);
  if (const Result<void> loaded = source.refresh(now); !loaded) return report(context, loaded.error());
  const std::shared_ptr<const handlers::Reference> reference = source.current();
  std::vector<std::string> processes = {options.process_id};
  if (!options.all_into.empty()) {
    processes.clear();
    for (const procedure::Process& process : reference->processes) processes.push_back(process.id);
  }
  for (const std::string& id : processes) {
    const auto document = workspace->database->read(
        [&](Session& session) { return document_of(session, *reference, options, id, now); });
    if (!document) return report(context, document.error());
    const std::string path = options.all_into.empty() ? options.out
                                                      : options.all_into + "/REP-" + id + "-" +
                                                            options.cycle + "." + options.format;
    if (!write_file(context, path, *document)) return;
  }
}

// The stored document against its fingerprint, and both against the registro, whose chain is verified too.
void verify(Context& context, const std::string& process_id, const std::string& cycle) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto checked = workspace->database->read([&](Session& session) -> Result<std::string> {
    const auto found = storage::report_of_cycle(session, process_id, cycle);
    const auto published = found ? storage::find_publication(session, found->id) : std::nullopt;
    if (!published) return fail(ErrorCode::not_found, "no published report of that process and cycle here");
    if (storage::sha256_hex(published->document) != published->fingerprint) {
      return fail(ErrorCode::refused, "the document does not have the fingerprint it was published with");
    }
    if (const auto chain = storage::verify_registro(session); chain.first_broken != 0) {
      return fail(ErrorCode::refused, "the registro is broken: " + chain.reason);
    }
    bool entered = false;
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      entered = entry.at == published->at && entry.content.find(published->fingerprint) != std::string::npos;
      return !entered;
    });
    if (!entered) return fail(ErrorCode::refused, "the registro has no entry of this publication");
    return published->fingerprint;
  });
  if (!checked) return report(context, checked.error());
  fmt::print("{} {} sha256 {} good\n", process_id, cycle, *checked);
}

}  // namespace

void add_report(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("report", "a follow-up report as a file; same inputs, same bytes");
  command->add_option("--process", options->process_id, "process, like DIR");
  command->add_option("--cycle", options->cycle, "quarter, like 2026-T3");
  command->add_option("--kind", options->kind, "preventivo or final");
  command->add_option("--format", options->format, "html or json");
  command->add_option("--out", options->out, "the file to write");
  command->add_option("--all-into", options->all_into, "a folder: one file for each process");
  CLI::App* checking =
      command->add_subcommand("verify", "whether a published report is the one that was published");
  auto named = std::make_shared<Options>();
  checking->add_option("--process", named->process_id, "process, like DIR")->required();
  checking->add_option("--cycle", named->cycle, "quarter, like 2026-T3")->required();
  checking->callback([&context, named] { verify(context, named->process_id, named->cycle); });
  command->callback([&context, options, command, checking] {
    if (command->got_subcommand(checking)) return;
    make(context, *options);
  });
}

}  // namespace pao::bot::cli
