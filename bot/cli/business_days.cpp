// `business-days FILE.json`: runs calendar cases and compares. `business-days explain DATE N`: why a date is
// due.
#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/procedure/business_calendar.hpp"
#include "storage/calendar_store.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using procedure::Calendar;
using procedure::CountExplanation;

// No service level and no window comes near; more would only count for minutes.
constexpr std::int64_t most_days = 10000;

// The text under that name; "" when there is none.
std::string text_of(const nlohmann::json& input, const char* name) {
  const auto found = input.find(name);
  return found != input.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<Date> date_of(const nlohmann::json& input, const char* name) {
  const auto found = input.find(name);
  const std::optional<Date> day =
      found != input.end() && found->is_string() ? parse_date(found->get<std::string>()) : std::nullopt;
  if (!day) return fail(ErrorCode::invalid, fmt::format("{} is missing or not a date", name));
  return *day;
}

Result<int> number_of(const nlohmann::json& input, const char* name) {
  const auto found = input.find(name);
  if (found == input.end() || !found->is_number_integer()) {
    return fail(ErrorCode::invalid, fmt::format("{} is missing or not a whole number", name));
  }
  const auto number = found->get<std::int64_t>();
  if (number < -most_days || number > most_days) {
    return fail(ErrorCode::invalid, fmt::format("{} is outside {} to {}", name, -most_days, most_days));
  }
  return static_cast<int>(number);
}

// "window_deadline": day 1, last day and the skipped weekdays of N business days after a day or an instant.
Result<Json> window(const nlohmann::json& input, const Calendar& calendar) {
  Result<Date> sent = date_of(input, "sent_date");
  if (const auto at = input.find("sent_at"); at != input.end() && at->is_string()) {
    const std::optional<Instant> instant = parse_instant(at->get<std::string>());
    if (!instant) return fail(ErrorCode::invalid, "sent_at is not an instant with offset");
    sent = local_date(*instant);
  }
  if (!sent) return tl::unexpected<Error>(sent.error());
  const Result<int> days = number_of(input, "business_days");
  if (!days) return tl::unexpected<Error>(days.error());
  if (*days < 1) return fail(ErrorCode::invalid, "business_days must be 1 or more");
  const CountExplanation count = calendar.explain(*sent, *days);
  Json skipped = Json::array();
  for (const auto& day : count.skipped_weekdays()) skipped.push_back(iso_date(day.day));
  return Json{{"expected_day_1", iso_date(count.first)},
              {"expected_deadline", iso_date(count.end)},
              {"skipped_weekday_dates", skipped}};
}

Result<Json> nth_of_month(const nlohmann::json& input, const Calendar& calendar) {
  const Result<int> year = number_of(input, "year"), month = number_of(input, "month"),
                    n = number_of(input, "n");
  for (const auto* part : {&year, &month, &n}) {
    if (!*part) return tl::unexpected<Error>(part->error());
  }
  const Result<Date> day = calendar.nth_business_day_of_month(*year, *month, *n);
  if (!day) return tl::unexpected<Error>(day.error());
  return Json{{"expected", iso_date(*day)}};
}

// The answer under the names that the case has its expected values under.
Result<Json> answer(const nlohmann::json& input, const Calendar& calendar) {
  if (!input.is_object()) return fail(ErrorCode::invalid, "the case is not a JSON object");
  const std::string op = text_of(input, "op");
  if (op == "window_deadline") return window(input, calendar);
  if (op == "nth_business_day_of_month") return nth_of_month(input, calendar);
  if (op == "business_days_after") {
    const Result<Date> from = date_of(input, "from"), to = date_of(input, "to");
    if (!from) return tl::unexpected<Error>(from.error());
    if (!to) return tl::unexpected<Error>(to.error());
    return Json{{"expected", calendar.business_days_after(*from, *to)}};
  }
  if (op == "is_business_day") {
    const Result<Date> day = date_of(input, "date");
    if (!day) return tl::unexpected<Error>(day.error());
    return Json{{"expected", calendar.is_business_day(*day)}};
  }
  return fail(ErrorCode::invalid, "unknown op \"" + op + "\"");
}

// A case that expects nothing is not right: most likely its names are misspelt.
bool agrees(const nlohmann::json& input, const Json& got) {
  bool compared = false;
  for (const auto& [name, value] : got.items()) {
    const auto expected = input.find(name);
    if (expected == input.end()) continue;
    if (nlohmann::json(value) != *expected) return false;
    compared = true;
  }
  return compared;
}

void run_cases(Context& context, const std::string& path, bool as_json) {
  std::ifstream file(path);
  const nlohmann::json document = nlohmann::json::parse(file, nullptr, false);
  const auto cases = document.is_object() ? document.find("cases") : document.end();
  if (!document.is_object() || cases == document.end() || !cases->is_array()) {
    return report(context, {ErrorCode::invalid, path + ": not a JSON file with a list \"cases\""});
  }
  const Calendar statutory, with_entity = storage::default_calendar();
  Json results = Json::array();
  int right = 0;
  for (const nlohmann::json& input : *cases) {
    const Calendar& calendar = text_of(input, "calendar") == "statutory" ? statutory : with_entity;
    const Result<Json> got = answer(input, calendar);
    const bool is_right = got && agrees(input, *got);
    right += is_right;
    Json result = {{"id", text_of(input, "id")}, {"right", is_right}};
    if (got) {
      result["got"] = *got;
    } else {
      result["error"] = got.error().detail;
    }
    results.push_back(result);
    if (!as_json && !is_right) fmt::print("{}: {}\n", text_of(input, "id"), result.dump());
  }
  const bool all_right = right == static_cast<int>(results.size());
  if (!all_right) context.status = failed;
  if (as_json) return print({{"cases", results.size()}, {"right", right}, {"results", results}});
  fmt::print("{} of {} cases right\n", right, results.size());
}

std::string why(const procedure::CountedDay& day) {
  if (day.number > 0) return fmt::format("día hábil {}", day.number);
  std::string reasons;
  for (const auto& reason : day.reasons) {
    reasons +=
        (reasons.empty() ? "" : "; ") + reason.name + (reason.norm.empty() ? "" : " (" + reason.norm + ")");
  }
  return reasons;
}

void explain(Context& context, const std::string& from, int days) {
  const std::optional<Date> start = parse_date(from);
  if (!start || days < 1 || days > most_days) {
    report(context,
           {ErrorCode::invalid,
            fmt::format("explain needs a date like 2026-03-27 and a number from 1 to {}", most_days)});
    context.status = usage;
    return;
  }
  const CountExplanation count = storage::default_calendar().explain(*start, days);
  for (const auto& day : count.days) fmt::print("{}  {}\n", iso_date(day.day), why(day));
  fmt::print("{} días hábiles desde {}: {} ({})\n", days, iso_date(count.start), iso_date(count.end),
             count.calendar);
}

}  // namespace

void add_business_days(CLI::App& app, Context& context) {
  struct Options {
    std::string path, from;
    int days = 0;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("business-days", "runs calendar cases, or explains a count");
  command->add_option("file", options->path, "cases: window_deadline, nth_business_day_of_month, …");
  command->add_flag("--json", options->json, "one JSON document");
  CLI::App* explained = command->add_subcommand("explain", "every day of a count of business days");
  explained->add_option("date", options->from, "the day before day 1")->required();
  explained->add_option("n", options->days, "how many business days")->required();
  explained->callback([&context, options] { explain(context, options->from, options->days); });
  command->callback([&context, command, options] {
    if (!command->get_subcommands().empty()) return;
    if (options->path.empty()) throw CLI::RequiredError("file");
    run_cases(context, options->path, options->json);
  });
}

}  // namespace pao::bot::cli
