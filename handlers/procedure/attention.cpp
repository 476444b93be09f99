#include "handlers/procedure/attention.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::procedure {
namespace {

using enum ConsultState;

constexpr std::array<std::pair<ConsultState, std::string_view>, 6> state_words{{
    {assigned, "asignada"},
    {waiting, "en_espera_informacion"},
    {answered, "respondida"},
    {referred, "remitida"},
    {closed, "cerrada"},
    {unanswered, "cerrada_sin_informacion"},
}};

struct Move {
  ConsultState from;
  ConsultEvent event;
  ConsultState to;
};

constexpr std::array moves{
    Move{assigned, ConsultEvent::reassign, assigned}, Move{assigned, ConsultEvent::silence, assigned},
    Move{assigned, ConsultEvent::ask_back, waiting},  Move{assigned, ConsultEvent::answer, answered},
    Move{assigned, ConsultEvent::refer, referred},    Move{waiting, ConsultEvent::reassign, waiting},
    Move{waiting, ConsultEvent::inform, assigned},    Move{waiting, ConsultEvent::answer, answered},
    Move{waiting, ConsultEvent::refer, referred},     Move{waiting, ConsultEvent::lapse, unanswered},
    Move{answered, ConsultEvent::helped, closed},     Move{answered, ConsultEvent::reopen, assigned},
    Move{referred, ConsultEvent::helped, closed},     Move{referred, ConsultEvent::reopen, assigned},
    Move{unanswered, ConsultEvent::inform, assigned},
};

// What holds when the guideline does not say (procedure section 7: sample figures, configurable).
constexpr std::array<int, 4> default_days{0, 1, 3, 5};

}  // namespace

std::string_view to_word(ConsultState state) {
  for (const auto& [value, word] : state_words) {
    if (value == state) return word;
  }
  return {};
}

std::optional<ConsultState> parse_consult_state(std::string_view word) {
  for (const auto& [value, known] : state_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

std::string_view to_word(ConsultEvent event) {
  switch (event) {
    case ConsultEvent::reassign:
      return "reasignada";
    case ConsultEvent::silence:
      return "escalada_por_silencio";
    case ConsultEvent::ask_back:
      return "informacion_pedida";
    case ConsultEvent::inform:
      return "informacion_recibida";
    case ConsultEvent::answer:
      return "respondida";
    case ConsultEvent::refer:
      return "remitida";
    case ConsultEvent::helped:
      return "sirvio";
    case ConsultEvent::reopen:
      return "no_sirvio";
    case ConsultEvent::lapse:
      return "sin_informacion";
  }
  return {};
}

std::optional<ConsultState> next_state(ConsultState state, ConsultEvent event) {
  for (const Move& move : moves) {
    if (move.from == state && move.event == event) return move.to;
  }
  return std::nullopt;
}

bool is_open(ConsultState state) {
  return state == assigned || state == waiting;
}

int attention_days(const PracticeRules* general, int level) {
  if (general) {
    for (const AttentionLevel& candidate : general->attention_levels) {
      if (candidate.level == level && candidate.business_days) return *candidate.business_days;
    }
  }
  const int known = std::clamp(level, 0, static_cast<int>(default_days.size()) - 1);
  return default_days[static_cast<std::size_t>(known)];
}

Date attention_due(const PracticeRules* general, int level, Date since, const Calendar& calendar) {
  return calendar.add_business_days(since, attention_days(general, level));
}

Date due_after_pause(Date due_on, Date stopped, Date resumed, const Calendar& calendar) {
  const int paused = calendar.business_days_after(stopped, resumed);
  return paused == 0 ? due_on : calendar.add_business_days(due_on, paused);
}

int answer_business_days(Date asked, Date answered_on, int waited_business_days, const Calendar& calendar) {
  return std::max(0, calendar.business_days_after(asked, answered_on) - waited_business_days);
}

Silence silence(const SilenceCase& consult, Date today, const Calendar& calendar) {
  if (consult.state == waiting) {
    const bool over = today > calendar.add_business_days(consult.due_on, information_business_days);
    return over ? Silence::lapse : Silence::none;
  }
  if (consult.state != assigned || today <= consult.due_on) return Silence::none;
  if (consult.level < coordination_level) return Silence::rise;
  return consult.with_head ? Silence::last : Silence::head;
}

int level_above(int level) {
  return std::min(level + 1, coordination_level);
}

}  // namespace pao::procedure
