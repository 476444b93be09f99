#include "handlers/consult/answer_record.hpp"

#include "handlers/consult/ask.hpp"
#include "handlers/scope.hpp"
#include "storage/answers_store.hpp"

#include <cstdio>
#include <sstream>
#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::Criterion;

std::string field(const Reply& reply, const std::string& name) {
  const auto found = reply.trace.fields.find(name);
  return found == reply.trace.fields.end() ? "" : found->second;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// What the person read: the criteria in full, the titles that were offered, or that nothing was found.
std::string answer_words(const Reply& reply, const std::vector<Criterion>& criteria,
                         const Reference& reference) {
  std::string words;
  if (reply.trace.outcome == "answered") {
    for (const Criterion& criterion : criteria)
      words += (words.empty() ? "" : "\n\n") +
               ("Criterio " + citation(criterion, reference.knowledge().index)) + ": " + criterion.title +
               ". " + criterion.text;
  }
  if (reply.trace.outcome == "clarified") {
    words = "Preguntó por el tema:";
    for (const Criterion& criterion : criteria) words += " " + criterion.title + " (" + criterion.code + ").";
  }
  if (!words.empty()) return words;
  if (!reply.content.text.empty()) return reply.content.text;
  return reply.content.card ? reply.content.card->summary : "";
}

std::string scores_of(const std::vector<std::string>& codes, const Understanding& understood,
                      const Reference& reference) {
  std::string scores;
  const auto& criteria = reference.knowledge().index.criteria();
  for (const std::string& code : codes) {
    for (const storage::knowledge::Hit& hit : understood.hits) {
      if (criteria[hit.criterion].code != code) continue;
      char number[16];
      std::snprintf(number, sizeof number, "%.3f", hit.score);
      scores += (scores.empty() ? "" : " ") + code + "=" + number;
      break;
    }
  }
  return scores;
}

Reply with_shown(Reply reply, storage::ShownAnswer shown) {
  shown.outcome = reply.trace.outcome;
  shown.criteria = field(reply, "criteria");
  shown.reason = field(reply, "reason");
  if (!shown.practice.empty()) reply.trace.fields["practice"] = shown.practice;
  if (!shown.scores.empty()) reply.trace.fields["scores"] = shown.scores;
  reply.shown = std::move(shown);
  return reply;
}

std::string only_process_of(const Turn& turn) {
  if (!turn.person) return "";
  const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
  return scopes.size() == 1 ? scopes.front().process_id : "";
}

void record(storage::Session& session, Reply& reply, const Turn& turn, const std::string& question) {
  storage::ShownAnswer answer = *reply.shown;
  answer.id = storage::answer_id(turn.conversation_id, turn.activity_id);
  answer.at = turn.at;
  answer.asked_by = turn.actor();
  answer.conversation_id = turn.conversation_id;
  answer.question = question;
  answer.process_id = only_process_of(turn);
  storage::add_answer(session, answer);
  reply.trace.fields["answer_id"] = answer.id;
}

}  // namespace

Reply for_the_register(Reply reply, const std::vector<Criterion>& criteria, const Reference& reference,
                       const Understanding& understood) {
  storage::ShownAnswer shown{.answer = answer_words(reply, criteria, reference),
                             .practice = criteria.empty() ? understood.practice : criteria.front().practice,
                             .scores = scores_of(words_of(field(reply, "criteria")), understood, reference)};
  return with_shown(std::move(reply), std::move(shown));
}

Reply choice_for_the_register(Reply reply, const Criterion& criterion, const Reference& reference) {
  storage::ShownAnswer shown{
      .answer = answer_words(reply, {criterion}, reference), .practice = criterion.practice, .chosen = true};
  return with_shown(std::move(reply), std::move(shown));
}

Result<handlers::Decision> kept(Result<handlers::Decision> decision, const Turn& turn,
                                std::string_view question) {
  if (!decision || (!decision->store && !decision->reply.shown)) return decision;
  return handlers::Decision::storing(
      [decision = *std::move(decision), turn,
       question = std::string(question)](storage::Session& session) -> Result<Reply> {
        Result<Reply> reply = decision.store ? decision.store(session) : Result<Reply>(decision.reply);
        if (reply && reply->shown) record(session, *reply, turn, question);
        return reply;
      });
}

}  // namespace pao::handlers::consult
