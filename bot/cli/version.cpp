#include "bot/cli/commands.hpp"

#include <iostream>

namespace pao::bot::cli {

void add_version(CLI::App& app, Context&) {
  app.add_subcommand("version", "prints the version")->callback([] {
    std::cout << "pao-teams " PAO_VERSION "\n";
  });
}

}  // namespace pao::bot::cli
