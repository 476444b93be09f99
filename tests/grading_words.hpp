// What PAO Teams never says: it follows up and advises, it does not grade (procedure section 1, R-47). One
// list for the tests of source texts, cards and produced documents.
#pragma once

#include <regex>
#include <string>

namespace pao::tests {

// The first word of grading in a text; "" when there is none.
inline std::string grading_word(const std::string& text) {
  static const std::regex words(
      "(^|[^a-zA-ZáéíóúñÁÉÍÓÚÑ])((des)?calific[a-z]*(ción|ciones|dos?|das?)?|notas?|puntajes?|puntuaci(ón|"
      "ones)|"
      "puntúa[a-z]*|puntos? obtenidos?|ranking|escalafón|mejores|peores|incumplid[oa]s?|incumplidor[a-z]*|"
      "desempeño|semáforo|score|reprobad[oa]s?)"
      "($|[^a-zA-ZáéíóúñÁÉÍÓÚÑ])",
      std::regex::icase);
  std::smatch match;
  return std::regex_search(text, match, words) ? match[2].str() : "";
}

}  // namespace pao::tests
