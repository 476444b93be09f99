#include "handlers/consult/answer_record.hpp"

#include "handlers/consult/ask.hpp"
#include "handlers/scope.hpp"
#include "storage/answers_store.hpp"

#include <cstdio>
#include <optional>
#include <sstream>
#include <utility>

namespace pao::handlers::consult {
namespace {

bool is_kept(std::string_view outcome) {
  return outcome == "answered" || outcome == "clarified" || outcome == "abstained";
}

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

// What the person read: the criterion in full, the titles that were offered, or that nothing was found.
std::string answer_words(const Reply& reply, const std::vector<std::string>& codes,
                         const Reference& reference) {
  const auto& index = reference.knowledge().index;
  if (reply.trace.outcome == "answered" && !codes.empty()) {
    if (const procedure::Criterion* criterion = index.find(codes.front()))
      return "Criterio " + citation(*criterion, index) + ": " + criterion->title + ". " + criterion->text;
  }
  if (reply.trace.outcome == "clarified") {
    std::string words = "Preguntó por el tema:";
    for (const std::string& code : codes) {
      if (const procedure::Criterion* criterion = index.find(code))
        words += " " + criterion->title + " (" + code + ").";
    }
    return words;
  }
  if (!reply.content.text.empty()) return reply.content.text;
  return reply.content.card ? reply.content.card->summary : "";
}

std::string scores_of(const std::vector<std::string>& codes, const Understanding* understood,
                      const Reference& reference) {
  if (!understood) return "";
  std::string scores;
  const auto& criteria = reference.knowledge().index.criteria();
  for (const std::string& code : codes) {
    for (const storage::knowledge::Hit& hit : understood->hits) {
      if (criteria[hit.criterion].code != code) continue;
      char number[16];
      std::snprintf(number, sizeof number, "%.3f", hit.score);
      scores += (scores.empty() ? "" : " ") + code + "=" + number;
      break;
    }
  }
  return scores;
}

std::string practice_of(const std::vector<std::string>& codes, const Understanding* understood,
                        const Reference& reference) {
  if (!codes.empty()) {
    if (const procedure::Criterion* criterion = reference.knowledge().index.find(codes.front()))
      return criterion->practice;
  }
  return understood ? understood->practice : "";
}

std::string only_process_of(const Turn& turn) {
  if (!turn.person) return "";
  const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
  return scopes.size() == 1 ? scopes.front().process_id : "";
}

void record(storage::Session& session, const Reply& reply, const Turn& turn, const std::string& question,
            const storage::ShownAnswer& known) {
  storage::ShownAnswer answer = known;
  answer.id = storage::answer_id(turn.conversation_id, turn.activity_id);
  answer.at = turn.at;
  answer.asked_by = turn.actor();
  answer.conversation_id = turn.conversation_id;
  answer.question = question;
  answer.outcome = reply.trace.outcome;
  storage::add_answer(session, answer);
}

// What does not need the session.
storage::ShownAnswer content_of(const Reply& reply, const Turn& turn, const Reference& reference,
                                const Understanding* understood) {
  const std::vector<std::string> codes = words_of(field(reply, "criteria"));
  return {.answer = answer_words(reply, codes, reference),
          .practice = practice_of(codes, understood, reference),
          .process_id = only_process_of(turn),
          .criteria = field(reply, "criteria"),
          .scores = scores_of(codes, understood, reference)};
}

void add_traces(Reply& reply, const storage::ShownAnswer& content, const Turn& turn) {
  reply.trace.fields["answer_id"] = storage::answer_id(turn.conversation_id, turn.activity_id);
  if (!content.practice.empty()) reply.trace.fields["practice"] = content.practice;
  if (!content.scores.empty()) reply.trace.fields["scores"] = content.scores;
}

}  // namespace

Result<handlers::Decision> AnswerRecord::kept(Result<handlers::Decision> decision, const Turn& turn,
                                              std::string_view question,
                                              const Understanding* understood) const {
  if (!decision) return decision;
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string asked(question);
  if (decision->store) {
    // What is shown comes out of the store step, which outlives what was understood of the text.
    const std::optional<Understanding> copy = understood ? std::optional(*understood) : std::nullopt;
    return handlers::Decision::storing(
        [store = decision->store, turn, asked, reference, copy](storage::Session& session) -> Result<Reply> {
          Result<Reply> reply = store(session);
          if (!reply || !is_kept(reply->trace.outcome)) return reply;
          const storage::ShownAnswer content = content_of(*reply, turn, *reference, copy ? &*copy : nullptr);
          add_traces(*reply, content, turn);
          record(session, *reply, turn, asked, content);
          return reply;
        });
  }
  if (!is_kept(decision->reply.trace.outcome)) return decision;
  Reply reply = std::move(decision->reply);
  const storage::ShownAnswer content = content_of(reply, turn, *reference, understood);
  add_traces(reply, content, turn);
  return handlers::Decision::storing(
      [reply, content, turn, asked](storage::Session& session) -> Result<Reply> {
        record(session, reply, turn, asked, content);
        return reply;
      });
}

}  // namespace pao::handlers::consult
