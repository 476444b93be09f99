#include "handlers/progress/progress_handler.hpp"

#include "cards/basic_card.hpp"
#include "cards/progress_card.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace pao::handlers::progress {
namespace {

using procedure::Item;
using procedure::ProgressRecord;

constexpr const char* old_card =
    "Esta tarjeta ya no es válida. Escriba «registrar avance» para empezar de nuevo.";
constexpr std::size_t most_choices = 8;

// Everything about the one obligation that a form or a save is for.
struct Subject {
  Tracked tracked;
  Item item;
  const procedure::PracticeRules* rules;   // of the period's year; points into the Reference
  std::optional<ProgressRecord> previous;  // latest record of an earlier period
  std::string owner_name;
};

// The last record before that period.
std::optional<ProgressRecord> record_before(storage::Session& session, std::string_view item_id,
                                            const procedure::Period& period) {
  std::optional<ProgressRecord> latest;
  for (ProgressRecord& record : storage::records_of_item(session, item_id)) {
    const std::optional<procedure::Period> recorded = procedure::parse_period(record.period);
    if (recorded && first_day(*recorded) < first_day(period)) latest = std::move(record);
  }
  return latest;
}

Result<Subject> find_subject(storage::Session& session, const Reference& reference, const Turn& turn) {
  const std::string_view item_id = turn.value("elemento");
  const std::string_view period_text = turn.value("periodo");
  const std::optional<procedure::Period> period = procedure::parse_period(period_text);
  std::optional<Item> item = find_recorded_item(session, reference, item_id);
  if (!item || !period) return fail(ErrorCode::invalid, "progress: unknown item or period", old_card);
  const Result<void> allowed = procedure::may_record(*turn.person, *item, local_date(turn.at));
  if (!allowed) return tl::unexpected<Error>(allowed.error());

  Result<std::vector<Tracked>> tracked = track(session, reference, item->process_id, turn.at);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  const auto found = std::find_if(tracked->begin(), tracked->end(), [&](const Tracked& one) {
    return one.obligation.item_id == item_id && one.obligation.period == period_text;
  });
  if (found == tracked->end()) {
    return fail(ErrorCode::refused, "progress: nothing due for that item and period",
                "Ese elemento no tiene avance programado en " + cards::period_name(period_text) +
                    ". No debe registrar nada.");
  }
  // Obligations come from the same rules, so there are some.
  const procedure::PracticeRules* rules = reference.rules_of(item->practice, period->year);
  if (!rules) return fail(ErrorCode::internal, "progress: practice without rules");
  Subject subject{.tracked = std::move(*found), .item = std::move(*item), .rules = rules};
  subject.previous = record_before(session, item_id, *period);
  if (const auto owner = storage::find_person(session, subject.item.owner_id))
    subject.owner_name = owner->name;
  return subject;
}

// Not recorded yet, and the period still open.
Result<void> can_record_now(const Subject& subject, Instant now) {
  if (subject.tracked.recorded_at) {
    return fail(ErrorCode::conflict, "progress: already recorded",
                "Ese avance ya está registrado desde el " +
                    cards::long_instant(*subject.tracked.recorded_at) +
                    ". Para corregirlo, pida una SS-1 (corrección de registro).");
  }
  return procedure::period_is_open(subject.tracked.obligation, now);
}

Result<Subject> find_open_subject(storage::Session& session, const Reference& reference, const Turn& turn) {
  Result<Subject> subject = find_subject(session, reference, turn);
  if (!subject) return subject;
  const Result<void> open = can_record_now(*subject, turn.at);
  if (!open) return tl::unexpected<Error>(open.error());
  return subject;
}

std::optional<double> planned(const Subject& subject) {
  const auto period = procedure::parse_period(subject.tracked.obligation.period);
  return period ? procedure::planned_percentage(subject.item, *period) : std::nullopt;
}

// "Último registro: 60 % en septiembre de 2026".
std::string last_known(const Subject& subject) {
  if (!subject.previous) return "";
  const auto& values = subject.previous->values;
  std::string what;
  if (const auto percent = values.find("porcentaje_avance"); percent != values.end()) {
    what = percent->second + " %";
  } else if (const auto result = values.find("resultado");
             result != values.end() && !result->second.empty()) {
    what = "resultado " + result->second;
  } else {
    return "";
  }
  std::replace(what.begin(), what.end(), '.', ',');
  return what + " en " + cards::period_name(subject.previous->period);
}

cards::ProgressFormView form_view(const Subject& subject, const Reference& reference) {
  cards::ProgressFormView view{
      .rules = *subject.rules,
      .item = subject.item,
      .process_name = reference.process_name(subject.item.process_id),
      .period = subject.tracked.obligation.period,
      .due_on = subject.tracked.obligation.due_on,
      .business_days_left = subject.tracked.assessment.business_days_left.value_or(0),
      .last_known = last_known(subject)};
  if (const auto percentage = planned(subject)) view.planned = procedure::stored_number(*percentage);
  return view;
}

// What the card carries besides the fields of the practice.
std::map<std::string, std::string> typed_values(const Turn& turn) {
  std::map<std::string, std::string> typed = turn.values;
  typed.erase("elemento");
  return typed;
}

}  // namespace

Result<Decision> ProgressHandler::on_list(const Turn& turn, std::string_view practice,
                                          std::string_view item_id) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  Result<std::vector<Tracked>> open =
      database_.read([&](storage::Session& session) -> Result<std::vector<Tracked>> {
        std::vector<Tracked> found;
        for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
          Result<std::vector<Tracked>> tracked = track(session, *reference, scope.process_id, turn.at);
          if (!tracked) return tracked;
          for (Tracked& one : *tracked) {
            const bool mine = scope.whole || one.owner_id.empty() || one.owner_id == turn.person->id;
            const bool wanted =
                (practice.empty() || practice == procedure::practice::general ||
                 one.obligation.practice == practice) &&
                (item_id.empty() || one.obligation.item_id == item_id || one.parent_id == item_id);
            const bool recordable =
                !one.recorded_at && procedure::period_is_open(one.obligation, turn.at).has_value();
            if (mine && wanted && recordable) found.push_back(std::move(one));
          }
        }
        sort_by_urgency(found);
        return found;
      });
  if (!open) return tl::unexpected<Error>(open.error());
  if (!item_id.empty() && open->size() == 1) {
    Turn chosen = turn;
    chosen.values = {{"elemento", open->front().obligation.item_id},
                     {"periodo", open->front().obligation.period}};
    return on_form(chosen);
  }
  if (open->empty()) {
    const std::string what = !item_id.empty() ? "para " + cards::plain(item_id)
                             : practice.empty() || practice == procedure::practice::general
                                 ? "en sus procesos"
                                 : "de " + cards::practice_name(practice);
    return Decision(Reply{
        .content =
            {.card = cards::notice_card(
                 "No hay avances por registrar",
                 "Hoy no hay periodos abiertos " + what +
                     ". Si un periodo ya cerró, pida la reapertura con una SS-5. Escriba «qué me toca» para "
                     "ver sus pendientes.")},
        .trace = {.outcome = "progress_nothing_open"}});
  }
  std::vector<cards::ProgressChoice> choices;
  for (const Tracked& one : *open) {
    if (choices.size() == most_choices) break;
    choices.push_back({.item_id = one.obligation.item_id,
                       .item_name = one.item_name,
                       .period = one.obligation.period,
                       .due_on = one.obligation.due_on,
                       .business_days_left = one.assessment.business_days_left.value_or(0),
                       .practice = one.obligation.practice});
  }
  const int hidden = static_cast<int>(open->size() - choices.size());
  return Decision(Reply{
      .content = {.card = cards::progress_choice_card(choices, hidden)},
      .trace = {.outcome = "progress_choices_shown", .fields = {{"choices", std::to_string(open->size())}}}});
}

Result<Decision> ProgressHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<Subject> subject =
      database_.read([&](storage::Session& session) { return find_open_subject(session, *reference, turn); });
  if (!subject) return tl::unexpected<Error>(subject.error());

  cards::ProgressFormView view = form_view(*subject, *reference);
  view.values["responsable"] = subject->owner_name.empty() ? turn.person->name : subject->owner_name;
  return Decision(Reply{.content = {.card = cards::progress_form_card(view)},
                        .trace = {.outcome = "progress_form_shown",
                                  .fields = {{"item", subject->item.id}, {"period", view.period}}}});
}

Result<Decision> ProgressHandler::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<Subject> subject =
      database_.read([&](storage::Session& session) { return find_open_subject(session, *reference, turn); });
  if (!subject) return tl::unexpected<Error>(subject.error());

  const procedure::ProgressContext context{
      .period = *procedure::parse_period(subject->tracked.obligation.period),
      .previous = subject->previous ? &*subject->previous : nullptr,
      .planned_percentage = planned(*subject)};
  const procedure::ProgressCheck check =
      procedure::check_progress(*subject->rules, subject->item, context, typed_values(turn));
  if (!check.problems.empty()) {
    cards::ProgressFormView view = form_view(*subject, *reference);
    view.values = typed_values(turn);
    view.conditional = procedure::conditional_fields_due(*subject->rules, check.values);
    for (const procedure::FieldProblem& problem : check.problems) {
      view.problems.push_back({problem.field, problem.sentence});
    }
    return Decision(Reply{.content = {.card = cards::progress_form_card(view)},
                          .trace = {.outcome = "form_incomplete",
                                    .fields = {{"item", subject->item.id}, {"period", view.period}}}});
  }

  const ProgressRecord record{.practice = subject->item.practice,
                              .item_id = subject->item.id,
                              .process_id = subject->item.process_id,
                              .period = subject->tracked.obligation.period,
                              .values = check.values,
                              .recorded_at = turn.at,
                              .recorded_by = turn.person->id,
                              .channel = "pao_teams"};
  return Decision::storing(
      [reference, record, author = turn.person->name, name = subject->item.name,
       due_on = subject->tracked.obligation.due_on](storage::Session& session) -> Result<Reply> {
        const Result<ProgressRecord> stored = storage::add_record(session, record);
        if (!stored) {
          if (stored.error().code != ErrorCode::conflict) return tl::unexpected<Error>(stored.error());
          return fail(
              ErrorCode::conflict, stored.error().detail,
              "Alguien más acaba de registrar ese avance. Escriba «qué me toca» para ver sus pendientes.");
        }
        const bool on_time = local_date(stored->recorded_at) <= due_on;
        const cards::Card receipt = cards::progress_receipt_card(
            {.record = *stored,
             .item_name = name,
             .process_name = reference->process_name(stored->process_id),
             .author_name = author,
             .timeliness = on_time ? procedure::Timeliness::on_time : procedure::Timeliness::late,
             .due_on = due_on});
        return Reply{.content = {.card = receipt},
                     .trace = {.outcome = "progress_recorded",
                               .fields = {{"record", stored->id},
                                          {"item", stored->item_id},
                                          {"period", stored->period},
                                          {"to", std::string(procedure::to_word(stored->review))}}}};
      });
}

}  // namespace pao::handlers::progress
