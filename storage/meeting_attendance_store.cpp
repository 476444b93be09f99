#include "storage/meeting_attendance_store.hpp"

namespace pao::storage {
namespace {

#define PAO_MEETING_COLUMNS "id, conversation_id, title, started_at, ended_at"

Meeting meeting_of(const Row& row) {
  return {.id = row.string(0),
          .conversation_id = row.string(1),
          .title = row.string(2),
          .started_at = row.optional_instant(3),
          .ended_at = row.optional_instant(4)};
}

}  // namespace

void save_meeting(Session& session, const Meeting& meeting) {
  session.run("INSERT INTO meetings (" PAO_MEETING_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET"
              " conversation_id = excluded.conversation_id,"
              " title = CASE WHEN excluded.title = '' THEN meetings.title ELSE excluded.title END,"
              " started_at = COALESCE(excluded.started_at, meetings.started_at),"
              " ended_at = COALESCE(excluded.ended_at, meetings.ended_at)",
              {std::string_view(meeting.id), std::string_view(meeting.conversation_id),
               std::string_view(meeting.title), to_value(meeting.started_at), to_value(meeting.ended_at)});
  if (!meeting.ended_at) return;
  session.run(
      "UPDATE meeting_attendance SET left_at = $2 WHERE meeting_id = $1 AND left_at IS NULL"
      " AND joined_at <= $2",
      {std::string_view(meeting.id), to_value(meeting.ended_at)});
}

std::optional<Meeting> find_meeting(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_MEETING_COLUMNS " FROM meetings WHERE id = $1", {id}, meeting_of);
}

std::vector<Meeting> meetings_between(Session& session, Instant from, Instant until) {
  return session.all("SELECT " PAO_MEETING_COLUMNS
                     " FROM (SELECT m.id, m.conversation_id, m.title, m.started_at, m.ended_at,"
                     " COALESCE(m.started_at, (SELECT MIN(COALESCE(a.joined_at, a.left_at))"
                     " FROM meeting_attendance a WHERE a.meeting_id = m.id)) AS began FROM meetings m) told"
                     " WHERE began >= $1 AND began < $2 ORDER BY began, id",
                     {to_value(from), to_value(until)}, meeting_of);
}

void record_join(Session& session, std::string_view meeting_id, std::string_view aad_object_id,
                 std::string_view name, Instant at) {
  session.run(
      "INSERT INTO meeting_attendance (meeting_id, aad_object_id, name, joined_at)"
      " SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM meeting_attendance"
      " WHERE meeting_id = $1 AND aad_object_id = $2 AND left_at IS NULL)",
      {meeting_id, aad_object_id, name, to_value(at)});
}

void record_leave(Session& session, std::string_view meeting_id, std::string_view aad_object_id,
                  std::string_view name, Instant at) {
  const bool ended = session.run(
                         "UPDATE meeting_attendance SET left_at = $3"
                         " WHERE meeting_id = $1 AND aad_object_id = $2 AND left_at IS NULL",
                         {meeting_id, aad_object_id, to_value(at)}) > 0;
  if (ended) return;
  session.run(
      "INSERT INTO meeting_attendance (meeting_id, aad_object_id, name, left_at) VALUES ($1, $2, $3, $4)",
      {meeting_id, aad_object_id, name, to_value(at)});
}

std::vector<Attendance> attendance_of(Session& session, std::string_view meeting_id) {
  return session.all(
      "SELECT meeting_id, aad_object_id, name, joined_at, left_at FROM meeting_attendance"
      " WHERE meeting_id = $1 ORDER BY id",
      {meeting_id}, [](const Row& row) {
        return Attendance{.meeting_id = row.string(0),
                          .aad_object_id = row.string(1),
                          .name = row.string(2),
                          .joined_at = row.optional_instant(3),
                          .left_at = row.optional_instant(4)};
      });
}

}  // namespace pao::storage
