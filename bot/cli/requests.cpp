#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/requests/clock_job.hpp"
#include "handlers/requests/request_moves.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <fmt/format.h>

#include <memory>

namespace pao::bot::cli {
namespace {

std::string day_text(const std::optional<Date>& day) {
  return day ? iso_date(*day) : "";
}

// Every event of one request and the clock that they give.
void replay(Context& context, const std::string& id, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Date today = local_date(workspace->clock());
  const Result<Json> told = workspace->database->read([&](storage::Session& session) -> Result<Json> {
    const auto request = storage::find_request(session, id);
    if (!request) return fail(ErrorCode::not_found, "there is no request \"" + id + "\"");
    Json events = Json::array();
    for (const storage::RequestEventRow& row : storage::events_of_request(session, request->id)) {
      events.push_back({{"at", iso_instant(row.at)},
                        {"actor", row.actor},
                        {"channel", row.channel},
                        {"event", row.event},
                        {"from", row.from_state},
                        {"to", row.to_state},
                        {"clock", row.clock ? procedure::to_word(row.clock->kind) : std::string_view()}});
    }
    const auto clock = handlers::requests::clock_of(session, request->id);
    if (!clock) return tl::unexpected<Error>(clock.error());
    Json days = Json::array();
    for (const procedure::ClockDay& day : procedure::explain(*clock)) {
      Json reasons = Json::array();
      for (const auto& reason : day.reasons) reasons.push_back(reason.name);
      if (day.waiting) reasons.push_back("waiting for information");
      days.push_back({{"day", iso_date(day.day)}, {"number", day.number}, {"reasons", std::move(reasons)}});
    }
    return Json{{"request", request->id},
                {"state", procedure::to_word(request->state)},
                {"level", clock->level},
                {"started_on", day_text(clock->started_on)},
                {"due_on", day_text(clock->due_on)},
                {"stored_due_on", day_text(request->due_on)},
                {"used", procedure::used_business_days(*clock, today)},
                {"suspended", clock->suspended},
                {"stopped", clock->stopped},
                {"events", std::move(events)},
                {"days", std::move(days)}};
  });
  if (!told) return report(context, told.error());
  if (as_json) return print(*told);
  for (const Json& event : (*told)["events"]) {
    fmt::print("{}  {:<20} {} -> {}  {}\n", event["at"].get<std::string>(), event["event"].get<std::string>(),
               event["from"].get<std::string>(), event["to"].get<std::string>(),
               event["clock"].get<std::string>());
  }
  fmt::print("{}: {} of {} business days used, {} waiting, due {}\n", (*told)["request"].get<std::string>(),
             (*told)["used"].get<int>(), (*told)["level"].get<int>(), (*told)["suspended"].get<int>(),
             (*told)["due_on"].get<std::string>());
}

void check(Context& context, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  std::size_t total = 0;
  const auto faults = workspace->database->read([&](storage::Session& session) {
    total = storage::all_requests(session).size();
    return handlers::requests::check_clocks(session);
  });
  if (!faults) return report(context, faults.error());
  if (!faults->empty()) context.status = failed;
  if (as_json) {
    Json list = Json::array();
    for (const auto& fault : *faults) list.push_back({{"request", fault.request_id}, {"what", fault.what}});
    return print({{"requests", total}, {"faults", std::move(list)}});
  }
  for (const auto& fault : *faults) fmt::print(stderr, "{}: {}\n", fault.request_id, fault.what);
  fmt::print("{} requests, {} that their events do not give\n", total, faults->size());
}

}  // namespace

void add_requests(CLI::App& app, Context& context) {
  struct Options {
    std::string id;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* requests = app.add_subcommand("requests", "SS requests and their service clock");
  requests->require_subcommand(1);
  CLI::App* replayed = requests->add_subcommand("replay", "the clock of one request, from its events");
  replayed->add_option("NUMBER", options->id, "SS-2026-0070 or PAO-2026-0001")->required();
  replayed->add_flag("--json", options->json, "one JSON document");
  replayed->callback([&context, options] { replay(context, options->id, options->json); });
  CLI::App* checked = requests->add_subcommand("check", "every request against its events");
  checked->add_flag("--json", options->json, "one JSON document");
  checked->callback([&context, options] { check(context, options->json); });
}

}  // namespace pao::bot::cli
