#include "storage/knowledge/guideline_file.hpp"
#include "storage/knowledge/search_index.hpp"
#include "storage/knowledge/text_classifier.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>

using namespace pao;
using namespace pao::storage::knowledge;

namespace {

SearchIndex::Sources sample_sources() {
  SearchIndex::Sources out;
  std::set<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(pao::tests::source_dir) + "/tests/data/guidelines"))
    files.insert(entry.path());
  for (const auto& path : files) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const auto guideline = parse_guideline(text.str());
    REQUIRE(guideline.has_value());
    out.criteria.insert(out.criteria.end(), guideline->criteria.begin(), guideline->criteria.end());
    out.practices.push_back(guideline->rules);
  }
  return out;
}

const SearchIndex& sample_index() {
  static const SearchIndex index(sample_sources());
  return index;
}

std::string best_code(const SearchIndex& index, std::string_view text, const SearchOptions& options = {}) {
  const std::vector<Hit> hits = index.search(text, options);
  return hits.empty() ? "" : index.criteria()[hits.front().criterion].code;
}

}  // namespace

TEST_CASE("the title of a criterion with its practice finds that criterion among the first three") {
  const SearchIndex& index = sample_index();
  std::size_t found = 0;
  for (std::size_t i = 0; i < index.criteria().size(); ++i) {
    const auto& criterion = index.criteria()[i];
    const auto hits =
        index.search(criterion.title + " " + index.practice(criterion.practice)->name, {.limit = 3});
    found +=
        std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.criterion == i; }) ? 1 : 0;
  }
  CHECK(found >= index.criteria().size() * 95 / 100);
}

TEST_CASE("scores and signals lie between 0 and 1 and hits are ordered") {
  for (const char* text : {"plazo de planes", "riesgo riesgo riesgo", "bia", "evidencia", "qué es"}) {
    const auto hits = sample_index().search(text);
    REQUIRE_FALSE(hits.empty());
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const Signals& s = hits[i].signals;
      for (const double each :
           {hits[i].score, s.words, s.sentence, s.title, s.practice, s.covered, s.complete, s.focus}) {
        CHECK(each >= 0);
        CHECK(each <= 1.0001);
      }
      if (i > 0) CHECK(hits[i].score <= hits[i - 1].score);
    }
  }
}

TEST_CASE("a word that the criterion never mentions shows, most of all the one asked for") {
  const auto best = [](std::string_view text) { return sample_index().search(text).front().signals; };
  const Signals given = best("cuántos renglones tiene el análisis del indicador");
  CHECK(given.complete == doctest::Approx(1));
  CHECK(given.focus == doctest::Approx(1));
  const Signals asked_for = best("cuántos xilófonos tiene el análisis del indicador");
  CHECK(asked_for.complete == doctest::Approx(0));
  CHECK(asked_for.focus == doctest::Approx(0));
  const Signals beside_it = best("cuántos renglones tiene el análisis del xilófono");
  CHECK(beside_it.complete == doctest::Approx(0));
  CHECK(beside_it.focus == doctest::Approx(1));
  CHECK(best("de qué xilófono sale la medición").focus == doctest::Approx(0));
}

TEST_CASE("a mistyped word is repaired, a known one never") {
  const Query query = sample_index().read("medision del indicdor en la repac");
  REQUIRE(query.repairs.size() == 2);
  CHECK(query.repairs[0].read_as == "medicion");
  CHECK(query.repairs[1].read_as == "indicador");
  CHECK(sample_index().read("plan de continuidad").repairs.empty());
  CHECK(best_code(sample_index(), "actualisacion del vía anual bia") == "CON-06");
}

TEST_CASE(
    "a practice named in the conversation decides between equals, one in the question decides over it") {
  CHECK(best_code(sample_index(), "errores frecuentes", {.practice_hint = "riesgos"}) == "RIE-15");
  CHECK(best_code(sample_index(), "errores frecuentes", {.practice_hint = "documentos"}) == "DOC-16");
  CHECK(best_code(sample_index(), "errores frecuentes de la repac", {.practice_hint = "documentos"}) ==
        "REP-15");
}

TEST_CASE("nothing known finds nothing, and an empty index answers nothing") {
  CHECK(sample_index().search("zzzz qqqq").empty());
  CHECK(sample_index().search("").empty());
  CHECK(sample_index().search("\xFF\xFE").empty());
  const SearchIndex empty({});
  CHECK(empty.search("plan de accion").empty());
  CHECK(empty.find("PLA-05") == nullptr);
}

TEST_CASE("guidelines of an entity work without our phrasings") {
  SearchIndex::Sources sources;
  sources.criteria = {
      {"ABC-01", "abc", "Plazos", "Fecha de corte", "El informe se entrega cada lunes.", 2027, 1},
      {"ABC-02", "abc", "Personas", "Quién aprueba", "El comité aprueba el informe.", 2027, 1}};
  const SearchIndex index(std::move(sources));
  CHECK(best_code(index, "hasta cuándo entrego el informe") == "ABC-01");
  CHECK(best_code(index, "quién da el visto bueno del informe") == "ABC-02");
  CHECK(index.find("abc-02")->title == "Quién aprueba");
}

TEST_CASE("the example phrasings belong to criteria of the sample guidelines") {
  const SearchIndex& index = sample_index();
  for (const Phrasing& each : default_phrasings()) {
    CAPTURE(each.code);
    const procedure::Criterion* criterion = index.find(each.code);
    REQUIRE(criterion != nullptr);
    CHECK(fold(criterion->title) == each.title);
  }
}

TEST_CASE("many threads search one index with one result") {
  const std::string expected = best_code(sample_index(), "cuándo vence el bia");
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (std::string& each : found) {
    threads.emplace_back([&each] {
      for (int i = 0; i < 50; ++i) each = best_code(sample_index(), "cuándo vence el bia");
    });
  }
  for (std::thread& each : threads) each.join();
  for (const std::string& each : found) CHECK(each == expected);
}

TEST_CASE("the classifier learns what separates its examples and ignores what it never saw") {
  const TextClassifier classifier({{"a", {"x", "y"}}, {"a", {"x"}}, {"b", {"z"}}, {"b", {"z", "y"}}});
  CHECK(classifier.classify({"x", "never seen"}).front().label == "a");
  CHECK(classifier.classify({"z"}).front().label == "b");
  double sum = 0;
  for (const auto& each : classifier.classify({"y"})) sum += each.probability;
  CHECK(sum == doctest::Approx(1));
}
