// The forms ask what the guideline says, as the rules read it back.
#include "cards/fields.hpp"

#include "cards/progress_card.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "tests/cards/gallery.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

using namespace pao;
using nlohmann::json;

namespace {

json sample(const std::string& name) {
  for (const auto& one : cards::gallery::samples()) {
    if (one.name == name) return json::parse(one.card.json);
  }
  FAIL("no such sample: " << name);
  return {};
}

std::map<std::string, json> inputs_of(const json& card) {
  std::map<std::string, json> inputs;
  for (const json& block : card.at("body")) {
    if (block.contains("id")) inputs[block["id"]] = block;
  }
  return inputs;
}

json save_data(const json& card) {
  return card.at("actions").at(0).at("data");
}

}  // namespace

TEST_CASE("each practice's form asks or carries each required field, and nothing else is mandatory") {
  for (const std::string& practice : cards::gallery::practices()) {
    CAPTURE(practice);
    const json card = sample("progress_form_" + practice);
    const auto inputs = inputs_of(card);
    const json carried = save_data(card);
    const auto rules = cards::gallery::rules_of(practice);
    for (const std::string& field : rules.required_fields) {
      CAPTURE(field);
      if (cards::field_spec(field).kind == cards::FieldKind::computed) {
        CHECK(!inputs.contains(field));
        continue;
      }
      CHECK((inputs.contains(field) != carried.contains(field)));
    }
    for (const auto& [id, input] : inputs) {
      CAPTURE(id);
      const auto to_fill = procedure::fields_to_fill(rules);
      const bool listed = std::find(to_fill.begin(), to_fill.end(), id) != to_fill.end();
      CHECK((listed || id == procedure::evidence_kind_field || !input.value("isRequired", false)));
    }
    CHECK(inputs.contains(procedure::evidence_kind_field) == rules.evidence_required);
  }
}

TEST_CASE("the form offers the evidence kinds of the practice") {
  const auto inputs = inputs_of(sample("progress_form_planes"));
  const json& choices = inputs.at("tipo_evidencia").at("choices");
  CHECK(choices.size() == 6);
  CHECK(choices[3] == json{{"title", "Enlace a una publicación"}, {"value", "enlace_publicacion"}});
}

TEST_CASE("the justification of a delay is optional until the rules ask for it") {
  CHECK(!inputs_of(sample("progress_form_planes")).at("justificacion_atraso").value("isRequired", false));
  CHECK(inputs_of(sample("progress_form_planes_problems"))
            .at("justificacion_atraso")
            .value("isRequired", false));
  CHECK(!inputs_of(sample("progress_form_riesgos")).contains("justificacion_atraso"));
}

TEST_CASE("what a person typed comes back after a problem, and the problem stands before its field") {
  const json card = sample("progress_form_planes_problems");
  CHECK(inputs_of(card).at("porcentaje_avance").at("value") == "70,5");
  const json& body = card.at("body");
  for (std::size_t i = 1; i < body.size(); ++i) {
    if (body[i].value("id", "") == "evidencia")
      CHECK(body[i - 1].value("text", "") == "Corrija: Esta práctica exige una evidencia.");
  }
  CHECK(
      inputs_of(sample("progress_form_repac_long")).at("decisiones").at("value").get<std::string>().size() ==
      1500);
}

TEST_CASE("numbers, dates and choices are read back by the rules as the form asks for them") {
  const std::map<procedure::FieldKind, std::vector<cards::FieldKind>> same = {
      {procedure::FieldKind::percentage, {cards::FieldKind::percent}},
      {procedure::FieldKind::number, {cards::FieldKind::number}},
      {procedure::FieldKind::pesos, {cards::FieldKind::pesos}},
      {procedure::FieldKind::date, {cards::FieldKind::date}},
      {procedure::FieldKind::choice, {cards::FieldKind::choice}},
      {procedure::FieldKind::text,
       {cards::FieldKind::line, cards::FieldKind::paragraph, cards::FieldKind::evidence,
        cards::FieldKind::identity, cards::FieldKind::computed, cards::FieldKind::choice}}};
  for (const std::string& practice : cards::gallery::practices()) {
    const auto rules = cards::gallery::rules_of(practice);
    std::vector<std::string> fields = rules.required_fields;
    for (const auto& conditional : rules.conditional_fields) fields.push_back(conditional.field);
    fields.emplace_back("hubo_interrupcion");
    for (const std::string& field : fields) {
      CAPTURE(field);
      const cards::FieldSpec spec = cards::field_spec(field);
      const auto& allowed = same.at(procedure::field_kind(field));
      CHECK(std::find(allowed.begin(), allowed.end(), spec.kind) != allowed.end());
      for (const char* value : procedure::field_choices(field)) {
        CAPTURE(value);
        CHECK(std::any_of(spec.choices.begin(), spec.choices.end(),
                          [&](const cards::FieldChoice& choice) { return choice.value == value; }));
      }
    }
  }
}
