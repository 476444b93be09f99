// Activity 4, verification: the advisor's queue by age, one record with a checklist made from the practice's
// front matter and criteria, and the decision: accepted, or returned with what to correct and until when
// . A control point is met by a person, so nothing here decides by itself.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <string_view>
#include <vector>

namespace pao::handlers::verification {

class VerificationHandler {
 public:
  VerificationHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // What waits in the processes of the advisor, the oldest first; `pagina`.
  Result<Decision> on_queue(const Turn& turn) const;
  // One record with its checklist; it is en_verificacion from then on, so that the process no longer changes
  // it underneath.
  Result<Decision> on_view(const Turn& turn) const;
  Result<Decision> on_accept(const Turn& turn) const { return on_decision(turn, true); }
  Result<Decision> on_return(const Turn& turn) const { return on_decision(turn, false); }

 private:
  Result<Decision> on_decision(const Turn& turn, bool accept) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

// Digest lines of advisors whose oldest record waits for five business days or more: verification is due
// within ten of the cut-off (procedure section 4).
Result<std::vector<DigestLine>> waiting_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now);

}  // namespace pao::handlers::verification
