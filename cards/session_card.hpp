// Working sessions (mesas de trabajo, R-10): the form that convenes one, what each person is told, the
// minutes.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/working_session.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

using Choices = std::vector<std::pair<std::string, std::string>>;  // value and title

struct SessionFormView {
  std::string id;  // of the one that moves; empty: a new one
  std::string subject, agenda, place;
  std::string day;      // "2026-11-20"
  std::string hour;     // "09:00"
  std::string minutes;  // "60"
  std::string people;   // as typed
  std::string reason;   // of a move
  int sequence = 0;     // of the one that moves
  Choices processes, practices;
  std::string process_id, practice;
  std::string consult_id, consult_question;  // the consult it comes from
  std::string problem;
};
Card session_form_card(const SessionFormView& view);  // a new one
Card session_move_card(const SessionFormView& view);  // another time or place

struct SessionPersonView {
  std::string name;
  bool known = true;  // in the directory: gets the invitation
  std::optional<bool> attended = std::nullopt;
};
struct SessionCommitmentView {
  std::string item_id, what, owner_name;
  Date due_on;
  std::optional<Date> fulfilled_on = std::nullopt;
  bool may_fulfil = false;  // open, and the reader may mark it
};
struct SessionView {
  std::string id, subject, agenda, place, process_name, practice_name, convened_by_name, consult_id;
  Instant starts_at;
  int minutes = 60;
  procedure::SessionState state = procedure::SessionState::convened;
  int sequence = 0;
  std::vector<SessionPersonView> people;
  std::string record;
  std::vector<SessionCommitmentView> commitments;
  std::string reason;      // of the last move
  bool may_hold = false;   // with what the person may do
  bool has_begun = false;  // its minutes can be recorded
  std::string problem = {};
};
Card session_card(const SessionView& view);

enum class SessionNews { convened, moved, cancelled, recorded };
// What a person is told of it.
Card session_news_card(const SessionView& view, SessionNews news);

struct SessionRecordView {
  SessionView session;
  Choices meetings;  // of Teams, that may have been this one
  std::string meeting_id, attended, record;
  struct Commitment {
    std::string what, owner_id, day;
  };
  std::vector<Commitment> commitments;  // as typed
  Choices owners;
  bool may_commit = true;  // it is of a process, so that what is agreed can be followed up
  std::string problem;
};
Card session_record_card(const SessionRecordView& view);

struct SessionLine {
  std::string id, subject, process_name;
  Instant starts_at;
  procedure::SessionState state = procedure::SessionState::convened;
};
// One that was imported: it has no invitation, agenda or minutes here.
struct EarlierSessionLine {
  std::string id, subject, process_name;
  Date held_on;
  std::string mode, state;  // as imported: "presencial", "realizada"
  std::string advisor_name;
  std::vector<std::string> people;
};
struct SessionListView {
  std::vector<SessionLine> lines;
  std::vector<EarlierSessionLine> earlier;  // the latest first
  int earlier_hidden = 0;
  bool may_convene = false;
};
Card session_list_card(const SessionListView& view);

std::string session_state_name(procedure::SessionState state);
// "viernes 20 de noviembre de 2026, 9:00 a. m. a 10:00 a. m."
std::string session_time(Instant starts_at, int minutes);
// The sentence for who filled in the form; empty for none.
std::string session_problem_sentence(procedure::SessionProblem problem);
std::string commitment_problem_sentence(procedure::CommitmentProblem problem, int number);

// The mail that goes with the invitation or the minutes: subject and plain text.
std::string session_mail_subject(const SessionView& view, SessionNews news);
std::string session_mail_text(const SessionView& view, SessionNews news);

}  // namespace pao::cards
