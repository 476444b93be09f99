#include "handlers/learning/month.hpp"

#include "storage/answers_store.hpp"
#include "storage/consult_store.hpp"
#include "storage/feedback_store.hpp"
#include "storage/generated_answers_store.hpp"
#include "storage/knowledge/lexicon.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace pao::handlers::learning {
namespace {

using storage::Session;

struct Opinion {
  bool helped = false;
  std::string reason;  // in the person's words; may be empty
};

// By our id of the answer: the thumbs and reactions under a message, and the buttons of the card. What was
// said last holds.
std::map<std::string, Opinion> opinions_since(Session& session, Instant from) {
  static const std::set<std::string> good{"like",      "heart",     "laugh",
                                          "surprised", "yes-tone1", "1f44d_thumbsup"};
  static const std::set<std::string> bad{"dislike", "sad", "angry", "1f44e_thumbsdown"};
  std::map<std::string, Opinion> opinions;
  for (const storage::Feedback& feedback : storage::feedback_since(session, from)) {
    const bool is_good = good.contains(feedback.reaction);
    if (!is_good && !bad.contains(feedback.reaction)) continue;
    const std::string id = feedback.source == "card"
                               ? feedback.answer_id
                               : storage::answer_id(feedback.conversation_id, feedback.question_id);
    opinions[id] = {is_good, feedback.reason};
  }
  return opinions;
}

std::set<std::string> escalated_answers(const std::vector<storage::Consult>& consults) {
  std::set<std::string> answers;
  for (const storage::Consult& consult : consults) {
    if (!consult.answer_id.empty()) answers.insert(consult.answer_id);
  }
  return answers;
}

// A question of the last day may have been passed on in the days after.
std::vector<storage::Consult> consults_of(Session& session, const Month& month) {
  return storage::consults_between(session, month.from(), month.until() + std::chrono::days{7});
}

procedure::ConsultFact fact_of(const storage::Consult& consult, const procedure::Calendar& calendar,
                               bool reopened) {
  procedure::ConsultFact fact{.practice = consult.practice,
                              .level = consult.level,
                              .state = consult.state,
                              .answer_days = std::nullopt,
                              .reopened = reopened};
  if (consult.replied_at) {
    const Date answered = local_date(*consult.replied_at);
    fact.answer_days = procedure::answer_business_days(local_date(consult.asked_at), answered,
                                                       consult.waited_days, calendar);
    fact.in_time = answered <= consult.due_on;
  }
  return fact;
}

std::set<std::string> stems_of(const std::string& question) {
  const storage::knowledge::Lexicon& lexicon = storage::knowledge::default_lexicon();
  std::set<std::string> stems;
  for (const storage::knowledge::Token& token : lexicon.tokens(question)) {
    if (!token.stop) stems.insert(token.stem);
  }
  return stems;
}

}  // namespace

Instant Month::from() const {
  return start_of_day(make_date(year, month, 1));
}

Instant Month::until() const {
  return before(-1).from();
}

Month Month::before(int months) const {
  const auto day = std::chrono::year{year} / std::chrono::month{month} / 1 - std::chrono::months{months};
  return {static_cast<int>(day.year()), static_cast<unsigned>(day.month())};
}

std::string Month::word() const {
  return iso_date(make_date(year, month, 1)).substr(0, 7);
}

std::optional<Month> parse_month(std::string_view word) {
  if (word.size() != 7) return std::nullopt;
  const std::optional<Date> first = parse_date(std::string(word) + "-01");
  if (!first) return std::nullopt;
  return month_of(start_of_day(*first));
}

Month month_of(Instant at) {
  const std::chrono::year_month_day day{local_date(at)};
  return {static_cast<int>(day.year()), static_cast<unsigned>(day.month())};
}

procedure::MonthlyFigures figures_of(Session& session, const Reference& reference, const Month& month) {
  const std::map<std::string, Opinion> opinions = opinions_since(session, month.from());
  const std::vector<storage::Consult> consults = consults_of(session, month);
  const std::set<std::string> escalated = escalated_answers(consults);
  std::vector<procedure::AnswerFact> answers;
  for (const storage::ShownAnswer& shown : storage::answers_between(session, month.from(), month.until())) {
    procedure::AnswerFact fact{.practice = shown.practice,
                               .outcome = shown.outcome,
                               .escalated = escalated.contains(shown.id),
                               .helped = std::nullopt,
                               .reason = shown.reason,
                               .chosen = shown.chosen};
    if (const auto said = opinions.find(shown.id); said != opinions.end()) fact.helped = said->second.helped;
    answers.push_back(std::move(fact));
  }
  const std::set<std::string> reopened = storage::reopened_consults(session, month.from(), month.until());
  std::vector<procedure::ConsultFact> facts;
  for (const storage::Consult& consult : consults) {
    if (consult.asked_at < month.until())
      facts.push_back(fact_of(consult, reference.calendar, reopened.contains(consult.id)));
  }
  return procedure::advice_figures(answers, facts);
}

std::vector<procedure::AskedQuestion> questions_of(Session& session, const Month& month) {
  const std::map<std::string, Opinion> opinions = opinions_since(session, month.from());
  const std::set<std::string> escalated = escalated_answers(consults_of(session, month));
  std::vector<procedure::AskedQuestion> questions;
  for (const storage::ShownAnswer& shown : storage::answers_between(session, month.from(), month.until())) {
    const auto said = opinions.find(shown.id);
    questions.push_back({.id = shown.id,
                         .at = shown.at,
                         .asked_by = shown.asked_by,
                         .practice = shown.practice,
                         .process_id = shown.process_id,
                         .question = shown.question,
                         .stems = stems_of(shown.question),
                         .outcome = shown.outcome,
                         .reason = shown.reason,
                         .criterion = shown.criteria.substr(0, shown.criteria.find(' ')),
                         .chosen = shown.chosen,
                         .not_helped = said != opinions.end() && !said->second.helped,
                         .escalated = escalated.contains(shown.id)});
  }
  return questions;
}

int asked_in(const std::vector<procedure::AskedQuestion>& questions) {
  return static_cast<int>(std::count_if(questions.begin(), questions.end(),
                                        [](const auto& question) { return !question.chosen; }));
}

std::vector<RegisterLine> register_of(Session& session, const Month& month) {
  const std::map<std::string, Opinion> opinions = opinions_since(session, month.from());
  std::map<std::string, storage::Consult> consults;
  for (storage::Consult& consult : consults_of(session, month)) {
    if (!consult.answer_id.empty()) consults.emplace(consult.answer_id, std::move(consult));
  }
  std::vector<RegisterLine> lines;
  for (storage::ShownAnswer& shown : storage::answers_between(session, month.from(), month.until())) {
    RegisterLine line{.shown = std::move(shown)};
    if (const auto consult = consults.find(line.shown.id); consult != consults.end()) {
      line.consult_id = consult->second.id;
      line.level = consult->second.level;
    }
    if (const auto said = opinions.find(line.shown.id); said != opinions.end()) {
      line.helped = said->second.helped;
      line.reason = said->second.reason;
    }
    const auto generated = storage::find_generated(session, line.shown.id);
    line.generated = generated && generated->state == "escrita";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace pao::handlers::learning
