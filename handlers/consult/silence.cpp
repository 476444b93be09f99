#include "handlers/consult/silence.hpp"

#include "cards/consult_desk_card.hpp"
#include "handlers/consult/consult_steps.hpp"
#include "handlers/job_message.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/columns.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"

namespace pao::handlers::consult {
namespace {

using procedure::ConsultEvent;
using procedure::Silence;
using storage::Consult;
using storage::Session;

constexpr const char* job = "job:consults.silence";

Silence silence_of(Session& session, const Reference& reference, const Consult& consult, Date today) {
  const auto holder = storage::find_person(session, consult.advisor_id);
  return procedure::silence(
      {.state = consult.state,
       .level = consult.level,
       .with_head = holder && procedure::holds_role(*holder, procedure::Role::head, "", today),
       .due_on = consult.waiting_since ? local_date(*consult.waiting_since) : consult.due_on},
      today, reference.calendar);
}

void keep(Session& session, const Consult& consult, ConsultEvent event, const Trace& trace, Instant now) {
  storage::append_registro(session, {.at = now,
                                     .actor = job,
                                     .channel = "job",
                                     .kind = "consult." + std::string(procedure::to_word(event)),
                                     .subject = consult.id,
                                     .content = storage::texts_to_json(trace.fields)});
}

void tell(Session& session, const Notice& notice, Instant now) {
  if (!notice.aad_object_id.empty()) storage::enqueue(session, job_message(notice, now));
}

Result<bool> escalate(Session& session, const Reference& reference, Consult consult, Silence silence,
                      Instant now) {
  const Date today = local_date(now);
  const std::string before(procedure::to_word(consult.state)), before_holder = consult.advisor_id;
  std::optional<Holder> next;
  if (silence == Silence::head) {
    if (auto head = head_of_office(session, today))
      next = Holder{procedure::coordination_level, std::move(*head)};
  } else {
    next = holder_from(session, reference, consult.process_id, consult.practice,
                       procedure::level_above(consult.level), today, before_holder);
  }
  if (!next || next->person.id == before_holder) return false;
  hand_to(consult, reference, *next, now);
  const Result<int> step = make_move(session, consult, ConsultEvent::silence, job, now, "");
  if (!step) return tl::unexpected<Error>(step.error());
  const cards::ConsultView view = view_of(session, reference, consult, now);
  tell(session,
       notice_to(session, consult, *step, consult.advisor_id,
                 cards::consult_assigned_card(holder_view(session, reference, consult, now))),
       now);
  tell(session, notice_to_asker(session, consult, *step, cards::consult_moved_card(view, true)), now);
  if (!before_holder.empty())
    tell(session, notice_to(session, consult, *step, before_holder, cards::consult_moved_card(view, false)),
         now);
  keep(session, consult, ConsultEvent::silence, trace_of(consult, "", before, *step), now);
  return true;
}

Result<bool> lapse(Session& session, const Reference& reference, Consult consult, Instant now) {
  const std::string before(procedure::to_word(consult.state));
  consult.waiting_since.reset();
  const Result<int> step = make_move(session, consult, ConsultEvent::lapse, job, now, "");
  if (!step) return tl::unexpected<Error>(step.error());
  const cards::ConsultView view = view_of(session, reference, consult, now);
  tell(session, notice_to_asker(session, consult, *step, cards::consult_state_card(view, true)), now);
  tell(session,
       notice_to(session, consult, *step, consult.advisor_id, cards::consult_state_card(view, false)), now);
  keep(session, consult, ConsultEvent::lapse, trace_of(consult, "", before, *step), now);
  return true;
}

}  // namespace

Result<int> escalate_silence(storage::Database& database, const Reference& reference, Instant now) {
  const Date today = local_date(now);
  return database.write([&](Session& session) -> Result<int> {
    int moved = 0;
    for (const Consult& consult : storage::open_consults(session)) {
      const Silence silence = silence_of(session, reference, consult, today);
      if (silence == Silence::none || silence == Silence::last) continue;
      const Result<bool> done = silence == Silence::lapse
                                    ? lapse(session, reference, consult, now)
                                    : escalate(session, reference, consult, silence, now);
      if (!done) return tl::unexpected<Error>(done.error());
      moved += *done ? 1 : 0;
    }
    return moved;
  });
}

}  // namespace pao::handlers::consult
