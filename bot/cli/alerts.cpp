#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/alerts/digest.hpp"
#include "handlers/procedure/alert_precision.hpp"
#include "storage/alerts_store.hpp"

#include <fmt/format.h>

#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::alerts::Digest;

Json to_json(const std::vector<Digest>& digests) {
  Json people = Json::array();
  for (const Digest& digest : digests) {
    Json lines = Json::array();
    for (const auto& line : digest.lines) {
      lines.push_back({{"proceso_id", line.alert.obligation.process_id},
                       {"practica", line.alert.obligation.practice},
                       {"elemento_id", line.alert.obligation.item_id},
                       {"periodo", line.alert.obligation.period},
                       {"fecha_limite", iso_date(line.alert.obligation.due_on)},
                       {"dias_habiles", line.alert.business_days_left},
                       {"motivo", line.alert.reason}});
    }
    Json further = Json::array();
    for (const handlers::DigestLine& line : digest.further) {
      further.push_back({{"regla", line.rule},
                         {"clave", line.key},
                         {"proceso_id", line.process_id},
                         {"practica", line.practice},
                         {"asunto", line.title},
                         {"motivo", line.text}});
    }
    people.push_back({{"persona_id", digest.person.id},
                      {"nombre", digest.person.name},
                      {"alertas", lines},
                      {"otros_avisos", further}});
  }
  return people;
}

void preview(Context& context, const std::string& on, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Date> day = day_or_today(context, on, workspace->clock);
  if (!day) return;
  const Instant now = instant_on(*day, workspace->clock);
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(now); !loaded) return report(context, loaded.error());
  const auto digests = workspace->database->read([&](storage::Session& session) {
    return handlers::alerts::digests_due(session, *reference.current(), now);
  });
  if (!digests) return report(context, digests.error());
  const Json people = to_json(*digests);
  if (as_json) return print({{"fecha", iso_date(*day)}, {"personas", people}});
  if (people.empty())
    fmt::print(
        "{}: nothing to tell. Alerts that were sent are not repeated, and none go out on a day that is not "
        "worked.\n",
        iso_date(*day));
  for (const Json& person : people) {
    fmt::print("{} {}\n", person["persona_id"].get<std::string>(), person["nombre"].get<std::string>());
    for (const Json& line : person["alertas"]) {
      fmt::print("  {} {} {} {}: {}\n", line["proceso_id"].get<std::string>(),
                 line["elemento_id"].get<std::string>(), line["periodo"].get<std::string>(),
                 line["fecha_limite"].get<std::string>(), line["motivo"].get<std::string>());
    }
    for (const Json& line : person["otros_avisos"]) {
      fmt::print("  {} {}: {}\n", line["regla"].get<std::string>(), line["asunto"].get<std::string>(),
                 line["motivo"].get<std::string>());
    }
  }
}

// Without --since the last 90 days; the day of --until counts.
void precision(Context& context, const std::string& since, const std::string& until, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Date> last = day_or_today(context, until, workspace->clock);
  if (!last) return;
  const std::optional<Date> first = since.empty() ? std::optional(*last - std::chrono::days{90})
                                                  : day_or_today(context, since, workspace->clock);
  if (!first) return;
  const auto rules = workspace->database->read([&](storage::Session& session) {
    std::vector<procedure::RuleCount> counts;
    for (const storage::AlertCount& one :
         storage::count_alerts(session, "", *first, *last + std::chrono::days{1}))
      counts.push_back({one.rule, one.told, one.failed, one.useful, one.not_useful});
    return procedure::count_by_rule(counts);
  });
  if (!rules) return report(context, rules.error());
  Json lines = Json::array();
  for (const procedure::RuleCount& one : *rules) {
    const std::optional<double> share = procedure::precision_of(one);
    lines.push_back({{"regla", one.rule},
                     {"avisadas", one.told},
                     {"no_entregadas", one.failed},
                     {"utiles", one.useful},
                     {"no_utiles", one.not_useful},
                     {"precision", share ? Json(*share) : Json()}});
  }
  if (as_json) return print({{"desde", iso_date(*first)}, {"hasta", iso_date(*last)}, {"reglas", lines}});
  fmt::print("{:<44} {:>7} {:>7} {:>7} {:>9}\n", "rule", "told", "useful", "not", "precision");
  for (const procedure::RuleCount& one : *rules) {
    const std::optional<double> share = procedure::precision_of(one);
    fmt::print("{:<44} {:>7} {:>7} {:>7} {:>9}\n", one.rule, one.told, one.useful, one.not_useful,
               share ? fmt::format("{:.0f} %", *share * 100) : "-");
  }
}

}  // namespace

void add_alerts(CLI::App& app, Context& context) {
  struct Options {
    std::string on, since, until;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* alerts = app.add_subcommand("alerts", "early alerts");
  alerts->require_subcommand(1);
  CLI::App* command = alerts->add_subcommand("preview", "what would be sent to whom and why; sends nothing");
  command->add_option("--on", options->on, "the day; today when left out");
  command->add_flag("--json", options->json, "one JSON document");
  command->callback([&context, options] { preview(context, options->on, options->json); });
  CLI::App* useful = alerts->add_subcommand("precision", "how often people say that a rule's alerts help");
  useful->add_option("--since", options->since, "first day; 90 days before the last one when left out");
  useful->add_option("--until", options->until, "last day; today when left out");
  useful->add_flag("--json", options->json, "one JSON document");
  useful->callback(
      [&context, options] { precision(context, options->since, options->until, options->json); });
}

}  // namespace pao::bot::cli
