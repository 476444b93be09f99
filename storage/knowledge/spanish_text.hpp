// Spanish as people type it, made comparable: "¿Cuándo se reportó?" and "cuando se reporto" become the same.
// The order is fold, then stem, on both sides: Snowball stems "información" to "inform" but leaves the
// unaccented "informacion" alone, and people type without accents.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::knowledge {

// Lower case, no accents, ñ and ü as n and u, everything that is neither letter nor digit as one space,
// letters typed three times or more once ("holaaa" is "hola"). Combining marks and bytes that are not UTF-8
// are dropped, so any input is safe. The result is ASCII without leading or trailing space.
std::string fold(std::string_view utf8);

// The words of the folded text: runs of letters and digits.
std::vector<std::string> fold_words(std::string_view utf8);

// Snowball's Spanish stem of a folded word. The stemmer of the C library keeps state, so each thread has its
// own; callable from any thread. Words with a digit are returned as they are.
std::string stem(std::string_view folded_word);

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; limit + 1 when there
// are more than `limit`. Bytes are letters: give it folded words.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace pao::storage::knowledge
