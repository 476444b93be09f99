#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "bot/log.hpp"
#include "bot/simulation/simulation.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>

namespace pao::bot::cli {
namespace {

namespace fs = std::filesystem;

// The sample data of the source tree: below this folder, or beside the program in its build folder.
fs::path sample_data() {
  std::error_code error;
  if (fs::is_directory("tests/data/ministry", error)) return "tests/data";
  return fs::read_symlink("/proc/self/exe", error).parent_path().parent_path().parent_path() / "tests/data";
}

Json to_json(const simulation::Options& options, const simulation::Outcome& outcome, double seconds) {
  Json invariants = Json::array();
  for (const simulation::Invariant& one : outcome.invariants) {
    invariants.push_back({{"name", one.name},
                          {"says", one.says},
                          {"checks", one.checks},
                          {"violations", one.violations},
                          {"examples", one.examples}});
  }
  Json counts = Json::object();
  for (const auto& [name, count] : outcome.counts) counts[name] = count;
  return {{"from", iso_date(options.from)},
          {"to", iso_date(options.to)},
          {"seed", options.seed},
          {"faults", options.faults},
          {"holds", outcome.hold},
          {"invariants", std::move(invariants)},
          {"counts", std::move(counts)},
          {"fingerprint", outcome.fingerprint},
          {"seconds", seconds}};
}

void print_outcome(const simulation::Outcome& outcome, double seconds) {
  for (const auto& [name, count] : outcome.counts) fmt::print("{:>9}  {}\n", count, name);
  fmt::print("\n");
  for (const simulation::Invariant& one : outcome.invariants) {
    fmt::print("{} {:<32} {:>9} checks, {} violations: {}\n", one.violations == 0 ? "ok " : "NOT", one.name,
               one.checks, one.violations, one.says);
    for (const std::string& example : one.examples) fmt::print("      {}\n", example);
  }
  fmt::print("\n{} in {:.1f} s; fingerprint {}\n",
             outcome.hold ? "Every invariant holds" : "NOT every invariant holds", seconds,
             outcome.fingerprint.substr(0, 16));
}

struct Arguments {
  std::string from, to, data, folder;
  std::uint64_t seed = 1;
  bool faults = false, json = false;
};

void run(Context& context, const Arguments& arguments) {
  const std::optional<Date> from = parse_date(arguments.from), to = parse_date(arguments.to);
  if (!from || !to || *to < *from) {
    report(context, {ErrorCode::invalid, "--from and --to are days like 2026-01-01, in this order"});
    context.status = usage;
    return;
  }
  log::set_level("off");
  const fs::path data = arguments.data.empty() ? sample_data() : fs::path(arguments.data);
  const bool own_folder = arguments.folder.empty();
  const simulation::Options options{
      .from = *from,
      .to = *to,
      .seed = arguments.seed,
      .faults = arguments.faults,
      .ministry = data / "ministry",
      .guidelines = data / "guidelines",
      .folder = own_folder ? fs::temp_directory_path() / ("pao-simulation-" + std::to_string(::getpid()))
                           : fs::path(arguments.folder)};
  const auto started = std::chrono::steady_clock::now();
  const Result<simulation::Outcome> outcome = simulation::simulate(options);
  if (own_folder) {
    std::error_code ignored;
    fs::remove_all(options.folder, ignored);
  }
  if (!outcome) return report(context, outcome.error());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  if (!outcome->hold) context.status = failed;
  if (arguments.json) return print(to_json(options, *outcome, seconds));
  print_outcome(*outcome, seconds);
}

}  // namespace

void add_simulate(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "simulate", "lets simulated people live through a span of the procedure and checks every day of it");
  command->add_option("--from", arguments->from, "first day")->required();
  command->add_option("--to", arguments->to, "last day")->required();
  command->add_option("--seed", arguments->seed, "another one is another year")->capture_default_str();
  command->add_flag("--faults", arguments->faults, "outages, kills, repeated activities, clock jumps, 429");
  command->add_option("--data", arguments->data,
                      "folder with ministry/ and guidelines/; the samples when left out");
  command->add_option("--folder", arguments->folder, "where the store stays for a look; emptied first");
  command->add_flag("--json", arguments->json, "one JSON document");
  command->callback([&context, arguments] { run(context, *arguments); });
}

}  // namespace pao::bot::cli
