#include "handlers/consult/evaluate.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::Intent;
using handlers::consult::Evaluation;
using handlers::consult::Question;
using handlers::consult::QuestionKind;
using handlers::consult::Scores;

std::optional<Intent> parse_intent(const std::string& word) {
  for (const Intent intent : {Intent::register_progress, Intent::open_ss, Intent::see_status,
                              Intent::talk_to_advisor, Intent::validate_report}) {
    if (handlers::to_string(intent) == word) return intent;
  }
  return std::nullopt;
}

std::optional<QuestionKind> parse_kind(const std::string& word) {
  if (word == "answerable") return QuestionKind::answerable;
  if (word == "out_of_scope") return QuestionKind::out_of_scope;
  if (word == "action") return QuestionKind::action;
  return std::nullopt;
}

Result<Question> parse_question(const std::string& line) {
  const auto wrong = [](const char* what) { return fail(ErrorCode::invalid, what); };
  const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
  if (!object.is_object()) return wrong("not a JSON object");
  const auto text = [&](const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  Question question{.id = text("id"), .question = text("question"), .practice = text("practice")};
  if (question.id.empty() || question.question.empty()) return wrong("id or question is missing");
  const std::optional<QuestionKind> kind = parse_kind(text("kind"));
  if (!kind) return wrong("kind must be answerable, out_of_scope or action");
  question.kind = *kind;
  if (const auto expected = object.find("expected"); expected != object.end() && expected->is_array()) {
    for (const auto& code : *expected) {
      if (!code.is_string()) return wrong("expected must hold criterion codes");
      question.expected.push_back(code.get<std::string>());
    }
  }
  if (question.kind == QuestionKind::action) {
    const std::optional<Intent> intent = parse_intent(text("intent"));
    if (!intent) return wrong("an action needs a known intent");
    question.intent = *intent;
  }
  return question;
}

Result<std::vector<Question>> read_questions(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::invalid, path + ": cannot be read");
  std::vector<Question> questions;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Result<Question> question = parse_question(line);
    if (!question) {
      return fail(ErrorCode::invalid, fmt::format("{}:{}: {}", path, number, question.error().detail));
    }
    questions.push_back(std::move(*question));
  }
  return questions;
}

Json figure(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json to_json(const Scores& scores) {
  return {{"recall_at_1", figure(scores.recall_at_1())},
          {"recall_at_3", figure(scores.recall_at_3())},
          {"mrr", figure(scores.mrr())},
          {"out_of_scope_refused", figure(scores.out_of_scope_refused())},
          {"answerable_refused", figure(scores.answerable_refused())},
          {"intent_accuracy", figure(scores.intent_accuracy())},
          {"questions", scores.answerable + scores.out_of_scope + scores.actions}};
}

Json to_json(const Evaluation& evaluation) {
  Json document = to_json(evaluation.overall);
  for (const auto& [practice, scores] : evaluation.by_practice)
    document["practices"][practice] = to_json(scores);
  document["misses"] = Json::array();
  for (const auto& miss : evaluation.misses) {
    document["misses"].push_back(
        {{"id", miss.id}, {"question", miss.question}, {"expected", miss.expected}, {"got", miss.got}});
  }
  document["confusions"] = Json::array();
  for (const auto& each : handlers::consult::confusions(evaluation)) {
    Json ids = Json::array();
    for (const auto* miss : each.questions) ids.push_back(miss->id);
    document["confusions"].push_back({{"expected", each.expected}, {"got", each.got}, {"ids", ids}});
  }
  return document;
}

std::string percent(std::optional<double> value) {
  return value ? fmt::format("{:5.1f} %", 100 * *value) : std::string("    -  ");
}

void print_row(const std::string& name, const Scores& scores) {
  fmt::print("{:<26} {} {} {} {} {}\n", name, percent(scores.recall_at_1()), percent(scores.recall_at_3()),
             percent(scores.out_of_scope_refused()), percent(scores.answerable_refused()),
             percent(scores.intent_accuracy()));
}

// A code with its title; other words as they are.
std::string titled(const std::string& code, const handlers::Knowledge& knowledge) {
  const procedure::Criterion* criterion = knowledge.index.find(code);
  return criterion ? code + " " + criterion->title : code;
}

void print_confusions(const Evaluation& evaluation, const handlers::Knowledge& knowledge) {
  for (const auto& each : handlers::consult::confusions(evaluation)) {
    fmt::print("\n{} x  {}  taken for  {}\n", each.questions.size(), titled(each.expected, knowledge),
               titled(each.got, knowledge));
    for (const auto* miss : each.questions) fmt::print("     {}  {}\n", miss->id, miss->question);
  }
}

struct Options {
  std::string path;
  bool json = false;
  bool confusions = false;
};

void evaluate(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Result<std::vector<Question>> questions = read_questions(options.path);
  if (!questions) return report(context, questions.error());
  handlers::ReferenceSource reference(*workspace->database);
  const Instant now = workspace->clock();
  if (const Result<void> loaded = reference.refresh(now); !loaded) return report(context, loaded.error());

  const std::shared_ptr<const handlers::Reference> current = reference.current();
  const Evaluation evaluation =
      handlers::consult::evaluate(*questions, local_date(now), current->knowledge());
  if (options.json) return print(to_json(evaluation));
  fmt::print("{:<26} {:>7} {:>7} {:>7} {:>7} {:>7}\n", "", "first", "in 3", "refused", "wrongly", "intent");
  print_row("all", evaluation.overall);
  for (const auto& [practice, scores] : evaluation.by_practice) print_row(practice, scores);
  if (options.confusions) return print_confusions(evaluation, current->knowledge());
  for (const auto& miss : evaluation.misses)
    fmt::print("{}: expected {}, got {}\n", miss.id, miss.expected, miss.got);
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("evaluate", "scores the answers on a question set");
  command->add_option("file", options->path, "one JSON question a line")->required();
  command->add_flag("--json", options->json, "one JSON document");
  command->add_flag("--confusions", options->confusions, "what is taken for what, with the questions");
  command->callback([&context, options] { evaluate(context, *options); });
}

}  // namespace pao::bot::cli
