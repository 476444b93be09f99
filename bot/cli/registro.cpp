#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "storage/registro_store.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

// One JSON object a line, in order: can be read by anything and compared line by line.
void export_lines(Context& context, const std::string& path) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  std::ofstream file;
  if (!path.empty()) file.open(path, std::ios::trunc);
  if (!path.empty() && !file) return report(context, {ErrorCode::unavailable, path + ": cannot be written"});
  std::ostream& out = path.empty() ? std::cout : file;
  const Result<void> read = workspace->database->read([&](storage::Session& session) {
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      const Json line = {{"number", entry.number},
                         {"at", iso_instant(entry.at)},
                         {"actor", entry.actor},
                         {"channel", entry.channel},
                         {"kind", entry.kind},
                         {"subject", entry.subject},
                         {"content", Json::parse(entry.content, nullptr, false)},
                         {"hash", entry.hash}};
      out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
      return static_cast<bool>(out);
    });
  });
  if (!read) return report(context, read.error());
  if (!out.flush()) report(context, {ErrorCode::unavailable, "the export could not be written to its end"});
}

void verify(Context& context, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto verdict =
      workspace->database->read([](storage::Session& session) { return storage::verify_registro(session); });
  if (!verdict) return report(context, verdict.error());
  const bool whole = verdict->first_broken == 0;
  if (!whole) context.status = failed;
  if (as_json) {
    return print({{"whole", whole},
                  {"entries", verdict->entries},
                  {"first_broken", verdict->first_broken},
                  {"reason", verdict->reason}});
  }
  if (whole) {
    fmt::print("The registro is whole: {} entries.\n", verdict->entries);
  } else {
    fmt::print(stderr, "The registro is broken at entry {}: {}\n", verdict->first_broken, verdict->reason);
  }
}

}  // namespace

void add_registro(CLI::App& app, Context& context) {
  struct Options {
    std::string out;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* registro = app.add_subcommand("registro", "the assistant's register");
  registro->require_subcommand(1);
  CLI::App* exported = registro->add_subcommand("export", "every entry, one JSON object a line");
  exported->add_option("--out", options->out, "file; standard output when left out");
  exported->callback([&context, options] { export_lines(context, options->out); });
  CLI::App* verified = registro->add_subcommand("verify", "recomputes the hash chain");
  verified->add_flag("--json", options->json, "one JSON document");
  verified->callback([&context, options] { verify(context, options->json); });
}

}  // namespace pao::bot::cli
