#include "bot/cli/cli.hpp"

int main(int argc, char** argv) {
  return pao::bot::cli::run(argc, argv);
}
