// Attention levels: who owes an answer until when, and what silence does (GEN-10, R-09).
#include "handlers/procedure/attention.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace pao;
using namespace pao::procedure;

namespace {

constexpr ConsultState all_states[] = {ConsultState::assigned, ConsultState::waiting,
                                       ConsultState::answered, ConsultState::referred,
                                       ConsultState::closed,   ConsultState::unanswered};
constexpr ConsultEvent all_events[] = {ConsultEvent::reassign, ConsultEvent::silence, ConsultEvent::ask_back,
                                       ConsultEvent::inform,   ConsultEvent::answer,  ConsultEvent::refer,
                                       ConsultEvent::helped,   ConsultEvent::reopen,  ConsultEvent::lapse};

// As somebody would write it on paper: a row a state, a column an event, "-" where it cannot happen.
const std::map<std::string, std::map<std::string, std::string>> expected = {
    {"asignada",
     {{"reasignada", "asignada"},
      {"escalada_por_silencio", "asignada"},
      {"informacion_pedida", "en_espera_informacion"},
      {"respondida", "respondida"},
      {"remitida", "remitida"}}},
    {"en_espera_informacion",
     {{"reasignada", "en_espera_informacion"},
      {"informacion_recibida", "asignada"},
      {"respondida", "respondida"},
      {"remitida", "remitida"},
      {"sin_informacion", "cerrada_sin_informacion"}}},
    {"respondida", {{"sirvio", "cerrada"}, {"no_sirvio", "asignada"}}},
    {"remitida", {{"sirvio", "cerrada"}, {"no_sirvio", "asignada"}}},
    {"cerrada", {}},
    {"cerrada_sin_informacion", {{"informacion_recibida", "asignada"}}},
};

PracticeRules general(std::vector<AttentionLevel> levels) {
  PracticeRules rules;
  rules.attention_levels = std::move(levels);
  return rules;
}

}  // namespace

TEST_CASE("every state of a consult under every event (R-09)") {
  for (const ConsultState state : all_states) {
    for (const ConsultEvent event : all_events) {
      const auto& row = expected.at(std::string(to_word(state)));
      const auto cell = row.find(std::string(to_word(event)));
      const auto next = next_state(state, event);
      CAPTURE(to_word(state));
      CAPTURE(to_word(event));
      CHECK((next ? std::string(to_word(*next)) : "-") == (cell == row.end() ? "-" : cell->second));
    }
    CHECK(parse_consult_state(to_word(state)) == state);
  }
  CHECK_FALSE(parse_consult_state("abierta"));
}

TEST_CASE("the days to answer are those of the guideline, otherwise one, three and five (R-07)") {
  const PracticeRules rules =
      general({{0, "PAO Teams", std::nullopt}, {1, "Asesor", 2}, {3, "Coordinación", 4}});
  CHECK(attention_days(&rules, 1) == 2);
  CHECK(attention_days(&rules, 2) == 3);
  CHECK(attention_days(&rules, 3) == 4);
  CHECK(attention_days(nullptr, 1) == 1);
  CHECK(attention_days(nullptr, 3) == 5);
  CHECK(attention_days(nullptr, 9) == 5);
}

TEST_CASE("an answer is due after business days, whatever the weekday and the holidays (R-09)") {
  const Calendar calendar;
  // Friday 13 November 2026; Monday 16 is a holiday.
  CHECK(attention_due(nullptr, 1, make_date(2026, 11, 13), calendar) == make_date(2026, 11, 17));
  CHECK(attention_due(nullptr, 2, make_date(2026, 11, 12), calendar) == make_date(2026, 11, 18));
  CHECK(due_after_pause(make_date(2026, 11, 13), make_date(2026, 11, 12), make_date(2026, 11, 12),
                        calendar) == make_date(2026, 11, 13));
  CHECK(due_after_pause(make_date(2026, 11, 13), make_date(2026, 11, 12), make_date(2026, 11, 17),
                        calendar) == make_date(2026, 11, 18));
  CHECK(answer_business_days(make_date(2026, 11, 13), make_date(2026, 11, 18), 0, calendar) == 2);
  CHECK(answer_business_days(make_date(2026, 11, 13), make_date(2026, 11, 18), 1, calendar) == 1);
  CHECK(answer_business_days(make_date(2026, 11, 13), make_date(2026, 11, 15), 3, calendar) == 0);
}

TEST_CASE("silence lifts a consult level by level, and not a day before its due date is over") {
  struct Case {
    const char* name;
    SilenceCase consult;
    Date today;
    Silence becomes;
  };
  using enum ConsultState;
  const Date due = make_date(2026, 11, 13), day_after = make_date(2026, 11, 14);
  const Case cases[] = {
      {"on the due date", {assigned, 1, false, due}, due, Silence::none},
      {"level 1", {assigned, 1, false, due}, day_after, Silence::rise},
      {"level 2", {assigned, 2, false, due}, day_after, Silence::rise},
      {"level 3", {assigned, 3, false, due}, day_after, Silence::head},
      {"the head", {assigned, 3, true, due}, day_after, Silence::last},
      {"answered", {answered, 1, false, due}, day_after, Silence::none},
      {"closed", {closed, 1, false, due}, day_after, Silence::none},
      {"asked on 13 November, fifth business day",
       {waiting, 1, false, due},
       make_date(2026, 11, 23),
       Silence::none},
      {"the day after it", {waiting, 1, false, due}, make_date(2026, 11, 24), Silence::lapse},
  };
  const Calendar calendar;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(silence(each.consult, each.today, calendar) == each.becomes);
  }
  CHECK(level_above(1) == 2);
  CHECK(level_above(3) == 3);
}
