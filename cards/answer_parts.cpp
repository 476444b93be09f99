#include "cards/answer_parts.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards::answer_part {

using namespace build;

namespace {

constexpr std::size_t carried_question_bytes = 900;
constexpr std::size_t carried_subject_bytes = 150;

// The day as a button carries it; empty: today.
std::string carried(std::optional<Date> as_of) {
  return as_of ? iso_date(*as_of) : "";
}

}  // namespace

Button choose(const std::string& title, const procedure::Criterion& criterion, const std::string& question,
              std::optional<Date> as_of) {
  return {title,
          verb::choose_criterion,
          {{"codigo", criterion.code},
           {"pregunta", shorten(question, carried_question_bytes)},
           {"dia", carried(as_of)}}};
}

Button ask_advisor(const std::string& question, const std::string& answer_id, const std::string& practice) {
  return {"Hablar con mi asesor",
          verb::advisor_form,
          {{"pregunta", shorten(question, carried_question_bytes)},
           {"respuesta_id", answer_id},
           {"practica", practice}}};
}

Button suggestion_button(const Suggestion& suggestion, const std::string& question,
                         const std::string& answer_id, const std::string& practice) {
  switch (suggestion.kind) {
    case Suggestion::Kind::register_progress:
      return {"Registrar avance",
              verb::progress_list,
              {{"practica", practice}, {"elemento", suggestion.item_id}}};
    case Suggestion::Kind::open_request:
      return {"Preparar una SS",
              verb::request_start,
              {{"asunto", shorten(question, carried_subject_bytes)}, {"elemento", suggestion.item_id}}};
    case Suggestion::Kind::my_status:
      return {"Mis pendientes", verb::my_status, {{"pagina", "0"}}};
    case Suggestion::Kind::see_request:
      return {"Ver " + suggestion.item_id, verb::request_view, {{"ss", suggestion.item_id}}};
    case Suggestion::Kind::my_reports:
      return {"Mis reportes", verb::report_list, {}};
    case Suggestion::Kind::talk_to_advisor:
      break;
  }
  return ask_advisor(question, answer_id, practice);
}

Json criterion_row(const procedure::Criterion& criterion, const std::string& question,
                   std::optional<Date> as_of) {
  return separated(
      side_by_side({text(shorten(criterion.title, 200), {.bold = true}),
                    text(practice_name(criterion.practice) + " · " + criterion.code, subtle_small)},
                   {button_row({choose("Ver " + criterion.code, criterion, question, as_of)})}));
}

Json criterion_words(const procedure::Criterion& criterion, std::size_t max_bytes) {
  // Guidelines mark file names as code; cards do not know code, so the marks would be read as characters.
  std::string words = criterion.text;
  words.erase(std::remove(words.begin(), words.end(), '`'), words.end());
  return text(shorten(words, max_bytes));
}

Json fallback_notice(const std::string& practice_name, int asked_term, int answered_term) {
  return container(
      {text("Los lineamientos de " + practice_name + " para la vigencia " + std::to_string(asked_term) +
            " todavía no están publicados. Le respondo con los de " + std::to_string(answered_term) + ".")},
      Box::warning);
}

Json past_line(Date day) {
  return text("Esto regía el " + long_date(day) + ".", {.bold = true});
}

Json feedback_row(const std::string& answer_id) {
  const Data data = {{"respuesta_id", answer_id}};
  return button_row({{"Me sirvió", verb::answer_helped, data, Button::Kind::normal, false},
                     {"No me sirvió", verb::answer_not_helped, data, Button::Kind::normal, false}});
}

std::string nothing_found(std::optional<Date> as_of) {
  if (!as_of) return "No encontré un criterio vigente que responda su pregunta y prefiero no adivinar.";
  return "No encontré un criterio que rigiera el " + long_date(*as_of) +
         " y que responda su pregunta. Prefiero no adivinar.";
}

}  // namespace pao::cards::answer_part
