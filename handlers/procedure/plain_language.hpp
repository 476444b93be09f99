// Whether a text that goes to a process is in plain language (R-27, seed 6.5): short sentences, no acronym
// that nobody explained, no word of grading, and in each recommendation what was seen, what to do, by when.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

inline constexpr int max_sentence_words = 20;

// An acronym and what it stands for.
struct Acronym {
  std::string_view letters;  // "SMGI"
  std::string_view meaning;
};
// Those that every report explains by itself where they occur.
const std::vector<Acronym>& known_acronyms();

// The known ones that occur in the text, in the order of the list.
std::vector<Acronym> acronyms_in(std::string_view text);

struct LanguageProblem {
  std::string found;     // the sentence, the acronym or the word
  std::string sentence;  // Spanish: what is wrong and what to do
};

// An acronym is explained when it is a known one, or when it follows its meaning in parentheses where it
// first appears: "Plan de continuidad (PCN)". Codes with digits or hyphens (PAI-DIR-01) are not acronyms.
std::vector<LanguageProblem> check_language(std::string_view text);

// The same for the parts of a recommendation, and whether each part is there.
std::vector<LanguageProblem> check_recommendation(std::string_view observed, std::string_view suggestion,
                                                  std::optional<Date> target_on);

}  // namespace pao::procedure
