#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/tracking.hpp"

#include <fmt/format.h>

#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::Tracked;

Json to_json(const Tracked& tracked) {
  const auto& [state, timeliness, days] = tracked.assessment;
  return {{"proceso_id", tracked.obligation.process_id},
          {"practica", tracked.obligation.practice},
          {"elemento_id", tracked.obligation.item_id},
          {"periodo", tracked.obligation.period},
          {"fecha_limite", iso_date(tracked.obligation.due_on)},
          {"registrado_en", tracked.recorded_at ? iso_instant(*tracked.recorded_at) : ""},
          {"estado", procedure::to_word(state)},
          {"oportunidad", procedure::to_word(timeliness)},
          {"dias_habiles_para_vencer", days ? Json(*days) : Json(nullptr)}};
}

void list(Context& context, const std::string& on, const std::string& process_id, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Date> day = day_or_today(context, on, workspace->clock);
  if (!day) return;
  const Instant now = instant_on(*day, workspace->clock);
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(now); !loaded) return report(context, loaded.error());
  if (!process_id.empty() && !reference.current()->process(process_id)) {
    return report(context, {ErrorCode::not_found, "--process: there is no process \"" + process_id + "\""});
  }
  const auto tracked = workspace->database->read([&](storage::Session& session) {
    const int year = static_cast<int>(std::chrono::year_month_day{*day}.year());
    return handlers::track_year(session, *reference.current(), process_id, year, now);
  });
  if (!tracked) return report(context, tracked.error());
  Json rows = Json::array();
  for (const Tracked& one : *tracked) rows.push_back(to_json(one));
  if (as_json) return print(rows);
  for (const Json& row : rows) {
    fmt::print("{} {:<24} {:<18} {:<8} {} {:<20} {}\n", row["proceso_id"].get<std::string>(),
               row["practica"].get<std::string>(), row["elemento_id"].get<std::string>(),
               row["periodo"].get<std::string>(), row["fecha_limite"].get<std::string>(),
               row["estado"].get<std::string>(), row["dias_habiles_para_vencer"].dump());
  }
}

}  // namespace

void add_obligations(CLI::App& app, Context& context) {
  struct Options {
    std::string on, process_id;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("obligations", "every obligation of the year with its state on a day");
  command->add_option("--on", options->on, "the day, 2026-11-12; today when left out");
  command->add_option("--process", options->process_id, "of one process");
  command->add_flag("--json", options->json, "one JSON document");
  command->callback([&context, options] { list(context, options->on, options->process_id, options->json); });
}

}  // namespace pao::bot::cli
