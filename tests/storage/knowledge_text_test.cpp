#include "storage/knowledge/lexicon.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace pao::storage::knowledge;

TEST_CASE("folding makes every way of typing a word the same") {
  struct Case {
    const char* typed;
    const char* folded;
  };
  const Case cases[] = {
      {"¿Cuándo se REPORTÓ?", "cuando se reporto"},
      {"Año, ÑAME, pingüino", "ano name pinguino"},
      {"information\xCC\x81n", "informationn"},  // a combining accent
      {"a\xC3", "a"},                            // a sequence that breaks off
      {"a\xFF\xFE b", "a b"},                    // bytes that are never UTF-8
      {"holaaaa!!!", "hola"},
      {"1000 llamadas", "1000 llamadas"},  // digits and double letters stay
      {"PAI-TES-03_2026", "pai tes 03 2026"},
      {"  \t\n ", ""},
      {"", ""},
      {"ÁÉÍÓÚ áéíóú ç", "aeiou aeiou c"},
      {"45%", "45"},
      {"avance\xE2\x80\x8B físico", "avance fisico"},  // a zero-width space
      {"\xF0\x9F\x98\x80 gracias", "gracias"},         // an emoji
      {"«plan» — acción", "plan accion"},
  };
  for (const Case& each : cases) CHECK(fold(each.typed) == each.folded);
}

TEST_CASE("a folded word and its accented form have one stem") {
  CHECK(stem(fold("información")) == stem("informacion"));
  CHECK(stem("registrar") == stem("registro"));
  CHECK(stem("indicadores") == stem("indicador"));
  CHECK(stem("2026") == "2026");
  CHECK(stem("rto4") == "rto4");
}

TEST_CASE("stemming from several threads at once gives the same stems") {
  std::vector<std::string> stems(4);
  std::vector<std::thread> threads;
  for (std::string& each : stems) {
    threads.emplace_back([&each] {
      for (int i = 0; i < 2000; ++i) each = stem(i % 2 == 0 ? "materializaciones" : "indicadores");
    });
  }
  for (std::thread& each : threads) each.join();
  for (const std::string& each : stems) CHECK(each == stem("indicadores"));
}

TEST_CASE("edit distance counts a swap of neighbours once and stops at the limit") {
  struct Case {
    const char* a;
    const char* b;
    std::size_t limit;
    std::size_t distance;
  };
  const Case cases[] = {
      {"plan", "plan", 2, 0},
      {"plna", "plan", 2, 1},
      {"indicdor", "indicador", 2, 1},
      {"vigensia", "vigencia", 2, 1},
      {"gato", "perro", 2, 3},
      {"", "ab", 2, 2},
      {"abc", "", 1, 2},
      {"medision", "medicion", 1, 1},
  };
  for (const Case& each : cases) CHECK(edit_distance(each.a, each.b, each.limit) == each.distance);
}

TEST_CASE("chat spellings are read as the words they mean") {
  const auto words = [](std::string_view text) {
    std::string out;
    for (const Token& token : default_lexicon().tokens(text)) out += (out.empty() ? "" : " ") + token.word;
    return out;
  };
  CHECK(words("xq toca") == "por que toca");
  CHECK(words("hasta q dia pa reportar") == "hasta que dia para reportar");
  CHECK(words("tmb d la SS") == "tambien de la ss");
}

TEST_CASE("expressions become concepts and the longest one speaks for the practice") {
  const Analysis deadline = default_lexicon().analyse("hasta cuándo puedo subir el avance");
  CHECK(std::find(deadline.concepts.begin(), deadline.concepts.end(), "~plazo") != deadline.concepts.end());

  const Analysis continuity = default_lexicon().analyse("qué lleva el plan de continuidad");
  CHECK(continuity.practices.contains("continuidad-del-negocio"));
  CHECK_FALSE(continuity.practices.contains("planes"));
}
