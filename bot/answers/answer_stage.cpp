#include "bot/answers/answer_stage.hpp"

#include "bot/delivery/streamed_answer.hpp"
#include "storage/conversations_store.hpp"

#include <memory>
#include <utility>

namespace pao::bot::answers {
namespace {

using delivery::StreamEnd;
using handlers::consult::Shown;
using handlers::consult::Stage;

constexpr const char* being_written = "Redacto la respuesta con los criterios…";

Shown shown_by(const StreamEnd& end) {
  switch (end.left) {
    case StreamEnd::Left::nothing:
      return {Shown::Left::nothing, end.activity_id};
    case StreamEnd::Left::update:
      return {Shown::Left::update, end.activity_id};
    case StreamEnd::Left::stop:
      return {Shown::Left::stop, end.activity_id};
    case StreamEnd::Left::post:
      break;
  }
  return {};
}

}  // namespace

handlers::consult::StageFor make_stages(storage::Database& database, delivery::ConnectorCall call,
                                        Clock clock, std::function<void(std::chrono::milliseconds)> rest) {
  return [&database, call = std::move(call), clock = std::move(clock),
          rest = std::move(rest)](const std::string& conversation_id) -> Stage {
    const auto conversation = database.read(
        [&](storage::Session& session) { return storage::find_conversation(session, conversation_id); });
    // One that is not known is not personal: nothing is shown.
    const auto stream = std::make_shared<delivery::StreamedAnswer>(
        conversation && *conversation ? **conversation : storage::Conversation{}, call,
        delivery::StreamClock{clock, rest});
    return {.begin = [stream] { stream->inform(being_written); },
            .show =
                [stream](std::string_view text_so_far) {
                  stream->show(text_so_far);
                  return !stream->is_cancelled();
                },
            .shown = [stream] { return stream->shown(); },
            .finish = [stream](const handlers::Content& whole) { return shown_by(stream->finish(whole)); }};
  };
}

}  // namespace pao::bot::answers
