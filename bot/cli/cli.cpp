#include "bot/cli/cli.hpp"

#include "bot/cli/commands.hpp"

#include <iostream>

namespace pao::bot::cli {

int run(int argc, char** argv) {
  CLI::App app{"PAO Teams: the planning office's assistant in Microsoft Teams"};
  app.require_subcommand(1);
  Context context{.config_path = "pao-teams.json"};
  const CLI::Option* named =
      app.add_option("--config", context.config_path, "configuration file")->capture_default_str();
  app.parse_complete_callback([&] { context.config_named = named->count() > 0; });
  app.fallthrough();

  add_serve(app, context);
  add_chat(app, context);
  add_import(app, context);
  add_ask(app, context);
  add_evaluate(app, context);
  add_business_days(app, context);
  add_obligations(app, context);
  add_figures(app, context);
  add_learning(app, context);
  add_questions(app, context);
  add_alerts(app, context);
  add_guidelines(app, context);
  add_evidence_pack(app, context);
  add_report(app, context);
  add_jobs(app, context);
  add_registro(app, context);
  add_requests(app, context);
  add_oversight(app, context);
  add_outbox(app, context);
  add_config(app, context);
  add_simulate(app, context);
  add_version(app, context);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error, std::cout, std::cerr);
    return status == 0 ? good : usage;
  }
  return context.status;
}

}  // namespace pao::bot::cli
