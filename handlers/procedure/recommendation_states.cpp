#include "handlers/procedure/recommendation_states.hpp"

#include "handlers/procedure/characters.hpp"

#include <string>
#include <utility>

namespace pao::procedure {
namespace {

using State = RecommendationState;
using Event = RecommendationEvent;

constexpr std::pair<State, std::string_view> words[] = {{State::draft, "borrador"},
                                                        {State::sent, "enviada"},
                                                        {State::applied, "aplicada"},
                                                        {State::converted, "convertida_en_mejora"},
                                                        {State::not_applicable, "no_procede"},
                                                        {State::unanswered, "sin_respuesta"},
                                                        {State::action_running, "mejora_en_ejecucion"},
                                                        {State::action_closed, "mejora_cerrada"}};

struct Move {
  State from;
  Event event;
  State to;
};
constexpr Move moves[] = {
    {State::draft, Event::send, State::sent},
    {State::sent, Event::apply, State::applied},
    {State::sent, Event::convert, State::converted},
    {State::sent, Event::set_aside, State::not_applicable},
    {State::sent, Event::close_window, State::unanswered},
    {State::converted, Event::start_action, State::action_running},
    {State::converted, Event::close_action, State::action_closed},
    {State::action_running, Event::close_action, State::action_closed},
};

const char* refusal(State from) {
  switch (from) {
    case State::draft:
      return "Esta recomendación todavía no se ha enviado.";
    case State::unanswered:
      return "El plazo para responder esta recomendación ya venció. Volverá a aparecer en el siguiente "
             "reporte.";
    case State::sent:
      return "Esta recomendación espera primero la respuesta del proceso.";
    default:
      return "Esta recomendación ya tiene respuesta.";
  }
}

}  // namespace

std::string_view to_word(State state) {
  for (const auto& [value, word] : words) {
    if (value == state) return word;
  }
  return {};
}

std::optional<State> parse_recommendation_state(std::string_view word) {
  for (const auto& [value, known] : words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

Result<State> next_state(State from, Event event, const RecommendationAnswer& answer) {
  for (const Move& move : moves) {
    if (move.from != from || move.event != event) continue;
    if (event == Event::convert && is_blank(answer.improvement_id)) {
      return fail(ErrorCode::invalid, "no id of the improvement action",
                  "Escriba el código de la acción de mejora, como aparece en el SMGI.");
    }
    if (event == Event::set_aside && is_blank(answer.reason)) {
      return fail(ErrorCode::invalid, "no reason", "Explique por qué la recomendación no procede.");
    }
    return move.to;
  }
  return fail(ErrorCode::refused,
              "recommendation event " + std::to_string(static_cast<int>(event)) + " in state " +
                  std::string(to_word(from)),
              refusal(from));
}

std::vector<Event> improvement_events(State from, const ImprovementProgress& progress, Date today) {
  const bool is_action = from == State::converted || from == State::action_running;
  const bool has_ended = progress.state == "cerrada";
  const bool has_begun = has_ended || (progress.starts_on && *progress.starts_on <= today);
  std::vector<Event> events;
  if (from == State::converted && has_begun) events.push_back(Event::start_action);
  if (is_action && has_ended) events.push_back(Event::close_action);
  return events;
}

}  // namespace pao::procedure
