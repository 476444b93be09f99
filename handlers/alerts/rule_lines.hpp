// What the alert rules say today beyond what is due: quality, targets, dates of items, what a process has not
// done. A source of digest lines.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/procedure/alert_conditions.hpp"

#include <set>
#include <string>
#include <vector>

namespace pao::handlers::alerts {

// Everything that rules can look at in that process, with its facts.
std::vector<procedure::AlertSubject> alert_subjects(storage::Session& session, const Reference& reference,
                                                    const procedure::Process& process, Instant now);

// What the rules warn of in that process and still holds, by topic (procedure::alert_topic): also between the
// days of their steps, when nothing of it is told.
std::set<std::string> standing_topics(storage::Session& session, const Reference& reference,
                                      const procedure::Process& process, Instant now);

Result<std::vector<DigestLine>> rule_lines(storage::Session& session, const Reference& reference,
                                           std::string_view person_id, Instant now);

}  // namespace pao::handlers::alerts
