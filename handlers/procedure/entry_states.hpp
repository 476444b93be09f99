// Answers that were given once and approved for everybody: proposed by who answers, approved by somebody
// else, kept for the next vigencia or retired when they no longer hold (activity 3 feeding activity 1; four
// eyes as in 5.1).
#pragma once

#include <optional>
#include <string_view>

namespace pao::procedure {

enum class EntryState { proposed, returned, approved, rejected, retired };
enum class EntryEvent { approve, give_back, propose_again, reject, retire, renew };

// "propuesta", "devuelta", "aprobada", "descartada", "retirada".
std::string_view to_word(EntryState state);
std::optional<EntryState> parse_entry_state(std::string_view word);
// "aprobada", "devuelta", "propuesta", "descartada", "retirada", "mantenida".
std::string_view to_word(EntryEvent event);

// The state after the event; nothing when it cannot happen in that state. An approved entry is never edited:
// it is retired, and another takes its place.
std::optional<EntryState> next_state(EntryState state, EntryEvent event);

}  // namespace pao::procedure
