#include "handlers/requests/request_moves.hpp"

#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::ClockEvent;
using procedure::ClockEventKind;
using procedure::RequestEvent;
using procedure::ServiceRequest;

// What the event does to the clock, with the level and the days that are known now.
Result<std::optional<ClockEvent>> clock_event(const Reference& reference, const ServiceRequest& request,
                                              RequestEvent event, Date today,
                                              const std::vector<ClockEvent>& before) {
  const auto kind = procedure::clock_effect(event, request.endorsement_pending);
  if (!kind) return std::optional<ClockEvent>{};
  ClockEvent made{.kind = *kind, .on = today};
  if (*kind == ClockEventKind::start) {
    const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
    const procedure::ServiceLevel* level =
        general ? procedure::find_service_level(*general, request.type) : nullptr;
    if (!level) {
      return fail(ErrorCode::refused, "no service level for " + request.type,
                  "Los lineamientos vigentes no tienen nivel de servicio para una " + request.type +
                      ". Consulte a su asesor.");
    }
    made.business_days = level->business_days;
  }
  if (*kind == ClockEventKind::start || *kind == ClockEventKind::resume) {
    const int level = before.empty() ? made.business_days : before.front().business_days;
    made.entity_days = procedure::days_ahead(reference.calendar, today, level);
  }
  return std::optional(std::move(made));
}

// Due date and days of waiting as the events give them.
Result<void> set_clock(ServiceRequest& request, const std::vector<ClockEvent>& events) {
  const Result<procedure::ServiceClock> clock = procedure::replay(events);
  if (!clock) {
    return fail(ErrorCode::internal, "request clock: " + clock.error().detail);
  }
  request.due_on = clock->due_on;
  request.suspended_business_days = clock->suspended;
  return {};
}

std::int64_t keep_event(storage::Session& session, const ServiceRequest& request, RequestEvent event,
                        const char* from, const Doer& by, Instant now, const StepNote& note,
                        std::optional<ClockEvent> clock) {
  return storage::add_request_event(session, {.request_id = request.id,
                                              .at = now,
                                              .actor = by.id,
                                              .channel = by.channel,
                                              .event = std::string(procedure::to_word(event)),
                                              .from_state = from,
                                              .to_state = std::string(procedure::to_word(request.state)),
                                              .reason = note.reason,
                                              .old_value = note.old_value,
                                              .new_value = note.new_value,
                                              .clock = std::move(clock)});
}

}  // namespace

Result<Moved> file_request(storage::Session& session, const Reference& reference, ServiceRequest request,
                           const Doer& by) {
  request.state = procedure::RequestState::draft;
  const auto filed = procedure::move(request, RequestEvent::file);
  if (!filed) return tl::unexpected<Error>(filed.error());
  request.state = *filed;
  auto clock = clock_event(reference, request, RequestEvent::file, local_date(request.filed_at), {});
  if (!clock) return tl::unexpected<Error>(clock.error());
  std::vector<ClockEvent> events;
  if (*clock) events.push_back(**clock);
  if (const Result<void> set = set_clock(request, events); !set) return tl::unexpected<Error>(set.error());
  const Instant filed_at = request.filed_at;
  Result<ServiceRequest> stored = storage::add_request(session, std::move(request));
  if (!stored) return tl::unexpected<Error>(stored.error());
  const std::int64_t event = keep_event(session, *stored, RequestEvent::file, "borrador", by, filed_at,
                                        {.new_value = stored->requested_value}, std::move(*clock));
  return Moved{std::move(*stored), event};
}

Result<Moved> move_request(storage::Session& session, const Reference& reference, ServiceRequest request,
                           RequestEvent event, const Doer& by, Instant now, const StepNote& note) {
  const procedure::RequestState before = request.state;
  const auto next = procedure::move(request, event);
  if (!next) return tl::unexpected<Error>(next.error());
  const Date today = local_date(now);
  std::vector<ClockEvent> events = storage::clock_events_of(session, request.id);
  auto clock = clock_event(reference, request, event, today, events);
  if (!clock) return tl::unexpected<Error>(clock.error());
  // Nothing runs any more in a request that was taken over with its answer.
  const bool has_ended = std::any_of(events.begin(), events.end(),
                                     [](const ClockEvent& one) { return one.kind == ClockEventKind::end; });
  const bool needs_start =
      *clock && ((*clock)->kind == ClockEventKind::stop || (*clock)->kind == ClockEventKind::resume);
  if (has_ended || (needs_start && events.empty())) clock->reset();
  request.state = *next;
  if (event == RequestEvent::endorse) {
    request.endorsement_pending = false;
    request.endorsed_at = now;
  }
  if (event == RequestEvent::approve || event == RequestEvent::reject) request.answered_on = today;
  if (*clock) {
    events.push_back(**clock);
    if (const Result<void> set = set_clock(request, events); !set) return tl::unexpected<Error>(set.error());
  }
  const Result<void> stored = storage::update_request(session, request, before);
  if (!stored) return tl::unexpected<Error>(stored.error());
  const std::string from(procedure::to_word(before));
  const std::int64_t number =
      keep_event(session, request, event, from.c_str(), by, now, note, std::move(*clock));
  return Moved{std::move(request), number};
}

Result<procedure::ServiceClock> clock_of(storage::Session& session, std::string_view request_id) {
  return procedure::replay(storage::clock_events_of(session, request_id));
}

}  // namespace pao::handlers::requests
