// The register of what was answered to whom. An answer says what is to be kept of it where it is made,
// from the guidelines that it was made of; it is stored in the turn's own transaction, so that consults,
// feedback and figures can refer to it by our id.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "handlers/understanding.hpp"

#include <string_view>
#include <vector>

namespace pao::handlers::consult {

// The reply with what the register keeps of it: the words that the person reads of `criteria`, in the version
// that `reference` holds, and how near they were to what was understood of the question.
Reply for_the_register(Reply reply, const std::vector<procedure::Criterion>& criteria,
                       const Reference& reference, const Understanding& understood);

// The same of a criterion that was picked from a list: a further look at a question that was asked before.
Reply choice_for_the_register(Reply reply, const procedure::Criterion& criterion, const Reference& reference);

// The same decision, which also stores what the register keeps of its reply; unchanged when that is nothing.
Result<Decision> kept(Result<Decision> decision, const Turn& turn, std::string_view question);

}  // namespace pao::handlers::consult
