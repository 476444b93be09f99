// What Teams tells of its own accord: what people think of an answer, who is in a meeting, whether an offered
// file may be uploaded. Everything is recorded; only a feedback form says something back.
#pragma once

#include "handlers/reply.hpp"
#include "handlers/turn.hpp"

namespace pao::handlers::channel {

class NewsHandler {
 public:
  // The thumbs under an answer, or an emoji at it: feedback in the registro. A reaction to a message that is
  // not ours is not kept.
  Result<Decision> on_rating(const Turn& turn) const;

  // The form behind the thumbs (`reaccion`), and what was written into it (`reaccion`, `motivo`,
  // `comentario`).
  Result<Decision> on_feedback_form(const Turn& turn) const;
  Result<Decision> on_feedback_save(const Turn& turn) const;

  // Start, end, joins and leaves: kept for the attendance of socialisations. No words, no answer.
  Result<Decision> on_meeting(const Turn& turn) const;

  // `refused` for anybody but the person who was asked; a second answer changes nothing.
  Result<Decision> on_file_answer(const Turn& turn) const;
};

}  // namespace pao::handlers::channel
