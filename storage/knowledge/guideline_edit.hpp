// Changes to the text of a guideline, file in, file out: what an advisor does to a draft in the chat.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <string>
#include <string_view>

namespace pao::storage::knowledge {

// The document as that version of that vigencia. Due dates that its author listed for another vigencia are
// left out: they are worked out from the rules anyway.
std::string with_version(std::string_view document, int term, int version);

// The criterion with that code and text: put in the place of the one with the same code, or at the end of its
// section (which is made when there is none). Line ends and Markdown marks in title and text become plain
// words, so that a text is never more than its criterion. `invalid` with a Spanish sentence when the result
// cannot be read as a guideline.
Result<std::string> with_criterion(std::string_view document, const procedure::Criterion& criterion);

// Without it; `not_found` when no criterion has the code, `invalid` when it is the last one.
Result<std::string> without_criterion(std::string_view document, std::string_view code);

// The whole of a guideline written anew from its criteria, under the front matter of `document`.
std::string with_criteria(std::string_view document, const std::string& title,
                          const std::vector<procedure::Criterion>& criteria);

}  // namespace pao::storage::knowledge
