// Reads a guideline (lineamiento): front matter between two "---" lines, one "#" title, a notice as
// blockquote,
// "##" sections with "### CODE Title" criteria of one paragraph each.
//
// Front matter lines are "key: value", or "key:" followed by "  - item" lines. No nesting, no quoting. A
// guideline is data: keys that are not listed here are reported as problems, never obeyed.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/model.hpp"

#include <tl/expected.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::knowledge {

// A due date as the author worked it out. It is there to check our own computation, not to replace it.
struct ListedDueDate {
  std::string period;  // "2026-03", "2026-T1"
  Date due_on;
};

struct Guideline {
  procedure::PracticeRules rules;
  std::vector<procedure::Criterion> criteria;  // in the order of the file
  std::string title;                           // of the "#" line
  std::string notice;                          // the blockquote; must stay visible wherever the text is shown
  std::vector<ListedDueDate> due_dates;
  std::map<std::string, std::string> further;  // known keys that PracticeRules has no member for, as written;
                                               // list items joined by ", "
};

// What is wrong in one line (1 is the first; 0: the file as a whole), in Spanish for whoever wrote the file.
struct GuidelineProblem {
  std::size_t line;
  std::string reason;
};

// The guideline, or every problem found: nothing is dropped silently and nothing is half read.
tl::expected<Guideline, std::vector<GuidelineProblem>> parse_guideline(std::string_view markdown);

}  // namespace pao::storage::knowledge
