#include "handlers/consult/consult_handler.hpp"

#include "cards/answer_card.hpp"
#include "cards/texts.hpp"
#include "handlers/consult/answer_policy.hpp"
#include "handlers/consult/ask.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/scope.hpp"
#include "storage/answers_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::consult {
namespace {

using cards::Suggestion;
using procedure::Criterion;

constexpr std::size_t most_see_also = 2;

std::vector<Criterion> criteria_of(const Reference& reference, const Understanding& understood,
                                   const std::vector<std::size_t>& hits) {
  std::vector<Criterion> criteria;
  for (const std::size_t hit : hits) {
    criteria.push_back(reference.knowledge().index.criteria()[understood.hits[hit].criterion]);
  }
  return criteria;
}

std::string codes(const std::vector<Criterion>& criteria) {
  std::string joined;
  for (const Criterion& criterion : criteria) joined += (joined.empty() ? "" : " ") + criterion.code;
  return joined;
}

// What the person may do next, in the order of usefulness; nothing for people without a role.
std::vector<Suggestion> suggestions_for(const Turn& turn, const Criterion& criterion) {
  std::vector<Suggestion> suggestions;
  if (!turn.person) return suggestions;
  const Date today = local_date(turn.at);
  const auto may = [&](procedure::Action action) {
    return procedure::may(*turn.person, action, "", "", today).has_value();
  };
  const bool of_a_practice = criterion.practice != procedure::practice::general;
  if (of_a_practice && may(procedure::Action::record_progress)) {
    suggestions.push_back({.kind = Suggestion::Kind::register_progress});
  }
  if (may(procedure::Action::file_request)) suggestions.push_back({.kind = Suggestion::Kind::open_request});
  if (may(procedure::Action::ask_advisor)) suggestions.push_back({.kind = Suggestion::Kind::talk_to_advisor});
  return suggestions;
}

std::vector<Citation> citations_of(const std::vector<Criterion>& criteria) {
  std::vector<Citation> citations;
  for (const Criterion& criterion : criteria) {
    citations.push_back({.title = criterion.code + ": " + criterion.title,
                         .excerpt = criterion.text,
                         .keywords = {"Vigencia " + std::to_string(criterion.term),
                                      "Versión " + std::to_string(criterion.version)}});
  }
  return citations;
}

std::string answer_id_of(const Turn& turn) {
  return storage::answer_id(turn.conversation_id, turn.activity_id);
}

Reply small_talk(std::string_view reason) {
  if (reason == "empty") {
    return {.content = {.text = "No recibí ningún texto. Escriba su pregunta, por favor."},
            .trace = {.outcome = "empty"}};
  }
  return {.content = {.text = "Cuénteme qué necesita. Escriba «ayuda» para ver qué puedo hacer."},
          .trace = {.outcome = "small_talk"}};
}

}  // namespace

Result<handlers::Decision> ConsultHandler::on_question(const Turn& turn,
                                                       const Understanding& understood) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const consult::Decision decision = decide(understood);
  if (decision.kind == AnswerKind::answer) {
    std::vector<Criterion> criteria = criteria_of(*reference, understood, decision.hits);
    const Criterion best = criteria.front();
    criteria.erase(criteria.begin());
    criteria.resize(std::min(criteria.size(), most_see_also));
    return handlers::Decision(answer_with(turn, *reference, best, turn.text, criteria));
  }
  if (decision.kind == AnswerKind::clarify) {
    const std::vector<Criterion> options = criteria_of(*reference, understood, decision.hits);
    return handlers::Decision(
        Reply{.content = {.card = cards::clarify_card(
                              {.question = turn.text, .options = options, .answer_id = answer_id_of(turn)})},
              .trace = {.outcome = "clarified", .fields = {{"criteria", codes(options)}}}});
  }
  if (decision.reason == "empty" || decision.kind == AnswerKind::action)
    return handlers::Decision(small_talk(decision.reason));

  // Only a topic that we know to be somebody else's is turned away; about anything else nothing was found.
  const bool is_foreign = understood.kind == MessageKind::out_of_scope && decision.reason != "unknown";
  cards::AbstainView view{.question = turn.text, .out_of_scope = is_foreign, .answer_id = answer_id_of(turn)};
  if (view.out_of_scope) view.sentence = refusal_sentence(decision.reason);
  if (turn.person) {
    const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
    const procedure::Process* process =
        scopes.empty() ? nullptr : reference->process(scopes.front().process_id);
    if (process) {
      const auto advisor = database_.read(
          [&](storage::Session& session) { return storage::find_person(session, process->advisor_id); });
      if (advisor && *advisor) view.advisor_name = (*advisor)->name;
    }
  }
  return handlers::Decision(
      Reply{.content = {.card = cards::abstain_card(view)},
            .trace = {.outcome = "abstained", .fields = {{"reason", decision.reason}}}});
}

Result<handlers::Decision> ConsultHandler::on_choose(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Criterion* criterion = reference->knowledge().index.find(turn.value("codigo"));
  if (!criterion) {
    return fail(ErrorCode::invalid, "choose: unknown criterion",
                "Ese criterio ya no está vigente. Escriba su pregunta de nuevo.");
  }
  return handlers::Decision(
      answer_with(turn, *reference, *criterion, std::string(turn.value("pregunta")), {}));
}

Reply ConsultHandler::answer_with(const Turn& turn, const Reference& reference, const Criterion& criterion,
                                  const std::string& question, const std::vector<Criterion>& see_also) const {
  const procedure::PracticeRules* rules = reference.rules_of(criterion.practice);
  cards::AnswerView view{.question = question,
                         .criterion = criterion,
                         .practice_name = rules ? rules->name : criterion.practice,
                         .sample = rules && rules->sample,
                         .see_also = see_also,
                         .suggestions = suggestions_for(turn, criterion),
                         .answer_id = answer_id_of(turn)};
  if (criterion.term < reference.term) view.fallback_for_term = reference.term;
  std::vector<Criterion> cited = see_also;
  cited.insert(cited.begin(), criterion);
  return {.content = {.text = cards::source_line(view),
                      .card = cards::answer_card(view),
                      .citations = citations_of(cited),
                      .feedback = true},
          .trace = {.outcome = "answered",
                    .fields = {{"criteria", codes(cited)},
                               {"version", std::to_string(criterion.version)},
                               {"term", std::to_string(criterion.term)}}}};
}

}  // namespace pao::handlers::consult
