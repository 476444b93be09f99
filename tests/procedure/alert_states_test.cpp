// The life of an alert (procedure 5.6), every state with every event.
#include "handlers/procedure/alert_states.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace pao;
using namespace pao::procedure;

TEST_CASE("an alert moves as the procedure says, in every state on every event (5.6, R-23)") {
  // In the order delivered, undelivered, opened, put off, put again, done, due passed; "" is refused.
  const std::map<std::string, std::array<std::string, 7>> expected = {
      {"programada", {"enviada", "fallida", "vista", "pospuesta", "", "resuelta", "vencida"}},
      {"enviada", {"enviada", "fallida", "vista", "pospuesta", "", "resuelta", "vencida"}},
      {"vista", {"vista", "", "vista", "pospuesta", "", "resuelta", "vencida"}},
      {"pospuesta", {"pospuesta", "", "pospuesta", "", "programada", "resuelta", "vencida"}},
      {"resuelta", {"resuelta", "", "resuelta", "", "", "resuelta", "resuelta"}},
      {"vencida", {"vencida", "", "vencida", "", "", "resuelta", "vencida"}},
      {"fallida", {"enviada", "fallida", "vista", "", "reintento", "resuelta", "vencida"}},
      {"reintento", {"enviada", "fallida", "vista", "pospuesta", "", "resuelta", "vencida"}},
  };
  REQUIRE(expected.size() == all_alert_states.size());
  for (const AlertState state : all_alert_states) {
    const std::string word(to_word(state));
    CAPTURE(word);
    CHECK(parse_alert_state(word) == state);
    for (std::size_t i = 0; i < all_alert_events.size(); ++i) {
      CAPTURE(i);
      const auto next = next_state(state, all_alert_events[i]);
      CHECK((next ? std::string(to_word(*next)) : "") == expected.at(word)[i]);
      if (!next) CHECK_FALSE(next.error().message.empty());
    }
  }
  CHECK_FALSE(parse_alert_state("abierta"));
}

TEST_CASE("an alert is put off to the next business day, never past its date, a late one once (R-23, R-24)") {
  struct Case {
    const char* name;
    AlertState state;
    std::optional<Date> due_on;
    int postponements;
    Date today;
    std::optional<Date> back_on;
  };
  const Date thursday = make_date(2026, 11, 12), friday = make_date(2026, 11, 13);
  const Date tuesday = make_date(2026, 11, 17);  // Monday the 16th is a holiday
  const Case cases[] = {
      {"before its date", AlertState::sent, friday, 0, thursday, friday},
      {"again and again before its date", AlertState::planned, tuesday, 3, friday, tuesday},
      {"on its date", AlertState::sent, thursday, 0, thursday, std::nullopt},
      {"the next business day lies behind its date", AlertState::seen, make_date(2026, 11, 16), 0, friday,
       std::nullopt},
      {"late, first time", AlertState::sent, thursday, 0, friday, tuesday},
      {"late, second time", AlertState::sent, thursday, 1, friday, std::nullopt},
      {"no date", AlertState::seen, std::nullopt, 2, thursday, friday},
      {"put off already", AlertState::postponed, tuesday, 1, thursday, std::nullopt},
      {"resolved", AlertState::resolved, tuesday, 0, thursday, std::nullopt},
      {"expired", AlertState::expired, thursday, 0, friday, std::nullopt},
      {"it reached nobody", AlertState::failed, tuesday, 0, thursday, std::nullopt},
  };
  const Calendar calendar;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const auto until = postponed_until(each.state, each.due_on, each.postponements, each.today, calendar);
    CHECK(until.has_value() == each.back_on.has_value());
    if (until && each.back_on) CHECK(*until == *each.back_on);
    if (!until) CHECK_FALSE(until.error().message.empty());
  }
}
