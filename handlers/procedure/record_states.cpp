#include "handlers/procedure/record_states.hpp"

#include <string>

namespace pao::procedure {
namespace {

using enum ReviewState;

constexpr std::optional<ReviewState> no = std::nullopt;

struct Row {
  std::optional<ReviewState> from;
  // In the order of RecordEvent: save, change, take_up, accept, send_back.
  std::array<std::optional<ReviewState>, all_record_events.size()> to;
};

constexpr std::array<Row, 5> table{{
    // from       save        change      take_up    accept    send_back
    {no, {{registered, no, no, no, no}}},
    {registered, {{no, registered, in_review, accepted, returned}}},
    {in_review, {{no, no, in_review, accepted, returned}}},
    {accepted, {{no, no, no, no, no}}},
    {returned, {{no, registered, no, no, no}}},
}};

const char* refusal(std::optional<ReviewState> state, RecordEvent event) {
  if (!state) return "Ese avance todavía no está guardado.";
  if (event == RecordEvent::save) return "Ese avance ya está registrado.";
  if (event == RecordEvent::change) {
    return *state == in_review
               ? "Su asesor ya está verificando este avance. Espere el resultado: si se lo devuelve, podrá "
                 "corregirlo."
               : "Este avance ya fue aceptado. Para corregirlo, pida una SS-1 (corrección de registro).";
  }
  return *state == returned ? "Este avance está devuelto: espere la corrección del proceso."
                            : "Este avance ya fue verificado.";
}

}  // namespace

Result<ReviewState> next_record_state(std::optional<ReviewState> state, RecordEvent event) {
  for (const Row& row : table) {
    if (row.from != state) continue;
    if (const auto next = row.to[static_cast<std::size_t>(event)]) return *next;
  }
  const std::string word = state ? std::string(to_word(*state)) : "borrador";
  return fail(ErrorCode::refused, "record in state " + word + " does not take that event",
              refusal(state, event));
}

Date correct_until(Date returned_on, const Calendar& calendar) {
  return calendar.add_business_days(returned_on, correction_business_days);
}

Instant counted_at(Instant first_saved_at, std::optional<Instant> returned_at, Instant corrected_at,
                   const Calendar& calendar) {
  if (!returned_at) return first_saved_at;
  const Date last_day = correct_until(local_date(*returned_at), calendar);
  return corrected_at < start_of_day(last_day + std::chrono::days{1}) ? first_saved_at : corrected_at;
}

Timeliness timeliness_of(Instant recorded_at, Date due_on) {
  return recorded_at < start_of_day(due_on + std::chrono::days{1}) ? Timeliness::on_time : Timeliness::late;
}

}  // namespace pao::procedure
