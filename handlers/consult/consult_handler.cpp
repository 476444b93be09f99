#include "handlers/consult/consult_handler.hpp"

#include "cards/answer_card.hpp"
#include "cards/several_answers_card.hpp"
#include "cards/texts.hpp"
#include "handlers/consult/answer_policy.hpp"
#include "handlers/consult/answer_record.hpp"
#include "handlers/consult/ask.hpp"
#include "handlers/consult/asked_day.hpp"
#include "handlers/consult/conversation.hpp"
#include "handlers/consult/follow_up.hpp"
#include "handlers/consult/own_date.hpp"
#include "handlers/consult/several_answers.hpp"
#include "handlers/consult/several_questions.hpp"
#include "handlers/consult/short_reply.hpp"
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

bool may(const Turn& turn, procedure::Action action) {
  return turn.person && procedure::may(*turn.person, action, "", "", local_date(turn.at)).has_value();
}

// What the person may do next, in the order of usefulness; nothing for people without a role.
std::vector<Suggestion> suggestions_for(const Turn& turn, const Criterion& criterion) {
  std::vector<Suggestion> suggestions;
  const bool of_a_practice = criterion.practice != procedure::practice::general;
  if (of_a_practice && may(turn, procedure::Action::record_progress)) {
    suggestions.push_back({.kind = Suggestion::Kind::register_progress});
  }
  if (may(turn, procedure::Action::file_request))
    suggestions.push_back({.kind = Suggestion::Kind::open_request});
  if (may(turn, procedure::Action::ask_advisor))
    suggestions.push_back({.kind = Suggestion::Kind::talk_to_advisor});
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

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// The practice that a question is about: the one that it names, or that of what answers it today.
std::string practice_asked(const Understanding& understood, const consult::Decision& decision,
                           const std::vector<Criterion>& answers) {
  if (!understood.practice.empty()) return understood.practice;
  return decision.kind == AnswerKind::answer ? answers.front().practice : "";
}

}  // namespace

Result<handlers::Decision> ConsultHandler::on_question(const Turn& turn,
                                                       const Understanding& understood) const {
  if (says_yes(turn.text) || says_no(turn.text)) return handlers::Decision(small_talk("nothing asked"));
  // "¿Y qué dice PLA-16?" goes on in the day alone.
  const Result<InForce> then =
      in_force(day_meant(turn.text, leans_on_before(turn.text) ? context_of(turn) : std::nullopt), turn.at);
  if (!then) return tl::unexpected<Error>(then.error());
  const Reference& reference = *then->reference;
  const Asked asked{.words = turn.text, .question = in_one_line(turn.text), .as_of = then->as_of};
  if (!reference.rules.empty()) {
    if (std::optional<handlers::Decision> several = answer_several(turn, *then)) return *several;
  }
  if (!then->as_of) return answer(turn, reference, understood, asked);
  const std::shared_ptr<const Reference> today = reference_.current();
  if (std::optional<handlers::Decision> nothing = without_guideline(turn, *then, *today, understood, asked))
    return *nothing;
  return answer(turn, reference, understand(turn.text, reference.knowledge()), asked);
}

bool ConsultHandler::goes_on(const Turn& turn) const {
  if (!leans_on_before(turn.text)) return false;
  const std::optional<storage::ConversationContext> before = context_of(turn);
  return before && is_alive(*before, turn.at);
}

Result<handlers::Decision> ConsultHandler::on_follow_up(const Turn& turn) const {
  const std::shared_ptr<const Reference> today = reference_.current();
  const std::optional<storage::ConversationContext> before = context_of(turn);
  if (!before) return on_question(turn, understand(turn.text, today->knowledge()));
  const Result<InForce> then = in_force(day_meant(turn.text, before), turn.at);
  if (!then) return tl::unexpected<Error>(then.error());
  // "¿Y hoy?", "¿y en 2024?": the same question about another day.
  const bool same = before->as_of && asks_only_for_a_day(turn.text);
  const std::string again = first_line(before->question);
  const auto understood = [&](const Reference& reference) {
    return same ? FollowUp{understand(again, reference.knowledge()), before->question}
                : understand_follow_up(turn.text, *before, reference.knowledge());
  };
  Asked asked{.words = same ? again : turn.text, .follow_ups = before->follow_ups + 1, .as_of = then->as_of};
  // First whether anything was in force: nothing is learned from guidelines that there were not.
  if (then->as_of) {
    const FollowUp now = understood(*today);
    asked.question = now.question;
    if (std::optional<handlers::Decision> nothing =
            without_guideline(turn, *then, *today, now.understood, asked))
      return *nothing;
  }
  const Reference& reference = *then->reference;
  const FollowUp follow_up = understood(reference);
  asked.question = follow_up.question;
  if (same) {
    if (const Criterion* criterion = reference.knowledge().index.find(before->criterion))
      return answer_from(turn, reference, *criterion, asked, {}, &follow_up.understood);
  }
  return answer(turn, reference, follow_up.understood, asked);
}

std::optional<storage::ConversationContext> ConsultHandler::context_of(const Turn& turn) const {
  const auto found = database_.read([&](storage::Session& session) {
    return storage::find_context(session, turn.conversation_id, turn.actor());
  });
  return found && *found && is_recent(**found, turn.at) ? *found : std::nullopt;
}

Result<ConsultHandler::InForce> ConsultHandler::in_force(std::optional<Date> day, Instant now) const {
  if (!day || *day >= local_date(now)) return InForce{reference_.current(), std::nullopt};
  Result<std::shared_ptr<const Reference>> then = reference_.as_of(*day);
  if (!then) return tl::unexpected<Error>(then.error());
  return InForce{std::move(*then), day};
}

Result<handlers::Decision> ConsultHandler::answer(const Turn& turn, const Reference& reference,
                                                  const Understanding& understood, const Asked& asked) const {
  const consult::Decision decision = decide(understood);
  std::vector<Criterion> criteria = criteria_of(reference, understood, decision.hits);
  if (decision.kind == AnswerKind::answer) {
    const Criterion best = criteria.front();
    criteria.erase(criteria.begin());
    criteria.resize(std::min(criteria.size(), most_see_also));
    return answer_from(turn, reference, best, asked, criteria, &understood);
  }
  if (decision.kind == AnswerKind::clarify) {
    Reply reply{.content = {.card = cards::clarify_card({.question = turn.text,
                                                         .options = criteria,
                                                         .answer_id = answer_id_of(turn),
                                                         .as_of = asked.as_of})},
                .trace = {.outcome = "clarified", .fields = {{"criteria", codes(criteria)}}}};
    return remembering(for_the_register(std::move(reply), criteria, reference, understood),
                       context_to_choose(turn, criteria, asked.question, asked.follow_ups, asked.as_of));
  }
  if (decision.reason == "empty" || decision.kind == AnswerKind::action)
    return handlers::Decision(small_talk(decision.reason));
  return abstain(turn, reference, understood, decision.reason, asked);
}

handlers::Decision ConsultHandler::answer_from(const Turn& turn, const Reference& reference,
                                               const Criterion& criterion, const Asked& asked,
                                               const std::vector<Criterion>& see_also,
                                               const Understanding* understood) const {
  Reply reply = answer_with(turn, reference, criterion, asked, see_also);
  reply = understood ? for_the_register(std::move(reply), {criterion}, reference, *understood)
                     : choice_for_the_register(std::move(reply), criterion, reference);
  return remembering(std::move(reply),
                     context_after(turn, criterion, asked.question, asked.follow_ups, asked.as_of));
}

handlers::Decision ConsultHandler::abstain(const Turn& turn, const Reference& reference,
                                           const Understanding& understood, const std::string& reason,
                                           const Asked& asked) const {
  // Only a topic that we know to be somebody else's is turned away; about anything else nothing was found.
  const bool is_foreign = understood.kind == MessageKind::out_of_scope && reason != "unknown";
  cards::AbstainView view{.question = turn.text,
                          .out_of_scope = is_foreign,
                          .advisor_name = advisor_of(turn, reference),
                          .answer_id = answer_id_of(turn),
                          .as_of = asked.as_of};
  if (is_foreign) view.sentence = refusal_sentence(reason);
  Reply reply = for_the_register({.content = {.card = cards::abstain_card(view)},
                                  .trace = {.outcome = "abstained", .fields = {{"reason", reason}}}},
                                 {}, reference, understood);
  if (is_foreign) return forgetting(std::move(reply), turn);
  storage::ConversationContext context = context_of_question(turn, asked.question);
  context.offered_answer = answer_id_of(turn);
  return remembering(std::move(reply), std::move(context));
}

std::optional<handlers::Decision> ConsultHandler::without_guideline(const Turn& turn, const InForce& then,
                                                                    const Reference& current,
                                                                    const Understanding& now,
                                                                    const Asked& asked) const {
  if (now.kind == MessageKind::out_of_scope && now.reason != "unknown") return std::nullopt;
  const consult::Decision decision = decide(now);
  std::vector<Criterion> answers = criteria_of(current, now, decision.hits);
  if (decision.kind == AnswerKind::answer) answers.resize(1);
  const std::string practice = practice_asked(now, decision, answers);
  const bool none = then.reference->rules.empty();
  if (!none && (practice.empty() || then.reference->rules_of(practice))) return std::nullopt;
  const cards::AbstainView view{.question = turn.text,
                                .advisor_name = advisor_of(turn, current),
                                .answer_id = answer_id_of(turn),
                                .as_of = then.as_of,
                                .no_guideline_then = true,
                                .practice = none ? "" : practice,
                                .today = answers};
  Reply reply =
      for_the_register({.content = {.card = cards::abstain_card(view)},
                        .trace = {.outcome = "abstained", .fields = {{"reason", "no_guideline_then"}}}},
                       {}, current, now);
  storage::ConversationContext context = context_of_question(turn, asked.question);
  if (decision.kind == AnswerKind::answer)
    context = context_after(turn, answers.front(), asked.question, asked.follow_ups, then.as_of);
  context.offered_answer = answer_id_of(turn);
  return remembering(std::move(reply), std::move(context));
}

std::string ConsultHandler::advisor_of(const Turn& turn, const Reference& reference) const {
  if (!turn.person) return "";
  const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
  const procedure::Process* process = scopes.empty() ? nullptr : reference.process(scopes.front().process_id);
  if (!process) return "";
  const auto advisor = database_.read(
      [&](storage::Session& session) { return storage::find_person(session, process->advisor_id); });
  return advisor && *advisor ? (*advisor)->name : "";
}

std::optional<handlers::Decision> ConsultHandler::answer_several(const Turn& turn,
                                                                 const InForce& then) const {
  const std::vector<std::string> questions = questions_in(turn.text);
  auto each = answer_each(turn, questions, *then.reference, then.as_of);
  if (!each) return std::nullopt;
  cards::SeveralAnswersView& view = each->view;
  view.question = turn.text;
  view.answer_id = answer_id_of(turn);
  view.talks_to_advisor = may(turn, procedure::Action::ask_advisor);
  std::vector<Criterion> cited, offered;
  std::optional<storage::ConversationContext> context;
  for (const cards::SeveralAnswersView::Part& part : view.parts) {
    if (part.criteria.empty()) continue;
    const std::string question = in_one_line(part.question);
    const bool answered = part.criteria.size() == 1;
    context = answered ? context_after(turn, part.criteria.front(), question, 0, then.as_of)
                       : context_to_choose(turn, part.criteria, question, 0, then.as_of);
    std::vector<Criterion>& these = answered ? cited : offered;
    these.insert(these.end(), part.criteria.begin(), part.criteria.end());
  }
  const std::vector<Criterion>& first = cited.empty() ? offered : cited;
  Reply reply{.content = {.text = cards::source_line(view),
                          .card = cards::several_answers_card(view),
                          .citations = citations_of(cited),
                          .feedback = true},
              .trace = {.outcome = cited.empty() ? "clarified" : "answered",
                        .fields = {{"criteria", codes(first)},
                                   {"questions", std::to_string(questions.size())},
                                   {"version", std::to_string(first.front().version)},
                                   {"term", std::to_string(first.front().term)}}}};
  if (then.as_of) reply.trace.fields["as_of"] = iso_date(*then.as_of);
  return remembering(for_the_register(std::move(reply), first, *then.reference, each->used),
                     std::move(*context));
}

std::optional<Turn> ConsultHandler::chosen_in_words(const Turn& turn) const {
  if (turn.kind != TurnKind::text || !may_choose(turn.text)) return std::nullopt;
  const std::optional<storage::ConversationContext> before = context_of(turn);
  if (!before || before->options.empty()) return std::nullopt;
  const Result<InForce> then = in_force(before->as_of, turn.at);
  if (!then) return std::nullopt;
  const auto code = option_meant(turn.text, before->options, then->reference->knowledge().index);
  if (!code) return std::nullopt;
  Turn chosen = turn;
  chosen.values = {{"codigo", *code},
                   {"pregunta", in_one_line(before->question)},
                   {"dia", before->as_of ? iso_date(*before->as_of) : ""}};
  return chosen;
}

std::optional<Turn> ConsultHandler::offer_accepted(const Turn& turn) const {
  if (turn.kind != TurnKind::text || !says_yes(turn.text)) return std::nullopt;
  const std::optional<storage::ConversationContext> before = context_of(turn);
  if (!before || before->offered_answer.empty()) return std::nullopt;
  const auto shown = database_.read(
      [&](storage::Session& session) { return storage::find_answer(session, before->offered_answer); });
  const bool kept = shown && *shown;
  Turn accepted = turn;
  accepted.values = {{"pregunta", kept ? (*shown)->question : in_one_line(before->question)},
                     {"respuesta_id", before->offered_answer},
                     {"practica", ""}};
  return accepted;
}

Result<handlers::Decision> ConsultHandler::on_choose(const Turn& turn) const {
  const Result<std::optional<Date>> day = day_of_button(turn);
  if (!day) return tl::unexpected<Error>(day.error());
  const Result<InForce> then = in_force(*day, turn.at);
  if (!then) return tl::unexpected<Error>(then.error());
  const Criterion* criterion = then->reference->knowledge().index.find(turn.value("codigo"));
  if (!criterion) {
    return fail(ErrorCode::invalid, "choose: unknown criterion",
                then->as_of ? "Ese criterio no regía ese día. Escriba su pregunta de nuevo."
                            : "Ese criterio ya no está vigente. Escriba su pregunta de nuevo.");
  }
  const std::string question(turn.value("pregunta"));
  return answer_from(turn, *then->reference, *criterion,
                     {.words = question, .question = in_one_line(question), .as_of = then->as_of}, {},
                     nullptr);
}

Reply ConsultHandler::answer_with(const Turn& turn, const Reference& reference, const Criterion& criterion,
                                  const Asked& asked, const std::vector<Criterion>& see_also) const {
  const procedure::PracticeRules* rules = reference.rules_of(criterion.practice);
  cards::AnswerView view{
      .question = asked.words,
      .criterion = criterion,
      .practice_name = rules ? rules->name : criterion.practice,
      .sample = rules && rules->sample,
      .see_also = see_also,
      .suggestions = suggestions_for(turn, criterion),
      .answer_id = answer_id_of(turn),
      .own_dates = asked.as_of ? cards::OwnDates{} : own_dates_of(turn, reference, criterion, asked.words),
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
  if (asked.as_of) reply.trace.fields["as_of"] = iso_date(*asked.as_of);
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
