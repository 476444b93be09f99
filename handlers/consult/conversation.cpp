#include "handlers/consult/conversation.hpp"

#include "cards/texts.hpp"
#include "handlers/consult/asked_day.hpp"
#include "handlers/consult/follow_up.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::handlers::consult {
namespace {

constexpr std::size_t remembered_question_bytes = 300;

// "¿Qué es el BIA?" and "¿hasta cuándo registro el avance?" are questions of their own, and about today
// again; "¿quién lo aprueba?" goes on.
bool asks_anew(std::string_view text) {
  static constexpr std::array<std::string_view, 10> question_words{
      "que", "como", "cual", "cuales", "cuando", "cuanto", "cuantos", "quien", "quienes", "donde"};
  static constexpr std::array<std::string_view, 9> before{"hasta", "desde", "cada", "a",   "en",
                                                          "con",   "de",    "por",  "para"};
  const std::vector<std::string> words = storage::knowledge::fold_words(text);
  if (words.size() < 4) return false;
  const std::size_t first = std::ranges::find(before, words[0]) != before.end() ? 1 : 0;
  return std::ranges::find(question_words, words[first]) != question_words.end();
}

}  // namespace

storage::ConversationContext context_of_question(const Turn& turn, std::string_view question) {
  return {.conversation_id = turn.conversation_id,
          .actor = turn.actor(),
          .question = cards::shorten(question, remembered_question_bytes),
          .at = turn.at};
}

storage::ConversationContext context_after(const Turn& turn, const procedure::Criterion& answered,
                                           std::string_view question, int follow_ups,
                                           std::optional<Date> as_of) {
  storage::ConversationContext context = context_of_question(turn, question);
  context.practice = answered.practice;
  context.criterion = answered.code;
  context.follow_ups = follow_ups;
  context.as_of = as_of;
  return context;
}

storage::ConversationContext context_to_choose(const Turn& turn,
                                               const std::vector<procedure::Criterion>& options,
                                               std::string_view question, int follow_ups,
                                               std::optional<Date> as_of) {
  storage::ConversationContext context = context_of_question(turn, question);
  for (const procedure::Criterion& option : options) context.options.push_back(option.code);
  context.follow_ups = follow_ups;
  context.as_of = as_of;
  return context;
}

handlers::Decision remembering(Reply reply, storage::ConversationContext context) {
  return handlers::Decision::storing(
      [reply = std::move(reply), context = std::move(context)](storage::Session& session) -> Result<Reply> {
        storage::save_context(session, context, context.at - context_life);
        return reply;
      });
}

handlers::Decision forgetting(Reply reply, const Turn& turn) {
  return handlers::Decision::storing([reply = std::move(reply), conversation = turn.conversation_id,
                                      actor = turn.actor()](storage::Session& session) -> Result<Reply> {
    storage::forget_context(session, conversation, actor);
    return reply;
  });
}

std::optional<Date> day_meant(std::string_view text,
                              const std::optional<storage::ConversationContext>& before) {
  if (!before || !before->as_of) return asked_day(text);
  if (asks_for_today(text)) return std::nullopt;
  const std::optional<Date> named = named_day(text);
  return named || asks_anew(text) ? named : before->as_of;
}

Result<std::optional<Date>> day_of_button(const Turn& turn) {
  const auto found = turn.values.find("dia");
  if (found == turn.values.end()) return asked_day(turn.value("pregunta"));
  if (found->second.empty()) return std::optional<Date>();
  const std::optional<Date> day = carried_day(found->second);
  if (day) return day;
  return fail(ErrorCode::invalid, "choose: the card carries no day",
              "Esta tarjeta ya no es válida. Escriba su pregunta de nuevo.");
}

}  // namespace pao::handlers::consult
