#include "handlers/document_reviews.hpp"

#include "handlers/procedure/obligations.hpp"
#include "storage/items_store.hpp"
#include "storage/verification_store.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace pao::handlers {
namespace {

using procedure::Item;
using procedure::ItemKind;
using procedure::ProgressRecord;
using Values = std::map<std::string, std::string>;

std::string value_of(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

std::optional<ProgressRecord> record_of_period(storage::Session& session, std::string_view item_id,
                                               std::string_view period) {
  for (ProgressRecord& record : storage::records_of_item(session, item_id)) {
    if (record.period == period) return std::move(record);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Item> documents_of(storage::Session& session, std::string_view process_id) {
  std::vector<Item> documents = storage::items_of(session, process_id);
  std::erase_if(documents, [](const Item& item) { return item.kind != ItemKind::document; });
  return documents;
}

std::optional<Instant> reviewed_at(storage::Session& session, const Item& document, std::string_view period) {
  if (const auto record = record_of_period(session, document.id, period)) return record->recorded_at;
  return parse_instant(value_of(document.attributes, "revision_" + std::string(period) + "_en"));
}

Result<void> settle_review(storage::Session& session, const ProgressRecord& stored) {
  const std::string process_item = procedure::process_item_id(stored.practice, stored.process_id);
  if (stored.practice != procedure::practice::documents || stored.item_id == process_item) return {};
  const std::vector<Item> documents = documents_of(session, stored.process_id);
  const bool complete = std::all_of(documents.begin(), documents.end(), [&](const Item& document) {
    return reviewed_at(session, document, stored.period).has_value();
  });
  if (!complete) return {};
  if (record_of_period(session, process_item, stored.period)) return {};
  const auto added =
      storage::add_record(session, {.practice = stored.practice,
                                    .item_id = process_item,
                                    .process_id = stored.process_id,
                                    .period = stored.period,
                                    .values = {{documents_reviewed_field, std::to_string(documents.size())}},
                                    .recorded_at = stored.recorded_at,
                                    .recorded_by = stored.recorded_by,
                                    .channel = stored.channel,
                                    .due_on = stored.due_on,
                                    .timeliness = stored.timeliness});
  if (!added) return tl::unexpected<Error>(added.error());
  return {};
}

void add_last_reviews(storage::Session& session, std::vector<Item>& items) {
  for (Item& item : items) {
    if (item.kind != ItemKind::document) continue;
    const auto records = storage::records_of_item(session, item.id);
    if (records.empty()) continue;
    const Values& values = records.back().values;
    const std::string reviewed = value_of(values, "fecha_revision");
    if (reviewed.empty() || reviewed < value_of(item.attributes, "ultima_revision")) continue;
    item.attributes["ultima_revision"] = reviewed;
    for (const char* name : {"resultado_revision", "fecha_compromiso_actualizacion"})
      item.attributes[name] = value_of(values, name);
  }
}

}  // namespace pao::handlers
