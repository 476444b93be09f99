#include "storage/requests_store.hpp"

#include "storage/columns.hpp"
#include "storage/request_events_store.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_REQUEST_COLUMNS                                                                          \
  "id, provisional, process_id, practice, type, subject, item_id, current_value, requested_value,"   \
  " justification, evidence, filed_by, filed_at, endorsement_pending, endorsed_at, state, decision," \
  " reason, advisor_id, due_on, answered_on, field, provisional_id"

#define PAO_OPEN_STATES "('borrador', 'radicada', 'en_revision', 'en_espera_informacion', 'aprobada')"

procedure::ServiceRequest request_of(const Row& row) {
  return {.id = row.string(0),
          .provisional = row.flag(1),
          .process_id = row.string(2),
          .practice = row.string(3),
          .type = row.string(4),
          .subject = row.string(5),
          .item_id = row.string(6),
          .current_value = row.string(7),
          .requested_value = row.string(8),
          .justification = row.string(9),
          .evidence = row.string(10),
          .filed_by = row.string(11),
          .filed_at = row.instant(12),
          .endorsement_pending = row.flag(13),
          .endorsed_at = row.optional_instant(14),
          .state = known(procedure::parse_request_state(row.text(15))),
          .decision = row.string(16),
          .reason = row.string(17),
          .advisor_id = row.string(18),
          .due_on = row.date(19),
          .answered_on = row.date(20),
          .field = row.string(21),
          .provisional_id = row.string(22)};
}

}  // namespace

std::optional<procedure::ServiceRequest> find_request(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_REQUEST_COLUMNS
                       " FROM service_requests WHERE id = $1 OR provisional_id = $1",
                       {id}, request_of);
}

std::vector<procedure::ServiceRequest> open_requests(Session& session, std::string_view advisor_id) {
  if (advisor_id.empty()) {
    return session.all("SELECT " PAO_REQUEST_COLUMNS " FROM service_requests WHERE state IN " PAO_OPEN_STATES
                       " ORDER BY COALESCE(due_on, '9999-12-31'), filed_at, id",
                       {}, request_of);
  }
  return session.all("SELECT " PAO_REQUEST_COLUMNS
                     " FROM service_requests WHERE advisor_id = $1 AND state IN " PAO_OPEN_STATES
                     " ORDER BY COALESCE(due_on, '9999-12-31'), filed_at, id",
                     {advisor_id}, request_of);
}

std::vector<procedure::ServiceRequest> all_requests(Session& session) {
  return session.all("SELECT " PAO_REQUEST_COLUMNS " FROM service_requests ORDER BY filed_at, id", {},
                     request_of);
}

std::vector<procedure::ServiceRequest> requests_of(Session& session, std::string_view process_id,
                                                   bool only_open) {
  if (only_open) {
    return session.all("SELECT " PAO_REQUEST_COLUMNS
                       " FROM service_requests WHERE process_id = $1 AND state IN " PAO_OPEN_STATES
                       " ORDER BY filed_at DESC, id DESC",
                       {process_id}, request_of);
  }
  return session.all("SELECT " PAO_REQUEST_COLUMNS
                     " FROM service_requests WHERE process_id = $1 ORDER BY filed_at DESC, id DESC",
                     {process_id}, request_of);
}

Result<procedure::ServiceRequest> add_request(Session& session, procedure::ServiceRequest request) {
  const int year = static_cast<int>(std::chrono::year_month_day(local_date(request.filed_at)).year());
  request.id = numbered_id("PAO", year, next_number(session, "request-" + std::to_string(year)), 4);
  request.provisional = true;
  const std::string due_on = day_text(request.due_on);
  const std::string answered_on = day_text(request.answered_on);
  session.run("INSERT INTO service_requests (" PAO_REQUEST_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
              " $19, $20, $21, $22, $23)",
              {std::string_view(request.id),
               to_value(request.provisional),
               std::string_view(request.process_id),
               std::string_view(request.practice),
               std::string_view(request.type),
               std::string_view(request.subject),
               text_or_null(request.item_id),
               std::string_view(request.current_value),
               std::string_view(request.requested_value),
               std::string_view(request.justification),
               std::string_view(request.evidence),
               text_or_null(request.filed_by),
               to_value(request.filed_at),
               to_value(request.endorsement_pending),
               to_value(request.endorsed_at),
               procedure::to_word(request.state),
               std::string_view(request.decision),
               std::string_view(request.reason),
               text_or_null(request.advisor_id),
               text_or_null(due_on),
               text_or_null(answered_on),
               std::string_view(request.field),
               text_or_null(request.provisional_id)});
  return request;
}

Result<void> update_request(Session& session, const procedure::ServiceRequest& request,
                            procedure::RequestState expected) {
  const std::string due_on = day_text(request.due_on);
  const std::string answered_on = day_text(request.answered_on);
  const std::int64_t changed = session.run(
      "UPDATE service_requests SET endorsement_pending = $3, endorsed_at = $4, state = $5, decision = $6,"
      " reason = $7, advisor_id = $8, due_on = $9, answered_on = $10 WHERE id = $1 AND state = $2",
      {std::string_view(request.id), procedure::to_word(expected), to_value(request.endorsement_pending),
       to_value(request.endorsed_at), procedure::to_word(request.state), std::string_view(request.decision),
       std::string_view(request.reason), text_or_null(request.advisor_id), text_or_null(due_on),
       text_or_null(answered_on)});
  if (changed == 1) return {};
  if (!find_request(session, request.id)) return fail(ErrorCode::not_found, "no such request");
  return fail(ErrorCode::conflict, "the request is no longer in the expected state");
}

Result<procedure::ServiceRequest> confirm_request_filing(Session& session, std::string_view id,
                                                         std::string_view smgi_number, std::string_view actor,
                                                         std::string_view channel, Instant at) {
  const std::optional<procedure::ServiceRequest> request = find_request(session, id);
  if (!request) return fail(ErrorCode::not_found, "no such request");
  if (!request->provisional) {
    if (request->id == smgi_number) return *request;  // told twice
    return fail(ErrorCode::conflict, "the request has number " + request->id,
                "La solicitud ya tiene el número " + request->id + ".");
  }
  if (find_request(session, smgi_number)) {
    return fail(ErrorCode::conflict, "the number belongs to another request",
                "Ese número ya es de otra solicitud. Revíselo en el SMGI.");
  }
  const std::string before = request->id;
  session.run("UPDATE service_requests SET id = $2, provisional = 0, provisional_id = $1 WHERE id = $1",
              {std::string_view(before), smgi_number});
  for (const char* sql : {"UPDATE request_events SET request_id = $2 WHERE request_id = $1",
                          "UPDATE request_reviews SET request_id = $2 WHERE request_id = $1",
                          "UPDATE item_changes SET request_id = $2 WHERE request_id = $1",
                          "UPDATE reopened_periods SET request_id = $2 WHERE request_id = $1",
                          "UPDATE report_adjustments SET source = $2 WHERE source = $1",
                          "UPDATE received_files SET linked_to = 'ss:' || $2"
                          " WHERE linked_to = 'ss:' || $1 AND linked_to <> ''"}) {
    session.run(sql, {std::string_view(before), smgi_number});
  }
  const std::string state(procedure::to_word(request->state));
  add_request_event(session, {.request_id = std::string(smgi_number),
                              .at = at,
                              .actor = std::string(actor),
                              .channel = std::string(channel),
                              .event = "confirmar_radicado",
                              .from_state = state,
                              .to_state = state,
                              .old_value = before,
                              .new_value = std::string(smgi_number)});
  return *find_request(session, smgi_number);
}

}  // namespace pao::storage
