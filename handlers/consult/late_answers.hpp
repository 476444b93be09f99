// Answers that a language model writes from the criteria that were found (optional, off by default). The
// plain answer, the criterion's own words, waits in the outbox meanwhile: when the text comes in time and
// holds against the criteria, the message says that instead; in every other case, also after a crash, the
// plain answer goes out by itself.
#pragma once

#include "handlers/consult/generated_answer.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::consult {

// What leaves the service: no person, no id (anonymous_question).
struct WritingTask {
  std::string instructions;       // Spanish, fixed
  std::string question;           // without people
  std::vector<Support> criteria;  // "[1]", "[2]" …
};

// Sees what there is of a text each time that it has grown. False: nobody wants the rest.
using OnDraft = std::function<bool(std::string_view draft_so_far)>;

// Writes the text, and shows it on the way if it can. The one thing here that may be slow: called outside
// turns and transactions. `unavailable`: nobody wrote; `refused`: the rest was not wanted. The detail has no
// text of the task.
using Writer = std::function<Result<std::string>(const WritingTask&, const OnDraft&)>;

// What is left to do for the outbox after an answer was shown elsewhere.
struct Shown {
  enum class Left {
    post,     // it sends the message
    nothing,  // it arrived; `activity_id` is the message's id
    update,   // it changes the message `activity_id` into the whole answer
    stop,     // the person does not want it
  };
  Left left = Left::post;
  std::string activity_id = {};
};

// Shows one answer while it is made, in the conversation where somebody waits. Its parts may be slow: they
// are called outside turns and transactions.
struct Stage {
  std::function<void()> begin;  // it is being written
  // The text so far; each call's text begins with those before. Shown as often as the channel allows. False:
  // the person has stopped it.
  std::function<bool(std::string_view text_so_far)> show;
  std::function<std::string()> shown;  // what the person can read of it
  // The whole, which must begin with what is shown.
  std::function<Shown(const Content& whole)> finish;
};
using StageFor = std::function<Stage(const std::string& conversation_id)>;

struct LateAnswersOptions {
  bool enabled = false;
  std::chrono::milliseconds wait{20'000};  // how long the plain answer waits
};

inline constexpr const char* late_answer_kind = "late_answer";  // of the outbox message

class LateAnswers {
 public:
  LateAnswers(const ReferenceSource& reference, LateAnswersOptions options)
      : reference_(reference), options_(options) {}

  // The same decision, whose answer waits for a text written from its criteria. Unchanged when it is off, in
  // groups, for buttons, for anything but an answer from guidelines in force, for one with dates of the
  // person's own, and for a question that names the criterion it wants to read.
  Result<handlers::Decision> held(Result<handlers::Decision> decision, const Turn& turn) const;

 private:
  const ReferenceSource& reference_;
  LateAnswersOptions options_;
};

// Takes one answer that waits, has it written, checks it and stores what came; shows it on the stage when
// there is one, else the outbox does. False when nobody waits. From any thread.
Result<bool> write_one(storage::Database& database, const ReferenceSource& reference, const Writer& write,
                       const std::function<Instant()>& clock, const StageFor& stage_for = nullptr);

// The message when it is sent: the text that was written, or the plain answer.
Result<std::optional<Content>> render_late_answer(storage::Session& session, const Reference& reference,
                                                  const storage::OutboxMessage& message, Instant now);

}  // namespace pao::handlers::consult
