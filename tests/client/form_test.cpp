#include "bot/client/form.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <sstream>

using namespace pao::bot::client;

namespace {

CardInput field(CardInput::Kind kind, std::string id, std::string value = {}, bool required = false) {
  CardInput input;
  input.kind = kind;
  input.label = input.id = std::move(id);
  input.value = std::move(value);
  input.required = required;
  input.choices = {{"a", "Acta"}, {"b", "Informe"}};
  return input;
}

ReadLine typing(std::deque<std::string> lines) {
  return [lines = std::move(lines)](const std::string&) mutable -> std::optional<std::string> {
    if (lines.empty()) return std::nullopt;
    auto line = lines.front();
    lines.pop_front();
    return line;
  };
}

}  // namespace

TEST_CASE("what a typed line means for a field") {
  using Kind = CardInput::Kind;
  struct Case {
    CardInput input;
    const char* typed;
    std::optional<std::string> value;
  };
  for (const auto& c : {
           Case{field(Kind::text, "t"), "  hola ", "hola"},
           Case{field(Kind::text, "t", "antes"), "", "antes"},
           Case{field(Kind::text, "t", "", true), " ", std::nullopt},
           Case{field(Kind::choice, "c"), "2", "b"},
           Case{field(Kind::choice, "c"), "Acta", "a"},
           Case{field(Kind::choice, "c"), "3", std::nullopt},
           Case{field(Kind::choices, "c"), "1, Informe", "a,b"},
           Case{field(Kind::choices, "c"), "1,x", std::nullopt},
           Case{field(Kind::toggle, "g", "false"), "sí", "true"},
           Case{field(Kind::toggle, "g", "true"), "no", "false"},
           Case{field(Kind::toggle, "g", "true"), "quizá", std::nullopt},
       }) {
    CAPTURE(c.typed);
    CHECK(field_value(c.input, c.typed) == c.value);
  }
}

TEST_CASE("a form asks again until a required field is filled in, and sends hidden fields as they are") {
  auto hidden = field(CardInput::Kind::text, "version", "3");
  hidden.visible = false;
  std::ostringstream out;
  const auto values = fill_form({field(CardInput::Kind::text, "asunto", "", true), hidden},
                                typing({"", "Cambio de fecha"}), out, true);
  REQUIRE(values);
  CHECK(*values == std::map<std::string, std::string>{{"asunto", "Cambio de fecha"}, {"version", "3"}});
  CHECK(out.str().find("Este dato es obligatorio.") != std::string::npos);
  CHECK(out.str().find("version") == std::string::npos);
}

TEST_CASE("a form that is given up, or whose input ends, gives nothing") {
  const std::vector<CardInput> inputs = {field(CardInput::Kind::text, "a"),
                                         field(CardInput::Kind::text, "b")};
  std::ostringstream out;
  CHECK_FALSE(fill_form(inputs, typing({"x", "/cancelar"}), out, true));
  CHECK_FALSE(fill_form(inputs, typing({"x"}), out, true));
}
