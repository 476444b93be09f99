#include "bot/cli/commands.hpp"

#include "bot/log.hpp"

#include <iostream>

namespace pao::bot::cli {

using namespace std::chrono_literals;

void report(Context& context, const Error& error) {
  std::cerr << "pao-teams: " << error.detail << "\n";
  context.status = failed;
}

std::unique_ptr<Workspace> open_workspace(Context& context) {
  Result<Config> config = load_config(context.config_path, context.config_named, process_environment());
  if (!config) {
    report(context, config.error());
    return nullptr;
  }
  log::set_level(config->log.level);
  Result<std::unique_ptr<storage::Database>> database = storage::Database::open(config->storage.url);
  if (!database) {
    report(context, database.error());
    return nullptr;
  }
  Clock clock = make_clock(config->clock.start);
  return std::make_unique<Workspace>(Workspace{std::move(*config), std::move(*database), std::move(clock)});
}

std::optional<Date> day_or_today(Context& context, const std::string& text, const Clock& clock) {
  if (text.empty()) return local_date(clock());
  const std::optional<Date> day = parse_date(text);
  if (!day) {
    report(context, {ErrorCode::invalid, "--on: \"" + text + "\" is not a date like 2026-11-12"});
    context.status = usage;
  }
  return day;
}

Instant instant_on(Date day, const Clock& clock) {
  const Instant now = clock();
  return local_date(now) == day ? now : at_local_time(day, 9h);
}

}  // namespace pao::bot::cli
