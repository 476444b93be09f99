// Control points in the chat: what waits for a person's confirmation, what there is to look at, and the
// confirmation itself (procedure section 4). The assistant shows; a named person confirms.
#pragma once

#include "cards/control_card.hpp"
#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"

#include <string>
#include <vector>

namespace pao::handlers::controls {

class ControlHandler {
 public:
  ControlHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // What this person can confirm and nobody has: approved guidelines, the sample of the month when it is
  // theirs, the verification of their processes, SS-4 that somebody else decided.
  Result<Decision> on_list(const Turn& turn) const;

  // `punto`, `asunto`
  Result<Decision> on_open(const Turn& turn) const;

  // `punto`, `asunto`, `resultado`, `observacion`
  Result<Decision> on_confirm(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

// What waits for that person's confirmation at `now`, also for other cards.
std::vector<cards::ControlPending> pending_controls(storage::Session& session, const Reference& reference,
                                                    const procedure::Person& person, Instant now);

// Digest lines of who is to confirm that the decision on an SS-4 was pertinent: never who decided it.
Result<std::vector<DigestLine>> adjustment_lines(storage::Session& session, const Reference& reference,
                                                 std::string_view person_id, Instant now);

// Draws the sample of last month's answers for the advisor whose turn it is, once, and tells the advisor (the
// control of activity 3). A month without questions needs none. Gives how many answers were drawn.
Result<int> draw_monthly_sample(storage::Database& database, const Reference& reference, Instant now);

inline constexpr const char* sample_kind = "control.sample";
Result<std::optional<Content>> render_sample(storage::Session& session, const Reference& reference,
                                             const storage::OutboxMessage& message, Instant now);

inline constexpr std::size_t sample_size = 15;

}  // namespace pao::handlers::controls
