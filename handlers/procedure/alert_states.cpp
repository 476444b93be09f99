#include "handlers/procedure/alert_states.hpp"

#include <string>
#include <utility>

namespace pao::procedure {
namespace {

using enum AlertState;

constexpr std::array<std::pair<AlertState, std::string_view>, 8> words{{{planned, "programada"},
                                                                        {sent, "enviada"},
                                                                        {seen, "vista"},
                                                                        {postponed, "pospuesta"},
                                                                        {resolved, "resuelta"},
                                                                        {expired, "vencida"},
                                                                        {failed, "fallida"},
                                                                        {retrying, "reintento"}}};

constexpr std::optional<AlertState> no = std::nullopt;

struct Row {
  AlertState from;
  // In the order of AlertEvent: delivered, undelivered, opened, put_off, put_again, done, due_passed.
  std::array<std::optional<AlertState>, all_alert_events.size()> to;
};

// A card can be pressed before its receipt is stored, so what is planned may be seen, too.
constexpr std::array<Row, all_alert_states.size()> table{{
    // from      delivered  undelivered  opened  put_off    put_again  done      due_passed
    {planned, {{sent, failed, seen, postponed, no, resolved, expired}}},
    {sent, {{sent, failed, seen, postponed, no, resolved, expired}}},
    {seen, {{seen, no, seen, postponed, no, resolved, expired}}},
    {postponed, {{postponed, no, postponed, no, planned, resolved, expired}}},
    {resolved, {{resolved, no, resolved, no, no, resolved, resolved}}},
    {expired, {{expired, no, expired, no, no, resolved, expired}}},
    {failed, {{sent, failed, seen, no, retrying, resolved, expired}}},
    {retrying, {{sent, failed, seen, postponed, no, resolved, expired}}},
}};

}  // namespace

std::string_view to_word(AlertState state) {
  for (const auto& [each, word] : words) {
    if (each == state) return word;
  }
  return {};
}

std::optional<AlertState> parse_alert_state(std::string_view word) {
  for (const auto& [state, each] : words) {
    if (each == word) return state;
  }
  return std::nullopt;
}

Result<AlertState> next_state(AlertState state, AlertEvent event) {
  for (const Row& row : table) {
    if (row.from != state) continue;
    if (const auto next = row.to[static_cast<std::size_t>(event)]) return *next;
  }
  return fail(ErrorCode::refused,
              "alert in state " + std::string(to_word(state)) + " does not take that event",
              "Ese aviso ya no admite ese cambio. Escriba «mis alertas» para ver las que siguen abiertas.");
}

Result<Date> postponed_until(AlertState state, std::optional<Date> due_on, int postponements, Date today,
                             const Calendar& calendar) {
  if (const Result<AlertState> next = next_state(state, AlertEvent::put_off); !next)
    return tl::unexpected<Error>(next.error());
  const Date next_day = calendar.add_business_days(today, 1);
  if (!due_on) return next_day;
  if (today > *due_on && postponements > 0) {
    return fail(ErrorCode::refused, "a late alert was put off before",
                "Ya la pospuso una vez y su plazo pasó. Registre el avance, o explique qué lo impide.");
  }
  if (today <= *due_on && next_day > *due_on) {
    return fail(ErrorCode::refused, "the next business day lies behind the due date",
                "No puede posponerla: el próximo día hábil ya habrá pasado la fecha límite.");
  }
  return next_day;
}

}  // namespace pao::procedure
