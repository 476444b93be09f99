#include "handlers/sessions/session_steps.hpp"

#include "cards/documents/calendar_invitation.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/commitments.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/items_store.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::sessions {
namespace {

using cards::SessionNews;
using procedure::Action;
using procedure::Person;
using storage::Session;
using storage::WorkingSession;

constexpr std::chrono::days mail_waits{7};

std::string_view word_of(SessionNews news) {
  switch (news) {
    case SessionNews::convened:
      return "convened";
    case SessionNews::moved:
      return "moved";
    case SessionNews::cancelled:
      return "cancelled";
    case SessionNews::recorded:
      return "recorded";
  }
  return "";
}

std::string key_of(const WorkingSession& meeting, SessionNews news, std::string_view channel,
                   std::string_view person_id) {
  return "session:" + meeting.id + ":" + std::to_string(meeting.sequence) + ":" + std::string(word_of(news)) +
         ":" + std::string(channel) + ":" + std::string(person_id);
}

cards::CalendarEvent event_of(Session& session, const WorkingSession& meeting, SessionNews news,
                              Instant now) {
  cards::CalendarEvent event{.uid = meeting.id + "@pao-teams",
                             .sequence = meeting.sequence,
                             .made_at = now,
                             .starts_at = meeting.starts_at,
                             .ends_at = meeting.ends_at(),
                             .summary = "Mesa de trabajo: " + meeting.subject,
                             .description = meeting.agenda,
                             .location = meeting.place,
                             .cancelled = news == SessionNews::cancelled};
  if (const auto organizer = storage::find_person(session, meeting.convened_by))
    event.organizer = {organizer->name, organizer->email};
  for (const storage::SessionPerson& each : storage::people_of_working_session(session, meeting.id)) {
    const auto person = each.person_id.empty() ? std::nullopt : storage::find_person(session, each.person_id);
    if (person && person->id != meeting.convened_by) event.attendees.push_back({person->name, person->email});
  }
  return event;
}

}  // namespace

std::string name_of(Session& session, std::string_view person_id) {
  const std::string name = storage::person_name(session, person_id);
  return name.empty() ? std::string(person_id) : name;
}

Result<void> may_hold(const Person& person, const WorkingSession& meeting, Date today) {
  if (!meeting.process_id.empty())
    return procedure::may(person, Action::hold_session, meeting.process_id, meeting.practice, today);
  if (procedure::holds_role(person, procedure::Role::coordination, "", today)) return {};
  if (person.id == meeting.convened_by) return procedure::may(person, Action::hold_session, "", "", today);
  return fail(ErrorCode::refused, "a session without a process is for who convened it or coordination",
              "Esta mesa de trabajo la lleva quien la convocó o la coordinación del GESFO.");
}

bool may_see(Session& session, const Person& person, const WorkingSession& meeting, Date today) {
  if (person.id == meeting.convened_by || may_hold(person, meeting, today)) return true;
  if (!meeting.process_id.empty() &&
      procedure::may(person, Action::see_process_detail, meeting.process_id, meeting.practice, today))
    return true;
  const auto people = storage::people_of_working_session(session, meeting.id);
  return std::any_of(people.begin(), people.end(),
                     [&](const auto& each) { return each.person_id == person.id; });
}

Result<WorkingSession> session_named(Session& session, std::string_view id) {
  std::optional<WorkingSession> meeting = storage::find_working_session(session, id);
  if (!meeting) {
    return fail(ErrorCode::invalid, "card names an unknown working session",
                "No encontré esa mesa de trabajo. Escriba «mesas de trabajo» para ver la lista.");
  }
  return *std::move(meeting);
}

cards::SessionView view_of(Session& session, const Reference& reference, const WorkingSession& meeting,
                           const Person* reader, Instant now) {
  cards::SessionView view{
      .id = meeting.id,
      .subject = meeting.subject,
      .agenda = meeting.agenda,
      .place = meeting.place,
      .process_name = meeting.process_id.empty() ? "" : reference.process_name(meeting.process_id),
      .practice_name = meeting.practice.empty() ? "" : cards::practice_name(meeting.practice),
      .convened_by_name = name_of(session, meeting.convened_by),
      .consult_id = meeting.consult_id,
      .starts_at = meeting.starts_at,
      .minutes = meeting.minutes,
      .state = meeting.state,
      .sequence = meeting.sequence,
      .record = meeting.record};
  for (const storage::SessionPerson& person : storage::people_of_working_session(session, meeting.id))
    view.people.push_back({person.name, !person.person_id.empty(), person.attended});
  for (const std::string& id : storage::commitments_of_session(session, meeting.id)) {
    const auto item = storage::find_item(session, id);
    if (!item) continue;
    const bool may_fulfil =
        reader != nullptr && procedure::is_open_commitment(*item) &&
        procedure::may_fulfil(*reader, item->owner_id, item->process_id, local_date(now)).has_value();
    view.commitments.push_back({item->id, item->name, name_of(session, item->owner_id),
                                item->ends_on.value_or(Date{}), procedure::fulfilled_on(*item), may_fulfil});
  }
  const auto steps = storage::steps_of_working_session(session, meeting.id);
  if (!steps.empty()) view.reason = steps.back().words;
  view.may_hold = reader && may_hold(*reader, meeting, local_date(now)).has_value();
  view.has_begun = procedure::may_be_recorded(meeting.starts_at, now);
  return view;
}

std::vector<std::string> audience_of(Session& session, const WorkingSession& meeting, std::string_view but) {
  std::vector<std::string> ids;
  const auto add = [&](const std::string& id) {
    if (id.empty() || id == but || std::find(ids.begin(), ids.end(), id) != ids.end()) return;
    const auto person = storage::find_person(session, id);
    if (person && person->active) ids.push_back(id);
  };
  for (const storage::SessionPerson& person : storage::people_of_working_session(session, meeting.id))
    add(person.person_id);
  add(meeting.convened_by);
  return ids;
}

std::vector<Notice> notices_of(Session& session, const WorkingSession& meeting,
                               const std::vector<std::string>& people, const cards::SessionView& view,
                               SessionNews news) {
  std::vector<Notice> notices;
  for (const std::string& id : people) {
    const auto person = storage::find_person(session, id);
    if (!person || person->aad_object_id.empty()) continue;
    notices.push_back({.aad_object_id = person->aad_object_id,
                       .key = key_of(meeting, news, "teams", id),
                       .subject = "session:" + meeting.id,
                       .content = {.card = cards::session_news_card(view, news)}});
  }
  return notices;
}

void send_mails(Session& session, const WorkingSession& meeting, const std::vector<std::string>& people,
                const cards::SessionView& view, SessionNews news, Instant now) {
  std::vector<storage::MailAttachment> attachments;
  if (news != SessionNews::recorded) {
    const cards::CalendarEvent event = event_of(session, meeting, news, now);
    attachments.push_back({"mesa.ics", cards::calendar_media_type(event), cards::calendar_invitation(event)});
  }
  for (const std::string& id : people) {
    storage::enqueue_mail(session, {.key = key_of(meeting, news, "mail", id),
                                    .person_id = id,
                                    .about = meeting.id,
                                    .subject = cards::session_mail_subject(view, news),
                                    .text = cards::session_mail_text(view, news),
                                    .attachments = attachments,
                                    .not_before = now,
                                    .expires_at = now + mail_waits,
                                    .created_at = now});
  }
}

Trace trace_of(const WorkingSession& meeting, std::string_view outcome, std::string_view from,
               std::string_view reason) {
  return {.outcome = std::string(outcome),
          .fields = {{"session", meeting.id},
                     {"from", std::string(from)},
                     {"to", std::string(procedure::to_word(meeting.state))},
                     {"starts_at", iso_instant(meeting.starts_at)},
                     {"sequence", std::to_string(meeting.sequence)},
                     {"process", meeting.process_id},
                     {"consult", meeting.consult_id},
                     {"reason", std::string(reason)}}};
}

std::string typed(const Turn& turn, const std::string& name) {
  const std::string_view text = turn.value(name);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<Instant> instant_from(std::string_view day, std::string_view hour) {
  if (!parse_date(day) || hour.size() != 5) return std::nullopt;
  return parse_instant(std::string(day) + "T" + std::string(hour) + ":00-05:00");
}

}  // namespace pao::handlers::sessions
