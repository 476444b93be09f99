#include "handlers/record_context.hpp"

#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/record_states.hpp"
#include "handlers/tracking.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"

#include <utility>

namespace pao::handlers {
namespace {

tl::unexpected<Error> old_card(const char* detail) {
  return fail(ErrorCode::invalid, detail,
              "Esta tarjeta ya no es válida. Escriba «mis avances» para ver los que ha registrado.");
}

}  // namespace

std::optional<procedure::ProgressRecord> record_before(storage::Session& session, std::string_view item_id,
                                                       std::string_view period) {
  const auto own = procedure::parse_period(period);
  std::optional<procedure::ProgressRecord> latest;
  if (!own) return latest;
  for (procedure::ProgressRecord& record : storage::records_of_item(session, item_id)) {
    const auto recorded = procedure::parse_period(record.period);
    if (recorded && first_day(*recorded) < first_day(*own)) latest = std::move(record);
  }
  return latest;
}

procedure::ProgressRecord with_names(storage::Session& session, procedure::ProgressRecord record) {
  const auto owner = record.values.find("responsable");
  if (owner == record.values.end()) return record;
  if (std::string name = storage::person_name(session, owner->second); !name.empty())
    owner->second = std::move(name);
  return record;
}

Result<RecordContext> find_record_context(storage::Session& session, const Reference& reference,
                                          std::string_view record_id) {
  std::optional<storage::StoredRecord> stored = storage::find_record(session, record_id);
  if (!stored) return old_card("no such record");
  std::optional<procedure::Item> item = find_recorded_item(session, reference, stored->record.item_id);
  const auto period = procedure::parse_period(stored->record.period);
  if (!item || !period) return old_card("the record's item or period is unknown");
  const procedure::PracticeRules* rules = reference.rules_of(stored->record.practice, period->year);
  if (!rules) return old_card("no rules for the record's practice");
  const Result<Date> due = procedure::due_date(*rules, *period, reference.calendar);
  if (!due) return tl::unexpected<Error>(due.error());
  const Date due_on = stored->record.due_on.value_or(*due);
  RecordContext context{
      .stored = std::move(*stored), .item = std::move(*item), .rules = rules, .due_on = due_on};
  const procedure::ProgressRecord& record = context.stored.record;
  context.timeliness = record.timeliness != procedure::Timeliness::none
                           ? record.timeliness
                           : procedure::timeliness_of(record.recorded_at, *due);
  context.previous = record_before(session, context.item.id, context.stored.record.period);
  return context;
}

}  // namespace pao::handlers
