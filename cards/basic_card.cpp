#include "cards/basic_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <string_view>

namespace pao::cards {
namespace {

using namespace build;

Blocks abilities(const HelpView& view) {
  Blocks body;
  const auto add = [&](const char* name, const char* explanation) {
    body.push_back(markdown("**" + std::string(name) + ".** " + explanation));
  };
  add("Preguntas",
      "Le respondo sobre las ocho prácticas con el criterio vigente, y siempre le digo cuál es.");
  for (const HelpDoor& door : view.doors) add(door.ability, door.explanation);
  return body;
}

Blocks examples(const HelpView& view) {
  const bool has_status = std::any_of(view.doors.begin(), view.doors.end(), [](const HelpDoor& door) {
    return std::string_view(door.verb) == verb::my_status;
  });
  Blocks lines = {
      text("Puede escribirme, por ejemplo:", {.subtle = true}),
      text("«¿Hasta cuándo registro el avance de octubre?»", {.subtle = true, .tight = true}),
      text("«¿Qué evidencias sirven para un control de riesgos?»", {.subtle = true, .tight = true})};
  if (has_status) lines.push_back(text("«¿Qué me toca esta semana?»", {.subtle = true, .tight = true}));
  return lines;
}

std::vector<Button> doors(const HelpView& view) {
  std::vector<Button> buttons;
  for (const HelpDoor& door : view.doors) {
    buttons.push_back({door.button, door.verb, door.values,
                       buttons.empty() ? Button::Kind::primary : Button::Kind::normal});
  }
  return buttons;
}

Card welcome(const HelpView& view, const std::string& title, Blocks opening) {
  Blocks body = {heading(title)};
  for (Json& block : opening) body.push_back(std::move(block));
  if (view.doors.empty()) {
    body.push_back(
        container({text("Todavía no figura con un proceso a cargo. Puedo responder sus preguntas "
                        "generales. Si registra avances o es enlace de un proceso, pida a la Oficina "
                        "Asesora de Planeación (OAP) que lo incluya en el directorio.")},
                  Box::emphasis));
  }
  body.push_back(container(abilities(view)));
  body.push_back(container(examples(view)));
  body.push_back(text("No escriba aquí información reservada ni datos personales de otras personas.",
                      {.subtle = true, .small = true}));
  if (view.sample_content) body.push_back(text(sample_notice, subtle_small));
  return finish({title, std::move(body), doors(view)});
}

}  // namespace

Card greeting_card(const HelpView& view) {
  const std::string title = view.person_name.empty()
                                ? "Hola, soy PAO Teams"
                                : "Hola, " + first_name(view.person_name) + ". Soy PAO Teams";
  return welcome(
      view, title,
      {text("Soy el asistente virtual de la Oficina Asesora de Planeación (OAP) para las prácticas "
            "del Sistema Único de Gestión (SUG). Esto es lo que puedo hacer por usted:")});
}

Card help_card(const HelpView& view) {
  return welcome(view, "¿En qué le ayudo?", {text("Escriba con sus palabras o use los botones.")});
}

Card notice_card(const std::string& title, const std::string& sentence) {
  return finish({title + ". " + sentence, {heading(title), text(shorten(sentence, 4000))}});
}

Card error_card(const std::string& sentence, const std::string& reference) {
  Blocks body = {heading("No se pudo completar"), text(shorten(sentence, 4000))};
  if (!reference.empty() && sentence.find(reference) == std::string::npos)
    body.push_back(facts({{"Referencia", reference}}));
  return finish({"No se pudo completar. " + sentence, std::move(body)});
}

}  // namespace pao::cards
