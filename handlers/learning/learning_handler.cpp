#include "handlers/learning/learning_handler.hpp"

#include "cards/learning_card.hpp"
#include "cards/texts.hpp"
#include "handlers/learning/month.hpp"
#include "handlers/learning/monthly_proposals.hpp"
#include "storage/answers_store.hpp"
#include "storage/feedback_store.hpp"

#include <chrono>
#include <utility>

namespace pao::handlers::learning {
namespace {

using storage::Session;

constexpr std::size_t longest_reason = 1000;      // in bytes
constexpr std::chrono::minutes typed_within{30};  // "no me sirvió" is about an answer as old as this at most

Result<storage::ShownAnswer> newest_answer(Session& session, const Turn& turn) {
  auto answer = storage::latest_answer(session, turn.actor(), turn.conversation_id, turn.at - typed_within);
  if (answer) return *std::move(answer);
  return fail(ErrorCode::invalid, "feedback in words without an answer before it",
              "No le he dado una respuesta hace poco. Escriba su pregunta, por favor.");
}

// Only what this person was shown.
Result<storage::ShownAnswer> answer_of(Session& session, const Turn& turn) {
  if (turn.kind == TurnKind::text) return newest_answer(session, turn);
  auto answer = storage::find_answer(session, turn.value("respuesta_id"));
  if (!answer || answer->asked_by != turn.actor()) {
    return fail(ErrorCode::invalid, "card names an unknown answer",
                "Esta tarjeta ya no es válida. Escriba su pregunta de nuevo.");
  }
  return *std::move(answer);
}

void store(Session& session, const Turn& turn, const storage::ShownAnswer& answer, const char* reaction,
           const std::string& reason) {
  storage::save_feedback(session, {.conversation_id = turn.conversation_id,
                                   .answer_id = answer.id,
                                   .person = turn.actor(),
                                   .source = "card",
                                   .question_id = "",
                                   .reaction = reaction,
                                   .reason = reason,
                                   .at = turn.at});
}

Trace trace_of(const storage::ShownAnswer& answer, const char* outcome, const std::string& reason) {
  return {.outcome = outcome,
          .fields = {{"answer_id", answer.id},
                     {"practice", answer.practice},
                     {"criteria", answer.criteria},
                     {"reason", reason}}};
}

}  // namespace

Result<Decision> LearningHandler::on_helped(const Turn& turn) const {
  return Decision::storing([turn](Session& session) -> Result<Reply> {
    const Result<storage::ShownAnswer> answer = answer_of(session, turn);
    if (!answer) return tl::unexpected<Error>(answer.error());
    store(session, turn, *answer, "like", "");
    // Words alone: the answer stays where it is.
    return Reply{.content = {.text = "Gracias. Me alegra que le haya servido."},
                 .trace = trace_of(*answer, "feedback_helped", "")};
  });
}

Result<Decision> LearningHandler::on_not_helped(const Turn& turn) const {
  return Decision::storing([turn](Session& session) -> Result<Reply> {
    const Result<storage::ShownAnswer> answer = answer_of(session, turn);
    if (!answer) return tl::unexpected<Error>(answer.error());
    store(session, turn, *answer, "dislike", "");
    return Reply{.content = {.card = cards::feedback_reason_card(
                                 {answer->id, answer->question, answer->answer, answer->practice})},
                 .trace = trace_of(*answer, "feedback_not_helped", "")};
  });
}

Result<Decision> LearningHandler::on_reason(const Turn& turn) const {
  return Decision::storing([turn](Session& session) -> Result<Reply> {
    const Result<storage::ShownAnswer> answer = answer_of(session, turn);
    if (!answer) return tl::unexpected<Error>(answer.error());
    const std::string reason = cards::shorten(turn.value("motivo"), longest_reason);
    store(session, turn, *answer, "dislike", reason);
    return Reply{.content = {.card = cards::feedback_thanks_card(
                                 {answer->id, answer->question, answer->answer, answer->practice})},
                 .trace = trace_of(*answer, "feedback_reason", reason)};
  });
}

Result<Decision> LearningHandler::on_proposals(const Turn& turn) const {
  const std::string_view word = turn.value("mes");
  const std::optional<Month> month = word.empty() ? month_of(turn.at) : parse_month(word);
  if (!month)
    return fail(ErrorCode::invalid, "proposals: no month",
                "Ese mes no existe. Escriba «aprendizaje» para ver el actual.");
  const auto questions = database_.read([&](Session& session) { return questions_of(session, *month); });
  if (!questions) return tl::unexpected<Error>(questions.error());
  const std::vector<procedure::Proposal> proposals = procedure::proposals_of(procedure::signs_of(*questions));
  const cards::ProposalsView view = proposals_view(*month, asked_in(*questions), proposals);
  return Decision(
      Reply{.content = {.card = cards::proposals_card(view)},
            .trace = {.outcome = "proposals_shown",
                      .fields = {{"month", view.month}, {"proposals", std::to_string(proposals.size())}}}});
}

}  // namespace pao::handlers::learning
