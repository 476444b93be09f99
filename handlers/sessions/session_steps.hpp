// What every move of a working session needs: who may, what it looks like, whom to tell how.
#pragma once

#include "cards/session_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/working_sessions_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::sessions {

// Its process's advisor or the coordination; of one without a process, who convened it or the coordination.
Result<void> may_hold(const procedure::Person& person, const storage::WorkingSession& meeting, Date today);

// Also who is invited, and who sees the process.
bool may_see(storage::Session& session, const procedure::Person& person,
             const storage::WorkingSession& meeting, Date today);

// `invalid` when there is none with that id.
Result<storage::WorkingSession> session_named(storage::Session& session, std::string_view id);

// Whom a card names; who is not in the directory stands under the id.
std::string name_of(storage::Session& session, std::string_view person_id);

cards::SessionView view_of(storage::Session& session, const Reference& reference,
                           const storage::WorkingSession& meeting, const procedure::Person* reader,
                           Instant now);

// Everybody of the list whom the directory knows, and who convened it; each once, without `but`.
std::vector<std::string> audience_of(storage::Session& session, const storage::WorkingSession& meeting,
                                     std::string_view but);

// A card for each of them. Keys hold the session, the news and the sequence: twice tells nobody twice.
std::vector<Notice> notices_of(storage::Session& session, const storage::WorkingSession& meeting,
                               const std::vector<std::string>& people, const cards::SessionView& view,
                               cards::SessionNews news);

// A mail for each of them, with the invitation for the calendar (or its cancellation) unless it is the
// minutes.
void send_mails(storage::Session& session, const storage::WorkingSession& meeting,
                const std::vector<std::string>& people, const cards::SessionView& view,
                cards::SessionNews news, Instant now);

// "MESA-2026-001" and what changed, for the registro.
Trace trace_of(const storage::WorkingSession& meeting, std::string_view outcome, std::string_view from,
               std::string_view reason);

// The value of the card without blanks around it; "" when it has none.
std::string typed(const Turn& turn, const std::string& name);

// The day and hour of a form ("2026-11-20", "09:00"); nothing when one is missing or none.
std::optional<Instant> instant_from(std::string_view day, std::string_view hour);

}  // namespace pao::handlers::sessions
