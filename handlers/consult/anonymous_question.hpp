// A question as it may leave the service: without people. Pure; any text is safe.
#pragma once

#include "handlers/reference.hpp"

#include <string>
#include <string_view>

namespace pao::handlers::consult {

inline constexpr std::string_view left_out = "…";      // stands for what was taken away
inline constexpr std::size_t longest_anonymous = 600;  // bytes

// Only words that the guidelines and the knowledge of language have remain: names, whatever their spelling,
// addresses, identity and telephone numbers and the ids of items, requests and processes become "…". Codes of
// criteria and types of SS stay. Names of people in the directory go even when they are also words, if two of
// them stand together or one is written with a capital inside a sentence.
std::string anonymous_question(std::string_view question, const Reference& reference);

}  // namespace pao::handlers::consult
