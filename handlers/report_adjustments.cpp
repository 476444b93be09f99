#include "handlers/report_adjustments.hpp"

#include "handlers/procedure/control_points.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/procedure/validation_window.hpp"
#include "storage/control_points_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers {
namespace {

using procedure::RequestDecision;
using procedure::RequestState;
using procedure::ServiceRequest;
using storage::FollowUpReport;

std::string decision_word(const ServiceRequest& request) {
  const auto decision = procedure::parse_request_decision(request.decision);
  if (decision == RequestDecision::rejected) return "rechazada";
  return decision == RequestDecision::partly_accepted ? "aceptada_en_parte" : "aceptada";
}

// Under the number it has now, or under the provisional one it had when it was confirmed.
bool is_confirmed(storage::Session& session, const ServiceRequest& request) {
  const auto latest = storage::latest_confirmation(session, procedure::request_subject(request.id));
  if (latest || request.provisional_id.empty()) return latest && procedure::lets_next_step(latest->result);
  return storage::is_control_confirmed(session, procedure::request_subject(request.provisional_id));
}

}  // namespace

std::vector<ServiceRequest> adjustment_requests(storage::Session& session, const FollowUpReport& report) {
  std::vector<procedure::ServiceRequest> found;
  if (!report.sent_at || !report.deadline_on) return found;
  Instant first_sent = *report.sent_at;
  for (const storage::ReportWindowRow& window : storage::windows_of(session, report.id)) {
    first_sent = std::min(first_sent, window.sent_at);
  }
  for (ServiceRequest& request : storage::requests_of(session, report.process_id, false)) {
    // Imported requests know their day only: midnight of it.
    const bool inside = local_date(request.filed_at) >= local_date(first_sent) &&
                        procedure::is_in_time(*report.deadline_on, request.filed_at);
    if (request.type == "SS-4" && inside) found.push_back(std::move(request));
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<FollowUpReport> contested_report(storage::Session& session, const ServiceRequest& request) {
  for (FollowUpReport& report : storage::reports_of(session, request.process_id)) {
    const auto requests = adjustment_requests(session, report);
    const bool contests =
        std::any_of(requests.begin(), requests.end(), [&](const auto& one) { return one.id == request.id; });
    if (contests) return std::move(report);
  }
  return std::nullopt;
}

std::string resolution_of(const ServiceRequest& request) {
  switch (request.state) {
    case RequestState::approved:
    case RequestState::applied:
    case RequestState::rejected:
    case RequestState::closed:
      return decision_word(request);
    case RequestState::closed_unanswered:
      return "cerrada sin respuesta";
    case RequestState::withdrawn:
      return "anulada";
    default:
      return "";
  }
}

std::string resolution_reason(storage::Session& session, const ServiceRequest& request) {
  if (!request.reason.empty()) return request.reason;
  const auto review = storage::find_review(session, request.id);
  return review ? review->evidence_shows : "";
}

AdjustmentStep next_step(storage::Session& session, const ServiceRequest& request) {
  const std::string resolution = resolution_of(request);
  if (resolution.empty()) return AdjustmentStep::decide;
  if (request.state == RequestState::approved) return AdjustmentStep::apply;
  const bool was_decided =
      request.state != RequestState::closed_unanswered && request.state != RequestState::withdrawn;
  if (was_decided && !is_confirmed(session, request)) return AdjustmentStep::confirm;
  return AdjustmentStep::none;
}

std::vector<std::string> adjustments_to_confirm(storage::Session& session, std::string_view process_id) {
  std::vector<std::string> ids;
  for (const FollowUpReport& report : storage::reports_of(session, process_id)) {
    if (!procedure::is_being_decided(report.state)) continue;
    for (const ServiceRequest& request : adjustment_requests(session, report)) {
      if (next_step(session, request) == AdjustmentStep::confirm) ids.push_back(request.id);
    }
  }
  return ids;
}

std::optional<Date> last_decision(storage::Session& session, const FollowUpReport& report) {
  std::optional<Date> last;
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    if (said.resolved_at) last = std::max(last, std::optional(local_date(*said.resolved_at)));
  }
  for (const ServiceRequest& request : adjustment_requests(session, report)) {
    last = std::max(last, request.answered_on);
  }
  return last;
}

procedure::OpenMatters open_matters(storage::Session& session, const FollowUpReport& report) {
  procedure::OpenMatters open;
  for (const ServiceRequest& request : adjustment_requests(session, report)) {
    open.open_adjustments += next_step(session, request) != AdjustmentStep::none;
  }
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    open.pending_justifications += said.kind == procedure::ResponseKind::justified && said.resolution.empty();
  }
  return open;
}

}  // namespace pao::handlers
