// An answer that its reader sees grow while it is made: what a maker of slow answers writes to, wherever and
// whether it is shown. bot::delivery::StreamedAnswer is the one that Teams shows (reference 3.12).
#pragma once

#include "handlers/procedure/result.hpp"
#include "handlers/reply.hpp"

#include <functional>
#include <string_view>

namespace pao::handlers {

// One answer; used by one thread. Calls may take as long as a request to the channel.
class AnswerStream {
 public:
  virtual ~AnswerStream() = default;

  // What is being done, in a sentence ("Busco en los lineamientos…"). Before the first `show` only; call it
  // as often as there is news, it is shown as often as the channel allows.
  virtual void inform(std::string_view what) = 0;

  // The text so far, all of it from its beginning; what was shown stays the beginning of what comes.
  virtual void show(std::string_view text_so_far) = 0;

  // The reader has stopped it: making the rest is of no use.
  virtual bool is_cancelled() const = 0;
};

// Makes an answer and shows it on the way. The content it gives back is the whole one, and what counts: it
// reaches the reader whether or not anything was shown before.
using AnswerMaker = std::function<Result<Content>(AnswerStream& stream)>;

}  // namespace pao::handlers
