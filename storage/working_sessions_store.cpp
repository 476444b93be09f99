#include "storage/working_sessions_store.hpp"

#include "storage/columns.hpp"

#include <chrono>
#include <sstream>

namespace pao::storage {
namespace {

#define PAO_SESSION_COLUMNS                                                                            \
  "id, subject, agenda, process_id, practice, consult_id, place, starts_at, minutes, state, sequence," \
  " convened_by, convened_at, record, meeting_id, recorded_by, recorded_at"

WorkingSession session_of(const Row& row) {
  return {.id = row.string(0),
          .subject = row.string(1),
          .agenda = row.string(2),
          .process_id = row.string(3),
          .practice = row.string(4),
          .consult_id = row.string(5),
          .place = row.string(6),
          .starts_at = row.instant(7),
          .minutes = static_cast<int>(row.integer(8)),
          .state = procedure::parse_session_state(row.text(9)).value_or(procedure::SessionState::cancelled),
          .sequence = static_cast<int>(row.integer(10)),
          .convened_by = row.string(11),
          .convened_at = row.instant(12),
          .record = row.string(13),
          .meeting_id = row.string(14),
          .recorded_by = row.string(15),
          .recorded_at = row.optional_instant(16)};
}

void add_step(Session& session, std::string_view id, Instant at, std::string_view actor,
              std::string_view kind, std::string_view from, std::string_view to, std::string_view words) {
  session.run(
      "INSERT INTO session_events (session_id, number, at, actor, kind, from_state, to_state, words)"
      " VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM session_events WHERE session_id = $1),"
      " $2, $3, $4, $5, $6, $7)",
      {id, to_value(at), actor, kind, from, to, words});
}

int year_of(Instant at) {
  return static_cast<int>(std::chrono::year_month_day{local_date(at)}.year());
}

}  // namespace

WorkingSession add_working_session(Session& session, WorkingSession meeting,
                                   const std::vector<SessionPerson>& people) {
  const int year = year_of(meeting.convened_at);
  meeting.id = numbered_id("MESA", year, next_number(session, "working-session-" + std::to_string(year)), 3);
  session.run(
      "INSERT INTO convened_sessions (" PAO_SESSION_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', '', NULL)",
      {std::string_view(meeting.id), std::string_view(meeting.subject), std::string_view(meeting.agenda),
       text_or_null(meeting.process_id), std::string_view(meeting.practice), text_or_null(meeting.consult_id),
       std::string_view(meeting.place), to_value(meeting.starts_at), to_value(meeting.minutes),
       procedure::to_word(meeting.state), to_value(meeting.sequence), std::string_view(meeting.convened_by),
       to_value(meeting.convened_at)});
  save_session_people(session, meeting.id, people);
  add_step(session, meeting.id, meeting.convened_at, meeting.convened_by, "convocada", "",
           procedure::to_word(meeting.state), "");
  return meeting;
}

std::optional<WorkingSession> find_working_session(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_SESSION_COLUMNS " FROM convened_sessions WHERE id = $1", {id},
                       session_of);
}

std::vector<SessionPerson> people_of_working_session(Session& session, std::string_view id) {
  return session.all(
      "SELECT name, person_id, invited, attended FROM session_people WHERE session_id = $1"
      " ORDER BY position",
      {id}, [](const Row& row) {
        SessionPerson person{.name = row.string(0), .person_id = row.string(1), .invited = row.flag(2)};
        if (!row.is_null(3)) person.attended = row.flag(3);
        return person;
      });
}

void move_working_session(Session& session, const WorkingSession& meeting, procedure::SessionEvent event,
                          procedure::SessionState before, std::string_view actor, Instant at,
                          std::string_view words) {
  session.run(
      "UPDATE convened_sessions SET place = $2, starts_at = $3, minutes = $4, state = $5, sequence = $6,"
      " record = $7, meeting_id = $8, recorded_by = $9, recorded_at = $10 WHERE id = $1",
      {std::string_view(meeting.id), std::string_view(meeting.place), to_value(meeting.starts_at),
       to_value(meeting.minutes), procedure::to_word(meeting.state), to_value(meeting.sequence),
       std::string_view(meeting.record), std::string_view(meeting.meeting_id),
       std::string_view(meeting.recorded_by), to_value(meeting.recorded_at)});
  add_step(session, meeting.id, at, actor, procedure::to_word(event), procedure::to_word(before),
           procedure::to_word(meeting.state), words);
}

void save_session_people(Session& session, std::string_view id, const std::vector<SessionPerson>& people) {
  session.run("DELETE FROM session_people WHERE session_id = $1", {id});
  int position = 0;
  for (const SessionPerson& person : people) {
    session.run(
        "INSERT INTO session_people (session_id, position, name, person_id, invited, attended)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {id, to_value(++position), std::string_view(person.name), text_or_null(person.person_id),
         to_value(person.invited), person.attended ? to_value(*person.attended) : Value{}});
  }
}

void add_session_commitment(Session& session, std::string_view id, std::string_view item_id) {
  session.run(
      "INSERT INTO session_commitments (session_id, number, item_id) VALUES ($1,"
      " (SELECT COALESCE(MAX(number), 0) + 1 FROM session_commitments WHERE session_id = $1), $2)",
      {id, item_id});
}

std::vector<std::string> commitments_of_session(Session& session, std::string_view id) {
  return session.all("SELECT item_id FROM session_commitments WHERE session_id = $1 ORDER BY number", {id},
                     [](const Row& row) { return row.string(0); });
}

std::vector<WorkingSession> working_sessions_between(Session& session, Instant from, Instant until) {
  return session.all(
      "SELECT " PAO_SESSION_COLUMNS
      " FROM convened_sessions WHERE starts_at >= $1 AND starts_at < $2 ORDER BY starts_at, id",
      {to_value(from), to_value(until)}, session_of);
}

std::vector<WorkingSession> working_sessions_of(Session& session, std::string_view person_id, int limit) {
  return session.all("SELECT " PAO_SESSION_COLUMNS
                     " FROM convened_sessions WHERE convened_by = $1 OR id IN"
                     " (SELECT session_id FROM session_people WHERE person_id = $1)"
                     " ORDER BY starts_at DESC, id DESC LIMIT $2",
                     {person_id, to_value(limit)}, session_of);
}

std::vector<EarlierSession> earlier_sessions(Session& session) {
  return session.all(
      "SELECT id, process_id, held_on, subject, mode, advisor_id, participants, state FROM working_sessions"
      " ORDER BY held_on DESC, id DESC",
      {}, [](const Row& row) {
        EarlierSession earlier{.id = row.string(0),
                               .process_id = row.string(1),
                               .held_on = row.date(2).value_or(Date{}),
                               .subject = row.string(3),
                               .mode = row.string(4),
                               .advisor_id = row.string(5),
                               .state = row.string(7)};
        std::istringstream people(row.string(6));
        for (std::string id; people >> id;) earlier.participants.push_back(id);
        return earlier;
      });
}

std::vector<SessionStep> steps_of_working_session(Session& session, std::string_view id) {
  return session.all(
      "SELECT number, at, actor, kind, from_state, to_state, words FROM session_events"
      " WHERE session_id = $1 ORDER BY number",
      {id}, [](const Row& row) {
        return SessionStep{static_cast<int>(row.integer(0)),
                           row.instant(1),
                           row.string(2),
                           row.string(3),
                           row.string(4),
                           row.string(5),
                           row.string(6)};
      });
}

}  // namespace pao::storage
