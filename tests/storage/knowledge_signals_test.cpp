#include "storage/knowledge/letter_index.hpp"
#include "storage/knowledge/phrasing_model.hpp"
#include "storage/knowledge/weights.hpp"

#include <doctest/doctest.h>

using namespace pao::storage::knowledge;

TEST_CASE("letters bring word forms and typos near each other, and strangers not") {
  const Lexicon lexicon({"", "de", "", ""});
  LetterIndex index;
  index.add(0, lexicon.tokens("realización de pruebas"));
  index.add(1, lexicon.tokens("cierre de vigencia"));
  const std::vector<float> scores = index.scores(lexicon.tokens("realisar prueva"), 2);
  CHECK(scores[0] > 0.5F);
  CHECK(scores[1] == 0.0F);
  CHECK(index.scores(lexicon.tokens("xyz"), 2)[0] == 0.0F);
}

TEST_CASE("a phrasing teaches which of its words tell criteria apart") {
  // Term 0 stands in both criteria, 1 and 2 in one each.
  PhrasingModel model;
  model.learn({{0, {{0, 1}, {1, 1}}}, {1, {{0, 1}, {2, 1}}}}, 3, 3);
  const std::vector<float> second = model.scores({{0, 1}, {2, 1}});
  CHECK(second[1] > 0.5F);
  CHECK(second[1] > second[0]);
  CHECK(model.scores({})[2] == doctest::Approx(0.5));
}

TEST_CASE("weights are read by name, written as they are read, and the ranking ones sum up to 1") {
  const Weights weights = parse_weights("# fitted\nranking.words = 0.25\nscope.known = -1.5\nelse = 3\n");
  CHECK(weights.ranking.words == doctest::Approx(0.25));
  CHECK(weights.scope.known == doctest::Approx(-1.5));
  CHECK(weights.ranking.letters == 0);
  CHECK(to_text(parse_weights(to_text(weights))) == to_text(weights));
  double sum = 0;
  for (const auto& [name, member] : signal_names) {
    CHECK(default_weights().ranking.*member >= 0);
    sum += default_weights().ranking.*member;
  }
  CHECK(sum == doctest::Approx(1).epsilon(0.01));
}
