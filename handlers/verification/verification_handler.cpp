#include "handlers/verification/verification_handler.hpp"

#include "cards/texts.hpp"
#include "cards/verification_card.hpp"
#include "handlers/document_reviews.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/improvement_origin.hpp"
#include "handlers/procedure/control_points.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/record_fields.hpp"
#include "handlers/procedure/record_quality.hpp"
#include "handlers/procedure/record_states.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/record_context.hpp"
#include "handlers/verification/verification_control.hpp"
#include "handlers/verification/verification_queue.hpp"
#include "storage/people_store.hpp"

#include <charconv>
#include <utility>

namespace pao::handlers::verification {
namespace {

using procedure::CheckItem;
using procedure::RecordEvent;
using procedure::ReviewState;

constexpr std::size_t max_note_bytes = 6000;

// Criteria that say what is checked: those of the guideline's section on verification.
std::vector<procedure::Criterion> criteria_of(const Reference& reference, const std::string& practice) {
  std::vector<procedure::Criterion> found;
  for (const procedure::Criterion& criterion : reference.criteria) {
    const bool verifies = criterion.section.find("erificación") != std::string::npos;
    const bool checks = criterion.title.find("portunidad") != std::string::npos ||
                        criterion.title.find("alidad") != std::string::npos;
    if (criterion.practice == practice && verifies && checks) found.push_back(criterion);
  }
  return found;
}

procedure::VerificationDraft draft_of(const Turn& turn, const std::vector<CheckItem>& checklist,
                                      bool accept) {
  procedure::VerificationDraft draft{.accept = accept};
  for (const CheckItem& check : checklist) {
    if (const auto mark = turn.value("punto_" + check.id); !mark.empty()) draft.marks[check.id] = mark;
  }
  draft.note = cards::shorten(turn.value("nota"), max_note_bytes);
  draft.correction = cards::shorten(turn.value("correccion"), max_note_bytes);
  return draft;
}

cards::VerificationView view_of(storage::Session& session, const Reference& reference,
                                const RecordContext& context, Instant now) {
  const procedure::ProgressRecord& record = context.stored.record;
  cards::VerificationView view{
      .record = with_names(session, record),
      .item_name = context.item.name,
      .process_name = reference.process_name(record.process_id),
      .author_name = storage::person_name(session, record.recorded_by),
      .timeliness = context.timeliness,
      .due_on = context.due_on,
      .origin = improvement_origin(session, context.item),
      .files = evidence_of(session, "avance:" + record.id),
      .checklist = procedure::verification_checklist(*context.rules, record, context.timeliness),
      .criteria = criteria_of(reference, record.practice),
      .correct_until = procedure::correct_until(local_date(now), reference.calendar)};
  const procedure::ProgressRecord* previous = context.previous ? &*context.previous : nullptr;
  for (const auto& finding :
       procedure::check_quality(*context.rules, context.item, record.values, previous)) {
    view.signals.push_back(cards::field_label(finding.field) + ": " + finding.sentence);
    if (previous == nullptr) continue;
    if (std::string before = procedure::field_value(previous->values, finding.field); !before.empty())
      view.previous[finding.field] = std::move(before);
  }
  for (const auto& round : storage::verifications_of(session, record.id)) {
    view.earlier.push_back((round.accepted ? "Aceptado el " : "Devuelto el ") +
                           cards::long_instant(round.verified_at) +
                           (round.correction.empty() ? "" : ": " + round.correction));
  }
  return view;
}

// Nobody verifies what he or she recorded.
Result<void> not_own(const Turn& turn, const procedure::ProgressRecord& record) {
  if (record.recorded_by != turn.person->id) return {};
  return fail(ErrorCode::refused, "verification: own record",
              "Usted registró este avance, por eso lo verifica otra persona. Pida la reasignación a la "
              "coordinación del GESFO.");
}

// Who is told that a record came back: its author while he or she may still correct it, else the liaisons of
// the process, else its leader.
std::vector<procedure::Person> told_of_return(storage::Session& session, const RecordContext& context,
                                              Date today) {
  const procedure::ProgressRecord& record = context.stored.record;
  if (const auto author = storage::find_person(session, record.recorded_by);
      author && author->active && procedure::may_record(*author, context.item, today))
    return {*author};
  for (const procedure::Role role : {procedure::Role::liaison, procedure::Role::leader}) {
    auto people = storage::people_with_role(session, role, record.process_id, today);
    if (!people.empty()) return people;
  }
  return {};
}

Notice returned_notice(const procedure::Person& person, const storage::Verification& round,
                       cards::Card card) {
  return {.aad_object_id = person.aad_object_id,
          .key = "verification:" + round.record_id + ":" + std::to_string(round.round) + ":" + person.id,
          .subject = "record:" + round.record_id,
          .content = {.card = std::move(card)}};
}

}  // namespace

Result<Decision> VerificationHandler::on_queue(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  int page = 0;
  const std::string_view text = turn.value("pagina");
  std::from_chars(text.data(), text.data() + text.size(), page);
  Result<cards::VerificationQueueView> view =
      database_.read([&](storage::Session& session) -> Result<cards::VerificationQueueView> {
        return queue_page(session, *reference, *turn.person, page, turn.at);
      });
  if (!view) return tl::unexpected<Error>(view.error());
  return Decision(Reply{.content = {.card = cards::verification_queue_card(*view)},
                        .trace = {.outcome = "verification_queue_shown",
                                  .fields = {{"waiting", std::to_string(view->total)}}}});
}

Result<Decision> VerificationHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<RecordContext> context = find_record_context(session, *reference, turn.value("registro"));
    if (!context) return tl::unexpected<Error>(context.error());
    const ReviewState before = context->stored.record.review;
    if (auto own = not_own(turn, context->stored.record); !own) return tl::unexpected<Error>(own.error());
    const auto next = procedure::next_record_state(before, RecordEvent::take_up);
    if (!next) return tl::unexpected<Error>(next.error());
    if (*next != before) storage::set_review(session, context->stored.record.id, before, *next, turn.at);
    context->stored.record.review = *next;
    const cards::VerificationView view = view_of(session, *reference, *context, turn.at);
    return Reply{.content = {.card = cards::verification_card(view)},
                 .trace = {.outcome = "verification_shown",
                           .fields = {{"record", view.record.id},
                                      {"from", std::string(procedure::to_word(before))},
                                      {"to", std::string(procedure::to_word(*next))}}}};
  });
}

Result<Decision> VerificationHandler::on_decision(const Turn& turn, bool accept) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn, accept](storage::Session& session) -> Result<Reply> {
    const Result<RecordContext> context = find_record_context(session, *reference, turn.value("registro"));
    if (!context) return tl::unexpected<Error>(context.error());
    const procedure::ProgressRecord& record = context->stored.record;
    if (auto own = not_own(turn, record); !own) return tl::unexpected<Error>(own.error());
    if (!accept && record.values.contains(documents_reviewed_field)) {
      return fail(ErrorCode::refused, "verification: the record follows from those of the documents",
                  "Este avance se forma con los de los documentos. Devuelva el del documento que hay que "
                  "corregir.");
    }
    const auto next =
        procedure::next_record_state(record.review, accept ? RecordEvent::accept : RecordEvent::send_back);
    if (!next) return tl::unexpected<Error>(next.error());

    cards::VerificationView view = view_of(session, *reference, *context, turn.at);
    const procedure::VerificationDraft draft = draft_of(turn, view.checklist, accept);
    if (const auto complete = procedure::check_decision(view.checklist, draft); !complete) {
      view.marks = draft.marks;
      view.note = draft.note;
      view.correction = draft.correction;
      view.problem = complete.error().message;
      return Reply{.content = {.card = cards::verification_card(view)},
                   .trace = {.outcome = "form_incomplete", .fields = {{"record", record.id}}}};
    }
    storage::Verification round{.record_id = record.id,
                                .verified_by = turn.person->id,
                                .verified_at = turn.at,
                                .accepted = accept,
                                .timeliness = context->timeliness,
                                .checklist = draft.marks,
                                .note = draft.note,
                                .correction = accept ? "" : draft.correction};
    if (!accept) round.correct_until = view.correct_until;
    storage::set_review(session, record.id, record.review, *next, turn.at);
    round.round = storage::add_verification(session, round);

    Reply reply{.trace = {.outcome = accept ? "record_accepted" : "record_returned",
                          .fields = {{"record", record.id},
                                     {"from", std::string(procedure::to_word(record.review))},
                                     {"to", std::string(procedure::to_word(*next))},
                                     {"timeliness", std::string(procedure::to_word(context->timeliness))},
                                     {"reason", draft.correction}}}};
    std::vector<procedure::Person> told;
    if (!accept) told = told_of_return(session, *context, local_date(turn.at));
    cards::VerificationDoneView done{.record_id = record.id,
                                     .item_name = context->item.name,
                                     .accepted = accept,
                                     .correct_until = round.correct_until,
                                     .waiting = waiting_count(session, *turn.person, local_date(turn.at))};
    for (const procedure::Person& person : told) done.told.push_back(person.name);
    if (awaits_control(session, *reference, record.process_id, record.period)) {
      done.control_subject = procedure::verification_subject(record.process_id, record.period);
      done.control_name = view.process_name + ", " + cards::period_name(record.period);
    }
    reply.content.card = cards::verification_done_card(done);
    if (told.empty()) return reply;
    cards::RecordReturnedView returned{.record = record,
                                       .item_name = context->item.name,
                                       .process_name = view.process_name,
                                       .advisor_name = turn.person->name,
                                       .correction = draft.correction,
                                       .note = draft.note,
                                       .criteria = view.criteria,
                                       .correct_until = view.correct_until,
                                       .business_days_left = procedure::correction_business_days};
    returned.record.review = *next;
    for (const CheckItem& check : view.checklist) {
      if (draft.marks.at(check.id) == procedure::check_not_met) returned.unmet.push_back(check);
    }
    const cards::Card card = cards::record_returned_card(returned);
    for (const procedure::Person& person : told)
      reply.notices.push_back(returned_notice(person, round, card));
    return reply;
  });
}

}  // namespace pao::handlers::verification
