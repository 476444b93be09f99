#include "handlers/consult/ask.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"

#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::consult::Answer;

Json to_json(const Answer& answer) {
  Json criteria = Json::array();
  for (const auto& criterion : answer.criteria) {
    Json signals;
    for (const auto& [name, member] : storage::knowledge::signal_names)
      signals[std::string(name)] = criterion.signals.*member;
    criteria.push_back({{"code", criterion.code},
                        {"vigencia", criterion.term},
                        {"version", criterion.version},
                        {"score", criterion.score},
                        {"signals", signals},
                        {"title", criterion.title}});
  }
  return {{"kind", handlers::consult::to_string(answer.kind)},
          {"intent", handlers::to_string(answer.intent)},
          {"criteria", criteria},
          {"practice", answer.practice},
          {"reason", answer.reason},
          {"text", answer.text}};
}

void ask(Context& context, const std::string& text, const std::string& on, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Date> day = day_or_today(context, on, workspace->clock);
  if (!day) return;
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(workspace->clock()); !loaded) {
    return report(context, loaded.error());
  }
  const auto in_force = reference.as_of(*day);
  if (!in_force) return report(context, in_force.error());
  const Answer answer = handlers::consult::ask(text, {.on = *day}, (*in_force)->knowledge());
  if (as_json) return print(to_json(answer));
  std::cout << answer.text << "\n";
}

}  // namespace

void add_ask(CLI::App& app, Context& context) {
  struct Options {
    std::string text, as, on;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("ask", "the answer that the chat would give");
  command->add_option("--as", options->as, "who asks; guidelines answer everybody alike");
  command->add_option("--on", options->on, "as of this day");
  command->add_flag("--json", options->json, "one JSON document");
  command->add_option("text", options->text, "the question")->required();
  command->callback([&context, options] { ask(context, options->text, options->on, options->json); });
}

}  // namespace pao::bot::cli
