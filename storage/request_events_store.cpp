#include "storage/request_events_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

#include <sstream>

namespace pao::storage {
namespace {

// A line a day: day, 1 when it is worked, norm, name.
std::string days_to_text(const std::vector<procedure::EntityDay>& days) {
  std::string text;
  for (const procedure::EntityDay& day : days) {
    text += iso_date(day.day) + "\t" + (day.working ? "1" : "0") + "\t" + day.norm + "\t" + day.name + "\n";
  }
  return text;
}

std::vector<procedure::EntityDay> days_from_text(std::string_view text) {
  std::vector<procedure::EntityDay> days;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const std::size_t third = line.find('\t', second + 1);
    const std::optional<Date> day = parse_date(std::string_view(line).substr(0, first));
    if (third == std::string::npos || !day)
      throw DatabaseFailure(ErrorCode::internal, "a damaged day is stored");
    days.push_back({.day = *day,
                    .name = line.substr(third + 1),
                    .norm = line.substr(second + 1, third - second - 1),
                    .working = line.substr(first + 1, 1) == "1"});
  }
  return days;
}

std::optional<procedure::ClockEvent> clock_of(const Row& row, int first) {
  if (row.text(first).empty()) return std::nullopt;
  return procedure::ClockEvent{.kind = known(procedure::parse_clock_event(row.text(first))),
                               .on = known(row.date(first + 1)),
                               .business_days = static_cast<int>(row.integer(first + 2)),
                               .entity_days = days_from_text(row.text(first + 3))};
}

RequestEventRow event_of(const Row& row) {
  return {.id = row.integer(0),
          .request_id = row.string(1),
          .at = row.instant(2),
          .actor = row.string(3),
          .channel = row.string(4),
          .event = row.string(5),
          .from_state = row.string(6),
          .to_state = row.string(7),
          .reason = row.string(8),
          .old_value = row.string(9),
          .new_value = row.string(10),
          .clock = clock_of(row, 11)};
}

}  // namespace

std::int64_t add_request_event(Session& session, const RequestEventRow& row) {
  const std::string day = row.clock ? iso_date(row.clock->on) : "";
  const std::string entity_days = row.clock ? days_to_text(row.clock->entity_days) : "";
  const auto id = session.first(
      "INSERT INTO request_events (request_id, at, actor, channel, event, from_state, to_state, reason,"
      " old_value, new_value, clock, clock_day, clock_business_days, entity_days)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
      {std::string_view(row.request_id), to_value(row.at), std::string_view(row.actor),
       std::string_view(row.channel), std::string_view(row.event), std::string_view(row.from_state),
       std::string_view(row.to_state), std::string_view(row.reason), std::string_view(row.old_value),
       std::string_view(row.new_value), row.clock ? procedure::to_word(row.clock->kind) : std::string_view(),
       text_or_null(day), to_value(row.clock ? row.clock->business_days : 0), std::string_view(entity_days)},
      [](const Row& returned) { return returned.integer(0); });
  return id.value_or(0);
}

std::vector<RequestEventRow> events_of_request(Session& session, std::string_view request_id) {
  return session.all(
      "SELECT id, request_id, at, actor, channel, event, from_state, to_state, reason, old_value, new_value,"
      " clock, clock_day, clock_business_days, entity_days FROM request_events WHERE request_id = $1"
      " ORDER BY id",
      {request_id}, event_of);
}

std::vector<RequestEventRow> request_events_after(Session& session, std::int64_t id) {
  return session.all(
      "SELECT id, request_id, at, actor, channel, event, from_state, to_state, reason, old_value, new_value,"
      " clock, clock_day, clock_business_days, entity_days FROM request_events WHERE id > $1 ORDER BY id",
      {to_value(id)}, event_of);
}

std::vector<procedure::ClockEvent> clock_events_of(Session& session, std::string_view request_id) {
  std::vector<procedure::ClockEvent> events;
  session.each(
      "SELECT clock, clock_day, clock_business_days, entity_days FROM request_events"
      " WHERE request_id = $1 AND clock <> '' ORDER BY id",
      {request_id}, [&](const Row& row) {
        events.push_back(*clock_of(row, 0));
        return true;
      });
  return events;
}

void remove_imported_events(Session& session, std::string_view request_id) {
  session.run(
      "DELETE FROM request_events WHERE request_id = $1 AND (channel = 'import' OR (channel = 'job' AND"
      " clock <> ''))",
      {request_id});
}

void save_review(Session& session, const RequestReview& review) {
  session.run(
      "INSERT INTO request_reviews (request_id, reviewed_by, reviewed_at, report_said, evidence_shows,"
      " decision, reason) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (request_id) DO UPDATE SET"
      " reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at,"
      " report_said = excluded.report_said, evidence_shows = excluded.evidence_shows,"
      " decision = excluded.decision, reason = excluded.reason",
      {std::string_view(review.request_id), std::string_view(review.reviewed_by),
       to_value(review.reviewed_at), std::string_view(review.report_said),
       std::string_view(review.evidence_shows), procedure::to_word(review.decision),
       std::string_view(review.reason)});
}

std::optional<RequestReview> find_review(Session& session, std::string_view request_id) {
  return session.first(
      "SELECT request_id, reviewed_by, reviewed_at, report_said, evidence_shows, decision, reason"
      " FROM request_reviews WHERE request_id = $1",
      {request_id}, [](const Row& row) {
        return RequestReview{.request_id = row.string(0),
                             .reviewed_by = row.string(1),
                             .reviewed_at = row.instant(2),
                             .report_said = row.string(3),
                             .evidence_shows = row.string(4),
                             .decision = known(procedure::parse_request_decision(row.text(5))),
                             .reason = row.string(6)};
      });
}

}  // namespace pao::storage
