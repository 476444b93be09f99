// `config check`: is the configuration good enough to serve. `config show`: every key with its value, no
// secrets.
#include "bot/cli/commands.hpp"

#include <iostream>

namespace pao::bot::cli {

void add_config(CLI::App& app, Context& context) {
  CLI::App* config = app.add_subcommand("config", "checks or shows the configuration");
  config->require_subcommand(1);
  config->footer("Keys (environment: PAO_ and the key in capitals, points as underscores):\n" +
                 config_reference());

  const auto load = [&context] {
    Result<Config> loaded = load_config(context.config_path, context.config_named, process_environment());
    if (!loaded) report(context, loaded.error());
    return loaded;
  };
  config->add_subcommand("check", "says whether the service could start with it")->callback([&context, load] {
    const Result<Config> loaded = load();
    if (!loaded) return;
    const Result<void> fit = check_serving(*loaded);
    if (!fit) return report(context, fit.error());
    std::cout << "The configuration is good.\n";
  });
  config->add_subcommand("show", "prints every key with its value")->callback([load] {
    const Result<Config> loaded = load();
    if (loaded) std::cout << describe_config(*loaded);
  });
}

}  // namespace pao::bot::cli
