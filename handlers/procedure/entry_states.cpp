#include "handlers/procedure/entry_states.hpp"

#include <array>

namespace pao::procedure {
namespace {

struct Move {
  EntryState from;
  EntryEvent event;
  EntryState to;
};

constexpr std::array moves{
    Move{EntryState::proposed, EntryEvent::approve, EntryState::approved},
    Move{EntryState::proposed, EntryEvent::give_back, EntryState::returned},
    Move{EntryState::proposed, EntryEvent::reject, EntryState::rejected},
    Move{EntryState::returned, EntryEvent::propose_again, EntryState::proposed},
    Move{EntryState::returned, EntryEvent::reject, EntryState::rejected},
    Move{EntryState::approved, EntryEvent::retire, EntryState::retired},
    Move{EntryState::approved, EntryEvent::renew, EntryState::approved},
};

constexpr std::array all_states{EntryState::proposed, EntryState::returned, EntryState::approved,
                                EntryState::rejected, EntryState::retired};

}  // namespace

std::string_view to_word(EntryState state) {
  switch (state) {
    case EntryState::proposed:
      return "propuesta";
    case EntryState::returned:
      return "devuelta";
    case EntryState::approved:
      return "aprobada";
    case EntryState::rejected:
      return "descartada";
    case EntryState::retired:
      return "retirada";
  }
  return {};
}

std::optional<EntryState> parse_entry_state(std::string_view word) {
  for (const EntryState state : all_states) {
    if (to_word(state) == word) return state;
  }
  return std::nullopt;
}

std::string_view to_word(EntryEvent event) {
  switch (event) {
    case EntryEvent::approve:
      return "aprobada";
    case EntryEvent::give_back:
      return "devuelta";
    case EntryEvent::propose_again:
      return "propuesta";
    case EntryEvent::reject:
      return "descartada";
    case EntryEvent::retire:
      return "retirada";
    case EntryEvent::renew:
      return "mantenida";
  }
  return {};
}

std::optional<EntryState> next_state(EntryState state, EntryEvent event) {
  for (const Move& move : moves) {
    if (move.from == state && move.event == event) return move.to;
  }
  return std::nullopt;
}

}  // namespace pao::procedure
