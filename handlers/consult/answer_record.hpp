// Keeps what was answered to whom in the turn's own transaction, so that consults, feedback and
// figures can refer to it by our id.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "handlers/understanding.hpp"

#include <string_view>

namespace pao::handlers::consult {

class AnswerRecord {
 public:
  explicit AnswerRecord(const ReferenceSource& reference) : reference_(reference) {}

  // The same decision, which also stores the answer when it is one: answered, asked back or abstained.
  // `understood` may be null.
  Result<Decision> kept(Result<Decision> decision, const Turn& turn, std::string_view question,
                        const Understanding* understood) const;

 private:
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::consult
