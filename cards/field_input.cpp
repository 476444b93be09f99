#include "cards/field_input.hpp"

#include "cards/texts.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr int line_length = 250;
constexpr int paragraph_length = 1500;
// What a form gives back after a problem. Longer than any input takes in Spanish, shorter than what would
// make the card too long.
constexpr std::size_t max_value_bytes = 2000;
constexpr std::size_t problems_shown = 10;

// The client checks these; the service checks again. Input.Number is not used: with a Spanish keyboard its
// decimals do not arrive alike from every client. Plain numbers take no points, because "1.500" is one and a
// half for some people and one thousand five hundred for others.
constexpr const char* percent_regex = R"(^(100([,.]0{1,2})?|[0-9]{1,2}([,.][0-9]{1,2})?)$)";
constexpr const char* number_regex = R"(^-?[0-9]{1,14}(,[0-9]{1,6})?$)";
constexpr const char* pesos_regex = R"(^([0-9]{1,3}(\.[0-9]{3}){1,4}|[0-9]{1,14})$)";

// A stored number with the decimal comma that the input asks for.
std::string with_comma(std::string value) {
  const auto point = value.find('.');
  if (point != std::string::npos && point == value.rfind('.')) value[point] = ',';
  return value;
}

Json input_of(const FieldSpec& spec, const std::string& value, bool required) {
  Input input{spec.name, spec.label, shorten(value, max_value_bytes), required, ""};
  switch (spec.kind) {
    case FieldKind::percent:
      input.value = with_comma(input.value);
      input.error = "Escriba un número de 0 a 100. Los decimales van con coma, por ejemplo 93,5.";
      return line_input(input, 6, percent_regex);
    case FieldKind::number:
      input.value = with_comma(input.value);
      input.error = "Escriba el número sin puntos de miles. Los decimales van con coma, por ejemplo 1250,5.";
      return line_input(input, 30, number_regex);
    case FieldKind::pesos:
      input.error = "Escriba el valor en pesos, sin decimales, por ejemplo 1.613.900.000.";
      return line_input(input, 30, pesos_regex);
    case FieldKind::paragraph:
      return paragraph_input(input, paragraph_length);
    case FieldKind::date:
      input.error = "Elija la fecha.";
      return date_input(input);
    case FieldKind::choice:
    case FieldKind::evidence_kind: {
      input.error = "Elija una opción.";
      std::vector<std::pair<std::string, std::string>> choices;
      for (const FieldChoice& choice : spec.choices) choices.emplace_back(choice.value, choice.title);
      return choice_input(input, choices);
    }
    case FieldKind::evidence:
      input.error = "Escriba el nombre del archivo o el enlace de la evidencia.";
      return line_input(input, 500);
    case FieldKind::identity:
    case FieldKind::line:
    case FieldKind::computed:
      break;
  }
  return line_input(input, line_length);
}

}  // namespace

void add_field_input(Blocks& body, const FieldSpec& spec, const std::string& value, bool required,
                     const std::vector<FormProblem>& problems) {
  for (const FormProblem& problem : problems) {
    if (problem.field == spec.name)
      body.push_back(
          text("Corrija: " + shorten(problem.sentence, 300), {.bold = true, .tone = Tone::attention}));
  }
  body.push_back(input_of(spec, value, required));
  if (!spec.hint.empty()) body.push_back(text(spec.hint, subtle_small));
}

Json problem_list(const std::vector<FormProblem>& problems) {
  Blocks items = {text(problems.size() == 1 ? "Falta poco. Revise esto:" : "Falta poco. Revise estos puntos:",
                       {.bold = true})};
  for (std::size_t i = 0; i < problems.size() && i < problems_shown; ++i) {
    const FormProblem& problem = problems[i];
    const std::string label = problem.field.empty() ? "" : "**" + plain(field_label(problem.field)) + "**: ";
    items.push_back(markdown(label + plain(shorten(problem.sentence, 300)), {.tight = i > 0}));
  }
  if (problems.size() > problems_shown)
    items.push_back(text(more_line(static_cast<int>(problems.size() - problems_shown)), subtle_small));
  return container(std::move(items), Box::attention);
}

}  // namespace pao::cards
