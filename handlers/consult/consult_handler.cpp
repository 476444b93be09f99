#include "handlers/consult/consult_handler.hpp"

#include "cards/answer_card.hpp"
#include "cards/several_answers_card.hpp"
#include "cards/texts.hpp"
#include "handlers/consult/answer_policy.hpp"
#include "handlers/consult/answer_record.hpp"
#include "handlers/consult/ask.hpp"
#include "handlers/consult/asked_day.hpp"
#include "handlers/consult/follow_up.hpp"
#include "handlers/consult/own_date.hpp"
#include "handlers/consult/several_questions.hpp"
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
constexpr std::string_view approved_answer_prefix = "RES-";  // stands in no guideline
constexpr std::size_t remembered_question_bytes = 300;

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

std::string in_one_line(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

storage::ConversationContext context_after(const Turn& turn, const Criterion& answered,
                                           std::string_view question, int follow_ups) {
  return {.conversation_id = turn.conversation_id,
          .actor = turn.actor(),
          .practice = answered.practice,
          .criterion = answered.code,
          .question = cards::shorten(question, remembered_question_bytes),
          .follow_ups = follow_ups,
          .at = turn.at};
}

// The reply, and in the same transaction what a follow-up needs to know.
handlers::Decision remembering(Reply reply, storage::ConversationContext context) {
  return handlers::Decision::storing(
      [reply = std::move(reply), context = std::move(context)](storage::Session& session) -> Result<Reply> {
        storage::save_context(session, context, context.at - context_life);
        return reply;
      });
}

}  // namespace

Result<handlers::Decision> ConsultHandler::on_question(const Turn& turn,
                                                       const Understanding& understood) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  if (std::optional<handlers::Decision> several = answer_several(turn, *reference)) return *several;
  const std::optional<Date> day = asked_day(turn.text);
  if (!day || *day >= local_date(turn.at))
    return answer(turn, *reference, understood, {in_one_line(turn.text)});
  const Result<std::shared_ptr<const Reference>> then = reference_.as_of(*day);
  if (!then || (*then)->rules.empty()) return answer(turn, *reference, understood, {in_one_line(turn.text)});
  return answer(turn, **then, understand(turn.text, (*then)->knowledge()), {in_one_line(turn.text), 0, day});
}

bool ConsultHandler::goes_on(const Turn& turn) const {
  if (!leans_on_before(turn.text)) return false;
  const std::optional<storage::ConversationContext> before = context_of(turn);
  return before && is_alive(*before, turn.at);
}

Result<handlers::Decision> ConsultHandler::on_follow_up(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::optional<storage::ConversationContext> before = context_of(turn);
  if (!before) return on_question(turn, understand(turn.text, reference->knowledge()));
  const FollowUp follow_up = understand_follow_up(turn.text, *before, reference->knowledge());
  return answer(turn, *reference, follow_up.understood, {follow_up.question, before->follow_ups + 1});
}

std::optional<storage::ConversationContext> ConsultHandler::context_of(const Turn& turn) const {
  const auto found = database_.read([&](storage::Session& session) {
    return storage::find_context(session, turn.conversation_id, turn.actor());
  });
  return found ? *found : std::nullopt;
}

Result<handlers::Decision> ConsultHandler::answer(const Turn& turn, const Reference& reference,
                                                  const Understanding& understood, const Asked& asked) const {
  const consult::Decision decision = decide(understood);
  if (decision.kind == AnswerKind::answer) {
    std::vector<Criterion> criteria = criteria_of(reference, understood, decision.hits);
    const Criterion best = criteria.front();
    criteria.erase(criteria.begin());
    criteria.resize(std::min(criteria.size(), most_see_also));
    Reply reply = answer_with(turn, reference, best, asked, criteria);
    return remembering(for_the_register(std::move(reply), {best}, reference, understood),
                       context_after(turn, best, asked.question, asked.follow_ups));
  }
  if (decision.kind == AnswerKind::clarify) {
    const std::vector<Criterion> options = criteria_of(reference, understood, decision.hits);
    Reply reply{
        .content = {.card = cards::clarify_card(
                        {.question = turn.text, .options = options, .answer_id = answer_id_of(turn)})},
        .trace = {.outcome = "clarified", .fields = {{"criteria", codes(options)}}}};
    return handlers::Decision(for_the_register(std::move(reply), options, reference, understood));
  }
  if (decision.reason == "empty" || decision.kind == AnswerKind::action)
    return handlers::Decision(small_talk(decision.reason));
  return handlers::Decision(
      for_the_register(abstain(turn, reference, understood, decision.reason), {}, reference, understood));
}

Reply ConsultHandler::abstain(const Turn& turn, const Reference& reference, const Understanding& understood,
                              const std::string& reason) const {
  // Only a topic that we know to be somebody else's is turned away; about anything else nothing was found.
  const bool is_foreign = understood.kind == MessageKind::out_of_scope && reason != "unknown";
  cards::AbstainView view{.question = turn.text, .out_of_scope = is_foreign, .answer_id = answer_id_of(turn)};
  if (view.out_of_scope) view.sentence = refusal_sentence(reason);
  if (turn.person) {
    const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
    const procedure::Process* process =
        scopes.empty() ? nullptr : reference.process(scopes.front().process_id);
    if (process) {
      const auto advisor = database_.read(
          [&](storage::Session& session) { return storage::find_person(session, process->advisor_id); });
      if (advisor && *advisor) view.advisor_name = (*advisor)->name;
    }
  }
  return {.content = {.card = cards::abstain_card(view)},
          .trace = {.outcome = "abstained", .fields = {{"reason", reason}}}};
}

std::optional<handlers::Decision> ConsultHandler::answer_several(const Turn& turn,
                                                                 const Reference& reference) const {
  const std::vector<std::string> questions = questions_in(turn.text);
  if (questions.size() < 2) return std::nullopt;
  cards::SeveralAnswersView view{.left_out = static_cast<int>(questions.size())};
  std::string practice;
  std::vector<Criterion> cited;
  Understanding used;  // of each question what its answer rests on
  for (const std::string& question : questions) {
    if (view.parts.size() + view.unanswered.size() == most_questions_answered) break;
    --view.left_out;
    const Understanding understood = understand(question, reference.knowledge(), practice);
    const consult::Decision decision = decide(understood);
    if (decision.kind != AnswerKind::answer && decision.kind != AnswerKind::clarify) {
      view.unanswered.push_back(question);
      continue;
    }
    const Criterion best = criteria_of(reference, understood, decision.hits).front();
    const bool repeated = std::any_of(cited.begin(), cited.end(),
                                      [&](const Criterion& each) { return each.code == best.code; });
    if (repeated) continue;
    practice = best.practice;
    const procedure::PracticeRules* rules = reference.rules_of(best.practice);
    view.sample = view.sample || (rules && rules->sample);
    view.parts.push_back({question, best, rules ? rules->name : best.practice});
    cited.push_back(best);
    used.hits.push_back(understood.hits[decision.hits.front()]);
  }
  // One answer only: then the whole message, its story included, is read as one question.
  if (view.parts.size() < 2) return std::nullopt;
  const cards::SeveralAnswersView::Part& last = view.parts.back();
  Reply reply{.content = {.card = cards::several_answers_card(view)},
              .trace = {.outcome = "answered",
                        .fields = {{"criteria", codes(cited)},
                                   {"questions", std::to_string(questions.size())},
                                   {"version", std::to_string(cited.front().version)},
                                   {"term", std::to_string(cited.front().term)}}}};
  return remembering(for_the_register(std::move(reply), cited, reference, used),
                     context_after(turn, last.criterion, in_one_line(last.question), 0));
}

Result<handlers::Decision> ConsultHandler::on_choose(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Criterion* criterion = reference->knowledge().index.find(turn.value("codigo"));
  if (!criterion) {
    return fail(ErrorCode::invalid, "choose: unknown criterion",
                "Ese criterio ya no está vigente. Escriba su pregunta de nuevo.");
  }
  const std::string question(turn.value("pregunta"));
  Reply reply = answer_with(turn, *reference, *criterion, {question}, {});
  return remembering(choice_for_the_register(std::move(reply), *criterion, *reference),
                     context_after(turn, *criterion, in_one_line(question), 0));
}

Reply ConsultHandler::answer_with(const Turn& turn, const Reference& reference, const Criterion& criterion,
                                  const Asked& asked, const std::vector<Criterion>& see_also) const {
  const procedure::PracticeRules* rules = reference.rules_of(criterion.practice);
  const std::string& question = turn.kind == TurnKind::text ? turn.text : asked.question;
  cards::AnswerView view{
      .question = question,
      .criterion = criterion,
      .practice_name = rules ? rules->name : criterion.practice,
      .sample = rules && rules->sample,
      .see_also = see_also,
      .suggestions = suggestions_for(turn, criterion),
      .answer_id = answer_id_of(turn),
      .own_dates = asked.as_of ? cards::OwnDates{} : own_dates_of(turn, reference, criterion, question),
      .opens_guideline =
          turn.person && turn.place == Place::personal && !criterion.code.starts_with(approved_answer_prefix),
      .as_of = asked.as_of};
  if (criterion.term < reference.term) view.fallback_for_term = reference.term;
  std::vector<Criterion> cited = see_also;
  cited.insert(cited.begin(), criterion);
  Reply reply{.content = {.text = cards::source_line(view),
                          .card = cards::answer_card(view),
                          .citations = citations_of(cited),
                          .feedback = true},
              .trace = {.outcome = "answered",
                        .fields = {{"criteria", codes(cited)},
                                   {"version", std::to_string(criterion.version)},
                                   {"term", std::to_string(criterion.term)}}}};
  if (!view.own_dates.empty()) reply.trace.fields["own_dates"] = "yes";
  return reply;
}

cards::OwnDates ConsultHandler::own_dates_of(const Turn& turn, const Reference& reference,
                                             const Criterion& criterion, const std::string& question) const {
  // In a group the others would read it too.
  if (!turn.person || turn.place != Place::personal || !states_own_date(criterion)) return {};
  const auto month = asked_month(question, local_date(turn.at));
  const auto found = database_.read([&](storage::Session& session) {
    return own_dates(session, reference, *turn.person, criterion, month, turn.at);
  });
  return found.value_or(cards::OwnDates{});
}

}  // namespace pao::handlers::consult
