// Working sessions (mesas de trabajo, R-10): the invitation, who was there, the minutes, what was agreed and
// what happened to it.
#pragma once

#include "handlers/procedure/working_session.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct WorkingSession {
  std::string id;  // "MESA-2026-001", given when stored
  std::string subject;
  std::string agenda;
  std::string process_id;  // empty: of no single process
  std::string practice;    // empty: of no single practice
  std::string consult_id;  // the consult it came from; may be empty
  std::string place;
  Instant starts_at;
  int minutes = 60;
  procedure::SessionState state = procedure::SessionState::convened;
  int sequence = 0;  // of the invitation
  std::string convened_by;
  Instant convened_at;
  std::string record;      // the minutes (acta); empty until it was held
  std::string meeting_id;  // whose join events gave the attendance; empty: typed
  std::string recorded_by;
  std::optional<Instant> recorded_at;

  Instant ends_at() const { return starts_at + std::chrono::minutes{minutes}; }
};

struct SessionPerson {
  std::string name;
  std::string person_id;  // empty: not in the directory
  bool invited = true;
  std::optional<bool> attended = std::nullopt;  // nothing: not recorded yet
};

// Gives it its id. The first entry of its history is "convocada".
WorkingSession add_working_session(Session& session, WorkingSession meeting,
                                   const std::vector<SessionPerson>& people);

std::optional<WorkingSession> find_working_session(Session& session, std::string_view id);
std::vector<SessionPerson> people_of_working_session(Session& session, std::string_view id);

// Stores what of it can change, and one more entry of its history.
void move_working_session(Session& session, const WorkingSession& meeting, procedure::SessionEvent event,
                          procedure::SessionState before, std::string_view actor, Instant at,
                          std::string_view words);

// In the place of those that were there.
void save_session_people(Session& session, std::string_view id, const std::vector<SessionPerson>& people);

// What was agreed: items of the process (items_store), by their order.
void add_session_commitment(Session& session, std::string_view id, std::string_view item_id);
std::vector<std::string> commitments_of_session(Session& session, std::string_view id);

// Those that begin in [from, until), earliest first.
std::vector<WorkingSession> working_sessions_between(Session& session, Instant from, Instant until);
// Those that the person convened or is invited to, latest first.
std::vector<WorkingSession> working_sessions_of(Session& session, std::string_view person_id, int limit);

struct SessionStep {
  int number = 0;
  Instant at;
  std::string actor;
  std::string kind;  // "convocada", "reprogramada", "realizada", "cancelada"
  std::string from_state;
  std::string to_state;
  std::string words;
};
std::vector<SessionStep> steps_of_working_session(Session& session, std::string_view id);

// Imported ones: what the entity registered before. Nothing here changes them.
struct EarlierSession {
  std::string id;
  std::string process_id;
  Date held_on;
  std::string subject;
  std::string mode;                       // "presencial", "virtual", "mixta"
  std::string advisor_id;                 // may be empty
  std::vector<std::string> participants;  // person ids; who is not in the directory, as imported
  std::string state;                      // "programada", "realizada", "cancelada"
};
std::vector<EarlierSession> earlier_sessions(Session& session);  // latest first

}  // namespace pao::storage
