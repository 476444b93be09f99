// Messages that hold more than one question.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

inline constexpr std::size_t most_questions_answered = 3;

// The questions of a message, in order, each without what belongs to none of them; fewer than two when it
// cannot be told that there are several. A question ends with its mark or its line; without any mark a line
// is one when it begins like one ("1. hasta cuándo registro"). A story before a question belongs to it.
std::vector<std::string> questions_in(std::string_view text);

}  // namespace pao::handlers::consult
