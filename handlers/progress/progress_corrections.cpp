// Correcting what was saved (procedure 5.3, R-20, R-50).
#include "cards/progress_card.hpp"
#include "cards/texts.hpp"
#include "handlers/document_reviews.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/record_fields.hpp"
#include "handlers/procedure/record_states.hpp"
#include "handlers/progress/progress_handler.hpp"
#include "handlers/progress/progress_subject.hpp"
#include "handlers/scope.hpp"
#include "storage/people_store.hpp"
#include "storage/reopened_periods_store.hpp"
#include "storage/verification_store.hpp"

#include <utility>

namespace pao::handlers::progress {
namespace {

using procedure::ReviewState;

constexpr int most_recent = 8;

// A saved record that this person may change now, with its form.
struct Correctable {
  RecordContext context;
  Subject subject;
};

Result<void> can_change_now(const RecordContext& context, const procedure::Obligation& obligation,
                            std::optional<Date> reopened_until, Instant now) {
  const auto next =
      procedure::next_record_state(context.stored.record.review, procedure::RecordEvent::change);
  if (!next) return tl::unexpected<Error>(next.error());
  if (context.stored.record.values.contains(documents_reviewed_field)) {
    return fail(ErrorCode::refused, "the record follows from those of the documents",
                "Este avance se forma con los de los documentos. Corrija el del documento que cambió.");
  }
  if (context.stored.record.review == ReviewState::returned) return {};
  if (procedure::period_is_open(obligation, now, reopened_until)) return {};
  return fail(ErrorCode::refused, "the period closed and the record was not returned",
              "El periodo ya cerró. Para corregir este avance, pida una SS-1 (corrección de registro).");
}

Result<Correctable> find_correctable(storage::Session& session, const Reference& reference,
                                     const Turn& turn) {
  Result<RecordContext> context = find_record_context(session, reference, turn.value("registro"));
  if (!context) return tl::unexpected<Error>(context.error());
  const procedure::ProgressRecord& record = context->stored.record;
  Result<Subject> subject = find_subject(session, reference, turn, record.item_id, record.period);
  if (!subject) return tl::unexpected<Error>(subject.error());
  const Tracked& tracked = subject->tracked;
  if (auto open = can_change_now(*context, tracked.obligation, tracked.reopened_until, turn.at); !open)
    return tl::unexpected<Error>(open.error());
  return Correctable{std::move(*context), std::move(*subject)};
}

std::string asked_to_correct(storage::Session& session, const storage::StoredRecord& stored) {
  if (stored.record.review != ReviewState::returned) return "";
  const auto rounds = storage::verifications_of(session, stored.record.id);
  return rounds.empty() ? "" : rounds.back().correction;
}

}  // namespace

Result<Decision> ProgressHandler::on_recent(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  std::vector<std::string> whole;
  for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
    if (scope.whole) whole.push_back(scope.process_id);
  }
  const auto shown = database_.read([&](storage::Session& session) {
    std::vector<cards::RecentRecord> records;
    for (storage::StoredRecord& stored :
         storage::recent_records(session, turn.person->id, whole, most_recent)) {
      cards::RecentRecord one{.record = stored.record,
                              .item_name = stored.record.item_id,
                              .smgi_number = stored.smgi_number,
                              .smgi_reason = stored.smgi_reason,
                              .correction = asked_to_correct(session, stored)};
      if (stored.record.recorded_by != turn.person->id)
        one.author_name = storage::person_name(session, stored.record.recorded_by);
      if (const auto context = find_record_context(session, *reference, stored.record.id)) {
        one.item_name = context->item.name;
        const procedure::Obligation obligation{.due_on = context->due_on};
        const auto reopened =
            storage::reopened_on(session, stored.record.item_id, stored.record.period, local_date(turn.at));
        const auto until = reopened ? std::optional(reopened->closes_on) : std::nullopt;
        one.can_change = can_change_now(*context, obligation, until, turn.at).has_value() &&
                         procedure::may_record(*turn.person, context->item, local_date(turn.at)).has_value();
      }
      records.push_back(std::move(one));
    }
    return records;
  });
  if (!shown) return tl::unexpected<Error>(shown.error());
  return Decision(Reply{
      .content = {.card = cards::recent_records_card(*shown)},
      .trace = {.outcome = "progress_recent_shown", .fields = {{"records", std::to_string(shown->size())}}}});
}

Result<Decision> ProgressHandler::on_correct(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto view = database_.read([&](storage::Session& session) -> Result<cards::ProgressFormView> {
    Result<Correctable> found = find_correctable(session, *reference, turn);
    if (!found) return tl::unexpected<Error>(found.error());
    cards::ProgressFormView form = form_view(found->subject, *reference);
    form.record_id = found->context.stored.record.id;
    form.values = procedure::with_form_names(with_names(session, found->context.stored.record).values);
    form.conditional = check_values(found->subject, form.values).check.conditional;
    form.must_correct = asked_to_correct(session, found->context.stored);
    return form;
  });
  if (!view) return tl::unexpected<Error>(view.error());
  return Decision(
      Reply{.content = {.card = cards::progress_form_card(*view)},
            .trace = {.outcome = "progress_form_shown", .fields = {{"record", view->record_id}}}});
}

Result<Decision> ProgressHandler::on_correct_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<Correctable> found = find_correctable(session, *reference, turn);
    if (!found) return tl::unexpected<Error>(found.error());
    const procedure::ProgressRecord& before = found->context.stored.record;
    const std::map<std::string, std::string> typed = typed_values(turn);
    const Checked checked = check_values(found->subject, typed);
    const bool doubtful = procedure::needs_confirmation(checked.findings) && turn.value("confirmado") != "si";
    if (!checked.check.problems.empty() || doubtful) {
      cards::ProgressFormView form = form_view(found->subject, *reference, typed, checked);
      form.record_id = before.id;
      form.must_correct = asked_to_correct(session, found->context.stored);
      return Reply{.content = {.card = cards::progress_form_card(form)},
                   .trace = {.outcome = doubtful ? "form_doubtful" : "form_incomplete",
                             .fields = {{"record", before.id}}}};
    }
    const bool was_returned = before.review == ReviewState::returned;
    procedure::ProgressRecord changed = before;
    changed.values = checked.check.values;
    changed.recorded_at = procedure::counted_at(
        before.recorded_at, was_returned ? found->context.stored.returned_at : std::nullopt, turn.at,
        reference->calendar);
    changed.due_on = found->context.due_on;
    // What was changed within its time keeps the timeliness of the first save.
    if (changed.recorded_at == before.recorded_at) {
      changed.timeliness = found->context.timeliness;
    } else {
      changed.timeliness = procedure::timeliness_of(changed.recorded_at, found->context.due_on);
    }
    changed.recorded_by = turn.person->id;
    changed.channel = "pao_teams";
    changed.review = ReviewState::registered;
    changed.filing = procedure::FilingState::captured;
    const char* reason =
        was_returned ? "corrección de un avance devuelto" : "cambio antes de la verificación";
    if (auto stored =
            storage::change_record(session, changed, before.review, turn.person->id, reason, turn.at);
        !stored)
      return tl::unexpected<Error>(stored.error());
    return Reply{.content = {.card = cards::progress_receipt_card(
                                 {.record = changed,
                                  .item_name = found->subject.item.name,
                                  .process_name = reference->process_name(changed.process_id),
                                  .author_name = turn.person->name,
                                  .timeliness = changed.timeliness,
                                  .due_on = found->context.due_on,
                                  .corrected = true,
                                  .remarks = remarks_of(checked.findings)})},
                 .trace = {.outcome = "progress_corrected",
                           .fields = {{"record", changed.id},
                                      {"from", std::string(procedure::to_word(before.review))},
                                      {"to", std::string(procedure::to_word(changed.review))},
                                      {"timeliness", std::string(procedure::to_word(changed.timeliness))},
                                      {"reason", reason}}}};
  });
}

}  // namespace pao::handlers::progress
