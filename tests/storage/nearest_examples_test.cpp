#include "storage/knowledge/nearest_examples.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace pao::storage::knowledge;

namespace {

std::map<std::string, double> by_label(const std::vector<LabelSimilarity>& all) {
  std::map<std::string, double> out;
  for (const LabelSimilarity& each : all) out[each.label] = each.similarity;
  CHECK(out.size() == all.size());
  return out;
}

const NearestExamples& examples() {
  static const NearestExamples out({{"fruit", {"red", "round", "sweet"}},
                                    {"fruit", {"yellow", "long", "sweet"}},
                                    {"car", {"red", "fast", "fast"}}});
  return out;
}

}  // namespace

TEST_CASE("an example itself is as near as can be, whatever the order and repetition of its features") {
  const auto near = by_label(examples().nearest({"sweet", "round", "red", "red"}));
  CHECK(near.at("fruit") == doctest::Approx(1));
  CHECK(near.at("car") > 0);
  CHECK(near.at("car") < 0.6);
}

TEST_CASE("the most similar example of a label counts, and unknown features take away") {
  const auto plain = by_label(examples().nearest({"yellow", "sweet"}));
  CHECK(plain.at("fruit") > 0.7);
  CHECK(plain.at("car") == 0);
  const auto strange = by_label(examples().nearest({"yellow", "sweet", "unheard of"}));
  CHECK(strange.at("fruit") < plain.at("fruit"));
  CHECK(strange.at("fruit") > 0.4);
}

TEST_CASE("nothing in common is no similarity, and without examples there are no labels") {
  const auto none = by_label(examples().nearest({"unheard of"}));
  CHECK(none.at("fruit") == 0);
  CHECK(none.at("car") == 0);
  CHECK(by_label(examples().nearest({})).at("car") == 0);
  CHECK(NearestExamples({}).nearest({"red"}).empty());
}
