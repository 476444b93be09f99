#include "bot/client/card_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao::bot::client;

namespace {

bool has_line(const CardText& card, const std::string& text) {
  return std::any_of(card.lines.begin(), card.lines.end(),
                     [&](const auto& line) { return line.text == text; });
}

const char* form = R"({"type":"AdaptiveCard","version":"1.5","body":[
  {"type":"TextBlock","text":"Registrar avance","weight":"bolder"},
  {"type":"FactSet","facts":[{"title":"Vence","value":"9 de noviembre de 2026"}]},
  {"type":"Input.Number","id":"porcentaje","label":"Porcentaje","isRequired":true,"value":60},
  {"type":"Input.Text","id":"secreto","isVisible":false,"value":"v1"},
  {"type":"Input.ChoiceSet","id":"tipo","label":"Tipo","value":"b","choices":[
    {"title":"Acta","value":"a"},{"title":"Informe","value":"b"}]},
  {"type":"Input.Toggle","id":"confirma","title":"Confirmo","valueOn":"si","valueOff":"no"},
  {"type":"Input.Date","id":"dia","placeholder":"Fecha de corte"}],
 "actions":[
  {"type":"Action.Execute","title":"Guardar","verb":"avance.guardar","id":"g","data":{"elemento":"T1"}},
  {"type":"Action.Execute","title":"Volver","verb":"pendientes.ver","associatedInputs":"none"},
  {"type":"Action.OpenUrl","title":"Ver norma","url":"https://example.com/norma"}]})";

}  // namespace

TEST_CASE("a form becomes lines, fields with their present values, and numbered buttons") {
  const auto card = card_text(form);
  CHECK(card.lines.front().style == CardLine::Style::heading);
  CHECK(has_line(card, "**Vence** 9 de noviembre de 2026"));
  CHECK(has_line(card, "▢ Porcentaje *: 60"));
  CHECK(has_line(card, "▢ Tipo: Informe"));
  CHECK(has_line(card, "▢ Confirmo: no"));
  CHECK(has_line(card, "[1] Guardar"));
  CHECK(has_line(card, "[3] Ver norma"));

  REQUIRE(card.inputs.size() == 5);
  CHECK(card.inputs[0].kind == CardInput::Kind::number);
  CHECK(card.inputs[0].required);
  CHECK_FALSE(card.inputs[1].visible);
  CHECK(card.inputs[1].value == "v1");
  CHECK(card.inputs[2].choices[1] == std::pair<std::string, std::string>("b", "Informe"));
  CHECK(card.inputs[3].value_on == "si");
  CHECK(card.inputs[4].label == "Fecha de corte");
  CHECK(card.inputs[4].hint.empty());

  REQUIRE(card.actions.size() == 3);
  CHECK(card.actions[0].verb == "avance.guardar");
  CHECK(card.actions[0].id == "g");
  CHECK(card.actions[0].data == R"({"elemento":"T1"})");
  CHECK(card.actions[0].takes_inputs);
  CHECK_FALSE(card.actions[1].takes_inputs);
  CHECK(card.actions[2].kind == CardAction::Kind::open_url);
  CHECK(card.actions[2].url == "https://example.com/norma");
}

TEST_CASE("columns of one line each are read as one line, longer ones below each other") {
  const auto short_columns = card_text(R"({"body":[{"type":"ColumnSet","columns":[
    {"type":"Column","items":[{"type":"TextBlock","text":"Octubre"}]},
    {"type":"Column","items":[{"type":"TextBlock","text":"vencida"}]}]}]})");
  REQUIRE(short_columns.lines.size() == 1);
  CHECK(short_columns.lines[0].text == "Octubre   vencida");

  const auto long_columns = card_text(R"({"body":[{"type":"ColumnSet","columns":[
    {"type":"Column","items":[{"type":"TextBlock","text":"uno"},{"type":"TextBlock","text":"dos"}]},
    {"type":"Column","items":[{"type":"TextBlock","text":"tres"}]}]}]})");
  CHECK(long_columns.lines.size() == 3);
}

TEST_CASE("buttons inside the body keep their place and the numbering goes on") {
  const auto card = card_text(
      R"({"body":[{"type":"Container","items":[{"type":"TextBlock","text":"Tarea 1"},
            {"type":"ActionSet","actions":[{"type":"Action.Execute","title":"Registrar","verb":"v"},
                {"type":"Action.Execute","title":"¿Por qué?","verb":"p"}]}]}],
          "actions":[{"type":"Action.Submit","title":"Enviar","data":{"verb":"w"}}]})",
      4);
  REQUIRE(card.lines.size() == 3);
  CHECK(card.lines[1].text == "[4] Registrar   [5] ¿Por qué?");
  CHECK(card.lines[2].text == "[6] Enviar");
  CHECK(card.actions[2].kind == CardAction::Kind::submit);
}

TEST_CASE("hidden blocks are not shown and unknown elements show their fallback") {
  const auto card = card_text(R"({"body":[
    {"type":"TextBlock","text":"oculto","isVisible":false},
    {"type":"Chart.Donut","fallback":{"type":"TextBlock","text":"12 abiertas"}},
    {"type":"Badge","fallback":"drop"}]})");
  REQUIRE(card.lines.size() == 1);
  CHECK(card.lines[0].text == "12 abiertas");
}

TEST_CASE("anything that is no card object says so and offers nothing") {
  for (const auto* text : {"", "[]", "{\"body\":", "7"}) {
    CAPTURE(text);
    const auto card = card_text(text);
    CHECK(card.lines.size() == 1);
    CHECK(card.actions.empty());
  }
  CHECK(card_text(R"({"body":7,"actions":{"a":1}})").lines.empty());
}
