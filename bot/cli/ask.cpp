#include "handlers/consult/ask.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/consult/asked_day.hpp"
#include "handlers/consult/own_date.hpp"
#include "storage/people_store.hpp"

#include <memory>

namespace pao::bot::cli {
namespace {

using cards::OwnDates;
using handlers::consult::Answer;
using handlers::consult::AnswerKind;
using handlers::consult::CitedCriterion;

struct Options {
  std::string text, as, on;
  bool json = false;
};

template <typename Signs, typename Names>
Json signs_to_json(const Signs& signs, const Names& names) {
  Json json = Json::object();
  for (const auto& [name, member] : names) json[std::string(name)] = signs.*member;
  return json;
}

Json to_json(const std::vector<CitedCriterion>& criteria) {
  Json rows = Json::array();
  for (const CitedCriterion& criterion : criteria)
    rows.push_back({{"code", criterion.code},
                    {"vigencia", criterion.term},
                    {"version", criterion.version},
                    {"score", criterion.score},
                    {"signals", signs_to_json(criterion.signals, storage::knowledge::signal_names)},
                    {"title", criterion.title}});
  return rows;
}

// Why it came to this, with the limits that decided.
Json understanding_to_json(const Answer& answer) {
  const handlers::consult::PolicyLimits limits;
  return {{"in_scope", answer.in_scope},
          {"answered", answer.answered},
          {"limits", {{"in_scope", limits.topic}, {"answered", limits.answered}, {"score", limits.passage}}},
          {"signs", signs_to_json(answer.signs, storage::knowledge::scope_sign_names)},
          {"passage", signs_to_json(answer.passage, storage::knowledge::passage_sign_names)},
          {"nearest", to_json(answer.nearest)}};
}

Json to_json(const Answer& answer) {
  return {{"kind", handlers::consult::to_string(answer.kind)},
          {"intent", handlers::to_string(answer.intent)},
          {"criteria", to_json(answer.criteria)},
          {"practice", answer.practice},
          {"reason", answer.reason},
          {"text", answer.text},
          {"understanding", understanding_to_json(answer)}};
}

Json to_json(const OwnDates& dates) {
  Json rows = Json::array();
  for (const auto& due : {dates.overdue, dates.due}) {
    if (!due) continue;
    rows.push_back({{"process", due->obligation.process_id},
                    {"item", due->obligation.item_id},
                    {"period", due->obligation.period},
                    {"due_on", iso_date(due->obligation.due_on)},
                    {"business_days_left", due->business_days_left},
                    {"recorded", due->recorded}});
  }
  for (const cards::OwnWindow& window : dates.windows)
    rows.push_back({{"report", window.report_id},
                    {"due_on", iso_date(window.last_day)},
                    {"business_days_left", window.business_days_left}});
  return rows;
}

std::string sentences_of(const OwnDates& dates) {
  std::string text;
  if (dates.overdue) text += "\n\n" + cards::own_due_sentence(*dates.overdue);
  if (const std::string more = cards::overdue_count_sentence(dates); !more.empty()) text += " " + more;
  if (dates.due) text += "\n\n" + cards::own_due_sentence(*dates.due);
  for (const cards::OwnWindow& window : dates.windows) text += "\n\n" + cards::own_window_sentence(window);
  return text;
}

// Like the chat: of a single answer to somebody whom the directory knows.
Result<OwnDates> own_dates_of(storage::Database& database, const handlers::Reference& reference,
                              const Options& options, const Answer& answer, Instant at) {
  const procedure::Criterion* criterion = answer.kind == AnswerKind::answer
                                              ? reference.knowledge().index.find(answer.criteria.front().code)
                                              : nullptr;
  if (options.as.empty() || !criterion) return OwnDates{};
  const auto month = handlers::consult::asked_month(options.text, local_date(at));
  return database.read([&](storage::Session& session) -> Result<OwnDates> {
    const auto person = storage::find_person_named(session, options.as);
    if (!person) return OwnDates{};
    return handlers::consult::own_dates(session, reference, *person, *criterion, month, at);
  });
}

// One document for a message with several questions: what the parts cite together, and each part.
Json to_json(const std::vector<Answer>& answers) {
  Json document = to_json(answers.front());
  if (answers.size() == 1) return document;
  Json criteria = Json::array(), parts = Json::array();
  std::string text;
  for (const Answer& answer : answers) {
    Json part = to_json(answer);
    part["question"] = answer.question;
    if (!answer.criteria.empty()) criteria.push_back(part["criteria"].front());
    text += (text.empty() ? "" : "\n\n") + answer.question + "\n" + answer.text;
    parts.push_back(std::move(part));
  }
  document["kind"] = handlers::consult::to_string(AnswerKind::answer);
  document["reason"] = "";
  document["criteria"] = std::move(criteria);
  document["text"] = text;
  document["answers"] = std::move(parts);
  return document;
}

// The day whose guidelines answer: with --on that one, else the one in the past that the question names.
std::optional<Date> past_day(const Options& options, Date today) {
  if (!options.on.empty()) return std::nullopt;
  const std::optional<Date> named = handlers::consult::asked_day(options.text);
  return named && *named < today ? named : std::nullopt;
}

void ask(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const std::optional<Date> day = day_or_today(context, options.on, workspace->clock);
  if (!day) return;
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(workspace->clock()); !loaded)
    return report(context, loaded.error());
  const std::optional<Date> past = past_day(options, *day);
  const auto in_force = reference.as_of(past.value_or(*day));
  if (!in_force) return report(context, in_force.error());
  std::vector<Answer> answers = handlers::consult::ask_each(
      options.text, {.on = past.value_or(*day), .past = past.has_value()}, (*in_force)->knowledge());
  OwnDates own;
  if (answers.size() == 1 && !past) {
    const Result<OwnDates> found = own_dates_of(*workspace->database, **in_force, options, answers.front(),
                                                instant_on(*day, workspace->clock));
    if (!found) return report(context, found.error());
    own = *found;
    answers.front().text += sentences_of(own);
  }
  Json document = to_json(answers);
  if (!options.json) {
    std::cout << document["text"].get<std::string>() << "\n";
    return;
  }
  document["on"] = iso_date(past.value_or(*day));
  document["own_dates"] = to_json(own);
  print(document);
}

}  // namespace

void add_ask(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("ask", "the answer that the chat would give");
  command->add_option("--as", options->as,
                      "who asks, for the person's own dates; guidelines answer everybody");
  command->add_option("--on", options->on,
                      "as of this day; else of the one that the question names, or today");
  command->add_flag("--json", options->json, "one JSON document, with why it came to this");
  command->add_option("text", options->text, "the question")->required();
  command->callback([&context, options] { ask(context, *options); });
}

}  // namespace pao::bot::cli
