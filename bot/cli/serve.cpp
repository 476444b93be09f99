#include "bot/app.hpp"
#include "bot/cli/commands.hpp"
#include "bot/log.hpp"

#include <csignal>

namespace pao::bot::cli {
namespace {

void serve(Context& context) {
  Result<Config> config = load_config(context.config_path, context.config_named, process_environment());
  if (!config) return report(context, config.error());
  if (const Result<void> fit = check_serving(*config); !fit) return report(context, fit.error());
  log::set_level(config->log.level);

  // Blocked before the first thread starts, so that every thread inherits it and sigwait below gets them all.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGTERM);
  sigaddset(&stop_signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Result<std::unique_ptr<App>> app = App::create(*config);
  if (!app) return report(context, app.error());
  (*app)->start();
  log::info("service.started", {{"port", std::to_string((*app)->port())}, {"version", PAO_VERSION}});

  int received = 0;
  sigwait(&stop_signals, &received);
  log::info("service.stopping", {{"signal", std::to_string(received)}});
  (*app)->stop();
  log::info("service.stopped");
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
  app.add_subcommand("serve", "runs the service until SIGTERM")->callback([&context] { serve(context); });
}

}  // namespace pao::bot::cli
