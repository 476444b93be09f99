#include "cards/documents/evidence_pack.hpp"

#include "bot/cli/commands.hpp"
#include "storage/control_evidence.hpp"
#include "storage/sha256.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using cards::documents::PackedFile;

struct Options {
  std::string control, period, out;
};

bool write_file(Context& context, const std::filesystem::path& folder, const std::string& name,
                const std::string& bytes) {
  std::ofstream file(folder / name, std::ios::binary);
  file << bytes;
  file.close();
  if (file) return true;
  report(context, {ErrorCode::unavailable, "cannot write " + (folder / name).string()});
  return false;
}

void pack(Context& context, const Options& options) {
  const auto control = procedure::parse_control_point(options.control);
  const auto period = procedure::parse_period(options.period);
  if (!control || !period) {
    report(context,
           {ErrorCode::invalid, "--period: \"" + options.period + "\" is not a period like 2026-10"});
    context.status = usage;
    return;
  }
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto tables = workspace->database->read(
      [&](storage::Session& session) { return storage::control_evidence(session, *control, *period); });
  if (!tables) return report(context, tables.error());
  const std::filesystem::path folder(options.out);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return report(context, {ErrorCode::unavailable, "cannot make the folder " + options.out});
  std::vector<PackedFile> files;
  for (const procedure::EvidenceTable& table : *tables) {
    for (const auto& [name, bytes] : {std::pair{table.name + ".json", cards::documents::to_json(table)},
                                      std::pair{table.name + ".csv", cards::documents::to_csv(table)}}) {
      if (!write_file(context, folder, name, bytes)) return;
      files.push_back({name, table.title, table.rows.size(), storage::sha256_hex(bytes)});
    }
  }
  const std::string index =
      cards::documents::evidence_index(*control, options.period, workspace->clock(), files);
  if (!write_file(context, folder, "indice.md", index)) return;
  fmt::print("{} files in {}\n", files.size() + 1, folder.string());
}

}  // namespace

void add_evidence_pack(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "evidence-pack", "the records of a control point over a period, with their fingerprints");
  command->add_option("--control", options->control, "number of the activity")
      ->required()
      ->check(CLI::IsMember({"1", "3", "4", "6"}));
  command->add_option("--period", options->period, "2026-10, 2026-T4, 2026")->required();
  command->add_option("--out", options->out, "folder; made when there is none")->required();
  command->callback([&context, options] { pack(context, *options); });
}

}  // namespace pao::bot::cli
