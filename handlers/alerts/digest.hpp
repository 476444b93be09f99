// The daily digest: everything that is due, late or warned of, gathered per person, at most one card a person
// and business day. Deciding and rendering are apart: hours can pass between them, and what
// was done meanwhile is no longer in the card.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/procedure/alert_rules.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/tracking.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::alerts {

// An obligation and the step of it that is due.
struct ObligationLine {
  procedure::AlertDue alert;
  std::string item_name;
};

struct Digest {
  procedure::Person person;
  std::vector<ObligationLine> lines;  // most urgent first
  std::vector<DigestLine> further;    // of the other sources, most urgent first
};

// Everything that holds at `now`, for everybody, told before or not: looked up once for what is to be told
// and for what has ended.
struct Standing {
  std::vector<Tracked> tracked;
  std::vector<DigestLine> lines;  // of the other sources
};
Result<Standing> standing_at(storage::Session& session, const Reference& reference, Instant now);

// Who would be told what at `now`, without anything that this person was told already; people in the order of
// their ids. Nothing on a day that is not a business day.
Result<std::vector<Digest>> digests_due(storage::Session& session, const Reference& reference, Instant now);
std::vector<Digest> digests_due(storage::Session& session, const Reference& reference,
                                const Standing& standing, Instant now);

// Notes how the last digests went, decides, enqueues and enters it in the registro, in one
// transaction. Running twice on a day sends nothing twice. Gives how many digests were enqueued.
//
// Told is whom it reached: what went with a message that ended unreachable, given up or stale is in the next
// digest again.
Result<int> send_digests(storage::Database& database, const Reference& reference, Instant now);

// The card of an enqueued digest from today's records; nothing when all of it is done or the person has no
// role in it any more.
Result<std::optional<Content>> render_digest(storage::Session& session, const Reference& reference,
                                             const storage::OutboxMessage& message, Instant now);

inline constexpr const char* digest_kind = "digest";

}  // namespace pao::handlers::alerts
