// What the cards of follow-up reports show to a person, read from the store.
#pragma once

#include "cards/recommendation_card.hpp"
#include "cards/report_card.hpp"
#include "cards/report_desk_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "storage/outbox_store.hpp"
#include "storage/reports_store.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::handlers::reports {

bool is_window_open(const storage::FollowUpReport& report, Instant now);

// Leader when the person is the one of the process, else liaison.
procedure::Role role_in(const Reference& reference, const storage::FollowUpReport& report,
                        const procedure::Person& person);

Result<cards::ReportCardView> card_view(storage::Session& session, const Reference& reference,
                                        const storage::FollowUpReport& report, procedure::ReportKind kind,
                                        const procedure::Person& person, Instant now);

// What is read of a report in its state: the preventive one while it is answered, the final one afterwards.
procedure::ReportKind kind_to_read(const storage::FollowUpReport& report);

// The card that fits the state: preventive while it is answered, final afterwards, the editor for the advisor
// of a draft.
Result<cards::Card> card_of(storage::Session& session, const Reference& reference,
                            const storage::FollowUpReport& report, const procedure::Person& person,
                            Instant now);

cards::ReportEditView edit_view(storage::Session& session, const Reference& reference,
                                const storage::FollowUpReport& report, procedure::ReportModel model);

// With what that person may do about each; without evidence files.
std::vector<cards::RecommendationView> recommendation_views(storage::Session& session,
                                                            const Reference& reference,
                                                            const storage::FollowUpReport& report,
                                                            const procedure::Person& person, Instant now);

// What the process said and is still to be done about it; `model` is the final one.
cards::ResolveView resolve_view(storage::Session& session, const storage::FollowUpReport& report,
                                procedure::ReportModel model);

// MessageRenderer functions of transitions.hpp's kinds. Nothing when the person is no longer of the audience
// (C-04) or the version was replaced.
Result<std::optional<Content>> render_preventive(storage::Session& session, const Reference& reference,
                                                 const storage::OutboxMessage& message, Instant now);
Result<std::optional<Content>> render_final(storage::Session& session, const Reference& reference,
                                            const storage::OutboxMessage& message, Instant now);

}  // namespace pao::handlers::reports
