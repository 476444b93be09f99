#include "storage/requests_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_REQUEST_COLUMNS                                                                          \
  "id, provisional, process_id, practice, type, subject, item_id, current_value, requested_value,"   \
  " justification, evidence, filed_by, filed_at, endorsement_pending, endorsed_at, state, decision," \
  " reason, advisor_id, due_on, answered_on"

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
          .answered_on = row.date(20)};
}

}  // namespace

std::optional<procedure::ServiceRequest> find_request(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_REQUEST_COLUMNS " FROM service_requests WHERE id = $1", {id},
                       request_of);
}

std::vector<procedure::ServiceRequest> requests_of(Session& session, std::string_view process_id,
                                                   bool only_open) {
  if (only_open) {
    return session.all("SELECT " PAO_REQUEST_COLUMNS
                       " FROM service_requests WHERE process_id = $1 AND state IN"
                       " ('borrador', 'radicada', 'en_revision', 'en_espera_informacion', 'aprobada')"
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
              " $19, $20, $21)",
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
               text_or_null(answered_on)});
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

}  // namespace pao::storage
