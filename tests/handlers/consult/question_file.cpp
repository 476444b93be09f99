#include "tests/handlers/consult/question_file.hpp"

#include "storage/knowledge/guideline_file.hpp"
#include "tests/paths.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace pao::tests {

using handlers::Intent;
using handlers::consult::Question;
using handlers::consult::QuestionKind;

std::vector<Question> read_questions(const std::string& file_name) {
  std::ifstream file(std::string(pao::tests::source_dir) + "/tests/data/questions/" + file_name);
  std::vector<Question> out;
  for (std::string line; std::getline(file, line);) {
    const auto json = nlohmann::json::parse(line);
    Question question;
    question.id = json.at("id").get<std::string>();
    question.question = json.at("question").get<std::string>();
    if (json.at("practice").is_string()) question.practice = json.at("practice").get<std::string>();
    question.expected = json.at("expected").get<std::vector<std::string>>();
    const auto kind = json.at("kind").get<std::string>();
    question.kind = kind == "answerable"     ? QuestionKind::answerable
                    : kind == "out_of_scope" ? QuestionKind::out_of_scope
                                             : QuestionKind::action;
    for (const Intent intent : {Intent::register_progress, Intent::open_ss, Intent::see_status,
                                Intent::talk_to_advisor, Intent::validate_report}) {
      if (json.value("intent", "") == handlers::to_string(intent)) question.intent = intent;
    }
    question.near_miss = json.value("reason", "") == "no_criterion";
    out.push_back(std::move(question));
  }
  return out;
}

SampleGuidelines sample_guidelines() {
  SampleGuidelines out;
  std::set<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(pao::tests::source_dir) + "/tests/data/guidelines"))
    files.insert(entry.path());
  for (const auto& path : files) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const auto guideline = storage::knowledge::parse_guideline(text.str());
    if (!guideline) throw std::runtime_error(path.string() + " is not a guideline");
    out.criteria.insert(out.criteria.end(), guideline->criteria.begin(), guideline->criteria.end());
    out.practices.push_back(guideline->rules);
  }
  return out;
}

const handlers::Knowledge& sample_knowledge() {
  static const handlers::Knowledge knowledge = [] {
    SampleGuidelines sample = sample_guidelines();
    return handlers::build_knowledge(std::move(sample.criteria), std::move(sample.practices));
  }();
  return knowledge;
}

}  // namespace pao::tests
