#include "cards/shared_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t shown_criterion_bytes = 3000;
constexpr int max_comment_characters = 1000;

std::string without_code_marks(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

}  // namespace

Card shared_criterion_card(const SharedCriterionView& view) {
  const procedure::Criterion& criterion = view.criterion;
  Blocks body = {
      heading(shorten(criterion.title, 200)),
      text(shorten(without_code_marks(criterion.text), shown_criterion_bytes)),
      text("Fuente: criterio " + criterion.code + ", " + view.practice_name + ", vigencia " +
               std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version) + ".",
           subtle_small)};
  if (view.sample) body.push_back(text(sample_notice, subtle_small));
  return finish({.summary = criterion.code + ": " + criterion.title,
                 .body = std::move(body),
                 .buttons = {{.title = "Registrar un avance",
                              .verb = verb::progress_list,
                              .data = {{"practica", criterion.practice}, {"elemento", ""}},
                              .opens_dialog = true},
                             {.title = "Preparar una SS",
                              .verb = verb::request_start,
                              .data = {{"asunto", shorten(criterion.title, 150)}, {"elemento", ""}},
                              .opens_dialog = true}}});
}

Card shared_request_card(const SharedRequestView& view) {
  const procedure::ServiceRequest& request = view.request;
  const bool runs = request.due_on && !request.answered_on;
  return finish(
      {.summary = "Solicitud " + request.id,
       .body = {heading("Solicitud " + request.id), text(shorten(request.subject, 300)),
                facts({{"Estado", request_state_text(request)},
                       {"Tipo", request.type + ", " + request_type_name(request.type)},
                       {"Proceso", view.process_name},
                       {"Práctica", practice_name(request.practice)},
                       {"Plazo", runs ? due_phrase(*request.due_on, view.business_days_left) : ""}})}});
}

Card feedback_form_card(const std::string& reaction) {
  const bool liked = reaction == "like";
  return finish(
      {.summary = "Su opinión sobre la respuesta",
       .body =
           {heading(liked ? "¿Qué le sirvió?" : "¿Qué faltó?"),
            text("Con lo que nos cuente mejoramos las respuestas. No cambia nada de lo que usted registró."),
            choice_input(
                {.id = "motivo", .label = "Motivo", .required = false},
                liked
                    ? std::vector<std::pair<std::string, std::string>>{{"clara", "Fue clara"},
                                                                       {"completa", "Resolvió mi duda"},
                                                                       {"rapida", "Me ahorró tiempo"}}
                    : std::vector<std::pair<std::string, std::string>>{{"no_era_mi_pregunta",
                                                                        "No era lo que pregunté"},
                                                                       {"incompleta", "Le faltó información"},
                                                                       {"no_vigente",
                                                                        "No corresponde a la vigencia"},
                                                                       {"dificil", "No se entiende"}}),
            paragraph_input({.id = "comentario", .label = "Cuéntenos más (opcional)", .required = false},
                            max_comment_characters)},
       .buttons = {{.title = "Enviar opinión",
                    .verb = verb::feedback_save,
                    .data = {{"reaccion", reaction}},
                    .kind = Button::Kind::primary}}});
}

}  // namespace pao::cards
