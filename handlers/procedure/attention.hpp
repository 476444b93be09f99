// Attention levels (GEN-10 of the general guideline, R-07, R-09, C-05): who answers a consult, until when,
// and what silence does. A consult begins at level 1, because level 0 is the assistant itself.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string_view>

namespace pao::procedure {

inline constexpr int assigned_advisor_level = 1;  // the advisor of the process
inline constexpr int thematic_advisor_level = 2;  // the advisor of the practice
inline constexpr int coordination_level = 3;      // coordination, then the head of the office

// Business days without the information that was asked for, after which a consult closes: as for an SS (5.2).
inline constexpr int information_business_days = 5;

enum class ConsultState {
  assigned,    // somebody has it and owes an answer
  waiting,     // the asker owes information; the clock stands still
  answered,    // answered, and the asker has not said whether it helped
  referred,    // another channel answers, which the asker was told
  closed,      // the asker said that it helped
  unanswered,  // closed because the information that was asked for did not come
};

enum class ConsultEvent {
  reassign,  // coordination gives it to somebody else
  silence,   // nobody answered in time: the next level has it
  ask_back,  // whoever has it asks the person for more
  inform,    // the person gives what was asked for
  answer,
  refer,   // told which other channel answers this
  helped,  // the person says that it helped
  reopen,  // the person says that it did not help
  lapse,   // the information did not come in time
};

// "asignada", "en_espera_informacion", "respondida", "remitida", "cerrada", "cerrada_sin_informacion".
std::string_view to_word(ConsultState state);
std::optional<ConsultState> parse_consult_state(std::string_view word);
// "reasignada", "escalada_por_silencio", "informacion_pedida", "informacion_recibida", "respondida",
// "remitida", "sirvio", "no_sirvio", "sin_informacion".
std::string_view to_word(ConsultEvent event);

// The state after the event; nothing when it cannot happen in that state.
std::optional<ConsultState> next_state(ConsultState state, ConsultEvent event);

// Somebody still has to do something about it.
bool is_open(ConsultState state);

// Business days to answer at that level: those of the general guideline, otherwise 1, 3 and 5. `general` may
// be null.
int attention_days(const PracticeRules* general, int level);

// The last day to answer at that level, counted from the business day after `since`.
Date attention_due(const PracticeRules* general, int level, Date since, const Calendar& calendar);

// The last day to answer after the clock stood still from `stopped` to `resumed`: as many business days
// later.
Date due_after_pause(Date due_on, Date stopped, Date resumed, const Calendar& calendar);

// Business days from question to answer, without those on which the asker was waited for; 0: the same day.
int answer_business_days(Date asked, Date answered, int waited_business_days, const Calendar& calendar);

// What becomes of an open consult when its level has been silent until `today`.
enum class Silence {
  none,   // in time, or not waiting for us
  rise,   // the level above takes it
  head,   // level 3 was silent: the head of the office takes it, at the same level
  last,   // the head has it already: nobody is left above
  lapse,  // the asker did not give what was asked for
};

struct SilenceCase {
  ConsultState state = ConsultState::assigned;
  int level = assigned_advisor_level;
  bool with_head = false;  // the head of the office has it
  Date due_on;             // while waiting: when the asker was asked
};
Silence silence(const SilenceCase& consult, Date today, const Calendar& calendar);

// The level that takes a consult over when this one has not resolved it (GEN-10); 3 stays 3.
int level_above(int level);

}  // namespace pao::procedure
