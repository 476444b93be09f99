// Fits the weights of the assistant's signals on question sets, and says honestly how they do elsewhere.
//
//   fit_knowledge [--content FOLDER] [--write] [--misses] [--check SET] SET…
//
// SET is a file of tests/data/questions. What is fitted on besides the sets: every example phrasing and
// utterance of the content, asked while it and a fifth of the others are missing, for only wordings that the
// content does not have show how much each signal is worth on new ones. With each set in turn left out, the
// weights are fitted on the rest and measured on it; the mean of these figures is the one to compare settings
// by. Then the weights fitted on everything are shown and, with --write, written to knowledge_weights.txt of
// the content folder (by default storage/content, which is compiled into the program). A --check set is
// measured, never fitted on.
#include "tests/fit/fit.hpp"
#include "tests/handlers/consult/question_file.hpp"
#include "tests/paths.hpp"

#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

using namespace pao;
using namespace pao::tests;
using handlers::Intent;
using handlers::consult::Evaluation;
using handlers::consult::Question;
using handlers::consult::QuestionKind;
using Questions = std::vector<Question>;

namespace {

constexpr std::size_t folds = 5;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void show(const std::string& name, const Evaluation& result) {
  const auto& s = result.overall;
  std::printf("%-28s @1 %.3f  @3 %.3f  refused %.3f  wrongly %.3f  intents %.3f\n", name.c_str(),
              s.recall_at_1().value_or(0), s.recall_at_3().value_or(0), s.out_of_scope_refused().value_or(0),
              s.answerable_refused().value_or(0), s.intent_accuracy().value_or(0));
}

struct Options {
  std::filesystem::path content = std::string(pao::tests::source_dir) + "/storage/content";
  bool write = false;
  bool misses = false;
  std::vector<std::string> fitted;
  std::vector<std::string> checked;
};

Options options_of(int count, char** words) {
  Options out;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--write") {
      out.write = true;
    } else if (word == "--misses") {
      out.misses = true;
    } else if (word == "--content" && i + 1 < count) {
      out.content = words[++i];
    } else if (word == "--check" && i + 1 < count) {
      out.checked.push_back(words[++i]);
    } else {
      out.fitted.push_back(word);
    }
  }
  return out;
}

// The content of a folder, so that a wording can be tried without building the program again.
struct Content {
  explicit Content(const std::filesystem::path& folder)
      : lexicon(
            {read_file(folder / "knowledge_spellings.txt"), read_file(folder / "knowledge_stop_words.txt"),
             read_file(folder / "knowledge_expressions.txt"), read_file(folder / "knowledge_practices.txt")}),
        phrasings(storage::knowledge::parse_phrasings(read_file(folder / "knowledge_phrasings.txt"))) {
    language.lexicon = &lexicon;
    language.phrasings = &phrasings;
    language.utterances = handlers::parse_utterances(read_file(folder / "knowledge_utterances.txt"));
    language.weights = storage::knowledge::parse_weights(read_file(folder / "knowledge_weights.txt"));
  }
  storage::knowledge::Lexicon lexicon;
  std::vector<storage::knowledge::Phrasing> phrasings;
  handlers::Language language;
};

handlers::Knowledge knowledge_with(const Content& content, const storage::knowledge::Weights& weights) {
  handlers::Language language = content.language;
  language.weights = weights;
  SampleGuidelines sample = sample_guidelines();
  return handlers::build_knowledge(std::move(sample.criteria), std::move(sample.practices), language);
}

Question phrasing_question(const storage::knowledge::Phrasing& phrasing) {
  return {"", phrasing.text, "", {phrasing.code}, QuestionKind::answerable, {}, false};
}

Question utterance_question(const handlers::Utterance& utterance) {
  Question out{"", utterance.text, "", {}, QuestionKind::action, {}, false};
  out.near_miss = utterance.label == "question/no_criterion";
  if (out.near_miss || utterance.label.starts_with("out_of_scope")) out.kind = QuestionKind::out_of_scope;
  for (const Intent intent : {Intent::register_progress, Intent::open_ss, Intent::see_status,
                              Intent::talk_to_advisor, Intent::validate_report}) {
    if (utterance.label == handlers::to_string(intent)) out.intent = intent;
  }
  return out;
}

// The content without every fifth example, and those examples as questions.
Lesson lesson_without(const Content& content, std::size_t fold, std::deque<handlers::Knowledge>& keep) {
  Lesson out;
  std::vector<storage::knowledge::Phrasing> phrasings;
  for (std::size_t i = 0; i < content.phrasings.size(); ++i) {
    if (i % folds != fold) {
      phrasings.push_back(content.phrasings[i]);
    } else {
      out.questions.push_back(phrasing_question(content.phrasings[i]));
    }
  }
  handlers::Language language = content.language;
  language.phrasings = &phrasings;
  language.utterances.clear();
  for (std::size_t i = 0; i < content.language.utterances.size(); ++i) {
    const handlers::Utterance& each = content.language.utterances[i];
    if (i % folds != fold) {
      language.utterances.push_back(each);
    } else if (each.label.find('_') != std::string::npos) {  // neither small talk nor a bare "question"
      out.questions.push_back(utterance_question(each));
    }
  }
  SampleGuidelines sample = sample_guidelines();
  keep.push_back(
      handlers::build_knowledge(std::move(sample.criteria), std::move(sample.practices), language));
  out.knowledge = &keep.back();
  return out;
}

Evaluation measure(const Content& content, const storage::knowledge::Weights& weights,
                   const Questions& questions) {
  return evaluate(questions, make_date(2026, 11, 9), knowledge_with(content, weights));
}

}  // namespace

int main(int count, char** words) {
  const Options options = options_of(count, words);
  const Content content(options.content);
  const auto start = std::chrono::steady_clock::now();
  const handlers::Knowledge knowledge = knowledge_with(content, content.language.weights);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::printf("built in %.0f ms\n", took.count());

  std::vector<Questions> sets;
  for (const std::string& name : options.fitted) sets.push_back(read_questions(name));
  std::deque<handlers::Knowledge> keep;
  std::vector<Lesson> examples;
  for (std::size_t fold = 0; fold < folds; ++fold) examples.push_back(lesson_without(content, fold, keep));
  const auto fitted_on = [&](std::size_t left_out) {
    std::vector<Lesson> lessons = examples;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      if (i != left_out) lessons.push_back({sets[i], &knowledge});
    }
    return fit(lessons, content.language.weights);
  };
  for (std::size_t i = 0; i < sets.size() && sets.size() > 1; ++i)
    show("left out " + options.fitted[i], measure(content, fitted_on(i), sets[i]));

  const storage::knowledge::Weights weights = fitted_on(sets.size());
  for (std::size_t fold = 0; fold < folds; ++fold)
    show("examples left out",
         evaluate(examples[fold].questions, make_date(2026, 11, 9), *examples[fold].knowledge));
  const auto show_set = [&](const std::string& name, const Questions& questions) {
    show(name, measure(content, content.language.weights, questions));
    const Evaluation result = measure(content, weights, questions);
    show("  fitted", result);
    if (!options.misses) return;
    for (const auto& miss : result.misses)
      std::cout << "    " << miss.id << ": " << miss.expected << " / " << miss.got << "\n";
  };
  for (std::size_t i = 0; i < sets.size(); ++i) show_set(options.fitted[i], sets[i]);
  for (const std::string& name : options.checked) show_set(name, read_questions(name));
  std::cout << to_text(weights);
  if (options.write) {
    std::ofstream file(options.content / "knowledge_weights.txt");
    file << "# Written by tests/fit (see there); every sign is described in storage/knowledge/weights.hpp.\n"
         << to_text(weights);
  }
  return 0;
}
