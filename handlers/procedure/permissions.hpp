// Who may do what (procedure section 2, R-16, R-46, R-51). Denied unless a rule allows it; every question is
// asked for one process; a role counts only on the days it is held.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <string_view>

namespace pao::procedure {

enum class Action {
  ask,                 // a question on the guidelines: everybody, also people without a role
  see_own_status,      // the obligations and requests one has to do with
  see_process_detail,  // everything of one process
  see_all_processes,   // figures of all processes side by side
  read_plans,          // the read-only view of the módulo Planes
  record_progress,
  designate_liaison,       // the leader names who is liaison, with date and document
  respond_report,          // accept, justify or contest a follow-up report; answer its recommendations
  verify_records,          // the advisor's check of opportuneness and quality (activity 4)
  send_report,             // build, edit, send, adjust and finish a follow-up report
  read_report,             // a preventive or final report with what was answered
  read_published_reports,  // final reports and what was answered in the window
  file_request,            // an SS
  endorse_request,         // the leader's aval
  decide_request,          // review, ask for more, approve, reject, apply, close
  reassign,             // give an SS or anybody's consult to another advisor; one's own consult anybody may
  answer_consult,       // a question that was escalated
  ask_advisor,
  hold_session,         // mesas de trabajo: agenda, attendance, minutes, commitments
  draft_guideline,      // write and submit a version
  approve_guideline,    // approve, return, publish; never one's own draft
  hold_socialisation,   // events of activity 2 and their attendance
  see_guideline_board,  // which guidelines are missing, who received them, the coverage of activity 2
  confirm_control,      // a control point of activities 1, 3, 4 and 6
  see_control_board,    // pending guidelines, coverage, control points of all processes
};

// Allowed, or `refused` with a Spanish sentence for the person and an English detail without names.
//
// An empty `process_id` asks without a process: for leader, liaison, owner and advisor it means "in at least
// one"; for a question about a process give the process. `practice` matters for read_plans only: internal
// control reads planes and no other practice; empty means planes. An inactive person counts as one without
// roles.
//
// Leader, liaison, owner and advisor are roles in a process: a grant of them without a process gives nothing.
// An advisor never records in a process assigned to him or her, whatever other role is held there.
//
// To internal control every refusal says "No autorizado" (R-46, C-14).
//
// Two limits lie with the caller, who has the rows: an owner records own items only (`may_record`), and
// nobody decides what he or she filed.
Result<void> may(const Person& person, Action action, std::string_view process_id, std::string_view practice,
                 Date today);

// record_progress for one item: the leader and the liaison any item of the process, an owner those of which
// he or she is the owner, and what the process as a whole records (item without owner).
Result<void> may_record(const Person& person, const Item& item, Date today);

// Whether the person may change anything at all: internal control, when that is the only role held that day,
// reads and never writes (R-46, C-14). What else each one may change is asked with `may`.
Result<void> may_write(const Person& person, Date today);

// Whether the person holds the role that day, in the process; empty: anywhere.
bool holds_role(const Person& person, Role role, std::string_view process_id, Date today);

}  // namespace pao::procedure
