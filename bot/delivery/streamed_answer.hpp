// An answer that a person sees grow while it is made (reference 3.12): what is being done, then the text so
// far, then the whole message. In personal conversations only; elsewhere, and whenever the channel does not
// want it, nothing is shown in between and the answer goes through the outbox as an ordinary message. So the
// whole text is never lost: what `finish` did not deliver it tells the caller to enqueue.
#pragma once

#include "bot/delivery/connector_call.hpp"
#include "handlers/answer_stream.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/reply.hpp"
#include "storage/conversations_store.hpp"
#include "storage/outbox_store.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::delivery {

// What the channel's answer to one step means.
enum class StreamVerdict {
  accepted,   // also a step that came too late to be shown
  wait,       // too fast, or it failed in passing: later steps go on
  plain,      // no stream here: the whole text goes as an ordinary message
  update,     // over two minutes: the shown message is changed to the whole text
  cancelled,  // the person has stopped it: nothing more is sent
};
StreamVerdict judge_step(const Answer& answer);

struct StreamOptions {
  std::chrono::milliseconds pace{1'500};       // between two steps; the channel allows one a second
  std::chrono::milliseconds longest{110'000};  // of the whole stream; the channel ends it after two minutes
};

// Clock and rest, so that tests hold both.
struct StreamClock {
  std::function<Instant()> now;
  std::function<void(std::chrono::milliseconds)> rest;
};

// What is left to do after the last step.
struct StreamEnd {
  enum class Left {
    nothing,  // delivered; `activity_id` is the message's id
    post,     // enqueue it as an ordinary message
    update,   // enqueue it as an update of `activity_id`
    stop,     // the person does not want it: enqueue nothing
  };
  Left left = Left::post;
  std::string activity_id = {};
};

// One answer. Calls block for one request each, one at a time; not thread-safe.
class StreamedAnswer final : public handlers::AnswerStream {
 public:
  StreamedAnswer(storage::Conversation conversation, ConnectorCall call, StreamClock clock,
                 StreamOptions options = {});

  // What is being done ("Busco en los lineamientos…"); at most 1,000 bytes are shown. Ignored once text was
  // shown, and when it comes sooner than the pace.
  void inform(std::string_view what) override;

  // The text so far, from its beginning. Shown when the pace allows, else with a later call.
  void show(std::string_view text_so_far) override;

  // The person has stopped it, or there is no stream: who makes the answer may stop too, or go on in silence.
  bool is_cancelled() const override { return verdict_ == StreamVerdict::cancelled; }

  // The text that the channel has of it; a whole answer that does not begin with it is not taken.
  const std::string& shown() const { return shown_; }

  // The whole answer. Waits for the pace. Call once, last.
  StreamEnd finish(const handlers::Content& content);

 private:
  bool is_open() const { return verdict_ == StreamVerdict::accepted; }
  bool may_step(Instant now) const;
  void step(bool informative, std::string_view text);
  void take(const Answer& answer);
  StreamEnd end_without_final() const;

  const storage::Conversation conversation_;
  const ConnectorCall call_;
  const StreamClock clock_;
  const StreamOptions options_;
  StreamVerdict verdict_ = StreamVerdict::accepted;  // accepted: the stream may go on
  std::string stream_id_;
  std::string shown_;  // text that the channel has
  int sequence_ = 0;
  std::optional<Instant> started_;
  std::optional<Instant> next_step_;
};

// The outbox row that does what is left: `base` is the row as an ordinary message.
std::optional<storage::OutboxMessage> row_after_stream(const StreamEnd& end, storage::OutboxMessage base);

// Makes an answer and shows it as it grows. Gives the row that is left to enqueue, made of `base` (key, lane,
// conversation, what it answers, times); nothing when the reader has the whole answer or does not want it.
// Fails as `make` does, and then nothing more is shown.
Result<std::optional<storage::OutboxMessage>> stream_answer(StreamedAnswer& answer,
                                                            const handlers::AnswerMaker& make,
                                                            storage::OutboxMessage base);

}  // namespace pao::bot::delivery
