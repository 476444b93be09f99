#include "bot/delivery/streamed_answer.hpp"

#include "bot/delivery/fitting.hpp"
#include "bot/protocol/extras.hpp"
#include "bot/protocol/outgoing.hpp"
#include "bot/protocol/streaming.hpp"

#include <algorithm>
#include <utility>

namespace pao::bot::delivery {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t longest_information = 1'000;
constexpr milliseconds pause_after_failure{3'000};
constexpr milliseconds longest_rest{10'000};
constexpr int final_tries = 3;

bool mentions(const Answer& answer, std::string_view words) {
  return answer.body.find(words) != std::string::npos;
}

std::string_view begin_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

}  // namespace

StreamVerdict judge_step(const Answer& answer) {
  if (answer.status >= 200 && answer.status < 300) return StreamVerdict::accepted;
  const bool in_passing =
      answer.status == 0 || answer.status == 412 || answer.status == 429 || answer.status >= 500;
  if (in_passing) return StreamVerdict::wait;
  // One code stands for all of these; only the message tells them apart.
  if (answer.status == 403 && mentions(answer, "exceeded streaming time")) return StreamVerdict::update;
  if (answer.status == 403 &&
      (mentions(answer, "canceled by user") || mentions(answer, "cancelled by user"))) {
    return StreamVerdict::cancelled;
  }
  return StreamVerdict::plain;
}

StreamedAnswer::StreamedAnswer(storage::Conversation conversation, ConnectorCall call, StreamClock clock,
                               StreamOptions options)
    : conversation_(std::move(conversation)),
      call_(std::move(call)),
      clock_(std::move(clock)),
      options_(options) {
  if (conversation_.kind != "personal" || !conversation_.installed) verdict_ = StreamVerdict::plain;
}

bool StreamedAnswer::may_step(Instant now) const {
  return is_open() && (!next_step_ || now >= *next_step_);
}

void StreamedAnswer::inform(std::string_view what) {
  if (shown_.empty() && may_step(clock_.now())) step(true, begin_of(what, longest_information));
}

void StreamedAnswer::show(std::string_view text_so_far) {
  // What the channel has must be the beginning of what comes; a text that was changed waits for the end.
  const bool grows = text_so_far.size() > shown_.size() && text_so_far.substr(0, shown_.size()) == shown_;
  const bool fits = protocol::utf16_bytes(text_so_far) <= protocol::max_message_utf16_bytes;
  if (grows && fits && may_step(clock_.now())) step(false, text_so_far);
}

void StreamedAnswer::step(bool informative, std::string_view text) {
  const Instant now = clock_.now();
  if (!started_) started_ = now;
  if (now - *started_ >= options_.longest) {
    verdict_ = StreamVerdict::update;
    return;
  }
  const auto part = informative ? protocol::StreamPart::informative : protocol::StreamPart::streaming;
  const Answer answer =
      call_({.url = protocol::activities_url(conversation_.service_url, conversation_.id, ""),
             .body = protocol::stream_step_body(part, text, stream_id_, ++sequence_)});
  take(answer);
  if (judge_step(answer) != StreamVerdict::accepted) return;
  if (stream_id_.empty()) stream_id_ = answered_id(answer.body);
  if (stream_id_.empty()) verdict_ = StreamVerdict::plain;  // without it no step can follow
  if (!informative) shown_ = text;
}

// What the answer says about the steps to come.
void StreamedAnswer::take(const Answer& answer) {
  const Instant now = clock_.now();
  const StreamVerdict verdict = judge_step(answer);
  next_step_ = now + options_.pace;
  if (verdict == StreamVerdict::wait) {
    const auto asked = parse_retry_after(answer.retry_after, now);
    next_step_ = now + std::max(options_.pace, asked.value_or(pause_after_failure));
  } else {
    verdict_ = verdict;
  }
}

StreamEnd StreamedAnswer::end_without_final() const {
  if (verdict_ == StreamVerdict::cancelled) return {StreamEnd::Left::stop, stream_id_};
  if (verdict_ == StreamVerdict::update && !stream_id_.empty()) return {StreamEnd::Left::update, stream_id_};
  return {StreamEnd::Left::post, {}};
}

StreamEnd StreamedAnswer::finish(const handlers::Content& content) {
  if (!is_open() || stream_id_.empty()) return end_without_final();
  const handlers::Content fitted = fit(content, "");
  protocol::OutgoingMessage message{.text = fitted.text, .extras = &fitted};
  if (fitted.card) {
    message.card = fitted.card->json;
    message.summary = fitted.card->summary;
  }
  const auto body = protocol::stream_final_body(message, stream_id_);
  if (!body) return {StreamEnd::Left::update, stream_id_};
  for (int attempt = 0; attempt < final_tries; ++attempt) {
    const auto wait = next_step_ ? *next_step_ - clock_.now() : milliseconds{0};
    if (wait > milliseconds{0}) clock_.rest(std::min(wait, longest_rest));
    const Answer answer = call_(
        {.url = protocol::activities_url(conversation_.service_url, conversation_.id, ""), .body = *body});
    take(answer);
    const StreamVerdict verdict = judge_step(answer);
    if (verdict == StreamVerdict::accepted) return {StreamEnd::Left::nothing, stream_id_};
    // It may have arrived: what changes the shown message is the same either way.
    if (answer.status != 429 && verdict == StreamVerdict::wait) break;
    if (verdict != StreamVerdict::wait) return end_without_final();
  }
  return {StreamEnd::Left::update, stream_id_};
}

std::optional<storage::OutboxMessage> row_after_stream(const StreamEnd& end, storage::OutboxMessage base) {
  if (end.left == StreamEnd::Left::nothing || end.left == StreamEnd::Left::stop) return std::nullopt;
  if (end.left == StreamEnd::Left::update) {
    base.operation = storage::OutboxOperation::update;
    base.target_key.clear();
    base.reply_to = end.activity_id;
  }
  return base;
}

Result<std::optional<storage::OutboxMessage>> stream_answer(StreamedAnswer& answer,
                                                            const handlers::AnswerMaker& make,
                                                            storage::OutboxMessage base) {
  const Result<handlers::Content> content = make(answer);
  if (!content) return tl::unexpected<Error>(content.error());
  base.text = content->text;
  base.extras = protocol::stored_extras(*content);
  if (content->card) {
    base.card = content->card->json;
    base.summary = content->card->summary;
  }
  return row_after_stream(answer.finish(*content), std::move(base));
}

}  // namespace pao::bot::delivery
