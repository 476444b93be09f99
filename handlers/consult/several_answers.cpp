#include "handlers/consult/several_answers.hpp"

#include "handlers/consult/answer_policy.hpp"
#include "handlers/consult/ask.hpp"
#include "handlers/consult/several_questions.hpp"
#include "handlers/message_features.hpp"
#include "handlers/procedure/permissions.hpp"

#include <algorithm>

namespace pao::handlers::consult {
namespace {

using cards::Suggestion;
using Part = cards::SeveralAnswersView::Part;

struct Order {
  Intent intent;
  const char* sentence;
  Suggestion::Kind button;
  std::optional<procedure::Action> action;  // what must be allowed; none: anybody in the directory
};

const Order& order_of(Intent intent) {
  using procedure::Action;
  static const Order orders[] = {
      {Intent::register_progress,
       "Regístrelo con este botón. Nada queda registrado hasta que usted lo confirme.",
       Suggestion::Kind::register_progress, Action::record_progress},
      {Intent::open_ss, "Ese cambio se pide por SS. Prepárela con este botón y revísela antes de enviarla.",
       Suggestion::Kind::open_request, Action::file_request},
      {Intent::talk_to_advisor, "Escríbale a su asesor con este botón.", Suggestion::Kind::talk_to_advisor,
       Action::ask_advisor},
      {Intent::validate_report, "Vea sus reportes con este botón.", Suggestion::Kind::my_reports,
       std::nullopt},
      {Intent::see_status, "Véalo con este botón.", Suggestion::Kind::my_status, std::nullopt}};
  const auto found = std::find_if(std::begin(orders), std::end(orders),
                                  [&](const Order& each) { return each.intent == intent; });
  return found == std::end(orders) ? orders[std::size(orders) - 1] : *found;
}

// The first id of that kind; "" when there is none.
std::string first_id(const Understanding& understood, bool (*is_wanted)(std::string_view)) {
  const auto found = std::find_if(understood.ids.begin(), understood.ids.end(), is_wanted);
  return found == understood.ids.end() ? "" : *found;
}

// The order as a button, or why this person may not give it here: what it would meet in a message of its own.
void add_order(const Turn& turn, const Understanding& understood, Part& part) {
  const Order& order = order_of(understood.intent);
  if (!turn.person) {
    part.sentence =
        "No lo encuentro en el directorio de procesos, así que solo puedo responder preguntas generales.";
    return;
  }
  if (turn.place != Place::personal) {
    part.sentence = "Eso se lo muestro solo a usted: escríbame en el chat personal.";
    return;
  }
  const Result<void> allowed = order.action
                                   ? procedure::may(*turn.person, *order.action, "", "", local_date(turn.at))
                                   : Result<void>();
  if (!allowed) {
    part.sentence = allowed.error().message;
    return;
  }
  part.sentence = order.sentence;
  part.practice = understood.practice;
  const std::string request = first_id(understood, is_request_number);
  if (order.intent == Intent::see_status && !request.empty()) {
    part.next = Suggestion{Suggestion::Kind::see_request, request};
  } else {
    part.next = Suggestion{order.button, first_id(understood, is_item_id)};
  }
}

void add_answers(const Understanding& understood, const Decision& decision, const Reference& reference,
                 Part& part) {
  const auto& all = reference.knowledge().index.criteria();
  for (const std::size_t hit : decision.hits) part.criteria.push_back(all[understood.hits[hit].criterion]);
  if (decision.kind != AnswerKind::answer) return;
  part.criteria.resize(1);
  const procedure::Criterion& best = part.criteria.front();
  const procedure::PracticeRules* rules = reference.rules_of(best.practice);
  part.practice_name = rules ? rules->name : best.practice;
  if (best.term < reference.term) part.fallback_for_term = reference.term;
}

Part part_of(const Turn& turn, const std::string& question, const Understanding& understood,
             const Decision& decision, const Reference& reference, std::optional<Date> as_of) {
  Part part{.question = question};
  const bool of_a_guideline = understood.practice.empty() || reference.rules_of(understood.practice);
  if (understood.kind == MessageKind::question && as_of && !of_a_guideline) {
    part.sentence = cards::no_guideline_sentence(understood.practice, *as_of);
  } else if (decision.kind == AnswerKind::answer || decision.kind == AnswerKind::clarify) {
    add_answers(understood, decision, reference, part);
  } else if (decision.kind == AnswerKind::action) {
    add_order(turn, understood, part);
  } else if (understood.kind == MessageKind::out_of_scope && decision.reason != "unknown") {
    part.sentence = refusal_sentence(decision.reason);
  }
  return part;
}

bool is_answered(const Part& part) {
  return part.criteria.size() == 1;
}

// Whether the same criterion stands there already: the second question was another wording of the first.
bool repeats(const std::vector<Part>& parts, const Part& part) {
  return is_answered(part) && std::any_of(parts.begin(), parts.end(), [&](const Part& each) {
           return is_answered(each) && each.criteria.front().code == part.criteria.front().code;
         });
}

bool is_sample(const Part& part, const Reference& reference) {
  return std::any_of(part.criteria.begin(), part.criteria.end(), [&](const procedure::Criterion& each) {
    const procedure::PracticeRules* rules = reference.rules_of(each.practice);
    return rules && rules->sample;
  });
}

}  // namespace

std::optional<SeveralAnswers> answer_each(const Turn& turn, const std::vector<std::string>& questions,
                                          const Reference& reference, std::optional<Date> as_of) {
  if (questions.size() < 2) return std::nullopt;
  SeveralAnswers each{.view = {.left_out = static_cast<int>(questions.size()), .as_of = as_of}};
  cards::SeveralAnswersView& view = each.view;
  std::string practice;
  for (const std::string& question : questions) {
    if (view.parts.size() == most_questions_answered) break;
    --view.left_out;
    const Understanding understood = understand(question, reference.knowledge(), practice);
    if (is_small_talk(understood)) continue;
    const Decision decision = decide(understood);
    Part part = part_of(turn, question, understood, decision, reference, as_of);
    if (repeats(view.parts, part)) continue;
    if (is_answered(part)) practice = part.criteria.front().practice;
    view.sample = view.sample || is_sample(part, reference);
    if (!part.criteria.empty())
      for (const std::size_t hit : decision.hits) each.used.hits.push_back(understood.hits[hit]);
    view.parts.push_back(std::move(part));
  }
  const auto with_criteria = std::count_if(view.parts.begin(), view.parts.end(),
                                           [](const Part& part) { return !part.criteria.empty(); });
  const auto with_sentence = std::count_if(view.parts.begin(), view.parts.end(),
                                           [](const Part& part) { return !part.sentence.empty(); });
  if (with_criteria == 0 || with_criteria + with_sentence < 2) return std::nullopt;
  return each;
}

}  // namespace pao::handlers::consult
