// What may be shown of an answer that a language model wrote: only sentences that the criteria they cite
// support. Pure: no network, no store, no clock. What the model returns is data, and so is
// whatever a criterion or a question made it say.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

// One criterion that the model may use; the first is "[1]".
struct Support {
  std::string code;
  std::string title;
  std::string text;
};

enum class Flaw {
  none,
  no_mark,          // cites nothing
  unknown_mark,     // cites what was not given
  markup,           // HTML, a link, code
  too_long,         // over `longest_sentence` characters
  invented_code,    // a code that the cited criteria do not have
  invented_number,  // a number, or a number of something else
  invented_date,    // a month or a day of the week
  invented_name,    // somebody or something with a capital letter
  changed_limit,    // "solo", "prohibido" … that they do not say
  changed_sense,    // denies what they say, or says what they deny
  unsupported,      // too few of its words are theirs
  grading,          // words of an evaluation (procedure section 1)
};
std::string_view to_word(Flaw flaw);  // "invented_number", …

inline constexpr std::size_t longest_sentence = 400;  // in characters

// What is wrong with a sentence; `none` when the criteria that it cites support it.
Flaw flaw_of(std::string_view sentence, std::span<const Support> support);

struct CheckedAnswer {
  std::string text;  // the sentences that remain, marks numbered in the order of `cited`; empty: too little
  std::vector<std::size_t> cited;  // into the support; the first one is "[1]" of the text
  int kept = 0;
  std::vector<Flaw> flaws;  // of the sentences that were dropped, in their order

  bool usable() const { return !text.empty(); }
};

// Too little is left when nothing is, or when more sentences were dropped than kept.
CheckedAnswer check_answer(std::string_view draft, std::span<const Support> support);

// Of a draft that is still being written, the sentences that are whole: the last one may go on.
std::vector<std::string> whole_sentences(std::string_view draft);
// check_answer of these. While a draft grows, each text that is not empty begins with those before.
CheckedAnswer check_sentences(std::span<const std::string> sentences, std::span<const Support> support);

}  // namespace pao::handlers::consult
