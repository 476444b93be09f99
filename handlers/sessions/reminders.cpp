#include "handlers/sessions/reminders.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/sessions/session_steps.hpp"

namespace pao::handlers::sessions {
namespace {

using procedure::SessionReminder;
using storage::WorkingSession;

// Ahead: more than a business day, whatever the holidays. Minutes that are missing for longer stay missing.
constexpr std::chrono::days looks_back{60}, looks_ahead{20};

DigestLine line_of(const WorkingSession& meeting, const std::string& person_id) {
  return {.person_id = person_id,
          .title = "Mesa de trabajo " + meeting.id + ": " + meeting.subject,
          .process_id = meeting.process_id,
          .practice = meeting.practice};
}

DigestLine tomorrow(const WorkingSession& meeting, const std::string& person_id) {
  DigestLine line = line_of(meeting, person_id);
  line.key = "mesas/" + meeting.id + "|" + std::to_string(meeting.sequence);
  line.text = "Es el " + cards::session_time(meeting.starts_at, meeting.minutes) + ", en " + meeting.place +
              ". Si no puede ir, avise a quien la convocó.";
  line.urgency = 1;
  line.button = DigestButton{"Ver la mesa", cards::verb::session_view, {{"mesa", meeting.id}}};
  line.due_on = local_date(meeting.starts_at);
  return line;
}

DigestLine record_missing(const WorkingSession& meeting, const Reference& reference, Date today) {
  const int late = reference.calendar.business_days_after(local_date(meeting.starts_at), today);
  DigestLine line = line_of(meeting, meeting.convened_by);
  line.key = "mesas/" + meeting.id + "|acta-" + std::to_string(procedure::record_reminder_step(late));
  line.text = "Fue el " + cards::session_time(meeting.starts_at, meeting.minutes) +
              " y no tiene acta. Regístrela con la asistencia y los compromisos, o cancélela si no se hizo.";
  line.urgency = -late;
  line.button = DigestButton{"Registrar el acta", cards::verb::session_record_form, {{"mesa", meeting.id}}};
  return line;
}

}  // namespace

Result<std::vector<DigestLine>> reminder_lines(storage::Session& session, const Reference& reference,
                                               std::string_view person_id, Instant now) {
  const Date today = local_date(now);
  std::vector<DigestLine> lines;
  const auto add = [&](DigestLine line) {
    if (person_id.empty() || line.person_id == person_id) lines.push_back(std::move(line));
  };
  for (const WorkingSession& meeting :
       storage::working_sessions_between(session, now - looks_back, now + looks_ahead)) {
    switch (procedure::reminder_due(meeting.state, meeting.starts_at, today, reference.calendar)) {
      case SessionReminder::none:
        break;
      case SessionReminder::tomorrow:
        for (const std::string& person : audience_of(session, meeting, "")) add(tomorrow(meeting, person));
        break;
      case SessionReminder::record_missing:
        add(record_missing(meeting, reference, today));
        break;
    }
  }
  return lines;
}

}  // namespace pao::handlers::sessions
