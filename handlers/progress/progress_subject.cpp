#include "handlers/progress/progress_subject.hpp"

#include "cards/texts.hpp"
#include "handlers/document_reviews.hpp"
#include "handlers/improvement_origin.hpp"
#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/record_states.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::progress {
namespace {

constexpr const char* old_card =
    "Esta tarjeta ya no es válida. Escriba «registrar avance» para empezar de nuevo.";

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

// Not recorded yet, and the period still open.
Result<void> can_record_now(const Subject& subject, Instant now) {
  if (subject.tracked.recorded_at) {
    return fail(ErrorCode::conflict, "progress: already recorded",
                "Ese avance ya está registrado desde el " +
                    cards::long_instant(*subject.tracked.recorded_at) +
                    ". Mientras no esté verificado puede corregirlo en «mis avances»; después, pida una SS-1 "
                    "(corrección de registro).");
  }
  return procedure::period_is_open(subject.tracked.obligation, now, subject.tracked.reopened_until);
}

}  // namespace

Result<Subject> find_subject(storage::Session& session, const Reference& reference, const Turn& turn,
                             std::string_view item_id, std::string_view period_text) {
  const std::optional<procedure::Period> period = procedure::parse_period(period_text);
  std::optional<procedure::Item> item = find_recorded_item(session, reference, item_id);
  if (!item || !period) return fail(ErrorCode::invalid, "progress: unknown item or period", old_card);
  const Result<void> allowed = procedure::may_record(*turn.person, *item, local_date(turn.at));
  if (!allowed) return tl::unexpected<Error>(allowed.error());

  const bool is_document = item->practice == procedure::practice::documents && !stands_for_process(*item);
  const std::optional<procedure::Item> obliged =
      is_document ? find_recorded_item(session, reference,
                                       procedure::process_item_id(item->practice, item->process_id))
                  : item;
  if (!obliged) return fail(ErrorCode::invalid, "progress: no obligation of documents", old_card);
  Result<std::vector<Tracked>> tracked = track_item(session, reference, *obliged, period->year, turn.at);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  const auto found = std::find_if(tracked->begin(), tracked->end(),
                                  [&](const Tracked& one) { return one.obligation.period == period_text; });
  if (found == tracked->end()) {
    return fail(ErrorCode::refused, "progress: nothing due for that item and period",
                "Ese elemento no tiene avance programado en " + cards::period_name(period_text) +
                    ". No debe registrar nada.");
  }
  // Obligations come from the same rules, so there are some.
  const procedure::PracticeRules* rules = reference.rules_of(item->practice, period->year);
  if (!rules) return fail(ErrorCode::internal, "progress: practice without rules");
  Subject subject{.tracked = std::move(*found), .item = std::move(*item), .rules = rules};
  subject.origin = improvement_origin(session, subject.item);
  if (is_document) subject.tracked.recorded_at = reviewed_at(session, subject.item, period_text);
  subject.previous = record_before(session, item_id, period_text);
  subject.owner_name = storage::person_name(session, subject.item.owner_id);
  if (subject.owner_name.empty()) subject.owner_name = turn.person->name;
  return subject;
}

Result<Subject> find_open_subject(storage::Session& session, const Reference& reference, const Turn& turn,
                                  std::string_view item_id, std::string_view period) {
  Result<Subject> subject = find_subject(session, reference, turn, item_id, period);
  if (!subject) return subject;
  const Result<void> open = can_record_now(*subject, turn.at);
  if (!open) return tl::unexpected<Error>(open.error());
  return subject;
}

bool is_recorded_by_document(storage::Session& session, const Subject& subject) {
  return subject.item.practice == procedure::practice::documents && stands_for_process(subject.item) &&
         !documents_of(session, subject.item.process_id).empty();
}

std::map<std::string, std::string> known_values(const Subject& subject) {
  std::map<std::string, std::string> known{{"responsable", subject.owner_name}};
  if (subject.item.kind != procedure::ItemKind::document || stands_for_process(subject.item)) return known;
  known["revisor"] = subject.owner_name;
  if (const auto version = subject.item.attributes.find("version"); version != subject.item.attributes.end())
    known["version"] = version->second;
  return known;
}

Checked check_values(const Subject& subject, const std::map<std::string, std::string>& typed) {
  const procedure::ProgressRecord* previous = subject.previous ? &*subject.previous : nullptr;
  const procedure::ProgressContext context{
      .period = *procedure::parse_period(subject.tracked.obligation.period),
      .previous = previous,
      .planned_percentage = planned(subject),
      .owner_name = subject.owner_name};
  Checked checked{.check = procedure::check_progress(*subject.rules, subject.item, context, typed)};
  if (checked.check.problems.empty())
    checked.findings = procedure::check_quality(*subject.rules, subject.item, checked.check.values, previous);
  return checked;
}

procedure::ProgressRecord record_of(const Subject& subject, const Turn& turn, const Checked& checked) {
  const procedure::Obligation& obligation = subject.tracked.obligation;
  return {.practice = subject.item.practice,
          .item_id = subject.item.id,
          .process_id = subject.item.process_id,
          .period = obligation.period,
          .values = checked.check.values,
          .recorded_at = turn.at,
          .recorded_by = turn.person->id,
          .channel = "pao_teams",
          .due_on = obligation.due_on,
          .timeliness = procedure::timeliness_of(turn.at, obligation.due_on)};
}

Result<procedure::ProgressRecord> store_record(storage::Session& session,
                                               const procedure::ProgressRecord& record) {
  Result<procedure::ProgressRecord> stored = storage::add_record(session, record);
  if (!stored) return stored;
  if (const Result<void> settled = settle_review(session, *stored); !settled)
    return tl::unexpected<Error>(settled.error());
  return stored;
}

cards::ProgressFormView form_view(const Subject& subject, const Reference& reference) {
  cards::ProgressFormView view{
      .rules = *subject.rules,
      .item = subject.item,
      .process_name = reference.process_name(subject.item.process_id),
      .period = subject.tracked.obligation.period,
      .due_on = subject.tracked.obligation.due_on,
      .business_days_left = subject.tracked.assessment.business_days_left.value_or(0),
      .origin = subject.origin,
      .values = known_values(subject),
      .last_known = last_known(subject)};
  if (const auto percentage = planned(subject)) view.planned = procedure::stored_number(*percentage);
  view.conditional = check_values(subject, {}).check.conditional;  // what item and period alone make due
  return view;
}

cards::ProgressFormView form_view(const Subject& subject, const Reference& reference,
                                  const std::map<std::string, std::string>& typed, const Checked& checked) {
  cards::ProgressFormView view = form_view(subject, reference);
  view.values = typed;
  view.conditional = checked.check.conditional;
  for (const procedure::FieldProblem& problem : checked.check.problems)
    view.problems.push_back({problem.field, problem.sentence});
  for (const procedure::QualityFinding& finding : checked.findings) {
    if (finding.weight == procedure::Weight::confirm)
      view.doubts.push_back({finding.field, finding.sentence});
  }
  return view;
}

std::map<std::string, std::string> typed_values(const Turn& turn) {
  std::map<std::string, std::string> typed = turn.values;
  typed.erase("elemento");
  return typed;
}

std::vector<std::string> remarks_of(const std::vector<procedure::QualityFinding>& findings) {
  std::vector<std::string> remarks;
  for (const procedure::QualityFinding& finding : findings) {
    if (finding.weight == procedure::Weight::tell) remarks.push_back(finding.sentence);
  }
  return remarks;
}

}  // namespace pao::handlers::progress
