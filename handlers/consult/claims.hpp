// What a sentence says that can be held against its source: words, numbers with their units, codes, names
// and what is negated. Pure; any text is safe.
#pragma once

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

struct Claims {
  std::set<std::string> stems;  // of the words that carry meaning
  // What follows each number within three words, of "dia", "habil", "mes", "%" …; a number that stands twice
  // has several. Numbers in figures and in words are the same: "diez" is "10", "1.000" is "1000".
  std::multimap<std::string, std::set<std::string>> numbers;
  std::set<std::string> codes;    // "PLA-05", "SS-4": letters and digits together, upper case
  std::set<std::string> names;    // folded words with a capital letter inside a sentence
  std::set<std::string> dates;    // months and days of the week
  std::set<std::string> limits;   // "solo", "salvo", "prohibido" …: words that change what is allowed
  std::set<std::string> negated;  // stems that come right after a "no", "sin", "nunca" …
  std::set<std::string> plain;    // stems that stand somewhere without one
  bool negates = false;
};

Claims claims_of(std::string_view text);

// The sentences of a text; ends of lines end them too. A full stop after an abbreviation or inside a number
// does not, and what stands in square brackets after the full stop belongs to the sentence before it.
std::vector<std::string> sentences_of(std::string_view text);

// The parts of its sentences between those separators ("; ", ", ", " y ").
std::vector<std::string> clauses_of(std::string_view text,
                                    std::initializer_list<std::string_view> separators);

}  // namespace pao::handlers::consult
