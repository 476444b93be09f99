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
