// What the form of an SS asks for is what filing it refuses without (R-38 to R-40, GEN-16).
#include "cards/request_card.hpp"
#include "handlers/procedure/request_rules.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace pao;

namespace {

void collect_inputs(const nlohmann::json& node, std::set<std::string>& required, std::set<std::string>& all) {
  if (node.is_object() && node.value("type", "").rfind("Input.", 0) == 0) {
    all.insert(node.value("id", ""));
    if (node.value("isRequired", false)) required.insert(node.value("id", ""));
  }
  if (!node.is_structured()) return;
  for (const auto& child : node) collect_inputs(child, required, all);
}

}  // namespace

TEST_CASE("the form of each type marks exactly the texts that filing refuses without (R-38, R-40)") {
  const std::set<std::string> texts = {
      procedure::request_field::subject,       procedure::request_field::item,
      procedure::request_field::current_value, procedure::request_field::requested_value,
      procedure::request_field::justification, procedure::request_field::evidence};
  for (const char* type : {"SS-1", "SS-2", "SS-3", "SS-4", "SS-5", "SS-6", "SS-7"}) {
    CAPTURE(type);
    const cards::Card card = cards::request_form_card(
        {{type, "", 5}, {{"DIR", "Direccionamiento"}}, {{"planes", "Planes"}}, {}, {}});
    std::set<std::string> required, all;
    collect_inputs(nlohmann::json::parse(card.json), required, all);
    CHECK(all == texts);
    std::set<std::string> refused;
    for (const procedure::RequestProblem& problem : procedure::check_request({.type = type}))
      refused.insert(problem.field);
    CHECK(required == refused);
  }
}
